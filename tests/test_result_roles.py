"""Roles of a result that its own sentence contradicts are taken back."""

from __future__ import annotations

import pytest

from kg.assembly.collect import CollectedEntity, CollectedPaper, CollectedResult
from kg.assembly.present.result_roles import roles
from kg.papers import Paper

NAMES = (
    ("Dataset", "Oak"),
    ("Dataset", "Oak to Elm"),
    ("Dataset", "Ash"),
    ("Metric", "top-1 accuracy"),
    ("Metric", "mAP"),
    ("Dataset", "Elm 2007"),
    ("Dataset", "Elm 2012"),
    ("Method", "Net-50"),
    ("Method", "Net-101"),
)
ENTITIES = tuple(CollectedEntity(kind, name, False, 0.0, ((name, 1),)) for kind, name in NAMES)
PAPER = CollectedPaper("p", Paper(abstract="x"), "hand", ENTITIES, (), (), (), (), {})


@pytest.mark.parametrize(
    ("value", "sentence", "dataset", "metric", "expected"),
    [
        ("71.2%", "We reach 71.2% mAP on Oak and 64.0% mAP on Ash.", 2, 4, (0, 4)),
        ("64.0%", "We reach 71.2% mAP on Oak and 64.0% mAP on Ash.", 0, 4, (2, 4)),
        ("55.1%", "It gets 55.1% mAP on Oak to Elm.", 0, 4, (1, 4)),
        ("80.5", "It lifts the Oak score to 80.5.", 2, 4, (0, 4)),
        ("16.0", "On classes not in Oak, it gets 16.0 mAP.", 0, 4, (None, 4)),
        ("26.0%", "On Oak the error rates are 26.0% and 8.5%.", 0, 3, (0, None)),
        ("74.0%", "On Oak the top-1 accuracy is 74.0%.", 0, 3, (0, 3)),
        ("2.3%", "It has a WER of 1.8% and 2.3% on Oak and Ash.", 2, 4, (2, 4)),
        (
            "45.2",
            "It gets a score of 81.4 and 45.2 on Oak test set and Ash validation set, respectively.",
            0,
            4,
            (2, 4),
        ),
        (
            "81.4",
            "It gets a score of 81.4 and 45.2 on Oak test set and Ash validation set, respectively.",
            2,
            4,
            (0, 4),
        ),
        ("44.4%", "We obtain 48.0% and 44.4% mAP on Elm 2007 and 2012 benchmarks.", 5, 4, (6, 4)),
        ("44.4%", "We obtain 48.0% and 44.4% mAP on Elm 2007 and 2010 benchmarks.", 5, 4, (None, 4)),
        ("55.7%", "It achieves 55.0% and 55.7% mAP on Oak val and test sets.", 0, 4, (0, 4)),
        ("98.8%", "It transfers to Oak (91.7%), Ash (98.8%) and others.", 0, 4, (2, 4)),
        ("98.8%", "It transfers to Oak (91.7%), Flower (98.8%) and others.", 0, 4, (None, 4)),
        ("91.7%", "It transfers to Oak (91.7%), Flower (98.8%) and others.", 0, 4, (0, 4)),
        ("74.0%", "We reach 74.0% on the test set of Oak.", 0, 4, (0, 4)),
    ],
)
def test_what_stands_beside_the_number_counts(
    value: str, sentence: str, dataset: int, metric: int, expected: tuple[int | None, int | None]
) -> None:
    result = CollectedResult(value, "absolute", sentence, (("ON_DATASET", dataset), ("BY_METRIC", metric)))
    ends = dict(roles(result, PAPER) or ())
    assert (ends.get("ON_DATASET"), ends.get("BY_METRIC")) == expected


def test_a_condition_is_no_result() -> None:
    said = "It has an mAP of 47.9% (68.3% at 50% overlap) on Oak."
    assert roles(CollectedResult("50%", "absolute", said, (("ON_DATASET", 0),)), PAPER) is None
    assert roles(CollectedResult("47.9%", "absolute", said, (("ON_DATASET", 0),)), PAPER) == (("ON_DATASET", 0),)


@pytest.mark.parametrize(("value", "method"), [("43.7", 7), ("47.9", 8)])
def test_the_method_right_before_a_number_has_it(value: str, method: int) -> None:
    said = "We improve Net-50 to 43.7 mAP, and Net-101 to 47.9 mAP."
    assert roles(CollectedResult(value, "absolute", said, (("OF_METHOD", 7),)), PAPER) == (("OF_METHOD", method),)
