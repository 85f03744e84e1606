"""The data of a page as one JSON-ready object: concepts, edges, papers, and each sentence once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg import schema
from kg.graph import Graph, Node, Relationship, confidence
from kg.viewer import appearance
from kg.viewer.communities import communities, namesake
from kg.viewer.concepts import first_years, forms, paper_title, papers_of
from kg.viewer.drawing import source
from kg.viewer.edges import Edge, joined
from kg.viewer.labels import Label, labels
from kg.viewer.layout import layout
from kg.viewer.select import PAPER_LINKS, Picture

STATEMENTS = 12
"""Number of statements that an edge quotes, the most confident first; of others only papers are listed."""

PAPERS = 60
"""Number of papers that a card lists, the newest first; the count is of all."""

TITLED = 3
"""Number of members from which on a community has a title and an outline."""

_RESULT_ENDS = {"OF_METHOD": "method", "ON_DATASET": "dataset", "BY_METRIC": "metric", "FOR_TASK": "task"}


class _Index:
    """Values numbered in the order of their first use: a page holds each value once and refers to its number."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def place(self, value: str) -> int:
        return self._places.setdefault(value, len(self._places))

    def values(self) -> list[str]:
        return list(self._places)


def content(graph: Graph, picture: Picture, arranged: str = "near") -> dict[str, Any]:
    """Everything that the page shows or may unfold. Concepts, and papers that are nodes, are referred to by number.

    ``arranged`` is how the page stands at first: one of `kg.viewer.ARRANGEMENTS`.
    """
    plan = arrange(picture)
    shown = (*picture.concepts, *picture.papers, *picture.folded)
    number = {n.id: i for i, n in enumerate(shown)}
    papers, sentences = _Index(), _Index()
    mentioned, introduced = _of_papers(graph, number)
    known = {n.id: n for n in graph.nodes if n.label == "Paper"}
    years = {i: n.properties.get("year") for i, n in known.items()}

    def newest(ids: Iterable[str]) -> list[str]:
        return sorted(ids, key=lambda i: (-_year(years.get(i)), i))

    firsts = first_years(graph)
    nodes = [_node(n, plan) for n in shown]
    for node in nodes:
        own = [node["id"]] if node["kind"] == "Paper" else newest(mentioned[node["id"]])
        node["first"] = firsts.get(node["id"])
        node["at"] = [papers.place(i) for i in own[:PAPERS]]
        node["intro"] = [_statement(r, papers, sentences, r.start) for r in introduced[node["id"]]]
    edges = [_edge(e, number, papers, sentences) for e in picture.edges]
    results = _results(graph, number, papers, sentences)
    return {
        "nodes": nodes,
        "edges": edges,
        "results": results,
        "papers": [_paper(i, known.get(i)) for i in papers.values()],
        "sentences": sentences.values(),
        "parts": [_part(node, tall) for node, tall in zip(plan.namesakes, plan.tall, strict=True)],
        "source": source(graph),
        "total": picture.total,
        "leftOut": picture.left_out,
        "center": picture.center,
        "arranged": arranged,
        "light": dict(appearance.LIGHT),
        "dark": dict(appearance.DARK),
        "partColours": {theme: list(colours) for theme, colours in appearance.PARTS.items()},
        "shapes": dict(appearance.SHAPES),
        "relations": _relations(picture),
    }


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything that is shown stands: positions and community of each node, and after which member
    each community is called, if it is called anything.

    ``tall`` moves each community to its place in a high window.
    """

    labels: Mapping[str, Label]
    places: Mapping[str, tuple[float, float]]
    part: Mapping[str, int]
    namesakes: Sequence[Node | None]
    tall: Sequence[tuple[float, float]]


def arrange(picture: Picture) -> Plan:
    """The plan of a picture; the same picture has the same one."""
    nodes = {n.id: n for n in (*picture.concepts, *picture.papers)}
    within = joined(nodes, (e for e in picture.edges if e.start in nodes and e.end in nodes))
    parts = communities(within)
    named = labels((*nodes.values(), *picture.folded))
    laid = layout(within, {i: named[i].box for i in nodes}, parts)
    places = {i: (x, round(y - named[i].height / 2, 1)) for i, (x, y) in laid.positions.items()}
    first = [namesake(nodes[i] for i in part) if len(part) >= TITLED else None for part in parts]
    return Plan(named, places, {i: n for n, part in enumerate(parts) for i in part}, first, laid.tall)


def _part(first: Node | None, tall: tuple[float, float]) -> dict[str, Any]:
    return {"title": forms(first)[0] if first else "", "of": first.id if first else None, "tall": tall}


def _node(node: Node, plan: Plan) -> dict[str, Any]:
    """A node as the page knows it; a folded one has no place until the page unfolds it."""
    names = [paper_title(node)] if node.label == "Paper" else forms(node)
    label = plan.labels[node.id]
    known: dict[str, Any] = {"id": node.id, "name": names[0], "kind": node.label, "aliases": names[1:]}
    known |= {"papers": papers_of(node) or 1, "r": label.radius, "label": list(label.lines), "size": label.size}
    if node.id in plan.places:
        known["x"], known["y"] = plan.places[node.id]
        known["part"] = plan.part[node.id]
    return known


def _edge(edge: Edge, number: Mapping[str, int], papers: _Index, sentences: _Index) -> dict[str, Any]:
    quoted, others = edge.statements[:STATEMENTS], edge.statements[STATEMENTS:]
    said = [_statement(s, papers, sentences, _said_by(s)) for s in quoted]
    # The filters for years and confidence need the others, too.
    said += [[-1, papers.place(_said_by(s)), round(confidence(s), 3)] for s in others]
    return {"type": edge.type, "a": number[edge.start], "b": number[edge.end], "n": len(edge.statements), "said": said}


def _said_by(rel: Relationship) -> str:
    return rel.start if rel.type in PAPER_LINKS else str(rel.properties.get("paper", ""))


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
    wanted = ("year", "venue", "url")
    known: dict[str, Any] = {"title": paper_title(node)} if node else {}
    known |= {name: node.properties[name] for name in wanted if name in node.properties} if node else {}
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
