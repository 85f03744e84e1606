"""Metrics beside a number."""

import pytest

from extractors.entities.valued_metrics import valued_metrics
from extractors.text.words import runs, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a subjective score of 4.2", ["subjective score"]),
        ("12% higher tree accuracy", ["tree accuracy"]),
        ("a BLEU score of 30.1", ["BLEU"]),
        ("an F1 score of 80.1", ["F1 score"]),
        ("reduces the number of queries by 32%", ["number of queries"]),
        ("3.5 F1@15 points", ["F1@15"]),
        ("it wins in terms of word coverage", ["word coverage"]),
        ("three times as good", []),
        ("the accuracy is good", []),
        ("an absolute accuracy of 93%", ["accuracy"]),
    ],
)
def test_a_measure_is_a_metric_where_a_number_is_its_value(text: str, expected: list[str]) -> None:
    assert [text[s:e] for s, e in valued_metrics(text, runs(text, words_of(text)))] == expected
