"""Relations by patterns: stated in a sentence, or implied by the make-up of an abstract."""

import pytest
import spacy
from markup import parse

import extractors.components  # noqa: F401  registers the factories
from extractors.document.annotations import Relation
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
    (f"{NEW} outperforms <Method>BERT</Method>.", "SparX", {("SparX", "OUTPERFORMS", "BERT")}),
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


def test_a_relation_that_is_there_already_is_not_added_again() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("abstractkg_sentences")
    component = nlp.add_pipe("abstractkg_pattern_relations")
    text, _ = marked = parse("<Method>BERT</Method> for <Task>parsing</Task>.")
    doc = nlp.get_pipe("abstractkg_sentences")(nlp.make_doc(text))
    doc._.entities = marked.entities
    given = Relation(0, "USED_FOR", 1, 0, len(text), 0.97, "other")
    doc._.relations = [given]
    assert component(doc)._.relations == [given]
