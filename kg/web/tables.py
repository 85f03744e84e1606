"""The rows of a question as a page shows them: names as links, the sentence under its row, ids nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from kg import schema
from kg.table import Table, plain_text
from kg.web import addresses
from kg.web.index import Index

_TEXTS: Final = {"sentence", "text", "evidence", "example"}
_NOT_NAMES: Final = {"title", "value", "venue", "author", "authors", "claim", "relation", "comparison"}
_PAPER: Final = {"paper", "paper_id"}


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, the address that it leads to (empty: none), and whether it is a number."""

    text: str
    address: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, its sentence, and the ids of the concepts to mark in it."""

    cells: tuple[Cell, ...]
    sentence: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A table for a page: headings, each with whether its column holds numbers, and rows."""

    headings: tuple[tuple[str, bool], ...]
    rows: tuple[Row, ...]


def shown(index: Index, table: Table, asked: tuple[str, ...] = ()) -> Shown:
    """The table as a page shows it; the concepts with the ids ``asked`` are marked in all sentences."""
    columns = _visible(table)
    numeric = {name: _is_numeric(table, name) for name in columns}
    rows = tuple(_row(index, row, columns, numeric, asked) for row in table.dicts())
    return Shown(tuple((name.replace("_", " "), numeric[name]) for name in columns), rows)


def _visible(table: Table) -> list[str]:
    """Columns with something to read: no ids, no sentences, no paper beside its title, no number beside its value."""
    names = [name for name in table.columns if name not in _TEXTS and not _is_id(name, table.columns)]
    said_twice = {"number"} & set(names) if "value" in names else set()
    return [name for name in names if name not in said_twice and not (name in _PAPER and "title" in names)]


def _is_id(name: str, columns: tuple[str, ...]) -> bool:
    return name in ("id", "result") or (name.endswith("_id") and name.removesuffix("_id") in columns)


def _is_numeric(table: Table, name: str) -> bool:
    values = [value for value in (row[name] for row in table.dicts()) if value is not None]
    return bool(values) and all(isinstance(v, int | float) and not isinstance(v, bool) for v in values)


def _row(
    index: Index, row: Mapping[str, Any], columns: list[str], numeric: Mapping[str, bool], asked: tuple[str, ...]
) -> Row:
    first = next((name for name in columns if not numeric[name]), "")
    cells = tuple(_cell(index, name, row, numeric[name], name == first) for name in columns)
    marks = [_id_of(index, name, row, name == first) for name in columns]
    sentence = next((plain_text(row[name]) for name in _TEXTS if row.get(name)), "")
    return Row(cells, sentence, (*asked, *(node for node in marks if node and index.nodes[node].label != "Paper")))


def _cell(index: Index, name: str, row: Mapping[str, Any], number: bool, first: bool) -> Cell:
    value = row[name]
    node = _id_of(index, name, row, first)
    words = plain_text(value)
    if node and name in _PAPER:
        words = index.paper(node).title
    if isinstance(value, float):
        words = f"{value:.4g}"
    if name in ("relation", "claim") and words in schema.STATEMENT_TYPES:
        words = words.lower().replace("_", " ")
    return Cell(words, addresses.of_node(node) if node else "", number)


def _id_of(index: Index, name: str, row: Mapping[str, Any], first: bool) -> str:
    """The id of the concept or paper that a cell names; empty where it names none."""
    value = row[name]
    candidates = [row.get(f"{name}_id"), value if name in _PAPER else None]
    if name == "title":
        candidates += [row.get("paper"), _paper_of_result(index, row)]
    elif first and name not in _NOT_NAMES:
        candidates.append(row.get("id"))
    if isinstance(value, str) and name not in _NOT_NAMES:
        candidates.append(index.by_name.get(value))
    return next((found for found in candidates if isinstance(found, str) and found in index.nodes), "")


def _paper_of_result(index: Index, row: Mapping[str, Any]) -> str | None:
    return index.source.get(str(row.get("result", "")))
