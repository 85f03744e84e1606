"""Resolve a name that somebody types to a node of a store; the rules are in `extractors.names.lookup`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.names.lookup import Entry, lookup, unknown_name
from kg import schema
from kg.errors import KGError
from kg.stores import Store

_RETURN = {"Paper": "n.id, n.title, [], 0"}
_EXACT = {
    "Paper": "n.id = $name OR n.key = $name OR $name IN n.ids OR n.title = $name OR n.arxiv = $bare OR n.doi = $bare "
    "OR n.url = $name"
}
_PREFIX = re.compile(r"(?:arxiv|doi):", re.IGNORECASE)
"""Of an identifier, as in the ids of papers; one that two papers claim is the id of neither."""


def resolve(store: Store, labels: Sequence[str], name: str) -> Entry:
    """The node of one of these labels that ``name`` means: a concept by any of its names, a paper by title or id.

    `KGError` suggests similar names where there is none.
    """
    exact = [entry for label in labels for entry in _entries(store, label, name)]
    if exact:
        _check_single(exact, name)
        return min(exact, key=lambda entry: (entry.id != name, -entry.papers, entry.id))
    entries = [entry for label in labels for entry in _entries(store, label)]
    found = lookup(name, entries)
    if not found:
        _check_type(store, labels, name)
        raise KGError(unknown_name(_kind(labels), name, entries))
    return found[0]


def _check_type(store: Store, labels: Sequence[str], name: str) -> None:
    """`KGError` where the name is that of something of another type."""
    wanted = labels[0] if len(labels) == 1 else _kind(labels)
    for label in (*schema.CONCEPT_LABELS, "Paper"):
        if label not in labels and (found := lookup(name, _entries(store, label))):
            raise KGError(f"{found[0].name!r} is a {label}; wanted is a {wanted}")


def _check_single(found: Sequence[Entry], name: str) -> None:
    """`KGError` where several papers have one name; their ids tell them apart."""
    papers = {entry.id: entry.name for entry in found if schema.label_of(entry.id) == "Paper"}
    if len(papers) > 1 and name not in papers:
        these = "; ".join(f"{identity} ({title})" for identity, title in sorted(papers.items()))
        raise KGError(f"{name!r} names {len(papers)} papers, give the id of one: {these}")


def _entries(store: Store, label: str, name: str | None = None) -> Iterator[Entry]:
    """All nodes of a label, or those whose id or name is exactly this, which the store finds by itself."""
    returned = _RETURN.get(label, "n.id, n.name, n.aliases, n.papers")
    where = f"WHERE {_EXACT.get(label, 'n.id = $name OR n.name = $name')} " if name is not None else ""
    parameters = {} if name is None else {"name": name}
    if name is not None and label == "Paper":
        parameters["bare"] = _PREFIX.sub("", name, count=1)
    for identity, title, forms, papers in store.run(f"MATCH (n:{label}) {where}RETURN {returned}", parameters).rows:
        yield Entry(identity, title or identity, tuple(forms or ()), papers or 0)


def _kind(labels: Sequence[str]) -> str:
    return labels[0].lower() if len(labels) == 1 else "concept" if set(labels) == set(schema.CONCEPT_LABELS) else "node"
