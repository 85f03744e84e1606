"""Which metric a number is a value of, by where they stand in the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extractors.document.annotations import Entity
from extractors.record import EntityType
from extractors.results.values import Value

# Between a metric and its value: "accuracy of 93%", "BLEU score increases to 36.5", "error rate (5%)".
_METRIC_FIRST: Final = re.compile(
    r"(?:\s*\([^()]*\))?(?:\s(?:scores?|values?|rates?|results?|performances?|gains?|improvements?|drops?|savings?"
    r"|reductions?|increases?|metrics?))?"
    r"(?:\s(?:is|are|was|were|has|have|been|can|be|could|also))*"
    r"(?:,?\s(?:further|significantly|substantially|only|consistently|greatly|drastically|even|average|averagely))*"
    r"(?:\s(?:improv|increas|reduc|decreas|ris|drop|rais|boost|enhanc|cut|lower|fall|fell|rang|reach|achiev|exceed)\w*)?"
    r"(?:\s(?:of|by|to|at|up|upto|from|over|is|around|about|approximately|nearly|almost|as|high|low|more|less|than"
    r"|only|just|an?|average|the|factor|least|most|much|above|below|exceeding|between|roughly))*"
    r"\s?[=:(]?\s*(?:i\.e\.,?|e\.g\.,?)?\s*[~∼≈><≥≤$+*]*\s?",
    re.IGNORECASE,
)
# Between a value and its metric: "5% higher accuracy", "6% in mAP", "0.5 BLEU".
_VALUE_FIRST: Final = re.compile(
    r"[)$}]*(?:\s(?:\([^()]*\)))?(?:\s(?:absolute|relative|average|points?|percentage|better|higher|lower|fewer|less"
    r"|more|faster|slower|improved|the|overall|test|improvements?|gains?|increases?|reductions?|decreases?|drops?"
    r"|boosts?|savings?|performance|new|mean|val\.?|for|in|of|on|terms|its|a|an|loss|error|smaller|shorter|larger"
    r"|speed-?up|as|measured|by|zero-shot|reduced|additional|\w+-shot|w\.r\.t\.?|with|respect|to|standard"
    r"|efficient|data))*\s?[(*\"'$]*",
    re.IGNORECASE,
)
# A number without any unit stands close to its metric: "0.5 BLEU", "15 F1 points", "12.43 (Acc)".
_PLAIN_FIRST: Final = re.compile(
    r"\s(?:points? )?(?:(?:of|in|average|macro|micro|fewer|less|more|higher|lower|better|absolute) )*\(?[*\"']*"
)
_PLAIN_AFTER: Final = re.compile(
    r"(?:\s*\([^()]*\))?(?:\s(?:scores?|values?|gains?|results?))?\s?(?:(?:is|was|increases|improves|drops|decreases|reduces"
    r"|rises)?\s?(?:of|to|at|by|from|=|:|is)\s?(?:an? |the |average |about |around |up to |over"
    r" |more than |approximately |roughly |nearly |only |just |as (?:high|low) as |\$|\*)*|=|:|\()\s?"
)
_DECIMAL_AFTER: Final = re.compile(r"\s(?:for|on|in|over)\s[^.;,]{1,60}\s(?:at|of|is|to)\s")
# Up to four words between a value and its metric: "30% reduction in the second image bitrate".
_NEAR: Final = re.compile(
    r"\$?(?:\s(?!(?:than|over|compared|and|with|while|on|for|at|by|using|across|versus|but|of|when)\b)[\w./-]+){0,5}\s"
    r"|\sof (?:the |its )?(?:[\w-]+ ){0,3}"
)
_CLAUSE: Final = re.compile(
    r"\band (?:\w+ly )?(?:improv|reduc|outperform|achiev|increas|boost|surpass|gain|obtain|reach)\w*|"
    r";|,\s(?:and|while|but|with|which|whereas|outperform\w*|surpass\w*|achiev\w*|sav\w*)\b|\bwhile\b"
)
_CHANGE: Final = re.compile(r"\b(?:by|to|of|up to|upto|exceeding|than|at|is|gap)\b", re.IGNORECASE)
_IN_TERMS_OF: Final = re.compile(r"\b(?:in terms of|with respect to|w\.r\.t\.?|in|of|measured by)\s(?:the |average )*$")
_COORDINATED: Final = re.compile(r"[^.;]{0,60}?(?:,|/|\band\b|\bor\b|\(|\bversus\b|\bvs\b)\s*[^.;,]{0,30}")
_FRAMES: Final = re.compile(r"fps$|frames", re.IGNORECASE)
_SPEED: Final = re.compile(r"fps|frame|speed|rate|time|throughput|latency|efficien", re.IGNORECASE)
_OF: Final = re.compile(r"\b(?:of|to|at|is)\s$")
_OTHERWISE: Final = re.compile(r"\)? (?:more|less|fewer) [\w-]+")
_NEW_THOUGHT: Final = re.compile(r"\b(?:while|whereas|using|requiring|although|despite)\b|;")
AND: Final = re.compile(r"\s*(?:\([^()]*\))?\s*(?:,|and|/|&|, and|as well as)\s*(?:the )?", re.IGNORECASE)
_COUNTED_METRIC: Final = re.compile(r".*(?:metrics|measures|measurements|criteria)", re.IGNORECASE)


NEAR: Final = 160
"""No metric stands further from its value, in characters: longer sentences are no sentences."""
MOST_LISTED: Final = 12
"""No list of values is longer."""


@dataclass(frozen=True, slots=True)
class Place:
    """A mention and the index of its entity."""

    start: int
    end: int
    entity: int
    type: EntityType


def places_of(entities: Sequence[Entity]) -> list[Place]:
    """All mentions of ``entities``, in order of the text."""
    places = [Place(m.start, m.end, index, e.type) for index, e in enumerate(entities) for m in e.mentions]
    return sorted(places, key=lambda p: (p.start, p.end, p.entity))


def metrics_of(
    text: str, start: int, end: int, values: Sequence[Value], places: Sequence[Place], last: dict[str, Place]
) -> list[list[Place]]:
    """The metrics of each of the values of one sentence; ``last`` remembers them by unit, across sentences."""
    metrics = [p for p in places if p.type == "Metric"]
    named = [beside(text, value, metrics) for value in values]
    named = _respectively(text, values, named, metrics)
    named = [found or _shared(text, values, named, index) for index, found in enumerate(named)]
    claimed = {place.entity for found in named for place in found}
    for index, value in enumerate(values):
        if not named[index] and (not value.bare or value.kind == "size" or "." in value.text):
            named[index] = _in_clause(text, start, end, values, index, [m for m in metrics if m.entity not in claimed])
        if not named[index] and value.kind in ("unit", "size") and value.unit in last:
            named[index] = [last[value.unit]]
        named[index] = [m for m in named[index] if _compatible(text, value, m)]
        if not named[index] and value.kind in ("percent", "points", "range", "plain"):
            named[index] = _inherited(text, values, named, index)
        if named[index]:
            last[value.unit] = named[index][0]
    return named


def beside(text: str, value: Value, metrics: Sequence[Place]) -> list[Place]:
    """The metrics that stand beside ``value``, in it, after it or before it."""
    metrics = [m for m in metrics if _compatible(text, value, m)]
    unit = next((m for m in metrics if m.start < value.end and value.start < m.end), None)
    after = _PLAIN_FIRST if value.kind == "plain" else _VALUE_FIRST
    before = _PLAIN_AFTER if value.kind == "plain" else _METRIC_FIRST
    following = next(
        (m for m in metrics if 0 <= m.start - value.end < NEAR and after.fullmatch(text, value.end, m.start)), None
    )
    if following and value.kind == "plain" and _COUNTED_METRIC.fullmatch(text, following.start, following.end):
        following = None  # "72 automatic metrics"
    preceding = next(
        (
            index
            for index, m in reversed(list(enumerate(metrics)))
            if 0 <= value.start - m.end < NEAR and before.fullmatch(text, m.end, value.start)
        ),
        None,
    )
    if preceding is None:
        return [found] if (found := unit or following) else []
    metric = metrics[preceding]
    if following and following.start - value.end <= value.start - metric.end:
        return [following]
    also = metrics[preceding - 1] if preceding else None
    if also and value.kind != "plain" and AND.fullmatch(text, also.end, metric.start) and also.entity != metric.entity:
        return [also, metric]  # "the memory footprint and latency by a factor of 16x"
    return [metric]


def _compatible(text: str, value: Value, metric: Place) -> bool:
    """Whether ``value`` can be one of ``metric``: an accuracy is not counted in frames per second."""
    if _FRAMES.search(value.text):
        return _SPEED.search(text, metric.start, metric.end) is not None
    return True


def _respectively(
    text: str, values: Sequence[Value], named: list[list[Place]], metrics: Sequence[Place]
) -> list[list[Place]]:
    """ "28.3% and 58.2% in terms of BLEU4 and CIDEr": as many metrics as values, in the same order."""
    for index in range(len(values) - 1):
        one, two = values[index], values[index + 1]
        if not named[index + 1] or one.kind != two.kind or not AND.fullmatch(text, one.end, two.start):
            continue
        first = named[index + 1][0]
        where = metrics.index(first)
        if first.start < two.end or where + 1 >= len(metrics) or named[index]:
            continue
        second = metrics[where + 1]
        if AND.fullmatch(text, first.end, second.start):
            named[index], named[index + 1] = [first], [second]
    return named


def _shared(text: str, values: Sequence[Value], named: Sequence[list[Place]], index: int) -> list[Place]:
    """The metric of the neighbour that ``values[index]`` is coordinated with: "48.1% and 55.7%"."""
    for step in (1, -1):
        here = index
        while 0 <= here + step < len(values) and abs(here + step - index) <= MOST_LISTED:
            one, two = sorted((values[here], values[here + step]), key=lambda v: v.start)
            if not coordinated(text, one, two):
                break
            here += step
            if named[here]:
                return named[here][:1]
    return []


def coordinated(text: str, one: Value, two: Value) -> bool:
    """Whether the two stand in one list, "48.1% and 55.7%", so that what holds for one holds for both."""
    if one.kind == "times" or two.kind == "times":
        return one.kind == two.kind and AND.fullmatch(text, one.end, two.start) is not None
    if "plain" in (one.kind, two.kind):
        return AND.fullmatch(text, one.end, two.start) is not None
    if _NEW_THOUGHT.search(text, one.end, two.start):
        return False
    return _COORDINATED.fullmatch(text, one.end, two.start) is not None


def _in_clause(
    text: str, start: int, end: int, values: Sequence[Value], index: int, metrics: Sequence[Place]
) -> list[Place]:
    """A metric of the value's own clause that no other value stands nearer to."""
    value = values[index]
    left = values[index - 1].end if index else start
    right = values[index + 1].start if index + 1 < len(values) else end
    for metric in reversed(metrics):
        if not 0 <= value.start - metric.end < NEAR:
            continue
        between = text[metric.end : value.start]
        if metric.end > value.start or metric.start < left or _CLAUSE.search(between):
            continue
        if _DECIMAL_AFTER.fullmatch(between) if value.bare else _CHANGE.search(between):
            return [metric]
    for metric in metrics:
        if not 0 <= metric.start - value.end < NEAR:
            continue
        between = text[value.end : metric.start]
        if metric.start < value.end or metric.end > right or _CLAUSE.search(between) or value.bare:
            continue
        if _IN_TERMS_OF.search(between) or _NEAR.fullmatch(between):
            return [metric]
    return []


def _inherited(text: str, values: Sequence[Value], named: Sequence[list[Place]], index: int) -> list[Place]:
    """The metric of the value before it in the sentence, where both are of a kind."""
    value = values[index]
    if value.bare and ("." not in value.text or not _OF.search(text, max(0, value.start - 6), value.start)):
        return []
    if _OTHERWISE.match(text, value.end):
        return []
    for before in range(index - 1, max(-1, index - 1 - MOST_LISTED), -1):
        if _NEW_THOUGHT.search(text, values[before].end, value.start):
            return []
        if named[before] and {values[before].unit, value.unit} <= {"", "%", "percent", value.unit}:
            return named[before][:1]
    return []
