"""From a name that somebody types to the node it means: through aliases, case, hyphens and plural."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg import schema
from kg.errors import KGError
from kg.stores import Store

_SUGGESTIONS: Final = 3
_NEAR: Final = 70  # of 100; below, a suggestion is noise


@dataclass(frozen=True, slots=True)
class Named:
    """A node that has a name: a concept, or a paper by its title."""

    id: str
    label: str
    name: str
    forms: tuple[str, ...]
    papers: int


def resolve(store: Store, labels: Sequence[str], name: str) -> Named:
    """The node of one of these labels that ``name`` means, by id or by any form of its name.

    The closest way of writing wins, then what more papers mention. `KGError` suggests
    names that come near where there is none.
    """
    exact = [n for label in labels for n in _nodes(store, label, name)]
    if exact:
        return _best(exact, name)
    known = [n for label in labels for n in _nodes(store, label)]
    found = _same(known, name)
    if not found:
        raise KGError(f"unknown {_kind(labels)} {name!r}; {_suggest(known, name)}")
    return _best(found, name)


def _nodes(store: Store, label: str, name: str | None = None) -> Iterable[Named]:
    """All nodes of a label, or those whose id or name is exactly this."""
    if label == "Paper":
        returned = "n.id, n.title, [], 0"
        exact = "n.id = $name OR n.title = $name OR n.arxiv = $name OR n.doi = $name OR n.url = $name"
    else:
        returned = "n.id, n.name, n.aliases, n.papers"
        exact = "n.id = $name OR n.name = $name"
    where = f"WHERE {exact} " if name is not None else ""
    parameters = {} if name is None else {"name": name}
    for identity, title, forms, papers in store.run(f"MATCH (n:{label}) {where}RETURN {returned}", parameters).rows:
        yield Named(identity, label, title or identity, tuple(forms or ()), papers or 0)


def _same(known: Iterable[Named], name: str) -> list[Named]:
    """Those that have a form which is the name but for case, or else but for wording."""
    folded = name.casefold()
    by_case = [n for n in known if any(form.casefold() == folded for form in (n.id, n.name, *n.forms))]
    if by_case:
        return by_case
    from kg.assembly.keys import plain_words, squash

    key = squash(plain_words(name))
    return [n for n in known if key and any(squash(plain_words(form)) == key for form in (n.name, *n.forms))]


def _best(found: Iterable[Named], name: str) -> Named:
    folded = name.casefold()

    def rank(node: Named) -> tuple[bool, bool, bool, bool, int, str]:
        closeness = (node.id != name, node.name != name, name not in node.forms, node.name.casefold() != folded)
        return (*closeness, -node.papers, node.id)

    return min(found, key=rank)


def _suggest(known: Sequence[Named], name: str) -> str:
    from rapidfuzz import fuzz, process, utils

    forms = {form: node.name for node in known for form in (*node.forms, node.name)}
    near = process.extract(
        name, list(forms), scorer=fuzz.WRatio, processor=utils.default_process, limit=20, score_cutoff=_NEAR
    )
    names = list(dict.fromkeys(forms[form] for form, _, _ in near))[:_SUGGESTIONS]
    return f"did you mean {' or '.join(map(repr, names))}?" if names else "no name comes near it"


def _kind(labels: Sequence[str]) -> str:
    return labels[0].lower() if len(labels) == 1 else "concept" if set(labels) == set(schema.CONCEPT_LABELS) else "node"
