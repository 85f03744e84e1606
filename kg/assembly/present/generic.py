"""Generic concepts, which tie unrelated papers together: accuracy, error, classification, neural network.

No list says which these are, but for names that say no more than that something learns (`says_little`): deep learning,
fully-supervised models. Of the others the papers do. For a concept that is written as a common noun three things are
measured:

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
from collections import Counter
from collections.abc import Set
from dataclasses import dataclass
from typing import Final

import numpy as np

from extractors.names.keys import name_words
from kg.assembly.names import Names
from kg.assembly.numbering import Ints, Rows, starts_of
from kg.assembly.present.concept_names import ConceptNames
from kg.assembly.resolution import Concepts

_FEWEST: Final = 5  # papers; what fewer mention ties nothing together
_USUAL: Final = 8.0  # the usual spread of a concept
_WEIGHT_OF_USUAL: Final = 190  # pairs of papers that the usual spread counts as: those of twenty papers
_USUAL_VAGUE: Final = 0.12  # share of mentions
_WEIGHT_OF_VAGUE: Final = 5  # mentions
_VAGUE: Final = 2.5
_HEADS: Final = 0.5
_THRESHOLD: Final = -0.65
_LEARNING: Final = frozenset(
    {"deep", "machine", "neural", "network", "learning", "learned", "artificial", "intelligence", "datadriven"}
    | {"based", "end", "to", "loss", "function"}
)
_METHODS: Final = frozenset(
    {"model", "method", "approach", "algorithm", "framework", "technique", "system", "architecture", "solution"}
    | {"baseline", "competitor", "counterpart"}
)
_QUALIFYING: Final = frozenset(
    {"supervised", "unsupervised", "fully", "weakly", "semisupervised", "self", "traditional", "conventional"}
    | {"classical", "existing", "previous", "prior", "recent", "modern", "state", "art", "baseline"}
)
"""Words that say little before one of `_METHODS`; supervised learning is something, supervised methods are any."""


def says_little(name: str) -> bool:
    """Whether a name says no more than that something learns, or is a method.

    >>> [says_little(name) for name in ("deep learning", "fully-supervised models", "supervised learning")]
    [True, True, False]
    """
    *before, last = name_words(name) or ("",)
    ends = last in _METHODS
    return (ends or last in _LEARNING) and all(word in _LEARNING or (ends and word in _QUALIFYING) for word in before)


def generic_concepts(names: Names, concepts: Concepts, shown: ConceptNames) -> frozenset[int]:
    """The concepts that their names or the papers show to be generic."""
    number = len(shown)
    together = _Together.of(names, concepts.of_entity, number)
    vague = np.bincount(concepts.of_entity, names.vague, number).astype(np.int64)
    mentions = np.bincount(concepts.of_entity, names.mentions, number).astype(np.int64)
    papers = together.counts
    found = [c for c in np.flatnonzero(papers >= _FEWEST).tolist() if shown.names[c][1:].islower()]
    heads = _heads(shown, {shown.names[concept].lower() for concept in found})
    usual = together.usual()
    by_name = (c for c in range(number) if shown.labels[c] in ("Method", "Task") and says_little(shown.names[c]))
    return frozenset(by_name) | frozenset(
        concept
        for concept in found
        if _VAGUE * _smoothed(int(vague[concept]), int(mentions[concept]))
        + _HEADS * math.log1p(heads[shown.names[concept].lower()] / int(papers[concept]))
        - math.log(together.spread(concept, usual))
        > _THRESHOLD
    )


def _smoothed(vague: int, mentions: int) -> float:
    return (vague + _USUAL_VAGUE * _WEIGHT_OF_VAGUE) / (mentions + _WEIGHT_OF_VAGUE)


def _heads(shown: ConceptNames, wanted: Set[str]) -> Counter[str]:
    """How many longer names end in each wanted name."""
    counts: Counter[str] = Counter()
    for name in shown.names:
        words = name.lower().split()
        endings = (" ".join(words[place:]) for place in range(1, len(words)))
        counts.update(ending for ending in endings if ending in wanted)
    return counts


@dataclass(frozen=True, slots=True)
class _Together:
    """The papers of each concept, and the concepts of each paper, both without repetition."""

    papers: Rows
    concepts: Rows
    counts: Ints
    """How many papers mention each concept."""

    @classmethod
    def of(cls, names: Names, concept_of_entity: Ints, number: int) -> _Together:
        size = max(len(names), 1)
        pairs = np.unique(concept_of_entity.astype(np.int64) * size + names.paper_of_entities())
        concept, paper = (pairs // size).astype(np.int32), (pairs % size).astype(np.int32)
        papers = Rows(starts_of(concept, number), paper)
        return cls(papers, Rows.grouped(paper, concept, len(names)), np.diff(papers.starts))

    def usual(self) -> float:
        """What two papers share on average.

        A shared concept counts 1 / its papers; over all pairs that sums to (its papers - 1) / 2 for each concept.
        """
        return float(((self.counts - 1) / 2).sum()) / max(_pairs(len(self.concepts)), 1)

    def spread(self, concept: int, usual: float) -> float:
        """How much likelier papers that mention a concept share another one than any papers do."""
        papers = self.papers[concept]
        others, n = np.unique(self.concepts.of(papers), return_counts=True)
        shared_by_several = (others != concept) & (n > 1)
        others, n = others[shared_by_several], n[shared_by_several]
        shared = sum((n * (n - 1) // 2 / self.counts[others]).tolist())
        expected = usual * (_pairs(len(papers)) + _WEIGHT_OF_USUAL)
        return (shared + _USUAL * usual * _WEIGHT_OF_USUAL) / expected if expected else _USUAL


def _pairs(number: int) -> int:
    return number * (number - 1) // 2
