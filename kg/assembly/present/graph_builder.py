"""The graph of resolved concepts: nodes, and what each paper says of them."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator

from kg import schema
from kg.assembly.collect import Read, Reported
from kg.assembly.present.concept_names import Named
from kg.assembly.present.numbers import number_and_unit
from kg.assembly.resolution import Assigned, Concepts
from kg.graph import Graph, Node, Relationship, Value
from kg.papers import Paper

_PAPER_PROPERTIES = tuple(p.name for p in schema.NODE_TYPES["Paper"].properties)
_ENDPOINTS = {name: frozenset(rel.endpoints) for name, rel in schema.RELATIONSHIP_TYPES.items()}


def build(papers: list[Read], concepts: Concepts, named: dict[str, Named]) -> Graph:
    """The graph of the papers; ``named`` gives id, label and name for each concept of ``concepts``."""
    nodes: list[Node] = []
    relationships: list[Relationship] = []
    forms: dict[str, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for read, assigned in zip(papers, concepts.assigned, strict=True):
        writer = _PaperWriter(read, assigned, named)
        nodes.append(Node("Paper", read.id, _paper(read.paper)))
        nodes.extend(writer.results())
        for concept, used in writer.surface.items():
            forms[concept].update(used)
            counts[concept] += 1
        relationships.extend(writer.relationships())
    for concept, surface in forms.items():
        shown = named[concept]
        aliases = tuple(sorted(surface | {shown.name}))
        nodes.append(Node(shown.label, shown.id, {"name": shown.name, "aliases": aliases, "papers": counts[concept]}))
    return Graph.of(nodes, relationships)


def _paper(paper: Paper) -> dict[str, Value]:
    values = ((name, getattr(paper, name)) for name in _PAPER_PROPERTIES)
    return {name: value for name, value in values if value is not None and value != ()}


class _PaperWriter:
    """One paper's part of the graph."""

    def __init__(self, read: Read, assigned: tuple[Assigned, ...], named: dict[str, Named]) -> None:
        self._read, self._assigned, self._named = read, assigned, named
        self.surface: dict[str, dict[str, int]] = {}
        for entity, concepts in zip(read.entities, assigned, strict=True):
            # an entity's own concept is mentioned even where each of its forms names another
            self.surface.setdefault(concepts.concept, {})
            for (form, count), concept in zip(entity.forms, concepts.forms, strict=True):
                surface = self.surface.setdefault(concept, {})
                surface[form] = surface.get(form, 0) + count
        self._results = {_result_id(read, result): result for result in read.results}

    def results(self) -> Iterator[Node]:
        for result_id, result in self._results.items():
            number, unit = number_and_unit(result.value)
            properties: dict[str, Value] = {"value": result.value}
            if number is not None:
                properties["number"] = number
            if unit is not None:
                properties["unit"] = unit
            yield Node("Result", result_id, {**properties, "comparison": result.comparison, "text": result.text})

    def relationships(self) -> Iterator[Relationship]:
        yield from self._mentions()
        yield from self._introductions()
        for topic in sorted({self._id(topic) for topic in self._read.topics}):
            yield Relationship("ABOUT", self._read.id, topic, {})
        yield from self._statements()
        for result_id, result in self._results.items():
            yield Relationship("REPORTS", self._read.id, result_id, {})
            for kind, end in result.ends:
                if ("Result", self._label(end)) in _ENDPOINTS[kind]:
                    yield Relationship(kind, result_id, self._id(end), {})

    def _mentions(self) -> Iterator[Relationship]:
        for concept, surface in self.surface.items():
            properties: dict[str, Value] = {"count": sum(surface.values()), "surface": tuple(sorted(surface))}
            yield Relationship("MENTIONS", self._read.id, self._named[concept].id, properties)

    def _introductions(self) -> Iterator[Relationship]:
        best: dict[str, tuple[float, str]] = {}
        for place, entity in enumerate(self._read.entities):
            if entity.introduced:
                found = (-entity.confidence, self._read.introducing.get(place, ""))
                best[self._id(place)] = min(best.get(self._id(place), found), found)
        for concept, (confidence, sentence) in best.items():
            yield Relationship("INTRODUCES", self._read.id, concept, {"confidence": -confidence, "sentence": sentence})

    def _statements(self) -> Iterator[Relationship]:
        best: dict[tuple[str, str, str], tuple[float, str, str]] = {}
        for claim in self._read.claims:
            if (self._label(claim.head), self._label(claim.tail)) not in _ENDPOINTS[claim.relation]:
                continue
            head, tail = self._id(claim.head), self._id(claim.tail)
            if head == tail:
                continue
            if schema.RELATIONSHIP_TYPES[claim.relation].symmetric:
                head, tail = sorted((head, tail))
            key = (claim.relation, head, tail)
            found = (-claim.confidence, claim.sentence, claim.extractor)
            best[key] = min(best.get(key, found), found)
        for (relation, head, tail), (confidence, sentence, extractor) in best.items():
            properties: dict[str, Value] = {
                "paper": self._read.id,
                "sentence": sentence,
                "confidence": -confidence,
                "extractor": extractor,
            }
            yield Relationship(relation, head, tail, properties)

    def _id(self, entity: int) -> str:
        return self._named[self._assigned[entity].concept].id

    def _label(self, entity: int) -> str:
        return self._named[self._assigned[entity].concept].label


def _result_id(read: Read, result: Reported) -> str:
    """An id from what the paper says, so that it stays when concepts are merged otherwise."""
    ends = [f"{kind}={read.entities[end].name}" for kind, end in result.ends]
    text = "\0".join((read.id, result.value, result.comparison, result.text, *ends))
    return f"result:{hashlib.sha256(text.encode()).hexdigest()[:16]}"
