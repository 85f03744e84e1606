"""The words of a question: split, stemmed, and words of one meaning made one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST_MISSPELLED: Final = 6
_WORD: Final = re.compile(
    r"""10\.\d{4,9}/[^\s?!,;]*[\w)]  # a DOI
    | arxiv[:\s]\s?(?=\d|[a-z-]+/)[\w./-]*\w
    | \w+(?:[-.'’+&/:]\w+)*\+*""",
    re.IGNORECASE | re.VERBOSE,
)
_SHORT_FORM: Final = re.compile(r"(?:['’](?:s|re|ve|d|ll|m))$", re.IGNORECASE)
_SUFFIXES: Final = ("ations", "ation", "ings", "ing", "edly", "ers", "ed", "er", "es", "ly", "s", "e")
_SHORTEST_STEM: Final = 3
NUMBER: Final = "#"
"""Stands for every number among the keys of words."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question, where it stands there, and what it means (`key`: a class of words or a stem)."""

    text: str
    start: int
    end: int
    key: str

    @property
    def is_number(self) -> bool:
        """Whether it is a number, in digits or spelled."""
        return self.key == NUMBER


def split(text: str) -> list[Word]:
    """The words of a text, each by itself; a possessive or a short form's end is left out."""
    found = []
    for match in _WORD.finditer(text):
        word = _SHORT_FORM.sub("", match[0]).rstrip(".")
        found.append(Word(word, match.start(), match.start() + len(word), key(word)))
    return found


def joined(words: Sequence[Word]) -> list[Word]:
    """The words, those that mean something together (``state of the art``) made one."""
    done: list[Word] = []
    place = 0
    while place < len(words):
        for length in range(min(_longest(), len(words) - place), 1, -1):
            part = words[place : place + length]
            meaning = _phrases().get(tuple(word.text.lower() for word in part))
            if meaning is not None:
                done.append(Word(" ".join(w.text for w in part), part[0].start, part[-1].end, meaning))
                place += length
                break
        else:
            done.append(words[place])
            place += 1
    return done


def corrected(word: Word, vocabulary: frozenset[str]) -> Word:
    """The word, with the key of the ordinary word that it is a misspelling of, if it is one."""
    if word.key in vocabulary or not word.text.islower() or len(word.text) < _SHORTEST_MISSPELLED:
        return word
    errors = 1 if len(word.text) < 2 * _SHORTEST_MISSPELLED - 1 else 2
    near = process.extractOne(word.text.lower(), _forms(), scorer=OSA.distance, score_cutoff=errors)
    return replace(word, key=key(near[0])) if near else word


@lru_cache(maxsize=1 << 14)
def key(word: str) -> str:
    """What a word means: its class in the table of words, `NUMBER`, or its stem.

    >>> key("outperforms") == key("beats"), key("thickened")
    (True, 'thicken')
    """
    lower = word.lower().replace("’", "'")
    if lower in NUMBERS or re.fullmatch(r"\d+(?:\.\d{1,3})?", lower):
        return NUMBER
    classes = _classes()
    return classes.get(lower) or classes.get(stem(lower)) or stem(lower)


def stem(word: str) -> str:
    """A word without its ending, by a few suffixes: enough to tell that two forms are of one word."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM and not word.endswith("ss"):
            word = word.removesuffix(suffix)
            break
    return word[:-1] if len(word) > _SHORTEST_STEM and word[-1] == word[-2] else word


def is_function_word(key: str) -> bool:
    """Whether a key says nothing on what is asked: articles, politeness, auxiliary verbs."""
    return key == FUNCTION


FUNCTION: Final = "-"
NUMBERS: Final[Mapping[str, int]] = {
    word: number
    for number, word in enumerate(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 2)
} | {"twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100}


def rows(name: str) -> Iterator[tuple[str, str]]:
    """The two columns of a table of this package, apart by a tab; empty lines and comments are left out."""
    for line in (files("kg.querying.questions") / "data" / name).read_text("utf-8").splitlines():
        if line and not line.startswith("# "):
            first, second = line.split("\t")
            yield first, second


@cache
def _table() -> tuple[Mapping[str, str], Mapping[tuple[str, ...], str]]:
    single: dict[str, str] = {}
    stems: dict[str, str] = {}
    several: dict[tuple[str, ...], str] = {}
    for meaning, forms in rows("words.tsv"):
        for form in forms.split(", "):
            parts = tuple(form.split(" "))
            if len(parts) > 1:
                several[parts] = meaning
            else:
                single[form] = meaning
                if meaning != FUNCTION:
                    stems.setdefault(stem(form), meaning)
    return {**stems, **single}, several


def _classes() -> Mapping[str, str]:
    return _table()[0]


def _phrases() -> Mapping[tuple[str, ...], str]:
    return _table()[1]


@cache
def _forms() -> Sequence[str]:
    return [form for form in _classes() if len(form) >= _SHORTEST_MISSPELLED]


@cache
def _longest() -> int:
    return max(map(len, _phrases()))
