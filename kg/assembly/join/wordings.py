"""Wordings of one name that no key joins: other word order, a year in two digits, another form of one word.

A pair joins only where papers use both names, with one type, and no paper has the two as different things.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Final

from extractors.names.concepts import GROUPS
from extractors.names.keys import LINKING, Words
from kg.assembly.identify.usage import EntityKeys, Use
from kg.assembly.join.clusters import Clusters, Join

ORDER = "the same words in another order"
YEAR = "the year in two digits"
WORD_FORM = "another form of one word"

_PLACES: Final = frozenset({"in", "on"})  # "object detection in videos" is video object detection
_DIRECTED: Final = frozenset(
    ("translation", "conversion", "generation", "synthesis", "transfer", "retrieval", "mapping", "adaptation", "search")
)
"""Heads whose modifiers have an order that matters: English-German translation."""
_ADJECTIVE: Final = re.compile(
    r"(?:ed|al|ive|ic|ous|ian|ar|able|ent|ant|less)$|^(?:deep|large|small|safe|fast|\d+\w*)$"
)
_FEWEST_WORDS: Final = 3
_YEAR: Final = re.compile(r"([a-z]{3,})([901]\d)")
_MOST_WORDS: Final = 5
_SHORTEST_STEM: Final = 4
_ENDINGS: Final = (
    ("", "al"), ("", "ed"), ("", "ian"), ("", "ation"), ("", "ing"), ("e", "ing"), ("e", "ity"), ("al", "alized"),
    ("ural", "ured"),
)  # fmt: skip
"""Endings of one stem: logic and logical, mask and masked, Hamilton and Hamiltonian, sparse and sparsity."""


def wordings(uses: dict[str, Use], keyed: list[tuple[EntityKeys, ...]], clusters: Clusters) -> Iterator[Join]:
    """All joins of wordings, the more used name leading.

    Another form of one word joins only names that keep company with a third.
    """
    words = {key: use.words(key) for key, use in uses.items()}
    candidates = [*_orders(uses, words), *_years(uses), *_word_forms(uses, words)]
    company = _company(keyed, {key for left, right, _ in candidates for key in (left, right)}, clusters)
    for left, right, rule in candidates:
        ours, theirs = clusters.root(left), clusters.root(right)
        two_things = theirs in company[left] or ours in company[right]
        if ours != theirs and not two_things and (rule != WORD_FORM or company[left] & company[right]):
            yield Join(left, right, rule)


def _lead(keys: Iterable[str], uses: dict[str, Use]) -> list[str]:
    return sorted(keys, key=lambda key: (-uses[key].entities, key))


def _orders(uses: dict[str, Use], words: Mapping[str, Words]) -> Iterator[tuple[str, str, str]]:
    groups: dict[tuple[str, str, Words], list[str]] = defaultdict(list)
    for key, use in uses.items():
        if "\t" not in key and (found := _unordered(words[key])):
            groups[(use.kind, *found)].append(key)
    for keys in groups.values():
        first, *others = _lead(keys, uses)
        yield from ((first, other, ORDER) for other in others if _may_move(words[first], words[other]))


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


def _years(uses: dict[str, Use]) -> Iterator[tuple[str, str, str]]:
    for key, use in uses.items():
        if use.kind == "Dataset" and (match := _YEAR.fullmatch(key)):
            full = match[1] + ("19" if match[2][0] == "9" else "20") + match[2]
            if full in uses and uses[full].kind == "Dataset":
                yield full, key, YEAR


def _word_forms(uses: dict[str, Use], words: Mapping[str, Words]) -> Iterator[tuple[str, str, str]]:
    """Names of several words, of which one has another ending."""
    stems = _stems({word for name in words.values() for word in name})
    by_stem: dict[tuple[str, Words], set[str]] = defaultdict(set)
    for key, name in words.items():
        if "\t" in key or not 1 < len(name) <= _MOST_WORDS or stems.keys().isdisjoint(name) or LINKING & set(name):
            continue
        for place, word in enumerate(name):
            for stem in sorted(stems.get(word, ())):
                by_stem[GROUPS[uses[key].kind], (*name[:place], stem, *name[place + 1 :])].add(key)
    for found in by_stem.values():
        if len(found) > 1:
            first, *others = _lead(found, uses)
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


def _company(keyed: list[tuple[EntityKeys, ...]], wanted: set[str], clusters: Clusters) -> dict[str, set[str]]:
    """For each wanted key the concepts that papers have beside it."""
    company: dict[str, set[str]] = {key: set() for key in wanted}
    for row in keyed:
        owns = {own for own, _ in row}
        for key in owns & wanted:
            company[key] |= {clusters.root(own) for own in owns} - {clusters.root(key)}
    return company
