"""A report on a topic: what it is, its methods, data sets, metrics and results, who beats whom, what to read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from kg.graph import Relationship
from kg.viewer.appearance import PHRASES, count
from kg.web import concepts, overview, results
from kg.web.data import Claim, Evidence, Line, Reading, Report, Section
from kg.web.index import Index, forms, text

LINES: Final = 12
"""How many lines a section has."""
RESULTS: Final = 20
READING: Final = 15

SECTIONS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "Main methods": ("Method", ("USED_FOR", "EVALUATED_ON", "TRAINED_ON", "BASED_ON", "PART_OF", "OUTPERFORMS")),
    "Tasks": ("Task", ("USED_FOR", "BENCHMARK_FOR", "SUBCLASS_OF")),
    "Data sets": ("Dataset", ("BENCHMARK_FOR", "EVALUATED_ON", "TRAINED_ON")),
    "Metrics": ("Metric", ("MEASURED_BY",)),
}
"""For each section, the kind of concepts that it lists, and the claims that bring one into it."""


def report(index: Index, topic: str) -> Report:
    """The report on a concept, given by its id.

    Concepts that papers relate to the topic itself come first, then those that papers on the topic speak of.
    """
    papers = index.papers_of[topic]
    claims = [rel for paper in papers for rel in index.claims_in[paper]]
    sections = [_section(index, topic, title, claims) for title in SECTIONS]
    found = _results(index, topic, papers)
    return Report(
        index.concept(topic),
        forms(index.nodes[topic])[1:],
        len(papers),
        concepts.by_year(index, papers),
        tuple(_kinds(index, topic)),
        concepts.introductions(index, topic),
        tuple(section for section in sections if section.lines),
        results.listed(index, found, RESULTS),
        len(found),
        tuple(_wins(index, topic, claims)[:LINES]),
        tuple(one for one in overview.rising(index, papers) if one.concept.id != topic),
        tuple(_reading(index, topic, papers)),
    )


def _kinds(index: Index, topic: str) -> Iterable[Line]:
    """What the topic is a kind of, and what it is built on or part of."""
    said = [r for r in index.statements[topic] if r.start == topic and r.type in ("SUBCLASS_OF", "BASED_ON", "PART_OF")]
    for claim in concepts.claims(index, said)[:LINES]:
        yield Line(claim.object, claim.phrase, claim.papers, claim.evidence[0])


def _section(index: Index, topic: str, title: str, claims: Iterable[Relationship]) -> Section:
    kind, types = SECTIONS[title]
    direct: dict[str, list[Relationship]] = defaultdict(list)
    near: dict[str, list[Relationship]] = defaultdict(list)
    for rel in claims:
        if rel.type in types:
            for end in (rel.start, rel.end):
                if end != topic and index.nodes[end].label == kind:
                    (direct if topic in (rel.start, rel.end) else near)[end].append(rel)
    lines = _lines(index, direct) + _lines(index, {end: said for end, said in near.items() if end not in direct})
    return Section(title, tuple(lines[:LINES]), len(lines))


def _lines(index: Index, found: Mapping[str, list[Relationship]]) -> list[Line]:
    lines = []
    for end, said in found.items():
        best = min(said, key=lambda rel: (-(index.evidence(rel).confidence or 0), rel.key))
        other = index.concept(best.start if end == best.end else best.end)
        phrase = PHRASES[best.type][0]
        says = f"{phrase} {other.name}" if end == best.start else f"{other.name} {phrase} it"
        papers = len({rel.properties.get("paper") for rel in said})
        lines.append(Line(index.concept(end), says, papers, index.evidence(best)))
    generic = {line.concept.id: bool(index.nodes[line.concept.id].properties.get("generic")) for line in lines}
    return sorted(
        lines, key=lambda ln: (generic[ln.concept.id], -ln.papers, -(ln.evidence.confidence or 0), ln.concept.id)
    )


def _results(index: Index, topic: str, papers: Iterable[str]) -> list[str]:
    """Results that belong to the topic; where there are none, all that papers mainly about it report."""
    own = index.results_of[topic]
    return own or [found for paper in papers if topic in index.about[paper] for found in index.results_of[paper]]


def _wins(index: Index, topic: str, claims: Iterable[Relationship]) -> list[Claim]:
    """Who beats whom: claims about the topic itself, then the others in its papers."""
    found = concepts.claims(index, (rel for rel in claims if rel.type == "OUTPERFORMS"))
    return sorted(found, key=lambda claim: topic not in (claim.subject.id, claim.object.id))


def _reading(index: Index, topic: str, papers: Iterable[str]) -> Iterable[Reading]:
    """What to read first, as the saved query ``read-first`` says, each with a sentence on the topic."""
    known = set(papers)
    for row in index.run("read-first", {"concept": topic, "limit": READING}).dicts():
        paper = str(row["paper"])
        if paper in known:
            yield Reading(index.paper(paper), _why(row), _telling(index, topic, paper).sentence)


def _why(row: Mapping[str, object]) -> str:
    taken = row.get("taken_up_by")
    reasons = [
        "" if row.get("why") == "names it" else str(row.get("why")),
        f"taken up by {count(taken, 'other paper')}" if isinstance(taken, int) and taken else "",
    ]
    return ", ".join(filter(None, reasons)) or "mentions it"


def _telling(index: Index, topic: str, paper: str) -> Evidence:
    """The sentence of a paper that tells most about the topic: an introduction, a claim, else the first of all."""
    said = [rel for rel in index.introducing[paper] if rel.end == topic]
    said += [rel for rel in index.claims_in[paper] if topic in (rel.start, rel.end)]
    said = said or index.introducing[paper] or index.claims_in[paper]
    if said:
        return index.evidence(said[0], paper)
    abstract = text(index.nodes[paper], "abstract") if paper in index.nodes else ""
    return Evidence(abstract.split(". ")[0], index.paper(paper), None)
