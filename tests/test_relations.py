"""Relations by patterns: stated in a sentence, or implied by the make-up of an abstract."""

import pytest
from markup import parse

from extractors.relations.patterns import find_relations
from extractors.text.sentences import sentence_spans

NEW = "<Method>SparX</Method>"

CASES = [
    (f"{NEW} does <Task>parsing</Task>.", "SparX", {("SparX", "USED_FOR", "parsing")}),
    (
        f"{NEW} is tried on <Dataset>SQuAD</Dataset> for <Task>reading</Task>.",
        "SparX",
        {
            ("SparX", "EVALUATED_ON", "SQuAD"),
            ("SparX", "USED_FOR", "reading"),
            ("SQuAD", "BENCHMARK_FOR", "reading"),
        },
    ),
    (f"{NEW} uses <Method>BERT</Method>.", "SparX", {("BERT", "PART_OF", "SparX")}),
    (f"{NEW} has a low <Metric>latency</Metric>.", "SparX", {("SparX", "MEASURED_BY", "latency")}),
    (
        "<Method>deep networks</Method> are <Method>networks</Method>.",
        "",
        {("deep networks", "SUBCLASS_OF", "networks")},
    ),
    ("<Task>parsing</Task> and <Dataset>SQuAD</Dataset>.", "", {("SQuAD", "BENCHMARK_FOR", "parsing")}),
    ("Nothing is <Method>BERT</Method> here.", "", set()),
]


@pytest.mark.parametrize(("markup", "introduced", "expected"), CASES)
def test_what_an_abstract_says_is_read(markup: str, introduced: str, expected: set[tuple[str, str, str]]) -> None:
    text, _ = marked = parse(markup)
    entities = marked.entities
    for entity in entities:
        entity.introduced = entity.name == introduced
    found = find_relations(text, sentence_spans(text), entities, 0, 0.4)
    assert {(entities[r.head].name, r.relation, entities[r.tail].name) for r in found} == expected


def test_a_relation_names_the_sentence_that_says_so() -> None:
    text, _ = marked = parse("We like it. <Method>BERT</Method> for <Task>parsing</Task>. The end.")
    (relation,) = find_relations(text, sentence_spans(text), marked.entities, 0, 0.4)
    assert text[relation.start : relation.end] == "BERT for parsing."


def test_a_higher_threshold_leaves_out_what_is_less_sure() -> None:
    text, _ = marked = parse("<Method>deep networks</Method> are <Method>networks</Method>.")
    assert find_relations(text, sentence_spans(text), marked.entities, 0, 0.6) == []
