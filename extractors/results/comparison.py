"""What a number compares, where the way it is put settles that: a score, points over another, a relative change."""

from __future__ import annotations

import re
from typing import Final

from extractors.record import Comparison
from extractors.results.metrics import is_cost
from extractors.results.values import Value

_MULTIPLE: Final = re.compile(r"(?:[x×]|\\times\$?|times|folds?)$")
_RELATIVE_BEFORE: Final = re.compile(r"\brelative(?:ly)?(?! to\b)\W+(?:[\w-]+\W+){0,4}?[~≈+$]?$", re.IGNORECASE)
_RELATIVE_AFTER: Final = re.compile(r"[)$%]*\s?\(?(?:[\w-]+ ){0,2}?relative(?:ly)?\b(?! to\b)", re.IGNORECASE)
_RETAINED: Final = re.compile(r"\b(?:retain|preserv|maintain|recover)\w* (?:[\w-]+ ){0,3}$", re.IGNORECASE)
_CHANGE_BEFORE: Final = re.compile(
    r"(?:\b(?:by|gains?|improvements?|increases?|drops?|boosts?|margin|gap|advantage|reductions?|decreases?|savings?"
    r"|reduc\w+|sav(?:es|ing)|cut(?:s|ting)?)"
    r"(?: (?:of|is|up|to|upto|over|more|than|about|around|at|least|an?|average|approximately|roughly|nearly|as"
    r"|much|high|only|between|ranging|from|the|almost))*|\+|\bextra|\badditional)\s?[~∼≈><$]*$",
    re.IGNORECASE,
)
_CHANGE_AFTER: Final = re.compile(
    r"[)$]*\s?(?:absolute |average |in |points? |percentage |\w+[- ]?\w* )?(?:[\w@-]+ ){0,2}?"
    r"(?:better|higher|lower|worse|improvements?|gains?|increases?|drops?|decreases?|boosts?|fewer|less|more|reductions?"
    r"|faster|slower|smaller|savings?|gap|advantage|loss)\b",
    re.IGNORECASE,
)
_REACHED: Final = re.compile(
    r"\b(?:achiev|reach|obtain|attain|scor|yield|get|gets|got|record)\w*(?: (?:an?|the|of|over|about|up|to|more|than"
    r"|around|nearly|average|only))*\s?[~∼≈$]*$",
    re.IGNORECASE,
)


def settled_comparison(text: str, start: int, end: int, value: Value, metric: str) -> Comparison | None:
    """The comparison, where the wording leaves no doubt; ``metric`` is the name of the metric, or empty."""
    if value.change:
        return "absolute"
    if value.kind in ("times", "magnitude", "factor", "half") or _MULTIPLE.search(value.text):
        return "relative"
    before, after = text[max(start, value.start - 60) : value.start], text[value.end : min(end, value.end + 60)]
    if _RELATIVE_BEFORE.search(before) or _RELATIVE_AFTER.match(after) or _RETAINED.search(before):
        return "relative"
    if is_change(text, start, end, value):
        return "relative" if "%" in value.text and is_cost(metric) else None
    return "absolute" if _REACHED.search(before) else None


def is_change(text: str, start: int, end: int, value: Value) -> bool:
    """Whether the words beside a number make it a change: "by 5%", "5% higher"."""
    before, after = text[max(start, value.start - 60) : value.start], text[value.end : min(end, value.end + 60)]
    return _CHANGE_BEFORE.search(before) is not None or _CHANGE_AFTER.match(after) is not None
