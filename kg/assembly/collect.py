"""What assembly needs of a paper and its record, also as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from extractors.record import Record, Result, Span
from kg.assembly.sentences import definitions, introductions
from kg.assembly.vague import is_vague
from kg.papers import Paper


@dataclass(frozen=True, slots=True)
class CollectedEntity:
    """An entity of one paper: its type, how often each of its forms occurs (sorted by form), how often vaguely."""

    type: str
    name: str
    introduced: bool
    confidence: float
    forms: tuple[tuple[str, int], ...]
    vague: int = 0


@dataclass(frozen=True, slots=True)
class CollectedClaim:
    """A relation of one paper; ``head`` and ``tail`` index into the paper's entities."""

    head: int
    relation: str
    tail: int
    confidence: float
    sentence: str
    extractor: str


@dataclass(frozen=True, slots=True)
class CollectedResult:
    """A result of one paper; ``ends`` are pairs of relationship type and index of an entity."""

    value: str
    comparison: str
    text: str
    ends: tuple[tuple[str, int], ...]
    uncertainty: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class CollectedPaper:
    """All that assembly keeps of one paper and its record.

    ``defined`` holds (short form, long form, sentence) of abbreviations that the text defines.
    ``introducing`` gives the sentence that introduces an entity.
    """

    id: str
    paper: Paper
    extractor: str
    entities: tuple[CollectedEntity, ...]
    claims: tuple[CollectedClaim, ...]
    results: tuple[CollectedResult, ...]
    topics: tuple[int, ...]
    defined: tuple[tuple[str, str, str], ...]
    introducing: dict[int, str]

    def names_only(self) -> CollectedPaper:
        """The same paper with what `kg.assembly.names.Names` takes, and nothing else: a small part of its text."""
        known = self.paper
        paper = Paper(
            "" if known.title else known.abstract, known.title, known.year, authors=known.authors, key=known.key
        )
        return replace(self, paper=paper, claims=(), results=(), topics=(), introducing={})

    def to_json(self) -> str:
        """All of it on one line of ASCII; `from_json` reads it back."""
        row = [
            self.id,
            [getattr(self.paper, name) for name in _PAPER_FIELDS],
            self.extractor,
            [[getattr(e, name) for name in CollectedEntity.__slots__] for e in self.entities],
            [[getattr(c, name) for name in CollectedClaim.__slots__] for c in self.claims],
            [[getattr(r, name) for name in CollectedResult.__slots__] for r in self.results],
            self.topics,
            self.defined,
            list(self.introducing.items()),
        ]
        return json.dumps(row, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> CollectedPaper:
        """What `to_json` wrote."""
        paper_id, paper, extractor, entities, claims, results, topics, defined, introducing = _tuples(json.loads(text))
        return cls(
            paper_id,
            Paper(*paper),
            extractor,
            tuple(CollectedEntity(*e) for e in entities),
            tuple(CollectedClaim(*c) for c in claims),
            tuple(CollectedResult(*r) for r in results),
            topics,
            defined,
            dict(introducing),
        )


def _tuples(value: Any) -> Any:
    """The value with a tuple in place of each list."""
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


_PAPER_FIELDS = tuple(field.name for field in fields(Paper) if field.name != "record")
_ENDS = {
    "method": "OF_METHOD",
    "dataset": "ON_DATASET",
    "metric": "BY_METRIC",
    "task": "FOR_TASK",
    "baseline": "OVER_BASELINE",
}


def collect_one(paper_id: str, paper: Paper, record: Record) -> CollectedPaper:
    """What assembly keeps of one paper."""
    counts: dict[str, dict[str, int]] = {e.id: {} for e in record.entities}
    kinds = {e.id: e.type for e in record.entities}
    vague: Counter[str] = Counter()
    for mention in record.mentions:
        text = (record.title if mention.span.field == "title" else record.abstract) or ""
        vague[mention.entity] += is_vague(text, mention.span.start, mention.text, kinds[mention.entity])
        forms = counts[mention.entity]
        forms[mention.text] = forms.get(mention.text, 0) + 1
    entities: list[CollectedEntity] = []
    place: dict[str, int] = {}
    for entity in record.entities:
        forms = counts[entity.id] or {entity.name: 1}
        place[entity.id] = len(entities)
        entities.append(
            CollectedEntity(
                entity.type,
                entity.name if entity.name in forms else max(forms, key=lambda f: (forms[f], f)),
                entity.introduced,
                entity.introduced_confidence,
                tuple((form, forms[form]) for form in sorted(forms)),
                vague[entity.id],
            )
        )
    quotes: dict[Span, str] = {}

    def quote(span: Span) -> str:
        if span not in quotes:
            quotes[span] = record.quote(span)
        return quotes[span]

    claims = tuple(
        CollectedClaim(place[r.head], r.relation, place[r.tail], r.confidence, quote(r.evidence), r.extractor)
        for r in record.relations
    )
    results = tuple(
        CollectedResult(
            r.value, r.comparison, quote(r.evidence), tuple(_ends_of(r, place)), r.uncertainty, r.confidence
        )
        for r in record.results
    )
    return CollectedPaper(
        paper_id,
        paper,
        record.extractor,
        tuple(entities),
        claims,
        results,
        tuple(dict.fromkeys(place[t] for t in record.topics)),
        tuple(definitions(record)),
        {place[e]: sentence for e, sentence in introductions(record).items()},
    )


def _ends_of(result: Result, place: dict[str, int]) -> Iterator[tuple[str, int]]:
    for end, relationship in _ENDS.items():
        entity = getattr(result, end)
        if entity is not None:
            yield relationship, place[entity]
