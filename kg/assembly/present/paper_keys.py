"""The key by which each paper is cited: that of the input, else first author, year and first word of the title.

A paper without authors gets one of the first words of its title and the year.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Final

from extractors.names.abbreviations import SMALL_WORDS
from kg.papers import Paper

_NAME = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"\d*[^\W\d_][^\W_]*")  # "YOLOv3" and "3D", but no number
_SMALL: Final = SMALL_WORDS | {"a", "an", "the", "on", "is", "are", "do", "does", "can", "how", "what", "why"}
_WORDS_ALONE: Final = 3
_SUFFIX: Final = 4
"""How many characters of its id set a paper apart from others whose made key is the same."""


def paper_keys(ids: Sequence[str], keys: Sequence[str], given: Sequence[bool]) -> list[str]:
    """The key of each paper, from those in ``keys`` that are ``given`` and those made by `made_key`.

    A key of the input is taken as it is. One that is made is set apart by the end of the paper's
    id where another paper has the same.
    """
    count = Counter(keys)
    return [
        key if is_given or count[key] == 1 else f"{key}-{_plain(paper_id)[-_SUFFIX:]}"
        for paper_id, key, is_given in zip(ids, keys, given, strict=True)
    ]


def made_key(paper: Paper) -> str:
    """First author, year and first word of the title that says something; without authors such words and the year."""
    names = _NAME.findall(paper.authors[0]) if paper.authors else []
    words = [word for word in _WORD.findall(paper.title or paper.abstract) if word.lower() not in _SMALL]
    year = str(paper.year) if paper.year is not None else ""
    if names:
        return _plain(names[-1] + year + "".join(words[:1]))
    return _plain("".join(words[:_WORDS_ALONE]) + year) or "anonymous"


def _plain(text: str) -> str:
    """Text in the letters and digits that LaTeX takes in a key; other scripts stay, as biber takes them."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalnum())
