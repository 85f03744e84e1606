"""Communities of concepts, found by the Louvain method (Blondel and others, 2008)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import networkx

from kg.viewer.select import Edge

_SEED = 7


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


def communities(graph: networkx.Graph[str]) -> Sequence[Sequence[str]]:
    """The communities, largest first, each sorted by id; the same graph always gives the same ones."""
    found = networkx.community.louvain_communities(graph, seed=_SEED)
    return sorted((sorted(part) for part in found), key=lambda part: (-len(part), part))
