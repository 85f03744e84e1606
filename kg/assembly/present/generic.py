"""Generic concepts, which tie unrelated papers together: accuracy, error, classification, neural network.

No list says which these are, the papers do. For a concept that is written as a common noun three things are measured:

- *spread*: how much likelier two papers that mention it share another concept than any two papers do. For
  ``accuracy`` that is twice, for ``BLEU`` twenty times. Shared concepts count by their rarity, and few pairs of
  papers count less than the usual value, `_USUAL`.
- *vagueness*: the share of its mentions in vague contexts (`kg.assembly.vague`).
- *heads*: how many other names end in it (``error``: test error, reconstruction error, ...), for each of its papers.

The weights and the threshold were set by reading the concepts of 5,000 annotated and of 2,800 extracted abstracts in
the order of their scores.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Final

from kg.assembly.collect import CollectedPaper
from kg.assembly.present.concept_names import ConceptName
from kg.assembly.resolution import Concepts

_FEWEST: Final = 5  # papers; what fewer mention ties nothing together
_USUAL: Final = 8.0  # the usual spread of a concept
_WEIGHT_OF_USUAL: Final = 190  # pairs of papers that the usual spread counts as: those of twenty papers
_USUAL_VAGUE: Final = 0.12  # share of mentions
_WEIGHT_OF_VAGUE: Final = 5  # mentions
_VAGUE: Final = 2.5
_HEADS: Final = 0.5
_THRESHOLD: Final = -0.65


def generic_concepts(
    papers: list[CollectedPaper], concepts: Concepts, named: Mapping[str, ConceptName]
) -> frozenset[str]:
    """The concepts (roots, as in ``named``) that the papers show to be generic."""
    mentioned: dict[str, list[int]] = defaultdict(list)
    vague: Counter[str] = Counter()
    mentions: Counter[str] = Counter()
    together: list[set[str]] = []
    for number, (collected, assigned) in enumerate(zip(papers, concepts.assigned, strict=True)):
        together.append({found.concept for found in assigned})
        for concept in together[-1]:
            mentioned[concept].append(number)
        for entity, found in zip(collected.entities, assigned, strict=True):
            vague[found.concept] += entity.vague
            mentions[found.concept] += sum(count for _, count in entity.forms)
    heads = _heads(named)
    spread = _Spread(mentioned, together)
    return frozenset(
        concept
        for concept, numbers in mentioned.items()
        if len(numbers) >= _FEWEST
        and (name := named[concept].name)[1:].islower()
        and _VAGUE * _smoothed(vague[concept], mentions[concept])
        + _HEADS * math.log1p(heads[name.lower()] / len(numbers))
        - math.log(spread.of(concept))
        > _THRESHOLD
    )


def _smoothed(vague: int, mentions: int) -> float:
    return (vague + _USUAL_VAGUE * _WEIGHT_OF_VAGUE) / (mentions + _WEIGHT_OF_VAGUE)


def _heads(named: Mapping[str, ConceptName]) -> Counter[str]:
    """How many longer names end in each name."""
    names = {shown.name.lower() for shown in named.values()}
    counts: Counter[str] = Counter()
    for shown in named.values():
        words = shown.name.lower().split()
        endings = (" ".join(words[place:]) for place in range(1, len(words)))
        counts.update(ending for ending in endings if ending in names)
    return counts


class _Spread:
    """How much likelier papers that mention a concept share another one than any papers do."""

    def __init__(self, mentioned: Mapping[str, list[int]], together: list[set[str]]) -> None:
        self._mentioned, self._together = mentioned, together
        # A shared concept counts 1 / its papers; over all pairs that sums to (its papers - 1) / 2 for each concept.
        shared = sum((len(numbers) - 1) / 2 for numbers in mentioned.values())
        self._usual = shared / max(_pairs(len(together)), 1)

    def of(self, concept: str) -> float:
        """The spread of a concept, 1 if its papers are as different as any."""
        numbers = self._mentioned[concept]
        beside = Counter(other for number in numbers for other in self._together[number])
        del beside[concept]
        shared = sum(_pairs(n) / len(self._mentioned[other]) for other, n in sorted(beside.items()) if n > 1)
        expected = self._usual * (_pairs(len(numbers)) + _WEIGHT_OF_USUAL)
        return (shared + _USUAL * self._usual * _WEIGHT_OF_USUAL) / expected if expected else _USUAL


def _pairs(number: int) -> int:
    return number * (number - 1) // 2
