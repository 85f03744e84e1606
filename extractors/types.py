"""What the components of the pipeline hand to one another.

All offsets are character offsets into ``doc.text``, end exclusive, so that a component
needs neither the tokenization nor the order of the others. ``extractors.record`` turns
them into the fields and offsets of an extraction record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

EntityType = Literal["Method", "Task", "Dataset", "Metric"]
ENTITY_TYPES: Final[tuple[EntityType, ...]] = ("Method", "Task", "Dataset", "Metric")

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

Comparison = Literal["absolute", "relative", "difference"]
COMPARISONS: Final[tuple[Comparison, ...]] = ("absolute", "relative", "difference")
"""What a reported value says: the score itself, a change in proportion, or a change in points."""

ROLE_SIGNATURES: Final[dict[str, frozenset[tuple[str, str]]]] = {
    "OF_METHOD": frozenset((c, "Method") for c in COMPARISONS),
    "BY_METRIC": frozenset((c, "Metric") for c in COMPARISONS),
    "ON_DATASET": frozenset((c, "Dataset") for c in COMPARISONS),
    "FOR_TASK": frozenset((c, "Task") for c in COMPARISONS),
    "OVER_BASELINE": frozenset((c, "Method") for c in COMPARISONS),
}
"""What a reported value can belong to, in the form of :data:`RELATION_SIGNATURES`."""

SYMMETRIC_RELATIONS: Final[frozenset[str]] = frozenset({"COMPARED_WITH"})


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
    confidence: float = 1.0
    extractor: str = "patterns"


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """``short`` stands for ``long`` in this text (both are character spans)."""

    short: tuple[int, int]
    long: tuple[int, int]


@dataclass(slots=True)
class TopicVote:
    """How strongly an entity is what the paper is about."""

    entity: int
    confidence: float = field(default=1.0)
