"""What else belongs to a reported number: its comparison, method, dataset, task and baseline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from extractors.document.annotations import Entity
from extractors.results.metrics import AND, Place
from extractors.results.values import Value

Comparison = Literal["absolute", "relative", "difference"]

_RELATIVE: Final = re.compile(
    r"\brelative\w*|\bretain\w*|\bpreserv\w*|\bby a factor\b|\bspeed-?ups?\b|\bsav(?:e|es|ed|ing|ings)\b", re.IGNORECASE
)
_COST: Final = re.compile(
    r"\b(?:cost|time|memory|parameters|FLOPs|computation\w*|latency|energy|size|bitrate|overhead|footprint|budget"
    r"|communication|consumption)s?\b",
    re.IGNORECASE,
)
_DIFFERENCE_BEFORE: Final = re.compile(
    r"(?:\b(?:by|gains?|improvements?|increases?|drops?|boosts?|margin|gap|advantage|reductions?|decreases?)"
    r"(?: (?:of|is|up|to|upto|over|more|than|about|around|at|least|an?|average|approximately|roughly|nearly|as"
    r"|much|high|only|between|ranging|from|the|almost))*|\+|\bextra|\badditional)\s?[~∼≈><$]*$",
    re.IGNORECASE,
)
_DIFFERENCE_AFTER: Final = re.compile(
    r"\)?\s?(?:absolute |average |in |points? |percentage |\w+[- ]?\w* )?(?:[\w@-]+ ){0,3}?"
    r"(?:better|higher|lower|worse|improvements?|gains?|increases?|drops?|decreases?|boosts?|fewer|less|more|reductions?"
    r"|refinement|gap|advantage)\b",
    re.IGNORECASE,
)
_ABSOLUTE_BEFORE: Final = re.compile(
    r"\b(?:achiev|reach|obtain|attain|scores?|rate|accuracy|at|is|to)\w*(?: (?:an?|of|the|over|about|up|to|more"
    r"|than|only|around|nearly))*\s?$",
    re.IGNORECASE,
)
_OVER: Final = re.compile(
    r"\b(?:over|than|outperform\w*|surpass\w*|exceed\w*|compared? (?:to|with|against)|comparison (?:to|with)"
    r"|relative to|against|versus|vs\.?|improv\w+ (?:up)?on|beat\w*|from|with respect to|boost\w*|speed\w* up)"
    r"(?: (?:the|a|an|its|current|best|previous|existing|standard|strong|original|vanilla|baseline|baselines|such|as"
    r"|and|state-of-the-art|prior|traditional|other|both|conventional|of|like|competing|method|methods|model|models))*"
    r"(?:,? ?\(?e\.g\.,?)?\s?[\"'(]?$",
    re.IGNORECASE,
)
_SYSTEM: Final = (
    r"(?:methods?|models?|approach(?:es)?|frameworks?|systems?|networks?|algorithms?|solution|technique|strategy|results?"
    r"|module|architecture|work|paper)"
)
_OURS: Final = re.compile(
    rf"\b(?:we|ours|our (?:[\w-]+ ){{0,3}}{_SYSTEM}|proposed (?:[\w-]+ ){{0,2}}{_SYSTEM}|this (?:\w+ )?{_SYSTEM})\b",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[;:]|,\s(?:and|while|but|whereas)\b")


@dataclass(frozen=True, slots=True)
class Roles:
    """Indices of entities."""

    method: int | None
    dataset: int | None
    task: int | None
    baseline: int | None


def comparison_of(text: str, start: int, end: int, value: Value) -> Comparison:
    """Whether the number is a score itself, points over a baseline, or a relative change."""
    before, after = text[max(start, value.start - 60) : value.start], text[value.end : min(end, value.end + 50)]
    near = before[-45:] + value.text + after[:40]
    down = _DIFFERENCE_BEFORE.search(before) is not None
    if value.kind in ("times", "magnitude", "factor", "half") or re.search(r"[x×]$|times$|fold$", value.text):
        return "relative"
    if _RELATIVE.search(near) and value.unit in ("%", "percent", ""):
        return "relative"
    if down or _DIFFERENCE_AFTER.match(after) is not None or value.text.startswith("+"):
        return "difference"
    return "absolute"


def is_cost(text: str, value: Value, metric: Place) -> bool:
    """Whether a change of ``value`` in ``metric`` is relative: nobody reports costs themselves in per cent."""
    return value.unit in ("%", "percent") and _COST.search(text, metric.start, metric.end) is not None


def roles_of(
    text: str,
    start: int,
    value: Value,
    places: Sequence[Place],
    entities: Sequence[Entity],
    turn: tuple[int, int] = (0, 1),
) -> Roles:
    """The entities that the number is about, from its sentence; a method and a task also from the whole text.

    ``turn`` is the number's place in its list and the length of that: "48% and 55% on A and B".
    """
    methods = [p for p in places if p.type == "Method"]
    beaten = [p for p in methods if _OVER.search(text, max(start, p.start - 80), p.start)]
    baseline = _in_turn(_list_from(text, methods, _nearest(value, beaten)), turn)
    subjects = [p for p in methods if p not in beaten and p.entity != (baseline.entity if baseline else None)]
    return Roles(
        method=_method(text, start, value, subjects, entities),
        dataset=_index(_dataset(text, value, [p for p in places if p.type == "Dataset"], turn)),
        task=_task(value, [p for p in places if p.type == "Task"], entities),
        baseline=_index(baseline),
    )


def _index(place: Place | None) -> int | None:
    return place.entity if place else None


def _nearest(value: Value, places: Iterable[Place]) -> Place | None:
    return min(places, key=lambda p: (abs(p.start - value.start), p.start), default=None)


def _method(text: str, start: int, value: Value, subjects: Sequence[Place], entities: Sequence[Entity]) -> int | None:
    """What the paper introduces, if the sentence names it; else the sentence's subject; else what it introduces."""
    introduced = [p for p in subjects if entities[p.entity].introduced]
    if introduced:
        return _index(_nearest(value, introduced))
    before = [p for p in subjects if p.end <= value.start]
    main = main_method(entities)
    if main is not None and (not before or _OURS.search(text, start, value.start)):
        return main
    return before[0].entity if before else main


def main_method(entities: Sequence[Entity]) -> int | None:
    """The method that the paper introduces; of several, the one named most often."""
    candidates = [i for i, e in enumerate(entities) if e.type == "Method" and e.introduced]
    return max(candidates, key=lambda i: (len(entities[i].mentions), -i), default=None)


def _list_from(text: str, places: Sequence[Place], first: Place | None) -> list[Place]:
    """The list, "A, B and C", that ``first`` opens."""
    found = [first] if first else []
    for place in places:
        if found and place.start >= found[-1].end and AND.fullmatch(text, found[-1].end, place.start):
            found.append(place)
    return found


def _in_turn(places: Sequence[Place], turn: tuple[int, int]) -> Place | None:
    """The place that has the number's turn, where the lists are of one length; else the first."""
    if not places:
        return None
    index, length = turn
    return places[index] if len(places) == length else places[0]


def _dataset(text: str, value: Value, places: Sequence[Place], turn: tuple[int, int]) -> Place | None:
    """The data named after the number in its clause, else before it."""
    after = [p for p in places if p.start >= value.end and not _CLAUSE.search(text, value.end, p.start)]
    if after:
        return _in_turn(_list_from(text, after, after[0]), turn)
    before = [p for p in places if p.end <= value.start]
    return before[-1] if before else (places[0] if places else None)


def _task(value: Value, places: Sequence[Place], entities: Sequence[Entity]) -> int | None:
    """The nearest task in the sentence, else the one that the paper names first in its title or text."""
    near = _nearest(value, places)
    if near:
        return near.entity
    return main_task(entities)


def main_task(entities: Sequence[Entity]) -> int | None:
    """The task that is named most often."""
    tasks = [i for i, e in enumerate(entities) if e.type == "Task"]
    return min(tasks, key=lambda i: (-len(entities[i].mentions), i), default=None)
