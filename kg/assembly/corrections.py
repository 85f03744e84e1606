"""A person's corrections: claims that are rejected, concepts that are left out or of another type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from extractors.names.keys import name_key
from kg import schema
from kg.assembly.names import TYPES
from kg.assembly.overrides import Overrides
from kg.assembly.resolution import Concepts

Rejected = tuple[str, int, int]
"""A relationship type and the numbers of two concepts."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """What was decided of concepts, by their numbers.

    ``rejected`` has the papers whose claim is rejected, by id or key; an empty one means all.
    """

    dropped: frozenset[int] = frozenset()
    rejected: Mapping[Rejected, frozenset[str]] = field(default_factory=dict)
    said: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """What is told of a concept, in words."""

    def of_paper(self, paper: str, key: str) -> tuple[Rejected, ...]:
        """The claims of a paper that are rejected."""
        return tuple(claim for claim, papers in self.rejected.items() if papers & {"", paper, key})


def correct(concepts: Concepts, overrides: Overrides) -> Corrections:
    """Find the concepts that the overrides speak of, and give those their types that have another.

    A correction of what no paper names has no effect; `kg.assembly.idle` tells of it.
    """
    said: dict[int, list[str]] = defaultdict(list)
    for kind, name, wanted in sorted(overrides.types):
        concept = find(concepts, kind, name)
        if concept is not None:
            concepts.votes[concept] = [int(other == wanted) for other in TYPES]
            said[concept].append(f"a {wanted}, not a {kind}, by an override")
    dropped = {concept for kind, name in overrides.dropped if (concept := find(concepts, kind, name)) is not None}
    for concept in dropped:
        said[concept].append("left out of the graph by an override")
    rejected: dict[Rejected, set[str]] = defaultdict(set)
    for relation, head, tail, paper in sorted(overrides.rejected):
        for first, second in schema.RELATIONSHIP_TYPES[relation].endpoints:
            start, end = find(concepts, first, head), find(concepts, second, tail)
            if start is None or end is None:
                continue
            rejected[relation, start, end].add(paper)
            if schema.RELATIONSHIP_TYPES[relation].symmetric:
                rejected[relation, end, start].add(paper)
            where = f" of {paper}" if paper else ""
            for concept in {start, end}:
                said[concept].append(f"the claim {head} {relation} {tail}{where} is rejected by an override")
    return Corrections(
        frozenset(dropped),
        {claim: frozenset(papers) for claim, papers in rejected.items()},
        {concept: tuple(lines) for concept, lines in said.items()},
    )


def find(concepts: Concepts, kind: str, name: str) -> int | None:
    """The concept of this type that papers call so."""
    for key in (concepts.identity.key(name, kind), name_key(name)):
        concept = concepts.of_key(key)
        if concept is not None and concepts.label(concept) == kind:
            return concept
    return None
