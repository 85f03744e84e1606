"""Positions of nodes, computed here so that nothing moves when a page opens.

The forces are those of ForceAtlas2 (Jacomy and others, 2014): nodes repel each other by their degrees,
edges attract, and edges between communities attract less, which separates the communities.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import networkx
import numpy as np
from numpy.typing import NDArray

Positions = dict[str, tuple[float, float]]
Points = NDArray[np.float32]

SPACE = 64.0
"""Pixels for each node along one side; small pictures have more, so that all names fit."""

_WIDE = 1.9  # width to height: both screens and names are wider than high
_ACROSS = 0.35  # attraction of an edge between communities
_EVEN = 0.75  # how even the density becomes, 0 to 1
_STEPS = 100  # for up to 2,000 nodes, fewer for more nodes, so that the time stays linear
_GAP = 14.0  # pixels left free between two nodes
_ROUNDS = 8
_SEED = 7


def positions(graph: networkx.Graph[str], radii: Mapping[str, float], parts: Sequence[Sequence[str]]) -> Positions:
    """Pixel positions of all nodes: each connected component laid out by itself, then packed in rows.

    ``radii`` are the sizes of the nodes, ``parts`` their communities. The same graph gives
    the same positions.
    """
    community = {node: n for n, part in enumerate(parts) for node in part}
    components = sorted((sorted(c) for c in networkx.connected_components(graph)), key=lambda c: (-len(c), c))
    boxes = []
    for component in components:
        points = _place(graph, component, community)
        points = _apart(points, np.array([radii[node] for node in component], np.float32))
        boxes.append(points - points.min(axis=0))
    placed: Positions = {}
    for component, points in zip(components, _packed(boxes), strict=True):
        for node, (x, y) in zip(component, points, strict=True):
            placed[node] = round(float(x), 1), round(float(y), 1)
    return placed


def _place(graph: networkx.Graph[str], nodes: list[str], community: Mapping[str, int]) -> Points:
    """Positions of one connected component, spread so that each node has its space."""
    index = {node: n for n, node in enumerate(nodes)}
    edges = sorted((min(index[a], index[b]), max(index[a], index[b])) for a, b in graph.subgraph(nodes).edges)
    if not edges:
        return np.zeros((len(nodes), 2), np.float32)
    ends = np.array(edges)
    within = [community[nodes[a]] == community[nodes[b]] for a, b in edges]
    points = _forces(len(nodes), ends, np.where(within, 1.0, _ACROSS).astype(np.float32), community, nodes)
    return _spread(points)


def _spread(points: Points) -> Points:
    """The points rotated to be wider than high, and moved along their radius until the density is even."""
    points = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(points.T @ points)
    points = (points @ axes[:, ::-1]).astype(np.float32)
    points /= points.std(axis=0) + 1e-6
    distance = np.linalg.norm(points, axis=1) + 1e-6
    rank = np.empty(len(points), np.float32)
    rank[np.argsort(distance, kind="stable")] = np.arange(1, len(points) + 1)
    even = np.sqrt(rank / len(points))
    radius = (1 - _EVEN) * distance / distance.max() + _EVEN * even
    side = SPACE * (1 + 45 / (len(points) + 25)) * math.sqrt(len(points) / math.pi)
    wide = np.array([math.sqrt(_WIDE), 1 / math.sqrt(_WIDE)], np.float32) * np.float32(side)
    spread: Points = points * (radius / distance).astype(np.float32)[:, None] * wide
    return spread


def _forces(n: int, ends: NDArray[np.int64], pull: Points, community: Mapping[str, int], nodes: list[str]) -> Points:
    points = _start(community, nodes)
    mass = 1 + np.bincount(ends.ravel(), minlength=n).astype(np.float32)
    masses = np.outer(mass, mass)
    np.fill_diagonal(masses, 0)
    near = np.empty((n, n), np.float32)
    a, b = ends.T
    steps = min(_STEPS, 2000 * _STEPS // n)
    for step in range(steps):
        force = _repulsion(points, masses, near)
        drawn = (points[b] - points[a]) * pull[:, None]
        np.add.at(force, a, drawn)
        np.add.at(force, b, -drawn)
        force -= 0.4 * mass[:, None] * points / (np.linalg.norm(points, axis=1)[:, None] + 1e-3)
        length = np.linalg.norm(force, axis=1)[:, None] + 1e-6
        most = 0.4 * math.sqrt(n) * (1 - step / steps) ** 1.5 + 0.01
        points = points + force / length * np.minimum(length / mass[:, None], most)
    return points


def _repulsion(points: Points, masses: Points, near: Points) -> Points:
    """The force of all nodes on each, by matrix products; ``near`` is a buffer that saves memory."""
    square = (points**2).sum(axis=1)
    np.dot(points, points.T, out=near)
    near *= -2
    near += square[:, None]
    near += square
    np.maximum(near, 0.05, out=near)  # rounding may make it negative
    np.divide(masses, near, out=near)
    pushed: Points = points * near.sum(axis=1)[:, None] - near @ points
    return pushed


def _start(community: Mapping[str, int], nodes: list[str]) -> Points:
    """Initial positions: each community around a point of its own."""
    random = np.random.default_rng(_SEED)
    size = math.sqrt(len(nodes)) * 2
    found = sorted({community[node] for node in nodes})
    turn = {c: n * math.pi * (3 - math.sqrt(5)) for n, c in enumerate(found)}
    reach = {c: size * math.sqrt((n + 0.5) / len(found)) for n, c in enumerate(found)}
    centers = [(reach[c] * math.cos(turn[c]), reach[c] * math.sin(turn[c])) for c in map(community.__getitem__, nodes)]
    return (np.array(centers) + random.normal(0, size / 12, (len(nodes), 2))).astype(np.float32)


def _apart(points: Points, radii: Points) -> Points:
    """The points moved just so far that nodes do not touch."""
    for _ in range(_ROUNDS):
        a, b = _close(points, radii)
        if not len(a):
            break
        for _ in range(_ROUNDS):
            away = points[a] - points[b]
            distance = np.linalg.norm(away, axis=1) + 1e-3
            push = np.maximum(radii[a] + radii[b] + _GAP - distance, 0) / distance * 0.45
            np.add.at(points, a, away * push[:, None])
            np.add.at(points, b, -away * push[:, None])
    return points


def _close(points: Points, radii: Points) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of nodes that touch, or would at the next push."""
    order = np.argsort(points[:, 0])
    reach = 2 * float(radii.max()) + 2 * _GAP
    x = points[order, 0]
    pairs = [(order[i], j) for i, last in enumerate(np.searchsorted(x, x + reach)) for j in order[i + 1 : last]]
    if not pairs:
        return np.empty(0, int), np.empty(0, int)
    a, b = np.array(pairs).T
    touching = np.linalg.norm(points[a] - points[b], axis=1) < radii[a] + radii[b] + 2 * _GAP
    return a[touching], b[touching]


def _packed(boxes: list[Points]) -> list[Points]:
    """The boxes in rows, the first at the top left, with about the proportions of a screen."""
    sides = [(*(np.ptp(box, axis=0) + 2 * SPACE),) for box in boxes]
    width = max(max(w for w, _ in sides), math.sqrt(sum(w * h for w, h in sides) * _WIDE))
    packed = []
    x = y = row = 0.0
    for box, (w, h) in zip(boxes, sides, strict=True):
        if x and x + w > width:
            x, y, row = 0.0, y + row, 0.0
        packed.append(box + np.array([x, y], np.float32))
        x, row = x + w, max(row, float(h))
    return packed
