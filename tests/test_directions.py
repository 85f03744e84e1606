"""Which values of a metric are better, by its name."""

from __future__ import annotations

import pytest

from extractors.names.directions import better_values


@pytest.mark.parametrize(
    "name",
    ["word error rate", "WER", "Perplexities", "top-5 error", "Fréchet inception distance", "bits per dimension",
     "inference latency", "mean absolute error", "number of parameters", "error rate on the clean set"],
)  # fmt: skip
def test_lower_is_better(name: str) -> None:
    assert better_values([name]) == "lower"


@pytest.mark.parametrize(
    "name", ["top-1 accuracy", "micro F1", "F1 (macro)", "recall@20", "mAP@0.5", "BLEU", "Pearson correlation", "mIoU"]
)
def test_higher_is_better(name: str) -> None:
    assert better_values([name]) == "higher"


def test_the_longest_ending_decides_over_all_names() -> None:
    assert better_values(["success rate"]) == "higher"
    assert better_values(["attack success rate"]) == "lower"
    assert better_values(["generation quality", "FID"]) == "lower"


@pytest.mark.parametrize("name", ["colour", "compute", "", "cosine similarity"])
def test_other_names_do_not_tell(name: str) -> None:
    assert better_values([name]) is None
