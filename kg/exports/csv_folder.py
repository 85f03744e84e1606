"""The graph as a folder of CSV files: one for each label, one for each relationship type."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from kg import schema
from kg.graph import Graph, Value
from kg.table import safe_cell


def write_csv(graph: Graph, folder: Path, *, safe_cells: bool = False) -> None:
    """Write ``nodes-Method.csv``, ``relationships-USED_FOR.csv`` and so on, with a header each.

    Lists are written as JSON arrays, so that a name may contain any character. ``safe_cells``
    writes text as `kg.table.safe_cell` does, for files that are opened in a spreadsheet.
    """
    cell = safe_cell if safe_cells else str
    for label, node_type in schema.NODE_TYPES.items():
        names = ["id", *(p.name for p in node_type.properties)]
        nodes = (n for n in graph.nodes if n.label == label)
        _write(folder / f"nodes-{label}.csv", names, ([n.id, *_cells(n.properties, names[1:])] for n in nodes), cell)
    for name, rel_type in schema.RELATIONSHIP_TYPES.items():
        names = ["from", "to", *(p.name for p in rel_type.properties)]
        rels = (r for r in graph.relationships if r.type == name)
        rows = ([r.start, r.end, *_cells(r.properties, names[2:])] for r in rels)
        _write(folder / f"relationships-{name}.csv", names, rows, cell)


def _write(path: Path, header: list[str], rows: Iterable[list[str]], cell: Callable[[str], str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(map(cell, row) for row in rows)


def _cells(properties: Mapping[str, Value], names: list[str]) -> list[str]:
    return [_cell(properties.get(name)) for name in names]


def _cell(value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return json.dumps(list(value), ensure_ascii=False)
    return str(value).lower() if isinstance(value, bool) else str(value)
