"""A processed ``Doc`` as an extraction record: plain, JSON-serializable, in a fixed order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractors.text.document import fields, locate

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extractors.text.annotations import Entity, Relation, Result

Record = dict[str, Any]


def record(doc: Doc, paper_id: str, extractor: str) -> Record:
    """The record of the paper ``paper_id``, extracted by ``extractor`` (a name with its version)."""
    title, abstract = fields(doc)
    entities: list[Entity] = doc._.entities
    ids = [f"e{number}" for number in range(1, len(entities) + 1)]
    return {
        "id": paper_id,
        "title": title,
        "abstract": abstract,
        "extractor": extractor,
        "mentions": _mentions(doc, entities, ids),
        "entities": [_entity(entity, key) for entity, key in zip(entities, ids, strict=True)],
        "relations": [_relation(doc, relation, ids) for relation in doc._.relations],
        "results": [_result(doc, result, ids) for result in doc._.results],
        "topics": [ids[vote.entity] for vote in doc._.topics],
    }


def _mentions(doc: Doc, entities: list[Entity], ids: list[str]) -> list[Record]:
    text, border = doc.text, doc._.abstract_start
    owned = [(mention, key) for entity, key in zip(entities, ids, strict=True) for mention in entity.mentions]
    rows = []
    for mention, key in sorted(owned, key=lambda pair: (pair[0].start, pair[0].end, pair[1])):
        field, start, end = locate(mention.start, mention.end, border)
        rows.append(
            {
                "field": field,
                "start": start,
                "end": end,
                "text": text[mention.start : mention.end],
                "type": mention.type,
                "entity": key,
                "confidence": _rounded(mention.confidence),
                "extractor": mention.extractor,
            }
        )
    return rows


def _entity(entity: Entity, key: str) -> Record:
    return {
        "id": key,
        "name": entity.name,
        "type": entity.type,
        "introduced": entity.introduced,
        "introduced_confidence": _rounded(entity.introduced_confidence),
    }


def _relation(doc: Doc, relation: Relation, ids: list[str]) -> Record:
    return {
        "head": ids[relation.head],
        "relation": relation.relation,
        "tail": ids[relation.tail],
        "confidence": _rounded(relation.confidence),
        "evidence": _evidence(doc, relation.start, relation.end),
        "extractor": relation.extractor,
    }


def _result(doc: Doc, result: Result, ids: list[str]) -> Record:
    named = {
        role: None if (index := getattr(result, role)) is None else ids[index]
        for role in ("method", "metric", "dataset", "task", "baseline")
    }
    return {
        **named,
        "value": result.value,
        "comparison": result.comparison,
        "confidence": _rounded(result.confidence),
        "evidence": _evidence(doc, result.start, result.end),
        "extractor": result.extractor,
    }


def _evidence(doc: Doc, start: int, end: int) -> Record:
    field, start, end = locate(start, end, doc._.abstract_start)
    return {"field": field, "start": start, "end": end}


def _rounded(confidence: float) -> float:
    """Three digits: more would be noise, and would differ between processors."""
    return round(float(confidence), 3)
