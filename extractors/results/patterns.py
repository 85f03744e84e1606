"""Reported numbers with their metric, dataset and comparison. Sets ``doc._.results``.

Works sentence by sentence over the entities: :mod:`extractors.results.values` finds the numbers that
may be results, :mod:`extractors.results.metrics` the metric that each is a value of; this module
decides which are results, and which method, data, task and baseline they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import extractors.document.extensions  # noqa: F401  registers doc._.results
from extractors.document.annotations import Entity, Result
from extractors.results.metrics import AND, Place, beside, coordinated, metrics_of, places_of
from extractors.results.roles import Comparison, Roles, comparison_of, is_cost, roles_of
from extractors.results.values import Value, find_values

# A sentence without one of these compares or reports nothing.
_REPORTING: Final = re.compile(
    r"\b(?:improv|outperform|surpass|exceed|gain|boost|increas|reduc|decreas|achiev|obtain|reach|attain|yield"
    r"|sav|speed|accelerat|faster|fewer|better|higher|lower|drop|retain|relative|gap|cut|slash|shrink"
    r"|smaller|larger|compress|slower|less|worse|lead|advantage|margin|bring|enhanc|lag|rais|score|run|operat"
    r"|perform|success|accura|fail|superior|beat|rise|degrad|declin|efficien|match|contribut|doubl|halv"
    r"|scal|cost|preserv|maintain|recover|solve|magnitude|cases|real[- ]time|recall|identif)\w*",
    re.IGNORECASE,
)

_TIME: Final = re.compile(r"(?:seconds|minutes|hours|ms|milliseconds|days?)$")
_IN_TIME: Final = re.compile(
    r"\b(?:solv|train|achiev|run|tak|complet|search|converg|infer|process|comput|finish|learn)\w*\b[^.,;]{0,45}"
    r"\b(?:in|within|under|only|just|takes?|than)(?: (?:only|just|about|less|than|under|approximately"
    r"|around|as|little))*\s$"
)
_REACHES: Final = re.compile(r"\b(?:scor|achiev|obtain|reach|attain)\w*(?: (?:an? |the )?(?:scores? )?(?:of )?)?\s?$")
_ON: Final = re.compile(r" (?:points )?(?:on|for|in) (?:the )?")


def find_results(text: str, sentences: Sequence[tuple[int, int]], entities: Sequence[Entity]) -> list[Result]:
    """The results that the sentences report, in order of the text."""
    places = places_of(entities)
    found: list[Result] = []
    last: dict[str, Place] = {}
    for start, end in sentences:
        if text[end - 1] == "?":
            continue
        inside = [p for p in places if start <= p.start and p.end <= end]
        metrics_inside = [p for p in inside if p.type == "Metric"]
        values = [
            value
            for value in find_values(text, start, end, inside)
            if not value.is_count(text) or beside(text, value, metrics_inside)
        ]
        if not values:
            continue
        reporting = _REPORTING.search(text, start, end) is not None
        comparisons = _comparisons(text, start, end, values)
        named = metrics_of(text, start, end, values, inside, last)
        turns = _turns(text, values)
        for value, metrics, comparison, turn in zip(values, named, comparisons, turns, strict=True):
            if metrics or (reporting and not value.bare) or (value.bare and _is_score(text, start, value, inside)):
                roles = roles_of(text, start, value, inside, entities, turn)
                found += _results(text, (start, end), value, metrics, comparison, roles)
    return found


def _turns(text: str, values: Sequence[Value]) -> list[tuple[int, int]]:
    """The place of each value in its list, "48% and 55%", and the length of the list."""
    lists: list[list[Value]] = []
    for value in values:
        if lists and AND.fullmatch(text, lists[-1][-1].end, value.start):
            lists[-1].append(value)
        else:
            lists.append([value])
    return [(index, len(members)) for members in lists for index in range(len(members))]


def _comparisons(text: str, start: int, end: int, values: Sequence[Value]) -> list[Comparison]:
    """What each value compares; in a list the last one, or the first, says it for all."""
    found = [comparison_of(text, start, end, value) for value in values]
    for step in (1, -1):
        order = range(len(values))[::step]
        for here, there in pairwise(order):
            one, two = sorted((values[here], values[there]), key=lambda v: v.start)
            aside = " (" in text[one.end : two.start]  # "by 51.1% (28.4% vs 18.8%)"
            if found[there] == "absolute" and one.kind == two.kind and not aside and coordinated(text, one, two):
                found[there] = found[here]
    return found


def _is_score(text: str, start: int, value: Value, places: Sequence[Place]) -> bool:
    """Whether a number without unit or metric is reached: "scores 7.5 on GLUE", "trains in 12 minutes"."""
    before = text[max(start, value.start - 60) : value.start]
    if value.kind == "size":
        return _TIME.search(value.text) is not None and _IN_TIME.search(before) is not None
    following = next((p for p in places if p.start >= value.end), None)
    return (
        value.kind == "plain"
        and _REACHES.search(before) is not None
        and following is not None
        and following.type == "Dataset"
        and _ON.fullmatch(text, value.end, following.start) is not None
    )


def _results(
    text: str,
    sentence: tuple[int, int],
    value: Value,
    metrics: Sequence[Place],
    comparison: Comparison,
    roles: Roles,
) -> list[Result]:
    """One result for each metric that the value is of."""
    return [
        Result(
            value=value.text,
            comparison="relative"
            if metric and comparison == "difference" and is_cost(text, value, metric)
            else comparison,
            start=sentence[0],
            end=sentence[1],
            metric=metric.entity if metric else None,
            method=roles.method,
            dataset=roles.dataset,
            task=roles.task,
            baseline=roles.baseline,
            confidence=0.85 if metric else 0.6,
        )
        for metric in (metrics or (None,))
    ]
