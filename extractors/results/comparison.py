"""What a number compares, where the way it is put settles that: a score, points over another, a relative change."""

from __future__ import annotations

import re
from typing import Final

from extractors.record import Comparison
from extractors.results.metrics import is_cost
from extractors.results.sentence import Sentence

_MULTIPLE: Final = re.compile(r"(?:[x×]|\\times\$?|times|folds?)$")
_RELATIVE_BEFORE: Final = re.compile(
    r"\brelative(?:ly)?(?! to\b)\W+(?:(?:[\w-]+\W+){0,4}?"
    r"|(?:[\w-]+\W+){0,5}?(?:improvement|reduction|gain|increase|decrease|drop)s?\W+(?:[\w-]+\W+){0,5}?)[~≈+$]?$",
    re.IGNORECASE,
)
_RELATIVE_AFTER: Final = re.compile(r"[)$%]*\s?\(?(?:[\w-]+ ){0,2}?relative(?:ly)?\b(?! to\b)", re.IGNORECASE)
_RETAINED: Final = re.compile(r"\b(?:retain|preserv|recover|keep)\w* (?:[\w-]+ ){0,3}$", re.IGNORECASE)
_OF_ITS_OWN: Final = re.compile(r"[)$]* of (?:the|its|their|all)\b", re.IGNORECASE)
_QUANTIFIED: Final = (
    r"(?:[,( ]+(?:of|is|up|to|upto|over|more|than|about|around|at|least|an?|average|averages|approximately|roughly"
    r"|nearly|as|much|high|only|between|ranging|from|the|almost|by|additional|further|absolute|relative))*"
    r"[ (,]*[~∼≈><$]*$"
)
_CHANGE_BEFORE: Final = re.compile(
    r"(?:\b(?:by|gains?|improvements?|increases?|drops?|boosts?|margins?|gap|advantage|reductions?|decreases?|savings?"
    r"|improv(?:e|es|ed|ing)|enhanc(?:e|es|ed|ing)|gaining|reduc(?:e|es|ed|ing)|sav(?:es|ing)|cut(?:s|ting)?|degradation|extra|additional)"
    rf"){_QUANTIFIED}",
    re.IGNORECASE,
)
# "improves over all others (up to 16% in recall)"
_IN_BRACKETS: Final = re.compile(
    r"\b(?:outperform|improv|gain|surpass|boost|superior|exceed|margin|increas|higher|better)\w*\b[^().;]{0,80}"
    r"\((?:e\.g\.,? )?(?:by|up to|\+|an? (?:average|gain)|on average|over)\b[^()]{0,20}$"
    r"|\b(?:gains?|improvements?|margins?|increases?|superiority)\b[^().;]{0,30}\([^()]{0,6}$",
    re.IGNORECASE,
)
_CHANGE_AFTER: Final = re.compile(
    r"[)$]*\s?(?:absolute |average |in |points? |percentage |\w+[- ]?\w* )?(?:[\w@^.-]+ ){0,2}?"
    r"(?:better|higher|lower|worse|improvements?|gains?|increases?|drops?|decreases?|boosts?|fewer|less|more|reductions?"
    r"|faster|slower|smaller|savings?|gap|advantage|loss|degradation|elimination|decline)\b",
    re.IGNORECASE,
)
# "40% fewer parameters", "3% faster", "saves 20% of the memory": costs change relatively, whatever they are called.
_LESS: Final = re.compile(
    r"[)$]*\s?(?:fewer|less|faster|slower|smaller|cheaper|lighter|shorter|speed-?up)\b", re.IGNORECASE
)
_SAVED: Final = re.compile(
    r"\bsav\w+(?: (?:of|up|to|about|around|over|more|than|nearly|at|least))*\s?[~∼≈$]*$", re.IGNORECASE
)
# "reduces more than 90% of the parameters"
_TAKEN: Final = re.compile(
    r"\b(?:reduc|decreas|cut|prun|remov)\w*(?: (?:of|up|to|about|around|over|more|than|nearly|at|least))*\s?[~∼≈$]*$",
    re.IGNORECASE,
)
_OF_COST: Final = re.compile(r"[)$]* of (?:the |its |all )?((?:[\w-]+ ?){1,3})")
# "QNLI (accuracy 91.7%)": a bracket that has a measure and nothing of change before its number
_SCORE_IN_BRACKET: Final = re.compile(
    r"\((?![^()]*\b(?:by|up|down|gain|improv|increas|decreas|reduc|drop|boost|more|less|over|about|only|from|average|mean"
    r"|relative|additional|absolute|margin|differ|\+))[A-Za-z][\w@ /-]{1,40}[ =:]{1,3}$",
    re.IGNORECASE,
)
# "by 9.3% relative, to 4.7%": where the change leads
_THEN_TO: Final = re.compile(
    r"[)$%]*(?: (?:relative(?:ly)?|absolute(?:ly)?|points?|down|up))*,?"
    r"(?: (?:down|up|thus|and (?:arriv\w+|settl\w+|end\w*)))*"
    r" (?:to|at)(?: (?:an?|only|just|about|around|as (?:low|high) as|nearly|approximately|level|of))* ?[~∼≈$]*"
)
_REACHED: Final = re.compile(
    r"\b(?:achiev|reach|obtain|attain|scor|yield|get|gets|got|record)\w*(?: (?:an?|the|of|over|about|up|to|more|than"
    r"|around|nearly|average|only))*\s?[~∼≈$]*$",
    re.IGNORECASE,
)


def settled_comparison(sentence: Sentence, index: int, metric: str) -> Comparison | None:
    """The comparison of a value, where the wording leaves no doubt; ``metric`` is its metric's name, or empty.

    What stands before a series of values, "by 1.3 AP and 0.7 AP", and after a list, "2% and 3% higher", holds for all.
    """
    value = sentence.values[index]
    versus = sentence.is_versus(index - 1, index) or sentence.is_versus(index, index + 1)
    if value.change or versus or _is_reached(sentence, index):
        return "absolute"
    if value.kind in ("times", "magnitude", "factor", "half") or _MULTIPLE.search(value.text):
        return "relative"
    contexts = _contexts(sentence, index)
    if any(_RELATIVE_BEFORE.search(before) or _RELATIVE_AFTER.match(after) for before, after in contexts):
        return "relative"
    if "%" in value.text and any(_LESS.match(after) or _SAVED.search(before) for before, after in contexts):
        return "relative"
    if "%" in value.text and any(_TAKEN.search(b) and (m := _OF_COST.match(a)) and is_cost(m[1]) for b, a in contexts):
        return "relative"
    if any(_RETAINED.search(before) and _OF_ITS_OWN.match(after) for before, after in contexts):
        return "relative"
    if is_change(sentence, index):
        return "relative" if "%" in value.text and is_cost(metric) else "difference"
    reached = any(_REACHED.search(before) or _SCORE_IN_BRACKET.search(before) for before, _ in contexts)
    return "absolute" if reached else None


def _is_reached(sentence: Sentence, index: int) -> bool:
    """Whether a value is where the change before it led: "by 9.3% relative, to 4.7%"."""
    if index == 0:
        return False
    first, value = sentence.values[index - 1], sentence.values[index]
    before = sentence.text[max(sentence.start, first.start - 120) : first.start]
    led = _THEN_TO.fullmatch(sentence.text, first.end, value.start) is not None
    return led and _CHANGE_BEFORE.search(before) is not None


def is_change(sentence: Sentence, index: int) -> bool:
    """Whether the words beside a value, or beside its series, make it a change: "by 5%", "5% higher", "+5%"."""
    if sentence.values[index].text.startswith("+"):
        return True
    return any(
        _CHANGE_BEFORE.search(before) or _CHANGE_AFTER.match(after) or _IN_BRACKETS.search(before)
        for before, after in _contexts(sentence, index)
    )


def _contexts(sentence: Sentence, index: int) -> list[tuple[str, str]]:
    """What stands before and after the value; and before the series and after the list that it is in."""
    text, values = sentence.text, sentence.values
    value, first, last = values[index], values[sentence.series_of(index)[0]], values[sentence.list_of(index)[-1]]
    return [
        (text[max(sentence.start, one.start - 120) : one.start], text[other.end : min(sentence.end, other.end + 60)])
        for one, other in ((value, value), (first, last))
    ]
