"""Metrics: which metric a number is a value of."""

import pytest
from markup import parse

from extractors.results.metrics import coordinated, metrics_of, places_of
from extractors.results.values import find_values

CASES = [
    ("an <Metric>accuracy</Metric> of 93%", ["accuracy"]),
    ("93% <Metric>accuracy</Metric>", ["accuracy"]),
    ("6% in <Metric>mAP</Metric>", ["mAP"]),
    ("2% higher <Metric>recall</Metric>", ["recall"]),
    ("<Metric>BLEU</Metric> increases to 36.5", ["BLEU"]),
    ("30% reduction in the second image <Metric>bitrate</Metric>", ["bitrate"]),
    ("<Metric>latency</Metric> of the large model by 3x", ["latency"]),
    ("an <Metric>accuracy</Metric> of 93% at 45 fps", ["accuracy", None]),
    ("<Metric>accuracy</Metric> by 14%, while being 48% more efficient", ["accuracy", None]),
    ("93% <Metric>accuracy</Metric>, outperforming others by 4%", ["accuracy", "accuracy"]),
    ("no metric by 5%", [None]),
]


@pytest.mark.parametrize(("markup", "expected"), CASES)
def test_a_number_goes_to_the_metric_that_a_reader_would_take(markup: str, expected: list[str | None]) -> None:
    text, _ = marked = parse(markup)
    entities = marked.entities
    places = places_of(entities)
    values = list(find_values(text, 0, len(text), places))
    found = metrics_of(text, 0, len(text), values, places, {})
    assert [entities[metrics[0].entity].name if metrics else None for metrics in found] == expected


def test_a_list_is_told_from_two_clauses() -> None:
    text = "48% and 55%. Then 66%"
    one, two, three = find_values(text, 0, len(text), [])
    assert coordinated(text, one, two)
    assert not coordinated(text, two, three)
