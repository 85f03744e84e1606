"""Nodes and relationships as Arrow tables: what the embedded engine copies, and what Parquet files hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeVar

from kg import schema
from kg.errors import KGError
from kg.graph import GraphStream, Node, Relationship, with_tuples
from kg.stores.parts import check_ends, check_properties, ends

if TYPE_CHECKING:
    import pyarrow as pa

M = TypeVar("M", Node, Relationship)
K = TypeVar("K", bound=Hashable)

_BATCH: Final = 50_000


@dataclass(frozen=True, slots=True)
class Kind:
    """What the rows of a table are: nodes of a label (``name``), or relationships of a type between two labels."""

    name: str
    start: str = ""
    end: str = ""

    @property
    def folder(self) -> str:
        """Where the Parquet files of such rows lie: ``nodes/Paper``, ``relationships/USED_FOR/Method-Task``."""
        return f"relationships/{self.name}/{self.start}-{self.end}" if self.start else f"nodes/{self.name}"


KINDS: Final = (
    *(Kind(label) for label in schema.NODE_TYPES),
    *(Kind(name, *ends) for name, rel in schema.RELATIONSHIP_TYPES.items() for ends in rel.endpoints),
)
"""All kinds of rows, nodes first."""


def tables(graph: GraphStream) -> Iterator[tuple[Kind, pa.Table]]:
    """The graph as tables of limited size, nodes first. `KGError` where it does not fit the schema."""
    for label, nodes in _batches(graph.nodes, lambda node: node.label, lambda node: node.label):
        check_properties(nodes)
        yield Kind(label), node_table(label, nodes)
    for (name, start, end), relationships in _batches(graph.relationships, lambda rel: rel.type, ends):
        check_properties(relationships)
        check_ends(name, start, end, relationships[0])
        yield Kind(name, start, end), relationship_table(name, relationships)


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


def members(kind: Kind, table: pa.Table) -> Iterator[Node | Relationship]:
    """The nodes or relationships in a table that `tables` gave."""
    names = table.column_names
    for values in zip(*(column.to_pylist() for column in table.columns), strict=True):
        row = dict(zip(names, values, strict=True))
        if kind.start:
            yield Relationship(kind.name, row.pop("from"), row.pop("to"), with_tuples(row))
        else:
            yield Node(kind.name, row.pop("id"), with_tuples(row))


def node_table(label: str, nodes: Sequence[Node]) -> pa.Table:
    """Nodes of one label: ``id`` and the declared properties."""
    import pyarrow as pa

    return pa.table({"id": _strings(n.id for n in nodes), **_columns(schema.NODE_TYPES[label].properties, nodes)})


def relationship_table(name: str, relationships: Sequence[Relationship]) -> pa.Table:
    """Relationships of one type: ``from``, ``to`` and the declared properties."""
    import pyarrow as pa

    ends = {"from": _strings(r.start for r in relationships), "to": _strings(r.end for r in relationships)}
    return pa.table({**ends, **_columns(schema.RELATIONSHIP_TYPES[name].properties, relationships)})


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
