"""The one place that decides where a query runs (store, Neo4j server, RDF file) and in which language."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

from kg.errors import OptionsError
from kg.querying import run, saved
from kg.querying.saved import SavedQuery
from kg.stores import Store, folder, ladybug
from kg.stores.folder import StoreFolder
from kg.table import Table

_CONFLICTS: Final = (
    ("sparql", "cypher", "a query is in one language"),
    ("rdf", "cypher", "an RDF file is queried in SPARQL"),
    ("sparql", "server", "a server is queried in Cypher"),
    ("rdf", "server", "a query runs in one place"),
    ("store", "server", "a query runs in one place"),
    ("store", "rdf", "a query runs in one place"),
    ("min_confidence", "server", "give it to `kg load` instead"),
    ("min_confidence", "rdf", "give it to `kg export` instead"),
)


def check_options(given: Collection[str]) -> None:
    """`OptionsError` where two of the named options of a query contradict each other."""
    for first, second, reason in _CONFLICTS:
        if first in given and second in given:
            raise OptionsError(first, "cannot be used with", second, reason)


def ask(
    query: SavedQuery | str,
    parameters: Mapping[str, Any] | None = None,
    *,
    store: str | Path | None = None,
    server: Store | None = None,
    rdf: str | Path | None = None,
    sparql: bool = False,
    min_confidence: float | None = None,
) -> Table:
    """The rows of a query on a store, on an open Neo4j ``server``, or on an ``rdf`` file that was exported.

    In Cypher ``query`` is what `kg.querying.run.run` takes, in SPARQL what `kg.querying.sparql.run_sparql`
    takes: SPARQL is used if ``sparql`` or ``rdf`` say so, or if the query is a ``.rq`` file. On a store,
    ``min_confidence`` leaves out statements and results of lower confidence. `OptionsError` for options that
    contradict each other, `KGError` for what is unknown or cannot be run.
    """
    in_sparql = sparql or (isinstance(query, str) and query.endswith(".rq"))
    options = {
        "store": store is not None,
        "server": server is not None,
        "rdf": rdf is not None,
        "sparql": in_sparql,
        "min_confidence": min_confidence is not None,
    }
    check_options([name for name, given in options.items() if given])
    if rdf is not None:
        from kg.querying.sparql import run_sparql

        known = saved.load_all().get(_name(query))
        if known is not None:
            saved.check_given(known, parameters or {})
        return run_sparql(rdf, _name(query), parameters)
    if server is not None:
        return run.run(server, query, parameters)
    found = folder.find(folder.DEFAULT if store is None else store)
    if in_sparql:
        return _ask_in_sparql(found, _name(query), parameters or {}, min_confidence)
    if min_confidence:
        return _ask_filtered(found, query, parameters, min_confidence)
    with found.graph() as graph:
        return run.run(graph, query, parameters, _linked(found))


def _linked(store: StoreFolder) -> Mapping[str, str]:
    """Ids by further names: those of the outside vocabulary that the store is linked to, and ids before overrides.

    Reading links loads the RDF library.
    """
    former = {name.casefold(): known for name, known in store.former_ids().items()}
    if not store.links_path.exists():
        return former
    from kg.linking.links import linked_names, read_links

    return {**linked_names(read_links(store.links_path)), **former}


def _name(query: SavedQuery | str) -> str:
    return query.name if isinstance(query, SavedQuery) else query


def _ask_in_sparql(store: StoreFolder, name: str, parameters: Mapping[str, Any], min_confidence: float | None) -> Table:
    """The rows of a query in SPARQL on a store, with names resolved as in Cypher."""
    from kg.querying.sparql import run_sparql

    known = saved.load_all().get(name)
    graph = store.read(min_confidence)
    if known is None:
        return run_sparql(graph, name, parameters)
    with store.graph() as embedded:
        return run_sparql(graph, name, run.arguments(embedded, known, parameters, _linked(store)))


def _ask_filtered(
    store: StoreFolder, query: SavedQuery | str, parameters: Mapping[str, Any] | None, min_confidence: float
) -> Table:
    """The rows of a query on a temporary copy of the store's graph, without what is less certain."""
    graph = store.read(min_confidence)
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "graph.lbug"
        ladybug.write(graph, path)
        with ladybug.open(path) as copy:
            return run.run(copy, query, parameters, _linked(store))
