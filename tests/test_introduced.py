"""Introduced: what a paper presents as its own, and what it only uses."""

import pytest
from markup import parse

from extractors.entities.introduced import introduced, is_of_others, is_presented
from extractors.text.sentences import sentence_spans

OWN = [
    "We propose <Method>SparX</Method>.",
    "In this paper, we present a novel <Method>basket network</Method>.",
    "This paper introduces <Dataset>QuixSet</Dataset>, a dataset.",
    "We release a new model, called <Method>SparX</Method>.",
    "Our <Method>SparX</Method> wins.",
    "<Method>SparX</Method>, a new network, wins.",
    "A <Method>gating network</Method> is proposed.",
]
USED = [
    "We use <Method>BERT</Method>.",
    "We propose a model for <Task>parsing</Task>.",
    "We propose a model based on <Method>BERT</Method>.",
    "We introduce noise into <Method>BERT</Method>.",
    "<Method>BERT</Method> is widely used.",
]


@pytest.mark.parametrize("markup", OWN)
def test_what_is_presented_is_introduced(markup: str) -> None:
    text, _ = marked = parse(markup)
    assert introduced(text, sentence_spans(text), marked.entities[0], 0) >= 0.5


@pytest.mark.parametrize("markup", USED)
def test_what_is_only_used_is_not(markup: str) -> None:
    text, _ = marked = parse(markup)
    assert introduced(text, sentence_spans(text), marked.entities[0], 0) < 0.5


def test_a_title_introduces_what_stands_before_its_colon() -> None:
    text, _ = marked = parse("<Method>SparX</Method>: sparse nets\nIt is sparse.")
    start = text.index("\n") + 1
    assert introduced(text, sentence_spans(text, start), marked.entities[0], start) >= 0.5


def test_a_phrase_after_a_verb_of_presenting_is_presented() -> None:
    assert is_presented("Here we propose a simple, fast ")
    assert not is_presented("Here we propose to use a ")


@pytest.mark.parametrize(
    ("markup", "others"),
    [
        ("It is better than the recently proposed fast <Method>SparX</Method>.", True),
        ("It outperforms existing <Method>SparX</Method>. It beats well-known <Method>SparX</Method>.", True),
        ("It is better than <Method>SparX</Method>. We built <Method>SparX</Method>.", False),
        ("It is better than our <Method>SparX</Method>.", False),
        ("It improves existing <Task>parsing</Task>.", False),
    ],
)
def test_what_is_only_named_as_the_work_of_others_is_not_the_papers_own(markup: str, others: bool) -> None:
    text, _ = marked = parse(markup)
    assert is_of_others(text, marked.entities[0], 0) is others
    assert not is_of_others(text, marked.entities[0], len(text))
