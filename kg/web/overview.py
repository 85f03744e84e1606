"""The first page, lists of concepts and papers, and search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final

from extractors.names.keys import name_key
from kg import schema
from kg.graph import Node
from kg.web import addresses, concepts, leaderboards
from kg.web.data import Evidence, Hit, Overview, Rising
from kg.web.index import Index, forms, text, whole

TOP: Final = 12
HITS: Final = 50
_RISING: Final = 12
_YEARS: Final = 2
"""Length of the spans of years that are compared for what is rising."""


def overview(index: Index) -> Overview:
    """What the graph holds."""
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
    key = name_key(wanted)
    found: list[tuple[int, int, str, Hit]] = []
    for kind in tuple(kinds) or (*schema.CONCEPT_LABELS, "Paper"):
        for node in index.of_kind(kind):
            best = min(((_nearness(form, typed, key), n, form) for n, form in enumerate(_forms(node))), default=None)
            if best is not None and best[0] < _NOWHERE:
                hit = hit_of(node, best[2] if best[1] else "")
                found.append((best[0], -hit.papers, node.id, hit))
    return tuple(hit for *_, hit in sorted(found, key=lambda one: one[:3])[:most])


_NOWHERE: Final = 4


def _nearness(form: str, typed: str, key: str) -> int:
    """0 where a form is what was typed, to `_NOWHERE` where it does not have it."""
    low = form.lower()
    place = low.find(typed)
    if place < 0:
        return 0 if len(form) < 60 and form[:1].lower() == typed[:1] and name_key(form) == key else _NOWHERE
    if low == typed:
        return 0
    return 1 if place == 0 else 2 if not low[place - 1].isalnum() else 3


def _forms(node: Node) -> Iterator[str]:
    if node.label != "Paper":
        yield from forms(node)
        return
    yield text(node, "title")
    authors = node.properties.get("authors", ())
    yield from authors if isinstance(authors, tuple) else ()
    yield from filter(None, (text(node, name) for name in ("arxiv", "doi", "key")))


def hit_of(node: Node, other: str = "") -> Hit:
    """A concept or paper as a search shows it."""
    if node.label == "Paper":
        name = text(node, "title") or text(node, "abstract")[:90] + "…"
        return Hit(node.id, name, "Paper", addresses.of_node(node.id), other, 0, whole(node, "year") or None)
    name = text(node, "name") or node.id
    return Hit(node.id, name, node.label, addresses.of_node(node.id), other, whole(node, "papers"), None)
