"""Evaluations as a heat map: methods by datasets, coloured by the number of papers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from kg.errors import KGError
from kg.graph import Graph, Node, Relationship
from kg.viewer import ViewResult
from kg.viewer.appearance import count
from kg.viewer.concepts import is_generic, short_name
from kg.viewer.drawing import Drawing, wide, write_drawing
from kg.viewer.select import Choice, statements

_METHODS = 40
_DATASETS = 24
_CELL = 26.0
_NAME = 38  # characters of a name

_Cells = dict[tuple[str, str], list[Relationship]]


def write_heat_map(graph: Graph, path: str | Path, task: str | None = None) -> ViewResult:
    """Draw which methods were evaluated on which datasets.

    With ``task``, only papers that mention it count. The methods and datasets with the most
    evaluations are shown, but for generic ones ("neural network"). The drawing is SVG, in an HTML page unless
    ``path`` ends in ``.svg``. `KGError` for an unknown task and if nothing was evaluated.
    """
    shown = [n for n in graph.nodes if n.label in ("Method", "Dataset") and not is_generic(n)]
    names = {n.id: short_name(n, _NAME) for n in shown}
    titles = {n.id: _paper(n) for n in graph.nodes if n.label == "Paper"}
    cells: _Cells = defaultdict(list)
    for rel in statements(graph, Choice(task=task, relations=("EVALUATED_ON",))):
        if rel.start in names and rel.end in names:
            cells[rel.start, rel.end].append(rel)
    if not cells:
        of = f" of papers on {task!r}" if task else ""
        raise KGError(f"no method{of} was evaluated on a dataset")
    methods, datasets = _axes(cells)
    drawing = Drawing(f"Methods by datasets: {task}" if task else "Methods by datasets")
    _draw(drawing, cells, methods, datasets, names)
    rows = [
        (names[m], names[d], titles.get(str(r.properties["paper"]), ""), str(r.properties.get("sentence", "")))
        for (m, d), said in sorted(cells.items())
        for r in said
    ]
    line = f"{count(len(methods), 'method')} by {count(len(datasets), 'dataset')}"
    left_out = len({m for m, _ in cells}) - len(methods) + len({d for _, d in cells}) - len(datasets)
    counts = {"methods": len(methods), "datasets": len(datasets), "left out": left_out}
    if left_out:
        line += f"; {left_out} less evaluated left out"
    note = f"{line}. A cell counts the papers that evaluate the method on the dataset."
    write_drawing(path, drawing, note, ("method", "dataset", "paper", "sentence"), rows, graph)
    return ViewResult(Path(path), "heatmap", counts, line)


def _axes(cells: _Cells) -> tuple[list[str], list[str]]:
    """The methods and datasets to draw, sorted so that similar ones are close to each other."""
    by_dataset = Counter(d for _, d in cells)
    by_method: Counter[str] = Counter()
    for (m, _), said in cells.items():
        by_method[m] += len(said)
    datasets = sorted(by_dataset, key=lambda d: (-by_dataset[d], d))[:_DATASETS]
    column = {d: n for n, d in enumerate(datasets)}
    found: dict[str, list[int]] = defaultdict(list)
    for m, d in cells:
        if d in column:
            found[m].append(column[d])
    most = sorted(found, key=lambda m: (-by_method[m], m))[:_METHODS]
    methods = sorted(most, key=lambda m: (min(found[m]), -by_method[m], m))
    used = {d for m, d in cells if m in set(methods)}
    return methods, [d for d in datasets if d in used]


def _draw(
    drawing: Drawing, cells: _Cells, methods: Sequence[str], datasets: Sequence[str], names: dict[str, str]
) -> None:
    left = 24 + wide(names[m] for m in methods)
    # Names of columns are rotated by 50 degrees: 0.77 is the sine, 0.64 the cosine.
    top = 24 + 0.77 * wide(names[d] for d in datasets)
    for n, dataset in enumerate(datasets):
        x = left + (n + 0.5) * _CELL
        drawing.add("text", names[dataset], transform=f"translate({x:.1f} {top - 8:.1f}) rotate(-50)")
    most = max(len(said) for said in cells.values())
    for m, method in enumerate(methods):
        y = top + m * _CELL
        drawing.add("text", names[method], x=left - 8, y=y + 17, text_anchor="end")
        for d, dataset in enumerate(datasets):
            said = cells.get((method, dataset), [])
            _draw_cell(drawing, said, most, left + d * _CELL, y, f"{names[method]} on {names[dataset]}")
    below = top + len(methods) * _CELL + 8
    end = _draw_legend(drawing, most, left, below)
    last = 0.64 * wide(names[d] for d in datasets[-6:])
    drawing.size(max(left + len(datasets) * _CELL + last, end) + 24, below + _CELL + 16)


def _draw_legend(drawing: Drawing, most: int, left: float, y: float) -> float:
    """What the shades of cells mean: the fewest papers, some and the most; how far to the right it reaches."""
    x = left
    for papers in sorted({1, (1 + most) // 2, most}):
        size = _CELL - 10
        drawing.add(
            "rect",
            x=x,
            y=y,
            width=size,
            height=size,
            rx=3,
            fill="var(--dataset)",
            opacity=f"{_shade(papers, most):.2f}",
        )
        text = count(papers, "paper")
        drawing.add("text", text, x=x + size + 5, y=y + 13, class_="quiet legend")
        x += size + wide([text]) + 20
    return x


def _shade(papers: int, most: int) -> float:
    return 0.35 + 0.65 * papers / most


def _draw_cell(drawing: Drawing, said: list[Relationship], most: int, x: float, y: float, pair: str) -> None:
    size = _CELL - 2
    if not said:
        drawing.add("rect", x=x + 1, y=y + 1, width=size, height=size, rx=3, fill="var(--line)", opacity=".45")
        return
    share = _shade(len(said), most)
    tip = "\n".join(
        [f"{pair}: {count(len(said), 'paper')}", *(str(r.properties.get("sentence", "")) for r in said[:3])]
    )
    drawing.add(
        "rect", "", tip, x=x + 1, y=y + 1, width=size, height=size, rx=3, fill="var(--dataset)", opacity=f"{share:.2f}"
    )
    middle = {"x": x + _CELL / 2, "y": y + _CELL / 2 + 4.5, "text_anchor": "middle"}
    if most > 1:
        drawing.add("text", str(len(said)), tip, **middle, class_="strong", font_size=11)


def _paper(node: Node) -> str:
    return str(node.properties.get("title", node.id))
