"""The schema as Ladybug tables, and graphs copied into them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from kg import schema
from kg.graph import GraphStream, Node, Relationship
from kg.stores.ladybug_rows import write_rows
from kg.stores.parts import check_ends, check_properties, ends

if TYPE_CHECKING:
    import ladybug

M = TypeVar("M", Node, Relationship)
K = TypeVar("K", bound=Hashable)

_BATCH: Final = 50_000
_TYPES: Final = {
    "string": "STRING",
    "integer": "INT64",
    "float": "DOUBLE",
    "boolean": "BOOLEAN",
    "strings": "STRING[]",
}
_MACROS: Final = (
    # Neo4j's names for these functions, so that the same query text runs on both engines.
    "CREATE MACRO type(relationship) AS label(relationship)",
    "CREATE MACRO toFloat(value) AS CAST(value AS DOUBLE)",
    "CREATE MACRO toInteger(value) AS CAST(value AS INT64)",
)


def ddl() -> list[str]:
    """The statements that declare the schema in an empty database."""
    statements = []
    for node in schema.NODE_TYPES.values():
        columns = "".join(f", {p.name} {_TYPES[p.type]}" for p in node.properties)
        statements.append(f"CREATE NODE TABLE {node.label}(id STRING PRIMARY KEY{columns})")
    for rel in schema.RELATIONSHIP_TYPES.values():
        ends = ", ".join(f"FROM {start} TO {end}" for start, end in rel.endpoints)
        columns = "".join(f", {p.name} {_TYPES[p.type]}" for p in rel.properties)
        statements.append(f"CREATE REL TABLE {rel.type}({ends}{columns})")
    return [*statements, *_MACROS]


def layout() -> str:
    """A name for the layout of the tables; kept as a comment on the first table of each file."""
    return "abstractkg " + hashlib.sha256("\n".join(ddl()).encode()).hexdigest()[:16]


FIRST_TABLE: Final = next(iter(schema.NODE_TYPES))


def fill(connection: ladybug.Connection, graph: GraphStream, folder: Path) -> None:
    """Declare the schema in an empty database and copy the graph into it, by way of files in ``folder``.

    `KGError` where the graph does not fit the schema.
    """
    connection.execute("BEGIN TRANSACTION")  # a single one: each commit waits for the disk
    for statement in ddl():
        connection.execute(statement)
    connection.execute(f"COMMENT ON TABLE {FIRST_TABLE} IS '{layout()}'")
    _copy_nodes(connection, graph.nodes, folder / "rows.csv")
    _copy_relationships(connection, graph.relationships, folder / "rows.csv")
    connection.execute("COMMIT")
    connection.execute("CHECKPOINT")


def _copy_nodes(connection: ladybug.Connection, nodes: Iterable[Node], file: Path) -> None:
    for label, batch in _batches(nodes, lambda node: node.label, lambda node: node.label):
        check_properties(batch)
        declared = schema.NODE_TYPES[label].properties
        rows = write_rows(file, 1, declared, [((n.id,), n.properties) for n in batch])
        connection.execute(f"COPY {label} FROM ({rows})")


def _copy_relationships(connection: ladybug.Connection, relationships: Iterable[Relationship], file: Path) -> None:
    for (name, start, end), batch in _batches(relationships, lambda rel: rel.type, ends):
        check_properties(batch)
        check_ends(name, start, end, batch[0])
        declared = schema.RELATIONSHIP_TYPES[name].properties
        rows = write_rows(file, 2, declared, [((r.start, r.end), r.properties) for r in batch])
        connection.execute(f"COPY {name} FROM ({rows}) (from='{start}', to='{end}')")


def _batches(members: Iterable[M], kind: Callable[[M], str], table: Callable[[M], K]) -> Iterator[tuple[K, list[M]]]:
    """Members for the same table together, of which each kind of members, which come together, has few."""
    for _, same_kind in groupby(members, key=kind):
        waiting: dict[K, list[M]] = defaultdict(list)
        for member in same_kind:
            batch = waiting[table(member)]
            batch.append(member)
            if len(batch) == _BATCH:
                yield table(member), batch
                batch.clear()
        yield from ((key, batch) for key, batch in waiting.items() if batch)
