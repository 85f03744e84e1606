"""Which entities a paper presents as its own. Sets ``introduced`` on ``doc._.entities``.

The title "X: ...", "we propose X", "our X", "X, a new ...", "called X" mark what is introduced.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import extractors.document.extensions  # noqa: F401  registers doc._.entities
from extractors.document.annotations import Entity, Mention
from extractors.text.sentences import sentence_at

_VERB: Final = (
    r"(?:propos|present|introduc|develop|releas|design|devis|creat|construct|build|collect|describ|publish|formulat"
    r"|deriv|suggest|contribut|provid|curat|establish|call|dub|term|nam|annotat|invent|implement)"
)
# "we propose a novel and efficient ...": what stands between the verb and the name.
_AFTER_VERB: Final = re.compile(
    rf"\b(?:[Ww]e|[Pp]aper|[Ww]ork|[Aa]rticle|[Aa]uthors|[Ss]tudy|[Ll]etter|[Tt]hesis|[Hh]ere|I)\b[^.;⟦]{{0,40}}?\b{_VERB}(?:e|es|ed|s|ing|t|ting)?\b"
    r"(?P<between>[^.;:]{0,60}?)[\"“‘'(*]*$"
)
_ING: Final = re.compile(rf"\b(?:by|,|and|via) {_VERB}ing(?P<between>[^.;:,]{{0,40}}?)[\"“‘'(*]*$")
_CALLED: Final = re.compile(
    r"\b(?:called|named|dubbed|termed|coined|denoted|abbreviated|referred to|namely|call|name|term|dub)"
    r"(?: (?:it|this|as|the|our \w+|the resulting \w+|to as|method|model|approach|by|a|an))*,? [\"“‘'(*]*$"
)
_OURS: Final = re.compile(
    r"\b[Oo]ur (?:(?:proposed|novel|new|resulting|final|best|own|simple) )*[\"“‘'*]*$|\b[Tt]he proposed [\"“‘'*]*$"
)
_NEW: Final = re.compile(
    r"(?:\s?\([^()]*\))?[\"”’'*]*(?:,| is| -|:| --| –|—) ?an? (?:\w+[, ]{1,2}){0,3}?"
    r"(?:novel|new|first|simple|efficient|general|unified)\b"
)
_PASSIVE: Final = re.compile(
    rf"(?:\s?\([^()]*\))?(?: (?:model|method|algorithm|approach|framework|network|system|module|dataset|loss|strategy"
    rf"|scheme|technique|architecture|corpus|benchmark|mechanism))?(?:,? which)?"
    rf" (?:is|are|was|were) (?:\w+ )?{_VERB}(?:ed|t)\b"
)
# Between the verb and the name nothing may say that the name is only used, or somebody else's.
_NOT_ITS_OWN: Final = re.compile(
    r",\s(?:an?|the)\s|\b(?:for|of|to|that|which|based|using|with|by|from|on|in|via|through|where|between|existing|than|over|under|against|into)\b",
    re.IGNORECASE,
)
_TITLE: Final = re.compile(r"[\"“'*]*$")
# "than the recently proposed": of annotated methods that stand there only, 873 are others', 5 the paper's own.
_OF_OTHERS: Final = re.compile(
    r"\b(?:recent(?:ly)?[- ](?:proposed|introduced|developed|published)"
    r"|previous(?:ly)?(?:[- ](?:proposed|published|best))?|prior|existing|well-known|popular|classical|famous"
    r"|widely[- ]used|competing|rival|baselines?(?: like| such as)?"
    r"|outperform(?:s|ed|ing)?|surpass(?:es|ing|ed)?|than|compared (?:to|with)|against)"
    r"(?: (?!our\b|we\b)[\w-]+){0,4} $"
)


def introduced(text: str, sentences: Sequence[tuple[int, int]], entity: Entity, abstract_start: int) -> float:
    """How sure it is, from 0 to 1, that the paper presents ``entity`` as its own."""
    weight = 0.8 if entity.type == "Metric" else 1.0
    scores = [_mention(text, sentence_at(sentences, m.start), m, abstract_start) for m in entity.mentions]
    return weight * max(scores, default=0.0)


def is_presented(before: str) -> bool:
    """Whether what follows ``before``, as in "we propose a novel", is presented as the paper's own."""
    match = _AFTER_VERB.search(before)
    return match is not None and not _NOT_ITS_OWN.search(match.group("between"))


def is_of_others(text: str, entity: Entity, abstract_start: int) -> bool:
    """Whether the paper names a method only as what others made, or what its own is better than."""
    return entity.type == "Method" and all(
        m.start >= abstract_start and _OF_OTHERS.search(text, max(0, m.start - 70), m.start) for m in entity.mentions
    )


def _mention(text: str, sentence: tuple[int, int], mention: Mention, abstract_start: int) -> float:
    before = text[max(sentence[0], mention.start - 160) : mention.start]
    after = text[mention.end : mention.end + 80]
    if mention.start < abstract_start:
        leads = _TITLE.fullmatch(before) is not None and re.match(r"[\"”'*]*(?: \([^)]*\))?:", after) is not None
        return 0.8 if leads and mention.end - mention.start < 60 else 0.0
    best = 0.0
    for pattern, confidence in ((_AFTER_VERB, 0.75), (_ING, 0.5)):
        match = pattern.search(before)
        if match and not _NOT_ITS_OWN.search(match.group("between")):
            best = max(best, confidence)
    if _CALLED.search(before):
        best = max(best, 0.8)
    if _OURS.search(before):
        best = max(best, 0.75)
    if _NEW.match(after):
        best = max(best, 0.6)
    if _PASSIVE.match(after):
        best = max(best, 0.55)
    return best
