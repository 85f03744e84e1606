"""Read a SKOS or OWL vocabulary in any form of RDF: its concepts with their names and neighbours."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import KGError
from kg.exports.rdf.reading import read_file

_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_OWL: Final = "http://www.w3.org/2002/07/owl#"
_OBO: Final = "http://www.geneontology.org/formats/oboInOwl#"
_SCHEMA: Final = "https://schema.org/"
_PREFERRED: Final = (_SKOS + "prefLabel", _RDFS + "label", _SCHEMA + "name")
_OTHERS: Final = frozenset(
    (_SKOS + "altLabel", _SKOS + "hiddenLabel", _OBO + "hasExactSynonym", _SCHEMA + "alternateName")
)
_NEIGHBOURS: Final = frozenset(
    (
        *(_SKOS + name for name in ("broader", "narrower", "related", "broaderTransitive", "narrowerTransitive")),
        _RDFS + "subClassOf",
    )
)
_DEPRECATED: Final = _OWL + "deprecated"
_SUFFIXES: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


@dataclass(frozen=True, slots=True)
class Term:
    """A concept of a vocabulary: IRI, preferred name, other names, IRIs of broader, narrower and related ones."""

    iri: str
    name: str
    others: tuple[str, ...] = ()
    neighbours: frozenset[str] = frozenset()


def read_vocabulary(path: str | Path) -> dict[str, Term]:
    """The concepts of a vocabulary by IRI: whatever has a name in English or without a language.

    Deprecated ones are left out. `KGError` where the file cannot be read, is no RDF, or names nothing.
    """
    preferred: dict[str, list[tuple[int, bool, str]]] = defaultdict(list)
    others: dict[str, set[str]] = defaultdict(set)
    neighbours: dict[str, set[str]] = defaultdict(set)
    deprecated: set[str] = set()
    for quad in _quads(Path(path)):
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        iri, predicate = quad.subject.value, quad.predicate.value
        if isinstance(quad.object, ox.Literal):
            english = not quad.object.language or quad.object.language.lower().startswith("en")
            if predicate == _DEPRECATED and quad.object.value.lower() in ("true", "1"):
                deprecated.add(iri)
            elif english and predicate in _PREFERRED:
                plain = quad.object.language is None
                preferred[iri].append((_PREFERRED.index(predicate), plain, quad.object.value.strip()))
            elif english and predicate in _OTHERS:
                others[iri].add(quad.object.value.strip())
        elif isinstance(quad.object, ox.NamedNode) and predicate in _NEIGHBOURS:
            neighbours[iri].add(quad.object.value)
            neighbours[quad.object.value].add(iri)
    found = {}
    for iri in sorted(preferred.keys() - deprecated):
        first, *rest = sorted(preferred[iri])
        names = tuple(sorted(({name for _, _, name in rest} | others[iri]) - {first[2], ""}))
        found[iri] = Term(iri, first[2], names, frozenset(neighbours[iri]))
    if not found:
        raise KGError(f"{path}: no concept with a name in it (skos:prefLabel or rdfs:label)")
    return found


def _quads(path: Path) -> list[ox.Quad]:
    form = _SUFFIXES.get(path.suffix.lower())
    if form is None:
        raise KGError(f"{path}: unknown form of a vocabulary; there are {', '.join(_SUFFIXES)}")
    return list(read_file(path, form))
