"""What benchmarks on Neo4j share: the graph to measure on, and a server to measure."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.graph import Graph, read_jsonl
from kg.stores import folder
from kg.stores.neo4j import Neo4jGraph


def read_graph(place: str) -> Graph:
    """The graph in a store folder or a file of JSON lines."""
    if place.endswith(".jsonl"):
        with Path(place).open(encoding="utf-8") as lines:
            return read_jsonl(lines, place)
    with folder.find(place).graph() as embedded:
        return embedded.read()


@contextmanager
def connection(uri: str | None, user: str, password: str, database: str) -> Iterator[Neo4jGraph]:
    """A connection to the server at ``uri``, or to the one of the tests, started for this."""
    if uri:
        with Neo4jGraph(uri, user, password, database) as opened:
            yield opened
        return
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
    from neo4j_server import Server

    with tempfile.TemporaryDirectory() as scratch:
        server = Server(Path(scratch), heap="2g", optimise=True)
        server.start()
        try:
            with Neo4jGraph(server.uri, server.user, server.password) as opened:
                yield opened
        finally:
            server.stop()
