"""The assembled graph: nodes and relationships as values, sorted, and as JSON lines."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TextIO

from kg import schema
from kg.errors import KGError

Value = str | int | float | bool | tuple[str, ...]
"""A property's value. A property without a value is absent from the mapping."""


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Garbage collection is off meanwhile: it would visit millions of small values again and again to free none."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Node:
    """A node with its label. ``properties`` has those that the schema declares and that are known."""

    label: str
    id: str
    properties: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Relationship:
    """A directed relationship between the ids of two nodes."""

    type: str
    start: str
    end: str
    properties: Mapping[str, Value]

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What identifies it: the type, both ends and, for a statement, the paper that makes it."""
        return self.type, self.start, self.end, str(self.properties.get("paper", ""))


_LABEL_ORDER = {label: n for n, label in enumerate(schema.NODE_TYPES)}
_TYPE_ORDER = {name: n for n, name in enumerate(schema.RELATIONSHIP_TYPES)}


def node_key(node: Node) -> tuple[int, str]:
    """By what nodes are sorted in a graph."""
    return _LABEL_ORDER[node.label], node.id


def relationship_key(rel: Relationship) -> tuple[int, str, str, str]:
    """By what relationships are sorted in a graph."""
    return _TYPE_ORDER[rel.type], rel.start, rel.end, str(rel.properties.get("paper", ""))


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes and relationships, both sorted, so that equal graphs are equal sequences."""

    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]

    @classmethod
    def of(cls, nodes: Iterable[Node], relationships: Iterable[Relationship]) -> Graph:
        """The graph of these nodes and relationships, sorted by the order of the schema, then by ids."""
        return cls(tuple(sorted(nodes, key=node_key)), tuple(sorted(relationships, key=relationship_key)))

    def size(self) -> tuple[int, int]:
        """How many nodes and relationships there are, and the characters of all values."""
        text = sum(map(text_size, self.nodes)) + sum(map(text_size, self.relationships))
        return len(self.nodes) + len(self.relationships), text


def text_size(member: Node | Relationship) -> int:
    """The characters of all values of a node or relationship."""
    return sum(len(str(value)) for value in member.properties.values())


class GraphStream(Protocol):
    """A graph that need not be in memory: nodes and relationships sorted as in `Graph`, read anew at each iteration."""

    @property
    def nodes(self) -> Iterable[Node]:
        """The nodes."""

    @property
    def relationships(self) -> Iterable[Relationship]:
        """The relationships."""

    def size(self) -> tuple[int, int]:
        """How many nodes and relationships there are, and the characters of all values."""


def confidence(member: Node | Relationship) -> float:
    """The probability that a paper says so; 1 for what has no confidence, such as a paper or a mention."""
    value = member.properties.get("confidence", 1.0)
    return float(value) if isinstance(value, int | float) else 1.0


def support(best: float, papers: int) -> float:
    """How well a claim is supported that ``papers`` papers make, the surest of them with the confidence ``best``.

    The doubt that one paper leaves shrinks with each further one: by 5 / (papers + 4), which follows published
    judgements of such graphs (right .65 at one paper, .75 at three to five, .92 above twenty). The saved queries
    compute the same, rounded to three digits.

    >>> [round(support(0.65, papers), 2) for papers in (1, 4, 25)]
    [0.65, 0.78, 0.94]
    """
    return 1 - (1 - best) * 5 / (papers + 4)


def above(graph: Graph, minimum: float) -> Graph:
    """The graph without the statements, introductions and results whose confidence is below ``minimum``.

    Papers, concepts and mentions stay. `KGError` where ``minimum`` is not from 0 to 1.
    """
    if not checked_confidence(minimum):
        return graph
    nodes, rels = members_above(graph.nodes, graph.relationships, minimum)
    return Graph(tuple(nodes), tuple(rels))


def members_above(
    nodes: Iterable[Node], relationships: Iterable[Relationship], minimum: float
) -> tuple[list[Node], list[Relationship]]:
    """`above` for a part of a graph that has the results of its relationships, such as all that one paper says."""
    kept: list[Node] = []
    dropped: set[str] = set()
    for node in nodes:
        if confidence(node) >= minimum:
            kept.append(node)
        else:
            dropped.add(node.id)
    rels = (rel for rel in relationships if confidence(rel) >= minimum)
    return kept, [rel for rel in rels if rel.start not in dropped and rel.end not in dropped]


def checked_confidence(minimum: float) -> float:
    """The same number; `KGError` unless it is from 0 to 1."""
    if not 0 <= minimum <= 1:
        raise KGError(f"a minimum confidence is a number from 0 to 1, not {minimum}")
    return minimum


def to_rows(graph: GraphStream) -> Iterator[dict[str, Any]]:
    """One JSON-ready dictionary per node, then per relationship, in the graph's order."""
    for node in graph.nodes:
        yield {"kind": "node", "label": node.label, "id": node.id, **with_lists(node.properties)}
    for rel in graph.relationships:
        yield {"kind": "relationship", "type": rel.type, "from": rel.start, "to": rel.end, **with_lists(rel.properties)}


def write_jsonl(graph: GraphStream, out: TextIO) -> None:
    """Write the graph as JSON lines: one node or relationship on each line, nodes first."""
    out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in to_rows(graph))


def read_jsonl(lines: Iterable[str], name: str = "graph") -> Graph:
    """Read what `write_jsonl` wrote; `KGError` gives ``name`` and line where the content is something else."""
    nodes, relationships = [], []
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            kind = row.pop("kind")
            if kind == "node":
                node = Node(row.pop("label"), row.pop("id"), with_tuples(row))
                _LABEL_ORDER[node.label]
                nodes.append(node)
            else:
                rel = Relationship(row.pop("type"), row.pop("from"), row.pop("to"), with_tuples(row))
                _TYPE_ORDER[rel.type]
                relationships.append(rel)
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise KGError(f"{name}: line {number}: not a line of a graph ({error})") from error
    return Graph.of(nodes, relationships)


def with_lists(properties: Mapping[str, Value]) -> dict[str, Any]:
    """Properties as JSON and database drivers take them: tuples become lists."""
    return {k: list(v) if isinstance(v, tuple) else v for k, v in properties.items()}


def with_tuples(row: Mapping[str, Any]) -> dict[str, Value]:
    """Properties as a graph has them: lists become tuples, and those without a value are left out."""
    return {k: tuple(v) if isinstance(v, list) else v for k, v in row.items() if v is not None}
