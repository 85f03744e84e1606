"""Columns of text for a terminal: aligned, wrapped, or as a block of lines for each row where there is no room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

LINES_A_CELL: Final = 4
"""The largest number of lines of a cell in a text table; longer text ends in an ellipsis."""
_NARROWEST: Final = 3
_SHORT: Final = 24
"""The width up to which a column is not broken where others can be instead."""
_GAP: Final = "  "
_LONG: Final = 20
"""The width that long text gets before shorter columns keep theirs."""
_READABLE: Final = 11
"""The width below which a column of text is not worth reading; then each row is a block of lines instead."""


def lines(header: Sequence[str], cells: Sequence[Sequence[str]], right: Sequence[bool], width: int | None) -> str:
    """A header and rows in lines of at most ``width`` columns of a terminal, None for as many as they take.

    ``right`` says which columns are aligned to the right. Long cells wrap over at most `LINES_A_CELL` lines. Where
    columns would be too narrow to read, each row is a block with a line for each column.
    """
    columns = list(zip(header, *cells, strict=True)) if cells else [(name,) for name in header]
    natural = [max(map(display_width, column), default=0) for column in columns]
    whole = [all(" " not in cell for cell in column) for column in columns]
    widths = _fit(natural, whole, width)
    if cells and any(has < min(wants, _READABLE) for has, wants in zip(widths, natural, strict=True)):
        return _blocks(header, cells, width or 0)
    out = [*_line(header, widths, right), _GAP.join("─" * w for w in widths)]
    for row in cells:
        out.extend(_line(row, widths, right))
    if not cells:
        out.append("(no rows)")
    return "\n".join(out) + "\n"


def display_width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return len(text) if text.isascii() else sum(width for _, width in _characters(text))


def _characters(text: str) -> Iterator[tuple[str, int]]:
    """What a reader sees as characters, each with the number of columns that it takes."""
    import wcwidth  # here, because its tables take a while to load

    return ((cluster, wcwidth.wcswidth(cluster)) for cluster in wcwidth.iter_graphemes(text))


def _fit(natural: list[int], whole: list[bool], width: int | None) -> list[int]:
    """Widths within ``width``: narrow columns keep theirs, wide ones share the rest.

    A short column, of names, keeps its width if long text beside it is worth reading; one of ``whole`` words, of keys,
    if the others can be read at all.
    """
    if width is None:
        return natural
    room = width - len(_GAP) * (len(natural) - 1)
    widths = [0] * len(natural)
    by_need = sorted(range(len(natural)), key=natural.__getitem__)
    for place, column in enumerate(by_need):
        wider = by_need[place + 1 :]
        others = sum(_READABLE if whole[column] else _wanted(natural[other]) for other in wider)
        spare = min(room - others, _SHORT)
        widths[column] = min(natural[column], max(room // (len(wider) + 1), spare, _NARROWEST))
        room -= widths[column]
    return widths


def _wanted(natural: int) -> int:
    """The width that makes a column worth reading, by that of its longest text."""
    return _LONG if natural > LINES_A_CELL * _READABLE else _READABLE


def _line(
    cells: Sequence[str], widths: Sequence[int], right: Sequence[bool], most: int | None = LINES_A_CELL
) -> Iterator[str]:
    """The lines of text of one row, at most so many of them."""
    wrapped = [_wrap(cell, width, most) for cell, width in zip(cells, widths, strict=True)]
    for number in range(max(map(len, wrapped), default=0)):
        parts = []
        for lines, width, to_right in zip(wrapped, widths, right, strict=True):
            text = lines[number] if number < len(lines) else ""
            space = " " * (width - display_width(text))
            parts.append(space + text if to_right else text + space)
        yield _GAP.join(parts).rstrip()


def _blocks(header: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> str:
    """Each row as a block: a line for each column, its name on the left."""
    left = min(max(map(display_width, header)), width // 2)
    widths = [left, max(width - left - len(_GAP), _NARROWEST)]
    blocks = []
    for row in cells:
        pairs = zip(header, row, strict=True)
        lines_of_row = (line for pair in pairs for line in _line(pair, widths, (False, False), most=None))
        blocks.append("\n".join(lines_of_row))
    return "\n\n".join(blocks) + "\n"


def _wrap(text: str, width: int, most: int | None) -> list[str]:
    """The text in at most ``most`` lines of ``width`` columns, broken at spaces and underscores if possible."""
    lines: list[str] = []
    rest = text.strip()
    while display_width(rest) > width:
        if most is not None and len(lines) == most - 1:
            return [*lines, rest[: _columns(rest, width - 1)].rstrip() + "…"]
        end = _columns(rest, width)
        seam = max(rest.rfind(" ", 0, end + 1), rest.rfind("_", 0, end) + 1)
        end = seam if seam > 0 else end
        lines.append(rest[:end])
        rest = rest[end:].lstrip()
    return [*lines, rest]


def _columns(text: str, width: int) -> int:
    """How many characters from the left fit into ``width`` columns, at least one that is seen."""
    used = place = 0
    for cluster, columns in _characters(text):
        used += columns
        if used > width and place:
            break
        place += len(cluster)
    return place
