"""The graph in formats that other tools read. The command line takes its choices from the registry below."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from kg.atomic import atomic_folder, atomic_write
from kg.errors import KGError, OptionsError
from kg.graph import Graph

FORMATS: dict[str, tuple[str, str]] = {
    "jsonl": ("kg.exports.jsonl", "write_jsonl"),
    "ttl": ("kg.exports.rdf", "write_turtle"),
    "nt": ("kg.exports.rdf", "write_ntriples"),
    "nq": ("kg.exports.rdf", "write_nquads"),
    "trig": ("kg.exports.rdf", "write_trig"),
    "jsonld": ("kg.exports.rdf", "write_jsonld"),
    "rdf": ("kg.exports.rdf", "write_rdfxml"),
    "context": ("kg.exports.rdf", "write_context"),
    "ontology": ("kg.exports.rdf", "write_ontology"),
    "shacl": ("kg.exports.rdf", "write_shapes"),
    "graphml": ("kg.exports.networkx_formats", "write_graphml"),
    "gexf": ("kg.exports.networkx_formats", "write_gexf"),
    "cypher": ("kg.exports.cypher", "write_cypher"),
    "csv": ("kg.exports.csv_folder", "write_csv"),
    "neo4j-csv": ("kg.exports.neo4j_csv", "write_neo4j_csv"),
}
"""Format name → module and function that writes a graph to a path. The last two write folders."""

FOLDERS = frozenset({"csv", "neo4j-csv"})
RDF = frozenset({"ttl", "nt", "nq", "trig", "jsonld", "rdf"})
"""Formats that hold the graph as RDF."""
VOCABULARY = frozenset({"context", "ontology", "shacl"})
"""Formats that say what terms mean and hold no graph."""


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written where, in which format; ``nodes`` and ``relationships`` are those of the graph."""

    path: Path
    format: str
    nodes: int
    relationships: int


def export(
    graph: Graph,
    path: str | Path,
    format: str | None = None,
    *,
    base: str | None = None,
    rdf12: bool = False,
    nanopub: bool = False,
    creator: str | None = None,
    created: str | None = None,
    safe_cells: bool = False,
    metadata: str | Path | None = None,
) -> ExportResult:
    """Write the graph to ``path``, in ``format`` or in the one that `format_of` tells from the path.

    For RDF, ``base`` is where IRIs begin, ``rdf12`` writes statements as
    triple terms, ``nanopub`` as nanopublications by ``creator`` (an IRI) at ``created`` (ISO 8601).
    ``metadata`` is a file with the title, licence, publisher and dates of the whole (`kg.exports.rdf.metadata`).
    ``safe_cells`` is for CSV (`kg.table.safe_cell`).
    Files are replaced in one step each, so that a reader never sees a part of one. `OptionsError` for an
    option that the format does not have, `KGError` for an unknown format or an unwritable path.
    """
    target = Path(path)
    name = format_of(path, format)
    given = {
        "base": base,
        "rdf12": rdf12,
        "nanopub": nanopub,
        "creator": creator,
        "created": created,
        "safe_cells": safe_cells,
        "metadata": metadata,
    }
    options: dict[str, Any] = {
        option: value for option, value in given.items() if value is not None and value is not False
    }
    module, function = FORMATS[name]
    write: Callable[..., None] = getattr(import_module(module), function)
    _check(options, write, name)
    if metadata is not None:
        from kg.exports.rdf.metadata import Metadata

        options["metadata"] = Metadata.read(metadata)
    try:
        with (atomic_folder if name in FOLDERS else atomic_write)(target) as temporary:
            write(graph, temporary, **options)
    except OSError as error:
        raise KGError(f"{path}: cannot be written ({error.strerror or error})") from error
    return ExportResult(target, name, len(graph.nodes), len(graph.relationships))


def format_of(path: str | Path, format: str | None = None) -> str:
    """``format``, or the format of a path's suffix; without a suffix, or for a folder, ``csv``.

    `KGError` lists the formats where it is none of them.
    """
    target = Path(path)
    suffix = target.suffix.lstrip(".").lower()
    name = format or (suffix if suffix and not target.is_dir() else "csv")
    if name not in FORMATS:
        raise KGError(f"{path}: unknown format {name!r}; there are {', '.join(FORMATS)}")
    return name


def _check(options: dict[str, Any], write: Callable[..., None], name: str) -> None:
    known = [p.name for p in inspect.signature(write).parameters.values() if p.kind is p.KEYWORD_ONLY]
    for option in options:
        if option not in known:
            reason = "this format has " + (f"the options {', '.join(known)}" if known else "no options")
            raise OptionsError(option, "cannot be used with", f"format {name}", reason)
