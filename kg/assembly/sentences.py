"""Sentences of a record that assembly quotes: where an entity is introduced, where an abbreviation is defined."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.names.abbreviations import abbreviates, fits_exactly
from extractors.names.definitions import find_abbreviations
from extractors.record import FIELDS, Abbreviation, Record, Span


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
    """(short form, long form, sentence) wherever the text defines an abbreviation.

    Definitions whose letters leave the long form in doubt are left out, as other papers are read
    in the light of those given here. A mention that is longer is the long form where the letters
    allow it: "ReID" is short for all of "person re-identification".
    """
    ending_at = {(m.span.field, m.span.end): m.text for m in record.mentions}
    for found in _abbreviations(record):
        short, long = record.quote(found.short), record.quote(found.long)
        if abbreviates(short, long):
            mention = ending_at.get((found.long.field, found.long.end), "")
            if mention.endswith(long) and not fits_exactly(short, long):
                long = mention
            yield short, long, record.quote(record.sentence(found.short))


def _abbreviations(record: Record) -> Iterator[Abbreviation]:
    """What the extractor has found, else what the text of the record defines."""
    if record.abbreviations is not None:
        yield from record.abbreviations
        return
    for field in FIELDS:
        text = f"{record.title or ''}\n" if field == "title" else record.abstract
        for found in find_abbreviations(text):
            yield Abbreviation(Span(field, *found.short), Span(field, *found.long))
