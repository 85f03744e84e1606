"""The JSON-LD context: short keys for the terms, made from the schema."""

from __future__ import annotations

import json
from typing import Any, Final

from kg import schema
from kg.exports.rdf.terms import class_term, prefixes, property_term, relation_term

_CLASSES = ("skos:Concept", "skos:ConceptScheme", "akg:Statement", "akg:Mention", "prov:SoftwareAgent", "rdf:Seq",
            "fabio:Abstract", "doco:Title", "oa:SpecificResource", "oa:TextPositionSelector",
            "oa:TextQuoteSelector", "np:Nanopublication")  # fmt: skip
_LINKS = ("prov:wasDerivedFrom", "prov:wasAttributedTo", "prov:wasQuotedFrom", "akg:evidence", "schema:sameAs",
          "schema:url", "dcterms:isPartOf", "dcterms:conformsTo", "dcterms:creator", "void:vocabulary",
          "skos:inScheme", "bibo:authorList", "oa:hasSource", "oa:hasSelector", "rdf:subject", "rdf:predicate",
          "rdf:object", "np:hasAssertion", "np:hasProvenance", "np:hasPublicationInfo")  # fmt: skip
_TYPED = {"dcterms:issued": "xsd:gYear", "dcterms:created": "xsd:dateTime", "prov:generatedAtTime": "xsd:dateTime",
          "oa:start": "xsd:nonNegativeInteger", "oa:end": "xsd:nonNegativeInteger"}  # fmt: skip
_TEXTS = ("dcterms:identifier", "schema:softwareVersion", "rdfs:label", "void:uriSpace", "oa:exact", "oa:prefix",
          "oa:suffix")  # fmt: skip
_ENGLISH = ("skos:prefLabel", "skos:altLabel")
_KEYS: Final = {"dc:creator": "author", "prism:publicationName": "venue"}
"""Keys of terms whose local name is unclear, or the key of another term."""


def key(prefixed: str) -> str:
    """The short key of a term: its local name, unless a better one is listed."""
    return _KEYS.get(prefixed, prefixed.partition(":")[2])


def terms() -> dict[str, dict[str, str]]:
    """Definitions of the context, by prefixed term."""
    found: dict[str, dict[str, str]] = {}
    for name, relation in schema.RELATIONSHIP_TYPES.items():
        found[relation_term(name)] = {"@type": "@id"}
        _declare(found, name, relation.properties)
    for label, node in schema.NODE_TYPES.items():
        _declare(found, label, node.properties)
    found |= {name: {} for name in _TEXTS}
    found |= {name: {"@type": "@id"} for name in _LINKS}
    found |= {name: {"@type": type_} for name, type_ in _TYPED.items()}
    for name in _ENGLISH:
        found[name] = {"@language": "en", **{k: v for k, v in found[name].items() if k == "@container"}}
    return found


def _declare(found: dict[str, dict[str, str]], owner: str, properties: tuple[schema.Property, ...]) -> None:
    for declared in properties:
        definition = found.setdefault(property_term(owner, declared.name), {})
        if declared.type == "float":
            definition["@type"] = "xsd:decimal"
        elif declared.type == "strings":  # a list even if it has one item
            definition["@container"] = "@set"


def classes() -> tuple[str, ...]:
    """Prefixed names of the classes that have a short name."""
    return (*(class_term(label) for label in schema.NODE_TYPES), *_CLASSES)


def context(base: str) -> dict[str, Any]:
    """The context under a base: prefixes, classes, then keys."""
    made: dict[str, Any] = {"@version": 1.1, **prefixes(base)}
    made |= {key(name): name for name in classes()}
    made |= {key(name): {"@id": name, **definition} for name, definition in terms().items()}
    return made


def text(base: str) -> str:
    """The context as JSON, one key on each line."""
    lines = (f"{json.dumps(name)}: {json.dumps(value)}" for name, value in context(base).items())
    return "{\n " + ",\n ".join(lines) + "\n}"
