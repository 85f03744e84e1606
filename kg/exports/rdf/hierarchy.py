"""The hierarchy of concepts: what names and papers say of kinds, without circles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from math import inf

import networkx

from kg.graph import Graph, confidence

Edge = tuple[str, str]


def broader(graph: Graph) -> Set[Edge]:
    """The pairs (narrower, broader) of NARROWER_THAN and SUBCLASS_OF that make no circle.

    Papers contradict each other: where their statements make a circle, those that the fewest papers make, and of these
    the least certain, are left out until there is none; what names say goes first. Of the rest only the nearest broader
    concepts are kept: no pair that others lead to. That a paper says so stays in the graph as a statement.
    """
    weight: dict[Edge, tuple[float, float]] = defaultdict(lambda: (0, 0.0))
    for edge in by_name(graph):
        weight[edge] = inf, 1.0
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
    return set(networkx.transitive_reduction(networkx.DiGraph(list(kept))).edges)


def by_name(graph: Graph) -> set[Edge]:
    """The pairs (narrower, broader) that names alone say."""
    return {(rel.start, rel.end) for rel in graph.relationships if rel.type == "NARROWER_THAN" and rel.start != rel.end}


def _without_circle(edges: list[Edge]) -> set[Edge]:
    """The edges, in order, that make no circle with those before them."""
    grown: networkx.DiGraph[str] = networkx.DiGraph()
    for start, end in edges:
        if not (start in grown and end in grown and networkx.has_path(grown, end, start)):
            grown.add_edge(start, end)
    return set(grown.edges)
