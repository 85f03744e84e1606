"""Saved queries: one Cypher file each, described in its comment header.

A file reads::

    // Title of the query
    //
    // What it answers, in a sentence or two.
    //
    // ? best results on {dataset}
    //
    // $dataset (dataset) = "SQuAD": name or id of the dataset
    // $limit (integer) = 50: largest number of rows
    MATCH (d:Dataset) WHERE d.id = $dataset OR d.name = $dataset …

and runs unchanged in Neo4j Browser and cypher-shell. The value of a parameter that names something is an example.
Questions that it answers begin with a question mark, and have parameters in braces: `kg.querying.questions` finds the
query by them. A line ``> NAME, NAME`` names the queries that serve a reader where this one has no rows, the best first;
they take its parameters by name, else by type. Where the two engines need different statements, the file ends with a
block comment ``/* ladybug … */`` with the one for the embedded store.
"""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from kg import schema
from kg.atomic import read_text
from kg.errors import KGError

SUFFIX: Final = ".cypher"
PLAIN_TYPES: Final[Mapping[str, type[Any]]] = {
    "string": str,
    "integer": int,
    "float": float,
    "boolean": bool,
    "author": str,
    "venue": str,
    "label": str,
    "year": int,
    "word": str,
}
"""Types of parameters that are values; the last five also say what the value is, for `kg.querying.questions`."""
_QUANTITIES: Final = frozenset({"string", "integer", "float", "boolean"})
NAME_TYPES: Final[Mapping[str, tuple[str, ...]]] = {
    **{label.lower(): (label,) for label in (*schema.CONCEPT_LABELS, "Paper")},
    "concept": schema.CONCEPT_LABELS,
}
"""Types of parameters that name a node, with the labels it may have. An empty name means any."""

_PARAMETER = re.compile(r"\$(\w+)\s*\((\w+)\)\s*=\s*(.+?)\s*:\s+(\S.*)")
_ID_NAMES: Final = frozenset({"id", "paper", "result", "via"})
_SLOT = re.compile(r"\{(\w+)\}")
_LADYBUG = re.compile(r"/\*\s*ladybug\s*\n(.*?)\*/\s*$", re.DOTALL)
_TOKENS = re.compile(
    r"""(?P<skip>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`|//[^\n]*|/\*.*?\*/)|\$(?P<parameter>\w+)|(?P<end>;)""",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a saved query: its type (of `PLAIN_TYPES` or `NAME_TYPES`), default and meaning.

    In a saved query of abstractkg the default of a parameter that names something (a node, author, venue, label or
    year) is an example: a value has to be given. An empty default means any.
    """

    name: str
    type: str
    default: Any
    meaning: str

    @property
    def needed(self) -> bool:
        """Whether the query makes no sense unless a value is given."""
        return bool(self.default) and self.type not in _QUANTITIES


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query: what it is called, what it answers, its parameters and its text."""

    name: str
    title: str
    answers: str
    parameters: tuple[Parameter, ...]
    text: str
    embedded: str | None = None
    questions: tuple[str, ...] = ()
    """Questions that it answers, with parameters in braces: ``what beats {method}``."""
    instead: tuple[str, ...] = ()
    """The names of queries that may serve where this one has no rows."""
    free: bool = False
    """Whether it declares no parameters; then it takes all that it uses, untyped."""

    def statement(self, engine: str) -> str:
        """The statement for ``ladybug`` or ``neo4j``: the same text, if it has a common one."""
        return self.embedded if self.embedded and engine == "ladybug" else self.text

    def used(self) -> set[str]:
        """The names of the parameters in its statements."""
        return {name for text in filter(None, (self.text, self.embedded)) for name, _ in _uses(text)}


def directory() -> Path:
    """The folder of the saved queries: in the installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "saved_queries"
    return installed if installed.is_dir() else package.parent / "queries"


@cache
def load_all() -> Mapping[str, SavedQuery]:
    """Every saved query by name, sorted; `KGError` gives file and line of a mistake."""
    files = sorted(directory().glob(f"*{SUFFIX}"), key=lambda file: file.stem)
    found = {file.stem: parse(file.read_text("utf-8"), file.name, declared=True) for file in files}
    for query in found.values():
        for name in query.instead:
            if name not in found:
                raise KGError(f"{query.name}{SUFFIX}: no saved query is called {name!r}")
    return found


def find(name: str | os.PathLike[str]) -> SavedQuery:
    """The saved query of that name, or the one in that ``.cypher`` file.

    `KGError` lists similar names, or all, where there is none.
    """
    path = Path(name)
    return read_file(path) if path.suffix == SUFFIX else named(str(name))


def named(name: str) -> SavedQuery:
    """The saved query of that name, never a file; `KGError` as in `find`."""
    queries = load_all()
    if name in queries:
        return queries[name]
    from rapidfuzz import fuzz, process

    near = [n for n, _, _ in process.extract(name, list(queries), scorer=fuzz.WRatio, limit=3, score_cutoff=60)]
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(queries)}"
    raise KGError(f"no saved query is called {name!r}; {hint}")


def check_given(query: SavedQuery, given: Collection[str]) -> None:
    """`KGError` where a parameter that is needed is not given: what is needed, with an example."""
    needed = [p for p in query.parameters if p.needed]
    missing = [p for p in needed if p.name not in given]
    if missing:
        said = " and ".join(f"{p.name} ({p.meaning})" for p in missing)
        example = " ".join(f"-p {shlex.quote(f'{p.name}={p.default}')}" for p in needed)
        raise KGError(f"{query.name} needs {said}; for example: kg query {query.name} {example}")


def is_own(query: SavedQuery) -> bool:
    """Whether a query is one of the saved queries of abstractkg, not somebody's own file."""
    return load_all().get(query.name) == query


def id_columns(columns: Iterable[str]) -> tuple[str, ...]:
    """Those columns of a saved query of abstractkg that are for programs, as their names say: ids of the graph, and
    ``number`` beside the ``value`` that it is the number of.
    """
    names = tuple(columns)
    return tuple(
        name for name in names if name.rpartition("_")[2] in _ID_NAMES or (name == "number" and "value" in names)
    )


def read_file(path: Path) -> SavedQuery:
    """The query in a user's ``.cypher`` file, whose header may be missing."""
    return parse(read_text(path), str(path))


def from_text(cypher: str) -> SavedQuery:
    """A query from Cypher text, with parameters of any name."""
    return SavedQuery("", "", "", (), cypher, free=True)


def parse(text: str, file: str, *, declared: bool = False) -> SavedQuery:
    """The query in a file's text; ``declared`` requires a title and the declaration of every parameter.

    `KGError` gives file and line.
    """
    header, body_line = _header(text)
    title, answers, questions, instead, parameters = _read_header(header, file)
    if declared and not (title and answers):
        raise KGError(f"{file}: line 1: the header needs a title, an empty line and what it answers")
    body = text.split("\n", body_line)[-1]
    match = _LADYBUG.search(body)
    embedded = match[1].strip().rstrip(";") if match else None
    common = (body[: match.start()] if match else body).strip().rstrip(";")
    if not _TOKENS.sub(lambda m: "" if m["skip"] and m["skip"][0] == "/" else m[0], common).strip():
        raise KGError(f"{file}: line {body_line + 1}: no statement")
    free = not (declared or parameters)
    query = SavedQuery(Path(file).stem, title, answers, parameters, common, embedded, questions, instead, free)
    if not query.free:
        _check_parameters(query, body, body_line, file)
    _check_single(body[: match.start()] if match else body, body_line, file)
    return query


def _header(text: str) -> tuple[list[str], int]:
    """The comment lines at the beginning of a file, without their slashes, and their number."""
    lines = []
    for line in text.split("\n"):
        if not line.startswith("//"):
            break
        lines.append(line[2:].strip())
    return lines, len(lines)


def _read_header(
    lines: list[str], file: str
) -> tuple[str, str, tuple[str, ...], tuple[str, ...], tuple[Parameter, ...]]:
    """Title, what the query answers, questions, queries instead of it, and parameters."""
    parameters: dict[str, Parameter] = {}
    questions: dict[str, int] = {}
    words: list[str] = []
    instead: list[str] = []
    for number, line in enumerate(lines, 1):
        if line.startswith("$"):
            parameter = _read_parameter(line, f"{file}: line {number}")
            if parameter.name in parameters:
                raise KGError(f"{file}: line {number}: parameter ${parameter.name} is declared twice")
            parameters[parameter.name] = parameter
        elif line.startswith("? "):
            questions[line[2:].strip()] = number
        elif line.startswith("> "):
            instead += [name.strip() for name in line[2:].split(",")]
        else:
            words.append(line)
    for question, number in questions.items():
        for name in _SLOT.findall(question):
            if name not in parameters:
                raise KGError(f"{file}: line {number}: the question's parameter {{{name}}} is not declared")
    title = words[0] if words else ""
    return title, " ".join(filter(None, words[1:])), tuple(questions), tuple(instead), tuple(parameters.values())


def _read_parameter(line: str, place: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if not match:
        raise KGError(f"{place}: a parameter is declared as: $name (type) = default: meaning")
    name, type_name, default_text, meaning = match.groups()
    if type_name not in PLAIN_TYPES and type_name not in NAME_TYPES:
        valid = ", ".join([*PLAIN_TYPES, *NAME_TYPES])
        raise KGError(f"{place}: unknown type {type_name!r}; there are {valid}")
    expected = PLAIN_TYPES.get(type_name, str)
    try:
        default = json.loads(default_text)
    except ValueError as error:
        raise KGError(f"{place}: the default of ${name} is not a JSON value: {default_text}") from error
    if type(default) is not expected and not (expected is float and type(default) is int):
        raise KGError(f"{place}: the default of ${name} is not of type {type_name}: {default_text}")
    return Parameter(name, type_name, expected(default), meaning)


def _uses(text: str) -> Iterator[tuple[str, int]]:
    """Parameters in a statement, each with its line (from 0), except in strings and comments."""
    for match in _TOKENS.finditer(text):
        if match["parameter"]:
            yield match["parameter"], text.count("\n", 0, match.start())


def _check_parameters(query: SavedQuery, body: str, first_line: int, file: str) -> None:
    names = {p.name for p in query.parameters}
    # The statement for the embedded store is in a comment: remove the comment marks, but keep the lines.
    for name, line in _uses(_LADYBUG.sub(lambda m: "\n" + m[1], body)):
        if name not in names:
            raise KGError(f"{file}: line {first_line + line + 1}: parameter ${name} is not declared")
    for unused in sorted(names - query.used()):
        raise KGError(f"{file}: line 1: parameter ${unused} is declared but never used")


def _check_single(statement: str, first_line: int, file: str) -> None:
    """Only one statement is allowed in a file; a semicolon may only end it."""
    for match in _TOKENS.finditer(statement.rstrip().rstrip(";")):
        if match["end"]:
            line = first_line + statement.count("\n", 0, match.start()) + 1
            raise KGError(f"{file}: line {line}: more than one statement")
