"""Metrics that stand beside a number: "a subjective score of 4.2", "12% fewer collisions".

Words such as "score", "speed" and "error" name a metric only where a number is their value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from extractors.keys import singular
from extractors.metrics import Place, beside
from extractors.values import find_values
from extractors.words import Word, read_list

MOST_WORDS = 4


@cache
def measures() -> frozenset[str]:
    """Last words, in the singular, of what has a number as its value."""
    return frozenset(read_list("measures.txt"))


def valued_metrics(text: str, runs: Sequence[Sequence[Word]]) -> Iterator[tuple[int, int]]:
    """Spans of the metrics among ``runs`` of words that a number stands beside."""
    spans = [span for run in runs if (span := _measure(run))]
    if not spans:
        return
    places = [Place(start, end, number, "Metric") for number, (start, end) in enumerate(spans)]
    found: set[int] = set()
    for value in find_values(text, 0, len(text), places):
        found.update(place.entity for place in beside(text, value, places))
    for number in sorted(found):
        yield spans[number]


def _measure(run: Sequence[Word]) -> tuple[int, int] | None:
    """The part of the run that a measure ends."""
    last = next((n for n in range(len(run) - 1, -1, -1) if singular(run[n].lower) in measures()), None)
    if last is None:
        return None
    first = last
    while first > 0 and last - first < MOST_WORDS - 1 and not run[first - 1].text[0].isdigit():
        first -= 1
    while first < last and (run[first].lower in qualifiers() or (run[first].text[0].isupper() and last - first > 1)):
        first += 1
    if first == last and singular(run[last].lower) in incomplete_measures():
        return None
    if last - first == 1 and singular(run[last].lower) == "score" and singular(run[first].lower) in measures() - {"f1"}:
        last = first  # "BLEU score", but "F1 score"
    return run[first].start, run[last].end


@cache
def qualifiers() -> frozenset[str]:
    """Words that say how good or how compared a score is, and are no part of its name."""
    return frozenset(read_list("qualifiers.txt"))


@cache
def incomplete_measures() -> frozenset[str]:
    """Measures that need a word before them: "inference time", "compression rate"."""
    return frozenset(read_list("incomplete_measures.txt"))
