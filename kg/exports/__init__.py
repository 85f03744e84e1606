"""The graph in the forms that other tools read. The registry below feeds the command line's choices."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from kg.errors import KGError
from kg.graph import Graph
from kg.stores.atomic import atomic_write

FORMATS: dict[str, tuple[str, str]] = {
    "jsonl": ("kg.exports.text", "write_jsonl"),
    "ttl": ("kg.exports.rdf", "write_turtle"),
    "nt": ("kg.exports.rdf", "write_ntriples"),
    "nq": ("kg.exports.rdf", "write_nquads"),
    "trig": ("kg.exports.rdf", "write_trig"),
    "jsonld": ("kg.exports.rdf", "write_jsonld"),
    "rdf": ("kg.exports.rdf", "write_rdfxml"),
    "context": ("kg.exports.rdf", "write_context"),
    "ontology": ("kg.exports.rdf", "write_ontology"),
    "shacl": ("kg.exports.rdf", "write_shapes"),
    "graphml": ("kg.exports.network", "write_graphml"),
    "gexf": ("kg.exports.network", "write_gexf"),
    "cypher": ("kg.exports.cypher", "write_cypher"),
    "csv": ("kg.exports.csv_folder", "write_csv"),
    "neo4j-csv": ("kg.exports.neo4j_csv", "write_neo4j_csv"),
}
"""Format name → module and function that writes a graph to a path. The last two write folders."""

FOLDERS = frozenset({"csv", "neo4j-csv"})


def export(graph: Graph, path: str | Path, format: str | None = None, **options: Any) -> str:
    """Write the graph to ``path`` and return the format used.

    The format is told by the suffix (a path without suffix is a folder of CSV files) or by
    ``format``; ``options`` are the keyword arguments of its function in `FORMATS`. A file is
    written beside its place and then moved there, so a reader never sees half of one. Raises
    `KGError` for an unknown format, an option it does not take or an unwritable place.
    """
    target = Path(path)
    name = format or (target.suffix.lstrip(".").lower() if target.suffix and not target.is_dir() else "csv")
    if name not in FORMATS:
        raise KGError(f"{path}: unknown format {name!r}; there are {', '.join(FORMATS)}")
    module, function = FORMATS[name]
    write: Callable[..., None] = getattr(import_module(module), function)
    _check(options, write, name)
    try:
        if name in FOLDERS:
            target.mkdir(parents=True, exist_ok=True)
            write(graph, target, **options)
        else:
            with atomic_write(target) as beside:
                write(graph, beside, **options)
    except OSError as error:
        raise KGError(f"{path}: cannot be written ({error.strerror or error})") from error
    return name


def _check(options: dict[str, Any], write: Callable[..., None], name: str) -> None:
    taken = [p.name for p in inspect.signature(write).parameters.values() if p.kind is p.KEYWORD_ONLY]
    for option in options:
        if option not in taken:
            what = "takes " + ", ".join(taken) if taken else "takes none"
            raise KGError(f"format {name} has no option {option!r}; it {what}")
