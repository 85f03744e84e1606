"""Doubtful names, typed by what is done with them: a method is trained on data, and compared with a method.

So is an abbreviation beside a metric's, however sure its type: "improvement in MAE and RMSE" is in two metrics.

Of the names that "trained on", "evaluated on", "experiments on", "results on" and their like end at, 255 are datasets,
13 tasks and 5 methods in the annotated abstracts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from extractors.document.annotations import Mention
from extractors.entities.gazetteer import known_names
from extractors.names.abbreviations import is_short_form
from extractors.record import EntityType

SURE: Final = 0.7
"""A name with any mention as sure as this keeps its type."""

_PROPER: Final = re.compile(r"[A-Z]\S*(?: [A-Z0-9]\S*){0,3}")
_DATA_BEFORE: Final = re.compile(
    r"\b(?:(?:(?:pre-?|re)?train(?:ed|ing)?|fine-?tuned|evaluated|tested|validated)(?: \S+)?|experiments?|results)"
    r" on (?:the )?$",
    re.IGNORECASE,
)
_NO_DATA_AFTER: Final = re.compile(r"-| (?:data|examples|samples|outputs|robots?|and variants)\b")
_COMPARED: Final = re.compile(
    r" (?:(?:is|are|was|were|has been|have been) (?:also |then |further )?compared (?:with|to|against)"
    r"|outperforms?|outperformed|surpass(?:es|ed)) (?:the )?"
)
_AND: Final = re.compile(r",? (?:and|or) |, |/")
_MEASURED: Final = re.compile(
    r"\b(?:in terms of|(?:improve(?:ment|d|s)?|gain|increase|reduction|decrease|drop|boost)s? (?:in|of)"
    r"|(?:measured|evaluated) (?:by|in|with))(?: (?:the|both|average|mean))* $",
    re.IGNORECASE,
)


def typed_by_context(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, where the names that no mention is sure of have the type that their sentences give them."""
    types: dict[str, EntityType] = {}
    sure = {text[m.start : m.end] for m in mentions if m.confidence >= SURE}
    ordered = sorted(mentions)
    for n, m in enumerate(ordered):
        name = text[m.start : m.end]
        beside = (*ordered[max(0, n - 1) : n], *ordered[n + 1 : n + 2])
        if _is_metric(text, m, beside):
            types[name] = "Metric"
        elif name not in sure and _PROPER.fullmatch(name) and (kind := _type_here(text, m, beside)):
            types.setdefault(name, kind)
    return [replace(m, type=types.get(text[m.start : m.end], m.type)) for m in mentions]


def _type_here(text: str, mention: Mention, beside: Sequence[Mention]) -> EntityType | None:
    """What the words around one mention make of it; None where they do not tell."""
    before = text[max(0, mention.start - 80) : mention.start]
    if _DATA_BEFORE.search(before) and not _NO_DATA_AFTER.match(text, mention.end):
        return "Dataset"
    for other in beside:
        first, second = sorted((mention, other))
        if other.type == "Method" and _COMPARED.fullmatch(text, first.end, second.start):
            return "Method"
    return None


def _is_metric(text: str, mention: Mention, beside: Sequence[Mention]) -> bool:
    """Whether an abbreviation that the text does not define is listed with a metric's: "in MAE and RMSE".

    It is also known as a metric, or the list follows what metrics follow: "in terms of", "improvement in".
    """
    name = text[mention.start : mention.end]
    if mention.type == "Metric" or not is_short_form(name) or f"({name})" in text:
        return False
    for other in beside:
        first, second = sorted((mention, other))
        listed = _AND.fullmatch(text, first.end, second.start) is not None
        if other.type != "Metric" or not listed or not is_short_form(text[other.start : other.end]):
            continue
        joint, before = text[first.end : second.start], text[max(0, first.start - 40) : first.start]
        if _MEASURED.search(before) or ("," not in joint and "Metric" in known_names().types_of(name)):
            return True
    return False
