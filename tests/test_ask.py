"""Asking: parameters as people type them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_graph import graph

from kg.errors import KGError
from kg.querying import run as ask
from kg.querying.resolve import resolve
from kg.schema import CONCEPT_LABELS
from kg.stores import Store, ladybug


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("store") / "graph.lbug"
    ladybug.write(graph(), path)
    with ladybug.open(path) as opened:
        yield opened


@pytest.mark.parametrize(
    "typed",
    [
        "BERT",
        "bert",
        " Bert ",
        "method:bert",
        "Bidirectional Encoder Representations from Transformers",
        "bidirectional encoder representation from transformer",
    ],
)
def test_a_name_means_its_concept_by_alias_case_and_plural(store: Store, typed: str) -> None:
    assert ask.run(store, "card", {"concept": typed}).dicts()[0]["id"] == "method:bert"


@pytest.mark.parametrize(
    ("typed", "label", "meant"),
    [
        ("transformer", "Method", "method:transformer"),
        ("Residual Networks", "Method", "method:resnet"),
        ("Cifar 10", "Dataset", "dataset:cifar-10"),
        ("qa", "Task", "task:question-answering"),
        ("question-answering", "Task", "task:question-answering"),
        ("em", "Metric", "metric:exact-match"),
        ("10.1000/xyz", "Paper", "doi:10.1000/xyz"),
        ("0003.00003", "Paper", "arxiv:0003.00003"),
        ("deep residual nets", "Paper", "arxiv:0006.00006"),
        ("text:0a1b2c", "Paper", "text:0a1b2c"),
    ],
)
def test_every_kind_of_name_is_found(store: Store, typed: str, label: str, meant: str) -> None:
    assert resolve(store, (label,), typed).id == meant


def test_an_unknown_name_gets_suggestions(store: Store) -> None:
    with pytest.raises(KGError, match=r"parameter method: unknown method 'RoBERTTa'; did you mean 'RoBERTa'"):
        ask.run(store, "beats", {"method": "RoBERTTa"})
    with pytest.raises(KGError, match="no similar name"):
        resolve(store, CONCEPT_LABELS, "qqqqzzzz")


def test_a_name_of_another_type_says_so(store: Store) -> None:
    with pytest.raises(KGError, match="parameter dataset: 'BERT' is a Method; wanted is a Dataset"):
        ask.run(store, "leaderboard", {"dataset": "bert"})
    with pytest.raises(KGError, match="'Deep two-way encoders' is a Paper; wanted is a concept"):
        ask.run(store, "card", {"concept": "Deep two-way encoders"})


def test_an_empty_name_means_any(store: Store) -> None:
    assert len(ask.run(store, "contradictions", {"method": ""}).rows) == 1


def test_defaults_stand_in_for_quantities_that_are_not_given(store: Store) -> None:
    assert ask.run(store, "beats", {"method": "BERT"}) == ask.run(store, "beats", {"method": "BERT", "limit": "100"})
    assert ask.run(store, "contradictions").rows, "an empty name means any"


def test_a_name_that_a_query_needs_is_asked_for_with_an_example(store: Store) -> None:
    with pytest.raises(KGError) as told:
        ask.run(store, "beaten-on-dataset", {"method": "ViT"})
    assert str(told.value) == (
        "beaten-on-dataset needs dataset (name or id of the dataset); "
        "for example: kg query beaten-on-dataset -p method=BERT -p dataset=SQuAD"
    )
    with pytest.raises(KGError, match="papers-of-year needs year"):
        ask.run(store, "papers-of-year")


def test_an_unknown_parameter_names_those_there_are(store: Store) -> None:
    with pytest.raises(KGError, match="beats has no parameter 'methd'; it has method, limit"):
        ask.run(store, "beats", {"methd": "BERT"})


@pytest.mark.parametrize(("name", "value"), [("limit", "ten"), ("limit", 1.5), ("limit", True), ("method", 3)])
def test_a_value_of_the_wrong_type_is_told(store: Store, name: str, value: object) -> None:
    with pytest.raises(KGError, match=f"parameter {name}: {value!r} is not an? "):
        ask.run(store, "beats", {"method": "BERT", name: value})


def test_floats_may_be_typed_as_integers(store: Store) -> None:
    assert len(ask.run(store, "review", {"below": "1"}).rows) > len(ask.run(store, "review", {"below": 0.5}).rows)


def test_cypher_text_takes_any_parameters_and_needs_all(store: Store) -> None:
    text = "MATCH (p:Paper) WHERE p.year >= $year RETURN count(*) AS n"
    assert ask.run(store, text, {"year": "2019"}).dicts() == [{"n": 6}]
    with pytest.raises(KGError, match="no value for parameter year"):
        ask.run(store, text)


def test_a_file_of_ones_own_runs(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "mine.cypher"
    file.write_text('// Mine\n// $m (method) = "ViT": a method\nMATCH (n:Method {id: $m}) RETURN n.name', "utf-8")
    assert ask.run(store, str(file)).rows == (("ViT",),)
    assert ask.run(store, str(file), {"m": "resnet"}).rows == (("ResNet",),)
