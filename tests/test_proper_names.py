"""Proper names: how they are written, and which type the words around them suggest."""

import pytest

from extractors.entities.proper_names import find_names, presented_names, type_of_name
from extractors.text.words import words_of


def names(text: str, abstract_start: int = 0) -> list[tuple[str, str]]:
    return [(text[s:e], t) for s, e, t, _ in find_names(text, words_of(text), abstract_start)]


@pytest.mark.parametrize("name", ["BERT", "SimQSE", "YOLOv3", "U-Net", "Llama-2", "ResNet-50", "R-CNN", "BiLSTM"])
def test_names_are_known_by_how_they_are_written(name: str) -> None:
    assert names(f"We use {name} here.") == [(name, "Method")]


@pytest.mark.parametrize("word", ["The", "GPU", "Multi-Task", "network", "3D", "I", "2019"])
def test_other_words_are_no_names(word: str) -> None:
    assert names(f"We use {word} here.") == []


def test_a_suffix_is_no_part_of_a_name() -> None:
    assert names("a BERT-based model") == [("BERT", "Method")]


def test_a_title_in_capitals_is_not_full_of_names() -> None:
    title = "DEEP NETS FOR ALL"
    assert names(title + "\nThey use BERT.", len(title) + 1) == [("BERT", "Method")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("XYZ dataset", "Dataset"),
        ("XYZ, a new benchmark for parsing", "Dataset"),
        ("XYZ task", "Task"),
        ("XYZ score", "Metric"),
        ("XYZ layers", "Method"),
    ],
)
def test_the_words_after_a_name_suggest_its_type(text: str, expected: str) -> None:
    assert type_of_name(text, 0, 3)[0] == expected


def test_what_is_evaluated_on_is_data() -> None:
    text = "We evaluate it on XYZ."
    assert type_of_name(text, 18, 21)[0] == "Dataset"


def test_a_title_and_a_verb_present_names() -> None:
    title = "QuixSet: A Dataset for Parsing"
    text = title + "\nWe introduce QuixNet."
    found = list(presented_names(text, words_of(text), len(title) + 1))
    assert [(text[s:e], t) for s, e, t, _ in found] == [("QuixSet", "Dataset"), ("QuixNet", "Method")]
