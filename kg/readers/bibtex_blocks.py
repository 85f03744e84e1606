"""The entries and macros of a BibTeX file, one after the other, so that one broken entry costs only itself.

A parser of the whole file would take a missing brace as the end of all that follows. Here
an entry is tried from each line that begins with ``@type{``; a line that begins so inside
a value is told from a new entry by whether the braces close with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.readers import encodings
from kg.readers.source import MAX_RECORD, Source, shortened

_LINE_START = re.compile(r"\s*@\s*[A-Za-z][\w-]*\s*[{(]")
_START = re.compile(r"@\s*([A-Za-z][\w-]*)\s*([{(])")
_KEY = re.compile(r"\s*+((?:[^\s,={}()\"#]++(?:\s++(?=[^\s,={}()\"#]))?)*+)\s*+(,|(?=[})]))")
_KEY_WITHOUT_COMMA = re.compile(r"\s*+([^\s,={}()\"#]++)\s++(?=[A-Za-z_][\w-]*+\s*+=)")
_GAP = re.compile(r"(?:[\s,]|%[^\n]*\n)*")
_NAME = re.compile(r"([A-Za-z_][^\s={}(),\"#%@]*(?:[^\S\n]+[^\s={}(),\"#%@]+){0,2})\s*=\s*")
_FIELD_LINE = re.compile(r"\n(?=[^\S\n]*+[A-Za-z][\w-]*+\s*+=\s*+[{\"])")
_COMMENT_LINE = re.compile(r"^[ \t]*%.*$", re.MULTILINE)
_BARE = re.compile(r"[^\s,{}()#\"=@]+")
_BRACKET = re.compile(r"[{})]")
_JOIN = re.compile(r"\s*#\s*")
_FIELD_AHEAD = re.compile(r"\s*[^\s,={}]+\s*,\s*[\w-]+\s*=")
_QUOTE_END = re.compile(r"\"(?=\s*(?:[,#})]|[A-Za-z_][\w-]*\s*=|\Z))")
_LOOKAHEAD = 20
_NO_COMMA = "missing comma between fields"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a value between ``#`` signs; ``bare`` where it may be a macro."""

    text: str
    bare: bool


@dataclass(slots=True)
class Block:
    """An entry or macro definition: its type in lower case, its key, its fields with names in lower case."""

    kind: str
    line: int
    key: str = ""
    fields: dict[str, list[Piece]] = field(default_factory=dict)
    repairs: list[tuple[str, str]] = field(default_factory=list)


class _BrokenError(Exception):
    """An entry that cannot be read; the text says why."""


class _UnclosedError(_BrokenError):
    """An entry whose braces do not close in the text at hand."""


def blocks(source: Source) -> Iterator[Block]:
    """The entries and the macros (kind ``string``) of a file. Broken entries and text between are reported."""
    segments = _segments(source)
    waiting: list[tuple[int, str]] = []
    while waiting or (waiting := _take(segments, 1)):
        number, text = waiting.pop(0)
        joined, used = text, 0
        while True:
            try:
                found, passed = _parsed(number, joined)
            except _UnclosedError:
                if used == len(waiting):
                    waiting += _take(segments, 1) if used < _LOOKAHEAD else []
                if used == len(waiting) or used == _LOOKAHEAD or len(joined) > MAX_RECORD:
                    yield from _salvaged(source, number, text, "its braces do not close")
                    break
                joined, used = joined + "\n" + waiting[used][1], used + 1
            except _BrokenError as error:
                yield from _salvaged(source, number, text, str(error))
                break
            else:
                for passage in passed:
                    source.outside(*passage)
                del waiting[:used]
                yield from _told(source, found)
                break


def _told(source: Source, found: Iterable[Block]) -> Iterator[Block]:
    for block in found:
        for place, what in block.repairs:
            source.repaired(place, what)
        yield block


def _take(segments: Iterator[tuple[int, str]], count: int) -> list[tuple[int, str]]:
    return [segment for _, segment in zip(range(count), segments, strict=False)]


def _segments(source: Source) -> Iterator[tuple[int, str]]:
    """The text from each line that looks like the start of an entry to the next, with the line's number."""
    start, parts, size = 1, list[str](), 0
    for number, line in encodings.lines(source, MAX_RECORD):
        if line is None:
            source.broken(f"line {number}", f"longer than {MAX_RECORD >> 20} MB; no entry is")
            continue
        if _LINE_START.match(line):
            if parts:
                yield start, "\n".join(parts)
            start, parts, size = number, [], 0
        size += len(line)
        if size <= MAX_RECORD:
            parts.append(line)
        elif size - len(line) <= MAX_RECORD:
            source.broken(f"line {start}", f"longer than {MAX_RECORD >> 20} MB; no entry is")
            parts = []
    if parts:
        yield start, "\n".join(parts)


def _parsed(number: int, text: str) -> tuple[list[Block], list[tuple[str, str]]]:
    """All blocks of a segment, and the text between them."""
    found, passed, at = list[Block](), list[tuple[str, str]](), 0
    while start := _next_start(text, at):
        line = number + text.count("\n", 0, start.start())
        passed.append((f"line {number + text.count(chr(10), 0, at)}", text[at : start.start()]))
        block, at = _block(text, start, line)
        if block is not None:
            found.append(block)
    passed.append((f"line {number + text.count(chr(10), 0, at)}", text[at:]))
    return found, [(place, between) for place, between in passed if _COMMENT_LINE.sub("", between).strip(" \t\n\r,})")]


def _next_start(text: str, at: int) -> re.Match[str] | None:
    """The next start of a block: at a line's beginning, behind another block, or with a key as entries have it."""
    for start in _START.finditer(text, at):
        before = text[at : start.start()]
        alone = not before.rpartition("\n")[2].strip(" \t,}")
        if alone or (before[-1:].isspace() and _FIELD_AHEAD.match(text, start.end())):
            return start
    return None


def _salvaged(source: Source, number: int, text: str, reason: str) -> Iterator[Block]:
    """What can be read in a segment whose first entry is broken: later entries that begin inside a line."""
    first = _next_start(text, 0)
    begin = 0 if first is None else first.start()
    line = number + text.count("\n", 0, begin)
    key = _KEY.match(text, first.end()) if first else None
    named = f" ({key[1]})" if key and key[1] else ""
    source.broken(f"line {line}{named}", f"broken BibTeX entry ({reason})")
    for start in _START.finditer(text, begin + 1):
        if not _FIELD_AHEAD.match(text, start.end()):
            continue
        try:
            block, _ = _block(text, start, number + text.count("\n", 0, start.start()))
        except _BrokenError:
            continue
        if block is not None:
            yield from _told(source, [block])


def _block(text: str, start: re.Match[str], line: int) -> tuple[Block | None, int]:
    """The block that begins at a match of `_START`, and where it ends; no block for comments and preambles."""
    kind, closer = start[1].lower(), "}" if start[2] == "{" else ")"
    if kind in ("comment", "preamble"):
        try:
            return None, closing(text, start.end(), closer)
        except _UnclosedError:
            if kind == "preamble":
                raise
            end = text.find("\n", start.end())
            return None, len(text) if end < 0 else end
    at, block = start.end(), Block(kind, line)
    if kind != "string":
        found = _KEY.match(text, at) or _KEY_WITHOUT_COMMA.match(text, at)
        if found:
            block.key, at = " ".join(found[1].split()), found.end()
            if found.re is _KEY_WITHOUT_COMMA:
                block.repairs.append((f"line {line}", _NO_COMMA))
    while True:
        at = _gap(text, at)
        if at >= len(text):
            raise _UnclosedError("its braces do not close")
        if text[at] == closer:
            return block, at + 1
        name = _NAME.match(text, at)
        if name is None:
            at = _next_field(text, at, block, line + text.count("\n", start.start(), at))
            continue
        value, at = _value(text, name.end(), closer)
        block.fields.setdefault(name[1].lower(), value)
        after = _gap(text, at)
        if after < len(text) and text[after] != closer and "," not in text[at:after]:
            block.repairs.append((f"line {line + text.count(chr(10), start.start(), at)}", _NO_COMMA))


def _next_field(text: str, at: int, block: Block, line: int) -> int:
    """Where the next line with a field begins, behind text that is none; broken where title or abstract may be cut."""
    shown = shortened(text[at : at + 40])
    following = _FIELD_LINE.search(text, at)
    if following is None or not block.fields or list(block.fields)[-1] in ("title", "abstract", "author"):
        raise _BrokenError(f"no field where one should begin: {shown!r}")
    block.repairs.append((f"line {line}", f"text inside an entry that is no field, left out ({shown!r})"))
    return following.end()


def _gap(text: str, at: int) -> int:
    found = _GAP.match(text, at)
    return found.end() if found else at


def _value(text: str, at: int, closer: str) -> tuple[list[Piece], int]:
    """The pieces of the value at a place, and where it ends."""
    pieces: list[Piece] = []
    while True:
        if at >= len(text):
            raise _UnclosedError("it ends in the middle of a field")
        if text[at] == "{":
            end = closing(text, at + 1, "}")
            pieces.append(Piece(text[at + 1 : end - 1], False))
        elif text[at] == '"':
            end = _quoted(text, at + 1)
            pieces.append(Piece(text[at + 1 : end - 1], False))
        elif bare := _BARE.match(text, at):
            end = bare.end()
            pieces.append(Piece(bare[0], True))
        elif text[at] in f",{closer}":  # an empty value
            return pieces, at
        else:
            raise _BrokenError(f"no value at {text[at : at + 20]!r}")
        at = end
        joined = _JOIN.match(text, at)
        if joined is None:
            return pieces, at
        at = joined.end()


def closing(text: str, at: int, closer: str) -> int:
    """The place behind the bracket that closes what was opened before ``at``.

    A ``)`` closes outside of braces only.
    """
    depth = 0
    for sign in _BRACKET.finditer(text, at):
        if depth == 0 and sign[0] == closer:
            return sign.end()
        depth += (sign[0] == "{") - (sign[0] == "}")
    raise _UnclosedError("its braces do not close")


def _quoted(text: str, at: int) -> int:
    """The place behind the quotation mark that ends a value: outside of braces, and before what may follow a value."""
    for end in _QUOTE_END.finditer(text, at):
        inside = text[at : end.start()]
        if inside.count("{") == inside.count("}"):
            return end.end()
    raise _UnclosedError("a quotation mark does not close")
