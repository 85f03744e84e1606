"""Sentences of a record that assembly quotes: where a name is introduced, where one is spelled out."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator

from kg.records import Mention, Record, Span

_SENTENCE_START = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"“(\[$\\])")
_BRACKET = re.compile(r"\s*[(\[]\s*")
_CLAIM = re.compile(
    r"\b(?:we|our|this (?:paper|work|article|study)|paper|work)\b.*"
    r"\b(?:propos|introduc|present|releas|develop|design|describ|call|term|nam|dub|build|construct|creat|contribut)",
    re.IGNORECASE,
)


def introductions(record: Record) -> dict[str, str]:
    """For each introduced entity the sentence that introduces it.

    That is the first of the abstract that names it and speaks of proposing something; else
    the first that names it, in the abstract or, failing that, the title.
    """
    introduced = {e.id for e in record.entities if e.introduced}
    if not introduced:
        return {}
    starts = _starts(record.abstract)
    best: dict[str, tuple[int, int, str]] = {}
    for mention in record.mentions:
        if mention.entity in introduced:
            sentence = _around(record, starts, mention)
            rank = 2 if mention.span.field == "title" else 0 if _CLAIM.search(sentence) else 1
            found = (rank, mention.span.start, sentence)
            best[mention.entity] = min(best.get(mention.entity, found), found)
    return {entity: sentence for entity, (_, _, sentence) in best.items()}


def definitions(record: Record) -> Iterator[tuple[str, str, str]]:
    """(short, long, sentence) wherever two mentions of a type stand as ``long (SHORT)`` or ``SHORT (long)``."""
    types = {e.id: e.type for e in record.entities}
    starts: list[int] = []
    ordered = sorted(record.mentions, key=lambda m: (m.span.field, m.span.start, m.span.end))
    for before, after in itertools.pairwise(ordered):
        gap = after.span.start - before.span.end
        if not 1 <= gap <= 3 or before.span.field != after.span.field or types[before.entity] != types[after.entity]:
            continue
        if _BRACKET.fullmatch(record.quote(Span(before.span.field, before.span.end, after.span.start))):
            starts = starts or _starts(record.abstract)
            short, long = sorted((before.text, after.text), key=lambda t: (len(t), t))
            yield short, long, _around(record, starts, before)


def _starts(abstract: str) -> list[int]:
    return [0, *(match.end() for match in _SENTENCE_START.finditer(abstract))]


def _around(record: Record, starts: list[int], mention: Mention) -> str:
    if mention.span.field == "title":
        return record.title or ""
    place = bisect_right(starts, mention.span.start)
    last = bisect_right(starts, mention.span.end - 1)
    end = starts[last] if last < len(starts) else len(record.abstract)
    return record.abstract[starts[place - 1] : end].strip()
