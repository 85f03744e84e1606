"""Records from anywhere are checked at the border."""

import copy
import json
from typing import Any

import pytest

from extractors.record import Record, RecordError, is_record

ROW: dict[str, Any] = {
    "id": "1",
    "title": "SimCSE",
    "abstract": "SimCSE is evaluated on STS-B and gains 4.2% accuracy.",
    "mentions": [
        {"field": "title", "start": 0, "end": 6, "text": "SimCSE", "type": "Method", "entity": "e1", "confidence": 0.9},
        {"field": "abstract", "start": 23, "end": 28, "text": "STS-B", "type": "Dataset", "entity": "e2"},
        {"field": "abstract", "start": 44, "end": 52, "text": "accuracy", "type": "Metric", "entity": "e3"},
    ],
    "entities": [
        {"id": "e1", "name": "SimCSE", "type": "Method", "introduced": True},
        {"id": "e2", "name": "STS-B", "type": "Dataset", "introduced": False},
        {"id": "e3", "name": "accuracy", "type": "Metric", "introduced": False},
    ],
    "relations": [
        {
            "head": "e1",
            "relation": "EVALUATED_ON",
            "tail": "e2",
            "confidence": 0.8,
            "evidence": {"field": "abstract", "start": 0, "end": 53},
            "extractor": "patterns",
        }
    ],
    "results": [
        {
            "method": "e1",
            "metric": "e3",
            "dataset": None,
            "task": None,
            "baseline": None,
            "value": "4.2%",
            "comparison": "difference",
            "evidence": {"field": "abstract", "start": 0, "end": 53},
        }
    ],
    "topics": ["e1"],
}


def test_a_right_record_is_taken_with_all_its_parts() -> None:
    record = Record.from_json(ROW)
    assert [m.text for m in record.mentions] == ["SimCSE", "STS-B", "accuracy"]
    assert record.mentions[1].confidence == 1.0
    assert record.quote(record.relations[0].evidence) == ROW["abstract"]
    assert (record.results[0].metric, record.results[0].dataset) == ("e3", None)
    assert record.topics == ("e1",)


def test_writing_and_reading_back_gives_the_same_record() -> None:
    record = Record.from_json(ROW)
    assert Record.from_json(json.loads(json.dumps(record.to_json()))) == record


def test_confidence_of_introduced_is_read_from_where_it_is_written() -> None:
    record = Record.from_json(change("entities.0.introduced_confidence", 0.42))
    assert record.entities[0].introduced_confidence == 0.42
    assert record.to_json()["entities"][0]["introduced_confidence"] == 0.42


def test_a_record_is_told_from_a_bare_paper() -> None:
    assert is_record(ROW)
    assert not is_record({"title": "SimCSE", "abstract": "…"})


def change(path: str, value: Any) -> dict[str, Any]:
    """A copy of the record with one thing changed."""
    row = copy.deepcopy(ROW)
    *way, last = path.split(".")
    place: Any = row
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    place[int(last) if last.isdigit() else last] = value
    return row


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("mentions.0.end", 7, "lies outside the text"),
        ("mentions.0.start", -1, "lies outside the text"),
        ("mentions.1.text", "STS-C", "its offsets give 'STS-B'"),
        ("mentions.0.entity", "e9", "unknown entity 'e9'"),
        ("mentions.0.field", "body", "lies outside the text"),
        ("entities.0.type", "Person", "unknown type 'Person'"),
        ("relations.0.relation", "LIKES", "cannot join Method to Dataset"),
        ("relations.0.head", "e2", "cannot join Dataset to Dataset"),
        ("relations.0.tail", "e7", "unknown entity 'e7'"),
        ("results.0.metric", "e2", "metric is not a Metric"),
        ("results.0.comparison", "huge", "unknown comparison 'huge'"),
        ("topics.0", "e8", "unknown entity 'e8'"),
        ("abstract", None, "abstract is not a string"),
        ("title", ["SimCSE"], "title is not a string"),
        ("entities.0.name", ["x"], "entity e1: name is not a string"),
        ("entities.1.id", "e1", "two entities have one id"),
        ("entities.0.introduced_confidence", "high", "introduced_confidence is not a number"),
        ("entities.0.introduction", {"field": "title", "start": 0, "end": 70}, "lies outside the text"),
        ("mentions.0.start", 0.5, "offsets must be integers"),
        ("mentions.0.confidence", float("inf"), "confidence is not a number from 0 to 1: inf"),
        ("mentions.0.confidence", 10**400, "confidence is not a number from 0 to 1: 1000"),
        ("relations.0.confidence", 1.5, "confidence is not a number from 0 to 1: 1.5"),
        ("relations.0.confidence", float("nan"), "confidence is not a number from 0 to 1: nan"),
        ("results.0.uncertainty", 0.3, "uncertainty is not a string"),
        ("abbreviations", [{"short": {"field": "title", "start": 0, "end": 6}}], "KeyError 'long'"),
        ("entities", [{"name": "x"}], "not an extraction record: KeyError 'id'"),
    ],
)
def test_a_wrong_record_is_refused_with_the_reason(path: str, value: Any, message: str) -> None:
    with pytest.raises(RecordError, match=message):
        Record.from_json(change(path, value))
