"""What the command line does, as functions: each opens the store that it needs and closes it again.

``build`` and ``extract`` are in `kg.building`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import Progress, no_progress
from kg.stores import folder
from kg.stores.folder import DEFAULT

if TYPE_CHECKING:
    from kg.exports.rdf.validation import Violation
    from kg.graph import Graph
    from kg.querying.saved import SavedQuery
    from kg.stores import Store
    from kg.stores.neo4j import Neo4jGraph
    from kg.table import Table

    Place = str | Path | Neo4jGraph


def read_graph(store: str | Path = DEFAULT) -> Graph:
    """The whole graph of a store, as values."""
    with folder.find(store).graph() as embedded:
        return embedded.read()


def stats(store: str | Path = DEFAULT) -> tuple[Counter[str], Counter[str]]:
    """How many nodes of each label, and relationships of each type, a store holds."""
    with folder.find(store).graph() as embedded:
        return embedded.counts()


def queries() -> Sequence[SavedQuery]:
    """The saved queries, in order of name."""
    from kg.querying import saved as library

    return list(library.load_all().values())


def query(
    query: SavedQuery | str,
    parameters: Mapping[str, Any] | None = None,
    *,
    store: str | Path = DEFAULT,
    server: Neo4jGraph | None = None,
) -> Table:
    """The rows of a saved query, a ``.cypher`` file or Cypher text, on a store or a Neo4j server.

    See `kg.querying.run.run`. ``server`` stays open.
    """
    from kg.querying import run as ask

    if server is not None:
        return ask.run(server, query, parameters)
    opened: AbstractContextManager[Store] = folder.find(store).graph()
    with opened as embedded:
        return ask.run(embedded, query, parameters)


def load(
    server: Neo4jGraph,
    *,
    store: str | Path = DEFAULT,
    progress: Progress = no_progress,
) -> str:
    """Put a store's graph into Neo4j and return a line on what was done; see `Neo4jGraph.load`."""
    return str(server.load(read_graph(store), progress))


def export(path: str | Path, *, store: str | Path = DEFAULT, format: str | None = None, **options: Any) -> str:
    """Write a store's graph to a file or folder and return a line on it; see `kg.exports.export`."""
    from kg import exports

    graph = read_graph(store)
    name = exports.export(graph, path, format, **options)
    return f"{path}: {len(graph.nodes)} nodes and {len(graph.relationships)} relationships as {name}"


def validate(*, store: str | Path = DEFAULT, base: str | None = None) -> Sequence[Violation]:
    """What violates the SHACL shapes in a store's graph as RDF, by node; see `kg.exports.rdf.validate`."""
    from kg.exports import rdf

    return rdf.validate(read_graph(store), base or rdf.BASE)


def query_sparql(
    query: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    store: str | Path = DEFAULT,
    file: str | Path | None = None,
) -> Table:
    """The rows of a query's SPARQL twin, or of a ``.rq`` file, on a store's graph or an exported RDF file.

    See `kg.querying.sparql.run_sparql`. On a store, names are found as for Cypher.
    """
    from kg.querying import run as ask
    from kg.querying import saved as library
    from kg.querying.sparql import run_sparql

    if file is not None:
        return run_sparql(file, query, parameters)
    with folder.find(store).graph() as embedded:
        saved = library.load_all().get(query)
        values = ask.arguments(embedded, saved, parameters or {}) if saved else parameters
        return run_sparql(embedded.read(), query, values)


def view(path: str | Path, *, store: str | Path = DEFAULT, **choices: Any) -> str:
    """Write an interactive page of a store's graph and return a line on it; see `kg.viewer.write_view`."""
    from kg.viewer import write_view

    return f"{path}: {write_view(read_graph(store), path, **choices)}"


def explain(name: str, *, store: str | Path = DEFAULT) -> list[str]:
    """Lines that say why names are one concept, or were kept apart; see `kg.assembly.describe`.

    `KGError` suggests similar names where the store has no such name.
    """
    from kg.assembly import describe, find_explanations, read_explanations

    with folder.find(store).intact_explanations().open(encoding="utf-8") as lines:
        found = find_explanations(name, read_explanations(lines))
    return [line for explanation in found for line in describe(explanation)]
