"""The data of a page as one JSON-ready object: concepts, edges, papers, and each sentence once."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from kg import schema
from kg.graph import Graph, Node, Relationship, confidence
from kg.viewer import appearance
from kg.viewer.communities import communities, joined
from kg.viewer.concepts import abbreviation, forms, papers_of
from kg.viewer.layout import positions
from kg.viewer.select import Edge, Picture

STATEMENTS = 12
"""Number of statements that an edge quotes, the most confident first; of others only papers are listed."""

PAPERS = 60
"""Number of papers that a card lists, the newest first; the count is of all."""

_RESULT_ENDS = {"OF_METHOD": "method", "ON_DATASET": "dataset", "BY_METRIC": "metric", "FOR_TASK": "task"}


class _Index:
    """Values numbered in the order of their first use: a page holds each value once and refers to its number."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def place(self, value: str) -> int:
        return self._places.setdefault(value, len(self._places))

    def values(self) -> list[str]:
        return list(self._places)


def content(graph: Graph, picture: Picture) -> dict[str, Any]:
    """Everything that the page shows or may unfold. Concepts are referred to by their number."""
    number = {n.id: i for i, n in enumerate((*picture.concepts, *picture.folded))}
    papers, sentences = _Index(), _Index()
    mentioned, introduced = _of_papers(graph, number)
    years = {n.id: n.properties.get("year") for n in graph.nodes if n.label == "Paper"}

    def newest(ids: Iterable[str]) -> list[str]:
        return sorted(ids, key=lambda i: (-_year(years.get(i)), i))

    nodes = _nodes(picture)
    for node in nodes:
        node["at"] = [papers.place(i) for i in newest(mentioned[node["id"]])[:PAPERS]]
        node["intro"] = [_statement(r, papers, sentences, r.start) for r in introduced[node["id"]]]
    edges = [_edge(e, number, papers, sentences) for e in picture.edges]
    results = _results(graph, number, papers, sentences)
    known = {n.id: n for n in graph.nodes if n.label == "Paper"}
    return {
        "nodes": nodes,
        "edges": edges,
        "results": results,
        "papers": [_paper(i, known.get(i)) for i in papers.values()],
        "sentences": sentences.values(),
        "total": picture.total,
        "leftOut": picture.left_out,
        "center": picture.center,
        "light": dict(appearance.LIGHT),
        "dark": dict(appearance.DARK),
        "shapes": dict(appearance.SHAPES),
        "relations": _relations(picture),
    }


def radius(papers: int) -> float:
    """The size of a concept, in pixels: its area grows with the papers that mention it."""
    return round(5.5 + 2.6 * math.sqrt(max(papers, 1) - 1), 1) if papers < 120 else 34.0


def _nodes(picture: Picture) -> list[dict[str, Any]]:
    """Concepts with their positions; folded ones have none until the page unfolds them."""
    shown = {n.id for n in picture.concepts}
    within = joined(shown, (e for e in picture.edges if e.start in shown and e.end in shown))
    parts = communities(within)
    places = positions(within, {n.id: radius(papers_of(n)) for n in picture.concepts}, parts)
    community = {node: n for n, part in enumerate(parts) for node in part}
    nodes = []
    for concept in (*picture.concepts, *picture.folded):
        names = forms(concept)
        node: dict[str, Any] = {"id": concept.id, "name": names[0], "kind": concept.label, "aliases": names[1:]}
        node |= {"papers": papers_of(concept), "r": radius(papers_of(concept))}
        if short := abbreviation(names):
            node["short"] = short
        if concept.id in places:
            node["x"], node["y"] = places[concept.id]
            node["part"] = community[concept.id]
        nodes.append(node)
    return nodes


def _edge(edge: Edge, number: Mapping[str, int], papers: _Index, sentences: _Index) -> dict[str, Any]:
    quoted, others = edge.statements[:STATEMENTS], edge.statements[STATEMENTS:]
    said = [_statement(s, papers, sentences, str(s.properties.get("paper", ""))) for s in quoted]
    # The filters for years and confidence need the others, too.
    said += [[-1, papers.place(str(s.properties.get("paper", ""))), round(confidence(s), 3)] for s in others]
    return {"type": edge.type, "a": number[edge.start], "b": number[edge.end], "n": len(edge.statements), "said": said}


def _statement(rel: Relationship, papers: _Index, sentences: _Index, paper: str) -> list[float]:
    """Sentence, paper and confidence, the first two by number."""
    sentence = str(rel.properties.get("sentence", ""))
    return [sentences.place(sentence), papers.place(paper), round(confidence(rel), 3)]


def _of_papers(
    graph: Graph, number: Mapping[str, int]
) -> tuple[Mapping[str, set[str]], Mapping[str, list[Relationship]]]:
    """For each concept, the papers that mention it and the relationships that introduce it."""
    mentioned: dict[str, set[str]] = defaultdict(set)
    introduced: dict[str, list[Relationship]] = defaultdict(list)
    for rel in graph.relationships:
        if rel.type == "MENTIONS" and rel.end in number:
            mentioned[rel.end].add(rel.start)
        elif rel.type == "INTRODUCES" and rel.end in number:
            introduced[rel.end].append(rel)
    return mentioned, introduced


def _results(graph: Graph, number: Mapping[str, int], papers: _Index, sentences: _Index) -> list[dict[str, Any]]:
    """Results of concepts in the page; their other concepts are given by name."""
    names = {n.id: forms(n)[0] for n in graph.nodes if n.label in schema.CONCEPT_LABELS}
    ends: dict[str, dict[str, str]] = defaultdict(dict)
    said: dict[str, str] = {}
    for rel in graph.relationships:
        if rel.type in _RESULT_ENDS:
            ends[rel.start][_RESULT_ENDS[rel.type]] = rel.end
        elif rel.type == "REPORTS":
            said[rel.end] = rel.start
    rows = []
    for node in graph.nodes:
        of = ends.get(node.id, {}) if node.label == "Result" else {}
        if any(end in number for end in of.values()):
            row: dict[str, Any] = {key: [number.get(end, -1), names.get(end, end)] for key, end in of.items()}
            row |= {"value": str(node.properties.get("value", "")), "how": node.properties.get("comparison", "")}
            row["paper"] = papers.place(said.get(node.id, ""))
            row["sentence"] = sentences.place(str(node.properties.get("text", "")))
            rows.append(row)
    return rows


def _paper(paper_id: str, node: Node | None) -> dict[str, Any]:
    wanted = ("title", "year", "venue", "url")
    known = {name: node.properties[name] for name in wanted if name in node.properties} if node else {}
    authors = node.properties.get("authors", ()) if node else ()
    return {"id": paper_id, **known, "authors": list(authors[:4]) if isinstance(authors, tuple) else []}


def _relations(picture: Picture) -> dict[str, dict[str, str]]:
    """Phrases, colour and meaning of each type of relationship in the page."""
    used = {e.type for e in picture.edges}
    return {
        name: {"out": phrases[0], "in": phrases[1], "colour": appearance.EDGES[name], "meaning": relation.meaning}
        for name, phrases in appearance.PHRASES.items()
        if name in used and (relation := schema.RELATIONSHIP_TYPES[name])
    }


def _year(value: object) -> int:
    return value if isinstance(value, int) else 0
