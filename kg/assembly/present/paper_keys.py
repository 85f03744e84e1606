"""The key by which each paper is cited: that of the input, else first author, year and first word of the title."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from extractors.names.abbreviations import SMALL_WORDS
from kg.papers import Paper

_WORD = re.compile(r"[^\W\d_]+")
_SMALL: Final = SMALL_WORDS | {"a", "an", "the", "on", "is", "are", "do", "does", "can", "how", "what", "why"}
_SUFFIX: Final = 4
"""How many characters of its id set a paper apart from others whose made key is the same."""


def paper_keys(papers: Iterable[tuple[str, Paper]]) -> Mapping[str, str]:
    """The key of each paper by its id.

    A key of the input is taken as it is. One that is made is set apart by the end of the paper's
    id where another paper has the same.
    """
    given: dict[str, str] = {}
    made: dict[str, list[str]] = defaultdict(list)
    for paper_id, paper in papers:
        if paper.key:
            given[paper_id] = paper.key
        else:
            made[_made(paper)].append(paper_id)
    taken = set(given.values())
    for key, ids in made.items():
        apart = len(ids) > 1 or key in taken
        for paper_id in ids:
            given[paper_id] = f"{key}-{_plain(paper_id)[-_SUFFIX:]}" if apart else key
    return given


def _made(paper: Paper) -> str:
    author = _WORD.findall(paper.authors[0])[-1] if paper.authors and _WORD.search(paper.authors[0]) else "anonymous"
    words = [word for word in _WORD.findall(paper.title or paper.abstract) if word.lower() not in _SMALL]
    year = str(paper.year) if paper.year is not None else ""
    return _plain(author + year + (words[0] if words else ""))


def _plain(text: str) -> str:
    """Text in the letters and digits that LaTeX takes in a key; other scripts stay, as biber takes them."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalnum())
