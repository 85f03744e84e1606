"""Pictures of the graph: an interactive page, and drawings of a lineage, of results and of who was tried on what."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

from kg.errors import KGError
from kg.graph import Graph

LIMIT: Final = 500
"""Concepts in a page, unless more are asked for: what a laptop draws and a reader takes in."""

MOST: Final = 5000
"""Concepts that a page can show at all; a browser grows slow long before."""

PICTURES: Final = ("graph", "lineage", "results", "heatmap")
"""What `write_view` draws: the graph as a page, a method's lineage, a dataset's results, methods by datasets."""


def write_view(
    graph: Graph,
    path: str | Path,
    *,
    picture: str = "graph",
    about: str | None = None,
    hops: int | None = None,
    task: str | None = None,
    relations: Collection[str] = (),
    years: tuple[int, int] | None = None,
    min_papers: int = 1,
    limit: int = LIMIT,
) -> str:
    """Write a picture of the graph to a file that needs no network, and return a line on what it shows.

    ``picture`` is one of `PICTURES`. A lineage needs a method in ``about`` and results a
    dataset; a heat map takes ``task``; these three are written as bare SVG where ``path``
    ends in ``.svg``. What the choices mean for the page of the graph, see
    `kg.viewer.select.Choice`; ``hops`` are 1 there and 3 in a lineage, unless given.
    `KGError` for an unknown name, type or picture, for a choice that leaves nothing
    and for an unwritable place.
    """
    if picture == "graph":
        from kg.viewer.page import write_page
        from kg.viewer.select import Choice

        return write_page(graph, path, Choice(about, hops or 1, task, relations, years, min_papers, limit))
    if picture == "heatmap":
        from kg.viewer.heat_map import write_heat_map

        return write_heat_map(graph, path, task)
    if picture not in PICTURES:
        raise KGError(f"unknown picture {picture!r}; there are {', '.join(PICTURES)}")
    if about is None:
        raise KGError(f"a picture of {picture} needs the name of what it is about")
    if picture == "lineage":
        from kg.viewer.lineage import write_lineage

        return write_lineage(graph, path, about, generations=hops or 3)
    from kg.viewer.results import write_results

    return write_results(graph, path, about)
