"""Results: the value with its metric, method, data, baseline and comparison."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markup import parse

from extractors.document.annotations import Entity, Mention
from extractors.results.patterns import find_results
from extractors.text.sentences import sentence_spans

B, S, A = "<Method>BoltNet</Method>", "<Dataset>SQuAD</Dataset>", "<Metric>accuracy</Metric>"

CASES = [
    (f"{B} achieves an {A} of 93.5% on {S}.", [("93.5%", "accuracy", "absolute", "BoltNet", "SQuAD", None)]),
    (f"{B} reaches 93.5% {A} on {S}.", [("93.5%", "accuracy", "absolute", "BoltNet", "SQuAD", None)]),
    (
        f"{B} improves {A} by 2% over <Method>VGG</Method> on {S}.",
        [("2%", "accuracy", "difference", "BoltNet", "SQuAD", "VGG")],
    ),
    (f"{B} outperforms <Method>VGG</Method> by 12%.", [("12%", None, "difference", "BoltNet", None, "VGG")]),
    (f"{B} is 3x faster than <Method>VGG</Method>.", [("3x", None, "relative", "BoltNet", None, "VGG")]),
    (
        f"{B} achieves 48.1% and 55.7% <Metric>mIoU</Metric>.",
        [("48.1%", "mIoU", "absolute", "BoltNet", None, None), ("55.7%", "mIoU", "absolute", "BoltNet", None, None)],
    ),
    (
        f"{B} reaches 28.3% and 58.2% in terms of <Metric>BLEU4</Metric> and <Metric>CIDEr</Metric>.",
        [("28.3%", "BLEU4", "absolute", "BoltNet", None, None), ("58.2%", "CIDEr", "absolute", "BoltNet", None, None)],
    ),
    (
        f"{B} reduces <Metric>memory footprint</Metric> and <Metric>latency</Metric> by a factor of 16x.",
        [
            ("16x", "memory footprint", "relative", "BoltNet", None, None),
            ("16x", "latency", "relative", "BoltNet", None, None),
        ],
    ),
    (
        f"{B} cuts the <Metric>training time</Metric> by 50%.",
        [("50%", "training time", "relative", "BoltNet", None, None)],
    ),
    (
        f"{B} reaches 48.1% and 55.7% on {S} and <Dataset>CoQA</Dataset>, respectively.",
        [("48.1%", None, "absolute", "BoltNet", "SQuAD", None), ("55.7%", None, "absolute", "BoltNet", "CoQA", None)],
    ),
    (f"{B} runs at 45 fps.", [("45 fps", None, "absolute", "BoltNet", None, None)]),
    (f"{B} has a <Metric>BLEU</Metric> of 34.8.", [("34.8", "BLEU", "absolute", "BoltNet", None, None)]),
    (f"{B} was trained on 300 images with 12 layers.", []),
    (f"{B} is accurate using only 10% of the labels.", []),
    ("What if it were 10x larger?", []),
    ("We evaluate 72 <Metric>automatic metrics</Metric>.", []),
]


@pytest.mark.parametrize(("markup", "expected"), CASES)
def test_a_reported_number_is_read_with_all_that_belongs_to_it(
    markup: str, expected: list[tuple[str | None, ...]]
) -> None:
    text, _ = marked = parse(markup)
    entities = marked.entities

    def name(index: int | None) -> str | None:
        return None if index is None else entities[index].name

    found = [
        (r.value, name(r.metric), r.comparison, name(r.method), name(r.dataset), name(r.baseline))
        for r in find_results(text, sentence_spans(text), entities)
    ]
    assert found == expected


def test_a_number_without_a_subject_belongs_to_what_the_paper_introduces() -> None:
    text = "SparX is new. We gain 4% on average."
    sparx = Entity("SparX", "Method", [Mention(0, 5, "Method", 1.0, "gold")], introduced=True)
    (result,) = find_results(text, sentence_spans(text), [sparx])
    assert (result.value, result.method) == ("4%", 0)


@given(st.text(alphabet="0123456789.% ximpovgaerfs,+-by", max_size=80))
def test_the_evidence_of_a_result_is_a_sentence_that_holds_its_value(text: str) -> None:
    sentences = sentence_spans(text)
    for result in find_results(text, sentences, []):
        assert (result.start, result.end) in sentences
        assert result.value in text[result.start : result.end]
