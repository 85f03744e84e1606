"""Each statement as a nanopublication: an assertion, where it comes from, and who publishes it.

Well-formed by the guidelines (nanopub.net): a head that names the three parts, each triple in
one of the four graphs, the provenance about the assertion, the publication info about the
nanopublication. Their IRIs are trusty URIs: they contain a hash of the content.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pyoxigraph as ox

from kg import schema
from kg.errors import KGError
from kg.exports.rdf import evidence, nodes, terms, trusty
from kg.exports.rdf.claims import Lookup, by_paper
from kg.exports.rdf.metadata import NONE, Metadata
from kg.exports.rdf.nodes import Row
from kg.exports.rdf.terms import Names
from kg.graph import Graph, Node, Relationship

ASSERTED = frozenset({"INTRODUCES", *schema.STATEMENT_TYPES})
"""Relationship types that are claims, each with its sentence."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Who publishes (an IRI, such as an ORCID iD) and when; both are optional. The licence is that of the metadata.

    The guidelines recommend a time. It is not set by default, so that the same graph always gives the
    same bytes.
    """

    creator: ox.NamedNode | None = None
    created: ox.Literal | None = None
    metadata: Metadata = NONE

    @classmethod
    def of(cls, creator: str | None, created: str | None, about: Metadata = NONE) -> Publication:
        """From an IRI and an ISO 8601 time with a time zone; `KGError` if they are not."""
        creator = creator or about.creator or None
        try:
            who = None if creator is None else ox.NamedNode(creator)
        except ValueError as error:
            raise KGError(f"creator {creator!r}: not an IRI; give for instance an ORCID iD's address") from error
        return cls(who, None if created is None else _time(created), about)


def _time(text: str) -> ox.Literal:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise KGError(f"created {text!r}: not a time such as 2026-01-31T12:00:00Z") from error
    if moment.tzinfo is None:
        raise KGError(f"created {text!r}: needs a time zone, as in 2026-01-31T12:00:00Z")
    return ox.Literal(moment.isoformat(), datatype=ox.NamedNode(terms.PREFIXES["xsd"] + "dateTime"))


def rows(graph: Graph, names: Names, publication: Publication) -> Iterator[Row]:
    """All nanopublications of a graph, paper by paper."""
    lookup = Lookup(graph)
    for paper_id, items in by_paper(graph):
        paper = lookup.node(paper_id)
        for item in items:
            if isinstance(item, Relationship) and item.type in ASSERTED:
                yield from trusty.trusty(_Nanopub(item, names).rows(paper_id, paper, lookup, publication))


class _Nanopub:
    """The parts of one nanopublication."""

    def __init__(self, rel: Relationship, names: Names) -> None:
        self._rel = rel
        self._names = names
        self._whole = ox.NamedNode(f"{names.base}nanopub/{trusty.PLACE}")
        parts = ("head", "assertion", "provenance", "pubinfo")
        self._head, self._assertion, self._provenance, self._info = (
            ox.NamedNode(f"{self._whole.value}#{part}") for part in parts
        )

    def rows(self, paper_id: str, paper: Node | None, lookup: Lookup, publication: Publication) -> Iterator[Row]:
        names, rel = self._names, self._rel
        yield self._whole, names.term("rdf:type"), names.term("np:Nanopublication"), self._head
        yield self._whole, names.term("np:hasAssertion"), self._assertion, self._head
        yield self._whole, names.term("np:hasProvenance"), self._provenance, self._head
        yield self._whole, names.term("np:hasPublicationInfo"), self._info, self._head
        predicate = names.term(terms.relation_term(rel.type))
        yield names.node(rel.start), predicate, names.node(rel.end), self._assertion
        yield from self._from_where(paper_id, paper)
        yield from self._published(lookup, publication)

    def _from_where(self, paper_id: str, paper: Node | None) -> Iterator[Row]:
        names, about, where = self._names, self._assertion, self._provenance
        source, properties = names.node(paper_id), self._rel.properties
        words, confidence = (properties.get(name) for name in ("sentence", "confidence"))
        yield about, names.term("prov:wasDerivedFrom"), source, where
        if words:
            yield about, names.term("akg:evidence"), evidence.sentence_iri(paper_id, str(words), names), where
        if isinstance(confidence, int | float) and (number := terms.decimal(float(confidence))):
            yield about, names.term("akg:confidence"), number, where
        if agent := nodes.agent(self._rel, paper):
            yield about, names.term("prov:wasAttributedTo"), agent.iri(names), where
            yield from agent.rows(names, where)
        if paper:
            yield from nodes.citation(paper, names, where)
        if words:
            yield from evidence.sentence(str(words), paper_id, paper, names, where)

    def _published(self, lookup: Lookup, publication: Publication) -> Iterator[Row]:
        names, where = self._names, self._info
        ends = (lookup.node(self._rel.start), lookup.node(self._rel.end))
        start, end = (str(node.properties.get("name", node.id)) if node else "?" for node in ends)
        label = f"{start} {self._rel.type.lower().replace('_', ' ')} {end}"
        yield self._whole, names.term("rdfs:label"), terms.english(label), where
        if publication.creator:
            yield self._whole, names.term("prov:wasAttributedTo"), publication.creator, where
            yield self._whole, names.term("dcterms:creator"), publication.creator, where
        else:
            yield self._whole, names.term("prov:wasAttributedTo"), names.node("extractor:abstractkg"), where
        about = publication.metadata
        if about.license:
            yield self._whole, names.term("dcterms:license"), ox.NamedNode(about.license), where
        if publication.created:
            yield self._whole, names.term("dcterms:created"), publication.created, where
            yield self._whole, names.term("prov:generatedAtTime"), publication.created, where
