"""Positions of nodes, computed here so that nothing moves when a page opens.

A picture is laid out in two steps, as a map is: the concepts of each community around each other, then the
communities. In both, forces as in ForceAtlas2 (Jacomy and others, 2014) say who lies near whom; then
everything is packed so that no box (a node with its name, or a community with its title) covers another.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Positions = Mapping[str, tuple[float, float]]

WIDE = 1.75  # width to height of the whole, on a screen
TALL = 0.45  # the same on a telephone
_PART_WIDE = 1.5  # of one community: names are wider than high
_TITLE = 26.0  # pixels above a community for its title
_MARGIN = 15.0  # pixels around a community, half of the least distance of two
_FORCE_STEPS = 100  # for up to 2,000 nodes, fewer for more nodes, so that the time stays linear
_FEW = 40  # boxes for which several turns and stretches are tried
_TURNS = 4
_STRETCHES = (0.5, 1.0, 2.0)
_PACK_STEPS = 90  # for up to 300 boxes, fewer for more
_SHRINK = 0.975  # how far a step of packing draws everything together
_SEED = 7


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions in pixels; ``tall`` is how far each community is moved in a high window."""

    positions: Positions
    tall: Sequence[tuple[float, float]]


def layout(
    graph: networkx.Graph[str], boxes: Mapping[str, tuple[float, float]], parts: Sequence[Sequence[str]]
) -> Layout:
    """Positions of all nodes; ``boxes`` are half the width and half the height of each, with its name.

    ``parts`` are the communities, and every node is in one of them. The same graph gives the same positions.
    """
    if not parts:
        return Layout({}, [])
    inner = [_part(graph, part, boxes) for part in parts]
    halves = np.array([np.abs(points).max(axis=0) for points in inner]) if inner else np.zeros((0, 2))
    reach = np.array([[max(boxes[n][axis] for n in part) for axis in (0, 1)] for part in parts])
    halves = halves + reach + _MARGIN + np.array([0.0, _TITLE / 2])
    between = _between(graph, parts)
    start = _forces(between, np.sqrt([len(part) for part in parts]))
    wide, tall = (_packed(start, halves, aspect) for aspect in (WIDE, TALL))
    wide -= (wide - halves).min(axis=0)
    tall -= (tall - halves).min(axis=0)
    placed = {
        node: (round(float(x), 1), round(float(y), 1))
        for part, points, middle in zip(parts, inner, wide, strict=True)
        for node, (x, y) in zip(part, points + middle, strict=True)
    }
    return Layout(placed, [(round(float(x), 1), round(float(y), 1)) for x, y in tall - wide])


def _part(graph: networkx.Graph[str], part: Sequence[str], boxes: Mapping[str, tuple[float, float]]) -> Points:
    """The places of a community's nodes around (0, 0)."""
    within = networkx.Graph(graph.subgraph(part))
    index = {node: n for n, node in enumerate(part)}
    found = ((index[a], index[b], float(data["weight"])) for a, b, data in within.edges(data=True))
    edges = sorted((min(a, b), max(a, b), weight) for a, b, weight in found)
    halves = np.array([boxes[node] for node in part])
    points = _packed(_forces(_Edges.of(edges, len(part)), np.ones(len(part))), halves, _PART_WIDE)
    middle: Points = (points.max(axis=0) + points.min(axis=0)) / 2
    return points - middle


@dataclass(frozen=True, slots=True)
class _Edges:
    """Edges of numbered nodes: their ends and how strongly they pull."""

    ends: NDArray[np.int64]
    pull: Points

    @classmethod
    def of(cls, edges: Sequence[tuple[int, int, float]], nodes: int) -> _Edges:
        ends = np.array([edge[:2] for edge in edges], np.int64).reshape(-1, 2)
        return cls(ends, np.array([1 + math.log(edge[2]) for edge in edges], np.float64))


def _between(graph: networkx.Graph[str], parts: Sequence[Sequence[str]]) -> _Edges:
    """Communities as nodes, with the number of statements between them."""
    home = {node: n for n, part in enumerate(parts) for node in part}
    joined: Counter[tuple[int, int]] = Counter()
    for a, b, data in graph.edges(data=True):
        low, high = sorted((home[a], home[b]))
        if low != high:
            joined[low, high] += data["weight"]
    return _Edges.of([(a, b, float(n)) for (a, b), n in sorted(joined.items())], len(parts))


def _forces(edges: _Edges, sizes: Points) -> Points:
    """Points that repel each other by their sizes and are drawn together by their edges."""
    n = len(sizes)
    turn = np.arange(n) * math.pi * (3 - math.sqrt(5))
    points: Points = np.sqrt(np.arange(n) + 0.5)[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    points += np.random.default_rng(_SEED).normal(0, 0.05, points.shape)
    if n == 1:
        return np.zeros((1, 2))
    mass = sizes + np.bincount(edges.ends.ravel(), minlength=n)
    a, b = edges.ends.T
    steps = min(_FORCE_STEPS, 2000 * _FORCE_STEPS // n)
    for step in range(steps):
        force = _repulsion(points, mass)
        drawn = (points[b] - points[a]) * edges.pull[:, None]
        np.add.at(force, a, drawn)
        np.add.at(force, b, -drawn)
        force -= 0.4 * mass[:, None] * points / (np.linalg.norm(points, axis=1)[:, None] + 1e-3)
        length = np.linalg.norm(force, axis=1)[:, None] + 1e-6
        most = 0.4 * math.sqrt(n) * (1 - step / steps) ** 1.5 + 0.01
        points = points + force / length * np.minimum(length / mass[:, None], most)
    return points


def _repulsion(points: Points, mass: Points) -> Points:
    """The force of all nodes on each, by matrix products."""
    square = (points**2).sum(axis=1)
    near = np.maximum(square[:, None] + square - 2 * points @ points.T, 0.05)  # rounding may make it negative
    near = np.outer(mass, mass) / near
    np.fill_diagonal(near, 0)
    pushed: Points = points * near.sum(axis=1)[:, None] - near @ points
    return pushed


def _packed(start: Points, halves: Points, aspect: float) -> Points:
    """The points as near to each other as their boxes allow, in about the arrangement that they have.

    Of several turns and stretches of it, the one that a window of this aspect ratio shows largest.
    """
    n = len(start)
    if n == 1:
        return np.zeros((1, 2))
    points = start - start.mean(axis=0)
    few = n <= _FEW
    tries = [
        _pack(_stretched(points, turn * math.pi / _TURNS, stretch * aspect), halves)
        for turn in (range(_TURNS) if few else (0,))
        for stretch in (_STRETCHES if few else (1.0,))
    ]
    return min(tries, key=lambda done: _size(done, halves, aspect))


def _stretched(points: Points, angle: float, aspect: float) -> Points:
    turned = points @ np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    even: Points = turned / (turned.std(axis=0) + 1e-9) * np.array([math.sqrt(aspect), 1 / math.sqrt(aspect)])
    return even


def _size(points: Points, halves: Points, aspect: float) -> float:
    """How high a window of this aspect ratio must be to show all boxes."""
    width, height = (points + halves).max(axis=0) - (points - halves).min(axis=0)
    return max(float(width) / aspect, float(height))


def _pack(points: Points, halves: Points) -> Points:
    """Draw the points together step by step, and apart where boxes cover each other."""
    points = points * 0.65 * math.sqrt(float((4 * halves[:, 0] * halves[:, 1]).sum()))
    for _ in range(max(40, min(_PACK_STEPS, 300 * _PACK_STEPS // len(points)))):
        points = _apart(points * _SHRINK, halves, rounds=2)
    return _apart(points, halves, rounds=400)


def _apart(points: Points, halves: Points, rounds: int) -> Points:
    """The points moved until no box covers another, or the rounds are over: each pair along its lesser overlap."""
    sums = halves[:, None, :] + halves[None, :, :]
    for _ in range(rounds):
        away = points[:, None, :] - points[None, :, :]
        over = sums - np.abs(away)
        a, b = np.nonzero(np.triu(np.all(over > 1e-3, axis=2), 1))
        if not len(a):
            break
        over, away = over[a, b], away[a, b]
        axis = (over[:, 1] < over[:, 0]).astype(np.int64)
        rows = np.arange(len(a))
        sign = np.where(away[rows, axis] < 0, -1.0, 1.0)
        push = np.zeros((len(a), 2))
        push[rows, axis] = sign * over[rows, axis] * 0.52
        moved = np.zeros_like(points)
        np.add.at(moved, a, push)
        np.add.at(moved, b, -push)
        points = points + np.clip(moved, -sums.max(), sums.max())
    return points
