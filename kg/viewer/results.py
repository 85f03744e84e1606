"""The results on a dataset as a bar chart by metric, with the values as written in the papers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KGError
from kg.graph import Graph, Node
from kg.viewer import ViewResult
from kg.viewer.appearance import count
from kg.viewer.concepts import forms, resolve
from kg.viewer.drawing import Drawing, cut, wide, write_drawing

_ENDS = {"OF_METHOD": "method", "ON_DATASET": "dataset", "BY_METRIC": "metric"}
_ROW = 24.0
_BAR = 420.0
_NAME = 40  # characters of a name
_VALUE = 24  # characters of a value
_MOST = 40  # bars of one metric
_LEFT = 8.0
_GAP = 10.0
_Columns = tuple[float, float]
"""Where the names begin, behind the values, and the bars; what a phone shows first are values and names."""


@dataclass(frozen=True, slots=True)
class _Bar:
    """One result with its method, metric, paper and sentence."""

    metric: str
    how: str
    method: str
    value: str
    number: float | None
    unit: str
    year: str
    paper: str
    sentence: str


def write_results(graph: Graph, path: str | Path, about: str) -> ViewResult:
    """Draw the results that papers report on a dataset.

    The drawing is SVG, in an HTML page unless ``path`` ends in ``.svg``. Absolute values,
    differences and different units have separate scales. `KGError` for an unknown dataset and for
    one without results.
    """
    dataset = resolve((n for n in graph.nodes if n.label == "Dataset"), about, ("Dataset",))
    bars = _bars(graph, dataset)
    if not bars:
        raise KGError(f"no paper reports a result on {forms(dataset)[0]!r}")
    drawing = Drawing(f"Results on {forms(dataset)[0]}")
    groups: dict[tuple[str, str, str], list[_Bar]] = defaultdict(list)
    for bar in bars:
        groups[bar.metric, bar.how, bar.unit].append(bar)
    names = _LEFT + 1.1 * wide(cut(bar.value, _VALUE) for bar in bars) + _GAP
    left = names + wide(cut(bar.method, _NAME) for bar in bars) + _GAP
    y = 30.0
    for (metric, how, _), group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        y = _draw_group(drawing, group, _title(metric, how), (names, left), y)
    drawing.size(left + _BAR + 60, y)
    rows = [(b.method, b.metric, b.value, b.how, b.year, b.paper, b.sentence) for b in bars]
    line = f"{count(len(bars), 'result')} by {count(len({b.metric for b in bars}), 'metric')}"
    note = f"{line}, as the abstracts report them; papers may have measured differently."
    write_drawing(path, drawing, note, ("method", "metric", "value", "kind", "year", "paper", "sentence"), rows, graph)
    return ViewResult(Path(path), "results", {"results": len(bars), "metrics": len({b.metric for b in bars})}, line)


def _bars(graph: Graph, dataset: Node) -> list[_Bar]:
    known = {n.id: n for n in graph.nodes}
    ends: dict[str, dict[str, str]] = defaultdict(dict)
    papers: dict[str, str] = {}
    for rel in graph.relationships:
        if rel.type in _ENDS:
            ends[rel.start][_ENDS[rel.type]] = rel.end
        elif rel.type == "REPORTS":
            papers[rel.end] = rel.start
    found = (n for n in graph.nodes if n.label == "Result" and ends[n.id].get("dataset") == dataset.id)
    bars = [_bar(node, ends[node.id], papers.get(node.id, ""), known) for node in found]
    return sorted(bars, key=lambda b: (b.metric, b.how, b.number is None, -(b.number or 0), b.method))


def _bar(result: Node, ends: dict[str, str], paper: str, known: dict[str, Node]) -> _Bar:
    names = {kind: forms(known[i])[0] for kind, i in ends.items() if i in known}
    source = known.get(paper)
    title = str(source.properties.get("title", paper)) if source else paper
    year = str(source.properties.get("year", "")) if source else ""
    number = result.properties.get("number")
    return _Bar(
        names.get("metric", "metric not named"),
        str(result.properties.get("comparison", "absolute")),
        names.get("method", "method not named"),
        str(result.properties.get("value", "")),
        float(number) if isinstance(number, int | float) else None,
        str(result.properties.get("unit", "")),
        year,
        title,
        str(result.properties.get("text", "")),
    )


def _title(metric: str, how: str) -> str:
    return metric if how == "absolute" else f"{metric}, {how} to a baseline"


def _draw_group(drawing: Drawing, group: list[_Bar], title: str, columns: _Columns, y: float) -> float:
    """Bars of one metric under its name; returns the top of the next group."""
    _, left = columns
    drawing.add("text", title, x=_LEFT, y=y, class_="strong")
    largest = _scale([abs(b.number) for b in group if b.number is not None], group[0])
    shown = group[:_MOST]
    for n, bar in enumerate(shown):
        _draw_bar(drawing, bar, largest, columns, y + 12 + n * _ROW)
    y += 12 + len(shown) * _ROW
    if len(group) > len(shown):
        drawing.add("text", f"and {len(group) - len(shown)} lower", x=_LEFT, y=y + 14, class_="quiet")
        y += 18
    drawing.add("line", x1=left, x2=left, y1=y - len(shown) * _ROW, y2=y, class_="line")
    return y + 36


def _scale(numbers: list[float], first: _Bar) -> float:
    """The number of the longest possible bar: the largest value, or 100 for percentages."""
    largest = max(numbers, default=1.0) or 1.0
    return 100.0 if first.how == "absolute" and first.unit == "%" and largest <= 100 else largest


def _draw_bar(drawing: Drawing, bar: _Bar, largest: float, columns: _Columns, y: float) -> None:
    tip = f"{bar.sentence}\n{bar.paper} {bar.year}"
    names, left = columns
    drawing.add("text", cut(bar.value, _VALUE), tip, x=names - _GAP, y=y + 15, text_anchor="end", class_="strong")
    drawing.add("text", cut(bar.method, _NAME), tip, x=names, y=y + 15)
    length = max(_BAR * abs(bar.number) / largest, 1.0) if bar.number is not None else 0.0
    look = {"fill": "var(--dataset)", "opacity": "1" if bar.how == "absolute" else ".65"}
    drawing.add("rect", "", tip, x=left, y=y + 3, width=length, height=_ROW - 7, rx=2, **look)
    drawing.add("text", bar.year, tip, x=left + length + 6, y=y + 15, class_="quiet")
