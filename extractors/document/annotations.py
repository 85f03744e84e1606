"""What the components of the pipeline hand to one another.

All offsets are character offsets into ``doc.text``, end exclusive, so that a component
needs neither the tokenization nor the order of the others. `extractors.document.to_record` turns
them into an extraction record, whose offsets count in the title and in the abstract.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.record import Comparison, EntityType


@dataclass(frozen=True, order=True, slots=True)
class Mention:
    """One place in the text that names a concept.

    ``confidence`` is the probability (0 to 1) that span and type are right.
    ``extractor`` names the component that found it, for instance ``patterns``.
    """

    start: int
    end: int
    type: EntityType
    confidence: float
    extractor: str


@dataclass(slots=True)
class Entity:
    """All mentions of one concept in one abstract. ``name`` is its fullest form."""

    name: str
    type: EntityType
    mentions: list[Mention]
    introduced: bool = False
    introduced_confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Relation:
    """``head`` and ``tail`` index into ``doc._.entities``; ``start``, ``end`` span the sentence that says so."""

    head: int
    relation: str
    tail: int
    start: int
    end: int
    confidence: float
    extractor: str


@dataclass(frozen=True, slots=True)
class Result:
    """A reported number. ``method`` to ``baseline`` index into ``doc._.entities``."""

    value: str
    comparison: Comparison
    start: int
    end: int
    method: int | None = None
    metric: int | None = None
    dataset: int | None = None
    task: int | None = None
    baseline: int | None = None
    uncertainty: str | None = None
    confidence: float = 1.0
    extractor: str = "patterns"


@dataclass(slots=True)
class TopicVote:
    """How strongly an entity is what the paper is about."""

    entity: int
    confidence: float = field(default=1.0)
