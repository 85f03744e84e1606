"""The terms of the RDF: those of known vocabularies, those of abstractkg, and the IRIs of nodes.

A term of an existing vocabulary is used if it means the same; `ontology.ttl` defines the others
and says why they are needed.
"""

from __future__ import annotations

import hashlib
import math
import re
from decimal import Decimal
from functools import lru_cache
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from kg import schema
from kg.errors import KGError

BASE: Final = "https://abstractkg.example/"
"""What IRIs begin with by default: a domain that is reserved for examples (RFC 2606).

Nobody can register it, so that the IRIs cannot be confused with others, and they do not resolve.
To publish a graph, use a base that you own.
"""

PREFIXES: Final = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "schema": "https://schema.org/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "bibo": "http://purl.org/ontology/bibo/",
    "fabio": "http://purl.org/spar/fabio/",
    "doco": "http://purl.org/spar/doco/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "void": "http://rdfs.org/ns/void#",
    "np": "http://www.nanopub.org/nschema#",
}

CLASS_TERMS: Final = {"Paper": "schema:ScholarlyArticle"}
"""Labels that are classes of known vocabularies; the others are classes of abstractkg."""

RELATION_TERMS: Final = {"MENTIONS": "schema:mentions", "ABOUT": "schema:about", "SUBCLASS_OF": "skos:broader"}
"""Relationship types that are properties of known vocabularies; the others are properties of abstractkg."""

PROPERTY_TERMS: Final = {
    ("Paper", "title"): "dcterms:title",
    ("Paper", "abstract"): "dcterms:abstract",
    ("Paper", "year"): "dcterms:issued",
    ("Paper", "venue"): "prism:publicationName",
    ("Paper", "authors"): "dc:creator",
    ("Paper", "url"): "schema:url",
    ("Paper", "doi"): "schema:sameAs",
    ("Paper", "arxiv"): "schema:sameAs",
    ("Paper", "ids"): "akg:otherId",
    ("Paper", "source"): "akg:readFrom",
    ("Paper", "extractor"): "akg:readBy",
    **{(label, "name"): "skos:prefLabel" for label in schema.CONCEPT_LABELS},
    **{(label, "aliases"): "skos:altLabel" for label in schema.CONCEPT_LABELS},
    **{(label, "papers"): "akg:paperCount" for label in schema.CONCEPT_LABELS},
    ("Result", "unit"): "schema:unitText",
    ("Result", "text"): "akg:evidence",
    ("MENTIONS", "surface"): "akg:surfaceForm",
    **{(name, "sentence"): "akg:evidence" for name in ("INTRODUCES", *schema.STATEMENT_TYPES)},
    **{(name, "paper"): "prov:wasDerivedFrom" for name in schema.STATEMENT_TYPES},
    **{(name, "extractor"): "prov:wasAttributedTo" for name in schema.STATEMENT_TYPES},
}
"""The terms of properties of labels and relationship types; the others are ``akg:`` and the same name."""

_SURROGATES = re.compile("[\ud800-\udfff]")
_SAFE = "/.-_~()"
_SAFE_IN_URL = "%/?#:@!$&'()*+,;=-._~"


def relation_term(type_name: str) -> str:
    """The prefixed name of a relationship type's property: ``akg:evaluatedOn`` for EVALUATED_ON."""
    first, *rest = type_name.lower().split("_")
    return RELATION_TERMS.get(type_name, "akg:" + first + "".join(word.capitalize() for word in rest))


def class_term(label: str) -> str:
    """The prefixed name of a label's class: ``akg:Method`` for Method."""
    return CLASS_TERMS.get(label, "akg:" + label)


def property_term(owner: str, name: str) -> str:
    """The prefixed name of a property of a label or relationship type."""
    return PROPERTY_TERMS.get((owner, name), "akg:" + name)


def checked_base(base: str) -> str:
    """A base IRI that ends in ``/``, ``#`` or ``:``; `KGError` if it is not an absolute IRI."""
    try:
        ox.NamedNode(base)
    except ValueError as error:
        raise KGError(f"{base}: not an absolute IRI ({error})") from error
    return base if base.endswith(("/", "#", ":")) else base + "/"


def prefixes(base: str) -> dict[str, str]:
    """All prefixes under a base, those of abstractkg first."""
    kinds = [label.lower() for label in (*schema.CONCEPT_LABELS, "Result")]
    kinds += ["arxiv", "doi", "text", "part", "claims", "statement", "sentence", "extractor", "nanopub"]
    return {"akg": base + "ontology#", **{kind: f"{base}{kind}/" for kind in kinds}, **PREFIXES}


def _path(name: str) -> str:
    """A name as the path of an IRI, without the parts ``.`` and ``..``, which some parsers resolve."""
    if not {".", ".."} & set(name.split("/")):
        return quote(name, safe=_SAFE)
    return name.replace(".", "%2E") if name in (".", "..") else quote(name, safe=_SAFE.replace("/", ""))


class Names:
    """The IRIs of one graph under one base, with a cache of limited size."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.node = lru_cache(maxsize=1 << 16)(self._node)
        self._terms: dict[str, ox.NamedNode] = {}

    def _node(self, node_id: str) -> ox.NamedNode:
        kind, _, name = node_id.partition(":")
        return ox.NamedNode(f"{self.base}{quote(text(kind), safe='-._~')}/{_path(text(name))}")

    def under(self, kind: str, node_id: str) -> ox.NamedNode:
        """The IRI of a resource that belongs to a node: ``…/claims/arxiv/2104.08821``."""
        return ox.NamedNode(f"{self.base}{kind}/{self.node(node_id).value[len(self.base) :]}")

    def hashed(self, kind: str, *content: str) -> ox.NamedNode:
        """An IRI made from a hash of the content, so that equal content has the same IRI."""
        digest = hashlib.sha256(text("\n".join(content)).encode()).hexdigest()
        return ox.NamedNode(f"{self.base}{kind}/{digest[:24]}")

    def term(self, prefixed: str) -> ox.NamedNode:
        """The IRI of a prefixed name of the vocabularies above, or of ``akg:``."""
        known = self._terms.get(prefixed)
        if known is None:
            prefix, name = prefixed.split(":")
            known = ox.NamedNode((self.base + "ontology#" if prefix == "akg" else PREFIXES[prefix]) + name)
            self._terms[prefixed] = known
        return known


_DECIMAL = ox.NamedNode(PREFIXES["xsd"] + "decimal")
_YEAR = ox.NamedNode(PREFIXES["xsd"] + "gYear")


def text(value: str) -> str:
    """The string without lone surrogates, which no RDF format allows."""
    return value if value.isascii() else _SURROGATES.sub("\ufffd", value)


def plain(value: object) -> ox.Literal:
    """A string; integers become xsd:integer, truth values xsd:boolean."""
    return ox.Literal(value) if isinstance(value, int) else ox.Literal(text(str(value)))


def english(value: str) -> ox.Literal:
    """A string in English."""
    return ox.Literal(text(value), language="en")


def year(value: int) -> ox.Literal:
    """An xsd:gYear."""
    return ox.Literal(f"{'-' if value < 0 else ''}{abs(value):04d}", datatype=_YEAR)


def decimal(value: float) -> ox.Literal | None:
    """An xsd:decimal with the shortest digits that give the number; None for NaN and infinity."""
    return ox.Literal(format(Decimal(repr(value)), "f"), datatype=_DECIMAL) if math.isfinite(value) else None


def web_address(value: str) -> ox.NamedNode | ox.Literal:
    """A web address as an IRI, or as a string if it is not a valid IRI."""
    try:
        return ox.NamedNode(quote(text(value), safe=_SAFE_IN_URL))
    except ValueError:  # without a scheme, for instance
        return plain(value)
