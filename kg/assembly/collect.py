"""One pass over papers and records: keep what assembly needs, and nothing twice."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extractors.record import Record, Result, Span
from kg.assembly.sentences import definitions, introductions
from kg.errors import KGError
from kg.papers import Paper


@dataclass(frozen=True, slots=True)
class Named:
    """An entity of one paper: its type, and how often each of its forms occurs (sorted by form)."""

    type: str
    name: str
    introduced: bool
    confidence: float
    forms: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation of one paper; ``head`` and ``tail`` count in the paper's entities."""

    head: int
    relation: str
    tail: int
    confidence: float
    sentence: str
    extractor: str


@dataclass(frozen=True, slots=True)
class Reported:
    """A result of one paper; ``ends`` are (relationship type, entity) pairs."""

    value: str
    comparison: str
    text: str
    ends: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Read:
    """All that assembly keeps of one paper and its record.

    ``defined`` holds (short, long, sentence) of abbreviations that the text itself spells
    out in brackets. ``introducing`` gives the sentence that introduces an entity.
    """

    id: str
    paper: Paper
    entities: tuple[Named, ...]
    claims: tuple[Claim, ...]
    results: tuple[Reported, ...]
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


def collect(extracted: Iterable[tuple[str, Paper, Record]]) -> list[Read]:
    """What assembly keeps of each paper, sorted by paper id; `KGError` if an id comes twice."""
    intern = _Interner()
    papers = [_read(intern(paper_id), paper, record, intern) for paper_id, paper, record in extracted]
    papers.sort(key=lambda p: p.id)
    for before, after in itertools.pairwise(papers):
        if before.id == after.id:
            raise KGError(f"paper {after.id} comes twice; merge papers before they are assembled")
    return papers


def _read(paper_id: str, paper: Paper, record: Record, intern: _Interner) -> Read:
    counts: dict[str, dict[str, int]] = {e.id: {} for e in record.entities}
    for mention in record.mentions:
        forms = counts[mention.entity]
        forms[mention.text] = forms.get(mention.text, 0) + 1
    entities: list[Named] = []
    place: dict[str, int] = {}
    for entity in record.entities:
        forms = counts[entity.id] or {entity.name: 1}
        place[entity.id] = len(entities)
        entities.append(
            Named(
                entity.type,
                intern(entity.name if entity.name in forms else max(forms, key=lambda f: (forms[f], f))),
                entity.introduced,
                entity.introduced_confidence,
                tuple((intern(form), forms[form]) for form in sorted(forms)),
            )
        )
    quotes: dict[Span, str] = {}

    def quote(span: Span) -> str:
        if span not in quotes:
            quotes[span] = record.quote(span)
        return quotes[span]

    claims = tuple(
        Claim(place[r.head], r.relation, place[r.tail], r.confidence, quote(r.evidence), intern(r.extractor))
        for r in record.relations
    )
    results = tuple(
        Reported(r.value, r.comparison, quote(r.evidence), tuple(_ends_of(r, place))) for r in record.results
    )
    return Read(
        paper_id,
        paper,
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
