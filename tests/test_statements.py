"""Who is better, who is compared and who is based on whom: predicates with their subject and object."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markup import parse
from matching_texts import matching

from extractors.relations.polarity import standing
from extractors.relations.predicates import Row, is_cost, predicates, rows
from extractors.relations.statements import RELATION, statements
from extractors.relations.templates import marked
from extractors.results.metrics import places_of
from extractors.text.sentences import sentence_spans


def read(markup: str, own: str = "") -> set[tuple[str, str, str, str]]:
    text, _ = parsed = parse(markup)
    entities = parsed.entities
    for entity in entities:
        entity.introduced = entity.name == own
    found = statements(text, sentence_spans(text), entities)
    return {(entities[s.head].name, s.relation, entities[s.tail].name, s.standing) for s in found}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.example[:60])
def test_a_predicate_reads_its_example(row: Row) -> None:
    text, _ = parsed = parse(row.example)
    entities = parsed.entities
    sentence = marked(text, 0, len(text), places_of(entities))
    assert row.pattern.search(sentence)
    found = {p.sense for p in predicates(sentence, {n: e.name for n, e in enumerate(entities)})}
    assert row.sense in found
    relation, turned = RELATION[row.sense]  # an unknown sense in the file is an error
    first, second = ((entities[n].name) for n in ((-1, 0) if turned else (0, -1)))
    assert (first, relation, second, "asserted") in read(row.example)


@given(st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_every_text_that_a_predicate_matches_has_one_of_its_words(data: st.DataObject) -> None:
    for row in rows():
        text = data.draw(matching(row.pattern.pattern), label=row.example)
        assert any(word in text for word in row.words), row.example


A, B, C = "<Method>AlphaTag</Method>", "<Method>BetaTag</Method>", "<Method>GammaTag</Method>"
D = "<Method>DeltaTag</Method>"
WINS = [
    f"{A} outperforms {B}.",
    f"{B} is outperformed by {A}.",
    f"{B}, which was clearly beaten by {A}, is older.",
    f"{B}, which {A} outperforms, is older.",
    f"{B} performs worse than {A}.",
    f"{B} is slower than {A}.",
    f"{B} has a higher <Metric>error rate</Metric> than {A}.",
    f"{A} has a lower <Metric>error rate</Metric> than {B}.",
    f"{A} has a higher <Metric>recall</Metric> than {B}.",
    f"{B} has lower <Metric>recall</Metric> than {A}.",
    f"{A} needs fewer parameters than {B}.",
    f"{B} requires more memory than {A}.",
    f"{B} lags behind {A}.",
    f"{A} reaches 91 % and beats {B}.",
    f"On <Dataset>TagBench</Dataset>, {A} surpasses {B}.",
    f"{A} not only outperforms {B} but also is simple.",
    f"Compared to {B}, {A} is more accurate.",
    f"{A} outperforms previous taggers such as {B}.",
    f"{C} is old, while {A} outperforms {B}.",
    f"{A}, a small <Method>neural tagger</Method>, clearly beats {B}.",
    f"{C} comes with {A}, which beats {B}.",
    f"{C} comes with {A}, a small <Method>neural tagger</Method>, which beats {B}.",
    f"Compared with {B}, one of the first taggers, {A} can increase the <Metric>recall</Metric> by 4 %.",
    f"Compared with {B}, {A} achieves a speed-up of 3x.",
    f"Compared with {B}, {A} lowers the <Metric>error rate</Metric>.",
    f"The <Metric>perplexity</Metric> of {B} is higher than that of {A}.",
    f"The <Metric>recall</Metric> of {A} is greater than that of {B}.",
    f"{A}, by which {B} is surpassed on <Dataset>TagBench</Dataset>, is small.",
]


@pytest.mark.parametrize("markup", WINS)
def test_the_better_one_is_the_head(markup: str) -> None:
    wins = {(h, t) for h, r, t, how in read(markup) if r == "OUTPERFORMS" and how == "asserted"}
    assert wins == {("AlphaTag", "BetaTag")}


NO_WINS = [
    f"{A} does not outperform {B}.",
    f"{A} rarely beats {B}.",
    f"{A} fails to surpass {B}.",
    f"Whether {A} outperforms {B} is unclear.",
    f"{A} would outperform {B} with more data.",
    f"We aim to improve {A} so as to outperform {B}.",
    f"{A} outperforms other {B} methods.",
    f"{A} is compared with {B}.",
    f"{A} is on par with {B}.",
    f"{A} is no better than {B}.",
    f"This baseline outperforms {B}.",
    f"Prompting {A} with plans outperforms {B}.",
]


@pytest.mark.parametrize("markup", NO_WINS)
def test_what_is_denied_supposed_tied_or_said_of_others_is_no_win(markup: str) -> None:
    assert not {s for s in read(markup) if s[1] == "OUTPERFORMS" and s[3] == "asserted"}


TIES = [
    f"{A} is compared with {B}.",
    f"We compare {A} with {B}.",
    f"{A} is competitive with {B}.",
    f"{A} is no worse than {B}.",
    f"Unlike {B}, {A} needs no labels.",
    f"{A} is in contrast with most kinds of {B} in use today, which need labels.",
    f"Unlike {B}, {A} learns from rich pairs of labels, which helps.",
    f"On <Dataset>TagBench</Dataset>, we pit {A} against {B}.",
    f"{A} was set against {B}.",
]


@pytest.mark.parametrize("markup", TIES)
def test_a_comparison_without_a_winner_is_one(markup: str) -> None:
    assert read(markup) == {("AlphaTag", "COMPARED_WITH", "BetaTag", "asserted")} or read(markup) == {
        ("BetaTag", "COMPARED_WITH", "AlphaTag", "asserted")
    }


BASED = [
    f"{A} extends {B}.",
    f"{B} was extended by {A}.",
    f"{A} is based on {B}.",
    f"{B}, on which {A} builds, is older.",
    f"{A}, a variant of {B}, is faster.",
    f"{B} forms the basis of {A}.",
    f"{B}, from which {A} is derived, is older.",
    f"{B}, on top of which {A} was built, is older.",
    f"{B}, of which {A} is a small extension, is older.",
]


@pytest.mark.parametrize("markup", BASED)
def test_what_is_built_on_another_is_the_head(markup: str) -> None:
    assert {s[:3] for s in read(markup) if s[1] == "BASED_ON"} == {("AlphaTag", "BASED_ON", "BetaTag")}


def test_a_relative_clause_does_not_hide_the_subject_of_the_sentence() -> None:
    found = read(f"{A}, on which {B} builds, extends {C}.")
    assert {s[:3] for s in found} == {("BetaTag", "BASED_ON", "AlphaTag"), ("AlphaTag", "BASED_ON", "GammaTag")}


def test_we_and_it_are_resolved() -> None:
    found = read(f"We present {A}. It outperforms {B}. Our tagger is worse than {C}.", own="AlphaTag")
    assert ("AlphaTag", "OUTPERFORMS", "BetaTag", "asserted") in found
    found = read(f"{C} is well known. It was beaten by {B}. We present {A}.", own="AlphaTag")
    assert found == {("BetaTag", "OUTPERFORMS", "GammaTag", "asserted")}


def test_a_list_of_losers_gives_a_statement_each() -> None:
    found = read(f"{A} outperforms {B} and {C}.")
    assert {s[2] for s in found} == {"BetaTag", "GammaTag"}


LISTS = [
    f"{A} performs better than {B}, its variants (e.g., {C}), and the recently proposed tagger {D}.",
    f"{A} outperforms {B} as well as the older {C} and {D} on <Dataset>TagBench</Dataset>.",
    f"{A} surpasses {B}, the well-known {C}, and {D}.",
]


@pytest.mark.parametrize("markup", LISTS)
def test_a_list_goes_on_over_what_describes_its_members(markup: str) -> None:
    assert {s[:3] for s in read(markup)} == {
        ("AlphaTag", "OUTPERFORMS", f"{name}Tag") for name in ("Beta", "Gamma", "Delta")
    }


@pytest.mark.parametrize("rest", ["the {C} module helps", "{C}, which is small, helps", "other {C} methods"])
def test_a_list_ends_where_a_clause_or_a_class_begins(rest: str) -> None:
    found = read(f"{A} outperforms {B}, and {rest.format(C=C)}.")
    assert {s[:3] for s in found} == {("AlphaTag", "OUTPERFORMS", "BetaTag")}


def test_more_of_a_cost_is_no_win() -> None:
    found = read(f"Compared with {B}, {A} increases the training time by 4 %.")
    assert {s[1] for s in found} == {"COMPARED_WITH"}


def test_it_is_what_the_sentence_treats_else_the_first_subject_of_the_one_before() -> None:
    own = f"Our model has two parts, a {C} and a {D}."
    assert ("AlphaTag", "OUTPERFORMS", "BetaTag", "asserted") in read(
        f"We present {A}. {own} It beats {B}.", "AlphaTag"
    )
    found = read(f"We present {A}. {D} is old. We train our model and show that it beats {B}.", own="AlphaTag")
    assert ("AlphaTag", "OUTPERFORMS", "BetaTag", "asserted") in found
    found = read(f"We present {A}. We test {C} on news and see that it beats {B}.", own="AlphaTag")
    assert ("GammaTag", "OUTPERFORMS", "BetaTag", "asserted") in found


def test_costs_are_told_from_merits() -> None:
    assert is_cost("word error rate")
    assert is_cost("inference time")
    assert is_cost("training loss")
    assert not is_cost("accuracy")
    assert not is_cost("")


def test_a_comparative_is_denied_across_its_verb() -> None:
    sentence = "⟦M0⟧ does not reach a much higher recall than ⟦M1⟧."
    assert standing(sentence, sentence.index("higher"), nominal=True) == "denied"
