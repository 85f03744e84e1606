"""The graph as CSV files for Neo4j's bulk import, with typed headers, and the script that runs the import.

For graphs that are too large for `kg load`, which can continue from what was imported.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from kg import schema
from kg.errors import KGError
from kg.graph import Graph, Node, Relationship, Value
from kg.stores.neo4j_marks import MARK, declarations, digest
from kg.stores.parts import by_ends
from kg.stores.rows import Kind

_SEPARATORS: Final = "\x1f\x1e\x1d\x1c" + "".join(map(chr, range(0xE000, 0xE100)))
"""What may separate the items of a list: the first that no item contains. Control characters, then private ones."""
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
    --array-delimiter=U+{delimiter} --multiline-fields=true \\
{options}
"""


def write_neo4j_csv(graph: Graph, folder: Path) -> None:
    """Write the files, ``import.sh`` and ``constraints.cypher`` into ``folder``.

    `KGError` where the lists contain every character that could separate their items.
    """
    between = separator(used_separators(graph))
    _write_script(
        folder, between, [*_write_nodes(graph, folder, between), *_write_relationships(graph, folder, between)]
    )


def write_part(graph: Graph, folder: Path, part: str, between: str) -> None:
    """Write a part of a graph as files without headers, whose names end in ``part``; see `write_headers`.

    ``between`` is the `separator` for all parts.
    """
    for _ in (*_write_nodes(graph, folder, between, part), *_write_relationships(graph, folder, between, part)):
        pass


def write_headers(kinds: Iterable[Kind], folder: Path, between: str) -> None:
    """Write headers, ``import.sh`` and ``constraints.cypher`` beside the parts of a graph with rows of ``kinds``."""
    options = []
    for kind in kinds:
        option, stem, header = _of_relationships(kind) if kind.start else _of_nodes(kind.name)
        _write(folder / f"{stem}-header.csv", header, ())
        options.append(f"{option}='./{stem}-header.csv,./{stem}-part-.*\\.csv'")
    _write_script(folder, between, options)


def _write_script(folder: Path, between: str, options: list[str]) -> None:
    lines = " \\\n".join(f"    {option}" for option in options)
    (folder / "import.sh").write_text(_SCRIPT.format(options=lines, delimiter=f"{ord(between):04X}"), "utf-8")
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


def used_separators(graph: Graph) -> set[str]:
    """The characters that could separate the items of lists, and stand in some."""
    members: Iterable[Node | Relationship] = (*graph.nodes, *graph.relationships)
    lists = (value for member in members for value in member.properties.values() if isinstance(value, tuple))
    return {char for value in lists for item in value for char in item if char in _SEPARATORS}


def separator(used: Container[str]) -> str:
    """A character that stands in no item of a list; `KGError` where all are ``used``."""
    for char in _SEPARATORS:
        if char not in used:
            return char
    raise KGError("the names contain every character that could separate them in the import")


def _write_nodes(graph: Graph, folder: Path, between: str, part: str | None = None) -> Iterable[str]:
    for label, nodes in groupby(graph.nodes, key=lambda n: n.label):
        declared = schema.NODE_TYPES[label].properties
        rows = ([n.id, *_cells(declared, n.properties, between), _mark(n)] for n in nodes)
        yield _write_kind(folder, part, _of_nodes(label), rows)


def _write_relationships(graph: Graph, folder: Path, between: str, part: str | None = None) -> Iterable[str]:
    for ends, members in by_ends(graph.relationships).items():
        declared = schema.RELATIONSHIP_TYPES[ends[0]].properties
        rows = ([r.start, r.end, *_cells(declared, r.properties, between), _mark(r)] for r in members)
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


def _cells(declared: Iterable[schema.Property], properties: Mapping[str, Value], between: str) -> list[Any]:
    values = (properties.get(p.name) for p in declared)
    return [between.join(value) if isinstance(value, tuple) else value for value in values]
