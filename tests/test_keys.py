"""Keys of names: what all ways of writing one name have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.names.abbreviations import initials, is_short_form
from extractors.names.concepts import usual_meaning
from extractors.names.inflection import normalize_words, singular
from extractors.names.keys import name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Neural Networks", "neural network"),
        ("fine-tuning", "finetuning"),
        ("CIFAR-10", "CIFAR10"),
        ("GNNs", "GNN"),
        ("policies", "policy"),
        ('"deep" nets', "deep net"),
        ("feature caches", "feature cache"),
        ("meta-analyses", "meta-analysis"),
        ("gravitational lenses", "gravitational lens"),
        ("quality indices", "quality index"),
        ("RECURRENT NETWORKS", "recurrent network"),
    ],
)
def test_case_hyphens_and_plural_do_not_matter(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CIFAR-10", "CIFAR-100"),
        ("loss", "los"),
        ("bias", "bia"),
        ("C", "C++"),
        ("KernelNAS", "KernelNA"),
        ("LoRAS", "LoRA"),
        ("TTTS", "TTT"),
        ("NOTEARS", "NOTEAR"),
        ("sparse LoRAS", "sparse LoRAs"),
    ],
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        *((word, word) for word in ("analysis", "loss", "corpus", "bias", "gas", "series", "lens", "Keras")),
        ("robotics", "robotics"),
        *((name, name) for name in ("KernelNAS", "TTTS", "LoRAS", "NAS", "GPS", "HTTPS")),
        ("CNNs", "CNN"),
        ("GANs", "GAN"),
        ("LSTMs", "LSTM"),
        ("VAEs", "VAE"),
        ("LoRAs", "LoRA"),
        ("caches", "cache"),
        ("searches", "search"),
        ("analyses", "analysis"),
        ("Hypotheses", "Hypothesis"),
        ("phases", "phase"),
        ("lenses", "lens"),
        ("indices", "index"),
        ("devices", "device"),
        ("sizes", "size"),
        ("boxes", "box"),
        ("ratios", "ratio"),
        ("heroes", "hero"),
        ("viruses", "virus"),
        ("causes", "cause"),
        ("Memories", "Memory"),
        ("actor-critics", "actor-critic"),
    ],
)
def test_the_singular_of_a_word(word: str, expected: str) -> None:
    assert singular(word) == expected


def test_in_a_name_all_in_capitals_long_words_are_no_acronyms() -> None:
    assert normalize_words(["DEEP", "NETWORKS", "FOR", "GPS"]) == ["deep", "network", "for", "gps"]
    assert normalize_words(["NOTEARS"]) == ["notears"]


def test_initials_skip_small_words() -> None:
    assert initials("area under the curve") == "auc"
    assert initials("BERT") == ""


def test_short_forms_are_one_word_with_capitals_inside() -> None:
    short = ("MDL", "GNNs", "mIoU", "kNN", "Seq2Seq", "t-SNE", "LoRAS")
    long = ("Adam", "network", "Auto-Encoder", "graph network", "I", "10")
    assert [is_short_form(form) for form in short] == [True] * len(short)
    assert [is_short_form(form) for form in long] == [False] * len(long)


def test_the_table_of_concepts_knows_what_abbreviations_usually_mean() -> None:
    assert usual_meaning("NLP", "Task") == "natural language processing"
    assert usual_meaning("CNNs", "Method") == "convolutional neural network"
    assert usual_meaning("XQZW", "Method") is None


@given(st.text())
def test_space_around_a_name_does_not_matter(name: str) -> None:
    assert name_key(name) == name_key(f" {name} ") or not name.strip()


@given(st.text())
def test_the_singular_of_any_word_begins_with_its_letters(word: str) -> None:
    assert singular(word)[:1] == word[:1]


@pytest.mark.parametrize(
    ("short", "long"), [("1NN", "1-nearest neighbor"), ("1-NN", "1NN"), ("10nn", "10-NN"), ("k-NN", "kNN")]
)
def test_nn_behind_a_number_is_the_nearest_neighbour(short: str, long: str) -> None:
    assert name_key(short) == name_key(long)
    assert "network" not in name_key(short)


def test_nn_elsewhere_is_a_neural_network() -> None:
    assert name_key("3-layer NN") == name_key("3-layer neural networks")
    assert name_key("ResNet-50 NN").endswith("neuralnetwork")
