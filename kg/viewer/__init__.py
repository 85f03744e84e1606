"""Pictures of the graph: an interactive page, and drawings of a lineage, of results and of who was tried on what."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from kg.graph import Graph

LIMIT = 500
"""Concepts in a page, unless more are asked for."""


def write_view(
    graph: Graph,
    path: str | Path,
    *,
    about: str | None = None,
    hops: int = 1,
    task: str | None = None,
    relations: Collection[str] = (),
    years: tuple[int, int] | None = None,
    min_papers: int = 1,
    limit: int = LIMIT,
) -> str:
    """Write an interactive page of the graph and return a line on what it shows.

    See `kg.viewer.select.Choice` for what the choices mean. `PapergraphError` for an unknown
    name or relationship type, for a choice that leaves nothing and for an unwritable place.
    """
    from kg.viewer.content import content
    from kg.viewer.drawing import write
    from kg.viewer.page import page
    from kg.viewer.select import Choice, select
    from kg.viewer.words import count

    choice = Choice(about, hops, task, relations, years, min_papers, limit)
    picture = select(graph, choice)
    shown = {n.id for n in picture.concepts}
    edges = sum(e.start in shown and e.end in shown for e in picture.edges)
    line = f"{count(len(shown), 'concept')} and {count(edges, 'relationship')}"
    if picture.folded:
        line += f"; {count(len(picture.folded), 'neighbour')} to unfold"
    if picture.left_out:
        line += f"; {picture.left_out:,} less mentioned left out"
    name = about or task
    write(path, page(content(graph, picture), f"papergraph: {name}" if name else "papergraph", line))
    return line
