"""Common nouns that stand for the paper's own method where a number is given to it.

"Our joint model reaches 71%" and "the pre-trained models achieve 85%" name no other method than the paper's, and in
"it outperforms unsupervised models: it reaches 89%" the number is not of those models.
"""

from __future__ import annotations

import re
from typing import Final

from extractors.results.metrics import Place
from extractors.results.sentence import Sentence

_SYSTEM: Final = (
    r"(?:model|network|method|approach|framework|system|architecture|algorithm|technique|scheme|pipeline|detector"
    r"|classifier)"
)
_COMMON: Final = re.compile(rf"[a-z][a-z -]*\b{_SYSTEM}(?:e?s)?")
_OWN_BEFORE: Final = re.compile(r"\b(?:[Oo]ur|[Tt]his|[Tt]he (?:proposed|resulting|final|presented))\s$")
_TRAINED: Final = re.compile(rf"\b[Tt]he (?:pre-?)?(?:trained|learned) {_SYSTEM}(?:e?s)?$")
_OWN_SUBJECT: Final = re.compile(
    rf"\b(?:[Ww]e|[Ii]t|[Oo]urs|[Oo]ur (?:[\w-]+ ){{0,4}}{_SYSTEM}(?:e?s)?"
    rf"|[Tt]h(?:is|e proposed) (?:[\w-]+ ){{0,3}}{_SYSTEM}(?:e?s)?)(?: \([\w-]+\))?"
    r" (?:(?:also|further|even|can|could|still|then|again|\w+ly) )*"
    r"(?:achiev|reach|obtain|attain|get|yield|scor|record|report)\w*\b"
)


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
