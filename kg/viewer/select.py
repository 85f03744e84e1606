"""What a picture shows: concepts and what papers say of them, the most telling part of a large graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from kg import schema
from kg.graph import Graph, Node, Relationship
from kg.problems import PapergraphError
from kg.viewer.names import resolve

LIMIT = 300
"""Concepts in a picture, unless more are asked for: what a reader can still take in."""


@dataclass(slots=True)
class Edge:
    """All statements of one type between two concepts, strongest first."""

    type: str
    start: str
    end: str
    statements: list[Relationship] = field(default_factory=list)


@dataclass(slots=True)
class Picture:
    """The part of a graph that is shown, and how many concepts it leaves out."""

    concepts: list[Node]
    edges: list[Edge]
    papers: dict[str, Node]
    left_out: int


def select(
    graph: Graph,
    *,
    about: str | None = None,
    hops: int = 1,
    relations: Collection[str] = (),
    min_papers: int = 1,
    limit: int = LIMIT,
) -> Picture:
    """Choose what to show.

    ``about`` names a concept, shown with everything within ``hops`` statements of it;
    otherwise concepts that most papers mention and that something is said of come first.
    ``relations`` keeps only these relationship types. `PapergraphError` if nothing is left.
    """
    concepts = {n.id: n for n in graph.nodes if n.label in schema.CONCEPT_LABELS}
    edges = _edges(graph, relations or schema.STATEMENT_TYPES)
    neighbours: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        neighbours[edge.start].add(edge.end)
        neighbours[edge.end].add(edge.start)
    if about is not None:
        distance = _within(resolve(concepts.values(), about).id, neighbours, hops)
    else:
        distance = {node_id: 0 for node_id in concepts if node_id in neighbours}
    eligible = [i for i in distance if _papers(concepts[i]) >= min_papers or (distance[i] == 0 and about is not None)]
    chosen = sorted(eligible, key=lambda i: (distance[i], -_papers(concepts[i]), -len(neighbours[i]), i))[:limit]
    if not chosen:
        raise PapergraphError("nothing to show: no concept is left by these choices")
    kept = set(chosen)
    shown = [edge for edge in edges if edge.start in kept and edge.end in kept]
    said = {str(s.properties["paper"]) for edge in shown for s in edge.statements}
    papers = {n.id: n for n in graph.nodes if n.label == "Paper" and n.id in said}
    return Picture([concepts[i] for i in chosen], shown, papers, len(eligible) - len(chosen))


def _papers(node: Node) -> int:
    count = node.properties.get("papers", 0)
    assert isinstance(count, int)
    return count


def _edges(graph: Graph, relations: Collection[str]) -> list[Edge]:
    edges: dict[tuple[str, str, str], Edge] = {}
    for rel in graph.relationships:
        if rel.type in relations:
            edge = edges.setdefault((rel.type, rel.start, rel.end), Edge(rel.type, rel.start, rel.end))
            edge.statements.append(rel)
    for edge in edges.values():
        edge.statements.sort(key=lambda s: (-float(str(s.properties.get("confidence", 0))), s.key))
    return list(edges.values())


def _within(start: str, neighbours: dict[str, set[str]], hops: int) -> dict[str, int]:
    """Breadth-first distances from ``start``, up to ``hops``."""
    distance = {start: 0}
    edge_of_known: Sequence[str] = [start]
    for hop in range(1, hops + 1):
        edge_of_known = sorted({n for i in edge_of_known for n in neighbours[i]} - distance.keys())
        distance.update((n, hop) for n in edge_of_known)
    return distance
