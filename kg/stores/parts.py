"""What stores and exports share: the parts of a graph in groups and batches, and properties as drivers take them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from kg import schema
from kg.errors import KGError
from kg.graph import Node, Relationship

T = TypeVar("T")


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
