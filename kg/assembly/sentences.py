"""Sentences of a record that assembly quotes: where a name is introduced, where one is spelled out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from extractors.names.abbreviations import abbreviates, is_short_form, spelled_out
from kg.records import Mention, Record

_SENTENCE_START = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"“(\[$\\])")
_REACH = 150  # characters before a bracket in which its abbreviation is spelled out
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
    """(short, long, sentence) wherever the text has ``long (SHORT)``, whatever the record makes of the long form.

    Also where two mentions of a type stand as ``SHORT (long)``.
    """
    starts: list[int] = []
    for mention in record.mentions:
        text = record.abstract if mention.span.field == "abstract" else record.title or ""
        opening = _opening(text, mention.span.start)
        if not opening:
            continue
        starts = starts or _starts(record.abstract)
        named = next(
            (m.text for m in record.mentions if m.span.end == opening and m.span.field == mention.span.field), ""
        )
        if is_short_form(mention.text):
            begin = _start_of_sentence(starts, mention) if mention.span.field == "abstract" else 0
            long = spelled_out(mention.text, text[max(begin, opening - _REACH) : opening], named)
            if long is not None:
                yield mention.text, long, _around(record, starts, mention)
        elif is_short_form(named) and abbreviates(named, mention.text):
            yield named, mention.text, _around(record, starts, mention)


def _opening(text: str, start: int) -> int:
    """The end of what stands before the bracket that opens right before ``start``; 0 if none does."""
    before = text[max(0, start - 3) : start].rstrip()
    if not before.endswith(("(", "[")):
        return 0
    return len(text[:start].rstrip()[:-1].rstrip())


def _start_of_sentence(starts: list[int], mention: Mention) -> int:
    return starts[bisect_right(starts, mention.span.start) - 1]


def _starts(abstract: str) -> list[int]:
    return [0, *(match.end() for match in _SENTENCE_START.finditer(abstract))]


def _around(record: Record, starts: list[int], mention: Mention) -> str:
    if mention.span.field == "title":
        return record.title or ""
    place = bisect_right(starts, mention.span.start)
    last = bisect_right(starts, mention.span.end - 1)
    end = starts[last] if last < len(starts) else len(record.abstract)
    return record.abstract[starts[place - 1] : end].strip()
