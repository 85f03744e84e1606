"""The first page, lists of concepts and papers, and search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Final

from extractors.names.keys import name_key
from kg import schema
from kg.graph import Node
from kg.web import addresses, concepts, leaderboards
from kg.web.data import Evidence, Hit, Overview, Rising
from kg.web.index import Index, text, whole

TOP: Final = 12
HITS: Final = 50
_RISING: Final = 12
_YEARS: Final = 2
"""Length of the spans of years that are compared for what is rising."""


def overview(index: Index) -> Overview:
    """What the graph holds; gathered once."""
    if index.overview is None:
        index.overview = _gathered(index)
    return index.overview


def _gathered(index: Index) -> Overview:
    papers = index.of_kind("Paper")
    years = [year for year in (whole(paper, "year") for paper in papers) if year]
    counts = Counter(node.label for node in index.graph.nodes)
    return Overview(
        {label: counts[label] for label in schema.NODE_TYPES},
        sum(rel.type in schema.STATEMENT_TYPES for rel in index.graph.relationships),
        min(years, default=None),
        max(years, default=None),
        {kind: tuple(index.concept(n.id) for n in index.of_kind(kind)[:TOP]) for kind in schema.CONCEPT_LABELS},
        leaderboards.all_boards(index)[:TOP],
        rising(index, [paper.id for paper in papers]),
        tuple(concepts.newest(index, (paper.id for paper in papers[:TOP]))),
    )


def rising(index: Index, papers: Iterable[str]) -> tuple[Rising, ...]:
    """Concepts that more of these papers' latest years mention than the years before, two at least, by the gain."""
    dated = {paper: year for paper in papers if (year := index.paper(paper).year) is not None}
    latest = max(dated.values(), default=0)
    recent, before = Counter[str](), Counter[str]()
    for paper, year in dated.items():
        if year > latest - 2 * _YEARS:
            (recent if year > latest - _YEARS else before).update(index.concepts_in[paper])
    gains = {one: recent[one] - before[one] for one in recent if recent[one] > max(before[one], 1)}
    order = sorted(gains, key=lambda concept: (-gains[concept], -recent[concept], concept))
    plain = (concept for concept in order if not index.nodes[concept].properties.get("generic"))
    return tuple(
        Rising(index.concept(one), recent[one], before[one], _newest_said(index, one, dated))
        for one in islice(plain, _RISING)
    )


def _newest_said(index: Index, concept_id: str, dated: Mapping[str, int]) -> Evidence | None:
    """What the newest of these papers says of a concept; of one paper the most confident sentence."""
    said = [index.evidence(rel) for rel in index.statements[concept_id] if rel.properties.get("paper") in dated]
    said += [index.evidence(rel, rel.start) for rel in index.introducing[concept_id] if rel.start in dated]
    return max(said, key=lambda e: (dated[e.paper.id], e.confidence or 0, e.sentence), default=None)


def search(index: Index, wanted: str, kinds: Iterable[str] = (), most: int = HITS) -> tuple[Hit, ...]:
    """Concepts by any form of their name, and papers by title, author and identifiers.

    Names that are what is searched for come first, then those that begin with it, those with a word that does,
    and those that have it anywhere; of these the ones that most papers mention.
    """
    typed = " ".join(wanted.lower().split())
    if not typed:
        return ()
    found = [
        (nearness, -whole(node, "papers"), node.id, hit_of(node, form if number else ""))
        for kind in tuple(kinds) or (*schema.CONCEPT_LABELS, "Paper")
        for nearness, number, form, node in _nearest_forms(index.searched(kind), typed, name_key(wanted))
    ]
    return tuple(hit for *_, hit in sorted(found, key=lambda one: one[:3])[:most])


def _nearest_forms(
    searched: Iterable[tuple[str, str, int, Node]], typed: str, key: str
) -> Iterable[tuple[int, int, str, Node]]:
    """Of each node that has what was typed the nearest of its forms, as 0 where it is that, to 3, and its number."""
    first, best = typed[0], dict[str, tuple[int, int, str, Node]]()
    for low, form, number, node in searched:
        place = low.find(typed)
        if place < 0:
            if low[:1] != first or len(form) >= 60 or name_key(form) != key:
                continue
            nearness = 0
        else:
            nearness = 0 if low == typed else 1 if place == 0 else 2 if not low[place - 1].isalnum() else 3
        if node.id not in best or nearness < best[node.id][0]:
            best[node.id] = nearness, number, form, node
    return best.values()


def hit_of(node: Node, other: str = "") -> Hit:
    """A concept or paper as a search shows it."""
    if node.label == "Paper":
        name = text(node, "title") or text(node, "abstract")[:90] + "…"
        return Hit(node.id, name, "Paper", addresses.of_node(node.id), other, 0, whole(node, "year") or None)
    name = text(node, "name") or node.id
    return Hit(node.id, name, node.label, addresses.of_node(node.id), other, whole(node, "papers"), None)
