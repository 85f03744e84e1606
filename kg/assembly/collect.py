"""Collect from papers and records what assembly needs, in one pass, with equal strings stored once."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extractors.record import Record, Result, Span
from kg.assembly.sentences import definitions, introductions
from kg.assembly.vague import is_vague
from kg.errors import KGError
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


_ENDS = {
    "method": "OF_METHOD",
    "dataset": "ON_DATASET",
    "metric": "BY_METRIC",
    "task": "FOR_TASK",
    "baseline": "OVER_BASELINE",
}


@dataclass(slots=True)
class _Interner:
    strings: dict[str, str] = field(default_factory=dict)

    def __call__(self, text: str) -> str:
        return self.strings.setdefault(text, text)


def collect(extracted: Iterable[tuple[str, Paper, Record]]) -> list[CollectedPaper]:
    """What assembly keeps of each paper, sorted by paper id; `KGError` if an id comes twice."""
    intern = _Interner()
    papers = [_collect_one(intern(paper_id), paper, record, intern) for paper_id, paper, record in extracted]
    papers.sort(key=lambda p: p.id)
    for before, after in itertools.pairwise(papers):
        if before.id == after.id:
            raise KGError(f"paper {after.id} comes twice; merge papers before they are assembled")
    return papers


def _collect_one(paper_id: str, paper: Paper, record: Record, intern: _Interner) -> CollectedPaper:
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
                intern(entity.name if entity.name in forms else max(forms, key=lambda f: (forms[f], f))),
                entity.introduced,
                entity.introduced_confidence,
                tuple((intern(form), forms[form]) for form in sorted(forms)),
                vague[entity.id],
            )
        )
    quotes: dict[Span, str] = {}

    def quote(span: Span) -> str:
        if span not in quotes:
            quotes[span] = record.quote(span)
        return quotes[span]

    claims = tuple(
        CollectedClaim(place[r.head], r.relation, place[r.tail], r.confidence, quote(r.evidence), intern(r.extractor))
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
