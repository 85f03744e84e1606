"""Misspelled names, which differ from a far more common name by one letter: ``generative adverserial network``.

Candidates are found by an index of words with one letter left out, so that the cost grows with the
number of words and not with its square. Each is scored by the similarity of the two words and of the
names that occur beside them; `THRESHOLD` is calibrated on pairs of names
known to be the same or different (benchmarks/assembly.py).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter

import numpy as np
from rapidfuzz.distance import OSA

from extractors.names.concepts import GROUPS
from extractors.names.keys import squash, without_prefix
from kg.assembly.identify.usage import Usage
from kg.assembly.join.clusters import Join

TYPO = "misspelling"
THRESHOLD = 0.86

_CAPITAL_INSIDE = re.compile(r"\B[A-Z]")
_SHORTEST = 6  # letters; shorter words have too many neighbours that are words themselves
_COMMON = 3  # entities that the right word needs
_RATIO = 10  # how much more common it is than the wrong one
_RARE = 2  # entities that a wrong word has at most; what is used more often is a word of its own


def typos(usage: Usage) -> Iterator[Join]:
    """A join for every name that is probably a misspelling, with the name that was meant."""
    found = sorted(candidates(usage))
    shared = _shared_company(usage, {(rare, meant) for rare, meant, _ in found})
    for rare, meant, likeness in found:
        if score(likeness, shared[rare, meant]) >= THRESHOLD:
            yield Join(meant, rare, TYPO)


def score(likeness: float, shared: float) -> float:
    """Similarity of two names, 0 to 1, a little less if the rare one occurs beside other names."""
    return likeness * (0.95 + 0.05 * shared)


def candidates(usage: Usage) -> Iterator[tuple[int, int, float]]:
    """(rare key, common key, likeness of the two) wherever one ordinary word makes the difference."""
    texts = usage.word_texts()
    slips = dict(_slips(_ordinary_words(usage)))
    slipped = np.fromiter((word in slips for word in texts), bool, len(texts))
    rows = usage.words_rows
    owners = np.repeat(np.arange(len(rows)), np.diff(rows.starts))
    for key in np.unique(owners[slipped[rows.values]]).tolist():
        words = usage.words(key)
        for place, word in enumerate(words):
            for right in slips.get(word, ()):
                text = squash((*words[:place], right, *words[place + 1 :]))
                meant = usage.find(text)
                if (
                    meant is not None
                    and usage.entities[meant] >= usage.entities[key]
                    and GROUPS[usage.kind(meant)] == GROUPS[usage.kind(key)]
                ):
                    yield key, meant, OSA.normalized_similarity(usage.keys[key], text)


def _ordinary_words(usage: Usage) -> dict[str, int]:
    """How often each ordinary word occurs in names, except those that are all proper names."""
    texts, rows = usage.word_texts(), usage.words_rows
    ordinary = np.fromiter((len(word) >= _SHORTEST and word.isalpha() for word in texts), bool, len(texts))
    owners = np.repeat(np.arange(len(rows)), np.diff(rows.starts))
    chosen = ordinary[rows.values] & ~usage.all_forms(_CAPITAL_INSIDE.search)[owners]  # one letter makes another name
    pairs = np.unique(owners[chosen] * max(len(texts), 1) + rows.values[chosen])
    keys, words = pairs // max(len(texts), 1), pairs % max(len(texts), 1)
    counts = np.bincount(words, np.maximum(usage.entities[keys], 1), len(texts)).astype(np.int64)
    return {texts[word]: int(counts[word]) for word in np.flatnonzero(counts).tolist()}


def _slips(counts: Mapping[str, int]) -> Iterator[tuple[str, list[str]]]:
    """Rare words, each with the common words that differ from it by one letter."""
    index: dict[str, list[str]] = defaultdict(list)
    for word, count in counts.items():
        if count >= _COMMON:
            for shorter in _neighbours(word):
                index[shorter].append(word)
    for word, count in counts.items():
        if count > _RARE:
            continue
        near = {right for shorter in _neighbours(word) for right in index.get(shorter, ())}
        meant = [right for right in sorted(near) if counts[right] >= _RATIO * count and _is_slip(word, right)]
        if meant:
            yield word, meant


def _neighbours(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _is_slip(word: str, right: str) -> bool:
    """Whether one letter is wrong, missing, doubled or out of place, but not at an end: affixes mean something."""
    left, other = without_prefix(word), without_prefix(right)
    if len(left) < _SHORTEST or word[: -len(left)] != right[: -len(other)]:
        return False
    if left[0] != other[0] or left[-1] != other[-1]:
        return False
    return OSA.distance(left, other) == 1


def _shared_company(usage: Usage, pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], float]:
    """For (rare, meant) keys the share of the keys beside the rare one that papers have beside the meant one, too."""
    found: dict[tuple[int, int], float] = {}
    beside = np.zeros(len(usage.keys), bool)
    for meant, group in groupby(sorted(pairs, key=itemgetter(1)), key=itemgetter(1)):
        theirs = usage.company(np.array([meant]))
        beside[theirs] = True
        beside[meant] = False
        for rare, _ in group:
            ours = np.unique(usage.company(np.array([rare])))
            ours = ours[ours != rare]
            found[rare, meant] = int(beside[ours].sum()) / len(ours) if len(ours) else 1.0
        beside[theirs] = False
    return found
