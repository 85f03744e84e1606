"""From what was read to concepts: which names are one, and which concept each mention names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kg.assembly.collect import Read
from kg.assembly.identify.homonyms import by_introduction
from kg.assembly.identify.identity import Identity
from kg.assembly.identify.senses import Senses, implied_senses, local_senses
from kg.assembly.identify.usage import Keyed, Use, key_all, split_types, usage
from kg.assembly.join import rules
from kg.assembly.join.clusters import Clusters
from kg.assembly.join.decisions import decide
from kg.assembly.join.typos import typos
from kg.assembly.overrides import Overrides


@dataclass(frozen=True, slots=True)
class Assigned:
    """An entity of a paper as concepts: its own, and the one that each of its forms names (same order)."""

    concept: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concepts:
    """The outcome. A concept is named by the root of its cluster of keys.

    ``assigned`` and ``keyed`` go paper by paper and entity by entity, ``locals`` paper by
    paper; ``members`` are a concept's keys, ``votes`` its types with the papers for each.
    ``unsettled`` are abbreviations with several readings, ``spelled`` gives for a key what
    its abbreviations are short for.
    """

    assigned: list[tuple[Assigned, ...]]
    keyed: list[tuple[Keyed, ...]]
    locals: list[dict[str, str]]
    clusters: Clusters
    uses: Mapping[str, Use]
    members: Mapping[str, list[str]]
    votes: Mapping[str, Counter[str]]
    unsettled: Mapping[tuple[str, str], Counter[str]]
    spelled: Mapping[str, str]


def resolve(reads: list[Read], overrides: Overrides) -> Concepts:
    """Decide what every entity and mention names."""
    locals_ = [local_senses(read) for read in reads]
    senses = Senses.of(reads, locals_)
    settled = senses.settled()
    for read, local in zip(reads, locals_, strict=True):
        for short, long in implied_senses(read, local, senses, settled).items():
            local[short] = long
    decisions = decide(overrides, settled)
    identity = Identity(settled, decisions.own)
    keyed = by_introduction(reads, split_types(reads, key_all(reads, locals_, identity)))
    uses = usage(reads, keyed)
    clusters = Clusters(decisions.apart)
    clusters.join_all(decisions.joins)
    clusters.join_all(rules.heads(uses, uses, identity))
    clusters.join_all(typos(keyed, uses))
    companions, apart = rules.companions(reads, keyed, uses, clusters)
    clusters.join_all(companions)
    uses |= apart
    clusters.join_all(rules.heads(apart, uses, identity))
    clusters.join_all(rules.often_one(reads, keyed, uses, clusters))
    members: dict[str, list[str]] = {}
    votes: dict[str, Counter[str]] = {}
    for key in sorted(uses):
        root = clusters.root(key)
        members.setdefault(root, []).append(key)
        votes.setdefault(root, Counter()).update(uses[key].types)
    assigned = [tuple(_assign(keys, uses, clusters) for keys in row) for row in keyed]
    return Concepts(
        assigned, keyed, locals_, clusters, uses, members, votes, senses.unsettled(settled), identity.spelled
    )


def _assign(keys: Keyed, uses: Mapping[str, Use], clusters: Clusters) -> Assigned:
    own = clusters.root(keys[0])
    forms = []
    for key in keys[1]:
        root = clusters.root(key)
        forms.append(root if key in uses or clusters.apart(own, root) else own)
    return Assigned(own, tuple(forms))
