"""Abbreviations: Schwartz and Hearst's algorithm on what abstracts write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.names.definitions import best_long_form, find_abbreviations

CASES = [
    ("We train a convolutional neural network (CNN).", [("CNN", "convolutional neural network")]),
    ("Large language models (LLMs) hallucinate.", [("LLMs", "Large language models")]),
    ("the long short-term memory (LSTM) network", [("LSTM", "long short-term memory")]),
    ("mean average precision (mAP) of 40", [("mAP", "mean average precision")]),
    ("MRR (mean reciprocal rank) is low", [("MRR", "mean reciprocal rank")]),
    ("recurrent neural networks (RNNs; see there)", [("RNNs", "recurrent neural networks")]),
    ("**graph attention** (GA) is used", [("GA", "graph attention")]),
    ("the Message Understanding Conference (MUC 1998)", [("MUC", "Message Understanding Conference")]),
    ("in our view, a cyclical curriculum learning (CCL) helps", [("CCL", "cyclical curriculum learning")]),
    ("Sparse Expansion (SparX) wins", [("SparX", "Sparse Expansion")]),
    ("KernelNAS (Kernel Neural Architecture Search)", [("KernelNAS", "Kernel Neural Architecture Search")]),
    ("in a narrow enough context (i.e., small pairs)", []),
    ("It is expensive, for energy and gas (e.g. heat)", []),
    ("We use a graph routing network, hereafter GRN, twice", [("GRN", "graph routing network")]),
    ("click-aware margin ranking, known as CMR", [("CMR", "click-aware margin ranking")]),
    ("CMR, short for click margin ranking, is new", [("CMR", "click margin ranking")]),
    ("We study mindful memory (MM).", [("MM", "mindful memory")]),
    ("a common way of nested nets known as CNN", []),
    ("We find it (see below) useful.", []),
    ("The method (Smith, 2019) is old.", []),
    ("results improve (by 5%)", []),
    ("Shop re-identification (re-id) is hard", [("re-id", "re-identification")]),
    ("Shop Re-Identification (reid) is hard", [("reid", "Re-Identification")]),
    ("at 30 frames per second (fps)", [("fps", "frames per second")]),
    ("re-identification (rather) and pre-training (new)", []),
    ("English -Hindi (hi) texts", []),
    ("Neither does the unrelated phrase (XYZ).", []),
    ("We propose PosNet, a new pose network for dogs", [("PosNet", "pose network")]),
    ("We propose GRN, a graph routing network.", [("GRN", "graph routing network")]),
    ("We use BERT, a big encoder, and more", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_definitions_are_found_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(text[slice(*a.short)], text[slice(*a.long)]) for a in find_abbreviations(text)]
    assert found == expected


def test_the_first_letter_must_begin_a_word() -> None:
    assert best_long_form("NN", "a neural network") == 2
    assert best_long_form("XN", "a neural network") is None


@given(st.text())
def test_spans_are_valid_for_any_text(text: str) -> None:
    for found in find_abbreviations(text):
        for start, end in (found.short, found.long):
            assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    ("title", "pair"),
    [
        ("TINet: Tidy Instance Networks for Counting", [("TINet", "Tidy Instance Networks")]),
        ("LoTA: Low-Tension Alignment of Large Maps", [("LoTA", "Low-Tension Alignment")]),
        ("SORT-2: Sparse Ordered Recall of Things", []),
        ("BOLT: A Study of Fasteners in Parsing", []),
        ("Tidy Instance Networks: TINet", []),
    ],
)
def test_a_title_spells_out_the_name_that_it_begins_with(title: str, pair: list[tuple[str, str]]) -> None:
    text = f"{title}\nWe count things."
    assert [(text[slice(*a.short)], text[slice(*a.long)]) for a in find_abbreviations(text)] == pair


def test_an_article_in_a_title_begins_no_long_form() -> None:
    text = "QB-Net: A Quick Basket Network for Sorting\nIt sorts."
    (found,) = find_abbreviations(text)
    assert (text[slice(*found.short)], text[slice(*found.long)]) == ("QB-Net", "Quick Basket Network")
