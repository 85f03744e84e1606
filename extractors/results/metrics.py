"""Which metric stands beside a number, and which metrics are costs."""

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
_COST: Final = re.compile(
    r"\b(?:cost|time|memory|parameters?|FLOPs|GMACs?|MACs|computations?|computational \w+|latency|energy|power|size"
    r"|bit-?rate|throughput|goodput|speed|overhead|footprint|bandwidth|budget|communication|consumption|storage|runtime"
    r"|samples?|queries|steps|iterations|number of)",
    re.IGNORECASE,
)
# Units, and the words that a metric's name has if it is measured in them.
_UNITS: Final = (
    (
        re.compile(r"(?:fps|frames\b.*|[kM]?Hz)$", re.IGNORECASE),
        r"fps|frame|speed|rate|time|throughput|latency|efficien|hz",
    ),
    (
        re.compile(r"\d\s?(?:ms|milliseconds|[µμ]s|seconds|minutes|hours|days)$"),
        r"time|latency|speed|duration|delay|cost|error|deviation",
    ),
    (re.compile(r"\d\s?dB$"), r"psnr|snr|sdr|sdri|gain|db|noise|ratio|level|improvement|quality|rate"),
    (re.compile(r"\d\s?(?:[GM]B|Go)$"), r"memory|size|storage|footprint|parameter|model"),
)
AND: Final = re.compile(r"\s*+(?:\([^()]*+\))?\s*+(?:,|and|/|&|, and|as well as)\s*+(?:the )?", re.IGNORECASE)
_COUNTED_METRIC: Final = re.compile(r".*(?:metrics|measures|measurements|criteria)", re.IGNORECASE)


NEAR: Final = 160
"""No metric stands further from its value, in characters: longer sentences are no sentences."""


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


def beside(text: str, value: Value, metrics: Sequence[Place]) -> list[Place]:
    """The metrics that stand beside ``value``, in it, after it or before it."""
    metrics = [m for m in metrics if fits(value, text[m.start : m.end])]
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


def fits(value: Value, metric: str) -> bool:
    """Whether ``value`` can be one of the metric with that name: an accuracy is not counted in frames per second."""
    words = next((words for unit, words in _UNITS if unit.search(value.text)), None)
    return words is None or re.search(words, metric, re.IGNORECASE) is not None


def is_cost(metric: str) -> bool:
    """Whether a metric is a cost or speed, whose changes in per cent are relative: nobody reports them in per cent."""
    return _COST.search(metric) is not None
