"""From what was read to concepts: which names are one, and which concept each mention names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.assembly.clusters import Clusters, Join
from kg.assembly.collect import Named, Read
from kg.assembly.heads import without_head
from kg.assembly.identity import Identity, Senses, local_senses, short_key
from kg.assembly.keys import Words, squash
from kg.assembly.knowledge import GROUPS
from kg.assembly.overrides import Overrides


@dataclass(slots=True)
class Usage:
    """How a key is used over all papers."""

    types: Counter[str] = field(default_factory=Counter)
    anchors: int = 0
    words: Words = ()


@dataclass(frozen=True, slots=True)
class Assigned:
    """An entity of a paper as concepts: its own, and the one that each of its forms names (same order)."""

    concept: str
    forms: tuple[str, ...]


@dataclass(slots=True)
class Concepts:
    """The outcome: per paper its entities' concepts, and the clusters with their reasons."""

    assigned: list[tuple[Assigned, ...]]
    clusters: Clusters
    words: dict[str, Words]
    labels: dict[str, Counter[str]]


Keyed = tuple[str, tuple[str, ...]]
"""An entity's key and its forms' keys."""


def resolve(papers: list[Read], overrides: Overrides) -> Concepts:
    """Decide what every entity and mention names."""
    locals_ = [local_senses(read) for read in papers]
    identity = Identity(_senses(papers, locals_).settled())
    keyed: list[tuple[Keyed, ...]] = []
    usage: dict[str, Usage] = defaultdict(Usage)
    for read, local in zip(papers, locals_, strict=True):
        row = tuple(_keys(entity, identity, local) for entity in read.entities)
        keyed.append(row)
        for entity, (anchor, _) in zip(read.entities, row, strict=True):
            use = usage[anchor]
            use.types[entity.type] += 1
            use.anchors += 1
            if not use.words:
                use.words = identity.analysis(entity.name, entity.type, local)[1]
    clusters = Clusters()
    _join_forms(papers, keyed, usage, clusters)
    _join_heads(usage, clusters)
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for key, use in usage.items():
        labels[clusters.root(key)].update(use.types)
    assigned = [tuple(_assign(anchor, forms, usage, clusters) for anchor, forms in row) for row in keyed]
    return Concepts(assigned, clusters, {k: u.words for k, u in usage.items()}, labels)


def _senses(papers: list[Read], locals_: Iterable[dict[str, str]]) -> Senses:
    senses = Senses()
    for read, local in zip(papers, locals_, strict=True):
        if local:
            groups = {short_key(f): GROUPS[e.type] for e in read.entities for f, _ in e.forms}
            for short, long in sorted(local.items()):
                senses.add(short, groups.get(short, ""), long)
    return senses


def _keys(entity: Named, identity: Identity, local: dict[str, str]) -> Keyed:
    forms = tuple(identity.key(form, entity.type, local) for form, _ in entity.forms)
    return identity.key(entity.name, entity.type, local), forms


def _join_forms(
    papers: list[Read], keyed: list[tuple[Keyed, ...]], usage: dict[str, Usage], clusters: Clusters
) -> None:
    """Forms that only ever name one entity's concept belong to it."""
    owners: dict[str, set[str]] = defaultdict(set)
    where: dict[str, tuple[str, str]] = {}
    for read, row in zip(papers, keyed, strict=True):
        for entity, (anchor, forms) in zip(read.entities, row, strict=True):
            for (form, _), key in zip(entity.forms, forms, strict=True):
                if key != anchor and key not in usage:
                    owners[key].add(anchor)
                    where.setdefault(key, (read.id, f"{entity.name} = {form}"))
    for key, anchors in sorted(owners.items()):
        if len(anchors) == 1:
            clusters.join(Join(min(anchors), key, "one entity in its paper", (where[key],)))


def _join_heads(usage: dict[str, Usage], clusters: Clusters) -> None:
    for key, use in sorted(usage.items()):
        kind = max(use.types, key=lambda t: (use.types[t], t))
        rest = without_head(use.words, kind, proper=False)
        if rest is not None and squash(rest) in usage:
            clusters.join(Join(squash(rest), key, "generic word at the end", ()))


def _assign(anchor: str, forms: tuple[str, ...], usage: dict[str, Usage], clusters: Clusters) -> Assigned:
    own = clusters.root(anchor)
    return Assigned(own, tuple(clusters.root(key) if key in usage else own for key in forms))
