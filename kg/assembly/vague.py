"""Vague contexts of a mention: "better accuracy", "our framework", "the encoder" say nothing of their own."""

from __future__ import annotations

from typing import Final

from extractors.names import data

_REACH: Final = 40  # characters before a mention in which its two words before are looked for
_WORDS: Final = data.words("vague.txt")


def is_vague(text: str, start: int, form: str, kind: str) -> bool:
    """Whether a mention of a concept of type ``kind`` that begins at ``start`` of its text is vague.

    It is if it is written as a common noun and one of the two words before it is evaluative, or refers to the paper
    at hand; for a method also after ``the``, as its parts are named.

    >>> is_vague("with better accuracy", 12, "accuracy", "Metric")
    True
    >>> is_vague("an accuracy of 93", 3, "accuracy", "Metric")
    False
    """
    if not form[1:].islower():
        return False
    before = text[max(0, start - _REACH) : start]
    if not before[-1:].isspace():
        return False
    words = before.lower().split()[-2:]
    return not _WORDS.isdisjoint(words) or (kind == "Method" and words[-1:] == ["the"])
