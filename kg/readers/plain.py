"""Plain text: one abstract a line, paragraphs apart by blank lines, or a listing copied from a web page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kg.readers import streams
from kg.readers.source import MAX_RECORD, Fields, Source

_SAMPLE = 200
"""Lines from which the layout is told."""

_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’)\]]*\s*$")
_FURNITURE = re.compile(
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:, \d{4})?"
    r"|\d{1,2} [a-z]{3,9}(?: \d{4})?"
    r"|[\d\W_]+[kKmM]?|\W*\d+ (?:authors?|comments?|papers?|upvotes?|citations?|views?|likes?)"
    r"|submitted (?:by|on)\b.*|subscribe|sign (?:in|up)|log ?in|new|trending|search|menu|home|next|previous|load more"
    r"|view (?:pdf|arxiv page)|pdf|github|arxiv(?: page)?|abstract|share|cite|published (?:on|by)\b.*"
    r"|by ?[A-Z]{2}\b.*)",
    re.IGNORECASE,
)
_LONG_WORDS = 40
_SENTENCE_WORDS = 18


def read(source: Source) -> Iterator[tuple[str, Fields]]:
    """The abstracts of a text file; in a listing the title above each is its title."""
    numbered = _checked(source)
    sample = [line for _, line in zip(range(_SAMPLE), numbered, strict=False)]
    rest = _chain(sample, numbered)
    filled = [text for _, text in sample if text.strip()]
    gaps = len(filled) < len(sample)
    if _is_listing(filled):
        yield from _listing(_blocks(rest) if gaps else rest)
    elif _is_wrapped(filled):
        for number, block in _blocks(rest):
            yield f"line {number}", {"abstract": block}
    else:
        for number, text in rest:
            if text.strip():
                yield f"line {number}", {"abstract": text}


def _checked(source: Source) -> Iterator[tuple[int, str]]:
    for number, text in streams.lines(source, MAX_RECORD):
        if text is None:
            source.broken(f"line {number}", f"longer than {MAX_RECORD >> 20} MB; no abstract is")
        else:
            yield number, text


def _chain(sample: Iterable[tuple[int, str]], rest: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    yield from sample
    yield from rest


def is_abstract(text: str) -> bool:
    """Whether a block of text is long enough for an abstract rather than a title or furniture."""
    words = len(text.split())
    wide = sum(char > "\u2e80" for char in text[:400])  # scripts without spaces between words
    return words >= _LONG_WORDS or wide > 80 or (words >= _SENTENCE_WORDS and bool(_SENTENCE_END.search(text)))


def _is_listing(filled: list[str]) -> bool:
    """Short lines, titles among them, stand before long ones, which hold whole abstracts."""
    longs = [is_abstract(text) and len(text) > 160 for text in filled]
    if not any(longs):
        return False
    titled = sum(long and not before for before, long in pairwise(longs))
    return titled * 2 >= sum(longs)


def _is_wrapped(filled: list[str]) -> bool:
    """Paragraphs are broken into lines of page width, as mail and PDF text are: many begin inside a sentence."""
    if len(filled) < 2 or max(map(len, filled)) > 200:
        return False
    inside = sum(text.lstrip()[:1].islower() and not _SENTENCE_END.search(before) for before, text in pairwise(filled))
    return inside >= 0.3 * (len(filled) - 1)


def _blocks(numbered: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Lines between blank ones, joined; each with the number of its first line."""
    start, parts, size = 0, list[str](), 0
    for number, text in numbered:
        if text.strip():
            start = start if parts else number
            size += len(text)
            if size <= MAX_RECORD:
                parts.append(text)
        elif parts:
            yield start, "\n".join(parts)
            parts, size = [], 0
    if parts:
        yield start, "\n".join(parts)


def _listing(blocks: Iterable[tuple[int, str]]) -> Iterator[tuple[str, Fields]]:
    """Each abstract with the title above it. What stands there and is no title is page furniture."""
    short: list[str] = []
    for number, block in blocks:
        *above, last = block.split("\n")
        if not above or not is_abstract(last) or len(last) < 2 * max(map(len, above)):
            above, last = [], block
        if is_abstract(last):
            yield f"line {number}", {"abstract": last, "title": _title([*short, *above])}
            short = []
        else:
            short = [*short, *block.split("\n")][-8:]


def _title(short: list[str]) -> str | None:
    """The nearest line above an abstract that is no furniture; the nearest of all where each looks like some."""
    proper = [text.strip() for text in short if not _FURNITURE.fullmatch(text.strip())]
    return proper[-1] if proper else (short[-1].strip() if short else None)
