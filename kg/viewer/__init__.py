"""Pictures of the graph: an interactive page, and drawings of a lineage, of results and of evaluations."""

from __future__ import annotations

import html
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.errors import KGError, OptionsError
from kg.graph import Graph

_FRAME: Final = 640  # pixels of a page's height in a notebook
LIMIT: Final = 500
"""Number of concepts in a page, unless another is given: what a laptop draws and a reader can take in."""

MOST: Final = 5000
"""The largest possible number of concepts in a page; browsers become slow long before."""

PICTURES: Final[Mapping[str, tuple[str, ...]]] = {
    "graph": ("about", "hops", "task", "relations", "years", "min_papers", "limit"),
    "lineage": ("about", "hops"),
    "results": ("about",),
    "heatmap": ("task",),
}
"""What `write_view` draws, with the options that each picture has: the graph as a page, a method's
lineage, the results on a dataset, methods by datasets."""


@dataclass(frozen=True, slots=True)
class ViewResult:
    """What was drawn where: ``counts`` by what is counted, and the same as a line of text, ``summary``."""

    path: Path
    picture: str
    counts: Mapping[str, int]
    summary: str

    def _repr_html_(self) -> str:
        """The picture as a notebook shows it: a page in a frame of its own, a drawing as it is."""
        drawn = self.path.read_text(encoding="utf-8")
        if self.path.suffix.lower() == ".svg":
            return drawn
        return f'<iframe srcdoc="{html.escape(drawn)}" style="width:100%;height:{_FRAME}px;border:0"></iframe>'


def write_view(
    graph: Graph,
    path: str | Path,
    *,
    picture: str = "graph",
    about: str | None = None,
    hops: int | None = None,
    task: str | None = None,
    relations: Collection[str] | None = None,
    years: tuple[int, int] | None = None,
    min_papers: int | None = None,
    limit: int | None = None,
) -> ViewResult:
    """Write a picture of the graph to a file that needs no network.

    ``picture`` is one of `PICTURES`. A lineage needs a method in ``about`` and results a dataset;
    a heat map may have a ``task``; these three are written as a bare SVG image if ``path``
    ends in ``.svg``. The options of the graph's page are explained in `kg.viewer.select.Choice`;
    ``hops`` are 1 there and 3 in a lineage by default. `OptionsError` for an option that the
    picture does not have; `KGError` for an unknown name, type or picture, for a choice that
    leaves nothing, and for an unwritable path.
    """
    options: dict[str, Any] = {"about": about, "hops": hops, "task": task, "relations": relations, "years": years}
    options |= {"min_papers": min_papers, "limit": limit}
    given = {name: value for name, value in options.items() if value is not None}
    _check(given, picture, path)
    if picture == "graph":
        from kg.viewer.page import write_page
        from kg.viewer.select import Choice

        return write_page(graph, path, Choice(**given))
    if picture == "lineage":
        from kg.viewer.lineage import write_lineage

        return write_lineage(graph, path, str(about), generations=hops or 3)
    if picture == "results":
        from kg.viewer.results import write_results

        return write_results(graph, path, str(about))
    from kg.viewer.heat_map import write_heat_map

    return write_heat_map(graph, path, task)


def _check(given: Mapping[str, Any], picture: str, path: str | Path) -> None:
    if picture not in PICTURES:
        raise KGError(f"unknown picture {picture!r}; there are {', '.join(PICTURES)}")
    for option in given:
        if option not in PICTURES[picture]:
            reason = f"this picture has the options {', '.join(PICTURES[picture])}"
            raise OptionsError(option, "cannot be used with", f"picture {picture}", reason)
    if picture in ("lineage", "results") and "about" not in given:
        what = "method" if picture == "lineage" else "dataset"
        raise OptionsError(f"picture {picture}", "needs", "about", f"the name of a {what}")
    if picture == "graph" and "hops" in given and "about" not in given:
        raise OptionsError("hops", "needs", "about", "the concept to count from")
    if picture == "graph" and Path(path).suffix.lower() == ".svg":
        raise KGError(f"{path}: the graph is an HTML page; lineage, results and heatmap can be SVG images")
