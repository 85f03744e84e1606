"""The extraction record: what was read in one abstract. Extraction gives it, everything else takes it.

A `Record` is plain, frozen data. `Record.to_json` gives the JSON object that ``kg extract``
writes, one a line; `Record.from_json` reads it back and checks every part against the text and
against the types that a relation may join, so that code behind it can rely on them. The form is
described field by field in ``docs/record.md``.

This module loads nothing heavy: no spaCy, no model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, cast, get_args

from extractors.text.sentences import sentence_at, sentence_spans

EntityType = Literal["Method", "Task", "Dataset", "Metric"]
ENTITY_TYPES: Final[tuple[EntityType, ...]] = get_args(EntityType)

Field = Literal["title", "abstract"]
FIELDS: Final[tuple[Field, ...]] = get_args(Field)

Comparison = Literal["absolute", "relative", "difference"]
COMPARISONS: Final[tuple[Comparison, ...]] = get_args(Comparison)

RELATION_SIGNATURES: Final[dict[str, frozenset[tuple[str, str]]]] = {
    "USED_FOR": frozenset({("Method", "Task")}),
    "EVALUATED_ON": frozenset({("Method", "Dataset")}),
    "TRAINED_ON": frozenset({("Method", "Dataset")}),
    "BENCHMARK_FOR": frozenset({("Dataset", "Task")}),
    "MEASURED_BY": frozenset({("Method", "Metric"), ("Task", "Metric"), ("Dataset", "Metric")}),
    "OUTPERFORMS": frozenset({("Method", "Method")}),
    "COMPARED_WITH": frozenset({("Method", "Method")}),
    "PART_OF": frozenset({("Method", "Method")}),
    "BASED_ON": frozenset({("Method", "Method")}),
    "SUBCLASS_OF": frozenset((t, t) for t in ENTITY_TYPES),
}
"""The relations that one abstract can state, with their (head type, tail type) pairs."""

SYMMETRIC_RELATIONS: Final[frozenset[str]] = frozenset({"COMPARED_WITH"})

RESULT_ROLES: Final[dict[str, EntityType]] = {
    "method": "Method",
    "metric": "Metric",
    "dataset": "Dataset",
    "task": "Task",
    "baseline": "Method",
}
"""The entities that a result can refer to, with their types."""

_DIGITS: Final = 3
"""Digits of a confidence in JSON: more would be noise, and would differ between processors."""


class RecordError(ValueError):
    """A JSON object that is not a valid record. The message says what is wrong with it."""


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive, in code points) of the title or the abstract."""

    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that names the entity with the id ``entity``.

    ``confidence`` is the probability (0 to 1) that span and type are right; ``extractor`` names
    the component that found it.
    """

    span: Span
    text: str
    entity: str
    confidence: float = 1.0
    extractor: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A concept as one abstract names it; ``name`` is its fullest form there, ``id`` local to the record.

    ``introduced``: the paper presents it as its own, with the probability
    ``introduced_confidence``; ``introduction`` is the sentence that does so.
    """

    id: str
    name: str
    type: EntityType
    introduced: bool = False
    introduced_confidence: float = 1.0
    introduction: Span | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A statement about two entities, given by their ids. ``evidence`` is the sentence that makes it."""

    head: str
    relation: str
    tail: str
    evidence: Span
    confidence: float = 1.0
    extractor: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A reported number: ``value`` as written, and the ids of the entities that it belongs to.

    ``uncertainty`` is what stands behind ± or in an interval, as written.
    """

    value: str
    comparison: Comparison
    evidence: Span
    method: str | None = None
    metric: str | None = None
    dataset: str | None = None
    task: str | None = None
    baseline: str | None = None
    uncertainty: str | None = None
    confidence: float = 1.0
    extractor: str = ""


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """The text itself says that ``short`` stands for ``long``."""

    short: Span
    long: Span


@dataclass(frozen=True, slots=True)
class Record:
    """Everything read in one abstract, by ``extractor`` (a name and its version).

    ``topics`` are ids of entities that the paper is mainly about, the first the most so.
    ``abbreviations`` is None where the extractor does not look for definitions of abbreviations.
    """

    id: str
    title: str | None
    abstract: str
    extractor: str = ""
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    results: tuple[Result, ...] = ()
    topics: tuple[str, ...] = ()
    abbreviations: tuple[Abbreviation, ...] | None = None

    def quote(self, span: Span) -> str:
        """The text that a span covers."""
        text = self.title if span.field == "title" else self.abstract
        return (text or "")[span.start : span.end]

    def sentence(self, span: Span) -> Span:
        """The sentence that a span begins in; the title is one sentence."""
        if span.field == "title":
            return Span("title", 0, len(self.title or ""))
        return Span("abstract", *sentence_at(sentence_spans(self.abstract), span.start))

    def to_json(self) -> dict[str, Any]:
        """The record as a JSON object; `from_json` reads it back."""
        return _write(self)

    @staticmethod
    def from_json(row: Mapping[str, Any]) -> Record:
        """The record in a JSON object; `RecordError` where anything in it is missing or wrong."""
        try:
            return _read(row)
        except (KeyError, TypeError, AttributeError) as error:
            raise RecordError(f"not an extraction record: {type(error).__name__} {error}") from error


def is_record(row: Mapping[str, Any]) -> bool:
    """Whether a JSON object is meant as an extraction record rather than as a paper without one."""
    return "abstract" in row and "mentions" in row and "entities" in row


def _write(record: Record) -> dict[str, Any]:
    types = {entity.id: entity.type for entity in record.entities}
    row = {
        "id": record.id,
        "title": record.title,
        "abstract": record.abstract,
        "extractor": record.extractor,
        "mentions": [
            {
                **_span_row(m.span),
                "text": m.text,
                "type": types[m.entity],
                "entity": m.entity,
                "confidence": _rounded(m.confidence),
                "extractor": m.extractor,
            }
            for m in record.mentions
        ],
        "entities": [_entity_row(entity) for entity in record.entities],
        "relations": [
            {
                "head": r.head,
                "relation": r.relation,
                "tail": r.tail,
                "confidence": _rounded(r.confidence),
                "evidence": _span_row(r.evidence),
                "extractor": r.extractor,
            }
            for r in record.relations
        ],
        "results": [_result_row(result) for result in record.results],
        "topics": list(record.topics),
    }
    if record.abbreviations is not None:
        row["abbreviations"] = [{"short": _span_row(a.short), "long": _span_row(a.long)} for a in record.abbreviations]
    return row


def _entity_row(entity: Entity) -> dict[str, Any]:
    row = {
        "id": entity.id,
        "name": entity.name,
        "type": entity.type,
        "introduced": entity.introduced,
        "introduced_confidence": _rounded(entity.introduced_confidence),
    }
    if entity.introduction is not None:
        row["introduction"] = _span_row(entity.introduction)
    return row


def _result_row(result: Result) -> dict[str, Any]:
    return {
        **{role: getattr(result, role) for role in RESULT_ROLES},
        "value": result.value,
        "uncertainty": result.uncertainty,
        "comparison": result.comparison,
        "confidence": _rounded(result.confidence),
        "evidence": _span_row(result.evidence),
        "extractor": result.extractor,
    }


def _span_row(span: Span) -> dict[str, Any]:
    return {"field": span.field, "start": span.start, "end": span.end}


def _rounded(confidence: float) -> float:
    return round(float(confidence), _DIGITS)


def _read(row: Mapping[str, Any]) -> Record:
    reading = _Reading(row)
    mentions = tuple(reading.mention(m) for m in row["mentions"] if m.get("entity") is not None)
    return Record(
        id=str(row.get("id", "")),
        title=reading.title,
        abstract=reading.abstract,
        extractor=_text(row.get("extractor") or "", "extractor"),
        mentions=mentions,
        entities=reading.entities,
        relations=tuple(reading.relation(r) for r in row.get("relations") or ()),
        results=tuple(reading.result(r) for r in row.get("results") or ()),
        topics=tuple(reading.known(t, "topic") for t in row.get("topics") or ()),
        abbreviations=reading.abbreviations(row.get("abbreviations")),
    )


class _Reading:
    """One record being read: its texts and the types of its entities, against which the rest is checked."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        self.title = None if row.get("title") is None else _text(row["title"], "title")
        self.abstract = _text(row["abstract"], "abstract")
        self.entities = tuple(self._entity(e) for e in row["entities"])
        self.types: dict[str, EntityType] = {e.id: e.type for e in self.entities}
        if len(self.types) < len(self.entities):
            raise RecordError("two entities have one id")

    def _entity(self, row: Mapping[str, Any]) -> Entity:
        key = str(row["id"])
        kind = _one_of(row["type"], ENTITY_TYPES, f"entity {key}: unknown type")
        name = _text(row["name"], f"entity {key}: name")
        introduction = None if row.get("introduction") is None else self.span(row["introduction"])
        sure = _confidence(row.get("introduced_confidence"), f"entity {key}: introduced_confidence")
        return Entity(key, name, cast(EntityType, kind), bool(row.get("introduced")), sure, introduction)

    def span(self, row: Mapping[str, Any]) -> Span:
        """A span that lies within its text."""
        field, start, end = row["field"], row["start"], row["end"]
        if type(start) is not int or type(end) is not int:
            raise RecordError(f"span {start!r}-{end!r}: offsets must be integers")
        text = {"title": self.title or "", "abstract": self.abstract}.get(field, "")
        if not 0 <= start < end <= len(text):
            raise RecordError(f"span {field} {start}-{end} lies outside the text")
        return Span(field, start, end)

    def known(self, entity: Any, what: str) -> str:
        """The id of an entity of this record."""
        if str(entity) not in self.types:
            raise RecordError(f"{what} names the unknown entity {entity!r}")
        return str(entity)

    def mention(self, row: Mapping[str, Any]) -> Mention:
        """A mention whose text is what stands at its offsets."""
        span = self.span(row)
        text = ((self.title or "") if span.field == "title" else self.abstract)[span.start : span.end]
        if row.get("text", text) != text:
            raise RecordError(f"mention {row['text']!r}: its offsets give {text!r}")
        confidence = _confidence(row.get("confidence"), f"mention {text!r}: confidence")
        extractor = _text(row.get("extractor") or "", "extractor")
        return Mention(span, text, self.known(row["entity"], "mention"), confidence, extractor)

    def relation(self, row: Mapping[str, Any]) -> Relation:
        """A relation that may join the types of its ends."""
        head, tail = self.known(row["head"], "relation"), self.known(row["tail"], "relation")
        name = _text(row["relation"], "relation")
        if (self.types[head], self.types[tail]) not in RELATION_SIGNATURES.get(name, ()):
            raise RecordError(f"relation {name} cannot join {self.types[head]} to {self.types[tail]}")
        confidence = _confidence(row.get("confidence"), f"relation {name}: confidence")
        extractor = _text(row.get("extractor") or "", "extractor")
        return Relation(head, name, tail, self.span(row["evidence"]), confidence, extractor)

    def result(self, row: Mapping[str, Any]) -> Result:
        """A result whose entities have the types of their roles."""
        comparison = _one_of(row["comparison"], COMPARISONS, "result: unknown comparison")
        roles: dict[str, str | None] = {}
        for role, kind in RESULT_ROLES.items():
            roles[role] = None if row.get(role) is None else self.known(row[role], "result")
            if roles[role] is not None and self.types[str(roles[role])] != kind:
                raise RecordError(f"result: {role} is not a {kind}")
        return Result(
            value=str(row["value"]),
            comparison=cast(Comparison, comparison),
            evidence=self.span(row["evidence"]),
            **roles,
            uncertainty=None if row.get("uncertainty") is None else _text(row["uncertainty"], "uncertainty"),
            confidence=_confidence(row.get("confidence"), "result: confidence"),
            extractor=_text(row.get("extractor") or "", "extractor"),
        )

    def abbreviations(self, rows: Sequence[Mapping[str, Any]] | None) -> tuple[Abbreviation, ...] | None:
        """Definitions of abbreviations, None where the record does not have the list."""
        return None if rows is None else tuple(Abbreviation(self.span(r["short"]), self.span(r["long"])) for r in rows)


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise RecordError(f"{what} is not a string: {value!r}")
    return value


def _one_of(value: Any, valid: Iterable[str], what: str) -> str:
    if value not in valid:
        raise RecordError(f"{what} {value!r}")
    return cast(str, value)


def _confidence(value: Any, what: str) -> float:
    """A probability; 1 where none is given."""
    if value is None:
        return 1.0
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise RecordError(f"{what} is not a number from 0 to 1: {value!r}")
    return float(value)
