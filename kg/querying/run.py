"""Running a query on a store: parameters are converted to their types, and names to the ids of nodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from kg import schema
from kg.errors import KGError
from kg.querying import saved
from kg.querying.resolve import resolve
from kg.querying.saved import SavedQuery
from kg.stores import Store
from kg.table import Table


def run(
    store: Store,
    query: SavedQuery | str,
    parameters: Mapping[str, Any] | None = None,
    linked: Mapping[str, str] = MappingProxyType({}),
) -> Table:
    """The rows that a query returns from a store.

    ``query`` is a saved query, its name, the path of a ``.cypher`` file, or Cypher text (recognized
    by a space in it). Parameters may be text as typed on a command line; the others have their
    default values. ``linked`` gives the ids of concepts by further names, in lower case. `KGError` says what is
    unknown and what is valid.
    """
    found = query if isinstance(query, SavedQuery) else _find(query)
    values = arguments(store, found, parameters or {}, linked)
    rows = store.run(found.statement(store.engine), values)
    return replace(rows, ids=saved.id_columns(rows.columns)) if saved.is_own(found) else rows


def _find(query: str) -> SavedQuery:
    if not query.strip().endswith(saved.SUFFIX) and len(query.split()) > 1:
        return saved.from_text(query)
    return saved.find(query)


def arguments(
    store: Store, query: SavedQuery, given: Mapping[str, Any], linked: Mapping[str, str] = MappingProxyType({})
) -> dict[str, Any]:
    """The values to run a query with: those given, converted to their types, and the defaults of the others."""
    if query.free:
        return _free_arguments(query, given)
    declared = {p.name: p for p in query.parameters}
    for name in given:
        if name not in declared:
            valid = ", ".join(declared) or "none"
            raise KGError(f"{query.name} has no parameter {name!r}; it has {valid}")
    if saved.is_own(query):
        saved.check_given(query, given)
    values: dict[str, Any] = {}
    for name, parameter in declared.items():
        value = given.get(name, parameter.default)
        if parameter.type in saved.NAME_TYPES:
            values[name] = _node(store, parameter.type, name, value, linked)
        else:
            values[name] = _value(parameter.type, name, value)
    return values


def _free_arguments(query: SavedQuery, given: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of a query that declares none: all must be given, and what looks like a number is one."""
    missing = sorted(query.used() - given.keys())
    if missing:
        raise KGError(f"no value for parameter {', '.join(missing)}; give it with -p NAME=VALUE")
    return {name: _guess(name, value) if isinstance(value, str) else value for name, value in given.items()}


def _guess(name: str, text: str) -> Any:
    for kind in ("integer", "float", "boolean"):
        try:
            return _value(kind, name, _READERS[kind](text))
        except ValueError:
            continue
    return text


def _boolean(text: str) -> bool:
    try:
        return {"true": True, "yes": True, "false": False, "no": False}[text.lower()]
    except KeyError:
        raise ValueError(text) from None


_READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "string": str,
    "integer": int,
    "float": float,
    "boolean": _boolean,
}


_INTEGERS: Final = 2**63
"""The engines' integers are smaller."""
_ARTICLES: Final = {"string": "a", "integer": "an", "float": "a", "boolean": "a"}
_KINDS: Final = {str: "string", int: "integer", float: "float", bool: "boolean"}


def _value(kind: str, name: str, value: Any) -> Any:
    """A value, converted from text if it is text."""
    kind = _KINDS[saved.PLAIN_TYPES[kind]]
    if isinstance(value, str):
        try:
            value = _READERS[kind](value.strip() if kind != "string" else value)
        except ValueError:
            raise KGError(f"parameter {name}: {value!r} is not {_ARTICLES[kind]} {kind}") from None
    if type(value) is int and not -_INTEGERS <= value < _INTEGERS:
        raise KGError(f"parameter {name}: {str(value)[:20]} is too large")
    if kind == "float" and type(value) is int:
        return float(value)
    if type(value) is not saved.PLAIN_TYPES[kind]:
        raise KGError(f"parameter {name}: {value!r} is not {_ARTICLES[kind]} {kind}")
    return value


def _linked_node(store: Store, known: str, name: str, text: str) -> str:
    """An id that a name is linked to; `KGError` where the graph does not have it any more."""
    label = schema.label_of(known)
    if not store.run(f"MATCH (n:{label}) WHERE n.id = $id RETURN n.id", {"id": known}).rows:
        raise KGError(
            f"parameter {name}: {text!r} is linked to {known}, which the graph has no more; run `kg link` again"
        )
    return known


def _node(store: Store, kind: str, name: str, value: Any, linked: Mapping[str, str]) -> str:
    """The id of the node that a name means; an empty name stays empty, which means any in queries."""
    if not isinstance(value, str):
        raise KGError(f"parameter {name}: {value!r} is not a name")
    text = value.strip()
    try:
        return resolve(store, saved.NAME_TYPES[kind], text).id if text else ""
    except KGError as error:
        known = linked.get(text.casefold())
        if known is not None and schema.label_of(known) in saved.NAME_TYPES[kind]:
            return _linked_node(store, known, name, text)
        raise KGError(f"parameter {name}: {error}") from error
