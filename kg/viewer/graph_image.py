"""The graph as a bare SVG image: the concepts that matter, by community, every name beside its node."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kg.graph import Graph, Node
from kg.schema import STATEMENT_TYPES
from kg.viewer import ViewResult
from kg.viewer.appearance import EDGES, PARTS, PHRASES, SHAPES
from kg.viewer.concepts import first_years, forms, paper_title
from kg.viewer.content import Plan, arrange
from kg.viewer.drawing import Drawing, papers, write_image_file
from kg.viewer.edges import Edge, SupportTexts
from kg.viewer.labels import Label
from kg.viewer.page import described
from kg.viewer.select import Choice, Picture, select
from kg.viewer.timeline import Column, by_year

_RIM = 24.0
_PAD = 15.0  # pixels between a community's outline and its members
_TITLE = 17.0  # height of a community's title

Point = tuple[float, float]


def write_image(graph: Graph, path: str | Path, choice: Choice) -> ViewResult:
    """Draw what a choice selects; the options are those of the page, and nothing can be unfolded."""
    picture = select(graph, choice)
    plan, columns = arrange(picture), tuple[Column, ...]()
    if choice.arrange == "time":
        spots, columns = by_year(plan, first_years(graph))
        plan = replace(plan, places=spots)
    result = described(picture, path)
    drawing = Drawing(choice.about or choice.task or f"The main concepts of {papers(graph)}")
    shift, size = _frame(plan)
    places = {i: (x + shift[0], y + shift[1]) for i, (x, y) in plan.places.items()}
    if columns:
        _draw_years(drawing, columns, shift[0], size[1])
    else:
        _draw_parts(drawing, plan, places)
    texts = SupportTexts(graph)
    for edge in picture.edges:
        if edge.start in places and edge.end in places and edge.start != edge.end:
            within = not columns and plan.part[edge.start] == plan.part[edge.end]
            _draw_edge(drawing, edge, places, 0.5 if within else 0.2, texts)
    for node in (*picture.concepts, *picture.papers):
        _draw_node(drawing, node, places[node.id], plan.labels[node.id])
    drawing.size(*size)
    _draw_legend(drawing, picture, size[1])
    drawing.size(size[0], size[1] + 30)
    write_image_file(path, drawing, result.summary.split(";")[0], graph)
    return result


def _corners(at: Point, label: Label) -> list[Point]:
    """The corners of a node with its name below it."""
    (x, y), r = at, label.radius
    half = label.box[0]
    return [(x - r, y - r), (x + r, y - r), (x - half, y + r + label.height), (x + half, y + r + label.height)]


def _frame(plan: Plan) -> tuple[Point, Point]:
    """How far everything is moved to begin at the rim, and the size of the whole."""
    corners = [corner for i, at in plan.places.items() for corner in _corners(at, plan.labels[i])]
    left, top = (min(c[axis] for c in corners) for axis in (0, 1))
    right, low = (max(c[axis] for c in corners) for axis in (0, 1))
    rim, above = _RIM + _PAD, _RIM + _PAD + _TITLE
    return (rim - left, above - top), (right - left + 2 * rim, low - top + above + rim)


def _draw_parts(drawing: Drawing, plan: Plan, places: Mapping[str, Point]) -> None:
    """The communities' outlines, then their titles, which no outline may cover."""
    titles = []
    for number, first in enumerate(plan.namesakes):
        if first is None:
            continue
        own = [i for i, part in plan.part.items() if part == number]
        hull = convex(corner for i in own for corner in _corners(places[i], plan.labels[i]))
        colour = PARTS["light"][number % len(PARTS["light"])]
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in hull) + "Z"
        look = {"fill": colour, "stroke": colour, "stroke_width": 2 * _PAD, "stroke_linejoin": "round", "opacity": 0.1}
        drawing.add("path", d=path, **look)
        middle = (min(x for x, _ in hull) + max(x for x, _ in hull)) / 2
        titles.append((forms(first)[0], middle, min(y for _, y in hull) - _PAD - 5, colour))
    for name, x, y, colour in titles:
        drawing.add("text", name, x=x, y=y, text_anchor="middle", style=f"font-weight:600;font-size:15px;fill:{colour}")


def _draw_years(drawing: Drawing, columns: Sequence[Column], shift: float, height: float) -> None:
    """A band for every other year, and the year above each."""
    for number, column in enumerate(columns):
        left, right = column.left + shift, column.right + shift
        if number % 2 == 0:
            drawing.add("rect", x=left, y=0, width=right - left, height=height - 20, fill="var(--line)", opacity=0.35)
        drawing.add("text", column.title, x=(left + right) / 2, y=20, text_anchor="middle", class_="strong")


def _draw_edge(drawing: Drawing, edge: Edge, places: Mapping[str, Point], opacity: float, texts: SupportTexts) -> None:
    (x1, y1), (x2, y2) = places[edge.start], places[edge.end]
    tip = f"{PHRASES[edge.type][0]}: {edge.statements[0].properties.get('sentence', '')}"
    if edge.type in STATEMENT_TYPES:
        tip += f"\n{texts.of(edge)}"
    look: dict[str, object] = {"stroke": f"var(--{EDGES[edge.type].lower()})", "opacity": opacity}
    width = min(0.9 + 0.5 * math.log2(len(edge.statements)), 4.0)
    drawing.add("line", "", tip, x1=x1, y1=y1, x2=x2, y2=y2, stroke_width=width, **look)


def _draw_node(drawing: Drawing, node: Node, at: Point, label: Label) -> None:
    (x, y), r = at, label.radius
    look = {"fill": f"var(--{node.label.lower()})", "stroke": "var(--ground)"}
    tip = ", ".join(forms(node)[:6]) if node.label != "Paper" else paper_title(node)
    drawing.add("path", "", tip, d=_outline(SHAPES[node.label], x, y, r), **look)
    for n, line in enumerate(label.lines):
        below = y + r + 1 + (n + 0.92) * label.size * 1.2
        halo = (
            f"font-size:{label.size}px;paint-order:stroke;stroke:var(--ground);stroke-width:3px;stroke-linejoin:round"
        )
        drawing.add("text", line, x=x, y=below, text_anchor="middle", style=halo)


def _outline(shape: str, x: float, y: float, r: float) -> str:
    """The outline of a shape as a path; areas look alike for the same ``r``."""
    if shape == "circle":
        return f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0Z"
    if shape == "page":
        w, h = r * 0.85, r * 1.1
        points = [(x - w, y - h), (x + w * 0.35, y - h), (x + w, y - h * 0.45), (x + w, y + h), (x - w, y + h)]
    else:
        reach, first, sides = {"square": (1.25, 45, 4), "diamond": (1.3, 0, 4), "triangle": (1.4, -90, 3)}[shape]
        turns = [math.radians(first + n * 360 / sides) for n in range(sides)]
        middle = y + (r * 0.2 if shape == "triangle" else 0)
        points = [(x + r * reach * math.cos(turn), middle + r * reach * math.sin(turn)) for turn in turns]
    return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points) + "Z"


def _draw_legend(drawing: Drawing, picture: Picture, y: float) -> None:
    """The shapes of what is shown, in a row."""
    kinds = {n.label for n in (*picture.concepts, *picture.papers)}
    x = 20.0
    for label in (name for name in SHAPES if name in kinds):
        drawing.add("path", d=_outline(SHAPES[label], x + 6, y, 5.5), fill=f"var(--{label.lower()})")
        drawing.add("text", label.lower(), x=x + 18, y=y + 4.5, class_="quiet")
        x += 18 + 8 * len(label) + 18


def convex(points: Iterable[Point]) -> Sequence[Point]:
    """The convex hull, by Andrew's monotone chain.

    >>> convex([(0, 0), (2, 0), (1, 1), (2, 2), (0, 2)])
    [(0, 0), (2, 0), (2, 2), (0, 2)]
    """
    ordered = sorted(set(points))
    return [*_chain(ordered), *_chain(ordered[::-1])]


def _chain(points: Sequence[Point]) -> list[Point]:
    chain: list[Point] = []
    for x, y in points:
        while len(chain) > 1:
            (ox, oy), (ax, ay) = chain[-2], chain[-1]
            if (ax - ox) * (y - oy) - (ay - oy) * (x - ox) > 0:
                break
            chain.pop()
        chain.append((x, y))
    return chain[:-1]
