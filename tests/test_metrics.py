"""Metrics: which metric stands beside a number."""

import pytest
from markup import parse

from extractors.results.metrics import beside, is_cost, places_of
from extractors.results.values import find_values

CASES = [
    ("an <Metric>accuracy</Metric> of 93%", ["accuracy"]),
    ("93% <Metric>accuracy</Metric>", ["accuracy"]),
    ("6% in <Metric>mAP</Metric>", ["mAP"]),
    ("2% higher <Metric>recall</Metric>", ["recall"]),
    ("<Metric>BLEU</Metric> increases to 36.5", ["BLEU"]),
    ("<Metric>memory</Metric> and <Metric>latency</Metric> by a factor of 16x", ["memory", "latency"]),
    ("an <Metric>accuracy</Metric> at 45 fps", []),
    ("we run 72 <Metric>automatic metrics</Metric>", []),
    ("no metric by 5%", []),
]


@pytest.mark.parametrize(("markup", "expected"), CASES)
def test_the_metric_beside_a_number_is_found_on_either_side(markup: str, expected: list[str]) -> None:
    text, _ = marked = parse(markup)
    entities = marked.entities
    places = places_of(entities)
    (value,) = find_values(text, 0, len(text), places)
    assert [entities[place.entity].name for place in beside(text, value, places)] == expected


@pytest.mark.parametrize(("metric", "expected"), [("training time", True), ("FLOPs", True), ("F1", False)])
def test_costs_are_told_from_qualities(metric: str, expected: bool) -> None:
    assert is_cost(metric) is expected
