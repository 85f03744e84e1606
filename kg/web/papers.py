"""A paper's page: its text with the sentences marked in which something was read, and what that was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from kg.graph import Relationship
from kg.web import concepts, results
from kg.web.data import PaperPage, PaperRef, Piece, Said
from kg.web.index import Index, text

SIMILAR: Final = 6


def page(index: Index, paper_id: str) -> PaperPage:
    """The page of a paper of the graph."""
    node = index.nodes[paper_id]
    said = sentences(index, paper_id)
    numbers = {one.sentence: one.number for one in said}
    title = text(node, "title")
    return PaperPage(
        index.paper(paper_id),
        text(node, "url"),
        text(node, "doi"),
        text(node, "arxiv"),
        tuple(_pieces(title, numbers)),
        tuple(_pieces(text(node, "abstract"), numbers)),
        said,
        tuple(map(index.concept, index.about[paper_id])),
        tuple(sorted(map(index.concept, index.concepts_in[paper_id]), key=lambda c: (c.kind, -c.papers, c.id))),
        _similar(index, paper_id),
    )


def sentences(index: Index, paper_id: str) -> tuple[Said, ...]:
    """The sentences of a paper in which something was read, in the order of the text."""
    claimed: dict[str, list[Relationship]] = defaultdict(list)
    introduced: dict[str, list[str]] = defaultdict(list)
    reported: dict[str, list[str]] = defaultdict(list)
    for rel in index.claims_in[paper_id]:
        claimed[str(rel.properties.get("sentence", ""))].append(rel)
    for rel in index.introducing[paper_id]:
        introduced[str(rel.properties.get("sentence", ""))].append(rel.end)
    for result_id in index.results_of[paper_id]:
        reported[text(index.nodes[result_id], "text")].append(result_id)
    node = index.nodes[paper_id]
    whole = f"{text(node, 'title')}\n{text(node, 'abstract')}"
    found = sorted({*claimed, *introduced, *reported}, key=lambda sentence: (_place(whole, sentence), sentence))
    return tuple(
        Said(
            number,
            sentence,
            tuple(map(index.concept, introduced[sentence])),
            tuple(concepts.claims(index, claimed[sentence])),
            tuple(results.result(index, i) for i in reported[sentence]),
        )
        for number, sentence in enumerate(found, 1)
    )


def _place(whole: str, sentence: str) -> int:
    """Where a sentence stands in the text; after everything where it is not in it."""
    place = whole.find(sentence) if sentence else -1
    return place if place >= 0 else len(whole)


def _pieces(whole: str, numbers: dict[str, int]) -> Iterator[Piece]:
    """The text in pieces: the sentences that are numbered, and what is between them."""
    end = 0
    for place, sentence in sorted((whole.find(sentence), sentence) for sentence in numbers if sentence in whole):
        if place < end or not sentence:
            continue
        if place > end:
            yield Piece(whole[end:place], 0)
        yield Piece(sentence, numbers[sentence])
        end = place + len(sentence)
    if end < len(whole):
        yield Piece(whole[end:], 0)


def _similar(index: Index, paper_id: str) -> tuple[PaperRef, ...]:
    """Papers that share rare concepts with a paper; concepts of more than a tenth of all papers tell nothing."""
    most = max(len(index.of_kind("Paper")) // 10, 3)
    shared: dict[str, float] = defaultdict(float)
    for concept_id in index.concepts_in[paper_id]:
        others = index.papers_of[concept_id]
        if len(others) <= most:
            for other in others:
                shared[other] += 1 / len(others)
    shared.pop(paper_id, None)
    best = sorted(shared, key=lambda other: (-shared[other], other))[:SIMILAR]
    return tuple(map(index.paper, best))
