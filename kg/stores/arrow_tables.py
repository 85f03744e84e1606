"""Nodes and relationships as Arrow tables: what the embedded engine copies, and what Parquet files hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg import schema
from kg.errors import KGError
from kg.graph import Graph, Node, Relationship, with_tuples
from kg.stores.parts import batches, by_ends, by_label

if TYPE_CHECKING:
    import pyarrow as pa

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


def tables(graph: Graph) -> Iterator[tuple[Kind, pa.Table]]:
    """The graph as tables of limited size, nodes first. `KGError` where it does not fit the schema."""
    for label, nodes in by_label(graph.nodes).items():
        for batch in batches(nodes, _BATCH):
            yield Kind(label), node_table(label, batch)
    for ends, relationships in by_ends(graph.relationships).items():
        for some in batches(relationships, _BATCH):
            yield Kind(*ends), relationship_table(ends[0], some)


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
