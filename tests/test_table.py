"""Rows as text, CSV, JSON, Arrow and Parquet."""

from __future__ import annotations

import csv
import io
import json
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st

from kg import table as tables
from kg.errors import KGError
from kg.table import Table
from kg.text_table import display_width

TABLE = Table(
    ("method", "papers", "share", "forms", "note"),
    (("BERT", 12, 0.123456789, ["BERT", "Bert"], None), ('Café, "x"', 3, 1.0, [], "two\nlines")),
)


def test_text_is_aligned_with_numbers_to_the_right() -> None:
    assert tables.as_text(TABLE).splitlines() == [
        "method     papers     share  forms       note",
        "─────────  ──────  ────────  ──────────  ─────────",
        "BERT           12  0.123457  BERT; Bert",
        'Café, "x"       3         1              two lines',
    ]


def test_no_rows_are_said_to_be_none() -> None:
    assert tables.as_text(Table(("a", "b"), ())).splitlines() == ["a  b", "─  ─", "(no rows)"]


def test_long_cells_wrap_and_are_cut_at_last() -> None:
    assert tables.as_text(Table(("n", "sentence"), ((1, "word " * 40),)), width=24).splitlines() == [
        "n  sentence",
        "─  ─────────────────────",
        "1  word word word word",
        "   word word word word",
        "   word word word word",
        "   word word word word…",
    ]


def test_wide_characters_take_two_columns() -> None:
    lines = tables.as_text(Table(("名前", "n"), (("機械学習", 1),))).splitlines()
    assert lines[1] == "────────  ─"


@pytest.mark.parametrize("char", ["e\u0301", "👩‍🔬", "❤️", "한", "🇫🇷"])
def test_a_character_of_several_code_points_is_aligned_and_not_cut(char: str) -> None:
    lines = tables.as_text(Table(("x", "n"), ((char * 40, 1),)), width=24).splitlines()
    for line in lines[2:-1]:
        assert set(wcwidth.iter_graphemes(line.split("  ")[0].strip())) <= {char, "…"}
    assert all(wcwidth.wcswidth(line) <= 24 for line in lines)


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert "\x1b" not in tables.as_text(Table(("x",), (("\x1b[2J\x07",),)))


cells = st.none() | st.text(max_size=60) | st.integers() | st.floats(allow_nan=False) | st.lists(st.text(max_size=9))


@given(rows=st.lists(st.tuples(cells, cells, cells), max_size=4), width=st.integers(20, 100))
def test_a_text_table_never_is_wider_than_the_terminal(rows: list[tuple[object, ...]], width: int) -> None:
    text = tables.as_text(Table(("first", "second", "third"), tuple(rows)), width)
    assert all(display_width(line) <= width for line in text.split("\n"))


def test_csv_is_read_back_by_the_csv_module() -> None:
    rows = list(csv.reader(io.StringIO(tables.as_csv(TABLE))))
    assert rows[0] == list(TABLE.columns)
    assert rows[1] == ["BERT", "12", "0.123456789", "BERT; Bert", ""]
    assert rows[2][0] == 'Café, "x"'


@pytest.mark.parametrize(
    ("text", "cell"),
    [("=HYPERLINK(1)", "'=HYPERLINK(1)"), ("@sum", "'@sum"), ("+1-2", "'+1-2"), ("-x", "'-x"), ("-2.5%", "-2.5%"),
     ("+3", "+3"), ("BERT", "BERT"), ("", "")],
)  # fmt: skip
def test_safe_cells_hold_no_formula(text: str, cell: str) -> None:
    table = Table(("a", "b"), ((text, 1),))
    assert list(csv.reader(io.StringIO(tables.as_csv(table, safe_cells=True))))[1] == [cell, "1"]
    assert list(csv.reader(io.StringIO(tables.as_csv(table))))[1] == [text, "1"]


def test_json_is_a_list_of_objects() -> None:
    assert json.loads(tables.as_json(TABLE)) == TABLE.dicts()
    assert "Café" in tables.as_json(TABLE)


def test_arrow_and_parquet_hold_the_rows() -> None:
    arrow = pa.ipc.open_file(io.BytesIO(tables.as_arrow(TABLE))).read_all()
    assert arrow.to_pylist() == TABLE.dicts()
    assert pq.read_table(io.BytesIO(tables.as_parquet(TABLE))).to_pylist() == TABLE.dicts()


def test_columns_of_mixed_types_or_one_name_still_make_a_file() -> None:
    mixed = Table(("x", "x"), ((1, 2), ("a", 3)))
    assert mixed.arrow().to_pydict() == {"x": ["1", "a"], "x 2": [2, 3]}


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(KGError, match="table, csv, json, markdown, latex, arrow, parquet"):
        tables.render(TABLE, "xml")


def test_a_frame_without_pandas_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(KGError, match="pip install pandas"):
        TABLE.frame()


MARKED_UP = Table(("name", "score"), (("A|B *new*", 1.5), ("50% & more_of #1 \\ {x}~^<y>", None), ("two\nlines", 2)))


def test_markdown_shows_text_as_it_is() -> None:
    assert tables.render(MARKED_UP, "markdown") == (
        "| name | score |\n"
        "| --- | ---: |\n"
        "| A\\|B \\*new\\* | 1.5 |\n"
        "| 50% \\& more\\_of \\#1 \\\\ {x}\\~^\\<y\\> |  |\n"
        "| two lines | 2 |\n"
    )


def test_latex_shows_text_as_it_is() -> None:
    assert tables.render(MARKED_UP, "latex") == (
        "\\begin{tabular}{lr}\n\\toprule\nname & score \\\\\n\\midrule\n"
        "A\\textbar{}B *new* & 1.5 \\\\\n"
        "50\\% \\& more\\_of \\#1 \\textbackslash{} \\{x\\}\\textasciitilde{}\\textasciicircum{}"
        "\\textless{}y\\textgreater{} &  \\\\\n"
        "two lines & 2 \\\\\n"
        "\\bottomrule\n\\end{tabular}\n"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[9em] a", "{}[9em] a"), ("*", "{}*"), ("\\input{/etc/passwd}", "\\textbackslash{}input\\{/etc/passwd\\}"),
        ("a\x1b[31m\u202e", "a [31m "), ("$x$^^5c", "\\$x\\$\\textasciicircum{}\\textasciicircum{}5c"),
    ],
)  # fmt: skip
def test_text_is_no_command_of_latex(text: str, shown: str) -> None:
    assert f"\n{shown} \\\\\n" in str(tables.render(Table(("name",), ((text,),)), "latex"))


@pytest.mark.parametrize("key", ["a\x1b[31m", "a}b", "\\input", "a,b", "a%", "a b"])
def test_a_key_that_latex_cannot_take_is_not_cited(key: str) -> None:
    assert "cite" not in str(tables.render(Table(("key",), ((key,),)), "latex"))


def test_a_table_without_rows_has_its_header_in_markdown_and_latex() -> None:
    empty = Table(("a", "b"), ())
    assert tables.render(empty, "markdown") == "| a | b |\n| --- | --- |\n"
    assert "a & b" in str(tables.render(empty, "latex"))


def test_long_text_is_worth_reading_beside_many_short_columns_and_keys_stay_whole() -> None:
    """A leaderboard on a line of 120: names may wrap, for the sake of the sentence."""
    row = ("mean average precision", "higher", "92.2%", "Part-Aware Self-Supervised Pre-training", 2022, 1)
    sentence = "Experiments show that it sets a new state of the art on all three benchmarks of the field."
    columns = ("metric", "better", "value", "method", "year", "papers", "title", "key", "sentence")
    table = Table(columns, ((*row, "A title of a paper " * 4, "dosovitskiy2021vit", sentence),))
    lines = tables.as_text(table, 120).split("\n")
    widths = dict(zip(columns, map(len, lines[1].split("  ")), strict=True))
    assert max(map(len, lines)) <= 120
    assert min(widths["title"], widths["sentence"]) >= 15
    assert widths["key"] == len("dosovitskiy2021vit")


def test_sentences_wrap_in_latex_and_share_the_line() -> None:
    said = "A sentence that is much longer than a name."
    one, two = Table(("a", "said"), (("x", said),)), Table(("a", "said", "also"), (("x", said, said),))
    assert r"\begin{tabular}{lp{0.60\linewidth}}" in str(tables.render(one, "latex"))
    assert r"\begin{tabular}{lp{0.30\linewidth}p{0.30\linewidth}}" in str(tables.render(two, "latex"))
