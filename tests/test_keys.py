"""Keys: what names of one concept have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.names.keys import general_abbreviations, initials, is_short_form, name_key, singular


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Neural Networks", "neural network"),
        ("fine-tuning", "finetuning"),
        ("CIFAR-10", "CIFAR10"),
        ("GNNs", "GNN"),
        ("policies", "policy"),
        ('"deep" nets', "deep net"),
    ],
)
def test_case_hyphens_and_plural_do_not_matter(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("CIFAR-10", "CIFAR-100"), ("loss", "los"), ("bias", "bia"), ("C", "C++")])
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_loose_key_leaves_out_a_generic_head_and_neural() -> None:
    assert name_key("ImageNet dataset", loose=True) == name_key("ImageNet", loose=True)
    assert name_key("recurrent neural networks", loose=True) == name_key("recurrent network", loose=True)
    assert name_key("neural network", loose=True) != name_key("network", loose=True)
    assert name_key("model", loose=True) == "model"


def test_words_that_only_look_plural_stay() -> None:
    assert [singular(word) for word in ("analysis", "loss", "corpus", "bias", "gas")] == [
        "analysis",
        "loss",
        "corpus",
        "bias",
        "gas",
    ]


def test_initials_skip_small_words() -> None:
    assert initials("area under the curve") == "auc"
    assert initials("BERT") == ""


def test_short_forms_are_mostly_capitals() -> None:
    assert [is_short_form(form) for form in ("MDL", "GNNs", "Adam", "NN", "LSTM-X")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_the_table_of_abbreviations_gives_a_long_form_each() -> None:
    table = general_abbreviations()
    assert table["NLP"] == "natural language processing"
    assert all((short != long and " " in long) or "-" in long for short, long in table.items())


@given(st.text())
def test_a_key_is_the_same_for_a_key(name: str) -> None:
    assert name_key(name) == name_key(name.strip())
