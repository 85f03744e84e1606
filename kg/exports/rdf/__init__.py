"""The graph as RDF that libraries can load, validate and cite.

A concept is a ``skos:Concept`` of one of our classes, a paper a ``schema:ScholarlyArticle``, a
relationship a plain triple. What a paper says of two concepts is also a statement with the
sentence, the extractor and the confidence, so that a claim can be checked; in TriG, N-Quads
and JSON-LD it lies in its paper's named graph, so that one paper's claims can be taken or
dropped as a whole. `ontology.ttl` beside this module defines the terms.

Every writer streams, and writes the same bytes for the same graph and options.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import KGError
from kg.exports.rdf import context, jsonld, nanopubs, shapes, validation
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
    "write_ntriples",
    "write_ontology",
    "write_rdfxml",
    "write_shapes",
    "write_trig",
    "write_turtle",
]


def write_turtle(graph: Graph, path: Path, *, base: str = BASE, rdf12: bool = False) -> None:
    """Turtle; with ``rdf12`` statements name their triple as a term."""
    base = checked_base(base)
    write(rows(graph, Names(base), rdf12=rdf12), path, ox.RdfFormat.TURTLE, base)


def write_ntriples(graph: Graph, path: Path, *, base: str = BASE, rdf12: bool = False) -> None:
    """N-Triples; with ``rdf12`` statements name their triple as a term."""
    base = checked_base(base)
    write(rows(graph, Names(base), rdf12=rdf12), path, ox.RdfFormat.N_TRIPLES, base)


def write_rdfxml(graph: Graph, path: Path, *, base: str = BASE) -> None:
    """RDF/XML. Control characters, which XML has no way to write, become U+FFFD."""
    base = checked_base(base)
    write(rows(graph, Names(base)), path, ox.RdfFormat.RDF_XML, base)


def write_nquads(
    graph: Graph,
    path: Path,
    *,
    base: str = BASE,
    rdf12: bool = False,
    nanopub: bool = False,
    creator: str | None = None,
    created: str | None = None,
) -> None:
    """N-Quads, what a paper says in its own graph; options as in `write_trig`."""
    base = checked_base(base)
    write(_quads(graph, base, rdf12, nanopub, creator, created), path, ox.RdfFormat.N_QUADS, base)


def write_trig(
    graph: Graph,
    path: Path,
    *,
    base: str = BASE,
    rdf12: bool = False,
    nanopub: bool = False,
    creator: str | None = None,
    created: str | None = None,
) -> None:
    """TriG, what a paper says in its own graph.

    With ``rdf12`` statements name their triple as a term. With ``nanopub`` the file holds a
    nanopublication for each statement instead, by ``creator`` (an IRI) at ``created`` (ISO 8601).
    """
    base = checked_base(base)
    write(_quads(graph, base, rdf12, nanopub, creator, created), path, ox.RdfFormat.TRIG, base)


def write_jsonld(
    graph: Graph,
    path: Path,
    *,
    base: str = BASE,
    nanopub: bool = False,
    creator: str | None = None,
    created: str | None = None,
) -> None:
    """JSON-LD with its context, one thing a line, what a paper says in its own graph; options as in `write_trig`."""
    base = checked_base(base)
    jsonld.write(_quads(graph, base, False, nanopub, creator, created), path, base)


def _quads(
    graph: Graph, base: str, rdf12: bool, nanopub: bool, creator: str | None, created: str | None
) -> Iterator[Row]:
    if not nanopub and (creator or created):
        raise KGError("creator and created are of nanopublications: ask for these too")
    if nanopub and rdf12:
        raise KGError("nanopublications hold no triple terms: leave out either nanopub or rdf12")
    if nanopub:
        return nanopubs.rows(graph, Names(base), nanopubs.Publication.of(creator, created))
    return rows(graph, Names(base), named_graphs=True, rdf12=rdf12)


def write_context(graph: Graph, path: Path, *, base: str = BASE) -> None:
    """The JSON-LD context that `write_jsonld` puts into its files, as a file of its own."""
    path.write_text(f'{{"@context": {context.text(checked_base(base))}}}\n', encoding="utf-8")


def write_ontology(graph: Graph, path: Path, *, base: str = BASE) -> None:
    """The ontology that defines our own terms, as Turtle, moved under ``base``."""
    text = files("kg.exports.rdf").joinpath("ontology.ttl").read_text(encoding="utf-8")
    path.write_text(text.replace(BASE, checked_base(base)), encoding="utf-8")


def write_shapes(graph: Graph, path: Path, *, base: str = BASE) -> None:
    """SHACL shapes made from the schema, as Turtle."""
    path.write_text(shapes.shapes(checked_base(base)), encoding="utf-8")


def validate(graph: Graph, base: str = BASE) -> list[validation.Violation]:
    """What in the graph violates the shapes, by node; nothing where it conforms. Needs pyshacl.

    Unlike an export it holds the whole graph in rdflib, and takes its time.
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
    kind = rdflib.URIRef(term.datatype.value)  # rdflib tells "x" from "x"^^xsd:string, and parsers give it the first
    return rdflib.Literal(term.value, datatype=None if kind == rdflib.XSD.string else kind)
