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
_LIST: Final = re.compile(r"\s*(?:,|/|&|and\b)\s*(?:[A-Z]|(?:19|20)\d\d\b)")  # of datasets, for a list of numbers
_AND: Final = r"\s*(?:,\s*and\b|,|/|&|\band\b)\s*"
_NUMBER: Final = r"\d+(?:\.\d+)?\s?%?"
_NUMBERS: Final = re.compile(rf"(?<![\w.]){_NUMBER}(?:{_AND}{_NUMBER})+")
_NEXT: Final = re.compile(rf"(?:\s+(?!and\b)[a-z][a-z-]*){{0,3}}{_AND}(?:the\s+)?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d\b")
_REACHES: Final = r"\s+(?:to|reaches|achieves|gets|obtains)\s+$"
_SCORE_TO: Final = r"\s+(?:benchmark\s+)?score\s+(?:to|of|from|is|reaches)\s*$"
_EXCLUDED: Final = r"\b(?:not in|outside(?: of)?|absent from)\s+(?:the\s+)?"
_RANKED: Final = re.compile(r"(?:top|rank)[- ]?\d", re.IGNORECASE)
_UNKNOWN: Final = -1
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
    listed = _by_order(place, result.text, collected)
    named = _dataset_beside(before, after, collected)
    if listed is not None and "ON_DATASET" in ends:
        ends["ON_DATASET"] = listed
    elif named is not None and "ON_DATASET" in ends:
        ends["ON_DATASET"] = named
    elif "ON_DATASET" in ends and (
        _is_excluded(ends["ON_DATASET"], result.text, collected)
        or _has_its_own(ends["ON_DATASET"], before, result.text, collected)
    ):
        del ends["ON_DATASET"]
    method = _method_before(before, collected) if "OF_METHOD" in ends else None
    if method is not None:
        ends["OF_METHOD"] = method
    if "BY_METRIC" in ends and _is_other_measure(collected.entities[ends["BY_METRIC"]].name, before):
        del ends["BY_METRIC"]
    return tuple((end, place) for end, place in ends.items() if place != _UNKNOWN)


def _by_order(place: int, text: str, collected: CollectedPaper) -> int | None:
    """The dataset of a number in a list, before a list of as many datasets: "48.0% and 44.4% mAP on VOC 2007 and 2012".

    `_UNKNOWN` where the paper's entities do not have it; None where there are no such lists.
    """
    for numbers in _NUMBERS.finditer(text):
        joint = _BETWEEN.match(text, numbers.end())
        if numbers.start() <= place < numbers.end() and joint:
            listed = _listed(text[joint.end() :], collected)
            starts = [m.start() + numbers.start() for m in re.finditer(_NUMBER, numbers[0])]
            if len(listed) == len(starts) and place in starts:
                return listed[starts.index(place)]
    return None


def _listed(text: str, collected: CollectedPaper) -> list[int]:
    """The datasets listed at the beginning of a text; a year alone stands for the name before it with that year."""
    forms = dict(_dataset_forms(collected))
    found: list[int] = []
    name = ""
    while True:
        form = next((form for form in forms if text.startswith(form) and not text[len(form) :][:1].isalnum()), None)
        year = _YEAR.match(text) if form is None and _YEAR.search(name) else None
        if form is None and year is None:
            return found
        name = form if form is not None else _YEAR.sub(year[0] if year else "", name)
        found.append(forms.get(name, _UNKNOWN))
        rest = text[len(form if form is not None else year[0] if year else "") :]
        following = _NEXT.match(rest)
        if not following:
            return found
        text = rest[following.end() :]


def _method_before(before: str, collected: CollectedPaper) -> int | None:
    """The method that the words right before a number name: "PAA-ResNet101 to 47.9 AP"."""
    forms = {form: n for n, e in enumerate(collected.entities) if e.type == "Method" for form, _ in e.forms}
    ending = re.search(_REACHES, before)
    if ending is None:
        return None
    at = before[: ending.start()]
    named = [form for form in forms if at.endswith(form) and not at[: -len(form)][-1:].isalnum()]
    return forms[max(named, key=len)] if named else None


def _dataset_beside(before: str, after: str, collected: CollectedPaper) -> int | None:
    """The dataset that stands right at the number: "83.1% mAP on PersonX", "the GLUE score to 80.5", "GLUE (80.5)"."""
    joint = _BETWEEN.match(after)
    for form, place in _dataset_forms(collected):
        if joint and after[joint.end() :].startswith(form):
            rest = after[joint.end() + len(form) :]
            return None if rest[:1].isalnum() or _LIST.match(rest) else place
        if re.search(rf"\b{re.escape(form)}(?:{_SCORE_TO}|\s\($)", before):
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


def _has_its_own(dataset: int, before: str, text: str, collected: CollectedPaper) -> bool:
    """Whether another number stands in brackets behind the dataset: 91% in "CIFAR-100 (91%), Flower (98%)"."""
    forms = "|".join(re.escape(form) for form, _ in collected.entities[dataset].forms)
    return before.endswith("(") and bool(re.search(rf"\b(?:{forms})\s\({_NUMBER}\)", text))


def _is_other_measure(metric: str, before: str) -> bool:
    """Whether the number is an error and the metric an accuracy, or the other way round, by the last word before it."""
    said = _MEASURE.findall(before)
    of_metric = _MEASURE.findall(metric) or (["accurac"] if _RANKED.match(metric) else [])
    return (
        bool(said and of_metric) and said[-1].lower() != of_metric[-1].lower() and len(set(map(str.lower, said))) == 1
    )
