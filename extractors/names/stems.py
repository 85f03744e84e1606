"""The stems of the words of a name: what "detecting crabs" and "crab detection" have in common."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from extractors.names.abbreviations import SMALL_WORDS
from extractors.names.keys import name_words

_ENDING: Final = re.compile(
    r"(?:(?<=if)(?:ications?|ying|ied|ies|y|iers?)|i[sz](?:ations?|ing|e[drs]?|ers?)|at(?:ion(?:al|s)?|ing|e[ds]?|ors?|ives?)"
    r"|itions?|(?<=\w{5})ion(?:al|s)?|ness|ments?|ings?|ives?|(?<=\w{4})(?:ers?|ors?|ed|es|ly|e|s))$"
)
_DOUBLED: Final = re.compile(r"([bdgklmnprt])\1$")
_STEM: Final = 9  # letters: multi-label is not multi-layer
_SHORTEST: Final = 4  # letters that an ending must leave
_LINKING: Final = SMALL_WORDS | {"via", "using", "based", "its"}

Stems = tuple[str, ...]


@lru_cache(maxsize=1 << 16)
def stems_of(form: str) -> Stems:
    """The stems of the words of a name, small words aside.

    >>> stems_of("classifying the images") == stems_of("image classification")
    True
    """
    words = name_words(form.replace("-", " "))
    return tuple(_stem(word) for word in words if word not in _LINKING) or (form.lower(),)


def _stem(word: str) -> str:
    """A word without its ending: a verb and its noun have one stem, other words that begin alike mostly not."""
    bare = _ENDING.sub("", word)
    if len(bare) < _SHORTEST or bare == word:
        return word[:_STEM]
    return _DOUBLED.sub(r"\1", bare)[:_STEM]
