"""Nodes and relationships as Arrow tables, which Parquet files hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kg import schema
from kg.errors import KGError
from kg.graph import Node, Relationship, with_tuples
from kg.stores.parts import Kind

if TYPE_CHECKING:
    import pyarrow as pa


def table(kind: Kind, members: Sequence[Node] | Sequence[Relationship]) -> pa.Table:
    """Members of one kind: ``id``, or ``from`` and ``to``, and the declared properties.

    `KGError` where a value is not of its property's type.
    """
    import pyarrow as pa

    return pa.table({**_ids(members), **_columns(kind.properties, members)})


def members(kind: Kind, table: pa.Table) -> Iterator[Node | Relationship]:
    """The nodes or relationships in a table that `tables` gave."""
    names = table.column_names
    for values in zip(*(column.to_pylist() for column in table.columns), strict=True):
        row = dict(zip(names, values, strict=True))
        if kind.start:
            yield Relationship(kind.name, row.pop("from"), row.pop("to"), with_tuples(row))
        else:
            yield Node(kind.name, row.pop("id"), with_tuples(row))


def _ids(members: Sequence[Node] | Sequence[Relationship]) -> dict[str, pa.Array]:
    nodes = [m.id for m in members if isinstance(m, Node)]
    if nodes:
        return {"id": _strings(nodes)}
    pairs = [(m.start, m.end) for m in members if isinstance(m, Relationship)]
    return {"from": _strings(start for start, _ in pairs), "to": _strings(end for _, end in pairs)}


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
