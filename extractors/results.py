"""Reported numbers with their metric, dataset and comparison. Sets ``doc._.results``.

Works sentence by sentence over the entities: :mod:`extractors.values` finds the numbers that
may be results, :mod:`extractors.metrics` the metric that each is a value of; this module
decides which are results, and which method, data, task and baseline they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

import extractors.extensions  # noqa: F401  registers doc._.results
from extractors.metrics import Place, beside, metrics_of, places_of
from extractors.roles import Roles, comparison_of, roles_of
from extractors.sentences import spans_of
from extractors.types import Entity, Result
from extractors.values import Value, find_values

# A sentence without one of these compares or reports nothing.
_REPORTING: Final = re.compile(
    r"\b(?:improv|outperform|surpass|exceed|gain|boost|increas|reduc|decreas|achiev|obtain|reach|attain|yield"
    r"|sav|speed|accelerat|faster|fewer|better|higher|lower|drop|retain|relative|gap|cut|slash|shrink"
    r"|smaller|larger|compress|slower|less|worse|lead|advantage|margin|bring|enhanc|lag|rais|score|run|operat"
    r"|perform|success|accura|fail|superior|beat|rise|degrad|declin|efficien|match|contribut|doubl|halv"
    r"|scal|cost|preserv|maintain|recover|solve|magnitude|cases|real[- ]time|recall|identif)\w*",
    re.IGNORECASE,
)


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
        for value, metrics in zip(values, metrics_of(text, start, end, values, inside, last), strict=True):
            if metrics or (reporting and not value.bare):
                found += _results(text, (start, end), value, metrics, roles_of(text, start, end, value, inside, entities))
    return found


def _results(
    text: str, sentence: tuple[int, int], value: Value, metrics: Sequence[Place], roles: Roles
) -> list[Result]:
    """One result for each metric that the value is of."""
    return [
        Result(
            value=value.text,
            comparison=comparison_of(text, *sentence, value, metric),
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
