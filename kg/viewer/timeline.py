"""Time on an axis: concepts in the column of the year in which a paper first names them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.viewer.content import Plan
from kg.viewer.labels import Label
from kg.viewer.layout import WIDE

NO_YEAR = "no year"
_GAP = 12.0  # pixels between two stacks
_LOOSE = 1.3  # height of the whole to that of boxes packed without gaps
_DIGIT = 9.0  # pixels of a character of a column's title

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Column:
    """A year and where its concepts stand, from left to right."""

    title: str
    left: float
    right: float


def by_year(plan: Plan, years: Mapping[str, int]) -> tuple[Mapping[str, Point], tuple[Column, ...]]:
    """Places of all nodes of a plan, and the columns in which they stand; what has no year comes last.

    In a column communities keep together, and no name covers another.
    """
    groups: dict[int | None, list[str]] = defaultdict(list)
    for node in sorted(plan.places, key=lambda i: (plan.part[i], plan.places[i][1], i)):
        groups[years.get(node)].append(node)
    boxes = {i: plan.labels[i].box for i in plan.places}
    area = sum(4 * width * height for width, height in boxes.values())
    high = max(_LOOSE * math.sqrt(area / WIDE), max(2 * height for _, height in boxes.values()))
    places: dict[str, Point] = {}
    columns = []
    left = 0.0
    for year in sorted(groups, key=lambda y: (y is None, y)):
        title = NO_YEAR if year is None else str(year)
        right = left
        for stack in _stacks(groups[year], boxes, high):
            half = max(boxes[i][0] for i in stack)
            places |= _stacked(stack, plan.labels, right + _GAP / 2 + half, high)
            right += 2 * half + _GAP
        right = max(right, left + len(title) * _DIGIT + _GAP)
        columns.append(Column(title, left, right))
        left = right
    return places, tuple(columns)


def _stacks(nodes: Sequence[str], boxes: Mapping[str, Point], high: float) -> list[list[str]]:
    """The nodes in as few stacks as fit the height, about equally high."""
    total = sum(2 * boxes[i][1] for i in nodes)
    number = math.ceil(total / high)
    stacks: list[list[str]] = [[]]
    filled = 0.0
    for node in nodes:
        tall = 2 * boxes[node][1]
        if stacks[-1] and (filled + tall > high or filled + tall / 2 > total / number):
            stacks.append([])
            filled = 0.0
        stacks[-1].append(node)
        filled += tall
    return stacks


def _stacked(stack: Sequence[str], labels: Mapping[str, Label], x: float, high: float) -> Mapping[str, Point]:
    """Places of nodes one below the other, spread over the height; the names stand below the nodes."""
    spare = (high - sum(2 * labels[i].box[1] for i in stack)) / (len(stack) + 1)
    places = {}
    y = spare
    for node in stack:
        half = labels[node].box[1]
        places[node] = (round(x, 1), round(y + half - labels[node].height / 2, 1))
        y += 2 * half + spare
    return places
