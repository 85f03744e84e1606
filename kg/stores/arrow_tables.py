"""Nodes and relationships as Arrow tables, as Parquet files hold them. It needs the extra ``arrow``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kg import schema
from kg.errors import KGError
from kg.graph import GraphStream, Node, Relationship, with_tuples
from kg.stores.rows import Kind, Rows, row_batches

if TYPE_CHECKING:
    import pyarrow as pa


def tables(graph: GraphStream) -> Iterator[tuple[Kind, pa.Table]]:
    """The graph as tables of limited size, nodes first. `KGError` where it does not fit the schema."""
    return ((kind, table(kind, rows)) for kind, rows in row_batches(graph))


def table(kind: Kind, rows: Rows) -> pa.Table:
    """Rows of one kind: ``id``, or ``from`` and ``to``, and the declared properties."""
    import pyarrow as pa

    nodes = [row for row in rows if isinstance(row, Node)]
    relationships = [row for row in rows if isinstance(row, Relationship)]
    if kind.start:
        ends = {"from": _strings(r.start for r in relationships), "to": _strings(r.end for r in relationships)}
        return pa.table({**ends, **_columns(schema.RELATIONSHIP_TYPES[kind.name].properties, relationships)})
    return pa.table({"id": _strings(n.id for n in nodes), **_columns(schema.NODE_TYPES[kind.name].properties, nodes)})


def members(kind: Kind, table: pa.Table) -> Iterator[Node | Relationship]:
    """The nodes or relationships in a table that `tables` gave."""
    names = table.column_names
    for values in zip(*(column.to_pylist() for column in table.columns), strict=True):
        row = dict(zip(names, values, strict=True))
        if kind.start:
            yield Relationship(kind.name, row.pop("from"), row.pop("to"), with_tuples(row))
        else:
            yield Node(kind.name, row.pop("id"), with_tuples(row))


def _strings(values: Iterable[str]) -> pa.Array:
    import pyarrow as pa

    return pa.array(list(values), pa.string())


def _columns(
    declared: Sequence[schema.Property], members: Sequence[Node] | Sequence[Relationship]
) -> dict[str, pa.Array]:
    """One Arrow column per declared property."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "float": pa.float64(),
        "boolean": pa.bool_(),
        "strings": pa.list_(pa.string()),
    }
    columns = {}
    for prop in declared:
        try:
            columns[prop.name] = pa.array([m.properties.get(prop.name) for m in members], types[prop.type])
        except (pa.ArrowException, UnicodeEncodeError, OverflowError) as error:
            raise KGError(f"property {prop.name}: a value is not of type {prop.type}: {error}") from error
    return columns
