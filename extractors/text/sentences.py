"""Sentences of an abstract, found by rules; the title is a sentence of its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import Final

from extractors.text.words import read_list

_BOUNDARY: Final = re.compile(
    r"""
    (?P<end>[.!?]['"”’)\]}*]*)            # the end, with closing quotes and brackets
    (?:
        \s+ (?=["'“‘(\[*$\\]*[A-Z0-9À-Þ]) # then space and what looks like a beginning
      | (?=[A-Z]{4,}(?:[ /&]+[A-Z]{2,})*:\s?[A-Z])  # or, the space forgotten, the heading of a part
      | (?<=[a-z)\]%][.!?]) (?=[A-Z][a-z]+[ ,]|[AI]\ [a-z])  # or, the space forgotten, a capitalised word
    )
    | (?P<break>\n\s*\n)                  # or an empty line
    """,
    re.VERBOSE,
)
_LAST_WORD: Final = re.compile(r"[^\s(\[\"'“]+$")
_WORD: Final = re.compile(r"\w*")
_START: Final = itemgetter(0)

Span = tuple[int, int]
"""First and end character."""


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_list(f"{name}.txt"))


def sentence_spans(text: str, abstract_start: int = 0) -> list[tuple[int, int]]:
    """Character spans of the sentences of ``text``, whose abstract begins at ``abstract_start``."""
    return list(_split(text, abstract_start))


@lru_cache(maxsize=2)  # one text is asked for by several components
def _split(text: str, abstract_start: int) -> tuple[Span, ...]:
    spans = [] if abstract_start == 0 else list(trimmed(text, 0, abstract_start))
    start = abstract_start
    for match in _BOUNDARY.finditer(text, abstract_start):
        if match.group("break") is None and not _ends_sentence(text, match):
            continue
        spans += trimmed(text, start, match.end())
        start = match.end()
    return (*spans, *trimmed(text, start, len(text)))


def sentence_at(spans: Sequence[tuple[int, int]], position: int) -> tuple[int, int]:
    """The span that holds ``position``, else the last one before it, else the first."""
    return spans[max(0, bisect_right(spans, position, key=_START) - 1)]


def trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """The span without the space at its ends, if anything is left of it."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """Whether the punctuation at ``match`` ends a sentence, judged by the words around it."""
    if text[match.start()] != ".":
        return True
    word = _LAST_WORD.search(text, max(0, match.start() - 40), match.start())
    before = word.group().casefold() if word else ""
    after = _WORD.match(text, match.end())
    following = after.group() if after else ""
    if before in _words("never_final") or (before == "et" and following == "al"):
        return False
    if before in _words("seldom_final"):
        return following in _words("openers")
    if match.end() == match.end("end") and ("/" in before or "www" in before or "@" in before):
        return False  # inside an address
    is_initial = re.fullmatch(r"[a-z]", before) is not None and following not in _words("openers")  # "J. Smith"
    return not is_initial
