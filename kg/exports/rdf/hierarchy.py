"""The hierarchy of concepts: what papers say of kinds, without circles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set

import networkx

from kg.graph import Graph, confidence

Edge = tuple[str, str]


def broader(graph: Graph) -> Set[Edge]:
    """The pairs (narrower, broader) of SUBCLASS_OF that make no circle.

    Papers contradict each other: where their statements make a circle, those that the fewest papers make, and of these
    the least certain, are left out until there is none. That a paper says so stays in the graph as a statement.
    """
    weight: dict[Edge, tuple[int, float]] = defaultdict(lambda: (0, 0.0))
    for rel in graph.relationships:
        if rel.type == "SUBCLASS_OF" and rel.start != rel.end:
            papers, best = weight[rel.start, rel.end]
            weight[rel.start, rel.end] = papers + 1, max(best, confidence(rel))
    whole: networkx.DiGraph[str] = networkx.DiGraph(list(weight))
    kept = set(weight)
    for part in networkx.strongly_connected_components(whole):
        if len(part) > 1:
            inside = [edge for edge in weight if part.issuperset(edge)]
            kept -= set(inside) - _without_circle(sorted(inside, key=lambda e: (-weight[e][0], -weight[e][1], e)))
    return kept


def _without_circle(edges: list[Edge]) -> set[Edge]:
    """The edges, in order, that make no circle with those before them."""
    grown: networkx.DiGraph[str] = networkx.DiGraph()
    for start, end in edges:
        if not (start in grown and end in grown and networkx.has_path(grown, end, start)):
            grown.add_edge(start, end)
    return set(grown.edges)
