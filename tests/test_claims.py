"""The check that relations of every source pass: polarity, direction, classes, evidence, confidence."""

from collections.abc import Sequence

import pytest
import spacy
from markup import parse

import extractors.components  # noqa: F401  registers the factories
from extractors.document.annotations import Entity, Relation
from extractors.neural import MODELS
from extractors.pipeline import CLAIMS
from extractors.record import RELATION_SIGNATURES
from extractors.relations.claims import ALLOWED, candidates, consistent
from extractors.relations.confidence import FEATURES, PATTERNS, Candidate, confidence, features, read_fit
from extractors.relations.evidence import is_cued
from extractors.text.sentences import sentence_spans
from extractors.text.words import read_list

TAGGER, RIVAL = "<Method>NovaTag</Method>", "<Method>OldTag</Method>"
DATA, OTHER = "<Dataset>TagBench</Dataset>", "<Dataset>NewsTags</Dataset>"
TASK, METRIC = "<Task>tagging</Task>", "<Metric>recall</Metric>"

FITS = {"patterns": PATTERNS, **{path.name: path / CLAIMS for path in sorted(MODELS.iterdir())}}

Triple = tuple[str, str, str]


def checked(markup: str, *claims: Triple, extractor: str = "neural", title: str = "") -> dict[Triple, str]:
    """The relations that survive of ``claims``, each with the sentence that shows it."""
    text, _ = parsed = parse(f"{title}\n{markup}" if title else markup)
    entities = parsed.entities
    for entity in entities:
        entity.introduced = entity.name == "NovaTag"
    number = {entity.name: n for n, entity in enumerate(entities)}
    given = [Relation(number[h], r, number[t], 0, len(text), 0.9, extractor) for h, r, t in claims]
    start = len(parse(title).text) + 1 if title else 0
    found = candidates(text, sentence_spans(text, start), entities, start, given)
    return {
        (entities[c.head].name, c.relation, entities[c.tail].name): text[e.sentence.start : e.sentence.end]
        for c, e in found
    }


KEPT = [
    (f"{TAGGER} outperforms {RIVAL}.", ("NovaTag", "OUTPERFORMS", "OldTag")),
    (f"{TAGGER} not only outperforms {RIVAL}, it is small.", ("NovaTag", "OUTPERFORMS", "OldTag")),
    (f"{TAGGER} is evaluated on {DATA}, but not on {OTHER}.", ("NovaTag", "EVALUATED_ON", "TagBench")),
    (f"We aim to improve {TASK} with {TAGGER}.", ("NovaTag", "USED_FOR", "tagging")),
    (f"{TAGGER} is trained on {DATA} and tested on {OTHER}.", ("NovaTag", "TRAINED_ON", "TagBench")),
    (f"{TAGGER} can be used for {TASK}.", ("NovaTag", "USED_FOR", "tagging")),
    (f"We measure {METRIC}. {TAGGER} does not need labels.", ("NovaTag", "MEASURED_BY", "recall")),
    (f"We do not study {TASK} datasets such as {DATA}.", ("TagBench", "BENCHMARK_FOR", "tagging")),
]
DROPPED = [
    (f"{TAGGER} does not outperform {RIVAL}.", ("NovaTag", "OUTPERFORMS", "OldTag")),
    (f"{TAGGER} barely needs data but fails to beat {RIVAL}.", ("NovaTag", "OUTPERFORMS", "OldTag")),
    (f"We ask whether {TAGGER} outperforms {RIVAL}.", ("NovaTag", "OUTPERFORMS", "OldTag")),
    (f"We hope that {TAGGER} outperforms {RIVAL}.", ("NovaTag", "OUTPERFORMS", "OldTag")),
    (f"{TAGGER} was not evaluated on {DATA}.", ("NovaTag", "EVALUATED_ON", "TagBench")),
    (f"We plan to evaluate {TAGGER} on {DATA}.", ("NovaTag", "EVALUATED_ON", "TagBench")),
    (f"We present {TAGGER}. We do not evaluate on {DATA}.", ("NovaTag", "EVALUATED_ON", "TagBench")),
    (f"{TAGGER} cannot be used for {TASK}.", ("NovaTag", "USED_FOR", "tagging")),
    (f"{TAGGER} could be used for {TASK}.", ("NovaTag", "USED_FOR", "tagging")),
    (f"{TAGGER} was never trained on {DATA}.", ("NovaTag", "TRAINED_ON", "TagBench")),
    (f"{TAGGER} is trained on {DATA} and tested on {OTHER}.", ("NovaTag", "TRAINED_ON", "NewsTags")),
    (f"{TAGGER} is accurate on {DATA}.", ("NovaTag", "TRAINED_ON", "TagBench")),
    (f"We build {TAGGER} without {RIVAL}.", ("OldTag", "PART_OF", "NovaTag")),
    (f"{TAGGER} is not based on {RIVAL}.", ("NovaTag", "BASED_ON", "OldTag")),
    (f"{TAGGER} is better than existing {RIVAL} methods.", ("NovaTag", "OUTPERFORMS", "OldTag")),
]


@pytest.mark.parametrize(("markup", "claim"), KEPT)
@pytest.mark.parametrize("extractor", ["neural", "patterns:stated", "patterns:implied"])
def test_what_the_text_says_stays_whatever_found_it(markup: str, claim: Triple, extractor: str) -> None:
    assert claim in checked(markup, claim, extractor=extractor)


@pytest.mark.parametrize(("markup", "claim"), DROPPED)
@pytest.mark.parametrize("extractor", ["neural", "patterns:stated", "patterns:implied"])
def test_what_the_text_denies_asks_or_plans_goes_whatever_found_it(markup: str, claim: Triple, extractor: str) -> None:
    assert claim not in checked(markup, claim, extractor=extractor)


def test_what_one_sentence_denies_another_may_assert() -> None:
    claim = ("NovaTag", "OUTPERFORMS", "OldTag")
    found = checked(f"{TAGGER} does not beat {RIVAL} on small data. On large data, {TAGGER} beats {RIVAL}.", claim)
    assert found[claim] == "On large data, NovaTag beats OldTag."


def test_a_loss_is_the_win_of_the_other() -> None:
    found = checked(f"{TAGGER} is worse than {RIVAL}.", ("NovaTag", "OUTPERFORMS", "OldTag"))
    assert set(found) == {("OldTag", "OUTPERFORMS", "NovaTag")}


def test_a_base_is_no_extension_of_what_extends_it() -> None:
    found = checked(f"{RIVAL} was extended by {TAGGER}.", ("OldTag", "BASED_ON", "NovaTag"))
    assert set(found) == {("NovaTag", "BASED_ON", "OldTag")}


def test_a_win_that_the_text_calls_a_tie_is_a_comparison() -> None:
    found = checked(f"{TAGGER} is competitive with {RIVAL}.", ("NovaTag", "OUTPERFORMS", "OldTag"))
    assert set(found) == {("NovaTag", "COMPARED_WITH", "OldTag")}


def test_a_winner_that_the_sentence_names_is_not_the_papers_own_method() -> None:
    text = f"We present {TAGGER}. With it comes <Method>MegaTag</Method>, which beats {RIVAL}."
    assert set(checked(text, ("NovaTag", "OUTPERFORMS", "OldTag"))) == {("MegaTag", "OUTPERFORMS", "OldTag")}


def test_a_variant_of_the_papers_own_method_wins_for_it() -> None:
    claim = ("NovaTag", "OUTPERFORMS", "OldTag")
    assert claim in checked(f"We present {TAGGER}. <Method>NovaTag-S</Method> beats {RIVAL}, as we show.", claim)


def test_a_list_ends_with_its_last_member() -> None:
    claim = ("OldTag", "PART_OF", "NovaTag")
    assert claim in checked(f"Consisting of <Method>ThirdTag</Method> and {RIVAL}, {TAGGER} is fast.", claim)


@pytest.mark.parametrize("relation", ["OUTPERFORMS", "PART_OF", "BASED_ON", "SUBCLASS_OF"])
def test_members_of_one_list_are_no_parts_kinds_or_rivals_of_each_other(relation: str) -> None:
    claim = ("OldTag", relation, "ThirdTag")
    text = f"In news, {TAGGER} helps {RIVAL}, <Method>LastTag</Method> and <Method>ThirdTag</Method>."
    assert claim not in checked(text, claim)
    assert ("OldTag", "COMPARED_WITH", "ThirdTag") in checked(text, ("OldTag", "COMPARED_WITH", "ThirdTag"))


def test_a_kind_in_brackets_is_one_of_what_stands_before_them() -> None:
    slow, fast = "<Method>slow taggers</Method>", "<Method>fast taggers</Method>"
    text = f"We compare two {slow} ({TAGGER} and {RIVAL}) to {fast} (e.g., <Method>ThirdTag</Method>)."
    found = checked(text, ("OldTag", "SUBCLASS_OF", "fast taggers"), ("ThirdTag", "SUBCLASS_OF", "slow taggers"))
    assert set(found) == {("OldTag", "SUBCLASS_OF", "slow taggers"), ("ThirdTag", "SUBCLASS_OF", "fast taggers")}


def test_a_name_that_holds_the_name_of_its_kind_shows_it() -> None:
    claim = ("news tagging", "SUBCLASS_OF", "tagging")
    text = f"All {TASK} is hard. Long ago. Few study <Task>news tagging</Task>."
    assert checked(text, claim)[claim] == "Few study news tagging."


EVIDENCE = [
    (
        "a sentence that names both",
        f"We present {TAGGER}. It is for news. {TAGGER} does {TASK}.",
        "NovaTag does tagging.",
    ),
    (
        "else one that says we",
        f"We present {TAGGER}. We set out to do {TASK}. Also {TASK} is old.",
        "We set out to do tagging.",
    ),
    (
        "else one of the end that is named less often",
        f"Here is {TAGGER}. Then {TAGGER} is new. Long ago. So {TASK} is old. Far off.",
        "So tagging is old.",
    ),
]


@pytest.mark.parametrize(("markup", "sentence"), [case[1:] for case in EVIDENCE], ids=[case[0] for case in EVIDENCE])
def test_the_sentence_that_shows_a_claim(markup: str, sentence: str) -> None:
    assert checked(markup, ("NovaTag", "USED_FOR", "tagging")) == {("NovaTag", "USED_FOR", "tagging"): sentence}


PART = "<Method>gating unit</Method>"
NEARBY = [
    (
        "of the part, where only the title names the whole",
        f"A {PART} is trained. Long ago.",
        "A gating unit is trained.",
    ),
    (
        "of the part, however seldom the whole is named",
        f"{TAGGER} is new. A {PART} is old. The {PART} is learned.",
        "A gating unit is old.",
    ),
]


@pytest.mark.parametrize(("markup", "sentence"), [case[1:] for case in NEARBY], ids=[case[0] for case in NEARBY])
def test_where_no_sentence_names_both_the_part_is_shown(markup: str, sentence: str) -> None:
    claim = ("gating unit", "PART_OF", "NovaTag")
    title = f"{TAGGER} at work" if "NovaTag" not in markup else ""
    assert checked(markup, claim, title=title) == {claim: sentence}


def test_a_title_comes_after_sentences_that_name_both() -> None:
    claim = ("NovaTag", "USED_FOR", "tagging")
    title = f"{TAGGER} for {TASK}"
    assert checked(f"{TAGGER} does {TASK}.", claim, title=title)[claim] == "NovaTag does tagging."
    assert checked(f"We present {TAGGER}.", claim, title=title)[claim] == "NovaTag for tagging"


def relation(head: int, name: str, tail: int, sure: float) -> Relation:
    return Relation(head, name, tail, 0, 10, sure, "neural")


EXCLUDED = [
    ("a win excludes a comparison", relation(0, "OUTPERFORMS", 1, 0.6), relation(1, "COMPARED_WITH", 0, 0.5)),
    ("nothing beats its own class", relation(0, "SUBCLASS_OF", 1, 0.6), relation(0, "OUTPERFORMS", 1, 0.5)),
    ("nothing beats its own part", relation(1, "PART_OF", 0, 0.6), relation(0, "OUTPERFORMS", 1, 0.5)),
    ("only one of two beats the other", relation(0, "OUTPERFORMS", 1, 0.6), relation(1, "OUTPERFORMS", 0, 0.5)),
]


@pytest.mark.parametrize(("kept", "dropped"), [case[1:] for case in EXCLUDED], ids=[case[0] for case in EXCLUDED])
def test_of_claims_that_exclude_each_other_the_surer_stays(kept: Relation, dropped: Relation) -> None:
    assert consistent([kept, dropped]) == [kept]
    assert consistent([dropped, relation(2, "PART_OF", 3, 0.1)]) == [dropped, relation(2, "PART_OF", 3, 0.1)]


def doc_with(markup: str, given: Sequence[Relation], **config: str) -> list[Relation]:
    nlp = spacy.blank("en")
    nlp.add_pipe("abstractkg_sentences")
    component = nlp.add_pipe("abstractkg_claims", config=config)
    text, _ = parsed = parse(markup)
    doc = nlp.get_pipe("abstractkg_sentences")(nlp.make_doc(text))
    doc._.entities = parsed.entities
    doc._.relations = list(given)
    found: list[Relation] = component(doc)._.relations
    return found


def test_two_sources_of_one_statement_make_one_claim_with_both_names() -> None:
    text = f"{TAGGER} for {TASK}."
    given = [Relation(0, "USED_FOR", 1, 0, 5, 0.9, "neural"), Relation(0, "USED_FOR", 1, 0, 5, 0.8, "patterns:stated")]
    (both,) = doc_with(text, given, weights=str(FITS["default"]))
    (one,) = doc_with(text, given[:1], weights=str(FITS["default"]))
    assert both.extractor == "neural+patterns:stated"
    assert both.confidence > one.confidence
    assert (both.start, both.end) == (0, len("NovaTag for tagging."))


def test_relations_below_the_threshold_are_left_out() -> None:
    assert (
        doc_with(
            f"{TAGGER} for {TASK}.", [Relation(0, "USED_FOR", 1, 0, 5, 0.06, "neural")], weights=str(FITS["default"])
        )
        == []
    )


def test_each_fit_has_a_weight_for_every_feature() -> None:
    assert all(set(read_fit(path).weights) == set(FEATURES) for path in FITS.values())
    assert set(ALLOWED) == set(RELATION_SIGNATURES)


def test_more_evidence_never_makes_a_claim_less_sure() -> None:
    text, _ = parsed = parse(f"{TAGGER} beats {RIVAL}.")
    entities: list[Entity] = parsed.entities
    given = [Relation(0, "OUTPERFORMS", 1, 0, 5, 0.5, "neural")]
    ((candidate, evidence),) = candidates(text, sentence_spans(text), entities, 0, given)
    assert candidate.stated
    weak = Candidate(0, "OUTPERFORMS", 1, model=0.5)
    for path in FITS.values():
        weights = read_fit(path).weights
        sure = confidence(features(candidate, evidence, entities), weights)
        assert 0 < confidence(features(weak, evidence, entities), weights) < sure < 1


def test_a_sentence_with_the_words_of_a_relation_is_shown_before_one_without() -> None:
    claim = ("NovaTag", "OUTPERFORMS", "OldTag")
    text = f"{TAGGER} and {RIVAL} are open. On most data of the news track {TAGGER} is ahead: it outperforms {RIVAL}."
    assert checked(text, claim)[claim].startswith("On most data")


@pytest.mark.parametrize("row", [row.split("\t") for row in read_list("claims/cues.tsv", strip=False)])
def test_the_words_of_a_relation_are_in_their_example(row: list[str]) -> None:
    relation, _, example = row
    assert is_cued(relation, example)
    assert not is_cued(relation, "Zebras.")


def test_every_relation_has_its_words() -> None:
    assert all(is_cued(relation, "") is False for relation in RELATION_SIGNATURES)


def test_what_is_stated_between_methods_stays_however_unsure() -> None:
    found = doc_with(f"Long ago, {TAGGER} was extended by {RIVAL}.", [], weights=str(FITS["default"]))
    assert [(r.head, r.relation, r.tail) for r in found] == [(1, "BASED_ON", 0)]


def test_what_a_method_is_trained_on_is_told_from_what_it_is_tested_on() -> None:
    sentence = "⟦M0⟧ is trained on ⟦D1⟧ and evaluated on ⟦D2⟧."
    first, second = sentence.index("⟦D1⟧"), sentence.index("⟦D2⟧")
    assert is_cued("TRAINED_ON", sentence, first)
    assert not is_cued("EVALUATED_ON", sentence, first)
    assert is_cued("EVALUATED_ON", sentence, second)
    assert not is_cued("TRAINED_ON", sentence, second)
