"""What every mention must stand up to, whoever proposed it."""

import pytest

from extractors.document.annotations import Mention
from extractors.entities.checks import checked_mentions
from extractors.names.definitions import find_abbreviations
from extractors.record import EntityType
from extractors.text.sentences import sentence_spans


def checked(text: str, *proposed: tuple[str, EntityType]) -> list[tuple[str, str]]:
    """Text and type of what is left of mentions that are proposed at the first place of each name."""
    mentions = [Mention(at := text.index(name), at + len(name), kind, 0.9, "test") for name, kind in proposed]
    left = checked_mentions(text, mentions, sentence_spans(text), find_abbreviations(text))
    return [(text[m.start : m.end], m.type) for m in left]


def test_no_mention_crosses_the_end_of_a_sentence() -> None:
    text = "We compare with PegNet. PegNet is trained on NewsQA."
    assert checked(text, ("PegNet. PegNet", "Method")) == [("PegNet", "Method")] * 2
    text = "RotoMix is a simple way to mix images and their labels. RotoMix needs no tuning, says RotoMix's author."
    assert (
        checked(text, ("RotoMix is a simple way to mix images and their labels. RotoMix", "Method"))
        == [("RotoMix", "Method")] * 3
    )
    assert (
        checked("It is fast. Random forests are slow.", ("fast. Random forests", "Method"))[-1][0] == "Random forests"
    )


def test_a_mention_with_a_full_stop_inside_a_sentence_stays() -> None:
    text = "We solve it with Solver No. 5 and vs. GPT-4."
    assert checked(text, ("Solver No. 5", "Method")) == [("Solver No. 5", "Method")]


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/doe/peg-net.",
        "github.com/J- D- Doe/peg-net.",
        "https: //www.doe.org/peg-net",
        "peg.io/peg-net",
    ],
)
def test_an_address_names_nothing(address: str) -> None:
    assert checked(f"We present PegNet. See {address}", ("PegNet", "Method"), ("peg-net", "Method")) == [
        ("PegNet", "Method")
    ]
    kept = checked(
        f"See {address} PegNet is a kind of and/or parser.", ("PegNet", "Method"), ("and/or parser", "Method")
    )
    assert kept == [("PegNet", "Method"), ("and/or parser", "Method")]


def test_of_two_sides_of_a_dash_the_one_that_is_written_like_a_name_is_one() -> None:
    text = "It brings one model for all birds - MegaNet - and more."
    assert checked(text, ("birds - MegaNet", "Method")) == [("MegaNet", "Method")]
    assert checked("It is pre - processing.", ("pre - processing", "Method")) == [("pre - processing", "Method")]


def test_a_name_holds_no_verb() -> None:
    text = "We propose a mixed parsing network."
    assert checked(text, ("propose a mixed parsing network", "Method")) == [("mixed parsing network", "Method")]


@pytest.mark.parametrize(
    ("text", "proposed", "left"),
    [
        ("It is few-shot learning.", "shot learning", ["few-shot learning"]),
        ("It is multi-task learning.", "task learning", ["multi-task learning"]),
        ("It is transformer-based parsing.", "based parsing", ["parsing"]),
        ("It is non-BERT here.", "BERT", ["BERT"]),
    ],
)
def test_a_mention_begins_with_a_whole_word(text: str, proposed: str, left: list[str]) -> None:
    assert [name for name, _ in checked(text, (proposed, "Method"))] == left


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We thank Prof. Anna Bergmann for it.", "Bergmann"),
        ("The proof of R. T. Holm is shorter.", "Holm"),
        ("Okafor et al. train it longer.", "Okafor"),
        ("The heuristic of Dale Winter Jr. is used.", "Winter Jr"),
        ("Keywords: parsing, trees", "Keywords"),
        ("It works. Index Terms-- beamforming", "Index Terms-- beamforming"),
        ("It works. © 2020 Springer Nature", "Springer Nature"),
        ("It fails.RESULTS: We win.", "RESULTS"),
        ("A small student network is trained.", "student network"),
        ("It works on dynamic graphs.", "dynamic graphs"),
        ("We speed up inference.", "inference"),
        ("It beats learning-based competitors.", "learning-based competitors"),
        ("It is best on the test-dev set.", "test-dev"),
        ("Datasets are LeafSet, In-house and others.", "In-house"),
        ("We build the largest benchmark re-id dataset.", "benchmark re-id"),
        ("An AUC of 0.91 (95% CI 0.88-0.93).", "CI"),
        ("It works. Mathematics Subject Classification: 68T05", "Mathematics Subject Classification"),
        ("It works. Released under CC BY 4.0", "CC BY"),
        ("It runs on a Jetson Orin Nano.", "Jetson Orin Nano"),
        ("It was trained on a TPU v4 pod.", "TPU v4 pod"),
        ("It is on Hugging Face.", "Hugging Face"),
    ],
)
def test_persons_headings_roles_and_statistics_are_no_mentions(text: str, name: str) -> None:
    assert checked(text, (name, "Method")) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We use Gaussian processes.", "Gaussian processes"),
        ("It extends Adam.", "Adam"),
        ("It extends Titan.", "Titan"),
        ("In setting B. Transformers win.", "Transformers"),
        ("We propose student-teacher curriculum learning.", "student-teacher curriculum learning"),
        ("We use variational inference.", "variational inference"),
        ("It learns dynamic graph embedding.", "dynamic graph embedding"),
    ],
)
def test_methods_that_look_like_them_are_kept(text: str, name: str) -> None:
    assert checked(text, (name, "Method")) == [(name, "Method")]


def test_known_benchmarks_are_datasets_whoever_says_otherwise() -> None:
    assert checked("SAC wins on Hopper-v3.", ("Hopper-v3", "Method")) == [("Hopper-v3", "Dataset")]
    assert checked("We train on MNIST.", ("MNIST", "Task")) == [("MNIST", "Dataset")]
    assert checked("On CNN/DailyMail it wins.", ("CNN", "Method")) == [("CNN/DailyMail", "Dataset")]
    assert checked("A CNN wins.", ("CNN", "Method")) == [("CNN", "Method")]
    assert checked("DeepPlan-v2 wins.", ("DeepPlan-v2", "Method")) == [("DeepPlan-v2", "Method")]


def test_a_name_with_a_year_is_a_dataset_where_another_is() -> None:
    text = "PegNet wins on Leaf1 2010 and, as shown at LEAF 2019, on LeafTrack 2012, but Leaf 2011 was a dry year."
    assert checked(text, ("Leaf1 2010", "Dataset")) == [("Leaf1 2010", "Dataset"), ("LeafTrack 2012", "Dataset")]
    assert checked(text, ("PegNet", "Method")) == [("PegNet", "Method")]


@pytest.mark.parametrize(
    ("text", "name", "left"),
    [
        ("We use the image-based LeafSet9 data.", "image-based LeafSet9", "LeafSet9"),
        ("We use held-out QUIZ data.", "held-out QUIZ", "QUIZ"),
        ("We use cross-age LFW data.", "cross-age LFW", "cross-age LFW"),
    ],
)
def test_a_dataset_loses_the_adjective_that_says_how_it_is_used(text: str, name: str, left: str) -> None:
    assert (left, "Dataset") in checked(text, (name, "Dataset"))


@pytest.mark.parametrize("score", ["74.2", "74.2%", "74 %"])
def test_the_number_in_brackets_is_no_part_of_its_metric(score: str) -> None:
    assert checked(f"It is best on leaves (mAP {score}).", (f"mAP {score}", "Method")) == [("mAP", "Metric")]


def test_two_names_without_a_comma_between_them_are_two() -> None:
    text = "TrackOak is new. It works on LaSOT TrackOak."
    found = checked(text, ("LaSOT TrackOak", "Dataset"), ("TrackOak", "Dataset"))
    assert sorted(found) == [("LaSOT", "Dataset"), ("TrackOak", "Dataset"), ("TrackOak", "Dataset")]


def test_a_short_form_that_the_text_defines_is_no_known_metric() -> None:
    assert checked("AP clusters.", ("AP", "Method")) == [("AP", "Metric")]
    text = "Affinity propagation (AP) clusters."
    assert ("AP", "Method") in checked(text, ("Affinity propagation", "Method"), ("AP", "Method"))


def test_where_one_side_of_a_definition_is_a_mention_so_is_the_other() -> None:
    text = "We use patient paraphrasing (PP). PP is new."
    assert checked(text, ("patient paraphrasing", "Method")) == [
        ("patient paraphrasing", "Method"),
        ("PP", "Method"),
        ("PP", "Method"),
    ]
    text = "A convolutional network (CN) guided sparse tree encoder (STE) parses."
    assert ("sparse tree encoder", "Method") in checked(text, ("STE", "Method"), ("encoder", "Method"))


@pytest.mark.parametrize(
    ("text", "proposed", "left"),
    [
        ("an NDCG@5 of 0.4", ["NDCG"], ["NDCG@5"]),
        ("Hits@1 and Hits@10 of 30 and 50", ["Hits@1"], ["Hits@1", "Hits@10"]),
        ("an F1 > 90 on it", ["F1 > 90"], ["F1"]),
        ("a Rank-1/Rank-5 accuracy of 80/90", ["Rank-1/Rank-5 accuracy"], ["Rank-1", "Rank-5 accuracy"]),
        ("a precision of 0.9", ["precision"], ["precision"]),
    ],
)
def test_the_name_of_a_metric_is_whole_and_without_its_bound(text: str, proposed: list[str], left: list[str]) -> None:
    found = checked(text, *((name, "Metric") for name in proposed))
    assert found == [(name, "Metric") for name in left]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("tidy translation (TT) works", ("TT", "tidy translation")),
        ("A margin-aware loss (MAL) works", ("MAL", "margin-aware loss")),
        ("a gated span encoder, known as GSE, works", ("GSE", "gated span encoder")),
        ("Slow feature mixing (hereafter SFM) works", ("SFM", "Slow feature mixing")),
        ("SFM, short for slow feature mixing, works", ("SFM", "slow feature mixing")),
        ("slow feature mixing, or SFM for short, works", ("SFM", "slow feature mixing")),
        ("SFM stands for slow feature mixing.", ("SFM", "slow feature mixing")),
    ],
)
def test_abbreviations_are_defined_in_brackets_and_in_words(text: str, pair: tuple[str, str]) -> None:
    assert [(text[slice(*a.short)], text[slice(*a.long)]) for a in find_abbreviations(text)] == [pair]


@pytest.mark.parametrize("text", ["It is called BERT by its authors.", "a large model, known as GPT-4, works"])
def test_what_only_has_a_name_is_not_abbreviated(text: str) -> None:
    assert find_abbreviations(text) == []
