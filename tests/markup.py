"""Golden cases as marked-up text: ``<Method>BERT</Method> on <Dataset>SQuAD</Dataset>``."""

from __future__ import annotations

import re
from typing import NamedTuple, cast

from extractors.document.annotations import Entity, Mention
from extractors.entities.linking import linked_by_name
from extractors.names.definitions import find_abbreviations
from extractors.record import EntityType

TAG = re.compile(r"<(/?)(Method|Task|Dataset|Metric)>")


class Marked(NamedTuple):
    """A text without its tags, and what they marked."""

    text: str
    mentions: list[Mention]

    @property
    def entities(self) -> list[Entity]:
        """The mentions, linked."""
        return linked_by_name(self.text, self.mentions, find_abbreviations(self.text))


def parse(markup: str) -> Marked:
    """The text and the mentions of a marked-up text."""
    text, mentions, start, position = "", [], 0, 0
    for tag in TAG.finditer(markup):
        text += markup[position : tag.start()]
        position = tag.end()
        if tag.group(1):
            mentions.append(Mention(start, len(text), cast(EntityType, tag.group(2)), 1.0, "gold"))
        else:
            start = len(text)
    return Marked(text + markup[position:], mentions)


def render(text: str, mentions: list[Mention]) -> str:
    """``text`` with tags around ``mentions``, which do not overlap."""
    for mention in sorted(mentions, reverse=True):
        inside = text[mention.start : mention.end]
        text = f"{text[: mention.start]}<{mention.type}>{inside}</{mention.type}>{text[mention.end :]}"
    return text
