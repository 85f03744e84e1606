"""Whether clauses assert, deny, suppose or intend what they say."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matching_texts import matching

from extractors.relations.polarity import UNSAID, Cue, cues, governing, object_denied, standing, standing_at


@pytest.mark.parametrize("cue", cues(), ids=lambda cue: cue.example[:60])
def test_a_cue_means_what_its_example_says(cue: Cue) -> None:
    at = cue.example.index("{")
    sentence = re.sub("[{}]", "", cue.example)
    assert cue.standing in (*UNSAID, "asserted")
    assert re.search(cue.pattern, sentence)
    if cue.place == "object":
        assert object_denied(sentence, at)
    elif cue.place == "verb":
        assert standing(sentence, at) == cue.standing
    else:
        assert cue.place == "clause"
        assert governing(sentence, at) == cue.standing


@given(st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_every_text_that_governs_a_clause_has_one_of_its_words(data: st.DataObject) -> None:
    for cue in cues():
        if cue.place == "clause":
            text = data.draw(matching(cue.pattern), label=cue.example)
            assert any(word in text for word in cue.words), cue.example


SENTENCES = [
    ("Our parser beats the chart parser.", "asserted"),
    ("Our parser not only beats the chart parser but is faster.", "asserted"),
    ("There is no doubt that our parser beats the chart parser.", "asserted"),
    ("Our parser does not need labels and beats the chart parser.", "asserted"),
    ("While the tagger does not converge, our parser beats the chart parser.", "asserted"),
    ("We ask whether grammar helps and show that our parser beats the chart parser.", "asserted"),
    ("Our parser, which could be simpler, beats the chart parser.", "asserted"),
    ("Our parser doesn't always beat the chart parser.", "denied"),
    ("Our parser never clearly beat the chart parser.", "denied"),
    ("Our parser did not manage to beat the chart parser.", "denied"),
    ("We do not find that our parser beats the chart parser.", "denied"),
    ("None of the systems beats the chart parser.", "denied"),
    ("Our parser might in some cases beat the chart parser.", "supposed"),
    ("Our parser might well beat the chart parser.", "supposed"),
    ("We conjecture that our parser beats the chart parser.", "supposed"),
    ("Can our parser beat the chart parser?", "supposed"),
    ("It is an open question whether our parser beats the chart parser.", "supposed"),
    ("We hope to beat the chart parser.", "intended"),
    ("In future work we beat the chart parser.", "intended"),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_a_verb_is_read_with_what_stands_before_it(sentence: str, expected: str) -> None:
    match = re.search(r"\bbeats?\b", sentence)
    assert match
    assert standing(sentence, match.start()) == expected


NAMES = [
    ("The tagger was not evaluated on ⟦D1⟧.", "denied"),
    ("The tagger was evaluated on ⟦D1⟧, not on news.", "asserted"),
    ("We do not use grammar and evaluate on ⟦D1⟧.", "asserted"),
    ("We train without ⟦D1⟧.", "denied"),
    ("The tagger cannot be used for ⟦D1⟧.", "denied"),
    ("The tagger can be used for ⟦D1⟧.", "asserted"),
    ("The tagger could be used for ⟦D1⟧.", "supposed"),
    ("We plan to evaluate on ⟦D1⟧.", "intended"),
    ("We study if it works on ⟦D1⟧.", "supposed"),
    ("If it fails, we fall back to ⟦D1⟧.", "asserted"),
]


@pytest.mark.parametrize(("sentence", "expected"), NAMES)
def test_the_clause_of_a_name_is_read_whatever_its_verb(sentence: str, expected: str) -> None:
    assert standing_at(sentence, sentence.index("⟦")) == expected
