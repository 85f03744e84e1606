"""Statements grouped into edges, and what they join."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import networkx

from kg.graph import Graph, Relationship, confidence, support
from kg.viewer.appearance import count


@dataclass(slots=True)
class Edge:
    """All statements of one type between two concepts, the most confident first."""

    type: str
    start: str
    end: str
    statements: list[Relationship] = field(default_factory=list)

    @property
    def support(self) -> float:
        """How well the claim is supported (`kg.graph.support`)."""
        return support(confidence(self.statements[0]), len(self.statements))


def edges_of(statements: Iterable[Relationship]) -> list[Edge]:
    """The statements grouped by type and ends, the most confident first."""
    edges: dict[tuple[str, str, str], Edge] = {}
    for rel in statements:
        edge = edges.setdefault((rel.type, rel.start, rel.end), Edge(rel.type, rel.start, rel.end))
        edge.statements.append(rel)
    for edge in edges.values():
        edge.statements.sort(key=lambda s: (-confidence(s), s.key))
    return list(edges.values())


class SupportTexts:
    """What tooltips say of the support of claims; made of the whole graph, which knows years and opposite claims."""

    def __init__(self, graph: Graph) -> None:
        self._years = {n.id: y for n in graph.nodes if isinstance(y := n.properties.get("year"), int)}
        self._wins = Counter((r.start, r.end) for r in graph.relationships if r.type == "OUTPERFORMS")

    def of(self, edge: Edge) -> str:
        """For instance ``3 papers, 2019 to 2021, best confidence 0.90, support 0.93, 1 paper says the opposite``."""
        years = sorted({y for s in edge.statements if (y := self._years.get(str(s.properties.get("paper"))))})
        parts = [
            count(len(edge.statements), "paper"),
            " to ".join(str(y) for y in dict.fromkeys(years[:1] + years[-1:])),
        ]
        parts += [f"best confidence {confidence(edge.statements[0]):.2f}", f"support {edge.support:.2f}"]
        against = self._wins[edge.end, edge.start] if edge.type == "OUTPERFORMS" else 0
        if against:
            parts.append(f"{count(against, 'paper')} {'says' if against == 1 else 'say'} the opposite")
        return ", ".join(filter(None, parts))


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
