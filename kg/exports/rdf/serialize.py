"""Writing RDF: rows are streamed into pyoxigraph's serializers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import IO, BinaryIO, cast

import pyoxigraph as ox

from kg.exports.rdf import hierarchy, nodes
from kg.exports.rdf.claims import Lookup, by_paper, claims, plain
from kg.exports.rdf.metadata import NONE, Metadata
from kg.exports.rdf.nodes import Row
from kg.exports.rdf.terms import Names, prefixes
from kg.graph import Graph
from kg.xml_text import xml_text


def rows(
    graph: Graph,
    names: Names,
    *,
    named_graphs: bool = False,
    rdf12: bool = False,
    metadata: Metadata = NONE,
    broader: Set[hierarchy.Edge] | None = None,
) -> Iterator[Row]:
    """The graph, row by row: the dataset, papers, concepts, then what each paper says.

    With ``named_graphs`` the rows of each paper are a graph of their own; without, plain triples are
    grouped by concept, each once. With ``rdf12`` statements have their triple as a term.
    For a part of a graph ``broader`` is the hierarchy (`kg.exports.rdf.hierarchy`) of the whole.
    """
    broader = hierarchy.broader(graph) if broader is None else broader
    yield from nodes.dataset(graph, names, metadata)
    yield from nodes.hierarchy(graph, names, broader)
    for node in graph.nodes:
        if node.label != "Result":  # results belong to the paper that reports them
            yield from nodes.node(node, names)
    if not named_graphs:
        yield from plain(graph, names, broader)
    lookup = Lookup(graph)
    for paper_id, items in by_paper(graph):
        paper = lookup.node(paper_id)
        yield from claims(paper_id, paper, items, names, broader, named_graphs=named_graphs, rdf12=rdf12)


def write(found: Iterable[Row], path: Path, form: ox.RdfFormat, base: str) -> None:
    """Write rows in one of pyoxigraph's formats; formats without named graphs get the triples only."""
    if form == ox.RdfFormat.RDF_XML:
        with path.open("wb") as out:
            escaped = cast(IO[bytes], _EscapeReturns(out))  # the serializer calls write and flush, no more
            ox.serialize(_xml_triples(found), escaped, form, prefixes=prefixes(base))
    elif form.supports_datasets:
        ox.serialize((ox.Quad(*row) for row in found), str(path), form, prefixes=prefixes(base))
    else:
        ox.serialize((ox.Triple(s, p, o) for s, p, o, _ in found), str(path), form, prefixes=prefixes(base))


def _xml_triples(found: Iterable[Row]) -> Iterator[ox.Triple]:
    for subject, predicate, object_, _ in found:
        if isinstance(object_, ox.Literal) and not object_.value.isprintable():
            cleaned = xml_text(object_.value)
            language = object_.language
            kind = None if language else object_.datatype
            object_ = ox.Literal(cleaned, datatype=kind, language=language)
        yield ox.Triple(subject, predicate, object_)


class _EscapeReturns:
    """An XML file in which carriage returns are escaped: XML parsers read bare ones as line feeds."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, data: bytes) -> int:
        self._out.write(data.replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        self._out.flush()
