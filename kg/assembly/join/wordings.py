"""Wordings of one name that no key joins: other word order, a year in two digits, another form of one word.

A pair joins only where papers use both names, with one type, and no paper has the two as different things.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Set
from functools import lru_cache
from typing import Final

import numpy as np

from extractors.names.concepts import GROUPS
from extractors.names.keys import LINKING, Words
from kg.assembly.identify.usage import Usage
from kg.assembly.join.clusters import Clusters, Join

ORDER = "the same words in another order"
YEAR = "the year in two digits"
WORD_FORM = "another form of one word"

_PLACES: Final = frozenset({"in", "on"})  # "object detection in videos" is video object detection
_DIRECTED: Final = frozenset(
    ("translation", "conversion", "generation", "synthesis", "transfer", "retrieval", "mapping", "adaptation", "search")
)
"""Heads whose modifiers have an order that matters: English-German translation."""
_ADJECTIVE: Final = re.compile(r"(?:ed|al|ive|ic|ous|ian|ar|able|ent|ant|less)$|^(?:deep|large|small|safe|fast|\d\w*)$")
_FEWEST_WORDS: Final = 3
_YEAR: Final = re.compile(r"([a-z]{3,})([901]\d)")
_MOST_WORDS: Final = 5
_SHORTEST_STEM: Final = 4
_ENDINGS: Final = (
    ("", "al"), ("", "ed"), ("", "ian"), ("", "ation"), ("", "ing"), ("e", "ing"), ("e", "ity"), ("al", "alized"),
    ("ural", "ured"),
)  # fmt: skip
"""Endings of one stem: logic and logical, mask and masked, Hamilton and Hamiltonian, sparse and sparsity."""


Candidate = tuple[int, int, str]
"""The more used key, the other one, and the rule."""


def wordings(usage: Usage, clusters: Clusters) -> Iterator[Join]:
    """All joins of wordings, the more used name leading.

    Another form of one word joins only names that keep company with a third.
    """
    candidates = [*_orders(usage), *_years(usage), *_word_forms(usage)]
    roots = clusters.roots(len(usage.keys))

    @lru_cache(maxsize=4)  # of a common name next to which several rare ones come
    def company(key: int) -> set[int]:
        """The concepts that papers have beside that of a key."""
        return set(np.unique(roots[usage.company(np.array([key]))]).tolist()) - {int(roots[key])}

    for left, right, rule in candidates:
        ours, theirs = int(roots[left]), int(roots[right])
        if ours == theirs:
            continue
        beside_right, beside_left = company(right), company(left)
        two_things = theirs in beside_left or ours in beside_right
        if not two_things and (rule != WORD_FORM or not beside_left.isdisjoint(beside_right)):
            yield Join(left, right, rule)


def _lead(keys: Iterable[int], usage: Usage) -> list[int]:
    return sorted(keys, key=lambda key: (-usage.entities[key], key))


def _alike(found: Callable[[], Iterator[tuple[Hashable, int]]]) -> Iterator[set[int]]:
    """The keys that come with equal values, where several do; ``found`` is called twice.

    Most values come once: a first round over their hashes tells which need not be kept.
    """
    hashes = np.fromiter((hash(value) for value, _ in found()), np.int64)
    hashes.sort()
    repeated = set(hashes[1:][hashes[1:] == hashes[:-1]].tolist())
    groups: dict[Hashable, set[int]] = {}
    for value, key in found():
        if hash(value) in repeated:
            groups.setdefault(value, set()).add(key)
    return (keys for keys in groups.values() if len(keys) > 1)


def _orders(usage: Usage) -> Iterator[Candidate]:
    def found() -> Iterator[tuple[Hashable, int]]:
        for key in usage.order.tolist():
            if "\t" not in usage.keys[key] and (words := _unordered(usage.words(key))):
                yield (usage.kind(key), *words), key

    for keys in _alike(found):
        first, *others = _lead(keys, usage)
        yield from ((first, other, ORDER) for other in others if _may_move(usage.words(first), usage.words(other)))


def _may_move(left: Words, right: Words) -> bool:
    """Whether an adjective or a place is among what moved: graph knowledge and knowledge graph are two things."""
    if len(left) != len(right):
        return True
    moved = [word for word, other in zip(left, right, strict=True) if word != other]
    return any(_ADJECTIVE.search(word) for word in moved)


def _unordered(words: Words) -> tuple[str, Words] | None:
    """The head of a name, and all its words in one order; None where order may mean something."""
    if len(words) < _FEWEST_WORDS:
        return None
    linking = [place for place, word in enumerate(words) if word in LINKING or word == "of"]
    if linking:
        if len(linking) > 1 or words[linking[0]] not in _PLACES or linking[0] < 2:
            return None
        words = (*words[linking[0] + 1 :], *words[: linking[0]])
    if words[-1] in _DIRECTED or len(set(words)) < len(words):
        return None
    return words[-1], tuple(sorted(words[:-1]))


def _years(usage: Usage) -> Iterator[Candidate]:
    for key in usage.order.tolist():
        if (match := _YEAR.fullmatch(usage.keys[key])) and usage.kind(key) == "Dataset":
            full = usage.find(match[1] + ("19" if match[2][0] == "9" else "20") + match[2])
            if full is not None and usage.kind(full) == "Dataset":
                yield full, key, YEAR


def _word_forms(usage: Usage) -> Iterator[Candidate]:
    """Names of several words, of which one has another ending."""
    stems = _stems(set(usage.word_texts()))

    def found() -> Iterator[tuple[Hashable, int]]:
        for key in usage.order.tolist():
            name = usage.words(key)
            if not 1 < len(name) <= _MOST_WORDS or "\t" in usage.keys[key] or LINKING & set(name):
                continue
            for place, word in enumerate(name):
                for stem in sorted(stems.get(word, ())):
                    yield (GROUPS[usage.kind(key)], *name[:place], stem, *name[place + 1 :]), key

    for keys in _alike(found):
        first, *others = _lead(keys, usage)
        yield from ((first, other, WORD_FORM) for other in others)


def _stems(words: Set[str]) -> Mapping[str, set[str]]:
    """The stems of those words of which another form is among them, each stem with its pair of endings."""
    stems: dict[str, set[str]] = defaultdict(set)
    for word in words:
        for number, (left, right) in enumerate(_ENDINGS):
            stem = word.removesuffix(right)
            if len(stem) >= _SHORTEST_STEM and stem != word and stem.isalpha() and stem + left in words:
                for form in (word, stem + left):
                    stems[form].add(f"{number} {stem}")
    return stems
