"""Opening a store for pages: its graph in memory, and the store itself, read-only, for saved queries."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.stores import folder, ladybug
from kg.web.index import Index


@contextmanager
def opened(store: str | Path, min_confidence: float | None = None) -> Iterator[Index]:
    """The graph of a store; with ``min_confidence``, without statements and results below it.

    `KGError` as in `kg.stores.folder.StoreFolder.read`. A graph that is built meanwhile is not seen.
    """
    found = folder.find(store)
    if not min_confidence:
        with found.graph() as graph:
            yield Index(graph.read(), graph)
        return
    kept = found.read(min_confidence)
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "graph.lbug"
        ladybug.write(kept, path)
        with ladybug.open(path) as graph:
            yield Index(kept, graph)
