"""Reported numbers with their metric, dataset and comparison. Sets ``doc._.results``.

Works sentence by sentence over the entities: :mod:`extractors.values` finds the numbers that
may be results, this module decides which are, and which entities they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

import extractors.extensions  # noqa: F401  registers doc._.results
from extractors.sentences import spans_of
from extractors.types import Entity, EntityType, Result
from extractors.values import Value, find_values

# Between a metric and its value: "accuracy of 93%", "BLEU score increases to 36.5", "error rate (5%)".
_METRIC_FIRST: Final = re.compile(
    r"(?:\s*\([^()]*\))?(?:\s(?:scores?|values?|rates?|results?|performances?|gains?|improvements?|drops?"
    r"|reductions?|increases?|metrics?))?"
    r"(?:\s(?:is|are|was|were|has|have|been|can|be|could|we|it|also))*"
    r"(?:,?\s(?:further|significantly|substantially|only|consistently|greatly|drastically|even|average|averagely))*"
    r"(?:\s(?:improv|increas|reduc|decreas|ris|drop|rais|boost|enhanc|cut|lower|fall|fell|rang|reach|achiev)\w*)?"
    r"(?:\s(?:of|by|to|at|up|upto|from|over|is|around|about|approximately|nearly|almost|as|high|low|more|less|than"
    r"|only|just|an?|average|the|factor|average|least|most|much|on|in|above|below|exceeding|between|with|roughly))*"
    r"\s?[=:(]?\s*[~∼≈><≥≤$+*]*\s?",
    re.IGNORECASE,
)
# Between a value and its metric: "5% higher accuracy", "6% in mAP", "0.5 BLEU".
_VALUE_FIRST: Final = re.compile(
    r"\)?(?:\s(?:\([^()]*\)))?(?:\s(?:absolute|relative|average|points?|percentage|better|higher|lower|fewer|less"
    r"|more|faster|slower|improved|the|overall|test|improvements?|gains?|increases?|reductions?|decreases?|drops?"
    r"|boosts?|savings?|performance|new|mean|val\.?|for|in|of|on|terms|its|a|an|loss|error|smaller|shorter|larger"
    r"|speed-?up|as|measured|by|zero-shot|average|reduced|additional|\w+-shot|w\.r\.t\.?|and))*\s?[*\"'$]*",
    re.IGNORECASE,
)
_VERB: Final = re.compile(
    r"\b(?:improv|outperform|surpass|exceed|gain|boost|increas|reduc|decreas|achiev|obtain|reach|attain|yield"
    r"|sav|speed|accelerat|faster|fewer|better|higher|lower|drop|retain|relative|gap|cut|slash|shrink|lower|sav"
    r"|smaller|larger|compress|slower|less|worse|lead|advantage|margin|bring|enhanc|lag|rais|score|run|operat"
    r"|perform|success|accura|fail|superior|beat|rise|degrad|declin|efficien|match|at|contribut|doubl|halv"
    r"|scal|up to|cost|preserv|maintain|recover|solve|magnitude)\w*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A mention in a sentence and the index of its entity."""

    start: int
    end: int
    entity: int
    type: EntityType


def find_results(text: str, sentences: Sequence[tuple[int, int]], entities: Sequence[Entity]) -> list[Result]:
    """The results that the sentences report, in order of the text."""
    places = sorted(
        (Place(m.start, m.end, index, entity.type) for index, entity in enumerate(entities) for m in entity.mentions),
        key=lambda p: (p.start, p.end),
    )
    found: list[Result] = []
    for start, end in sentences:
        inside = [p for p in places if start <= p.start and p.end <= end]
        found += _in_sentence(text, start, end, inside)
    return found


def _in_sentence(text: str, start: int, end: int, places: list[Place]) -> list[Result]:
    values = [v for v in find_values(text, start, end) if not any(p.start < v.end and v.start < p.end and p.end - p.start > v.end - v.start for p in places)]
    metrics = [p for p in places if p.type == "Metric"]
    named = [_metric_of(text, value, metrics) for value in values]
    found = []
    last: Place | None = None
    for index, value in enumerate(values):
        metric = named[index]
        if metric is None:
            metric = _shared(text, values, named, index)
        if metric is None and value.bare:
            continue
        if metric is None and not _VERB.search(text, start, end):
            continue
        if metric is None:
            metric = last
        last = metric
        found.append(_result(text, start, end, value, metric, places))
    return found


def _metric_of(text: str, value: Value, metrics: list[Place]) -> Place | None:
    """The metric that stands beside ``value``, after it or before it."""
    for metric in metrics:
        if metric.start >= value.end and _VALUE_FIRST.fullmatch(text, value.end, metric.start):
            return metric
    for metric in reversed(metrics):
        if metric.end <= value.start and _METRIC_FIRST.fullmatch(text, metric.end, value.start):
            return metric
    return None


def _shared(text: str, values: list[Value], named: list[Place | None], index: int) -> Place | None:
    """The metric of the neighbour that ``values[index]`` is coordinated with: "48.1% and 55.7%"."""
    coordination = re.compile(r"[^.;]{0,40}?(?:,|/|\band\b|\bor\b|\()\s*[^.;,]{0,25}")
    for step in (1, -1):
        here = index
        while 0 <= here + step < len(values):
            one, two = sorted((values[here], values[here + step]), key=lambda v: v.start)
            if not coordination.fullmatch(text, one.end, two.start):
                break
            here += step
            if named[here] is not None:
                return named[here]
    return None


def _result(
    text: str, start: int, end: int, value: Value, metric: Place | None, places: list[Place]
) -> Result:
    return Result(
        value=value.text,
        comparison="absolute",
        start=start,
        end=end,
        metric=metric.entity if metric else None,
    )


class PatternResults:
    """spaCy component: sets ``doc._.results``."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the results in ``doc``."""
        sentences = [span for span in spans_of(doc) if span[0] >= doc._.abstract_start]
        doc._.results = find_results(doc.text, sentences, doc._.entities)
        return doc


@Language.factory("papergraph_results", requires=["doc.sents", "doc._.entities"], assigns=["doc._.results"])
def make_results(nlp: Language, name: str) -> PatternResults:
    """The component ``papergraph_results``."""
    return PatternResults()
