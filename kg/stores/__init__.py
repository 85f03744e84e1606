"""Where graphs are kept: `ladybug` in one file of one's own, `neo4j` on a server.

Both give the same three verbs, `Store`, so that a query does not know what it runs on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from kg.graph import Graph
from kg.table import Table


class Store(Protocol):
    """An open graph that can be asked."""

    engine: str
    """``ladybug`` or ``neo4j``: which statement of a saved query it takes."""

    def run(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Table:
        """The rows that a Cypher statement gives; `KGError` where it cannot be run."""
        ...

    def read(self) -> Graph:
        """The whole graph, equal to what was written."""
        ...

    def close(self) -> None:
        """Let go of it; closing twice does no harm."""
        ...
