"""Results: the value with its metric, method, data, baseline and comparison."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markup import parse
from number_phrases import phrase

from extractors.document.annotations import Entity, Mention, Result
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
    (f"{B} takes images of 256 × 256 pixels.", []),
    (f"{B} differs from <Method>VGG</Method> (p < 0.05).", []),
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


def read(markup: str, own: str = "BoltNet") -> list[tuple[str, str | None, str | None, str | None, str, str | None]]:
    """Value, method, metric, dataset, comparison and uncertainty of each result; ``own`` is introduced."""
    text, _ = marked = parse(markup)
    entities = marked.entities
    for entity in entities:
        entity.introduced = entity.name == own

    def name(index: int | None) -> str | None:
        return None if index is None else entities[index].name

    return [
        (r.value, name(r.method), name(r.metric), name(r.dataset), r.comparison, r.uncertainty)
        for r in find_results(text, sentence_spans(text), entities)
    ]


@pytest.mark.parametrize(
    "markup",
    [
        f"{B} is new. The <Method>pre-trained models</Method> achieve 85.1% {A} on {S}.",
        f"{B} is new. Our <Method>joint model</Method> reaches 85.1% {A} on {S}.",
        f"{B} is new. We beat prior <Method>graph models</Method>: on {S} it achieves an {A} of 85.1%.",
    ],
)
def test_a_common_noun_for_the_own_method_is_no_other_method(markup: str) -> None:
    assert [result[:4] for result in read(markup)] == [("85.1%", "BoltNet", "accuracy", "SQuAD")]


def test_a_common_noun_that_names_another_method_has_its_number() -> None:
    (result,) = read(f"{B} is new. Existing <Method>energy models</Method> reach 52% {A} on {S}.")
    assert result[1] == "energy models"


@pytest.mark.parametrize(
    ("written", "value", "uncertainty"),
    [
        ("81.4 ± 0.3%", "81.4%", "0.3"),
        ("81.4% ± 0.3%", "81.4%", "0.3%"),
        ("$81.4\\pm0.3\\%$", "81.4\\%", "0.3"),
        ("81.4% (95% CI 80.9-82.0)", "81.4%", "80.9-82.0"),
        ("81.4% (SD 0.6)", "81.4%", "0.6"),
        ("81.4% with a standard deviation of 0.6%", "81.4%", "0.6%"),
    ],
)
def test_the_uncertainty_is_no_part_of_the_value_and_no_result(written: str, value: str, uncertainty: str) -> None:
    (result,) = read(f"{B} reaches an {A} of {written} on {S}.")
    assert result == (value, "BoltNet", "accuracy", "SQuAD", "absolute", uncertainty)


def test_the_number_after_compared_to_is_that_of_the_other() -> None:
    markup = f"{B} obtains 31.2 <Metric>BLEU</Metric> on {S}, compared to 29.8 for <Method>VGG</Method>."
    assert [(value, method) for value, method, *_ in read(markup)] == [("31.2", "BoltNet"), ("29.8", "VGG")]
    (_, unnamed) = read(f"{B} obtains 31.2 <Metric>BLEU</Metric> on {S}, compared to 29.8 for the baseline.")
    assert unnamed[:2] == ("29.8", None)


def test_methods_metrics_and_data_sets_are_given_out_in_turn() -> None:
    found = read(f"{B} and <Method>VGG</Method> reach 81.2% and 78.4% {A} on {S}, respectively.")
    assert [(value, method) for value, method, *_ in found] == [("81.2%", "BoltNet"), ("78.4%", "VGG")]
    found = read(f"{B} gets 91.0%, 85.2% and 70.3% {A} on {S}, <Dataset>CoQA</Dataset> and <Dataset>QuAC</Dataset>.")
    assert [(value, data) for value, _, _, data, *_ in found] == [
        ("91.0%", "SQuAD"),
        ("85.2%", "CoQA"),
        ("70.3%", "QuAC"),
    ]
    found = read(f"{B} has <Metric>MRR</Metric>/<Metric>Hits@3</Metric> of 40.1/52.7 on {S}.")
    assert [(value, metric) for value, _, metric, *_ in found] == [("40.1", "MRR"), ("52.7", "Hits@3")]


def test_lists_run_in_parallel_whatever_joins_or_follows_their_numbers() -> None:
    coqa, mrr, em = "<Dataset>CoQA</Dataset>", "<Metric>MRR</Metric>", "<Metric>EM</Metric>"
    found = read(f"{B} reaches 65.1/59.3 and 40.0/32.5 in {mrr}/{em} on {S} and {coqa}, respectively.")
    assert [(value, metric, data) for value, _, metric, data, *_ in found] == [
        ("65.1", "MRR", "SQuAD"),
        ("59.3", "EM", "SQuAD"),
        ("40.0", "MRR", "CoQA"),
        ("32.5", "EM", "CoQA"),
    ]
    found = read(f"On {S} and {coqa}, {B} has accuracies of 98.2% (+3.3%) and 93.9% (+0.2%).")
    assert [(value, data) for value, _, _, data, *_ in found] == [
        ("98.2%", "SQuAD"),
        ("+3.3%", "SQuAD"),
        ("93.9%", "CoQA"),
        ("+0.2%", "CoQA"),
    ]
    found = read(f"{B} has {mrr} and {em} of 0.21 A and 0.34 A, respectively.")
    assert [metric for _, _, metric, *_ in found] == ["MRR", "EM"]


V = "<Method>VGG</Method>"
OWNERS = [
    (
        f"{B} has an {A} of 68%, compared to only 61% from {V} and 60% from <Method>ViT</Method>.",
        ["BoltNet", "VGG", "ViT"],
    ),
    (f"{B} has an {A} of 68%, compared to the baseline values of 61%.", ["BoltNet", None]),
    (f"{B} takes a <Metric>time</Metric> of 55 seconds, while {V} takes more than 70 seconds.", ["BoltNet", "VGG"]),
    (f"{B} has an {A} of 68%, which is better than {V} (60%).", ["BoltNet", "VGG"]),
    (f"{B} has an {A} of 68% on {S}, while the baseline achieves 61%.", ["BoltNet", None]),
    (
        f"{B} cuts the <Metric>death rate</Metric> by 8.2% from an overall baseline death rate of 13.3%.",
        ["BoltNet", None],
    ),
    (f"{B} is new. We report a gain of 5% {A} over {V}.", ["BoltNet"]),
    (f"{B} has an {A} of 68% on {S}, outperforming the previous 61% word-level state-of-the-art.", ["BoltNet", None]),
    (f"{B} has an {A} of 68% on {S}, where the former best result is 61%.", ["BoltNet", None]),
    (f"{B} has an {A} of 68% on {S}, exceeding the previous best by 7%.", ["BoltNet", "BoltNet"]),
    (f"{B} has an {A} of 68% on {S}, whereas {V} stays at 61%.", ["BoltNet", "VGG"]),
    (f"{B} reaches an {A} of 68% on {S}; {V} remains at 61%.", ["BoltNet", "VGG"]),
    (f"{B} (68.4% {A}) is ahead of {V} (61.2% {A}).", ["BoltNet", "VGG"]),
    (f"An {A} of 68% and 61% was recorded for {B} and {V}, respectively.", ["BoltNet", "VGG"]),
    (
        f"{A} values of 68.1, 61.5 and 60.2 are reached by {B}, {V} and <Method>ViT</Method>, respectively.",
        ["BoltNet", "VGG", "ViT"],
    ),
    (f"{B} has a higher {A} (0.742) than {V} (0.701).", ["BoltNet", "VGG"]),
    (f"{B} has a higher {A} than {V} (0.742 vs. 0.701).", ["BoltNet", "VGG"]),
    (f"{B} with an {A} of 68% on {S} surpasses {V}, which scores 61%.", ["BoltNet", "VGG"]),
    (f"{V} has an {A} of 61% on {S}, and {B} lifts this to 68%.", ["VGG", "BoltNet"]),
    (f"{B} improves the {A} of {V} on {S} from 61.3% to 68.1%.", ["VGG", "BoltNet"]),
    (f"{B} raises {A} on {S} from 61.3% ({V}) to 68.1%.", ["VGG", "BoltNet"]),
    (f"{B} reaches an {A} of 68% on {S}, below human performance of 93%.", ["BoltNet", None]),
]


@pytest.mark.parametrize(
    "markup",
    [
        f"With a learning rate of 0.1 and a dropout rate of 0.2, {B} works.",
        f"{B} quantizes <Method>VGG</Method> to 4 bits for {A}.",
        f"{B} has low {A} on 2.3 million posts, of which 23% are jokes.",
    ],
)
def test_settings_and_amounts_are_no_results(markup: str) -> None:
    assert read(markup) == []


def test_a_clause_has_the_dataset_that_it_begins_with() -> None:
    markup = f"{B} reaches an {A} of 88% on {S}, while on <Dataset>CoQA</Dataset> it reaches 84%."
    assert [result[3] for result in read(markup)] == ["SQuAD", "CoQA"]


def test_a_factor_is_of_no_metric_that_the_next_verb_has() -> None:
    found = read(f"{B} shrinks <Method>VGG</Method> by a factor of 24 and attains 89% {A}.")
    assert [result[2] for result in found] == [None, "accuracy"]


@pytest.mark.parametrize(("markup", "owners"), OWNERS)
def test_a_number_is_that_of_the_method_that_the_words_give_it_to(markup: str, owners: list[str | None]) -> None:
    assert [result[1] for result in read(markup)] == owners


def test_our_cell_is_the_introduced_method_that_is_a_cell() -> None:
    text, _ = marked = parse(f"{B} searches for a <Method>recurrent cell</Method>. Our cell reaches 81% {A} on {S}.")
    entities = marked.entities
    for entity in entities:
        entity.introduced = entity.type == "Method"
    (result,) = find_results(text, sentence_spans(text), entities)
    assert result.method == 1


METRICS = [
    (f"With similar {A}, {B} is 3 times faster than {V}.", None),
    (f"{B} reaches 93% {A} on {S}. It is 3 times faster than {V}.", None),
    (f"We report <Metric>mIoU</Metric>. {B} achieves a final score of 0.55 on {S}.", None),
    (f"We report <Metric>overall score</Metric>. {B} achieves a score of 0.55 on {S}.", "overall score"),
    (f"{B} achieves a <Metric>mean square error</Metric> of 5.8 ms on {S}.", "mean square error"),
    (f"{B} has a lower <Metric>latency</Metric>: it is 3 times faster than {V}.", "latency"),
    (f"{B} reports {A}. It needs 38% fewer parameters than {V}.", None),
    (f"We report {A}. {B} has 38% fewer <Metric>parameters</Metric> than {V}.", "parameters"),
]


@pytest.mark.parametrize(("markup", "metric"), METRICS)
def test_a_number_is_not_of_a_metric_that_its_words_exclude(markup: str, metric: str | None) -> None:
    assert read(markup)[-1][2] == metric


COMPARED = [
    (f"{B} reduces more than 90% of the parameters of {V}.", "relative"),
    (f"{B} is tested on {S} ({A} 91.7%).", "absolute"),
    (f"{B} improves the system <Metric>throughput</Metric> by 31.8% on {S}.", "relative"),
    (f"{B} achieves relative word error rate (<Metric>WER</Metric>) improvements of 13.6% on {S}.", "relative"),
]


@pytest.mark.parametrize(("markup", "comparison"), COMPARED)
def test_what_is_compared_is_read_off_the_words(markup: str, comparison: str) -> None:
    assert [result[4] for result in read(markup)] == [comparison]


def test_two_numbers_set_against_each_other_are_scores() -> None:
    found = read(f"{B} improves the {A} on {S} by a margin (79.8% vs 68.0%).")
    assert [(result[0], result[4]) for result in found] == [("79.8%", "absolute"), ("68.0%", "absolute")]


def test_from_one_number_to_another_is_the_new_score_and_maybe_that_of_another() -> None:
    found = read(f"{B} raises the {A} on {S} from 70.1% to 74.9%.")
    assert [(value, comparison) for value, _, _, _, comparison, _ in found] == [("74.9%", "absolute")]
    found = read(f"{B} improves the {A} of <Method>VGG</Method> on {S} from 70.1% to 74.9%.")
    assert ("74.9%", "absolute") in [(value, comparison) for value, _, _, _, comparison, _ in found]
    assert all(method == "VGG" for value, method, *_ in found if value == "70.1%")


@pytest.mark.parametrize("change", ["by 9.3% relative, to 4.7%", "by a relative 9.3% to 4.7%", "by 9.3% down to 4.7%"])
def test_what_a_change_leads_to_is_a_score(change: str) -> None:
    found = read(f"{B} cuts the <Metric>error rate</Metric> {change} on {S}.")
    assert [result[0] for result in found] == ["9.3%", "4.7%"]
    assert found[1][4] == "absolute"


def test_what_a_model_proposes_stands_where_it_can() -> None:
    text, _ = marked = parse(f"{B} reaches 81.2% {A} on {S}.")
    own, metric, data = range(3)
    (start, end) = sentence_spans(text)[0]
    wrong = Result("81.2%", "difference", start, end, method=data, metric=metric, dataset=None, confidence=0.9)
    (result,) = find_results(text, [(start, end)], marked.entities, [wrong])
    assert result.comparison == "difference"  # what it says,
    assert (result.method, result.metric, result.dataset) == (own, metric, data)  # but a data set is no method


@given(st.text(alphabet="0123456789.% ximpovgaerfs,+-by", max_size=80))
def test_the_evidence_of_a_result_is_a_sentence_that_holds_its_value(text: str) -> None:
    sentences = sentence_spans(text)
    for result in find_results(text, sentences, []):
        assert (result.start, result.end) in sentences
        assert set(result.value) <= set(text[result.start : result.end])


@pytest.mark.parametrize("seed", range(10))
def test_numbers_in_every_form_beside_names_are_read_or_left(seed: int) -> None:
    chance = Random(seed)
    for _ in range(40):
        kinds = chance.choices(("Method", "Metric", "Dataset", "Task"), k=chance.randint(1, 4))
        between = chance.choices((" on ", " in ", " of ", " than ", " and ", ", ", " (", " "), k=4)
        names = (f"{phrase(chance)}{word}<{kind}>N{kind}</{kind}> " for kind, word in zip(kinds, between, strict=False))
        text, _ = marked = parse("".join(names))
        for result in find_results(text, sentence_spans(text), marked.entities):
            assert set(result.value) <= set(text[result.start : result.end]), text
            assert 0 < result.confidence <= 1, text
