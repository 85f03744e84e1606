"""Build the graph: nodes of papers, concepts and results, and what each paper says of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Set
from dataclasses import dataclass

import numpy as np

from extractors.names.directions import better_values
from kg import schema
from kg.assembly.collect import CollectedPaper, CollectedResult
from kg.assembly.names import Names
from kg.assembly.present.concept_names import ConceptNames
from kg.assembly.present.generic import generic_concepts
from kg.assembly.present.numbers import half_width, number_and_unit
from kg.assembly.present.result_roles import Ends, roles
from kg.assembly.resolution import Concepts
from kg.graph import Node, Relationship, Value

_PAPER_PROPERTIES = tuple(p.name for p in schema.NODE_TYPES["Paper"].properties)
_LABELS = {label: number for number, label in enumerate(schema.NODE_TYPES)}
_ENDPOINTS = {name: frozenset(rel.endpoints) for name, rel in schema.RELATIONSHIP_TYPES.items()}


@dataclass(frozen=True, slots=True)
class EntityConcepts:
    """The id of the concept of an entity, and of those that its forms name (in the order of the forms).

    An empty id is that of a concept that a person leaves out.
    """

    concept: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperConcepts:
    """What one paper's part of the graph needs of all papers: its citation key, and the concepts of its entities."""

    id: str
    key: str
    entities: tuple[EntityConcepts, ...]
    rejected: tuple[tuple[str, str, str], ...] = ()
    """Claims of the paper that a person rejects: relationship type and both ids."""


def paper_rows(collected: CollectedPaper, concepts: PaperConcepts) -> tuple[list[Node], list[Relationship]]:
    """One paper's part of the graph: the nodes of the paper and its results, and all its relationships."""
    writer = _PaperWriter(collected, concepts)
    paper = Node("Paper", collected.id, _paper(collected, concepts.key))
    return [paper, *writer.results()], list(writer.relationships())


def concept_nodes(
    names: Names, concepts: Concepts, shown: ConceptNames, dropped: Set[int] = frozenset()
) -> Iterator[Node]:
    """The nodes of all concepts but the ``dropped``, in the order of the graph."""
    generic = generic_concepts(names, concepts, shown)
    papers = names.paper_of_entities()[names.entity_of_forms()]
    labels = np.fromiter((_LABELS[label] for label in shown.labels), np.int8, len(shown))
    for concept in shown.order[np.argsort(labels[shown.order], kind="stable")].tolist():
        if concept in dropped:
            continue
        places = shown.forms[concept]
        name = shown.names[concept]
        aliases = tuple(sorted({names.texts[form] for form in np.unique(names.form[places]).tolist()} | {name}))
        count = len(np.unique(papers[places]))
        properties: dict[str, Value] = {"name": name, "aliases": aliases, "papers": count}
        properties["generic"] = concept in generic
        if shown.labels[concept] == "Metric" and (better := better_values(aliases)):
            properties["better"] = better
        yield Node(shown.labels[concept], shown.ids[concept], properties)


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

    def __init__(self, collected: CollectedPaper, concepts: PaperConcepts) -> None:
        self._collected = collected
        self._ids = [entity.concept for entity in concepts.entities]
        self._labels = [schema.label_of(concept) for concept in self._ids]
        self._surface: dict[str, dict[str, int]] = {}
        for entity, found in zip(collected.entities, concepts.entities, strict=True):
            for (form, count), concept in zip(entity.forms, found.forms, strict=True):
                if not concept:
                    continue
                surface = self._surface.setdefault(concept, {})
                surface[form] = surface.get(form, 0) + count
        self._rejected = frozenset(concepts.rejected)
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
        for topic in sorted({self._ids[topic] for topic in self._collected.topics} - {""}):
            yield Relationship("ABOUT", self._collected.id, topic, {})
        yield from self._statements()
        for result_id, (_, ends) in self._results.items():
            yield Relationship("REPORTS", self._collected.id, result_id, {})
            for kind, end in ends:
                if ("Result", self._labels[end]) in _ENDPOINTS[kind]:
                    yield Relationship(kind, result_id, self._ids[end], {})

    def _mentions(self) -> Iterator[Relationship]:
        for concept, surface in self._surface.items():
            properties: dict[str, Value] = {"count": sum(surface.values()), "surface": tuple(sorted(surface))}
            yield Relationship("MENTIONS", self._collected.id, concept, properties)

    def _introductions(self) -> Iterator[Relationship]:
        best: dict[str, tuple[float, str]] = {}
        for place, entity in enumerate(self._collected.entities):
            if entity.introduced and self._ids[place]:
                found = (-entity.confidence, self._collected.introducing.get(place, ""))
                best[self._ids[place]] = min(best.get(self._ids[place], found), found)
        for concept, (confidence, sentence) in best.items():
            yield Relationship(
                "INTRODUCES", self._collected.id, concept, {"confidence": -confidence, "sentence": sentence}
            )

    def _statements(self) -> Iterator[Relationship]:
        best: dict[tuple[str, str, str], tuple[float, str, str]] = {}
        for claim in self._collected.claims:
            if (self._labels[claim.head], self._labels[claim.tail]) not in _ENDPOINTS[claim.relation]:
                continue
            head, tail = self._ids[claim.head], self._ids[claim.tail]
            if schema.RELATIONSHIP_TYPES[claim.relation].symmetric:
                head, tail = sorted((head, tail))
            if head == tail or (claim.relation, head, tail) in self._rejected:
                continue
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


def _result_id(collected: CollectedPaper, result: CollectedResult) -> str:
    """An id made from what the paper says, so that it does not depend on how concepts are merged."""
    ends = [f"{kind}={collected.entities[end].name}" for kind, end in result.ends]
    text = "\0".join((collected.id, result.value, result.comparison, result.text, *ends))
    return f"result:{hashlib.sha256(text.encode()).hexdigest()[:16]}"
