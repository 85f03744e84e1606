"""Singular and American spelling of single words: ``networks`` is ``network``, ``modelling`` is ``modeling``.

The plural of an abbreviation ends in a lower-case s (``CNNs``, ``LSTMs``). A capital S at the end belongs to
the name: ``KernelNAS``, ``TTTS`` and ``LoRAS`` are no plurals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from extractors.names.data import pairs

_SPELLING: Final = dict(pairs("spelling.tsv"))
_IRREGULAR: Final = dict(pairs("plurals.tsv"))
_NO_PLURAL: Final = ("ss", "us", "is", "ics", "'s")
_SIS: Final = re.compile(r"(?:ly|the|gno|cri|ellip|synop|empha)ses$")  # analyses, hypotheses, diagnoses
_ES: Final = re.compile(r"(?:ss|x|zz|tz|ch|sh|[^aeiou]o)es$")  # classes, boxes, searches, heroes; not sizes
_ACRONYM: Final = 5  # letters; what is longer is seldom one, in a title all in capitals

# Words in -ise that are not verbs in British spelling.
_NOT_ISE: Final = re.compile(
    r"(?:un|semi|self)?(?:super|tele|re|ad|de|impro)vise|(?:de)?noise|poise|raise|appraise|praise|braise|bruise|cruise"
    r"|[a-z]*wise|imprecise|precise|concise|exercise|expertise|promise|compromise|premise|enterprise|franchise"
    r"|surprise|disguise|paradise|merchandise|treatise|demise|excise|comprise|arise|sunrise"
)
_ISE: Final = re.compile(r"^(.{3,})is(ation|ational|ations|able|e|ed|er|ers|es|ing)$")
_OUR: Final = re.compile(r"^(behavi|col|fav|flav|harb|hon|hum|lab|neighb|od|rum|sav|tum|vap|vig|arm|endeav)our(.*)$")


def normalize_words(words: Sequence[str]) -> list[str]:
    """Every word of a name, normalized; in a name all in capitals, ``DEEP NETWORKS``, a long word is no acronym."""
    shouted = len(words) > 1 and all(word.upper() == word for word in words)
    return [normalize_word(word.lower() if shouted and len(word) > _ACRONYM else word) for word in words]


@lru_cache(maxsize=1 << 17)
def normalize_word(word: str) -> str:
    """One word as written, in lower case, in the singular and in American spelling.

    >>> [normalize_word(word) for word in ("Networks", "CNNs", "KernelNAS", "Modelling")]
    ['network', 'cnn', 'kernelnas', 'modeling']
    """
    return _american(singular(word).lower())


@lru_cache(maxsize=1 << 17)
def singular(word: str) -> str:
    """The singular of a word, in the case that it is written in.

    >>> [singular(word) for word in ("Memories", "GANs", "analyses", "LoRAS", "series")]
    ['Memory', 'GAN', 'analysis', 'LoRAS', 'series']
    """
    if word.endswith("S"):
        return word
    if len(word) > 2 and word[-1] == "s" and (word[-2].isupper() or word[-2].isdigit()):
        return word[:-1]
    start, hyphen, lower = word.lower().rpartition("-")
    found = start + hyphen + (_IRREGULAR.get(lower) or _regular(lower))
    kept = next((n for n, (old, new) in enumerate(zip(word.lower(), found, strict=False)) if old != new), len(found))
    return word[:kept] + found[kept:]


def _regular(word: str) -> str:
    """The singular of a lower-case word by the rules of spelling."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(_NO_PLURAL):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if _SIS.search(word):
        return word[:-2] + "is"
    return word[:-2] if _ES.search(word) else word[:-1]


def _american(word: str) -> str:
    if word in _SPELLING:
        return _SPELLING[word]
    ours = _OUR.match(word)
    if ours:
        return f"{ours[1]}or{ours[2]}"
    verb = _ISE.match(word)
    if verb and not _NOT_ISE.fullmatch(f"{verb[1]}ise"):
        return f"{verb[1]}iz{verb[2]}"
    return word
