"""Whether a text is in English, the only language that this package reads; and which one it is in if not.

By the share of function words (W. B. Cavnar and J. M. Trenkle, "N-gram-based text categorization",
SDAIR 1994, compare it with n-grams), and by the script where that is not Latin.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import Final

from extractors.text.words import read_list

_WORD: Final = re.compile(r"[^\W\d_]+")
_BEYOND_LATIN: Final = re.compile("[^\x00-\u02ff]")
_SCRIPTS: Final = {
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "CYRILLIC": "a language in Cyrillic script",
    "ARABIC": "a language in Arabic script",
    "HEBREW": "Hebrew",
    "GREEK": "Greek",
    "DEVANAGARI": "a language in Devanagari script",
    "BENGALI": "Bengali",
    "TAMIL": "Tamil",
    "THAI": "Thai",
    "GEORGIAN": "Georgian",
    "ARMENIAN": "Armenian",
}
_KANA: Final = ("HIRAGANA", "KATAKANA")
FEW: Final = 8
"""A text of fewer words says too little about its language."""
LEAST: Final = 0.12
"""The least share of its words that function words make up in a text of a language."""


@cache
def function_words() -> dict[str, frozenset[str]]:
    """The commonest words of each language."""
    rows = (line.split("\t") for line in read_list("function_words.tsv"))
    return {language: frozenset(words.split()) for language, words in rows}


def foreign_language(text: str) -> str | None:
    """The language of ``text`` as English calls it; None where it is English, or too short or mixed to tell."""
    return _by_script(text) or _by_words(text)


def _by_script(text: str) -> str | None:
    """The language of a text that is mostly in another script. Formulas have Greek letters, but not so many."""
    beyond = [c for c in _BEYOND_LATIN.findall(text) if c.isalpha()]
    if not beyond:
        return None
    letters = Counter(unicodedata.name(c, "").split(" ", 1)[0] for c in beyond)
    letters = Counter({script: count for script, count in letters.items() if script in _SCRIPTS})
    latin = sum(map(str.isalpha, text)) - len(beyond)
    if letters.total() <= latin:
        return None
    if any(letters[kana] for kana in _KANA):
        return "Japanese"
    return _SCRIPTS[max(letters, key=lambda script: letters[script])]


def _by_words(text: str) -> str | None:
    """The language whose function words make up most of the text, unless English has as many."""
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < FEW:
        return None
    counts = Counter(words)
    shares = {
        language: sum(counts[word] for word in counts.keys() & known) / len(words)
        for language, known in function_words().items()
    }
    language = max(shares, key=lambda name: shares[name])
    return language if shares[language] > shares["English"] and shares[language] >= LEAST else None
