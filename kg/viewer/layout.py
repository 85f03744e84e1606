"""Positions computed beforehand, so that a page stands still when it opens."""

from __future__ import annotations

import math
from collections.abc import Iterable

import networkx

Positions = dict[str, tuple[float, float]]

_SPACE = 90.0
"""Pixels for each node along one side: room for its name."""


def positions(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> Positions:
    """Pixel positions for nodes: each connected part laid out by itself, parts packed in rows.

    Parts are laid out by Fruchterman and Reingold's springs (1991) from a fixed seed, so
    that the same graph gives the same picture.
    """
    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edges)
    parts = sorted((sorted(part) for part in networkx.connected_components(graph)), key=lambda p: (-len(p), p))
    placed: Positions = {}
    width = _SPACE * math.sqrt(max(len(graph), 1)) * 1.6
    x = y = row = 0.0
    for part in parts:
        side = _SPACE * math.sqrt(len(part)) if len(part) > 1 else _SPACE
        if x and x + side > width:
            x, y, row = 0.0, y + row, 0.0
        for node, (left, top) in _springs(graph, part).items():
            placed[node] = (round(x + (left + 1) / 2 * side, 1), round(y + (top + 1) / 2 * side, 1))
        x, row = x + side + _SPACE, max(row, side + _SPACE)
    return placed


def _springs(graph: networkx.Graph[str], part: list[str]) -> Positions:
    """Positions between -1 and 1."""
    if len(part) == 1:
        return {part[0]: (0.0, 0.0)}
    within: networkx.Graph[str] = networkx.Graph()
    within.add_nodes_from(part)
    within.add_edges_from(sorted((min(a, b), max(a, b)) for a, b in graph.subgraph(part).edges))
    found = networkx.spring_layout(within, k=2.5 / math.sqrt(len(part)), iterations=150, seed=7, method="force")
    return {node: (float(x), float(y)) for node, (x, y) in found.items()}
