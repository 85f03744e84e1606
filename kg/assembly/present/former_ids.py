"""The ids that concepts would have without a person's decisions, so that what was linked before is still found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np

from extractors.names.disjoint_sets import DisjointSets
from kg.assembly.join.decisions import OVERRIDE
from kg.assembly.names import TYPES
from kg.assembly.overrides import Overrides
from kg.assembly.present.concept_names import ConceptNames, id_of
from kg.assembly.resolution import Concepts
from kg.schema import CONCEPT_LABELS


def former_ids(concepts: Concepts, shown: ConceptNames, overrides: Overrides) -> Mapping[int, tuple[str, ...]]:
    """For each concept that an override joined or gave another type, the other ids that it or its parts had before."""
    named = [(kind, name) for kind, *pair in overrides.same for name in pair]
    named += [(kind, name) for kind, name, _ in overrides.types]
    touched = {concepts.of_key(concepts.identity.key(name, kind)) for kind, name in named} - {None}
    if not touched:
        return {}
    taken = set(shown.ids)  # as large as the graph
    found = {}
    for concept in sorted(concept for concept in touched if concept is not None):
        before = {_id(part, concepts) for part in _parts(concept, concepts) if concepts.usage.is_used[part].any()}
        if former := tuple(sorted(before - taken)):
            found[concept] = former
    return found


def _parts(concept: int, concepts: Concepts) -> Iterator[list[int]]:
    """The keys of a concept, those together that no override joined."""
    members = concepts.members[concept].tolist()
    sets = DisjointSets[int]()
    for join in concepts.clusters.joins:
        if join.rule != OVERRIDE and join.left in members and join.right in members:
            sets.union(join.left, join.right)
    parts: dict[int, list[int]] = defaultdict(list)
    for key in members:
        parts[sets.find(key)].append(key)
    yield from parts.values()


def _id(keys: list[int], concepts: Concepts) -> str:
    """The id of a concept that has these keys."""
    votes = dict(zip(TYPES, np.sum(concepts.usage.types[keys], axis=0).tolist(), strict=True))
    label = max(CONCEPT_LABELS, key=lambda kind: votes[kind])
    following = {join.right for join in concepts.clusters.joins if join.rule != OVERRIDE}
    return id_of(keys, [key for key in keys if key not in following] or keys, label, concepts)
