"""Metrics that stand beside a number: "a subjective score of 4.2", "12% fewer collisions".

Words such as "score", "speed" and "error" name a metric only where a number is their value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from extractors.names.inflection import singular
from extractors.results.metrics import Place, beside
from extractors.results.values import find_values
from extractors.text.words import Word, read_list

MOST_WORDS: Final = 4
_IN_TERMS_OF: Final = ("in terms of ", "in terms of the ", "in terms of both ", "in terms of its ")
# "reduces the number of queries by 32%"
_NUMBER_OF: Final = re.compile(r"\b(?:number|amount) of (?!the\b)(?:[a-z-]+ ){0,2}?[a-z-]+s\b")


@cache
def measures() -> frozenset[str]:
    """Last words, in the singular, of what has a number as its value."""
    return frozenset(read_list("measures.txt"))


def valued_metrics(text: str, runs: Sequence[Sequence[Word]]) -> Iterator[tuple[int, int]]:
    """Spans of the metrics among ``runs`` of words that a number stands beside."""
    measured = {span for run in runs if (span := _measure(run))}
    for run in runs:
        if text.endswith(_IN_TERMS_OF, 0, run[0].start) and len(run) <= MOST_WORDS:
            yield run[0].start, run[-1].end
            measured.discard((run[0].start, run[-1].end))
    spans = sorted(measured | {match.span() for match in _NUMBER_OF.finditer(text)})
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
    last = next((n for n in range(len(run) - 1, -1, -1) if _measure_word(run[n]) in measures()), None)
    if last is None:
        return None
    first = last
    while first > 0 and last - first < MOST_WORDS - 1 and not run[first - 1].text[0].isdigit():
        first -= 1
    while first < last and (run[first].lower in qualifiers() or (run[first].text[0].isupper() and last - first > 1)):
        first += 1
    if first == last and singular(run[last].lower) in incomplete_measures():
        return None
    if last - first == 1 and singular(run[last].lower) == "score" and _measure_word(run[first]) in measures() - {"f1"}:
        last = first  # "BLEU score", but "F1 score"
    return run[first].start, run[last].end


def _measure_word(word: Word) -> str:
    """The word in the singular, without what follows an "@": "Hits@10"."""
    return singular(word.text.split("@")[0]).lower()


@cache
def qualifiers() -> frozenset[str]:
    """Words that say how good or how compared a score is, and are no part of its name."""
    return frozenset(read_list("qualifiers.txt"))


@cache
def incomplete_measures() -> frozenset[str]:
    """Measures that need a word before them: "inference time", "compression rate"."""
    return frozenset(read_list("incomplete_measures.txt"))
