"""What stores and exports share: the parts of a graph in groups and batches, and properties as drivers take them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Final, TypeVar

from kg import schema
from kg.errors import KGError
from kg.graph import GraphStream, Node, Relationship

T = TypeVar("T")
M = TypeVar("M", Node, Relationship)
K = TypeVar("K", bound=Hashable)

_BATCH: Final = 50_000


def by_ends(relationships: Iterable[Relationship]) -> dict[tuple[str, str, str], list[Relationship]]:
    """Relationships by type and the labels of both ends, which statements have to contain.

    `KGError` where the schema does not allow a type between those labels.
    """
    groups: dict[tuple[str, str, str], list[Relationship]] = defaultdict(list)
    for rel in relationships:
        groups[ends(rel)].append(rel)
    for (name, start, end), members in groups.items():
        check_ends(name, start, end, members[0])
    return groups


def ends(rel: Relationship) -> tuple[str, str, str]:
    """The type of a relationship and the labels of both ends."""
    return rel.type, schema.label_of(rel.start), schema.label_of(rel.end)


def check_ends(name: str, start: str, end: str, example: Relationship) -> None:
    """`KGError` where the schema does not allow a type between those labels; it tells an example."""
    if (start, end) not in schema.RELATIONSHIP_TYPES[name].endpoints:
        raise KGError(f"{name} cannot join {start} to {end} ({example.start} to {example.end})")


def check_properties(members: Iterable[Node] | Iterable[Relationship]) -> None:
    """`KGError` where a node or relationship has a property that its type does not declare."""
    declared = {
        **{label: {p.name for p in node.properties} for label, node in schema.NODE_TYPES.items()},
        **{name: {p.name for p in rel.properties} for name, rel in schema.RELATIONSHIP_TYPES.items()},
    }
    for member in members:
        known = declared[member.label if isinstance(member, Node) else member.type]
        if not member.properties.keys() <= known:
            lost = ", ".join(sorted(member.properties.keys() - known))
            name = member.id if isinstance(member, Node) else f"{member.type} from {member.start} to {member.end}"
            raise KGError(f"{name}: the schema has no property {lost}")


def first_line(error: BaseException | str) -> str:
    """The first line of an error message."""
    return str(error).strip().partition("\n")[0]


def batches(members: Iterable[T], size: int) -> Iterator[list[T]]:
    """The members in lists of at most ``size`` (`itertools.batched` of Python 3.12, with lists)."""
    rest = iter(members)
    while batch := list(islice(rest, size)):
        yield batch


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

    @property
    def properties(self) -> tuple[schema.Property, ...]:
        """The properties that such rows may have."""
        return (schema.RELATIONSHIP_TYPES if self.start else schema.NODE_TYPES)[self.name].properties


KINDS: Final = (
    *(Kind(label) for label in schema.NODE_TYPES),
    *(Kind(name, *ends) for name, rel in schema.RELATIONSHIP_TYPES.items() for ends in rel.endpoints),
)
"""All kinds of rows, nodes first."""


def by_kind(graph: GraphStream) -> Iterator[tuple[Kind, list[Node] | list[Relationship]]]:
    """The graph in lists of limited size, nodes first. `KGError` where it does not fit the schema."""
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
