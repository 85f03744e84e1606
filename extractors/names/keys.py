"""Names reduced to what those of one concept have in common."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from extractors.text.words import read_list

_PIECE: Final = re.compile(r"[A-Za-zÀ-ÿ0-9+#]+|[^\sA-Za-zÀ-ÿ0-9+#\-–‐_*'\"`“”‘’$\\{}.]")
_KEPT_S: Final = ("ss", "us", "is", "as", "os")
_SMALL: Final = frozenset({"a", "an", "and", "by", "for", "from", "in", "of", "on", "the", "to", "via", "with"})


@cache
def generic_heads() -> frozenset[str]:
    """Nouns that a name is complete without: "ImageNet dataset"."""
    return frozenset(read_list("generic_heads.txt"))


@cache
def general_abbreviations() -> dict[str, str]:
    """Long forms by the short forms that are used without definition."""
    return dict(line.split("\t")[:2] for line in read_list("abbreviations.tsv"))


@lru_cache(maxsize=65536)
def name_key(name: str, loose: bool = False) -> str:
    """What names that differ in case, hyphens and plural have in common.

    A ``loose`` key also leaves out a generic head, and "neural" in "recurrent neural network".
    """
    words = [word.casefold() for word in words_of_name(name)]
    if loose:
        while len(words) > 1 and words[-1] in generic_heads():
            words.pop()
        if len(words) > 2 and words[-2:] == ["neural", "network"]:
            del words[-2]
    return "".join(words) or name.casefold().strip()


def words_of_name(name: str) -> list[str]:
    """The words of a name, hyphens apart, in the singular."""
    return [singular(piece) for piece in _PIECE.findall(name)]


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """``word`` without the plural's ending: "GNNs", "networks", "memories"."""
    if len(word) > 2 and word[-1] == "s" and word[-2].isupper():
        return word[:-1]
    lower = word.casefold()
    if len(word) <= 3 or not lower.endswith("s") or lower.endswith(_KEPT_S):
        return word
    if lower.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if lower.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def is_short_form(form: str) -> bool:
    """Whether ``form`` is written like an abbreviation: "MDL", "GNNs"."""
    bare = form.removesuffix("s")
    return 2 < len(bare) < 8 and bare.isalpha() and sum(map(str.isupper, bare)) > len(bare) // 2


def initials(name: str) -> str:
    """The first letters of the words of a name, small words apart, in lower case."""
    words = [word for word in words_of_name(name) if word.lower() not in _SMALL]
    return "".join(word[0] for word in words).lower() if len(words) > 1 else ""
