"""Extraction records: what was read in one abstract, checked at the border.

The JSON form is what ``kg extract`` writes. Records may come from elsewhere, so parsing
checks each against the text and the schema; everything behind it can rely on that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg import schema

FIELDS = ("title", "abstract")
COMPARISONS = ("absolute", "relative", "difference")


class RecordError(ValueError):
    """A record that is not one; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of the title or abstract."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names an entity of the record."""

    span: Span
    text: str
    entity: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Entity:
    """A concept as one abstract names it. ``confidence`` is that of ``introduced``."""

    id: str
    name: str
    type: str
    introduced: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Relation:
    """A statement between two entities of the record, with the sentence that says so."""

    head: str
    relation: str
    tail: str
    confidence: float
    evidence: Span
    extractor: str


@dataclass(frozen=True, slots=True)
class Result:
    """A number that the abstract reports, with its method, metric and so on where they are named."""

    value: str
    comparison: str
    evidence: Span
    method: str | None
    metric: str | None
    dataset: str | None
    task: str | None
    baseline: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """Everything read in one abstract. Ids are local to the record."""

    id: str
    title: str | None
    abstract: str
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]
    results: tuple[Result, ...]
    topics: tuple[str, ...]

    def quote(self, span: Span) -> str:
        """The text that a span covers."""
        text = self.title if span.field == "title" else self.abstract
        return (text or "")[span.start : span.end]


_END_BY_TYPE = {
    name: frozenset(rel.endpoints) for name, rel in schema.RELATIONSHIP_TYPES.items() if rel.statement
}
_RESULT_ENDS = {"method": "Method", "metric": "Metric", "dataset": "Dataset", "task": "Task", "baseline": "Method"}


def is_record(row: Mapping[str, Any]) -> bool:
    """Whether a JSON object is meant as an extraction record rather than a bare paper."""
    return "abstract" in row and "mentions" in row and "entities" in row


def parse_record(row: Mapping[str, Any]) -> Record:
    """The record in a JSON object; `RecordError` where an offset, id, type or signature is wrong."""
    try:
        return _parse(row)
    except (KeyError, TypeError, AttributeError) as error:
        raise RecordError(f"not an extraction record: {type(error).__name__} {error}") from error


def _parse(row: Mapping[str, Any]) -> Record:
    title, abstract = row.get("title"), row["abstract"]
    texts = {"title": title or "", "abstract": abstract}
    entities = tuple(
        Entity(str(e["id"]), e["name"], e["type"], bool(e.get("introduced")), float(e.get("confidence", 1.0)))
        for e in row["entities"]
    )
    types = {e.id: e.type for e in entities}
    for entity in entities:
        if entity.type not in schema.CONCEPT_LABELS:
            raise RecordError(f"entity {entity.id}: unknown type {entity.type!r}")
    mentions = tuple(_mention(m, texts, types) for m in row["mentions"] if m.get("entity") is not None)
    relations = tuple(_relation(r, texts, types) for r in row.get("relations", ()))
    results = tuple(_result(r, texts, types) for r in row.get("results", ()))
    topics = tuple(_known(t, types, "topic") for t in row.get("topics", ()))
    return Record(str(row.get("id", "")), title, abstract, mentions, entities, relations, results, topics)


def _span(row: Mapping[str, Any], texts: Mapping[str, str]) -> Span:
    span = Span(row["field"], int(row["start"]), int(row["end"]))
    if span.field not in FIELDS or not 0 <= span.start < span.end <= len(texts[span.field]):
        raise RecordError(f"span {span.field} {span.start}-{span.end} lies outside the text")
    return span


def _known(entity: Any, types: Mapping[str, str], what: str) -> str:
    if str(entity) not in types:
        raise RecordError(f"{what} names the unknown entity {entity!r}")
    return str(entity)


def _mention(row: Mapping[str, Any], texts: Mapping[str, str], types: Mapping[str, str]) -> Mention:
    span = _span(row, texts)
    text = texts[span.field][span.start : span.end]
    if row.get("text", text) != text:
        raise RecordError(f"mention {row['text']!r}: its offsets give {text!r}")
    return Mention(span, text, _known(row["entity"], types, "mention"), float(row.get("confidence", 1.0)))


def _relation(row: Mapping[str, Any], texts: Mapping[str, str], types: Mapping[str, str]) -> Relation:
    head, tail = _known(row["head"], types, "relation"), _known(row["tail"], types, "relation")
    name = row["relation"]
    if (types[head], types[tail]) not in _END_BY_TYPE.get(name, ()):
        raise RecordError(f"relation {name} cannot join {types[head]} to {types[tail]}")
    evidence = _span(row["evidence"], texts)
    return Relation(head, name, tail, float(row.get("confidence", 1.0)), evidence, str(row.get("extractor", "")))


def _result(row: Mapping[str, Any], texts: Mapping[str, str], types: Mapping[str, str]) -> Result:
    if row["comparison"] not in COMPARISONS:
        raise RecordError(f"result: unknown comparison {row['comparison']!r}")
    ends: dict[str, str | None] = {}
    for end, label in _RESULT_ENDS.items():
        ends[end] = None if row.get(end) is None else _known(row[end], types, "result")
        if ends[end] is not None and types[str(ends[end])] != label:
            raise RecordError(f"result: {end} is no {label}")
    return Result(str(row["value"]), row["comparison"], _span(row["evidence"], texts), **ends)


def parse_record_line(line: str) -> Record:
    """The record in one line of JSON."""
    return parse_record(json.loads(line))
