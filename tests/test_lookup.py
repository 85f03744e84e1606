"""Lookup: the same names mean the same concepts to queries, pictures and explanations."""

from collections.abc import Callable
from pathlib import Path

import pytest
from assembly_records import paper

from extractors.names.lookup import Entry, lookup, suggest, unknown_name
from kg.assembly import assemble, find_explanations
from kg.errors import KGError
from kg.querying.resolve import resolve as resolve_in_store
from kg.schema import CONCEPT_LABELS
from kg.stores import ladybug
from kg.viewer.concepts import resolve as resolve_in_memory


def test_a_letter_in_common_is_no_reason_to_suggest_a_name() -> None:
    entries = [Entry("method:c", "C++"), Entry("method:os", "OS"), Entry("method:cnn", "CNN")]
    assert suggest("nosuch", entries) == []
    assert suggest("CNN for everything", entries) == ["CNN"]


PAPERS = [
    paper("p:1", "We train {Method#1 convolutional neural networks} ({Method#1 CNNs}) on {Dataset ImageNet}."),
    paper("p:2", "{Method deep convolutional neural networks} and {Method generative adversarial network}"),
    paper("p:3", "{Method KernelNAS} and {Method LoRA} and {Method LoRAS} with {Metric quality index}"),
]
CNN = "method:convolutional-neural-network"

Resolve = Callable[[str], str]


@pytest.fixture(scope="module")
def resolvers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Resolve]:
    """The three users of lookup, each as a function from a name to an id."""
    assembly = assemble(PAPERS)
    path = tmp_path_factory.mktemp("store") / "graph.lbug"
    ladybug.write(assembly.graph, Path(path))
    store = ladybug.open(path)
    concepts = [node for node in assembly.graph.nodes if node.label in CONCEPT_LABELS]
    return {
        "query": lambda name: resolve_in_store(store, CONCEPT_LABELS, name).id,
        "view": lambda name: resolve_in_memory(concepts, name).id,
        "explain": lambda name: find_explanations(name, assembly.explanations)[0].id,
    }


@pytest.mark.parametrize("user", ["query", "view", "explain"])
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("convolutional neural nets", CNN),
        ("Convolutional-Neural Networks", CNN),
        ("cnn", CNN),
        ("ConvNets", CNN),
        (f" {CNN} ", CNN),
        ("GANs", "method:generative-adversarial-network"),
        ("loras", "method:loras"),
        ("LoRAs", "method:loras"),
        ("lora", "method:lora"),
        ("kernelNAS", "method:kernelnas"),
        ("Image-Net", "dataset:imagenet"),
        ("quality indices", "metric:quality-index"),
    ],
)
def test_every_user_resolves_a_name_to_the_same_concept(
    resolvers: dict[str, Resolve], user: str, name: str, expected: str
) -> None:
    assert resolvers[user](name) == expected


@pytest.mark.parametrize("user", ["query", "view", "explain"])
def test_every_user_suggests_the_same_names(resolvers: dict[str, Resolve], user: str) -> None:
    with pytest.raises(KGError) as caught:
        resolvers[user]("kernalNAS")
    assert str(caught.value) == "unknown concept 'kernalNAS'; did you mean 'KernelNAS'?"
    with pytest.raises(KGError, match="unknown concept 'qqqqzzzz'; no similar name is known"):
        resolvers[user]("qqqqzzzz")


def test_the_closest_way_of_writing_wins_then_the_number_of_papers() -> None:
    entries = [
        Entry("m:1", "SGD", papers=2),
        Entry("m:2", "stochastic gradient descent", ("SGD", "sgd"), papers=90),
        Entry("m:3", "Sgd", papers=5),
    ]
    assert [entry.id for entry in lookup("SGD", entries)] == ["m:1", "m:2", "m:3"]
    assert [entry.id for entry in lookup("sgd", entries)] == ["m:2", "m:3", "m:1"]
    assert [entry.id for entry in lookup("m:3", entries)] == ["m:3"]


def test_another_spelling_counts_only_where_nobody_has_the_name_as_written() -> None:
    entries = [Entry("m:1", "finetuning"), Entry("m:2", "fine-tuning")]
    assert [entry.id for entry in lookup("Fine-Tuning", entries)] == ["m:2"]
    assert [entry.id for entry in lookup("fine tuning", entries)] == ["m:1", "m:2"]


def test_an_abbreviation_of_the_table_is_found_both_ways() -> None:
    assert lookup("generative adversarial networks", [Entry("m:1", "GAN")])
    assert lookup("GANs", [Entry("m:1", "generative adversarial network")])
    assert not lookup("GANs", [Entry("m:1", "graph attention network")])


@pytest.mark.parametrize("typed", ["BRET", "BEERT", "BETT"])
def test_a_slip_of_the_hand_is_suggested_before_names_that_share_a_part(typed: str) -> None:
    entries = [Entry("m:1", "retrieval-augmented generation", ("RET", "BRET-based retrieval")), Entry("m:2", "BART"),
               Entry("m:3", "BERT")]  # fmt: skip
    assert suggest(typed, entries)[0] == "BERT"


def test_suggestions_are_preferred_names_each_once() -> None:
    entries = [Entry("m:1", "RoBERTa", ("Roberta", "roberta")), Entry("m:2", "BERT", ("bert",))]
    assert suggest("RoBERTTa", entries)[0] == "RoBERTa"
    assert len(set(suggest("RoBERTTa", entries))) == len(suggest("RoBERTTa", entries))
    assert unknown_name("dataset", "??", []) == "unknown dataset '??'; no similar name is known"
