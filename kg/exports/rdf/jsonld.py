"""Compact JSON-LD: short keys from a context, one node object on each line, selectors nested.

pyoxigraph's streaming JSON-LD is expanded (each key a full IRI, each value an object), so this
module has its own writer. It streams as well, with one node object in memory at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.exports.rdf import context
from kg.exports.rdf.nodes import DEFAULT, Object, Row
from kg.exports.rdf.terms import PREFIXES, prefixes

_BOOLEAN = PREFIXES["xsd"] + "boolean"
_INTEGER = PREFIXES["xsd"] + "integer"
_STRING = PREFIXES["xsd"] + "string"
_TYPE = PREFIXES["rdf"] + "type"


def write(found: Iterable[Row], path: Path, base: str) -> None:
    """Write rows as one JSON-LD document, its context included, so that it needs no network to read."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write('{"@context": ' + context.text(base) + ',\n"@graph": [')
        between = "\n"
        for line in _Compactor(base).lines(found):
            out.write(between + line)
            between = ",\n"
        out.write("\n]}\n")


class _Compactor:
    """Turns rows into node objects under the context of a base."""

    def __init__(self, base: str) -> None:
        spaces = {iri: prefix for prefix, iri in prefixes(base).items()}
        full = {name: _expand(name, base) for name in (*context.terms(), *context.classes())}
        self._base = base
        self._spaces = spaces
        self._classes = {full[name]: context.key(name) for name in context.classes()}
        self._keys = {full[name]: context.key(name) for name in context.terms()}
        self._definitions = {full[name]: definition for name, definition in context.terms().items()}
        self.iri = lru_cache(maxsize=1 << 12)(self._iri)

    def _iri(self, iri: str) -> str:
        """The IRI with a prefix, if the context has one for it."""
        if iri.startswith(self._base):
            end = iri.find("/", len(self._base)) + 1 or iri.find("#", len(self._base)) + 1
        else:
            end = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix, local = self._spaces.get(iri[:end]), iri[end:]
        return f"{prefix}:{local}" if prefix and not local.startswith("//") else iri

    def lines(self, found: Iterable[Row]) -> Iterator[str]:
        """One line for each node object of the default graph, one block for each named graph."""
        waiting: dict[str, Any] | None = None  # it may describe the named graph that follows
        for where, rows in groupby(found, key=lambda row: row[3]):
            if where == DEFAULT:
                for thing in self._things(rows):
                    if waiting is not None:
                        yield _json(waiting)
                    waiting = thing
                continue
            assert isinstance(where, ox.NamedNode), "graphs are named by IRIs"
            head = {"@id": self.iri(where.value)}
            if waiting is not None and waiting["@id"] == head["@id"]:
                head, waiting = waiting, None
            elif waiting is not None:
                yield _json(waiting)
                waiting = None
            inner = ",\n ".join(map(_json, self._things(rows)))
            yield f'{_json(head)[:-1]}, "@graph": [\n {inner}\n]}}'
        if waiting is not None:
            yield _json(waiting)

    def _things(self, rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
        """Node objects; one whose IRI extends that of the one before (``…#quote``) is nested in it."""
        current: dict[str, Any] | None = None
        whole = ""
        for subject, about in groupby(rows, key=lambda row: row[0].value):
            thing = self._thing(subject, about)
            if current is not None and subject.startswith(whole + "#") and _nest(current, thing):
                continue
            if current is not None:
                yield current
            current, whole = thing, subject
        if current is not None:
            yield current

    def _thing(self, subject: str, about: Iterable[Row]) -> dict[str, Any]:
        values: dict[str, list[Any]] = {}
        sets = set()
        for _, predicate, object_, _ in about:
            iri = predicate.value
            if iri == _TYPE:
                assert isinstance(object_, ox.NamedNode), "classes are IRIs"
                values.setdefault("@type", []).append(self._classes.get(object_.value) or self.iri(object_.value))
                continue
            key, definition = self._keys.get(iri) or self.iri(iri), self._definitions.get(iri, {})
            values.setdefault(key, []).append(self._value(object_, definition))
            if "@container" in definition:
                sets.add(key)
        plain = {key: all_ if len(all_) > 1 or key in sets else all_[0] for key, all_ in values.items()}
        return {"@id": self.iri(subject), **plain}

    def _value(self, term: Object, definition: dict[str, str]) -> Any:
        """The value in the short form that its key's definition allows, else in full."""
        type_, language = definition.get("@type"), definition.get("@language")
        if isinstance(term, ox.NamedNode):
            name = self.iri(term.value)
            return name if type_ == "@id" else {"@id": name}
        assert isinstance(term, ox.Literal), "JSON-LD has no triple terms"
        if term.language:
            return term.value if term.language == language else {"@value": term.value, "@language": term.language}
        kind = term.datatype.value
        if kind == _STRING:
            return {"@value": term.value} if type_ or language else term.value
        if kind == _INTEGER and not type_:
            return int(term.value)
        if kind == _BOOLEAN:
            return term.value == "true"
        name = self.iri(kind)
        return term.value if name == type_ else {"@value": term.value, "@type": name}


def _expand(prefixed: str, base: str) -> str:
    prefix, _, name = prefixed.partition(":")
    return prefixes(base)[prefix] + name


def _nest(whole: dict[str, Any], part: dict[str, Any]) -> bool:
    """Replace the reference to a part by the part; False if there is no reference."""
    for key, value in whole.items():
        if key != "@id" and value == part["@id"]:
            whole[key] = part
            return True
        if isinstance(value, list) and part["@id"] in value:
            value[value.index(part["@id"])] = part
            return True
    return False


def _json(thing: dict[str, Any]) -> str:
    return json.dumps(thing, ensure_ascii=False)
