"""The graph as RDF that libraries can load, validate and cite.

A concept is a ``skos:Concept`` and a member of one of our classes, a paper a
``schema:ScholarlyArticle``, a relationship a plain triple. What a paper says about two concepts is
also a statement with sentence, extractor and confidence, so that it can be checked; in TriG,
N-Quads and JSON-LD the statements of each paper are a named graph, so that they can be used or
removed together. `ontology.ttl` beside this module defines the terms.

What a publisher says of the whole is ``metadata``. Every writer streams, and writes the same bytes for the
same graph and options.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import OptionsError
from kg.exports.rdf import context, jsonld, nanopubs, shapes, validation
from kg.exports.rdf.hierarchy import Edge
from kg.exports.rdf.metadata import NONE, Metadata
from kg.exports.rdf.nodes import Row
from kg.exports.rdf.serialize import rows, write
from kg.exports.rdf.terms import BASE, Names, checked_base, prefixes
from kg.graph import Graph

if TYPE_CHECKING:
    import rdflib

__all__ = [
    "BASE",
    "to_rdflib",
    "triples",
    "validate",
    "write_context",
    "write_jsonld",
    "write_nquads",
    "write_nquads_part",
    "write_ntriples",
    "write_ontology",
    "write_rdfxml",
    "write_shapes",
    "write_trig",
    "write_turtle",
]


def write_turtle(graph: Graph, path: Path, *, base: str = BASE, rdf12: bool = False, metadata: Metadata = NONE) -> None:
    """Write Turtle; with ``rdf12``, statements have their triple as a term."""
    base = checked_base(base)
    write(rows(graph, Names(base), rdf12=rdf12, metadata=metadata), path, ox.RdfFormat.TURTLE, base)


def write_ntriples(
    graph: Graph, path: Path, *, base: str = BASE, rdf12: bool = False, metadata: Metadata = NONE
) -> None:
    """Write N-Triples; with ``rdf12``, statements have their triple as a term."""
    base = checked_base(base)
    write(rows(graph, Names(base), rdf12=rdf12, metadata=metadata), path, ox.RdfFormat.N_TRIPLES, base)


def write_rdfxml(graph: Graph, path: Path, *, base: str = BASE, metadata: Metadata = NONE) -> None:
    """Write RDF/XML. Control characters, which XML forbids, become U+FFFD."""
    base = checked_base(base)
    write(rows(graph, Names(base), metadata=metadata), path, ox.RdfFormat.RDF_XML, base)


def write_nquads(
    graph: Graph,
    path: Path,
    *,
    base: str = BASE,
    rdf12: bool = False,
    nanopub: bool = False,
    creator: str | None = None,
    created: str | None = None,
    metadata: Metadata = NONE,
) -> None:
    """Write N-Quads, the statements of each paper in a named graph; options as in `write_trig`."""
    base = checked_base(base)
    write(_quads(graph, base, rdf12, nanopub, creator, created, metadata), path, ox.RdfFormat.N_QUADS, base)


def write_nquads_part(graph: Graph, path: Path, broader: Set[Edge]) -> None:
    """Write a part of a graph as `write_nquads` writes the whole, of which ``broader`` is the hierarchy.

    The parts together say what the whole says; what describes the whole is in each of them.
    """
    found = rows(graph, Names(BASE), named_graphs=True, broader=broader)
    write(found, path, ox.RdfFormat.N_QUADS, BASE)


def write_trig(
    graph: Graph,
    path: Path,
    *,
    base: str = BASE,
    rdf12: bool = False,
    nanopub: bool = False,
    creator: str | None = None,
    created: str | None = None,
    metadata: Metadata = NONE,
) -> None:
    """Write TriG, the statements of each paper in a named graph.

    With ``rdf12``, statements have their triple as a term. With ``nanopub``, the file contains a
    nanopublication for each statement instead, by ``creator`` (an IRI) at ``created`` (ISO 8601).
    """
    base = checked_base(base)
    write(_quads(graph, base, rdf12, nanopub, creator, created, metadata), path, ox.RdfFormat.TRIG, base)


def write_jsonld(
    graph: Graph,
    path: Path,
    *,
    base: str = BASE,
    nanopub: bool = False,
    creator: str | None = None,
    created: str | None = None,
    metadata: Metadata = NONE,
) -> None:
    """Write JSON-LD with its context, one node object a line, a named graph a paper; options as in `write_trig`."""
    base = checked_base(base)
    jsonld.write(_quads(graph, base, False, nanopub, creator, created, metadata), path, base)


def _quads(
    graph: Graph,
    base: str,
    rdf12: bool,
    nanopub: bool,
    creator: str | None,
    created: str | None,
    metadata: Metadata,
) -> Iterator[Row]:
    for name, value in (("creator", creator), ("created", created)):
        if value is not None and not nanopub:
            raise OptionsError(name, "needs", "nanopub", "only nanopublications have it")
    if nanopub and rdf12:
        raise OptionsError("nanopub", "cannot be used with", "rdf12", "nanopublications have no triple terms")
    if nanopub:
        return nanopubs.rows(graph, Names(base), nanopubs.Publication.of(creator, created, metadata))
    return rows(graph, Names(base), named_graphs=True, rdf12=rdf12, metadata=metadata)


def write_context(graph: Graph, path: Path, *, base: str = BASE) -> None:
    """Write the JSON-LD context that is part of the files of `write_jsonld`."""
    path.write_text(f'{{"@context": {context.text(checked_base(base))}}}\n', encoding="utf-8")


def write_ontology(graph: Graph, path: Path, *, base: str = BASE) -> None:
    """Write the ontology that defines the terms of abstractkg, as Turtle, under ``base``."""
    text = files("kg.exports.rdf").joinpath("ontology.ttl").read_text(encoding="utf-8")
    path.write_text(text.replace(BASE, checked_base(base)), encoding="utf-8")


def write_shapes(graph: Graph, path: Path, *, base: str = BASE) -> None:
    """Write SHACL shapes made from the schema, as Turtle."""
    path.write_text(shapes.shapes(checked_base(base)), encoding="utf-8")


def validate(graph: Graph, base: str = BASE) -> list[validation.Violation]:
    """The violations of the shapes in the graph, by node; none if it conforms. Needs pyshacl.

    Unlike exports, this loads the whole graph into rdflib, and is slow for large graphs.
    """
    base = checked_base(base)
    return validation.validate(to_rdflib(graph, base), base)


def triples(graph: Graph, base: str = BASE) -> Iterator[ox.Quad]:
    """The graph's triples, without named graphs, for a pyoxigraph store."""
    return (ox.Quad(s, p, o) for s, p, o, _ in rows(graph, Names(checked_base(base))))


def to_rdflib(graph: Graph, base: str = BASE) -> rdflib.Graph:
    """The graph as an rdflib Graph, triples without their named graphs."""
    import rdflib

    base = checked_base(base)
    made = rdflib.Graph()
    for prefix, iri in prefixes(base).items():
        made.bind(prefix, iri, replace=True)
    for subject, predicate, object_, _ in rows(graph, Names(base)):
        made.add((rdflib.URIRef(subject.value), rdflib.URIRef(predicate.value), _rdflib(object_)))
    return made


def _rdflib(term: ox.NamedNode | ox.Literal | ox.Triple) -> rdflib.URIRef | rdflib.Literal:
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    assert isinstance(term, ox.Literal), "without rdf12 there are no triple terms"
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    # rdflib distinguishes "x" and "x"^^xsd:string, and its parsers return the former.
    kind = rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=None if kind == rdflib.XSD.string else kind)
