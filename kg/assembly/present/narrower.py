"""Narrower concepts by their names: what a longer name is a kind of.

``vehicle re-identification`` is a kind of ``re-identification`` and ``point cloud based object detection`` one of
``object detection``: a name has the words of the broader one in their order, and both end in the same word. What stands
behind ``in``, ``for`` or ``with`` is apart: ``domain adaptation for segmentation`` is a kind of domain adaptation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from extractors.names.abbreviations import abbreviates, is_short_form
from extractors.names.generic_heads import is_head
from extractors.names.keys import LINKING, Words, name_words, squash
from kg.assembly.present.concept_names import ConceptNames
from kg.assembly.resolution import Concepts
from kg.graph import Relationship

_RELATION: Final = "NARROWER_THAN"
_BREAKS: Final = LINKING | {"using", "without", "through", "of", "as"}
_CHANGING: Final = frozenset({"self", "weakly"})
"""Words that belong to the one behind them: self-supervised learning is no kind of supervised or self-learning."""
_UNDOING: Final = frozenset({"free", "less", "agnostic"})
"""Words that take back the one before them: attention-free models have no attention."""
_NETWORK: Final = ("network",)
"""Every second method is one, so it says as little as the generic heads do, but is no head: it belongs to the name."""
_VERSIONED: Final = re.compile(r"(.*?[^\W\d_])(?:[ -]?[vV]|[ -])?\d+(?:\.\d+)*")
"""A name with the number of a version or a year behind it: SQuAD 1.1, SQuAD v2, COCO 2017, CIFAR-10."""
_LONGEST: Final = 8
"""Words of a part of a name, of which all choices are looked up; of a longer one only the endings are."""


def narrower(concepts: Concepts, shown: ConceptNames) -> Iterator[Relationship]:
    """NARROWER_THAN from each concept to every one of its label whose name its own is a longer form of, sorted."""
    for concept in shown.order.tolist():
        label = shown.labels[concept]
        name = shown.names[concept]
        found = {
            shown.ids[other]
            for words in (_of_dataset(name) if label == "Dataset" else _of_idea(name, label, concepts))
            if not is_head(words, label)
            and words != _NETWORK
            and (other := concepts.of_key(squash(words))) is not None
            and other != concept
            and shown.labels[other] == label
        }
        for broader in sorted(found):
            yield Relationship(_RELATION, shown.ids[concept], broader, {})


def _of_dataset(name: str) -> Iterator[Words]:
    """The words of the data sets that a name is a variant of.

    These are proper names: ``noisy MNIST`` is a kind of MNIST, Fashion-MNIST is none. SQuAD 1.1 is a version of SQuAD.
    """
    words = name.split()
    if version := _VERSIONED.fullmatch(name):
        yield name_words(version[1])
    for place in range(1, len(words)):
        if " ".join(words[:place]).islower():
            yield name_words(" ".join(words[place:]))


def _of_idea(name: str, label: str, concepts: Concepts) -> Iterator[Words]:
    """The words of the methods, tasks or metrics that a name is a kind of."""
    for part in _parts(name):
        yield from shorter(_words(part, label, concepts))


def _parts(name: str) -> tuple[str, ...]:
    """The name, and what stands before ``and`` in it: completion and classification is done for both."""
    first, joined, _ = name.partition(" and ")
    return (name, first) if joined and first else (name,)


def _words(name: str, label: str, concepts: Concepts) -> Words:
    """The words of a name, an abbreviation at its end spelled out as all papers understand it.

    Where those understand more than its letters say, the rest is left out: vehicle ReID is about no persons.
    """
    before, _, last = name.rpartition(" ")
    long = concepts.words(last, label) if before and is_short_form(last) else None
    for place in range(len(long or ()) - 1, -1, -1):
        if long and abbreviates(last.replace("-", ""), " ".join(long[place:])):
            return (*name_words(before), *long[place:])
    return name_words(name)


def shorter(words: Words) -> Iterator[Words]:
    """The words of every name that these words are a kind of, if there is such a name, and themselves.

    >>> sorted(" ".join(name) for name in shorter(("rigid", "registration", "in", "video")))
    ['registration', 'registration in video', 'rigid registration', 'rigid registration in video']
    """
    head, tail = _split(words)
    for chosen in _choices(head):
        yield chosen
        if tail:
            yield (*chosen, *tail)


def _split(words: Words) -> tuple[Words, Words]:
    """The words before the first that joins another part, and from it on."""
    end = next((place for place, word in enumerate(words) if place and word in _BREAKS), len(words))
    return words[:end], words[end:]


def _choices(words: Words) -> Iterator[Words]:
    """The last word and any of those before it, in their order."""
    before = range(len(words) - 1)
    if len(words) > _LONGEST:
        yield from (words[place:] for place in range(len(words)))
        return
    for size in range(len(words)):
        for places in combinations(before, size):
            kept = (*places, len(words) - 1)
            if not _is_undone(words, kept):
                yield tuple(words[place] for place in kept)


def _is_undone(words: Words, kept: tuple[int, ...]) -> bool:
    """Whether a word that is left out changes the meaning of one that is kept."""
    left = set(range(len(words))) - set(kept)
    return any(
        (place - 1 in left and words[place - 1] in _CHANGING and words[place].endswith("ed"))
        or (place + 1 in left and (words[place] in _CHANGING or words[place + 1] in _UNDOING))
        for place in kept
    )
