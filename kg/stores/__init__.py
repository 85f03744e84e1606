"""Graph stores: `ladybug` in a local file, `neo4j` on a server.

Both have the interface `Store`, so that a query runs on either.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from kg.graph import Graph
from kg.table import Table


class Store(Protocol):
    """An open graph that can be queried."""

    engine: str
    """``ladybug`` or ``neo4j``: which statement of a saved query to use."""

    def run(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Table:
        """The rows that a Cypher statement returns; `KGError` where it cannot be run."""
        ...

    def read(self) -> Graph:
        """The whole graph, equal to what was written."""
        ...

    def close(self) -> None:
        """Close the graph; closing twice is allowed."""
        ...
