"""The rows of a graph by the table that they belong to, in batches: what the embedded engine and Parquet files take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeVar

from kg import schema
from kg.graph import GraphStream, Node, Relationship
from kg.stores.parts import check_ends, check_properties, ends

M = TypeVar("M", Node, Relationship)
K = TypeVar("K", bound=Hashable)
Rows = Sequence[Node] | Sequence[Relationship]

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


def row_batches(graph: GraphStream) -> Iterator[tuple[Kind, Rows]]:
    """The rows of a graph in batches of limited size, nodes first. `KGError` where it does not fit the schema."""
    for label, nodes in _batches(graph.nodes, lambda node: node.label, lambda node: node.label):
        check_properties(nodes)
        yield Kind(label), nodes
    for (name, start, end), relationships in _batches(graph.relationships, lambda rel: rel.type, ends):
        check_properties(relationships)
        check_ends(name, start, end, relationships[0])
        yield Kind(name, start, end), relationships


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
