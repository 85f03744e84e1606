"""The lineage of a method: what it builds on at the left, what builds on it at the right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import KGError
from kg.graph import Graph, Node
from kg.viewer import ViewResult
from kg.viewer.appearance import PHRASES, count
from kg.viewer.concepts import forms, is_generic, papers_of, resolve, short_name
from kg.viewer.drawing import Drawing, wide, write_drawing
from kg.viewer.edges import Edge, SupportTexts, edges_of

LINKS = {"BASED_ON": "none", "SUBCLASS_OF": "6 4"}
"""The types of statements in a lineage, from the younger to the older method, and their dash patterns."""

_MOST = 12  # largest number of children of a method
_ROW = 30.0
_GAP = 90.0
_NAME = 34  # characters of a name


@dataclass(slots=True)
class _Branch:
    """A method in the tree, with the edge to the method before it and the branches after it."""

    node: Node
    edge: Edge | None = None
    branches: list[_Branch] = field(default_factory=list)
    more: int = 0
    y: float = 0.0


def write_lineage(graph: Graph, path: str | Path, about: str, *, generations: int = 3) -> ViewResult:
    """Draw what a method builds on and what builds on it.

    The drawing is SVG, in an HTML page unless ``path`` ends in ``.svg``. `KGError`
    for an unknown method and for one that no paper relates to another. Generic methods ("neural network") are left out.
    """
    methods = {n.id: n for n in graph.nodes if n.label == "Method"}
    root = resolve(methods.values(), about, ("Method",))
    shown = {i for i, method in methods.items() if i == root.id or not is_generic(method)}
    edges = edges_of(r for r in graph.relationships if r.type in LINKS and r.start in shown and r.end in shown)
    older, younger = _grow(root, edges, methods, generations)
    if not (older.branches or younger.branches):
        raise KGError(f"no paper says what {forms(root)[0]!r} builds on, or what builds on it")
    drawing = Drawing(f"Lineage of {forms(root)[0]}")
    _draw(drawing, older, younger, SupportTexts(graph))
    drawn = [*_edges(older), *_edges(younger)]
    rows = [(_name(methods[e.start]), PHRASES[e.type][0], _name(methods[e.end]), _sentence(e)) for e in drawn]
    counts = {"before": len(_edges(older)), "after": len(_edges(younger))}
    line = f"{count(counts['before'], 'method')} before it and {counts['after']} after it"
    note = f"What it builds on stands to the left, what builds on it to the right: {line}, as papers say."
    write_drawing(path, drawing, note, ("method", "is", "method", "sentence"), rows, graph)
    return ViewResult(Path(path), "lineage", counts, line)


def _grow(root: Node, edges: list[Edge], methods: Mapping[str, Node], generations: int) -> tuple[_Branch, _Branch]:
    """The trees of what came before and after; each method is in them once, as near to the root as possible."""
    seen = {root.id}
    trees = []
    for before in (True, False):
        around: dict[str, list[Edge]] = defaultdict(list)
        for edge in edges:
            if edge.start != edge.end:
                around[edge.start if before else edge.end].append(edge)
        tree = _Branch(root)
        layer = [tree]
        for _ in range(generations):
            layer = [child for branch in layer for child in _branch_out(branch, around, methods, seen, before)]
        trees.append(tree)
    return trees[0], trees[1]


def _branch_out(
    branch: _Branch, around: Mapping[str, list[Edge]], methods: Mapping[str, Node], seen: set[str], before: bool
) -> list[_Branch]:
    found: dict[str, _Branch] = {}
    for edge in sorted(around.get(branch.node.id, ()), key=lambda e: (-e.support, e.type)):
        end = edge.end if before else edge.start
        if end not in seen:
            found.setdefault(end, _Branch(methods[end], edge))
    order = sorted(found.values(), key=lambda b: (-papers_of(b.node), b.node.id))
    branch.branches = order[:_MOST]
    branch.more = len(order) - len(branch.branches)
    seen.update(b.node.id for b in branch.branches)
    return branch.branches


def _draw(drawing: Drawing, older: _Branch, younger: _Branch, texts: SupportTexts) -> None:
    left, right = _rows(older, 0), _rows(younger, 0)
    height = max(left, right, 1) * _ROW + 40
    for tree in (older, younger):
        shift = height / 2 + 10 - tree.y
        for branch, _ in _walk(tree):
            branch.y += shift
    widths = {-depth: 0.0 for depth in range(10)}
    for sign, tree in ((-1, older), (1, younger)):
        for branch, depth in _walk(tree):
            widths[sign * depth] = max(widths.get(sign * depth, 0.0), wide([short_name(branch.node, _NAME)]) + 26)
    depths = sorted(depth for depth, width in widths.items() if width)
    places = {}
    x = 20.0
    for depth in depths:
        places[depth] = x
        x += widths[depth] + _GAP
    for sign, tree in ((-1, older), (1, younger)):
        _draw_tree(drawing, tree, sign, places, widths, texts)
    _draw_legend(drawing, height + 10)
    drawing.size(max(x - _GAP + 24, 340), height + 36)


def _rows(branch: _Branch, row: float) -> float:
    """Give each leaf a row, and each branch the middle of its leaves; returns the next free row."""
    if not branch.branches:
        branch.y = row * _ROW
        return row + 1
    for child in branch.branches:
        row = _rows(child, row)
    branch.y = (branch.branches[0].y + branch.branches[-1].y) / 2
    return row + (0.6 if branch.more else 0.15)


def _draw_tree(
    drawing: Drawing,
    tree: _Branch,
    sign: int,
    places: dict[int, float],
    widths: dict[int, float],
    texts: SupportTexts,
) -> None:
    for branch, depth in _walk(tree):
        x, width = places[sign * depth], widths[sign * depth]
        for child in branch.branches:
            x2, width2 = places[sign * (depth + 1)], widths[sign * (depth + 1)]
            ends = (x2 + width2, child.y, x, branch.y) if sign < 0 else (x + width, branch.y, x2, child.y)
            _draw_link(drawing, child.edge, texts, *ends)
        if depth or sign > 0:
            _draw_box(drawing, branch, x, width, depth == 0)
        if branch.more:
            at = places[sign * (depth + 1)]
            drawing.add("text", f"and {branch.more} more", x=at + 8, y=branch.branches[-1].y + 24, class_="quiet")


def _draw_link(
    drawing: Drawing, edge: Edge | None, texts: SupportTexts, x1: float, y1: float, x2: float, y2: float
) -> None:
    """A curve between two boxes, dashed by its type, with the surest sentence and the support as a tooltip."""
    assert edge is not None
    middle = (x1 + x2) / 2
    path = f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    tip = f"{PHRASES[edge.type][0]}: {_sentence(edge)}\n{texts.of(edge)}"
    drawing.add("path", "", tip, d=path, fill="none", **_stroke(edge.type, min(1.2 + 0.5 * len(edge.statements), 4)))


def _stroke(link: str, width: float) -> dict[str, object]:
    return {"stroke": "var(--family)", "stroke_width": width, "stroke_dasharray": LINKS[link]}


def _draw_legend(drawing: Drawing, y: float) -> None:
    for n, link in enumerate(LINKS):
        x = 20.0 + 150 * n
        drawing.add("path", d=f"M{x} {y}h44", fill="none", **_stroke(link, 1.7))
        drawing.add("text", PHRASES[link][0], x=x + 52, y=y + 4.5, class_="quiet")


def _draw_box(drawing: Drawing, branch: _Branch, x: float, width: float, center: bool) -> None:
    look = {"fill": "var(--ground)", "stroke": "var(--method)", "stroke_width": 2.5 if center else 1.2}
    tip = f"{_name(branch.node)}, {count(papers_of(branch.node), 'paper')}"
    drawing.add("rect", "", tip, x=x, y=branch.y - 12, width=width, height=24, rx=6, **look)
    name = short_name(branch.node, _NAME)
    drawing.add(
        "text", name, tip, x=x + width / 2, y=branch.y + 4.5, text_anchor="middle", class_="strong" if center else ""
    )


def _walk(tree: _Branch, depth: int = 0) -> list[tuple[_Branch, int]]:
    return [(tree, depth), *(pair for child in tree.branches for pair in _walk(child, depth + 1))]


def _edges(tree: _Branch) -> list[Edge]:
    return [branch.edge for branch, _ in _walk(tree) if branch.edge is not None]


def _name(node: Node) -> str:
    return forms(node)[0]


def _sentence(edge: Edge) -> str:
    return str(edge.statements[0].properties.get("sentence", ""))
