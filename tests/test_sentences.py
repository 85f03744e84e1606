"""Sentences: abbreviations and decimals end none, a forgotten space does not hide an end."""

from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

import extractors.components
from extractors.document.fields import make_doc
from extractors.document.sentences import spans_of
from extractors.text.sentences import sentence_at, sentence_spans

CASES = {
    "full stop": "We train a model.|It works.",
    "question": "What helps?|We find out.",
    "et al.": "Smith et al. (2019) train it.|We do not.",
    "et al. before a name": "The model of Smith et al. Transformers are not needed.",
    "e.g. and i.e.": "Some tasks, e.g. QA, i.e. Question answering, are hard.|Others are not.",
    "figure": "See Fig. 3 and Eq. 4 for that.|Done.",
    "decimal": "It reaches 93.5 F1 with 0.5 dropout.|That is 1.2 points more.",
    "forgotten space": "This is the model.|However, it fails.|We fix it.",
    "forgotten space after a bracket": "It is fast (and small).|The code is public.",
    "etc. in the middle": "Images, texts, etc. Are covered.",
    "etc. at the end": "It reads images, texts, etc.|We release it.",
    "initial": "The rule of J. Smith applies.|Others do not.",
    "address": "Code is at github.com/Some.Name/project.|Thanks.",
    "name with a stop": "We use Node.js and word2vec.|Both help.",
    "closing quote": 'They call it "deep."|We do not.',
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_sentences_end_where_a_reader_ends_them(case: str) -> None:
    parts = case.split("|")
    # A sentence after a "|" follows a space, but where the case is about a forgotten one.
    joint = "" if "forgotten" in next(name for name, text in CASES.items() if text == case) else " "
    text = joint.join(parts)
    assert [text[start:end] for start, end in sentence_spans(text)] == parts


def test_an_empty_line_ends_a_sentence() -> None:
    assert sentence_spans("no full stop here\n\nnext paragraph") == [(0, 17), (19, 33)]


def test_a_title_is_a_sentence_of_its_own_even_with_a_full_stop_in_it() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("abstractkg_sentences")
    doc = nlp(make_doc(nlp, "Attention. And nothing else", "We use attention. It is enough."))
    assert [doc.text[s:e] for s, e in spans_of(doc)] == [
        "Attention. And nothing else",
        "We use attention.",
        "It is enough.",
    ]


@given(st.text(alphabet=st.characters(codec="utf-8")), st.text(alphabet=st.characters(codec="utf-8")))
def test_any_text_is_split_without_losing_a_character(title: str, abstract: str) -> None:
    text = f"{title}\n{abstract}" if title else abstract
    start = len(title) + 1 if title else 0
    spans = sentence_spans(text, start)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(s < e for s, e in spans)
    covered = {position for s, e in spans for position in range(s, e)}
    assert all(text[position].isspace() for position in range(len(text)) if position not in covered)
    assert all(e <= start or s >= start for s, e in spans)


def test_the_sentence_at_a_position_is_the_one_around_it() -> None:
    spans = [(0, 5), (6, 9)]
    assert [sentence_at(spans, n) for n in (0, 4, 5, 6, 99)] == [(0, 5), (0, 5), (0, 5), (6, 9), (6, 9)]


def test_components_register_under_their_names() -> None:
    assert extractors.components is not None
    assert spacy.blank("en").has_factory("abstractkg_sentences")
