"""Introduced: what a paper presents as its own, and what it only uses."""

import pytest
from markup import parse

from extractors.entities.introduced import introduced, is_presented
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
