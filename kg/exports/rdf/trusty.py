"""Trusty URIs for RDF: a name that contains the hash of its content (module RA of the specification, trustyuri.net).

Whoever holds a nanopublication can check that it is the one that was cited, and nobody can change it unnoticed.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.exports.rdf.nodes import GraphName, Object, Row

MODULE = "RA"
PLACE = MODULE + "0" * 43
"""Stands in IRIs where the hash will stand."""
_BLANK = " "  # what the specification puts there while the hash is taken
_Key = tuple[str, str, str, tuple[int, str, str, str]]


def trusty(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows of one nanopublication with the code of their content instead of `PLACE` in IRIs."""
    kept = list(rows)
    code = artifact_code(kept)
    for subject, predicate, object_, graph in kept:
        yield _coded(subject, code), predicate, _coded_object(object_, code), _coded_graph(graph, code)


def artifact_code(rows: Iterable[Row]) -> str:
    """The module and the hash of the rows' content, whatever their order."""
    lines = ("".join(_lines(key)) for key in sorted({_key(row) for row in rows}))
    digest = hashlib.sha256("".join(lines).encode()).digest()
    return MODULE + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _key(row: Row) -> _Key:
    """What rows are sorted by: graph, subject, predicate, then IRIs before literals."""
    subject, predicate, object_, graph = row
    place = graph.value if isinstance(graph, ox.NamedNode) else ""
    if isinstance(object_, ox.NamedNode):
        return _iri(place), _iri(subject.value), _iri(predicate.value), (0, _iri(object_.value), "", "")
    assert isinstance(object_, ox.Literal), "nanopublications have no triple terms"
    kind = "" if object_.language else object_.datatype.value
    value = 1, object_.value, kind, (object_.language or "").lower()
    return _iri(place), _iri(subject.value), _iri(predicate.value), value


def _lines(key: _Key) -> Iterator[str]:
    *iris, (literal, value, kind, language) = key
    for iri in iris:
        yield f"{iri}\n"
    if not literal:
        yield f"{value}\n"
        return
    escaped = value.replace("\\", "\\\\").replace("\n", "\\n")
    yield f"@{language} {escaped}\n" if language else f"^{kind} {escaped}\n"


def _iri(value: str) -> str:
    return value.replace(PLACE, _BLANK)


def _coded(term: ox.NamedNode, code: str) -> ox.NamedNode:
    return ox.NamedNode(term.value.replace(PLACE, code)) if PLACE in term.value else term


def _coded_object(term: Object, code: str) -> Object:
    return _coded(term, code) if isinstance(term, ox.NamedNode) else term


def _coded_graph(graph: GraphName, code: str) -> GraphName:
    return _coded(graph, code) if isinstance(graph, ox.NamedNode) else graph
