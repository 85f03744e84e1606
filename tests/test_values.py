"""Values: which numbers may be results, and how they are written."""

from dataclasses import dataclass
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from number_phrases import phrase

from extractors.results.values import find_values

CASES = [
    ("an accuracy of 93.5% on it", ["93.5%"]),
    ("4.23\\% test error", ["4.23\\%"]),
    ("it is 3.1x faster", ["3.1x"]),
    ("reduced by 8-16×", ["8-16×"]),
    ("improves by 5% to 20%", ["5% to 20%"]),
    ("improved from 29.0% to 37.5%", ["29.0%", "37.5%"]),
    ("84.1 ± 0.4 on it", ["84.1"]),
    ("inputs of 256 × 256 or 64x64x3", []),
    ("92% (95% CI 91-93), p = 0.03", ["92%"]),
    ("significant at the 5% level, with 99% confidence", []),
    ("24.1/7.2 error", ["24.1", "7.2"]),
    ("twice as fast", ["twice"]),
    ("gains ranging from 0.9% to 2.3%", ["0.9% to 2.3%"]),
    ("by a factor of 20", ["20"]),
    ("by an order of magnitude", ["an order of magnitude"]),
    ("speedups of one to two orders of magnitude", ["one to two orders of magnitude"]),
    ("three times faster", ["three times"]),
    ("by five percentage points", ["five percentage points"]),
    ("runs at 45 fps", ["45 fps"]),
    ("2.64dB in PSNR", ["2.64dB"]),
    ("+5.4 and +8 macro F1", ["+5.4", "+8"]),
    ("~50% less", ["~50%"]),
    ("ResNet-50 and Human3.6M and 2-D data [26]", []),
    ("10-times longer, 4.1-11.9×", ["10-times", "4.1-11.9×"]),
    ("gains (from 2 ~ 3% on some metrics to 20% on a few)", ["2 ~ 3%", "20%"]),
    ("it goes from 1.12 times and 20.21 times faster", ["1.12 times and 20.21 times"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_numbers_are_found_as_they_are_written(text: str, expected: list[str]) -> None:
    assert [value.text for value in find_values(text, 0, len(text), [])] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it halved the error and tripled the speed", ["halved", "tripled"]),
        ("failures are cut in half, costs by half", ["half", "half"]),
        ("with half as many steps and two-thirds of the parameters", ["half", "two-thirds"]),
        ("a tenfold reduction and five-fold gains", ["tenfold", "five-fold"]),
        ("our contribution is twofold", []),
        ("it gains two BLEU points", ["two"]),
        ("a half-hearted double Q-network on the first half", []),
    ],
)
def test_parts_and_multiples_in_words_are_found(text: str, expected: list[str]) -> None:
    assert [value.text for value in find_values(text, 0, len(text), [])] == expected


@pytest.mark.parametrize(
    "text",
    [
        "using only 10% of the labels",
        "with 0.08% labeled data",
        "a model six times larger",
        "on 100x shorter sequences",
    ],
)
def test_counts_and_sizes_are_told_from_results(text: str) -> None:
    counts = [v for v in find_values(text, 0, len(text), []) if v.is_count(text)]
    assert len(counts) == 1 or "larger" in text


def test_a_change_has_two_numbers() -> None:
    text = "reduces it from 5.2 to 4.6, a gain ranging from 2% to 3%"
    assert [(v.text, v.change) for v in find_values(text, 0, len(text), [])] == [
        ("5.2", "from"),
        ("4.6", "to"),
        ("2% to 3%", None),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("errors fall from previous 4.8% to 1.3%", [("4.8%", "from"), ("1.3%", "to")]),
        (
            "errors fall from 21.2% and 14.6% to 12.0% and 10.3%",
            [("21.2%", "from"), ("14.6%", "from"), ("12.0%", "to"), ("10.3%", None)],
        ),
    ],
)
def test_several_numbers_change_at_once(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(v.text, v.change) for v in find_values(text, 0, len(text), [])] == expected


@given(st.text())
def test_values_are_what_stands_in_the_text_and_do_not_overlap(text: str) -> None:
    values = list(find_values(text, 0, len(text), []))
    assert all(set(v.text) <= set(text[v.start : v.end]) for v in values)
    assert all(a.end <= b.start for a, b in pairwise(values))


@pytest.mark.parametrize("seed", range(20))
def test_numbers_in_every_form_are_read_or_left(seed: int) -> None:
    chance = Random(seed)
    for text in (f"{phrase(chance)} and {phrase(chance)}" for _ in range(200)):
        values = list(find_values(text, 0, len(text), []))
        assert all(set(v.text) <= set(text[v.start : v.end]) for v in values), text
        assert all(a.end <= b.start for a, b in pairwise(values)), text


@dataclass(frozen=True)
class Name:
    """Where a name stands."""

    start: int
    end: int


@pytest.mark.parametrize(
    ("name", "rest", "expected"),
    [
        ("FewRel 1.0", " and 2.0 show a gain of 3.1%", ["3.1%"]),
        ("ILSVRC 2012", ", 2013 and 2014 at 81.2", ["81.2"]),
        ("SQuAD 1.1", " and 88.3 on the other", ["88.3"]),
        ("CIFAR-10", " and 95.2 on the other", ["95.2"]),
    ],
)
def test_another_version_of_a_name_is_no_value(name: str, rest: str, expected: list[str]) -> None:
    text = name + rest
    assert [value.text for value in find_values(text, 0, len(text), [Name(0, len(name))])] == expected
