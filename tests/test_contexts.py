"""Doubtful names get the type that their sentence gives them; sure ones keep theirs."""

from __future__ import annotations

import pytest

from extractors.document.annotations import Mention
from extractors.entities.contexts import LISTED, typed_by_context
from extractors.record import EntityType


def mention(text: str, name: str, kind: EntityType, confidence: float = 0.5) -> Mention:
    start = text.index(name)
    return Mention(start, start + len(name), kind, confidence, "")


@pytest.mark.parametrize(
    "text",
    [
        "We trained LeafNet on LeafSet for counting.",
        "LeafNet, pre-trained on the LeafSet, is small.",
        "We report results on LeafSet.",
        "Experiments on LeafSet show it.",
    ],
)
def test_what_is_trained_or_tested_on_is_data(text: str) -> None:
    (found,) = typed_by_context(text, [mention(text, "LeafSet", "Method")])
    assert found.type == "Dataset"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Models trained on LeafGAN-generated images fail.", "LeafGAN"),
        ("Models trained on LeafGAN outputs fail.", "LeafGAN"),
        ("We build on LeafGAN.", "LeafGAN"),
        ("Experiments on leaf counting show it.", "leaf counting"),
    ],
)
def test_what_is_not_data_keeps_its_type(text: str, name: str) -> None:
    assert [m.type for m in typed_by_context(text, [mention(text, name, "Method")])] == ["Method"]


@pytest.mark.parametrize("verb", ["is compared with", "was then compared to", "outperforms", "surpasses the"])
def test_what_is_compared_with_a_method_is_one(verb: str) -> None:
    text = f"OAK {verb} Elm on leaves."
    found = typed_by_context(text, [mention(text, "OAK", "Metric"), mention(text, "Elm", "Method", 0.9)])
    assert [m.type for m in found] == ["Method", "Method"]
    turned = typed_by_context(text, [mention(text, "OAK", "Method", 0.9), mention(text, "Elm", "Task")])
    assert [m.type for m in turned] == ["Method", "Method"]


def test_a_sure_name_keeps_its_type() -> None:
    text = "We trained LeafNet on LeafSet."
    (found,) = typed_by_context(text, [mention(text, "LeafSet", "Method", 0.8)])
    assert found.type == "Method"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It gains 3% improvement in MAE and RMSE over it.", "MAE"),
        ("It is better in terms of QXR, RMSE and others.", "QXR"),
    ],
)
def test_an_abbreviation_listed_with_metrics_is_one_however_sure_its_type(text: str, name: str) -> None:
    found = typed_by_context(text, [mention(text, name, "Method", 0.9), mention(text, "RMSE", "Metric", 0.9)])
    assert [m.type for m in found] == ["Metric", "Metric"]


@pytest.mark.parametrize(
    "text",
    [
        "Masked autoencoders (MAE) improve. There is improvement in MAE and RMSE.",
        "We study the MAE with low RMSE.",
        "At low RMSE, MAE is trained.",
    ],
)
def test_an_abbreviation_that_is_defined_or_not_listed_keeps_its_type(text: str) -> None:
    start = text.rindex("MAE")
    found = typed_by_context(text, [Mention(start, start + 3, "Method", 0.9, ""), mention(text, "RMSE", "Metric", 0.9)])
    assert [m.type for m in found if m.start == start] == ["Method"]


def test_the_members_of_a_list_that_has_a_dataset_are_some_however_sure_their_types() -> None:
    text = "It wins on LeafSet, Bark-20 and TrunkQA."
    found = typed_by_context(text, [mention(text, "LeafSet", "Dataset", 0.9), mention(text, "Bark-20", "Method", 0.9)])
    assert sorted((text[m.start : m.end], m.type) for m in found) == [
        ("Bark-20", "Dataset"),
        ("LeafSet", "Dataset"),
        ("TrunkQA", "Dataset"),
    ]
    assert max(m.confidence for m in found if m.extractor == "patterns:listed") <= LISTED


@pytest.mark.parametrize(
    "text",
    [
        "It wins on LeafSet, and TrunkQA is new.",
        "It wins on LeafSet, in German and English.",
        "We compare LeafSet, Elm and Oak.",
    ],
)
def test_what_is_in_no_list_of_datasets_is_not_added(text: str) -> None:
    assert len(typed_by_context(text, [mention(text, "LeafSet", "Dataset", 0.9)])) == 1


@pytest.mark.parametrize("verb", ["outperforms Elm", "(OAK) achieves 90%", "is trained twice", "also surpasses Elm"])
def test_what_outperforms_or_is_trained_is_a_method_however_sure_its_type(verb: str) -> None:
    text = f"LeafRanker {verb}."
    (found,) = typed_by_context(text, [mention(text, "LeafRanker", "Dataset", 0.9)])
    assert found.type == "Method"


@pytest.mark.parametrize("text", ["A model on LeafSet achieves 90%.", "ImageNet is trained on.", "LeafSet is large."])
def test_what_is_no_subject_of_such_a_verb_keeps_its_type(text: str) -> None:
    name = "ImageNet" if "ImageNet" in text else "LeafSet"
    (found,) = typed_by_context(text, [mention(text, name, "Dataset", 0.9)])
    assert found.type == "Dataset"


@pytest.mark.parametrize("before", ["an accuracy of 91% on", "the best accuracy on", "the mAP on the"])
def test_what_a_number_or_a_measure_is_on_is_data_unless_it_is_sure(before: str) -> None:
    text = f"It has {before} LeafSet."
    doubtful, sure = mention(text, "LeafSet", "Method"), mention(text, "LeafSet", "Method", 0.9)
    assert [m.type for m in typed_by_context(text, [doubtful])] == ["Dataset"]
    assert [m.type for m in typed_by_context(text, [sure])] == ["Method"]
