"""abstractkg: from a pile of abstracts to a knowledge graph that can be asked.

The commands of ``kg`` are functions here, and return data; see `kg.api`:

    import kg

    kg.build(["papers.bib", "abstracts.jsonl.gz"], store="graph")
    for row in kg.query("leaderboard", {"dataset": "ImageNet"}, store="graph").rows: ...
    graph = kg.read_graph("graph")  # nodes and relationships as values
    kg.to_pyvis(graph).write_html("graph.html")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from kg.errors import KGError, OptionsError, Problem, Report

if TYPE_CHECKING:
    from kg.api import (
        Stats,
        ask,
        explain,
        export,
        link,
        load,
        mcp,
        queries,
        query,
        read_graph,
        report,
        serve,
        site,
        stats,
        validate,
        view,
    )
    from kg.assembly import Explanation
    from kg.building.extraction import extract
    from kg.building.job import BuildResult, build
    from kg.exports import ExportResult
    from kg.exports.networkx_formats import to_networkx
    from kg.exports.rdf import to_rdflib
    from kg.graph import Graph, Node, Relationship
    from kg.querying.questions.answer import Answer
    from kg.readers import read_papers
    from kg.stores.neo4j import Neo4jGraph
    from kg.stores.neo4j_load import LoadResult
    from kg.table import Table
    from kg.viewer import ViewResult
    from kg.viewer.pyvis_network import to_pyvis
    from kg.web.site import SiteResult

__all__ = [
    "Answer",
    "BuildResult",
    "Explanation",
    "ExportResult",
    "Graph",
    "KGError",
    "LoadResult",
    "Neo4jGraph",
    "Node",
    "OptionsError",
    "Problem",
    "Relationship",
    "Report",
    "SiteResult",
    "Stats",
    "Table",
    "ViewResult",
    "ask",
    "build",
    "explain",
    "export",
    "extract",
    "link",
    "load",
    "mcp",
    "queries",
    "query",
    "read_graph",
    "read_papers",
    "report",
    "serve",
    "site",
    "stats",
    "to_networkx",
    "to_pyvis",
    "to_rdflib",
    "validate",
    "view",
]

_MODULES: Final = {
    "Answer": "kg.querying.questions.answer",
    "BuildResult": "kg.building.job",
    "Explanation": "kg.assembly",
    "ExportResult": "kg.exports",
    "Graph": "kg.graph",
    "LoadResult": "kg.stores.neo4j_load",
    "Neo4jGraph": "kg.stores.neo4j",
    "Node": "kg.graph",
    "Relationship": "kg.graph",
    "SiteResult": "kg.web.site",
    "Table": "kg.table",
    "ViewResult": "kg.viewer",
    "build": "kg.building.job",
    "extract": "kg.building.extraction",
    "read_papers": "kg.readers",
    "to_networkx": "kg.exports.networkx_formats",
    "to_pyvis": "kg.viewer.pyvis_network",
    "to_rdflib": "kg.exports.rdf",
}
"""The modules of what is not in `kg.api`."""


def __getattr__(name: str) -> Any:
    """Import a function when it is first used, so that ``import kg`` costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_MODULES.get(name, "kg.api")), name)


def __dir__() -> list[str]:
    """What the library offers."""
    return sorted(__all__)
