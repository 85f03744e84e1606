"""abstractkg: from a pile of abstracts to a knowledge graph that can be asked.

The commands of ``kg`` are functions here, see `kg.api`:

    import kg

    kg.build(["papers.bib", "abstracts.jsonl.gz"], store="graph")
    for row in kg.query("leaderboard", {"dataset": "ImageNet"}, store="graph").rows: ...
    graph = kg.read_graph("graph")  # nodes and relationships as values
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.errors import KGError, Problem, Report

if TYPE_CHECKING:
    from kg.api import explain, export, load, queries, query, query_sparql, read_graph, stats, validate, view
    from kg.building import build, extract
    from kg.exports.network import to_networkx
    from kg.exports.rdf import to_rdflib
    from kg.readers import read_papers

__all__ = [
    "KGError",
    "Problem",
    "Report",
    "build",
    "explain",
    "export",
    "extract",
    "load",
    "queries",
    "query",
    "query_sparql",
    "read_graph",
    "read_papers",
    "stats",
    "to_networkx",
    "to_rdflib",
    "validate",
    "view",
]

_HOMES = {
    "build": "kg.building",
    "extract": "kg.building",
    "read_papers": "kg.readers",
    "to_networkx": "kg.exports.network",
    "to_rdflib": "kg.exports.rdf",
}


def __getattr__(name: str) -> Any:
    """Import a function with its first use, so that ``import kg`` costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "kg.api")), name)
