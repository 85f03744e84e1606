"""What a publisher says of a graph: title, licence, publisher and dates, from a YAML or JSON file."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import yaml

from kg.atomic import read_text
from kg.errors import KGError
from kg.exports.rdf import terms
from kg.exports.rdf.nodes import GraphName, Row
from kg.exports.rdf.terms import Names

_IRIS: Final = ("license", "creator", "homepage")
_DATES: Final = ("issued", "modified")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is said of the whole graph.

    ``license``, ``creator`` and ``homepage`` are IRIs, ``publisher`` is an IRI or a name. ``issued``
    and ``modified`` are dates (2026-01-31); ``version`` is the publisher's own.
    """

    title: str = ""
    description: str = ""
    license: str = ""
    publisher: str = ""
    creator: str = ""
    issued: str = ""
    modified: str = ""
    version: str = ""
    homepage: str = ""

    @classmethod
    def read(cls, path: str | Path) -> Metadata:
        """From a file of ``name: value`` lines (YAML) or a JSON object; `KGError` names what is wrong, and the file."""
        try:
            found = yaml.safe_load(read_text(path))
        except yaml.YAMLError as error:
            raise KGError(f"{path}: neither YAML nor JSON ({' '.join(str(error).split())})") from error
        if not isinstance(found, Mapping) or not found:
            raise KGError(f"{path}: needs lines such as `title: My field`")
        valid = [field.name for field in fields(cls)]
        if "licence" in found and "license" not in found:
            found = {"license" if name == "licence" else name: value for name, value in found.items()}
        for name, value in found.items():
            if name not in valid:
                raise KGError(f"{path}: unknown {name!r}; there are {', '.join(valid)}")
            _check(str(name), value, path)
        return cls(**{name: str(value) for name, value in found.items()})

    def rows(self, subject: ox.NamedNode, names: Names, where: GraphName, *, own: bool = True) -> Iterator[Row]:
        """All of it about ``subject``; with ``own`` False without title and description, which are the whole's."""
        texts = {"title": "dcterms:title", "description": "dcterms:description", "version": "schema:version"}
        for name, term in texts.items() if own else ():
            if value := getattr(self, name):
                yield subject, names.term(term), terms.plain(value), where
        for name, term in {"license": "dcterms:license", "creator": "dcterms:creator", "homepage": "foaf:page"}.items():
            if value := getattr(self, name):
                yield subject, names.term(term), ox.NamedNode(value), where
        for name in _DATES:
            if value := getattr(self, name):
                yield subject, names.term(f"dcterms:{name}"), ox.Literal(value, datatype=names.term("xsd:date")), where
        if self.publisher:
            yield from self._publisher(subject, names, where)

    def _publisher(self, subject: ox.NamedNode, names: Names, where: GraphName) -> Iterator[Row]:
        """The publisher by its IRI, or by its name under an IRI of ours."""
        known = _is_iri(self.publisher)
        agent = ox.NamedNode(self.publisher if known else names.base + "publisher")
        yield subject, names.term("dcterms:publisher"), agent, where
        if not known:
            yield agent, names.term("rdf:type"), names.term("foaf:Agent"), where
            yield agent, names.term("foaf:name"), terms.plain(self.publisher), where


NONE: Final = Metadata()
"""A graph of which nobody has said anything."""


def _check(name: str, value: Any, path: str | Path) -> None:
    if not isinstance(value, str | int | float | datetime.date) or isinstance(value, bool):
        raise KGError(f"{path}: {name} is one value, not {type(value).__name__}")
    if name in _IRIS and not _is_iri(str(value)):
        raise KGError(
            f"{path}: {name} {value!r} is not an address such as https://creativecommons.org/licenses/by/4.0/"
        )
    if name in _DATES:
        try:
            datetime.date.fromisoformat(str(value))
        except ValueError as error:
            raise KGError(f"{path}: {name} {str(value)!r} is not a date such as 2026-01-31") from error


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True
