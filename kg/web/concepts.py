"""A concept's card: its names and years, and what papers say of it, each claim with its sentences."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from kg import schema
from kg.graph import Relationship
from kg.viewer.appearance import PHRASES
from kg.web import leaderboards, results
from kg.web.data import Claim, ClaimGroup, ConceptCard, Evidence, PaperRef, YearCount
from kg.web.index import Index, forms, text

CLAIMS: Final = 40
"""How many claims of one kind a card lists."""
SENTENCES: Final = 8
"""How many sentences a claim has; the number of papers is that of all."""
PAPERS: Final = 100
RESULTS: Final = 100


def card(index: Index, concept_id: str) -> ConceptCard:
    """The card of a concept of the graph."""
    node = index.nodes[concept_id]
    papers = index.papers_of[concept_id]
    found = index.results_of[concept_id]
    return ConceptCard(
        index.concept(concept_id),
        forms(node)[1:],
        text(node, "better"),
        by_year(index, papers),
        introductions(index, concept_id),
        tuple(groups(index, concept_id)),
        results.listed(index, found, RESULTS),
        len(found),
        leaderboards.of_concept(index, concept_id),
        tuple(newest(index, papers)[:PAPERS]),
        len(papers),
    )


def by_year(index: Index, papers: Iterable[str]) -> tuple[YearCount, ...]:
    """How many of these papers are of each year, every year from the first to the last."""
    years = Counter(year for paper in papers if (year := index.paper(paper).year) is not None)
    if not years:
        return ()
    return tuple(YearCount(year, years[year]) for year in range(min(years), max(years) + 1))


def newest(index: Index, papers: Iterable[str]) -> list[PaperRef]:
    """The papers, the newest first."""
    return sorted(map(index.paper, papers), key=lambda paper: (-(paper.year or 0), paper.title, paper.id))


def introductions(index: Index, concept_id: str) -> tuple[Evidence, ...]:
    """The sentences that introduce a concept, the oldest paper first."""
    found = [index.evidence(rel, rel.start) for rel in index.introducing[concept_id]]
    return tuple(sorted(found, key=lambda said: (said.paper.year or 9999, -(said.confidence or 0), said.paper.id)))


def groups(index: Index, concept_id: str) -> Iterable[ClaimGroup]:
    """What papers say of a concept, by kind of claim and direction, in the order of the schema."""
    sides: dict[tuple[str, bool], list[Relationship]] = defaultdict(list)
    for rel in index.statements[concept_id]:
        symmetric = schema.RELATIONSHIP_TYPES[rel.type].symmetric
        sides[rel.type, symmetric or rel.start == concept_id].append(rel)
    for name, phrases in PHRASES.items():
        for forward in (True, False):
            if said := sides.get((name, forward)):
                found = claims(index, said)
                yield ClaimGroup(phrases[0 if forward else 1], len(found), tuple(found[:CLAIMS]))


def claims(index: Index, statements: Iterable[Relationship]) -> list[Claim]:
    """Statements as claims, each with all its sentences; those that most papers make come first."""
    same: dict[tuple[str, str, str], list[Relationship]] = defaultdict(list)
    for rel in statements:
        same[rel.type, rel.start, rel.end].append(rel)
    found = [claim(index, said) for said in same.values()]
    return sorted(found, key=lambda c: (-c.papers, -(c.evidence[0].confidence or 0), c.subject.id, c.object.id))


def claim(index: Index, said: Sequence[Relationship]) -> Claim:
    """Statements of one type about the same two concepts, as one claim."""
    first = said[0]
    evidence = sorted(map(index.evidence, said), key=lambda e: (-(e.confidence or 0), e.paper.id))
    ends = index.concept(first.start), index.concept(first.end)
    return Claim(first.type, PHRASES[first.type][0], *ends, len(said), tuple(evidence[:SENTENCES]))
