"""Entities by patterns: what is found, as what, and what is left alone."""

from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from markup import parse, render

import extractors.components  # noqa: F401  registers the factories
from extractors.document.annotations import Mention
from extractors.entities.patterns import find_entities, heads
from extractors.names.definitions import find_abbreviations

CASES = {
    "known names": "<Method>BERT</Method> is tested on <Dataset>SQuAD</Dataset>.",
    "plural and case": "<Method>Graph Neural Networks</Method> and <Method>GNNs</Method> are used.",
    "digits and hyphens": "We test on <Dataset>CIFAR10</Dataset> and <Dataset>CIFAR-100</Dataset>.",
    "longest name": "<Task>3D object detection</Task> is hard.",
    "last word": "We study <Task>chess opening classification</Task>.",
    "generic head": "<Method>BERT</Method> models are large.",
    "suffix": "<Method>BERT</Method>-based methods are large.",
    "name by its form": "Then <Method>QuixNet</Method> follows.",
    "data by what follows": "We use the <Dataset>QuixSet</Dataset> dataset.",
    "definition": "A <Method>quick inference exploration network</Method> (<Method>QIEN</Method>) is made. "
    "The <Method>QIEN</Method> works.",
    "metric beside a number": "It has a <Metric>subjective score</Metric> of 4.2.",
    "presented": "We propose a <Method>moving basket scheme</Method>.",
    "nothing": "However, the results of this approach are not good enough for users.",
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_patterns_mark_what_a_reader_would(case: str) -> None:
    text = parse(case).text
    assert render(text, find_entities(text, find_abbreviations(text))) == case


def test_a_title_names_the_system_before_its_colon() -> None:
    title = "QuixNet: A network for everything"
    found = find_entities(title + "\nIt works.", [], len(title) + 1)
    assert (found[0].start, found[0].end, found[0].type) == (0, 7, "Method")


def test_each_mention_says_which_pattern_found_it_and_how_sure_it_is() -> None:
    (mention,) = find_entities("We train BERT.", [])
    assert mention.extractor == "patterns:known"
    assert 0 < mention.confidence <= 1


def test_mentions_that_are_there_already_take_precedence() -> None:
    nlp = spacy.blank("en")
    for name in ("abstractkg_sentences", "abstractkg_abbreviations", "abstractkg_pattern_entities"):
        nlp.add_pipe(name)
    doc = nlp.make_doc("We train BERT.")
    doc._.mentions = [Mention(3, 13, "Task", 0.9, "other")]
    for _, component in nlp.pipeline:
        doc = component(doc)
    assert doc._.mentions == [Mention(3, 13, "Task", 0.9, "other")]


def test_every_last_word_comes_with_shares_that_are_probabilities() -> None:
    assert len(heads()) > 200
    assert all(0 <= share <= 1 for head in heads().values() for share in (head.two, head.more))


@given(st.text(), st.integers(0, 20))
def test_offsets_are_valid_and_disjoint_for_any_text(text: str, abstract_start: int) -> None:
    mentions = find_entities(text, find_abbreviations(text), min(abstract_start, len(text)))
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
