"""Statements grouped into edges, and what they join."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import networkx

from kg.graph import Relationship, confidence


@dataclass(slots=True)
class Edge:
    """All statements of one type between two concepts, the most confident first."""

    type: str
    start: str
    end: str
    statements: list[Relationship] = field(default_factory=list)


def edges_of(statements: Iterable[Relationship]) -> list[Edge]:
    """The statements grouped by type and ends, the most confident first."""
    edges: dict[tuple[str, str, str], Edge] = {}
    for rel in statements:
        edge = edges.setdefault((rel.type, rel.start, rel.end), Edge(rel.type, rel.start, rel.end))
        edge.statements.append(rel)
    for edge in edges.values():
        edge.statements.sort(key=lambda s: (-confidence(s), s.key))
    return list(edges.values())


def neighbours_of(edges: Iterable[Edge]) -> Mapping[str, set[str]]:
    """The neighbours of each concept; an empty set for unknown ones."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if edge.start != edge.end:
            neighbours[edge.start].add(edge.end)
            neighbours[edge.end].add(edge.start)
    return neighbours


def joined(nodes: Iterable[str], edges: Iterable[Edge]) -> networkx.Graph[str]:
    """The undirected graph of a picture; the weight of an edge is its number of statements."""
    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_nodes_from(sorted(nodes))
    for edge in edges:
        if edge.start != edge.end:
            a, b = sorted((edge.start, edge.end))
            known = graph.get_edge_data(a, b, {"weight": 0})
            graph.add_edge(a, b, weight=known["weight"] + len(edge.statements))
    return graph
