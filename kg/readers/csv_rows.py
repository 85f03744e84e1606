"""The rows of delimited text, each by itself, so that an unbalanced quote costs a row at most.

Programs differ in what a quote is. A row is read as RFC 4180 has it, over as many lines as
its quotes ask for, if that gives as many values as the table has columns. Else backslashes
are tried as the sign before a quote, then quotes as characters like any other; what fits in
neither way is broken, and the reading goes on with the next line.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence

from kg.readers.source import MAX_RECORD, Source

_LONGEST = 2000
"""Lines after which a quote that is still open is taken for a character."""

Line = tuple[int, str]


def rows(source: Source, lines: Iterator[Line], delimiter: str, width: int) -> Iterator[tuple[int, list[str]]]:
    """The values of each row that is not empty, with the number of its first line; broken ones are reported."""
    # The limit is one for the whole process; it is only ever raised, for tables that hold full texts too.
    csv.field_size_limit(max(MAX_RECORD, csv.field_size_limit()))
    waiting: deque[Line] = deque()
    while waiting or (line := next(lines, None)):
        number, text = waiting.popleft() if waiting else line  # type: ignore[misc]
        if '"' not in text:
            values: list[str] | None = text.split(delimiter)
        else:
            values = _quoted(text, waiting, lines, delimiter, width)
            if values is None and (values := _literal(text, delimiter, width)) is not None:
                source.repaired(f"line {number}", "quotation mark that is not closed, read as a character")
        if values is None:
            source.broken(f"line {number}", "broken row: a quotation mark is not closed, or stands inside a value")
        elif any(value.strip() for value in values):
            yield number, values


def _quoted(text: str, waiting: deque[Line], lines: Iterator[Line], delimiter: str, width: int) -> list[str] | None:
    """The values of a row that has quotes; the lines that it takes up are gone from ``waiting`` and ``lines``."""
    for escape in (None, "\\"):
        if escape and '\\"' not in text:
            continue
        taken: list[str] = []
        reader = csv.reader(
            _fed(text, waiting, lines, taken),
            delimiter=delimiter, strict=True, escapechar=escape, doublequote=not escape,
        )  # fmt: skip
        try:
            values = next(reader, [])
        except csv.Error:
            continue
        swallows = any(_is_row(line, delimiter, width) for line in taken)
        if len(values) == width or (_fits(values, width) and not swallows):
            for _ in taken:
                waiting.popleft()
            return values
    return None


def _fed(text: str, waiting: deque[Line], lines: Iterator[Line], taken: list[str]) -> Iterator[str]:
    """A line and, as long as more are asked for, those that follow it; these stay in ``waiting``."""
    yield text + "\n"
    size = 0
    while len(taken) < _LONGEST and size < MAX_RECORD:
        if len(taken) == len(waiting):
            line = next(lines, None)
            if line is None:
                return
            waiting.append(line)
        following = waiting[len(taken)][1]
        taken.append(following)
        size += len(following)
        yield following + "\n"


def _fits(values: Sequence[str], width: int) -> bool:
    """Whether a row has other than the usual number of values, but none too many that says anything."""
    return len(values) < width or not any(value.strip() for value in values[width:])


def _is_row(text: str, delimiter: str, width: int) -> bool:
    """Whether a line is a row of the table by itself."""
    try:
        return len(next(csv.reader([text], delimiter=delimiter, strict=True), [])) == width
    except csv.Error:
        return False


def _literal(text: str, delimiter: str, width: int) -> list[str] | None:
    """The values of a single line in which a quote is a character, except where it stands around a whole value."""
    values = next(csv.reader([text], delimiter=delimiter, quoting=csv.QUOTE_NONE), [])
    if len(values) != width:
        loose = next(csv.reader([text], delimiter=delimiter), []) if text.count('"') % 2 == 0 else []
        return loose if len(loose) == width else None
    return [value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value for value in values]
