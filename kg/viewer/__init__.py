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
LIMIT: Final = 80
"""Number of concepts in a picture, unless another is given: what a reader can take in, with every name."""

MOST: Final = 5000
"""The largest possible number of concepts in a page; browsers become slow long before."""

PICTURES: Final[Mapping[str, tuple[str, ...]]] = {
    "graph": ("about", "hops", "task", "relations", "years", "min_papers", "limit", "papers", "arrange"),
    "lineage": ("about", "hops"),
    "results": ("about",),
    "heatmap": ("task",),
}
"""What `write_view` draws, with the options that each picture has: the graph as a page, a method's
lineage, the results on a dataset, methods by datasets."""

ARRANGEMENTS: Final = ("near", "time")
"""Where concepts stand in a picture of the graph: near what they are named with, or by their first year."""

SUFFIXES: Final = (".html", ".htm", ".svg", "")
"""What a path may end in. No suffix is an HTML page."""


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
    papers: bool = False,
    arrange: str | None = None,
) -> ViewResult:
    """Write a picture of the graph to a file that needs no network.

    ``picture`` is one of `PICTURES`. A lineage needs a method in ``about`` and results a dataset; a heat map
    may have a ``task``. A path that ends in ``.svg`` gets a bare image, another one an HTML page.
    The options of the graph are explained in `kg.viewer.select.Choice`; ``hops`` are 1 there and 3 in a
    lineage by default. `OptionsError` for an option that the picture does not have; `KGError` for an unknown
    name, type or picture, for a choice that leaves nothing, for a suffix of another format, and for an
    unwritable path.
    """
    options: dict[str, Any] = {"about": about, "hops": hops, "task": task, "relations": relations, "years": years}
    options |= {"min_papers": min_papers, "limit": limit, "papers": papers or None, "arrange": arrange}
    given = {name: value for name, value in options.items() if value is not None}
    _check(given, picture, path)
    if picture == "graph":
        from kg.viewer.select import Choice

        if _suffix(path) == ".svg":
            from kg.viewer.graph_image import write_image

            return write_image(graph, path, Choice(**given))
        from kg.viewer.page import write_page

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
    if _suffix(path) not in SUFFIXES:
        raise KGError(
            f"{path}: pictures are written as .html or .svg; the page of the graph saves what it shows as PNG"
        )


def _suffix(path: str | Path) -> str:
    return Path(path).suffix.lower()
