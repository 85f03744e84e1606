"""Linking: which mentions are one concept, what it is called, which type it has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markup import parse

from extractors.document.annotations import Mention
from extractors.entities.linking import link

ONE = {
    "case": "<Method>Deep Learning</Method> and <Method>deep learning</Method>",
    "plural": "<Method>neural networks</Method>, a <Method>neural network</Method>",
    "hyphen": "<Method>fine-tuning</Method> or <Method>finetuning</Method>",
    "hyphen and digits": "<Dataset>CIFAR-10</Dataset> is <Dataset>CIFAR10</Dataset>",
    "generic head": "<Dataset>ImageNet</Dataset>, the <Dataset>ImageNet dataset</Dataset>",
    "definition": "<Method>graph neural networks</Method> (<Method>GNNs</Method>); a <Method>GNN</Method>",
    "longer than its definition": "<Method>deep belief networks</Method> (<Method>BN</Method>)",
    "general abbreviation": "<Task>natural language processing</Task> is <Task>NLP</Task>",
    "abbreviation inside": "<Method>deep neural networks</Method> (<Method>DNNs</Method>), "
    "<Method>pre-trained DNNs</Method>, <Method>pre-trained deep neural networks</Method>",
    "initials": "<Metric>area under curve</Metric>, that is <Metric>AUC</Metric>",
    "neural": "<Method>recurrent networks</Method>, <Method>recurrent neural networks</Method>",
}
TWO = {
    "different names": "<Method>BERT</Method> and <Method>GPT</Method>",
    "one within the other": "<Method>BERT</Method> and <Method>BERT large</Method>",
    "a head that tells types apart": "<Task>ranking</Task> and <Method>ranking models</Method>",
    "short words alike": "<Method>LSTM</Method> and <Metric>LSTD</Metric>",
}


@pytest.mark.parametrize("case", ONE.values(), ids=ONE.keys())
def test_forms_of_one_name_are_one_entity(case: str) -> None:
    entities = parse(case).entities
    if "pre-trained" in case:  # the phrase with its own modifier is a concept beside the plain one
        assert sorted(len(e.mentions) for e in entities) == [2, 2]
    else:
        assert len(entities) == 1


@pytest.mark.parametrize("case", TWO.values(), ids=TWO.keys())
def test_different_names_are_different_entities(case: str) -> None:
    assert len(parse(case).entities) == 2


@pytest.mark.parametrize(
    ("case", "name"),
    [
        ("<Method>SparX</Method> (<Method>Sparse Expansion</Method>)", "SparX"),
        ("<Method>GNNs</Method>: <Method>graph neural networks</Method>", "graph neural networks"),
        ("<Method>neural networks</Method>, a <Method>neural network</Method>", "neural network"),
        ("<Task>Question Answering</Task>, <Task>question answering</Task>", "question answering"),
    ],
)
def test_the_name_is_a_proper_name_or_else_the_fullest_form(case: str, name: str) -> None:
    assert [e.name for e in parse(case).entities] == [name]


def test_mentions_of_one_name_agree_on_the_surer_type() -> None:
    text = "STS and STS and STS"
    mentions = [
        Mention(0, 3, "Task", 0.9, "x"),
        Mention(8, 11, "Dataset", 0.4, "x"),
        Mention(16, 19, "Task", 0.5, "x"),
    ]
    (entity,) = link(text, mentions, [])
    assert {m.type for m in entity.mentions} == {"Task"}


@given(st.text(), st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10), st.sampled_from(["Method", "Task"]))))
def test_every_mention_is_kept_once_whatever_their_order(text: str, spans: list[tuple[int, int, str]]) -> None:
    mentions = {
        (s, min(s + n, len(text))): Mention(s, min(s + n, len(text)), t, 0.5, "x")  # type: ignore[arg-type]
        for s, n, t in spans
        if s < len(text)
    }
    one = link(text, mentions.values(), [])
    other = link(text, list(reversed(mentions.values())), [])
    assert one == other
    assert sorted((m.start, m.end) for e in one for m in e.mentions) == sorted(mentions)
