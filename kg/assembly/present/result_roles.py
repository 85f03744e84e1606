"""Roles of a result that its sentence contradicts: a condition taken for a value, another dataset beside the number.

An extractor gives each number a method, metric and dataset. A leaderboard shows them side by side, so that kinds of
mistakes that the sentence itself tells are taken back here; what is left open stays open.
"""

from __future__ import annotations

import re
from typing import Final

from kg.assembly.collect import CollectedPaper, CollectedResult

Ends = tuple[tuple[str, int], ...]

_CONDITION: Final = re.compile(r"\bat (?:an? )?$", re.IGNORECASE)
_OF_CONDITION: Final = re.compile(
    r"^\s*(?:overlap|IoU|recall|precision|false positive|FPR|sparsity|noise)\b", re.IGNORECASE
)
_BETWEEN: Final = re.compile(r"[^.;,\d]{0,40}?\b(?:on|for|in)\s+(?:the\s+)?", re.IGNORECASE)
_LIST: Final = re.compile(r"\s*(?:,|/|&|and\b)\s*[A-Z]")  # of datasets, for a list of numbers
_SCORE_TO: Final = r"\s+(?:benchmark\s+)?score\s+(?:to|of|from|is|reaches)\s*$"
_EXCLUDED: Final = r"\b(?:not in|outside(?: of)?|absent from)\s+(?:the\s+)?"
_RANKED: Final = re.compile(r"(?:top|rank)[- ]?\d", re.IGNORECASE)
_MEASURE: Final = re.compile(r"\b(error|accurac)", re.IGNORECASE)


def roles(result: CollectedResult, collected: CollectedPaper) -> Ends | None:
    """The ends of a result that its sentence bears out; None where the number is no result at all.

    >>> from kg.assembly.collect import CollectedEntity
    >>> sets = tuple(CollectedEntity("Dataset", n, False, 0.0, ((n, 1),)) for n in ("GLUE", "SQuAD"))
    >>> paper = CollectedPaper("p", None, "", sets, (), (), (), (), {})
    >>> said = "It pushes the GLUE score to 80.5 and reaches 93.2 F1 on SQuAD."
    >>> roles(CollectedResult("80.5", "absolute", said, (("ON_DATASET", 1),)), paper)
    (('ON_DATASET', 0),)
    """
    place = result.text.find(result.value)
    if place < 0:
        return result.ends
    before, after = result.text[:place], result.text[place + len(result.value) :]
    if _CONDITION.search(before) and _OF_CONDITION.match(after):
        return None
    ends = dict(result.ends)
    named = _dataset_beside(before, after, collected)
    if named is not None and "ON_DATASET" in ends:
        ends["ON_DATASET"] = named
    elif "ON_DATASET" in ends and _is_excluded(ends["ON_DATASET"], result.text, collected):
        del ends["ON_DATASET"]
    if "BY_METRIC" in ends and _is_other_measure(collected.entities[ends["BY_METRIC"]].name, before):
        del ends["BY_METRIC"]
    return tuple(ends.items())


def _dataset_beside(before: str, after: str, collected: CollectedPaper) -> int | None:
    """The dataset that stands right at the number: "83.1% mAP on PersonX", "the GLUE score to 80.5"."""
    joint = _BETWEEN.match(after)
    for form, place in _dataset_forms(collected):
        if joint and after[joint.end() :].startswith(form):
            rest = after[joint.end() + len(form) :]
            return None if rest[:1].isalnum() or _LIST.match(rest) else place
        if re.search(rf"\b{re.escape(form)}{_SCORE_TO}", before):
            return place
    return None


def _dataset_forms(collected: CollectedPaper) -> list[tuple[str, int]]:
    """The names of the paper's datasets, the longest first."""
    found = [(form, n) for n, e in enumerate(collected.entities) if e.type == "Dataset" for form, _ in e.forms]
    return sorted(found, key=lambda item: (-len(item[0]), item))


def _is_excluded(dataset: int, text: str, collected: CollectedPaper) -> bool:
    """Whether the sentence names the dataset only as what something is not in."""
    forms = [form for form, _ in collected.entities[dataset].forms if form in text]
    return bool(forms) and all(re.search(_EXCLUDED + re.escape(form), text) for form in forms)


def _is_other_measure(metric: str, before: str) -> bool:
    """Whether the number is an error and the metric an accuracy, or the other way round, by the last word before it."""
    said = _MEASURE.findall(before)
    of_metric = _MEASURE.findall(metric) or (["accurac"] if _RANKED.match(metric) else [])
    return (
        bool(said and of_metric) and said[-1].lower() != of_metric[-1].lower() and len(set(map(str.lower, said))) == 1
    )
