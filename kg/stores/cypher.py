"""What a Cypher statement may be: one statement that only reads the graph.

Engines can do more than that: write files (``COPY … TO``), read them (``LOAD FROM``, ``LOAD CSV``), fetch extensions
(``INSTALL``). So a statement is taken apart into tokens, and every word that stands where a clause can begin must be a
word of the clauses that read. The engine gets the same tokens without comments, about which engines differ.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kg.errors import KGError

_TOKEN: Final = re.compile(
    r"""(?P<space>[ \t\n]+|//[^\n]*|/\*.*?\*/)
    | (?P<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
    | (?P<name>`[^`]*`|\$\w+)
    | (?P<word>[^\W\d]\w*)
    | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    | (?P<end>;)
    | (?P<sign>/(?!\*)|[][(){}<>=+\-*%^.,:|&!?~@])""",
    re.DOTALL | re.VERBOSE,
)
_CLAUSES: Final = frozenset(("MATCH", "OPTIONAL", "WITH", "UNWIND", "CALL", "RETURN"))
"""What a statement, a part of a union and a subquery begin with."""
_ENDS: Final = frozenset(("END", "NULL", "ASC", "ASCENDING", "DESC", "DESCENDING"))
"""Words after which, as after an operand, only a word of a clause can follow."""
_WORDS: Final = (
    _CLAUSES
    | _ENDS
    | frozenset(
        (
            "ALL", "AND", "AS", "ACYCLIC", "BY", "CASE", "CONTAINS", "DISTINCT", "ELSE", "ENDS", "IN", "IS", "LIMIT",
            "NOT", "OFFSET", "OR", "ORDER", "SHORTEST", "SKIP", "STARTS", "THEN", "TRAIL", "UNION", "WHEN", "WHERE",
            "WSHORTEST", "XOR", "YIELD",
        )
    )
)  # fmt: skip
"""The words of clauses and expressions that read."""
_PROCEDURES: Final = frozenset(
    (
        "show_tables", "table_info", "db_version",
        "db.labels", "db.relationshiptypes", "db.propertykeys", "db.schema.visualization",
        "db.schema.nodetypeproperties", "db.schema.reltypeproperties",
        "db.index.fulltext.querynodes", "db.index.fulltext.queryrelationships",
    )
)  # fmt: skip
"""The procedures that may be called: those of the embedded store, then those of Neo4j."""
_PAIRS: Final = {")": "(", "]": "[", "}": "{"}
_PROCEDURE: Final = re.compile(r"\s*(?:[{(]|([\w.]+))")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_ESCAPED_QUOTE: Final = re.compile(r"\\[uUxX]+0*(?:22|27|5c|60|0a|0d|00)", re.IGNORECASE)


def reading(statement: str, functions: Mapping[str, str] = MappingProxyType({})) -> str:
    """The statement without its comments, if it is one statement that only reads; else `KGError` says what is not.

    ``functions`` has functions, in lower case, that the engine calls otherwise.
    """
    text = statement.replace("\r\n", "\n")
    if odd := _CONTROLS.search(text):
        raise _refused(f"character U+{ord(odd[0]):04X} in it")
    if escaped := _ESCAPED_QUOTE.search(text):  # some engines resolve it before they look for the end of the string
        raise _refused(f"{escaped[0]} in it; write the character itself")
    kept, words = [], _Words()
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            what = "a string, name or comment that does not end" if text[position] in "'\"`/" else text[position]
            raise _refused(f"line {text.count(chr(10), 0, position) + 1}: {what}")
        position = token.end()
        if token["space"]:
            kept.append("\n" * token[0].count("\n") or " ")
            continue
        if token["end"]:
            if _TOKEN.sub(lambda m: "" if m["space"] or m["end"] else m[0], text[position:]):
                raise _refused("more than one statement; give one at a time")
            break
        words.take(token, text)
        called = token["word"] and text.startswith("(", position)
        kept.append(functions.get(token[0].lower(), token[0]) if called else token[0])
    words.finish()
    return "".join(kept).strip()


class _Words:
    """Follows the tokens of a statement, and refuses a word that begins something else than reading."""

    def __init__(self) -> None:
        self._before = ""
        """The token before: a sign, a word in capitals, or ``operand`` for what can end an expression."""
        self._clause_due = True
        """Whether a clause has to begin here."""
        self._open: list[str] = []
        """The brackets that are open; ``subquery`` for one that holds clauses."""

    def take(self, token: re.Match[str], text: str) -> None:
        """Take the next token that is no space."""
        rest = text[token.end() :]
        if token["sign"]:
            self._sign(token[0])
        elif self._before == "{" and (token["number"] or rest.lstrip().startswith(":")):
            self._before, self._clause_due = "operand", False  # how often, or the key of a map
        elif token["word"] and self._before not in (".", ":", "AS"):
            self._word(token[0].upper(), rest)
        elif self._before == "operand" or self._clause_due:
            raise _refused(f"{token[0]!r} where a clause should begin or go on")
        else:
            self._before = "operand"

    def finish(self) -> None:
        """There is no more; `KGError` where something is still to come."""
        if self._clause_due or self._open:
            raise _refused("it is not complete")

    def _sign(self, sign: str) -> None:
        if self._clause_due and self._before != "{":  # which also begins a map or a pattern
            raise _refused(f"{sign!r} where a clause should begin")
        if sign in ")]}" and not (self._open and self._open.pop() in (_PAIRS[sign], "subquery")):
            raise _refused(f"{sign!r} closes nothing")
        if sign in "([{":
            self._open.append(sign)
        in_map = sign == ":" and self._open[-1:] == ["{"]
        everything = sign == "*" and self._before in ("WITH", "RETURN", "DISTINCT", "(")
        self._before = "operand" if sign in ")]}" or everything else "value" if in_map else sign
        self._clause_due = sign == "{"

    def _word(self, word: str, rest: str) -> None:
        if word == "CALL":
            _check_call(rest)
        if self._clause_due and self._before == "UNION" and word in ("ALL", "DISTINCT"):
            return
        if word not in (_CLAUSES if self._clause_due else _WORDS) and (self._clause_due or self._before == "operand"):
            raise _refused(f"{word} does not only read")
        if self._before == "{":
            self._open[-1] = "subquery"
        self._clause_due = word == "UNION" and self._before == "operand"
        self._before = "operand" if word not in _WORDS or word in _ENDS else word


def _check_call(rest: str) -> None:
    called = _PROCEDURE.match(rest)
    if called is None or (called[1] and called[1].lower() not in _PROCEDURES):
        name = called[1] if called else "of something without a name"
        raise _refused(f"CALL {name}; only subqueries and {', '.join(sorted(_PROCEDURES))} may be called")


def _refused(reason: str) -> KGError:
    return KGError(f"the query is refused: {reason}. Only one statement that reads may be run")
