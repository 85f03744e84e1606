"""Relation patterns as data: each line does what its example says."""

import pytest
from markup import parse

from extractors.document.annotations import Entity
from extractors.record import RELATION_SIGNATURES
from extractors.relations.templates import Template, marked, matches, templates
from extractors.results.metrics import places_of


def read(markup: str) -> tuple[str, list[Entity]]:
    text, mentions = parse(markup)
    entities = [Entity(text[m.start : m.end], m.type, [m]) for m in mentions]
    return marked(text, 0, len(text), places_of(entities)), entities


@pytest.mark.parametrize("template", templates(), ids=lambda t: f"{t.relation} {t.example[:40]}")
def test_a_template_reads_its_relation_from_its_example(template: Template) -> None:
    sentence, entities = read(template.example)
    assert template.trigger in sentence
    assert template.pattern.search(sentence)
    found = [m for m in matches(sentence) if m.relation == template.relation]
    assert found
    for match in found:
        head = "Method" if match.head is None else entities[match.head].type
        tail = "Method" if match.tail is None else entities[match.tail].type
        assert (head, tail) in RELATION_SIGNATURES[template.relation]
        assert 0 < match.confidence < 1


def test_a_list_of_tails_gives_a_relation_each() -> None:
    sentence, _ = read(
        "<Method>models</Method> such as <Method>A1</Method>, <Method>B2</Method> and <Method>C3</Method>"
    )
    found = {(m.head, m.tail) for m in matches(sentence) if m.relation == "SUBCLASS_OF"}
    assert found == {(1, 0), (2, 0), (3, 0)}


def test_our_method_is_left_for_the_caller_to_name() -> None:
    sentence, _ = read("Our method is tested on <Dataset>Cora</Dataset>.")
    assert (None, "EVALUATED_ON", 0) in {(m.head, m.relation, m.tail) for m in matches(sentence)}


def test_an_abbreviation_in_parentheses_does_not_come_between() -> None:
    text, mentions = parse("<Method>neural nets</Method> (<Method>NN</Method>) for <Task>parsing</Task>")
    entities = [Entity("neural nets", "Method", mentions[:2]), Entity("parsing", "Task", mentions[2:])]
    assert marked(text, 0, len(text), places_of(entities)) == "⟦M0⟧ for ⟦T1⟧"


def test_what_a_text_has_in_the_brackets_of_marks_is_text() -> None:
    sentence, _ = read("<Method>BERT</Method> outperforms ⟦M7⟧ on ⟦D8⟧")
    assert sentence == "⟦M0⟧ outperforms [M7] on [D8]"
    assert [(m.head, m.tail) for m in matches(sentence)] == []
