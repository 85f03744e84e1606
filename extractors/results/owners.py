"""Whose number it is, where words of its sentence say so.

"44.1 for BART" and "while BART takes 60 seconds" give a number to BART; "our cell" is the introduced method of that
kind. "Our joint model reaches 71%" and "the pre-trained models achieve 85%" name no other method than the paper's,
and in "it outperforms unsupervised models: it reaches 89%" the number is not of those models.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from extractors.results.clues import Asked
from extractors.results.metrics import Place
from extractors.results.sentence import Sentence

_SYSTEM: Final = (
    r"(?:model|network|method|approach|framework|system|architecture|algorithm|technique|scheme|pipeline|detector"
    r"|classifier)"
)
_COMMON: Final = re.compile(rf"[a-z][a-z -]*\b{_SYSTEM}(?:e?s)?")
_OWN_BEFORE: Final = re.compile(r"\b(?:[Oo]ur|[Tt]his|[Tt]he (?:proposed|resulting|final|presented))\s$")
_TRAINED: Final = re.compile(rf"\b[Tt]he (?:pre-?)?(?:trained|learned) {_SYSTEM}(?:e?s)?$")
_KIND: Final = re.compile(r"(?:^|(?<=[ -]))[a-z]{3,}$")
_ANY_SYSTEM: Final = re.compile(
    r"models?|networks?|methods?|approach(?:es)?|frameworks?|systems?|architectures?|algorithms?|techniques?|schemes?"
)
# "compared to 44.1 for BART": what follows such words is not the subject's number.
_COMPARED: Final = re.compile(
    r"\b(?:compared (?:to|with|against)|in comparison (?:to|with)|versus|vs\.?|as opposed to|instead of|against"
    r"|than the|than that of|over the|above the|below the|up from|down from)"
    r" (?:(?:the|an?|about|only|just|previous|prior|best|reported|existing|earlier|original|baseline|of|scores?"
    r"|results?|values?|rates?|record|state-of-the-art|performance|current|next|human|expert|chance|accuracy|error"
    r"|level) )*[$~(]*$",
    re.IGNORECASE,
)
# "..., while the baseline achieves 67.9%", "from a baseline mortality rate of 13.3%"
_BASELINES: Final = re.compile(
    r"\bbaseline (?:[\w-]+ ){0,2}(?:rate|score|accuracy|level|performance) of $|"
    r"\b(?:while|whereas|but) (?:(?:the|an?|other|existing|previous|strong|strongest|best|all) ){0,3}"
    r"(?:baselines?|(?:baseline|existing|previous|other) (?:methods?|models?|approach(?:es)?|systems?))"
    r"(?: using [\w -]{0,40})? (?:only )?(?:achiev|reach|obtain|get|attain|scor|yield)\w*(?: (?:only|just|about))* $"
)
# "the previous 86.4% state-of-the-art accuracy", "than the former best result of 61%"; but "exceeds the previous best
# by 0.4" and "the previous SOTA 0.4 dB" are changes
_EARLIER: Final = re.compile(
    r"\b(?:previous(?:ly)?|prior|former|earlier)(?: (?:best|known|reported|published|top|highest|lowest"
    r"|state-of-the-art|SOTA|records?|results?|scores?|performance|accuracy|error|rate|value|of|was|is|being|at))*"
    r" [(~∼≈$]*$",
    re.IGNORECASE,
)
# "human performance of 93.0%"
_PEOPLE: Final = re.compile(
    r"\b(?:human|expert|clinician|physician|radiologist|annotator|chance|random)s?'?(?:[ -]levels?)?"
    r" (?:(?:performance|accuracy|agreement|scores?|level|baseline|F1|upper bound) )?"
    r"(?:of|at|is|was|being|\() ?[~∼≈$]*$",
    re.IGNORECASE,
)
# "A beats B, which scores 61%"; "and A lifts this to 65%"
_WHICH_TAKES: Final = re.compile(
    r"(?: \([\w-]+\))?, (?:which|that) (?:(?:only|just|still|itself) )?"
    r"(?:score|achieve|reache|obtain|get|attain|yield|ha)s [^,;.]{0,30}"
)
_LIFTS_THIS: Final = re.compile(
    r" (?:\w+ly )?(?:improve|raise|lift|push|increase|boost|lower|reduce|cut|bring)s? (?:this|it|that|these)"
    r" (?:(?:further|up|down|even) )*(?:to|by) ?[~∼≈$]*"
)
# "improves the accuracy of B from 60.3% to 62.8%": what was before is B's
_OF_WHICH: Final = re.compile(
    r"\b(?:improv|increas|boost|rais|reduc|lower|cut|decreas|lift|bring|push|enhanc)\w* (?:the )?[^,;.]{0,50}"
    r" (?:of|for) (?:the |an? )?$"
)
_THAN: Final = re.compile(
    r"\b(?:than|over|outperform\w*|surpass\w*|exceed\w*|beat\w*|compared (?:to|with)|against)"
    r"(?: (?:that of|the|an?|standard|baseline|original|vanilla|previous))* ?$"
)
_WHOSE: Final = re.compile(
    r"[)$]*\s*(?:points? )?(?:(?:for|by|of|from|with|using|achieved by|obtained by|reported for)"
    r" (?:the |an? |standard |original |vanilla |plain |baseline )*)",
    re.IGNORECASE,
)
_COMPARING: Final = re.compile(
    r"\b(?:(?P<to>compar(?:ed|able) (?:to|with)|(?<!more )(?<!less )than|versus)|over|against"
    r"|(?:out-?perform|surpass)\w*)\b",
    re.IGNORECASE,
)
_NAMED_FOR: Final = re.compile(r"\s?(?::|=|\()\s?[~∼≈$]*")
_WHILE: Final = re.compile(
    r"(?:\b(?:while|whereas|but|although|though)|;) (?:(?:the|an?|standard|original|vanilla|previous|existing) ){0,2}$"
)
_TAKES: Final = re.compile(
    r" (?:(?:only|still|just|merely) )?(?:take|need|require|achieve|reach|reache|obtain|get|yield|score|attain|stay"
    r"|remain|stand|end|arrive|stop|settle|drop|fall|plateau|manage)(?:s|ed|ped)?(?: (?:up|out))? [^,;.]{0,30}"
    r"| (?:is|are|was|were|has|had|gets|got|stood|fell|took) (?:(?:only|still|just) )?(?:at |an? |the )?[^,;.]{0,30}"
)
NEAR: Final = 40
"""How many characters before a number a name may stand that it is given to."""
_OWN_SUBJECT: Final = re.compile(
    rf"\b(?:[Ww]e|[Ii]t|[Oo]urs|[Oo]ur (?:[\w-]+ ){{0,4}}{_SYSTEM}(?:e?s)?"
    rf"|[Tt]h(?:is|e proposed) (?:[\w-]+ ){{0,3}}{_SYSTEM}(?:e?s)?)(?: \([\w-]+\))?"
    r" (?:(?:also|further|even|can|could|still|then|again|\w+ly) )*"
    r"(?:achiev|reach|obtain|attain|get|yield|scor|record|report)\w*\b"
)


def is_compared(asked: Asked, comparison: int | str | None) -> bool:
    """Whether the number is what the subject's number is compared to, or that of a nameless baseline."""
    text, start, end = asked.sentence.text, asked.sentence.start, asked.value.start
    if comparison == "absolute" and (_EARLIER.search(text, start, end) or _PEOPLE.search(text, start, end)):
        return True
    return _COMPARED.search(text, start, end) is not None or _BASELINES.search(text, start, end) is not None


def owner_after(asked: Asked, metric: int | str | None) -> int | None:
    """The method that a number is given to by what follows: "44.1 ROUGE-1 for BART"."""
    end = asked.value.end
    for place in asked.sentence.places:
        if place.start < end:
            continue
        if place.entity == metric and place.start - end < 3:
            end = place.end
        elif place.type == "Method" and _WHOSE.fullmatch(asked.sentence.text, end, place.start):
            return place.entity
    return None


def owner_by_words(asked: Asked, told: Mapping[str, int | str | None]) -> int | None:
    """The method that a number is given to in so many words, whatever else the sentence names."""
    rival = _rival_owner(asked, told)
    return _named_by_kind(asked) if rival is None else rival


def owner_in_clause(asked: Asked) -> int | None:
    """The method that is the subject of a number's own clause, or, of a number before a change, its object.

    "..., which scores 61%", "and A lifts this to 65%", "improves the accuracy of B from 60% to 62%", "from 60% (B)".
    """
    sentence, value = asked.sentence, asked.value
    text = sentence.text
    for place in sentence.places:
        if place.type != "Method":
            continue
        if value.change == "from" and text[value.end : place.start] == " (" and text[place.end : place.end + 1] == ")":
            return place.entity
        if place.end > value.start or value.start - place.end > 2 * NEAR:
            continue
        if _WHICH_TAKES.fullmatch(text, place.end, value.start) or _LIFTS_THIS.fullmatch(text, place.end, value.start):
            return place.entity
        others = any(p.type == "Method" and place.end <= p.start < value.start for p in sentence.places)
        if value.change == "from" and not others and _OF_WHICH.search(text, sentence.start, place.start):
            return place.entity
    return _versus_owner(asked)


def _versus_owner(asked: Asked) -> int | None:
    """The method of a number in "A is better than B (89.3 vs. 85.1)": A's is the first."""
    sentence, text = asked.sentence, asked.sentence.text
    first = asked.index if sentence.is_versus(asked.index, asked.index + 1) else asked.index - 1
    if not sentence.is_versus(first, first + 1):
        return None
    if "v" not in text[sentence.values[first].end : sentence.values[first + 1].start]:
        return None  # an arrow leads from what B has to what A has
    opening = text.rfind("(", sentence.start, sentence.values[first].start)
    rivals = [p for p in sentence.places if p.type == "Method" and 0 <= opening - p.end < 2]
    if not rivals or not _THAN.search(text, sentence.start, rivals[0].start):
        return None
    if asked.index != first:
        return rivals[0].entity
    before = [p for p in sentence.places if p.type == "Method" and p.end <= rivals[0].start]
    return before[-1].entity if before else asked.reading.main["method"]


def _rival_owner(asked: Asked, told: Mapping[str, int | str | None]) -> int | None:
    """Another method than the paper's, where the sentence compares.

    "... compared to 61% from A and 60% from B", "... than A (60%)", "B (68%) leads A (60%)", "while A takes 60 s".
    """
    sentence, value = asked.sentence, asked.value
    text, start = sentence.text, sentence.start
    places = [p for p in sentence.places if p.type == "Method" and not asked.reading.entities[p.entity].introduced]
    if not places or sentence.respectively:
        return None
    compared = _COMPARING.search(text, start, value.start) if told.get("comparison") == "absolute" else None
    for place in places:
        if place.end > value.start or value.start - place.end > NEAR:
            continue
        beside = _NAMED_FOR.fullmatch(text, place.end, value.start) is not None
        if beside and ((compared and place.start >= compared.end()) or _is_beside_another(asked, place)):
            return place.entity
        if _WHILE.search(text, start, place.start) and _TAKES.fullmatch(text, place.end, value.start):
            return place.entity
    if compared and compared.group("to"):
        owner = owner_after(asked, told.get("metric"))
        return owner if owner in {p.entity for p in places} else None
    return None


def _is_beside_another(asked: Asked, place: Place) -> bool:
    """Whether another number stands beside another method, in brackets as this one: "A (68.4) is ahead of B (49.6)"."""
    text, value = asked.sentence.text, asked.value
    opens = text[place.end : value.start].lstrip()[:1] == "("
    return opens and any(
        other.entity != place.entity
        and other.type == "Method"
        and text[other.end : number.start].lstrip()[:1] == "("
        and _NAMED_FOR.fullmatch(text, other.end, number.start)
        for other in asked.sentence.places
        for number in asked.sentence.values
    )


def _named_by_kind(asked: Asked) -> int | None:
    """The introduced method that "our cell" or "the proposed loss" before a number means: the only one of that kind."""
    sentence, reading, before = asked.sentence, asked.reading, asked.value.start
    if any(p.type == "Method" and p.start < before for p in sentence.places):
        return None
    text = sentence.text[sentence.start : before]
    found = set()
    for index in reading.own:
        kind = _KIND.search(reading.entities[index].name)
        if kind is None or reading.entities[index].type != "Method" or _ANY_SYSTEM.fullmatch(kind.group()):
            continue
        if re.search(rf"\b(?:[Oo]ur|[Tt]his|[Tt]he proposed) (?:[\w-]+ ){{0,2}}?{kind.group()}\b", text):
            found.add(index)
    return found.pop() if len(found) == 1 else None


def stands_for_own(sentence: Sentence, places: list[Place], before: int) -> bool:
    """Whether a method named at ``places`` only is the paper's own, or at least not that of a number at ``before``."""
    text = sentence.text
    if not places or not all(_COMMON.fullmatch(text, p.start, p.end) for p in places):
        return False
    if all(_is_own(text, sentence.start, p) for p in places):
        return True
    subject = _OWN_SUBJECT.search(text, max(p.end for p in places), before)
    return subject is not None


def _is_own(text: str, start: int, place: Place) -> bool:
    return (
        _OWN_BEFORE.search(text, start, place.start) is not None
        or _TRAINED.search(text, max(start, place.start - 4), place.end) is not None
    )
