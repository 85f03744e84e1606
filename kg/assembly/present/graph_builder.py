"""Build the graph: nodes of papers, concepts and results, and what each paper says of them."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator

from extractors.names.directions import better_values
from kg import schema
from kg.assembly.collect import CollectedPaper, CollectedResult
from kg.assembly.present.concept_names import ConceptName
from kg.assembly.present.generic import generic_concepts
from kg.assembly.present.numbers import half_width, number_and_unit
from kg.assembly.present.paper_keys import paper_keys
from kg.assembly.present.result_roles import Ends, roles
from kg.assembly.resolution import Concepts, EntityConcepts
from kg.graph import Graph, Node, Relationship, Value

_PAPER_PROPERTIES = tuple(p.name for p in schema.NODE_TYPES["Paper"].properties)
_ENDPOINTS = {name: frozenset(rel.endpoints) for name, rel in schema.RELATIONSHIP_TYPES.items()}


def build(papers: list[CollectedPaper], concepts: Concepts, named: dict[str, ConceptName]) -> Graph:
    """The graph of the papers; ``named`` gives id, label and name for each concept of ``concepts``."""
    nodes: list[Node] = []
    relationships: list[Relationship] = []
    generic = generic_concepts(papers, concepts, named)
    forms: dict[str, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    keys = paper_keys((collected.id, collected.paper) for collected in papers)
    for collected, assigned in zip(papers, concepts.assigned, strict=True):
        writer = _PaperWriter(collected, assigned, named)
        nodes.append(Node("Paper", collected.id, _paper(collected, keys[collected.id])))
        nodes.extend(writer.results())
        for concept, used in writer.surface.items():
            forms[concept].update(used)
            counts[concept] += 1
        relationships.extend(writer.relationships())
    for concept, surface in forms.items():
        shown = named[concept]
        aliases = tuple(sorted(surface | {shown.name}))
        properties: dict[str, Value] = {"name": shown.name, "aliases": aliases, "papers": counts[concept]}
        properties["generic"] = concept in generic
        if shown.label == "Metric" and (better := better_values(aliases)):
            properties["better"] = better
        nodes.append(Node(shown.label, shown.id, properties))
    return Graph.of(nodes, relationships)


def _paper(collected: CollectedPaper, key: str) -> dict[str, Value]:
    paper = collected.paper
    told: dict[str, Value | None] = {
        "key": key,
        "ids": tuple(name for name in paper.ids if name != key),
        "extractor": collected.extractor or None,
    }
    values = ((name, told[name] if name in told else getattr(paper, name)) for name in _PAPER_PROPERTIES)
    return {name: value for name, value in values if value is not None and value != ()}


class _PaperWriter:
    """One paper's part of the graph."""

    def __init__(
        self, collected: CollectedPaper, assigned: tuple[EntityConcepts, ...], named: dict[str, ConceptName]
    ) -> None:
        self._collected, self._assigned, self._named = collected, assigned, named
        self.surface: dict[str, dict[str, int]] = {}
        for entity, concepts in zip(collected.entities, assigned, strict=True):
            # an entity's own concept is mentioned even where each of its forms names another
            self.surface.setdefault(concepts.concept, {})
            for (form, count), concept in zip(entity.forms, concepts.forms, strict=True):
                surface = self.surface.setdefault(concept, {})
                surface[form] = surface.get(form, 0) + count
        self._results: dict[str, tuple[CollectedResult, Ends]] = {}
        for result in collected.results:
            if (ends := roles(result, collected)) is not None:
                self._results[_result_id(collected, result)] = result, ends

    def results(self) -> Iterator[Node]:
        for result_id, (result, _) in self._results.items():
            number, unit = number_and_unit(result.value)
            properties: dict[str, Value] = {"value": result.value}
            if number is not None:
                properties["number"] = number
            if unit is not None:
                properties["unit"] = unit
            if (margin := half_width(result.uncertainty or "")) is not None:
                properties["uncertainty"] = margin
            properties |= {"comparison": result.comparison, "confidence": result.confidence, "text": result.text}
            yield Node("Result", result_id, properties)

    def relationships(self) -> Iterator[Relationship]:
        yield from self._mentions()
        yield from self._introductions()
        for topic in sorted({self._id(topic) for topic in self._collected.topics}):
            yield Relationship("ABOUT", self._collected.id, topic, {})
        yield from self._statements()
        for result_id, (_, ends) in self._results.items():
            yield Relationship("REPORTS", self._collected.id, result_id, {})
            for kind, end in ends:
                if ("Result", self._label(end)) in _ENDPOINTS[kind]:
                    yield Relationship(kind, result_id, self._id(end), {})

    def _mentions(self) -> Iterator[Relationship]:
        for concept, surface in self.surface.items():
            properties: dict[str, Value] = {"count": sum(surface.values()), "surface": tuple(sorted(surface))}
            yield Relationship("MENTIONS", self._collected.id, self._named[concept].id, properties)

    def _introductions(self) -> Iterator[Relationship]:
        best: dict[str, tuple[float, str]] = {}
        for place, entity in enumerate(self._collected.entities):
            if entity.introduced:
                found = (-entity.confidence, self._collected.introducing.get(place, ""))
                best[self._id(place)] = min(best.get(self._id(place), found), found)
        for concept, (confidence, sentence) in best.items():
            yield Relationship(
                "INTRODUCES", self._collected.id, concept, {"confidence": -confidence, "sentence": sentence}
            )

    def _statements(self) -> Iterator[Relationship]:
        best: dict[tuple[str, str, str], tuple[float, str, str]] = {}
        for claim in self._collected.claims:
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
                "paper": self._collected.id,
                "sentence": sentence,
                "confidence": -confidence,
                "extractor": extractor,
            }
            yield Relationship(relation, head, tail, properties)

    def _id(self, entity: int) -> str:
        return self._named[self._assigned[entity].concept].id

    def _label(self, entity: int) -> str:
        return self._named[self._assigned[entity].concept].label


def _result_id(collected: CollectedPaper, result: CollectedResult) -> str:
    """An id made from what the paper says, so that it does not depend on how concepts are merged."""
    ends = [f"{kind}={collected.entities[end].name}" for kind, end in result.ends]
    text = "\0".join((collected.id, result.value, result.comparison, result.text, *ends))
    return f"result:{hashlib.sha256(text.encode()).hexdigest()[:16]}"
