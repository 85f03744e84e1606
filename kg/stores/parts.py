"""What stores, loaders and exports of a graph share: its parts in groups and batches, its values as plain data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from kg import schema
from kg.errors import KGError
from kg.graph import Node, Relationship, Value

T = TypeVar("T")


def by_ends(relationships: Iterable[Relationship]) -> dict[tuple[str, str, str], list[Relationship]]:
    """Relationships by type and the labels of both ends, which statements have to name.

    `KGError` where the schema does not let a type join those labels.
    """
    groups: dict[tuple[str, str, str], list[Relationship]] = defaultdict(list)
    for rel in relationships:
        groups[rel.type, schema.label_of(rel.start), schema.label_of(rel.end)].append(rel)
    for (name, start, end), members in groups.items():
        if (start, end) not in schema.RELATIONSHIP_TYPES[name].endpoints:
            raise KGError(f"{name} cannot join {start} to {end} ({members[0].start} to {members[0].end})")
    return groups


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


def batches(members: Iterable[T], size: int) -> Iterator[list[T]]:
    """The members in lists of at most ``size``."""
    rest = iter(members)
    while batch := list(islice(rest, size)):
        yield batch


def plain(properties: Mapping[str, Value]) -> dict[str, Any]:
    """Properties as a driver takes them: lists are lists."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in properties.items()}


def properties(names: Iterable[str], values: Iterable[Any]) -> dict[str, Value]:
    """Properties as a graph has them: lists are tuples, and what has no value is absent."""
    pairs = zip(names, values, strict=True)
    return {name: tuple(value) if isinstance(value, list) else value for name, value in pairs if value is not None}
