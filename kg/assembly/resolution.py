"""Entity resolution over all papers: which names are one concept, and which concept each mention names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kg.assembly.collect import CollectedPaper
from kg.assembly.identify.homonyms import by_introduction
from kg.assembly.identify.identity import Identity
from kg.assembly.identify.senses import Senses, defined_senses, implied_senses
from kg.assembly.identify.usage import EntityKeys, Use, keys_of_entities, split_types, usage
from kg.assembly.join import rules
from kg.assembly.join.clusters import Clusters
from kg.assembly.join.decisions import decide
from kg.assembly.join.typos import typos
from kg.assembly.join.wordings import wordings
from kg.assembly.overrides import Overrides


@dataclass(frozen=True, slots=True)
class EntityConcepts:
    """The concept of an entity of a paper, and the concept that each of its forms names (in the same order)."""

    concept: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concepts:
    """The result of resolution. A concept is identified by the root of its cluster of keys.

    ``assigned`` and ``keyed``: concepts and keys by paper and entity. ``senses_by_paper``: what
    abbreviations mean in each paper. ``members``: the keys of a concept. ``votes``: its types with the
    number of papers for each. ``unsettled``: abbreviations with several readings. ``spelled``: the long
    form of a key that was made from an abbreviation.
    """

    assigned: list[tuple[EntityConcepts, ...]]
    keyed: list[tuple[EntityKeys, ...]]
    senses_by_paper: list[dict[str, str]]
    clusters: Clusters
    uses: Mapping[str, Use]
    members: Mapping[str, list[str]]
    votes: Mapping[str, Counter[str]]
    unsettled: Mapping[tuple[str, str], Counter[str]]
    spelled: Mapping[str, str]


def resolve(collected_papers: list[CollectedPaper], overrides: Overrides) -> Concepts:
    """Resolve every entity and mention of the papers to a concept."""
    senses_by_paper = [defined_senses(collected) for collected in collected_papers]
    senses = Senses.of(collected_papers, senses_by_paper)
    settled = senses.settled()
    for collected, local in zip(collected_papers, senses_by_paper, strict=True):
        for short, long in implied_senses(collected, local, senses, settled).items():
            local[short] = long
    decisions = decide(overrides, settled)
    identity = Identity(settled, decisions.own)
    keyed = by_introduction(
        collected_papers, split_types(collected_papers, keys_of_entities(collected_papers, senses_by_paper, identity))
    )
    uses = usage(collected_papers, keyed)
    clusters = Clusters(decisions.apart)
    clusters.join_all(decisions.joins)
    clusters.join_all(rules.heads(uses, uses, identity))
    clusters.join_all(typos(keyed, uses))
    clusters.join_all(list(wordings(uses, keyed, clusters)))
    companions, apart = rules.companions(collected_papers, keyed, uses, clusters)
    clusters.join_all(companions)
    uses |= apart
    clusters.join_all(rules.heads(apart, uses, identity))
    clusters.join_all(rules.often_one(collected_papers, keyed, uses, clusters))
    members: dict[str, list[str]] = {}
    votes: dict[str, Counter[str]] = {}
    for key in sorted(uses):
        root = clusters.root(key)
        members.setdefault(root, []).append(key)
        votes.setdefault(root, Counter()).update(uses[key].types)
    assigned = [tuple(_assign(keys, uses, clusters) for keys in row) for row in keyed]
    return Concepts(
        assigned, keyed, senses_by_paper, clusters, uses, members, votes, senses.unsettled(settled), identity.spelled
    )


def _assign(keys: EntityKeys, uses: Mapping[str, Use], clusters: Clusters) -> EntityConcepts:
    own = clusters.root(keys[0])
    forms = []
    for key in keys[1]:
        root = clusters.root(key)
        forms.append(root if key in uses or clusters.apart(own, root) else own)
    return EntityConcepts(own, tuple(forms))
