"""The result of a query: named columns and rows, as text, CSV, JSON, Markdown, LaTeX, Arrow and Parquet."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.errors import KGError, OptionsError

if TYPE_CHECKING:
    import pyarrow as pa

LINES_A_CELL: Final = 4
"""The largest number of lines of a cell in a text table; longer text ends in an ellipsis."""
_NARROWEST: Final = 3
_GAP: Final = "  "
_FORMULA_STARTS = frozenset("=+-@\t\r")
_NUMBER = re.compile(r"[+-]?[\d.,]+(?:[eE][+-]?\d+)?%?")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns. A cell is a string, number, boolean, list, dictionary or None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def dicts(self) -> list[dict[str, Any]]:
        """One dictionary for each row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def frame(self) -> Any:
        """A pandas DataFrame; `KGError` where pandas is not installed."""
        try:
            import pandas
        except ImportError as error:
            raise KGError("a DataFrame needs pandas: pip install pandas") from error
        return pandas.DataFrame(list(self.rows), columns=list(self.columns))

    def arrow(self) -> pa.Table:
        """A pyarrow Table; columns of mixed types become text."""
        import pyarrow as pa

        def column(index: int) -> pa.Array:
            values = [row[index] for row in self.rows]
            try:
                return pa.array(values)
            except pa.ArrowException:
                return pa.array([None if v is None else plain_text(v) for v in values])

        names = _unique(self.columns)
        return pa.table([column(i) for i in range(len(names))], names=names)


def _unique(names: Sequence[str]) -> list[str]:
    """Column names made unique by a number, because Arrow and Parquet files need unique names."""
    seen: dict[str, int] = {}
    out = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return out


def plain_text(cell: Any) -> str:
    """A cell as text: empty for None, the items of a list separated by ``; ``."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, list | tuple):
        return "; ".join(plain_text(item) for item in cell)
    if isinstance(cell, dict):
        return json.dumps(cell, ensure_ascii=False)
    return f"{cell:.6g}" if isinstance(cell, float) else str(cell)


def as_csv(table: Table, *, safe_cells: bool = False) -> str:
    """Comma-separated values with a header line, quoted by RFC 4180, numbers unrounded.

    ``safe_cells`` writes text as `safe_cell` does, for files that are opened in a spreadsheet.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.rows:
        cells = [repr(c) if isinstance(c, float) else plain_text(c) for c in row]
        writer.writerow(map(safe_cell, cells) if safe_cells else cells)
    return out.getvalue()


def safe_cell(text: str) -> str:
    """Text of a CSV cell that no spreadsheet runs as a formula: an apostrophe is put before one (OWASP, CSV injection).

    >>> safe_cell("=HYPERLINK(1)"), safe_cell("-2.5"), safe_cell("BERT")
    ("'=HYPERLINK(1)", '-2.5', 'BERT')
    """
    return f"'{text}" if text[:1] in _FORMULA_STARTS and not _NUMBER.fullmatch(text) else text


def as_json(table: Table) -> str:
    """A JSON array with one object for each row."""
    return json.dumps(table.dicts(), ensure_ascii=False, indent=1) + "\n"


def as_arrow(table: Table) -> bytes:
    """An Arrow IPC file (Feather, version 2)."""
    import pyarrow as pa

    data = table.arrow()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, data.schema) as writer:
        writer.write_table(data)
    return bytes(sink.getvalue())


def as_parquet(table: Table) -> bytes:
    """A Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(table.arrow(), sink)
    return bytes(sink.getvalue())


def as_text(table: Table, width: int | None = None) -> str:
    """Aligned columns; ``width`` is that of the terminal, None for as wide as the longest cells.

    Long cells wrap over at most `LINES_A_CELL` lines. Numbers are aligned to the right. Control
    characters are shown as spaces, so that the text of a paper cannot control the terminal.
    """
    cells = [[_printable(plain_text(c)) for c in row] for row in table.rows]
    header = [_printable(name) for name in table.columns]
    columns = list(zip(header, *cells, strict=True)) if cells else [(name,) for name in header]
    widths = _fit([max(map(_width, column), default=0) for column in columns], width)
    right = _numeric_columns(table)
    out = [*_line(header, widths, right), _GAP.join("─" * w for w in widths)]
    for row in cells:
        out.extend(_line(row, widths, right))
    if not cells:
        out.append("(no rows)")
    return "\n".join(out) + "\n"


def as_markdown(table: Table) -> str:
    """A table in GitHub's Markdown, numbers to the right; text is shown as it is, never as markup."""

    def line(cells: Iterable[str]) -> str:
        return f"| {' | '.join(cells)} |\n"

    rule = ["---:" if right else "---" for right in _numeric_columns(table)]
    rows = [line(markdown_text(plain_text(cell)) for cell in row) for row in table.rows]
    return line(map(markdown_text, table.columns)) + line(rule) + "".join(rows)


def as_latex(table: Table) -> str:
    """A LaTeX table for the package booktabs, numbers to the right; it is put between ``table`` and ``caption``."""
    columns = "".join("r" if right else "l" for right in _numeric_columns(table))
    lines = [" & ".join(_latex(plain_text(cell)) for cell in row) + r" \\" for row in (table.columns, *table.rows)]
    body = [r"\toprule", lines[0], r"\midrule", *lines[1:], r"\bottomrule"]
    return "\n".join([rf"\begin{{tabular}}{{{columns}}}", *body, r"\end{tabular}", ""])


def _numeric_columns(table: Table) -> list[bool]:
    return [_numeric(row[place] for row in table.rows) for place in range(len(table.columns))]


def markdown_text(text: str) -> str:
    """Text that Markdown shows as it is."""
    return re.sub(r"([\\`*_\[\]<>|~#&$])", r"\\\1", _printable(text)).strip()


_LATEX: Final = {char: "\\" + char for char in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
}


def _latex(text: str) -> str:
    return "".join(_LATEX.get(char, char) for char in _printable(text))


TEXT_FORMATS: Final[dict[str, Callable[[Table], str]]] = {
    "table": as_text,
    "csv": as_csv,
    "json": as_json,
    "markdown": as_markdown,
    "latex": as_latex,
}
"""Text formats by their name on the command line."""
BINARY_FORMATS: Final[dict[str, Callable[[Table], bytes]]] = {"arrow": as_arrow, "parquet": as_parquet}
"""Binary formats, for a file or a pipe."""
FORMATS: Final = (*TEXT_FORMATS, *BINARY_FORMATS)


def render(table: Table, format: str = "table", width: int | None = None, *, safe_cells: bool = False) -> str | bytes:
    """The table in one of `FORMATS`; ``width`` limits the lines of a text table, ``safe_cells`` is for CSV (`as_csv`).

    `KGError` lists the formats where ``format`` is not one of them; `OptionsError` for ``safe_cells``
    of another format than CSV.
    """
    if safe_cells and format != "csv":
        raise OptionsError("safe_cells", "cannot be used with", f"format {format}", "it is for CSV")
    if format == "table":
        return as_text(table, width)
    if format == "csv":
        return as_csv(table, safe_cells=safe_cells)
    if format in TEXT_FORMATS:
        return TEXT_FORMATS[format](table)
    if format in BINARY_FORMATS:
        return BINARY_FORMATS[format](table)
    raise KGError(f"unknown format {format!r}; there are {', '.join(FORMATS)}")


def _printable(text: str) -> str:
    return "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)


def _width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return len(text) if text.isascii() else sum(width for _, width in _characters(text))


def _characters(text: str) -> Iterator[tuple[str, int]]:
    """What a reader sees as characters, each with the number of columns that it takes."""
    import wcwidth  # here, because its tables take a while to load

    return ((cluster, wcwidth.wcswidth(cluster)) for cluster in wcwidth.iter_graphemes(text))


def _numeric(values: Iterable[Any]) -> bool:
    some = [v for v in values if v is not None]
    return bool(some) and all(isinstance(v, int | float) and not isinstance(v, bool) for v in some)


def _fit(natural: list[int], width: int | None) -> list[int]:
    """Widths within ``width``: narrow columns keep theirs, wide ones share the rest."""
    if width is None:
        return natural
    room = width - len(_GAP) * (len(natural) - 1)
    widths = [0] * len(natural)
    by_need = sorted(range(len(natural)), key=natural.__getitem__)
    for place, column in enumerate(by_need):
        share = room // (len(natural) - place)
        widths[column] = min(natural[column], max(share, _NARROWEST))
        room -= widths[column]
    return widths


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    """The lines of text of one row."""
    wrapped = [_wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for number in range(max(map(len, wrapped), default=0)):
        parts = []
        for lines, width, to_right in zip(wrapped, widths, right, strict=True):
            text = lines[number] if number < len(lines) else ""
            space = " " * (width - _width(text))
            parts.append(space + text if to_right else text + space)
        yield _GAP.join(parts).rstrip()


def _wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` columns, broken at spaces if possible."""
    lines: list[str] = []
    rest = text.strip()
    while _width(rest) > width:
        if len(lines) == LINES_A_CELL - 1:
            return [*lines, rest[: _columns(rest, width - 1)].rstrip() + "…"]
        end = _columns(rest, width)
        at_space = rest.rfind(" ", 0, end + 1)
        end = at_space if at_space > 0 else end
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
