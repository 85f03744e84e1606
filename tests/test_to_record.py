"""Records: a processed document as plain data."""

import json
import re

import spacy

from extractors.document.annotations import Entity, Mention, Relation, Result, TopicVote
from extractors.document.fields import make_doc
from extractors.document.to_record import to_record


def test_a_document_becomes_fields_ids_and_rounded_confidences() -> None:
    doc = make_doc(spacy.blank("en"), "AX", "AX on DX: 93%.")
    method = Entity(
        "AX", "Method", [Mention(0, 2, "Method", 0.98765, "m"), Mention(3, 5, "Method", 0.9, "m")], True, 0.8
    )
    data = Entity("DX", "Dataset", [Mention(9, 11, "Dataset", 0.5, "p")])
    doc._.entities = [method, data]
    doc._.relations = [Relation(0, "EVALUATED_ON", 1, 3, 17, 0.81239, "m")]
    doc._.results = [Result("93%", "absolute", 3, 17, method=0, dataset=1)]
    doc._.topics = [TopicVote(0)]
    row = to_record(doc, "p1", "test 1").to_json()
    assert json.loads(json.dumps(row)) == row
    assert [(m["field"], m["start"], m["end"], m["text"], m["entity"], m["confidence"]) for m in row["mentions"]] == [
        ("title", 0, 2, "AX", "e1", 0.988),
        ("abstract", 0, 2, "AX", "e1", 0.9),
        ("abstract", 6, 8, "DX", "e2", 0.5),
    ]
    assert row["entities"][0] == {
        "id": "e1",
        "name": "AX",
        "type": "Method",
        "introduced": True,
        "introduced_confidence": 0.8,
        "introduction": {"field": "abstract", "start": 0, "end": 14},
    }
    assert row["relations"] == [
        {
            "head": "e1",
            "relation": "EVALUATED_ON",
            "tail": "e2",
            "confidence": 0.812,
            "evidence": {"field": "abstract", "start": 0, "end": 14},
            "extractor": "m",
        }
    ]
    assert (row["results"][0]["method"], row["results"][0]["metric"], row["topics"]) == ("e1", None, ["e1"])


def introduction(title: str, abstract: str, name: str) -> str:
    """The sentence that introduces the method of that name, which is mentioned wherever it stands."""
    doc = make_doc(spacy.blank("en"), title, abstract)
    places = [m.start() for m in re.finditer(name, doc.text)]
    doc._.entities = [
        Entity(name, "Method", [Mention(p, p + len(name), "Method", 0.9, "m") for p in places], True, 0.8)
    ]
    record = to_record(doc, "p1", "test 1")
    (entity,) = record.entities
    assert entity.introduction is not None
    return record.quote(entity.introduction)


def test_where_code_is_says_what_is_introduced_only_if_nothing_else_does() -> None:
    code = "Our code is available at https://git.example/AXE."
    assert introduction("AXE: Cutting trees", f"We cut trees. {code}", "AXE") == "AXE: Cutting trees"
    assert introduction("Trees", f"We cut with AXE. {code}", "AXE") == "We cut with AXE."
    assert introduction("Cutting trees", f"We cut trees. {code}", "AXE") == code
    released = "We build and release AXE at https://git.example/AXE."
    assert introduction("AXE: Cutting trees", released, "AXE") == released
