"""The graph as a file of JSON lines."""

from __future__ import annotations

from pathlib import Path

from kg import graph as graphs


def write_jsonl(graph: graphs.Graph, path: Path) -> None:
    """Write one node or relationship on each line, nodes first, in the graph's order."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        graphs.write_jsonl(graph, out)
