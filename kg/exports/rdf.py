"""The graph as RDF.

A concept is a ``skos:Concept`` of one of our classes, a paper a ``schema:ScholarlyArticle``,
a relationship a plain triple. What a paper says of two concepts is also a reified
``pg:Statement`` with the paper, the sentence and the confidence, so that a claim can be
checked; in TriG and N-Quads it belongs to its paper's named graph.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

from kg import schema
from kg.graph import Graph, Node, Relationship

if TYPE_CHECKING:
    import rdflib

BASE = "https://papergraph.example/"
"""Where IRIs live by default: a reserved name, to be replaced by one's own."""

_PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
}


class _Terms:
    """IRIs under one base."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.ontology = base + "ontology#"

    def node(self, node_id: str) -> ox.NamedNode:
        kind, _, name = node_id.partition(":")
        return ox.NamedNode(f"{self.base}{quote(kind)}/{quote(name, safe='/.-_~()')}")

    def own(self, name: str) -> ox.NamedNode:
        return ox.NamedNode(self.ontology + name)

    def relation(self, type_name: str) -> ox.NamedNode:
        first, *rest = type_name.lower().split("_")
        return self.own(first + "".join(word.capitalize() for word in rest))


def _term(prefixed: str) -> ox.NamedNode:
    prefix, name = prefixed.split(":")
    return ox.NamedNode(_PREFIXES[prefix] + name)


_A = _term("rdf:type")
_PAPER_TERMS = {
    "title": _term("dcterms:title"),
    "abstract": _term("dcterms:abstract"),
    "venue": _term("schema:isPartOf"),
    "authors": _term("schema:author"),
    "url": _term("schema:url"),
    "source": _term("dcterms:source"),
}


def quads(graph: Graph, base: str = BASE) -> Iterator[ox.Quad]:
    """The graph as quads, subject by subject; statements with evidence lie in their paper's graph."""
    terms = _Terms(base)
    for node in graph.nodes:
        yield from _node(node, terms)
    for rel in graph.relationships:
        yield from _relationship(rel, terms)


def _node(node: Node, terms: _Terms) -> Iterator[ox.Quad]:
    subject = terms.node(node.id)
    yield ox.Quad(subject, _A, terms.own(node.label))
    if node.label == "Paper":
        yield from _paper(node, subject)
    elif node.label in schema.CONCEPT_LABELS:
        yield from _concept(node, subject, terms)
    else:
        for name, value in node.properties.items():
            literal = _decimal(float(value)) if name == "number" else ox.Literal(str(value))  # type: ignore[arg-type]
            yield ox.Quad(subject, terms.own(name), literal)


def _concept(node: Node, subject: ox.NamedNode, terms: _Terms) -> Iterator[ox.Quad]:
    yield ox.Quad(subject, _A, _term("skos:Concept"))
    name = str(node.properties["name"])
    yield ox.Quad(subject, _term("skos:prefLabel"), ox.Literal(name, language="en"))
    for alias in node.properties.get("aliases", ()):  # type: ignore[union-attr]
        if alias != name:
            yield ox.Quad(subject, _term("skos:altLabel"), ox.Literal(alias, language="en"))
    yield ox.Quad(subject, terms.own("papers"), ox.Literal(int(node.properties["papers"])))  # type: ignore[arg-type]


def _paper(node: Node, subject: ox.NamedNode) -> Iterator[ox.Quad]:
    yield ox.Quad(subject, _A, _term("schema:ScholarlyArticle"))
    for name, term in _PAPER_TERMS.items():
        value = node.properties.get(name, ())
        for item in value if isinstance(value, tuple) else (value,):
            yield ox.Quad(subject, term, ox.Literal(str(item)))
    if "year" in node.properties:
        year = ox.Literal(f"{node.properties['year']:04}", datatype=_term("xsd:gYear"))
        yield ox.Quad(subject, _term("dcterms:date"), year)
    for name, prefix in (("doi", "https://doi.org/"), ("arxiv", "https://arxiv.org/abs/")):
        if name in node.properties:
            same = ox.NamedNode(prefix + quote(str(node.properties[name]), safe="/.-_~()"))
            yield ox.Quad(subject, _term("schema:sameAs"), same)


def _relationship(rel: Relationship, terms: _Terms) -> Iterator[ox.Quad]:
    subject, predicate, object_ = terms.node(rel.start), terms.relation(rel.type), terms.node(rel.end)
    if not schema.RELATIONSHIP_TYPES[rel.type].statement:
        yield ox.Quad(subject, predicate, object_)
        return
    source = terms.node(rel.key[3])
    yield ox.Quad(subject, predicate, object_, source)
    digest = hashlib.sha256("\n".join(rel.key).encode()).hexdigest()[:24]
    statement = ox.NamedNode(f"{terms.base}statement/{digest}")
    sentence = ox.Literal(str(rel.properties.get("sentence", "")))
    confidence = _decimal(float(rel.properties["confidence"]))  # type: ignore[arg-type]
    for name, value in (
        (_A, terms.own("Statement")),
        (_term("rdf:subject"), subject),
        (_term("rdf:predicate"), predicate),
        (_term("rdf:object"), object_),
        (_term("prov:wasDerivedFrom"), source),
        (terms.own("sentence"), sentence),
        (terms.own("confidence"), confidence),
        (terms.own("extractor"), ox.Literal(str(rel.properties.get("extractor", "")))),
    ):
        yield ox.Quad(statement, name, value, source)


def _decimal(number: float) -> ox.Literal:
    return ox.Literal(format(Decimal(repr(number)), "f"), datatype=_term("xsd:decimal"))


def _prefixes(base: str) -> dict[str, str]:
    return {**_PREFIXES, "pg": base + "ontology#"}


def _write(graph: Graph, path: Path, form: ox.RdfFormat, base: str = BASE) -> None:
    rows = quads(graph, base)
    if not form.supports_datasets:
        with path.open("wb") as out:
            ox.serialize((quad.triple for quad in rows), out, form, prefixes=_prefixes(base))
        return
    with path.open("wb") as out:
        ox.serialize(rows, out, form, prefixes=_prefixes(base))


def write_turtle(graph: Graph, path: Path) -> None:
    """Turtle."""
    _write(graph, path, ox.RdfFormat.TURTLE)


def write_ntriples(graph: Graph, path: Path) -> None:
    """N-Triples."""
    _write(graph, path, ox.RdfFormat.N_TRIPLES)


def write_nquads(graph: Graph, path: Path) -> None:
    """N-Quads, a paper's statements in its own graph."""
    _write(graph, path, ox.RdfFormat.N_QUADS)


def write_trig(graph: Graph, path: Path) -> None:
    """TriG, a paper's statements in its own graph."""
    _write(graph, path, ox.RdfFormat.TRIG)


def write_jsonld(graph: Graph, path: Path) -> None:
    """JSON-LD, a paper's statements in its own graph."""
    _write(graph, path, ox.RdfFormat.JSON_LD)


def write_rdfxml(graph: Graph, path: Path) -> None:
    """RDF/XML."""
    _write(graph, path, ox.RdfFormat.RDF_XML)


def to_rdflib(graph: Graph, base: str = BASE) -> rdflib.Graph:
    """The graph as an rdflib Graph, triples without their named graphs."""
    import rdflib

    made = rdflib.Graph()
    for prefix, iri in _prefixes(base).items():
        made.bind(prefix, iri)
    for quad in quads(graph, base):
        made.add((_rdflib(quad.subject), _rdflib(quad.predicate), _rdflib(quad.object)))
    return made


def _rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> rdflib.URIRef | rdflib.Literal:
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    assert isinstance(term, ox.Literal), "quads() makes neither blank nodes nor quoted triples"
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
