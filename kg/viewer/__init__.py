"""Pictures of the graph."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from kg import schema
from kg.graph import Graph
from kg.problems import PapergraphError


def write_view(
    graph: Graph,
    path: str | Path,
    *,
    about: str | None = None,
    hops: int = 1,
    relations: Collection[str] = (),
    min_papers: int = 1,
    limit: int = 300,
) -> str:
    """Write an interactive page of the graph and return a line on what it shows.

    See `kg.viewer.select.select` for what the choices mean. `PapergraphError` for an unknown
    name or relationship type, for an empty choice and for an unwritable place.
    """
    from kg.viewer.page import page
    from kg.viewer.select import select

    for name in relations:
        if name not in schema.STATEMENT_TYPES:
            raise PapergraphError(f"unknown relationship type {name!r}; there are {', '.join(schema.STATEMENT_TYPES)}")
    picture = select(graph, about=about, hops=hops, relations=relations, min_papers=min_papers, limit=limit)
    html = page(picture, f"papergraph: {about}" if about else "papergraph")
    try:
        Path(path).write_text(html, encoding="utf-8")
    except OSError as error:
        raise PapergraphError(f"{path}: cannot be written ({error.strerror})") from error
    left = f", {picture.left_out} less mentioned left out" if picture.left_out else ""
    return f"{len(picture.concepts)} concepts and {len(picture.edges)} relationships{left}"
