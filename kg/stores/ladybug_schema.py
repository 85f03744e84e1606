"""The schema as Ladybug tables, and graphs copied into them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg import schema
from kg.stores.ladybug_rows import write_rows
from kg.stores.rows import Kind, Rows

if TYPE_CHECKING:
    import ladybug
    import pyarrow as pa

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


WRITTEN: Final = "2"
"""Changed where files written before must be made again: those before 2 lack some lists."""


def layout() -> str:
    """A name for the layout of the tables and how they are filled; a comment on the first table of each file."""
    return "abstractkg " + hashlib.sha256("\n".join([WRITTEN, *ddl()]).encode()).hexdigest()[:16]


FIRST_TABLE: Final = next(iter(schema.NODE_TYPES))


ROWS_A_TRANSACTION: Final = 200_000
"""The engine holds what is not committed in memory, and each commit waits for the disk."""


def fill(connection: ladybug.Connection, rows: Iterable[tuple[Kind, Rows | pa.Table]], folder: Path) -> None:
    """Declare the schema in an empty database and copy rows into it, nodes before the relationships that join them.

    Rows go through files in ``folder``, but for Arrow tables, which the engine takes as they are. `KGError` where a
    value is not of its property's type.
    """
    connection.execute("BEGIN TRANSACTION")
    for statement in ddl():
        connection.execute(statement)
    connection.execute(f"COMMENT ON TABLE {FIRST_TABLE} IS '{layout()}'")
    uncommitted = 0
    for kind, batch in rows:
        if uncommitted >= ROWS_A_TRANSACTION:
            connection.execute("COMMIT")
            connection.execute("CHECKPOINT")
            connection.execute("BEGIN TRANSACTION")
            uncommitted = 0
        uncommitted += len(batch)
        ends = f" (from='{kind.start}', to='{kind.end}')" if kind.start else ""
        if isinstance(batch, Sequence):
            written = write_rows(folder / "rows.csv", kind, batch)
            connection.execute(f"COPY {kind.name} FROM ({written}){ends}")
        else:
            connection.execute(f"COPY {kind.name} FROM $rows{ends}", {"rows": batch})
    connection.execute("COMMIT")
    connection.execute("CHECKPOINT")
