"""Sentences of a record that assembly quotes: where a name is introduced, where one is spelled out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from extractors.names.abbreviations import abbreviates, is_short_form, spelled_out
from extractors.record import Mention, Record, Span

_SENTENCE_START = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"“(\[$\\])")
_REACH = 150  # characters before a bracket in which its abbreviation is spelled out


def introductions(record: Record) -> dict[str, str]:
    """For each introduced entity the sentence that introduces it.

    That is the one that the extractor names, else the first of the abstract that mentions the
    entity, else the title.
    """
    first: dict[str, tuple[bool, int, Span]] = {}
    for mention in record.mentions:
        found = (mention.span.field == "title", mention.span.start, mention.span)
        first[mention.entity] = min(first.get(mention.entity, found), found)
    sentences = {}
    for entity in record.entities:
        if entity.introduced and entity.introduction is not None:
            sentences[entity.id] = record.quote(entity.introduction)
        elif entity.introduced and entity.id in first:
            sentences[entity.id] = record.quote(record.sentence(first[entity.id][-1]))
    return sentences


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
