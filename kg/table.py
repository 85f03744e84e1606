"""The result of a query: named columns and rows, as text, CSV, JSON, Markdown, LaTeX, Arrow and Parquet."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from kg import text_table
from kg.errors import KGError, OptionsError, how_to_install

if TYPE_CHECKING:
    import pyarrow as pa

_MOST_IN_NOTEBOOK: Final = 200
"""The largest number of rows that a notebook shows."""
_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
_CITED = re.compile(r"""[^\s{}(),%#~"'\\]+""")
_BIDI: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What makes text read in another order than it has ("Trojan source")."""
_NUMBER = re.compile(r"[+-]?[\d.,]+(?:[eE][+-]?\d+)?%?")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns. A cell is a string, number, boolean, list, dictionary or None.

    ``ids`` names the columns that hold ids of the graph: data for programs, left out where people read.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    ids: tuple[str, ...] = field(default=(), compare=False)

    def readable(self) -> Table:
        """The table without its columns of ids."""
        places = [place for place, name in enumerate(self.columns) if name not in self.ids]
        if len(places) == len(self.columns):
            return self
        rows = tuple(tuple(row[place] for place in places) for row in self.rows)
        return Table(tuple(self.columns[place] for place in places), rows)

    def _repr_html_(self) -> str:
        """The table as a notebook shows it."""
        return as_html(self)

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
        """A pyarrow Table; columns of mixed types become text. `KGError` where the extra ``arrow`` is not installed."""
        pa = _pyarrow()

        def column(index: int) -> Any:
            values = [row[index] for row in self.rows]
            try:
                return pa.array(values)
            except pa.ArrowException:
                return pa.array([None if v is None else plain_text(v) for v in values])

        names = _unique(self.columns)
        return pa.table([column(i) for i in range(len(names))], names=names)


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise KGError(f"Arrow and Parquet need the extra arrow; {how_to_install('arrow')}") from error
    return pyarrow


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
    """An Arrow IPC file (Feather, version 2). `KGError` where the extra ``arrow`` is not installed."""
    pa = _pyarrow()
    data = table.arrow()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, data.schema) as writer:
        writer.write_table(data)
    return bytes(sink.getvalue())


def as_parquet(table: Table) -> bytes:
    """A Parquet file. `KGError` where the extra ``arrow`` is not installed."""
    pa = _pyarrow()
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(table.arrow(), sink)
    return bytes(sink.getvalue())


def as_text(table: Table, width: int | None = None) -> str:
    """Aligned columns; ``width`` is that of the terminal, None for as wide as the longest cells.

    Long cells wrap over a few lines. Numbers are aligned to the right. Control
    characters are shown as spaces, so that the text of a paper cannot control the terminal. Where
    the columns would be too narrow to read, each row is a block with a line for each column.
    """
    table = table.readable()
    cells = [[printable(plain_text(c)) for c in row] for row in table.rows]
    return text_table.lines([printable(name) for name in table.columns], cells, _numeric_columns(table), width)


def as_markdown(table: Table) -> str:
    """A table in GitHub's Markdown, numbers to the right; text is shown as it is, never as markup."""

    def line(cells: Iterable[str]) -> str:
        return f"| {' | '.join(cells)} |\n"

    table = table.readable()
    rule = ["---:" if right else "---" for right in _numeric_columns(table)]
    rows = [line(markdown_text(plain_text(cell)) for cell in row) for row in table.rows]
    return line(map(markdown_text, table.columns)) + line(rule) + "".join(rows)


def as_latex(table: Table) -> str:
    """A LaTeX table for the package booktabs, numbers to the right; it is put between ``table`` and ``caption``.

    A column called ``key`` (or ``…_key``) has the keys that papers are cited by, as ``\\cite``. Columns of sentences
    share most of the width of a line, and wrap.
    """
    table = table.readable()
    long = [any(len(plain_text(row[place])) > _LONGEST_ON_ONE_LINE for row in table.rows) for place in _places(table)]
    wrapping = rf"p{{{_WRAPPING / max(sum(long), 1):.2f}\linewidth}}"
    columns = "".join(
        "r" if right else wrapping if wraps else "l" for right, wraps in zip(_numeric_columns(table), long, strict=True)
    )
    cites = [name == "key" or name.endswith("_key") for name in table.columns]
    rows = [
        [_cite(c) if cite else _latex(plain_text(c)) for c, cite in zip(row, cites, strict=True)] for row in table.rows
    ]
    lines = [" & ".join(row) + r" \\" for row in (map(_latex, table.columns), *rows)]
    body = [r"\toprule", lines[0], r"\midrule", *lines[1:], r"\bottomrule"]
    return "\n".join([rf"\begin{{tabular}}{{{columns}}}", *body, r"\end{tabular}", ""])


def _numeric_columns(table: Table) -> list[bool]:
    return [_numeric(row[place] for row in table.rows) for place in _places(table)]


def _places(table: Table) -> range:
    return range(len(table.columns))


def markdown_text(text: str) -> str:
    """Text that Markdown shows as it is."""
    return re.sub(r"([\\`*_\[\]<>|~#&$])", r"\\\1", printable(text)).strip()


def as_html(table: Table) -> str:
    """An HTML table for notebooks: the first rows, and how many more there are."""
    table = table.readable()
    right = [
        ' style="text-align:right"' if numeric else ' style="text-align:left"' for numeric in _numeric_columns(table)
    ]

    def line(tag: str, row: Sequence[Any]) -> str:
        cells = (html.escape(printable(plain_text(cell))) for cell in row)
        return f"<tr>{''.join(f'<{tag}{side}>{cell}</{tag}>' for side, cell in zip(right, cells, strict=True))}</tr>"

    body = "".join(line("td", row) for row in table.rows[:_MOST_IN_NOTEBOOK])
    more = len(table.rows) - _MOST_IN_NOTEBOOK
    rest = f"<p>and {more} more rows</p>" if more > 0 else ""
    return f"<table><thead>{line('th', table.columns)}</thead><tbody>{body}</tbody></table>{rest}"


_LONGEST_ON_ONE_LINE: Final = 30
"""Characters of a cell; a longer one wraps in LaTeX."""
_WRAPPING: Final = 0.6
"""The part of a line that wrapping columns share in LaTeX."""
_LATEX: Final = {char: "\\" + char for char in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
}


def _latex(text: str) -> str:
    """Text that LaTeX shows as it is; a bracket or star that begins a row would belong to the end of the row before."""
    shown = "".join(_LATEX.get(char, char) for char in printable(text))
    return "{}" + shown if shown.lstrip()[:1] in ("[", "*") else shown


def _cite(key: Any) -> str:
    """A citation of a key; what LaTeX cannot take as one is text."""
    return rf"\cite{{{key}}}" if isinstance(key, str) and _CITED.fullmatch(printable(key)) else _latex(plain_text(key))


TEXT_FORMATS: Final[dict[str, Callable[[Table], str]]] = {
    "table": as_text,
    "csv": as_csv,
    "json": as_json,
    "markdown": as_markdown,
    "latex": as_latex,
}
"""Text formats by their name on the command line."""
READABLE_FORMATS: Final = frozenset({"table", "markdown", "latex"})
"""Formats for people, which leave out the columns of ids."""
BINARY_FORMATS: Final[dict[str, Callable[[Table], bytes]]] = {"arrow": as_arrow, "parquet": as_parquet}
"""Binary formats, for a file or a pipe."""
FORMATS: Final = (*TEXT_FORMATS, *BINARY_FORMATS)


def can_write(format: str) -> bool:
    """Whether what the format needs is installed."""
    return format not in BINARY_FORMATS or find_spec("pyarrow") is not None


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


def printable(text: str, keep: str = "") -> str:
    """The text with a space for each character that controls a terminal or turns the direction of what follows.

    >>> printable("a\\x1b[31mb\\n"), printable("a\\u202eb\\n", keep="\\n")
    ('a [31mb ', 'a b\\n')
    """
    if text.isprintable():  # which tells quickly that there is none
        return text
    return "".join(" " if _controls(char) and char not in keep else char for char in text)


def _controls(char: str) -> bool:
    return char in _BIDI or unicodedata.category(char) in ("Cc", "Zl", "Zp")


def _numeric(values: Iterable[Any]) -> bool:
    some = [v for v in values if v is not None]
    return bool(some) and all(isinstance(v, int | float) and not isinstance(v, bool) for v in some)
