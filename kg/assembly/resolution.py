"""Entity resolution over all papers: which names are one concept, and which concept each mention names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from extractors.names.keys import Words
from kg.assembly.identify.homonyms import by_introduction
from kg.assembly.identify.identity import Identity
from kg.assembly.identify.keyed import key_names, split_types
from kg.assembly.identify.usage import Usage
from kg.assembly.join import rules
from kg.assembly.join.clusters import Clusters
from kg.assembly.join.decisions import decide
from kg.assembly.join.typos import typos
from kg.assembly.join.wordings import wordings
from kg.assembly.names import TYPES, Names
from kg.assembly.numbering import Ints, Rows, position_in
from kg.assembly.overrides import Overrides
from kg.schema import CONCEPT_LABELS


@dataclass(slots=True)
class Concepts:
    """The result of resolution. Concepts are numbers, in the order of their ``roots``, the first key of each.

    ``of_entity`` and ``of_form``: the concept of every entity and of every form of one. ``votes``: how many
    entities of each of `names.TYPES` a concept has. ``members``: the keys of a concept. ``unsettled``:
    abbreviations with several readings. ``identity``: what a name means where its paper does not say.
    """

    usage: Usage
    clusters: Clusters
    roots: Ints
    of_entity: Ints
    of_form: Ints
    votes: Ints
    members: Rows
    unsettled: Mapping[tuple[str, str], Counter[str]]
    identity: Identity

    @property
    def spelled(self) -> Mapping[str, str]:
        """The long form of a key made from an abbreviation."""
        return self.identity.spelled

    def of_key(self, key: str) -> int | None:
        """The concept that a key belongs to, None if there is none."""
        number = self.usage.keys.find(key)
        if number is None:
            return None
        return self.of_root(self.clusters.root(number))

    def of_root(self, root: int) -> int | None:
        """The concept of this root, None if there is none."""
        place = position_in(self.roots, root)
        return place if place < len(self.roots) and self.roots[place] == root else None

    def label(self, concept: int) -> str:
        """The type that most papers give a concept."""
        votes = dict(zip(TYPES, self.votes[concept].tolist(), strict=True))
        return max(CONCEPT_LABELS, key=lambda kind: votes[kind])

    def words(self, form: str, kind: str) -> Words | None:
        """The words of the name that a form of an entity of type ``kind`` stands for, None if no paper uses it."""
        number = self.usage.find(self.identity.key(form, kind))
        return None if number is None else self.usage.words(number)


def resolve(names: Names, overrides: Overrides) -> Concepts:
    """Resolve every entity and mention of the papers to a concept. Names can be resolved once."""
    senses = names.forget_senses()
    settled = senses.settled()
    unsettled = senses.unsettled(settled)
    decisions = decide(overrides, settled)
    identity = Identity(settled, decisions.own)
    keyed = key_names(names, senses, settled, identity)
    del senses  # hundreds of bytes for each abbreviation that is defined anywhere
    split_types(names, keyed)
    by_introduction(names, keyed)
    usage = Usage(names, keyed, decisions.keys())
    joins, apart = decisions.numbered(usage.keys)
    clusters = Clusters(apart)
    clusters.join_all(joins)
    _join(usage, clusters, identity)
    return _concepts(usage, clusters, unsettled, identity)


def _join(usage: Usage, clusters: Clusters, identity: Identity) -> None:
    """Make the joins of all rules, one rule after the other."""
    clusters.join_all(rules.heads(usage, usage, identity))
    clusters.join_all(rules.fuller(usage, identity))
    clusters.join_all(typos(usage))
    clusters.join_all(list(wordings(usage, clusters)))
    companions, added = rules.companions(usage, clusters)
    clusters.join_all(companions)
    clusters.join_all(rules.heads(added, usage, identity))
    clusters.join_all(rules.often_one(usage, clusters))


def _concepts(
    usage: Usage,
    clusters: Clusters,
    unsettled: Mapping[tuple[str, str], Counter[str]],
    identity: Identity,
) -> Concepts:
    number = len(usage.keys)
    root = clusters.roots(number)
    used = np.flatnonzero(usage.is_used)
    roots = np.unique(root[used])
    concept = np.full(number, -1, np.int32)
    concept[used] = np.searchsorted(roots, root[used])
    votes = np.zeros((len(roots), len(TYPES)), np.int32)
    np.add.at(votes, concept[used], usage.types[used])
    of_entity = concept[usage.own]
    of_form = concept[usage.form_key]
    unused = np.flatnonzero(of_form < 0)  # their keys are no concept's
    of_form[unused] = of_entity[usage.names.entity_of_forms()[unused]]
    members = Rows.grouped(concept[used], used, len(roots))
    return Concepts(usage, clusters, roots, of_entity, of_form, votes, members, unsettled, identity)
