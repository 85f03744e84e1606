"""A name in the title that spells out the one that the abstract presents: "Recurrent Slice Networks", then "RSNet"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from extractors.document.annotations import Entity, Mention
from extractors.entities.introduced import introduced
from extractors.names.abbreviations import abbreviates, ends_with_last_word, is_short_form
from extractors.names.keys import name_key
from extractors.record import EntityType
from extractors.text.sentences import sentence_spans

PRESENTED: Final = 0.5
"""How sure it is at least that the paper presents what the title is to spell out."""


def spelled_in_title(
    text: str, title_end: int, names: Sequence[tuple[EntityType, Sequence[Mention]]], defined: Collection[str]
) -> Iterator[tuple[int, int]]:
    """The indices of short and long name, where just one short name that the paper presents fits a name in the title.

    ``names`` have a type and mentions each; ``defined`` are the keys of the short forms that the text defines.
    """
    longs = [
        (index, text[m.start : m.end])
        for index, (kind, mentions) in enumerate(names)
        for m in mentions
        if m.end < title_end and kind in ("Method", "Dataset") and " " in text[m.start : m.end]
    ]
    if not longs:
        return
    shorts = [index for index, (_, mentions) in enumerate(names) if _is_short(text, mentions, defined)]
    sentences = sentence_spans(text, title_end) if shorts else []
    for long, form in longs:
        fitting = [
            short
            for short in shorts
            if names[short][0] == names[long][0] and _spells_out(form, _name(text, names[short][1]))
        ]
        if len(fitting) == 1:
            kind, mentions = names[fitting[0]]
            entity = Entity(_name(text, mentions), kind, list(mentions))
            if introduced(text, sentences, entity, title_end) >= PRESENTED:
                yield fitting[0], long


def _name(text: str, mentions: Sequence[Mention]) -> str:
    return text[mentions[0].start : mentions[0].end]


def _spells_out(long: str, short: str) -> bool:
    """Whether a long form fits, to its last word: no KGA on "graphs"."""
    return ends_with_last_word(short, long) and abbreviates(short, long)


def _is_short(text: str, mentions: Sequence[Mention], defined: Collection[str]) -> bool:
    """Whether a name is an abbreviation of one word that the text does not define."""
    name = _name(text, mentions)
    return is_short_form(name) and " " not in name and any(map(str.isupper, name)) and name_key(name) not in defined
