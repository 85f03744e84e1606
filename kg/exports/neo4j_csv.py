"""The graph as CSV files for Neo4j's bulk import, with typed headers, and the script that runs the import.

For graphs that are too large for `kg load`, which can continue from what was imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from kg import schema
from kg.errors import KGError
from kg.graph import Graph, Node, Relationship, Value
from kg.stores.arrow_tables import Kind
from kg.stores.neo4j_marks import MARK, declarations, digest
from kg.stores.parts import by_ends

_BETWEEN: Final = "\x1f"
"""Separates the items of a list: a control character, because names may contain all others."""
_TYPES: Final = {
    "string": "string",
    "integer": "long",
    "float": "double",
    "boolean": "boolean",
    "strings": "string[]",
}

_SCRIPT: Final = """\
#!/bin/sh
# Imports this folder into an empty database of a stopped Neo4j server:
#
#     NEO4J_HOME=/path/to/neo4j sh import.sh [DATABASE]
#
# Afterwards start the server and run constraints.cypher in the database once (kg load does it, too).
cd "$(dirname "$0")" || exit 1
exec "${{NEO4J_HOME:+$NEO4J_HOME/bin/}}neo4j-admin" database import full "${{1:-neo4j}}" \\
    --array-delimiter=U+001F --multiline-fields=true \\
{options}
"""


def write_neo4j_csv(graph: Graph, folder: Path) -> None:
    """Write the files, ``import.sh`` and ``constraints.cypher`` into ``folder``.

    `KGError` where an item of a list contains the character that separates items.
    """
    _write_script(folder, [*_write_nodes(graph, folder), *_write_relationships(graph, folder)])


def write_part(graph: Graph, folder: Path, part: str) -> None:
    """Write a part of a graph as files without headers, whose names end in ``part``; see `write_headers`."""
    for _ in (*_write_nodes(graph, folder, part), *_write_relationships(graph, folder, part)):
        pass


def write_headers(kinds: Iterable[Kind], folder: Path) -> None:
    """Write headers, ``import.sh`` and ``constraints.cypher`` beside the parts of a graph with rows of ``kinds``."""
    options = []
    for kind in kinds:
        option, stem, header = _of_relationships(kind) if kind.start else _of_nodes(kind.name)
        _write(folder / f"{stem}-header.csv", header, ())
        options.append(f"{option}='./{stem}-header.csv,./{stem}-part-.*\\.csv'")
    _write_script(folder, options)


def _write_script(folder: Path, options: list[str]) -> None:
    lines = " \\\n".join(f"    {option}" for option in options)
    (folder / "import.sh").write_text(_SCRIPT.format(options=lines), "utf-8")
    (folder / "constraints.cypher").write_text("".join(f"{line};\n" for line in declarations()), "utf-8")


def _of_nodes(label: str) -> tuple[str, str, list[str]]:
    """Of the nodes of a label: the option of the import, the stem of file names, and the header."""
    header = [f"id:ID({label})", *_header(schema.NODE_TYPES[label].properties), MARK]
    return f"--nodes={label}", f"nodes-{label}", header


def _of_relationships(kind: Kind) -> tuple[str, str, list[str]]:
    """The same of relationships."""
    declared = _header(schema.RELATIONSHIP_TYPES[kind.name].properties)
    header = [f":START_ID({kind.start})", f":END_ID({kind.end})", *declared, MARK]
    return f"--relationships={kind.name}", f"relationships-{kind.name}-{kind.start}-{kind.end}", header


def _write_nodes(graph: Graph, folder: Path, part: str | None = None) -> Iterable[str]:
    for label, nodes in groupby(graph.nodes, key=lambda n: n.label):
        declared = schema.NODE_TYPES[label].properties
        rows = ([n.id, *_cells(declared, n.properties, n.id), _mark(n)] for n in nodes)
        yield _write_kind(folder, part, _of_nodes(label), rows)


def _write_relationships(graph: Graph, folder: Path, part: str | None = None) -> Iterable[str]:
    for ends, members in by_ends(graph.relationships).items():
        declared = schema.RELATIONSHIP_TYPES[ends[0]].properties
        rows = ([r.start, r.end, *_cells(declared, r.properties, r.start), _mark(r)] for r in members)
        yield _write_kind(folder, part, _of_relationships(Kind(*ends)), rows)


def _write_kind(folder: Path, part: str | None, of: tuple[str, str, list[str]], rows: Iterable[list[Any]]) -> str:
    """Write the rows of one kind, with a header or as a part without; the option of the import for them."""
    option, stem, header = of
    if part is None:
        return f"{option}={_write(folder / f'{stem}.csv', header, rows)}"
    return f"{option}={_write(folder / f'{stem}-{part}.csv', None, rows)}"


def _mark(member: Node | Relationship) -> str:
    """Its digest; or, if the import cannot represent one of its lists, a mark by which `kg load` rewrites it.

    The import drops empty lists, and lists of one empty string.
    """
    return "imported" if any(value in ((), ("",)) for value in member.properties.values()) else digest(member)


def _write(path: Path, header: list[str] | None, rows: Iterable[list[Any]]) -> str:
    with path.open("w", encoding="utf-8", newline="") as out:
        if header is not None:
            out.write(",".join(header) + "\n")
        out.writelines(",".join(map(_field, row)) + "\n" for row in rows)
    return f"./{path.name}"  # with its folder: neo4j-admin 2026 does not accept a bare name


def _field(cell: Any) -> str:
    """Text is quoted, missing values are not: to the import, "" is empty text and nothing is no value."""
    if isinstance(cell, str):
        return '"' + cell.replace('"', '""') + '"'
    return "" if cell is None else repr(cell).lower()  # true and false; numbers are the same in lower case


def _header(declared: Iterable[schema.Property]) -> list[str]:
    return [f"{p.name}:{_TYPES[p.type]}" for p in declared]


def _cells(declared: Iterable[schema.Property], properties: Mapping[str, Value], of: str) -> list[Any]:
    return [_cell(properties.get(p.name), f"{of}: {p.name}") for p in declared]


def _cell(value: Value | None, place: str) -> Any:
    if not isinstance(value, tuple):
        return value
    if any(_BETWEEN in item for item in value):
        raise KGError(f"{place}: a name contains U+001F, which separates names in the import")
    return _BETWEEN.join(value)
