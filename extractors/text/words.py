"""Words of a text, and the runs of words that a term can be made of.

Without a part-of-speech tagger, a closed list says what a term does not contain: function
words, verbs, adverbs, evaluative adjectives (``data/stopwords.txt``). What stands between
two of them, or between punctuation, is a candidate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).parents[1] / "data"

WORD: Final = re.compile(r"[A-Za-zÀ-ÿ0-9]+(?:[-'’./&@_+][A-Za-zÀ-ÿ0-9]+)*\+*")
_ADVERB: Final = re.compile(r"(?!family|anomaly|assembly|supply|reply|butterfly|monopoly)\w{4,}ly")
_NUMBER: Final = re.compile(r"\d[\d.,]*(?:x|k|m|b|th|st|nd|rd)?")
_POSSESSIVE: Final = re.compile(r"['’]s$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and where it stands."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()


def read_list(name: str, strip: bool = True, folder: Path = DATA) -> list[str]:
    """The lines of a file in a folder of data (``extractors/data``), without comments and empty lines."""
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() if strip else line for line in lines if line.strip() and not line.startswith("#")]


@cache
def stopwords() -> frozenset[str]:
    """Words that no term contains."""
    return frozenset(read_list("stopwords.txt"))


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words in ``text[start:end]``; a possessive ending is not part of the word."""
    found = []
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        word = _POSSESSIVE.sub("", match.group())
        found.append(Word(word, match.start(), match.start() + len(word)))
    return found


def is_stop(word: Word) -> bool:
    """Whether ``word`` cannot be part of a term."""
    lower = word.lower
    return (
        lower in stopwords()
        or _NUMBER.fullmatch(lower) is not None
        or (_ADVERB.fullmatch(lower) is not None and word.text == lower)
    )


def runs(text: str, words: list[Word]) -> list[list[Word]]:
    """The longest sequences of words, each one space from the next, that hold no stop word."""
    found: list[list[Word]] = []
    current: list[Word] = []
    for word in words:
        stop = is_stop(word)
        if current and (stop or text[current[-1].end : word.start] != " "):
            found.append(current)
            current = []
        if not stop:
            current.append(word)
    if current:
        found.append(current)
    return found
