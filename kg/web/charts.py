"""Charts as geometry in pixels; templates draw them as SVG, so that all text is escaped there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.table import Table, plain_text
from kg.web import addresses
from kg.web.data import Ranking, Result, YearCount
from kg.web.index import Index

WIDTH: Final = 640.0
_BARS: Final = 20
_DRAWN: Final = 1e12
"""Numbers beyond it are misread, and would leave no room for the others."""
_APART: Final = 1e-6
"""What is less apart is drawn at one height."""
_NOT_QUANTITIES: Final = {"year", "first_year", "latest_year", "until", "confidence", "share", "number"}


@dataclass(frozen=True, slots=True)
class Column:
    """An upright bar with what is written below and above it."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Columns:
    """A chart of upright bars; ``title`` is what a screen reader says."""

    title: str
    width: float
    height: float
    bars: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Length:
    """A named quantity, and the address that its name leads to (empty: none)."""

    name: str
    number: float
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Lengths:
    """Quantities to be drawn as lying bars, of which ``most`` is the longest."""

    title: str
    most: float
    bars: tuple[Length, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A result at its place; ``label`` names the method where the result was a record."""

    x: float
    y: float
    result: Result
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of an axis."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Results by year, and the line of the best so far."""

    title: str
    width: float
    height: float
    left: float
    right: float
    bottom: float
    points: tuple[Point, ...]
    line: str
    years: tuple[Tick, ...]
    values: tuple[Tick, ...]


def by_year(counts: Sequence[YearCount], title: str) -> Columns | None:
    """Columns of papers by year; None for fewer than two years."""
    if len(counts) < 2:
        return None
    height, base, step = 96.0, 74.0, min(WIDTH / len(counts), 56.0)
    most = max(count.papers for count in counts)
    every = math.ceil(38 / step)
    bars = []
    for n, count in enumerate(counts):
        tall = 54 * count.papers / most
        label = str(count.year) if (len(counts) - 1 - n) % every == 0 else ""
        bars.append(Column(n * step + step * 0.14, base - tall, step * 0.72, tall, label, str(count.papers or "")))
    return Columns(title, step * len(counts), height, tuple(bars))


def of_table(index: Index, table: Table, title: str) -> Lengths | Columns | None:
    """The first column of quantities as bars, named by the first column of text; None where there is nothing to draw.

    Rows with the same name, as in a list of claims, are no quantities of that name and are not drawn.
    """
    names = _column(table, str)
    numbers = _column(table, (int, float))
    if names is None or numbers is None or len(table.rows) < 2:
        return by_year(_years(table), title)
    rows = [(plain_text(row[names]), float(row[numbers] or 0)) for row in table.rows[:_BARS]]
    if len({name for name, _ in rows}) < len(rows) or min(number for _, number in rows) < 0:
        return None
    return _lengths(index, rows, f"{title}: {table.columns[numbers].replace('_', ' ')}")


def _years(table: Table) -> list[YearCount]:
    """The rows of a table of papers by year."""
    if not {"year", "papers"} <= set(table.columns):
        return []
    return [YearCount(row["year"], row["papers"]) for row in table.dicts() if row["year"] is not None]


def _column(table: Table, kind: type | tuple[type, ...]) -> int | None:
    """The first column whose values are all of a kind; years, confidences and ids are no quantities."""
    for place, name in enumerate(table.columns):
        values = [row[place] for row in table.rows if row[place] is not None]
        fits = values and all(isinstance(v, kind) and not isinstance(v, bool) for v in values)
        if fits and name not in _NOT_QUANTITIES and not name.endswith("id") and name not in ("sentence", "paper"):
            return place
    return None


def _lengths(index: Index, rows: Sequence[tuple[str, float]], title: str) -> Lengths | None:
    most = max(number for _, number in rows)
    if most <= 0:
        return None
    bars = []
    for name, number in rows:
        node = index.by_name.get(name, "")
        bars.append(Length(name, number, f"{number:.6g}", addresses.of_node(node) if node else ""))
    return Lengths(title, most, tuple(bars))


def progress(ranking: Ranking, title: str) -> Progress | None:
    """Results of a leaderboard by year, with the line of the best so far; None for fewer than two years."""
    dated = [r for r in ranking.results if r.evidence.paper.year is not None and _is_drawn(r.number)]
    years = sorted({_year(r) for r in dated})
    if len(years) < 2:
        return None
    height, left, right, top, bottom = 250.0, 46.0, WIDTH - 14.0, 26.0, 220.0
    marks = _marks([_number(r) for r in dated])
    low, high = marks[0], marks[-1]

    def x(year: int) -> float:
        return round(left + 24 + (right - left - 48) * (year - years[0]) / (years[-1] - years[0]), 1)

    def y(number: float) -> float:
        return round(bottom - (bottom - top) * (number - low) / (high - low), 1)

    points = [_point(r, x(_year(r)), y(_number(r)), r.id in ranking.records) for r in dated]
    records = sorted((p for p in points if p.result.id in ranking.records), key=lambda p: p.x)
    line = " ".join(f"{'M' if n == 0 else 'H'}{p.x}{f',{p.y}' if n == 0 else f'V{p.y}'}" for n, p in enumerate(records))
    every = math.ceil((years[-1] - years[0] + 1) / 12)
    ticks = tuple(Tick(x(year), str(year)) for year in range(years[0], years[-1] + 1, every))
    values = tuple(Tick(y(mark), f"{mark:.6g}") for mark in marks)
    return Progress(title, WIDTH, height, left, right, bottom, tuple(points), f"{line}H{right}", ticks, values)


def _point(result: Result, x: float, y: float, record: bool) -> Point:
    label = result.method.name if record and result.method else ""
    label = label if len(label) <= 24 else label[:23].rstrip() + "…"
    return Point(x, y, result, label, "end" if x > WIDTH * 0.6 else "start" if x < WIDTH * 0.3 else "middle")


def _year(result: Result) -> int:
    return result.evidence.paper.year or 0


def _is_drawn(number: float | None) -> bool:
    return number is not None and abs(number) < _DRAWN


def _number(result: Result) -> float:
    return result.number if result.number is not None else 0.0


def _marks(numbers: Sequence[float]) -> list[float]:
    """Three to seven round numbers around these."""
    low, high = min(numbers), max(numbers)
    if high - low < _APART:
        low, high = low - 1, high + 1
    rough = (high - low) / 4
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(size * unit for size in (1, 2, 5, 10) if size * unit >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(n * step, 10) for n in range(first, last + 1)]
