"""From a processed ``Doc`` to the extraction record of its paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from extractors import record as contract
from extractors.document.fields import fields, locate, text_of
from extractors.record import Record, Span
from extractors.text.sentences import sentence_at, sentence_spans

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extractors.document.annotations import Entity, Relation, Result

_AUTHORS: Final = re.compile(r"\b(?:we|our|this (?:paper|work|article|study)|paper|work)\b", re.IGNORECASE)
_PROPOSE: Final = re.compile(
    r"\b(?:propos|introduc|present|releas|develop|design|describ|call|term|nam|dub|build|construct|creat|contribut)",
    re.IGNORECASE,
)
# "Our code is available at https://...": says where something is, not what it is.
_AVAILABLE: Final = re.compile(
    r"\b(?:codes?|codebase|implementations?|demos?|videos?|project (?:page|website)|repository|supplementary)\b"
    r"[^.;]{0,200}?\b(?:available|released|found|accessible|downloaded|published|provided|open[- ]?sourced|online)\b"
    r"|https?://",
    re.IGNORECASE,
)
_MAKE: Final = re.compile(
    r"\b(?:propos|introduc|present|develop|design|describ|call|term|nam|dub|build|construct|creat)", re.IGNORECASE
)


def to_record(doc: Doc, paper_id: str, extractor: str) -> Record:
    """The record of the paper ``paper_id``, extracted by ``extractor`` (a name with its version)."""
    title, abstract = fields(doc)
    entities: list[Entity] = doc._.entities
    ids = [f"e{number}" for number in range(1, len(entities) + 1)]
    text, border = text_of(doc), doc._.abstract_start
    sentences = sentence_spans(text, border)
    return Record(
        id=paper_id,
        title=title,
        abstract=abstract,
        extractor=extractor,
        mentions=_mentions(text, border, entities, ids),
        entities=tuple(
            _entity(text, border, sentences, entity, key) for entity, key in zip(entities, ids, strict=True)
        ),
        relations=tuple(_relation(border, relation, ids) for relation in doc._.relations),
        results=tuple(_result(border, result, ids) for result in doc._.results),
        topics=tuple(ids[vote.entity] for vote in doc._.topics),
        abbreviations=tuple(
            contract.Abbreviation(_span(border, *found.short), _span(border, *found.long))
            for found in doc._.abbreviations
        ),
    )


def _mentions(text: str, border: int, entities: list[Entity], ids: list[str]) -> tuple[contract.Mention, ...]:
    """The mentions of all entities, in order of the text."""
    owned = [(mention, key) for entity, key in zip(entities, ids, strict=True) for mention in entity.mentions]
    return tuple(
        contract.Mention(
            _span(border, mention.start, mention.end),
            text[mention.start : mention.end],
            key,
            mention.confidence,
            mention.extractor,
        )
        for mention, key in sorted(owned, key=lambda pair: (pair[0].start, pair[0].end, pair[1]))
    )


def _entity(text: str, border: int, sentences: list[tuple[int, int]], entity: Entity, key: str) -> contract.Entity:
    found = _introducing_sentence(text, sentences, entity, border) if entity.introduced else None
    introduction = None if found is None else _span(border, *found)
    sure = entity.introduced_confidence
    return contract.Entity(key, entity.name, entity.type, entity.introduced, sure, introduction)


def _relation(border: int, relation: Relation, ids: list[str]) -> contract.Relation:
    head, tail = ids[relation.head], ids[relation.tail]
    evidence = _span(border, relation.start, relation.end)
    return contract.Relation(head, relation.relation, tail, evidence, relation.confidence, relation.extractor)


def _result(border: int, result: Result, ids: list[str]) -> contract.Result:
    roles = {role: None if (index := getattr(result, role)) is None else ids[index] for role in contract.RESULT_ROLES}
    return contract.Result(
        result.value,
        result.comparison,
        _span(border, result.start, result.end),
        **roles,
        uncertainty=result.uncertainty,
        confidence=result.confidence,
        extractor=result.extractor,
    )


def _span(border: int, start: int, end: int) -> Span:
    return Span(*locate(start, end, border))


def _introducing_sentence(
    text: str, sentences: Sequence[tuple[int, int]], entity: Entity, abstract_start: int
) -> tuple[int, int] | None:
    """The sentence that introduces an entity; None for an entity without mentions.

    That is the first of the abstract that names it and speaks of proposing something; else the first that names it,
    in the abstract or, failing that, in the title; one that only says where its code is comes last.
    """
    first = {sentence_at(sentences, mention.start): mention for mention in sorted(entity.mentions, reverse=True)}

    def rank(sentence: tuple[int, int], mention: int) -> int:
        if mention < abstract_start:
            return 2
        if _is_about_code(text, sentence, mention):
            return 3
        return 0 if _is_claim(text, *sentence) else 1

    ranked = [(rank(sentence, mention.start), mention.start, sentence) for sentence, mention in first.items()]
    return min(ranked)[-1] if ranked else None


def _is_about_code(text: str, sentence: tuple[int, int], mention: int) -> bool:
    """Whether the sentence only says where to find code, or has the name first in an address."""
    start, end = sentence
    word = text[max(start, text.rfind(" ", start, mention) + 1) : mention]
    return "://" in word or (_AVAILABLE.search(text, start, end) is not None and _MAKE.search(text, start, end) is None)


def _is_claim(text: str, start: int, end: int) -> bool:
    """Whether in a line of the sentence the authors propose something; in one pass, however long it is."""
    while start < end:
        line_end = text.find("\n", start, end)
        line_end = end if line_end < 0 else line_end
        authors = _AUTHORS.search(text, start, line_end)
        if authors and _PROPOSE.search(text, authors.end(), line_end):
            return True
        start = line_end + 1
    return False
