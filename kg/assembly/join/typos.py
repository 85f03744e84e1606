"""Misspelled names, which differ from a far more common name by one letter: ``generative adverserial network``.

Candidates are found by an index of words with one letter left out, so that the cost grows with the
number of words and not with its square. Each is scored by the similarity of the two words and of the
names that occur beside them; `THRESHOLD` is calibrated on pairs of names
known to be the same or different (benchmarks/assembly.py).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from extractors.names.concepts import GROUPS
from extractors.names.keys import Words, squash, without_prefix
from kg.assembly.identify.usage import EntityKeys, Use
from kg.assembly.join.clusters import Join

TYPO = "misspelling"
THRESHOLD = 0.86

_CAPITAL_INSIDE = re.compile(r"\B[A-Z]")
_SHORTEST = 6  # letters; shorter words have too many neighbours that are words themselves
_COMMON = 3  # entities that the right word needs
_RATIO = 10  # how much more common it is than the wrong one
_RARE = 2  # entities that a wrong word has at most; what is used more often is a word of its own


def typos(keyed: list[tuple[EntityKeys, ...]], uses: dict[str, Use]) -> Iterator[Join]:
    """A join for every name that is probably a misspelling, with the name that was meant."""
    words = {key: use.words(key) for key, use in uses.items()}
    company = _company(keyed, found := sorted(candidates(uses, words)))
    for rare, meant, likeness in found:
        if score(likeness, company[rare], company[meant]) >= THRESHOLD:
            yield Join(meant, rare, TYPO)


def score(likeness: float, rare: set[str], meant: set[str]) -> float:
    """Similarity of two names, 0 to 1, a little less if the rare one occurs beside other names."""
    shared = len(rare & meant) / len(rare) if rare else 1.0
    return likeness * (0.95 + 0.05 * shared)


def candidates(uses: dict[str, Use], words: dict[str, Words]) -> Iterator[tuple[str, str, float]]:
    """(rare key, common key, likeness of the two) wherever one ordinary word makes the difference."""
    counts: Counter[str] = Counter()
    for key, use in uses.items():
        ordinary = [word for word in set(words[key]) if len(word) >= _SHORTEST and word.isalpha()]
        if ordinary and not all(map(_CAPITAL_INSIDE.search, use.forms)):  # one letter makes another proper name
            for word in ordinary:
                counts[word] += max(use.entities, 1)
    slips = dict(_slips(counts))
    for key, use in uses.items():
        for place, word in enumerate(words[key]):
            for right in slips.get(word, ()):
                meant = squash((*words[key][:place], right, *words[key][place + 1 :]))
                other = uses.get(meant)
                if other and other.entities >= use.entities and GROUPS[other.kind] == GROUPS[use.kind]:
                    yield key, meant, OSA.normalized_similarity(key, meant)


def _slips(counts: Counter[str]) -> Iterator[tuple[str, list[str]]]:
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


def _company(keyed: list[tuple[EntityKeys, ...]], found: list[tuple[str, str, float]]) -> dict[str, set[str]]:
    """For each candidate key the other keys that occur in the same papers."""
    wanted = {key for rare, meant, _ in found for key in (rare, meant)}
    company: dict[str, set[str]] = {key: set() for key in wanted}
    for row in keyed:
        named = {own for own, _ in row}
        for key in named & wanted:
            company[key] |= named - {key}
    return company
