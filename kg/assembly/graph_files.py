"""A graph of any size: its members are added in any order, kept on disk where they are many, and read sorted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from kg import schema
from kg.assembly.sorted_runs import SortedRows
from kg.graph import Node, Relationship, relationship_key, text_size, with_tuples


class GraphFiles:
    """A `kg.graph.GraphStream`. ``node_counts`` and ``relationship_counts`` say how many there are of each kind.

    ``nodes`` and ``relationships`` are read anew at each iteration. Close it after use.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._nodes = {label: SortedRows(folder) for label in schema.NODE_TYPES}
        self._relationships = {name: SortedRows(folder) for name in schema.RELATIONSHIP_TYPES}
        self.node_counts: Counter[str] = Counter()
        self.relationship_counts: Counter[str] = Counter()
        self._text = 0

    def add(self, nodes: Iterable[Node], relationships: Iterable[Relationship]) -> None:
        """Add members; `OSError` where they cannot be written."""
        for node in nodes:
            self._nodes[node.label].add((node.id,), node.properties)
            self.node_counts[node.label] += 1
            self._text += text_size(node)
        for rel in relationships:
            self._relationships[rel.type].add(relationship_key(rel)[1:], rel.properties)
            self.relationship_counts[rel.type] += 1
            self._text += text_size(rel)

    def size(self) -> tuple[int, int]:
        """How many nodes and relationships there are, and the characters of all values."""
        return self.node_counts.total() + self.relationship_counts.total(), self._text

    @property
    def nodes(self) -> Iterator[Node]:
        """The nodes in the order of a graph."""
        return chain.from_iterable(map(self._nodes_of, self._nodes))

    def _nodes_of(self, label: str) -> Iterator[Node]:
        return (Node(label, key[0], with_tuples(value)) for key, value in self._nodes[label])

    @property
    def relationships(self) -> Iterator[Relationship]:
        """The relationships in the order of a graph."""
        return chain.from_iterable(map(self._relationships_of, self._relationships))

    def _relationships_of(self, name: str) -> Iterator[Relationship]:
        for (start, end, _), value in self._relationships[name]:
            yield Relationship(name, start, end, with_tuples(value))

    def close(self) -> None:
        """Remove what is on disk."""
        for rows in chain(self._nodes.values(), self._relationships.values()):
            rows.close()
