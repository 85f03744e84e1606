"""Relations between entities, by patterns. Sets ``doc._.relations``.

Two sources: what a sentence states (:mod:`extractors.relations.templates`), and what the make-up of an
abstract implies: its own method is for the task of its title, is evaluated on the data that it
names, and measured by the metrics that it reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import extractors.document.extensions  # noqa: F401  registers doc._.relations
from extractors.document.annotations import Entity, Relation
from extractors.names.keys import name_words
from extractors.record import SYMMETRIC_RELATIONS
from extractors.relations.templates import marked, matches
from extractors.results.metrics import Place, places_of
from extractors.results.roles import main_method, main_task
from extractors.text.sentences import sentence_at

Key = tuple[int, str, int]

# Shares of right ones among annotated abstracts.
IMPLIED: Final = {
    "USED_FOR title": 0.9,
    "USED_FOR": 0.55,
    "EVALUATED_ON": 0.83,
    "EVALUATED_ON introduced": 0.37,
    "MEASURED_BY": 0.68,
    "PART_OF": 0.63,
    "BENCHMARK_FOR": 0.47,
    "BENCHMARK_FOR introduced": 0.66,
}


def find_relations(
    text: str,
    sentences: Sequence[tuple[int, int]],
    entities: Sequence[Entity],
    abstract_start: int,
    threshold: float,
    implied: bool = True,
) -> list[Relation]:
    """The relations that are right with ``threshold`` or more, in order of the text that says so.

    Without ``implied``, only those that a sentence states.
    """
    places = places_of(entities)
    best: dict[Key, Relation] = {}
    found = [relation for _, relation in stated_by(text, sentences, entities)]
    if implied:
        found += _implied(sentences, places, entities, abstract_start)
    for relation in found:
        key = key_of(relation)
        if relation.confidence >= threshold and (key not in best or relation.confidence > best[key].confidence):
            best[key] = relation
    return sorted(best.values(), key=lambda r: (r.start, r.head, r.tail, r.relation))


def key_of(relation: Relation) -> Key:
    """What makes two relations the same statement; the order of the ends counts where it means something."""
    if relation.relation in SYMMETRIC_RELATIONS and relation.head > relation.tail:
        return relation.tail, relation.relation, relation.head
    return relation.head, relation.relation, relation.tail


def stated_by(
    text: str, sentences: Sequence[tuple[int, int]], entities: Sequence[Entity]
) -> Iterator[tuple[int, Relation]]:
    """What the templates read, sentence by sentence, each with the template's number; "our method" is the main one."""
    places, main = places_of(entities), main_method(entities)
    for start, end in sentences:
        inside = [p for p in places if start <= p.start and p.end <= end]
        if not inside:
            continue
        for match in matches(marked(text, start, end, inside)):
            head = main if match.head is None else match.head
            tail = main if match.tail is None else match.tail
            if head is not None and tail is not None and head != tail:
                stated = Relation(head, match.relation, tail, start, end, match.confidence, "patterns:stated")
                yield match.template, stated


def _implied(
    sentences: Sequence[tuple[int, int]], places: Sequence[Place], entities: Sequence[Entity], abstract_start: int
) -> Iterator[Relation]:
    """What the parts that entities play in an abstract imply."""
    main = main_method(entities)
    task = main_task(entities)
    for index, entity in enumerate(entities):
        for head, rule, tail in _by_role(index, entity, main, task, abstract_start):
            if head is None or tail is None or head == tail:
                continue
            start, end = _evidence(sentences, places, head, tail)
            yield Relation(head, rule.split(" ")[0], tail, start, end, IMPLIED[rule], "patterns:implied")
    yield from _by_name(sentences, places, entities)


def _by_role(
    index: int, entity: Entity, main: int | None, task: int | None, abstract_start: int
) -> Iterator[tuple[int | None, str, int | None]]:
    own = " introduced" if entity.introduced else ""
    if entity.type == "Task":
        titled = index == task or any(m.start < abstract_start for m in entity.mentions)
        yield main, "USED_FOR title" if titled else "USED_FOR", index
    elif entity.type == "Dataset":
        yield main, f"EVALUATED_ON{own}", index
        yield index, f"BENCHMARK_FOR{own}", task
    elif entity.type == "Metric":
        yield main, "MEASURED_BY", index
    elif entity.introduced:
        yield index, "PART_OF", main


def _by_name(
    sentences: Sequence[tuple[int, int]], places: Sequence[Place], entities: Sequence[Entity]
) -> Iterator[Relation]:
    """A longer name that ends in a shorter one is a kind of it: "deep neural network", "neural network"."""
    names = [" " + " ".join(name_words(entity.name)) for entity in entities]
    for head, entity in enumerate(entities):
        for tail, other in enumerate(entities):
            if head == tail or entity.type != other.type or entity.type == "Dataset":
                continue
            if names[head].endswith(names[tail]):
                start, end = _evidence(sentences, places, head, tail)
                yield Relation(head, "SUBCLASS_OF", tail, start, end, 0.5, "patterns:implied")


def _evidence(sentences: Sequence[tuple[int, int]], places: Iterable[Place], head: int, tail: int) -> tuple[int, int]:
    """The first sentence that names both, else the first that names the tail."""
    where: dict[int, list[tuple[int, int]]] = {head: [], tail: []}
    for place in places:
        if place.entity in where:
            where[place.entity].append(sentence_at(sentences, place.start))
    both = [span for span in where[tail] if span in where[head]]
    return (both or where[tail] or where[head])[0]
