"""Whether higher or lower values of a metric are better, by its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from extractors.names import data
from extractors.names.keys import Words, name_words

HIGHER: Final = "higher"
LOWER: Final = "lower"
_AVERAGES: Final = frozenset({"micro", "macro", "weighted", "average", "mean"})


def better_values(names: Iterable[str]) -> str | None:
    """Whether ``higher`` or ``lower`` values of the metric with these names are better; None where unknown.

    A name is known by the words it ends in (``top-5 error``, ``error rate on the test set``), and the longest
    known ending of any of the names counts.

    >>> better_values(["top-5 error"]), better_values(["top-5 accuracy"]), better_values(["colour"])
    ('lower', 'higher', None)
    """
    found = [ending for name in names if (ending := _known_ending(_without_condition(name_words(name))))]
    return _directions()[max(found, key=lambda ending: (len(ending), ending))] if found else None


def _known_ending(words: Words) -> Words | None:
    """The longest known ending; numbers and kinds of averages behind it (``recall@10``, ``F1 micro``) do not count."""
    while words:
        endings = (words[start:] for start in range(len(words)))
        known = next((ending for ending in endings if ending in _directions()), None)
        if known or not (words[-1] in _AVERAGES or words[-1][0].isdigit()):
            return known
        words = words[:-1]
    return None


def _without_condition(words: Words) -> Words:
    """The words before ``on``, ``at`` or another that begins a condition."""
    ends = [place for place, word in enumerate(words) if place and word in {"on", "at", "for", "over", "in", "@"}]
    return words[: ends[0]] if ends else words


@cache
def _directions() -> Mapping[Words, str]:
    return {name_words(ending): direction for direction, ending in data.pairs("directions.tsv")}
