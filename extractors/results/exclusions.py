"""Metrics and methods that a number cannot belong to, by the words of its sentence."""

from __future__ import annotations

import re
from typing import Final

from extractors.results.clues import Asked
from extractors.results.metrics import beside, fits
from extractors.results.owners import stands_for_own

_NEXT_THOUGHT: Final = re.compile(r"\b(?:without|while|whereas|despite|although|but|which)\b|;")
# "smaller by a factor of 24 and attains 89% accuracy"
_NEXT_VERB: Final = re.compile(
    r"\b(?:and|then) (?:\w+ly )?(?:attain|achiev|reach|obtain|yield|get|scor|retain|maintain|keep|preserv)\w*\b"
)
_KEPT: Final = re.compile(
    r"\b(?:(?:with|at|under|assuming|given|for|in) (?:a |an )?(?:similar|comparable|the same|equal|equivalent)"
    r"|(?:without|with no|no)(?: any)?(?: \w+)? (?:loss|drop|degradation)s? (?:in|of)) (?:levels? of |overall )?$"
)
_FASTER: Final = re.compile(r"[)$]*\s(?:\w+ )?(?:faster|slower|quicker|speed-?ups?|acceleration)\b")
# "38% fewer parameters": it is these that the number counts
_FEWER: Final = re.compile(
    r"[)$]*\s(?:fewer|less|smaller|lower)\s(?:[\w-]+ ){0,2}?(?P<what>parameters?|params|flops|macs|memory"
    r"|computations?|energy|power|time|storage|data|labels|steps|iterations|samples|operations|weights|tokens|queries|epochs|layers)\b",
    re.IGNORECASE,
)
_SPEED: Final = re.compile(
    r"time|speed|latency|throughput|fps|frame|cost|comput|efficien|flops|macs|convergence|training|inference|overhead"
    r"|complexity|duration|accelerat|performance",
    re.IGNORECASE,
)
_SCORE_OF: Final = re.compile(r"\bscores? (?:of|is|was)(?: (?:about|around|over|up|to|nearly|only))* [~∼≈$]?$")
_AGAINST: Final = re.compile(
    r"\b(?:over|than|outperform\w*|surpass\w*|exceed\w*|compared (?:to|with|against)|in comparison (?:to|with)"
    r"|relative to|against|versus|vs\.?)"
    r"(?: (?:the|an?|existing|previous|strong|best|standard|recent|original|vanilla)){0,3} $"
)
NEAR: Final = 60
"""How many characters before a name say how it is meant."""


def can_be_metric(asked: Asked, metric: int) -> bool:
    """Whether nothing in the sentence excludes that the number is one of a metric."""
    name = asked.reading.entities[metric].name
    return (
        fits(asked.value, name)
        and _in_reach(asked, metric)
        and not _is_kept(asked, metric)
        and not _is_unlike(asked, metric)
    )


def can_be_method(asked: Asked, method: int, comparison: int | str | None) -> bool:
    """Whether nothing in the sentence excludes that the number is one of a method."""
    return not _stands_for_own(asked, method) and not _is_rival(asked, method, comparison)


def _in_reach(asked: Asked, metric: int) -> bool:
    """Whether a metric that comes only after the number comes before the next thought: "5% better without slowing"."""
    sentence = asked.sentence
    end = sentence.values[sentence.list_of(asked.index)[-1]].end
    places = [p for p in sentence.places if p.entity == metric]
    if not places or any(p.start < end for p in places):
        return True
    if asked.value.kind in ("times", "factor", "magnitude") and _NEXT_VERB.search(sentence.text, end, places[0].start):
        return False
    return _NEXT_THOUGHT.search(sentence.text, end, places[0].start) is None


def _is_kept(asked: Asked, metric: int) -> bool:
    """Whether a metric is only said to stay as it is: "with similar recall, our tagger is 3 times faster"."""
    sentence = asked.sentence
    places = [p for p in sentence.places if p.entity == metric]
    if not places or any(p in beside(sentence.text, asked.value, places) for p in places):
        return False
    return all(_KEPT.search(sentence.text, max(sentence.start, p.start - NEAR), p.start) for p in places)


def _is_unlike(asked: Asked, metric: int) -> bool:
    """Whether the words beside a number say that it measures something else: "3 times faster", "9% less data".

    A "score of 0.55" is that of no metric which only other sentences name.
    """
    sentence, value, name = asked.sentence, asked.value, asked.reading.entities[metric].name
    if _FASTER.match(sentence.text, value.end) and not _SPEED.search(name):
        return True
    if (counted := _FEWER.match(sentence.text, value.end)) and counted["what"].rstrip("s").lower() not in name.lower():
        return True
    scored = _SCORE_OF.search(sentence.text, max(sentence.start, value.start - NEAR), value.start) is not None
    return scored and "score" not in name.lower() and all(p.entity != metric for p in sentence.places)


def _is_rival(asked: Asked, method: int, comparison: int | str | None) -> bool:
    """Whether a change is told against a method: "a gain of 5 % over OldParser" is no gain of OldParser's."""
    if comparison not in ("difference", "relative"):
        return False
    places = [p for p in asked.sentence.places if p.entity == method]
    text, start = asked.sentence.text, asked.sentence.start
    return bool(places) and all(_AGAINST.search(text, max(start, p.start - NEAR), p.start) for p in places)


def _stands_for_own(asked: Asked, method: int) -> bool:
    """Whether a method is a common noun that stands for the one that the paper introduces: "our joint model"."""
    if asked.reading.main["method"] is None or asked.reading.entities[method].introduced:
        return False
    places = [p for p in asked.sentence.places if p.entity == method]
    return stands_for_own(asked.sentence, places, asked.value.start)
