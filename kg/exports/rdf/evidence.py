"""The sentence of a statement as a Web Annotation selection: its position and its text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from kg.exports.rdf import terms
from kg.exports.rdf.nodes import GraphName, Row
from kg.exports.rdf.terms import Names
from kg.graph import Node

CONTEXT: Final = 32
"""Number of characters before and after a quote that distinguish it from equal ones."""
_PARTS = {"abstract": "fabio:Abstract", "title": "doco:Title"}


def sentence_iri(paper: str, sentence: str, names: Names) -> ox.NamedNode:
    """The IRI of a sentence of a paper."""
    return names.hashed("sentence", paper, sentence)


def find(sentence: str, paper: Node | None) -> tuple[str, str, int] | None:
    """The part of the paper with the sentence, the text of that part and the sentence's offset; None if in none."""
    for part in _PARTS if paper and sentence else ():
        whole = str(paper.properties.get(part, "")) if paper else ""
        start = whole.find(sentence)
        if start >= 0:
            return part, whole, start
    return None


def sentence(words: str, paper_id: str, paper: Node | None, names: Names, where: GraphName) -> Iterator[Row]:
    """A sentence: the selection of a part of the paper by position (in characters, end exclusive) and by quote.

    A sentence that is in neither title nor abstract has the paper as its source and no position.
    """
    subject, a = sentence_iri(paper_id, words, names), names.term("rdf:type")
    quote = ox.NamedNode(subject.value + "#quote")
    found = find(words, paper)
    source = names.under("part/" + found[0], paper_id) if found else names.node(paper_id)
    yield subject, a, names.term("oa:SpecificResource"), where
    yield subject, names.term("prov:wasQuotedFrom"), names.node(paper_id), where
    yield subject, names.term("oa:hasSource"), source, where
    if found:
        position = ox.NamedNode(subject.value + "#position")
        yield subject, names.term("oa:hasSelector"), position, where
        yield subject, names.term("oa:hasSelector"), quote, where
        yield position, a, names.term("oa:TextPositionSelector"), where
        yield position, names.term("oa:start"), _count(found[2], names), where
        yield position, names.term("oa:end"), _count(found[2] + len(words), names), where
    else:
        yield subject, names.term("oa:hasSelector"), quote, where
    yield quote, a, names.term("oa:TextQuoteSelector"), where
    yield quote, names.term("oa:exact"), terms.plain(words), where
    if found:
        _, whole, start = found
        end = start + len(words)
        yield quote, names.term("oa:prefix"), terms.plain(whole[max(0, start - CONTEXT) : start]), where
        yield quote, names.term("oa:suffix"), terms.plain(whole[end : end + CONTEXT]), where


def part(name: str, paper_id: str, names: Names, where: GraphName) -> Iterator[Row]:
    """The title or abstract as a resource of its own, because positions are offsets in it."""
    subject = names.under("part/" + name, paper_id)
    yield subject, names.term("rdf:type"), names.term(_PARTS[name]), where
    yield subject, names.term("dcterms:isPartOf"), names.node(paper_id), where


def _count(number: int, names: Names) -> ox.Literal:
    """An offset in a text, which is a xsd:nonNegativeInteger in the Web Annotation vocabulary."""
    return ox.Literal(str(number), datatype=names.term("xsd:nonNegativeInteger"))
