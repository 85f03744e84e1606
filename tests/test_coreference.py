"""Different names that one abstract has for one thing are one entity; names of different things stay apart."""

import random
import re
import time
from pathlib import Path
from typing import cast

import pytest

from extractors.document.annotations import Entity, Mention
from extractors.entities import coreference
from extractors.entities.coreference import candidates, same_entities
from extractors.entities.linking import link, united
from extractors.names.definitions import find_abbreviations
from extractors.names.stems import stems_of
from extractors.record import EntityType
from extractors.results.scoring import fitted_weights, score
from extractors.training.coreference_weights import Question, fit, questions
from extractors.training.examples import Concept, Example


def linked(title: str, abstract: str, kind: str, *forms: str) -> list[set[str]]:
    """The forms of each entity that mentions of one type and of these forms are linked into."""
    text = f"{title}\n{abstract}"
    found: dict[tuple[int, int], Mention] = {}
    for form in sorted(forms, key=len, reverse=True):
        at = text.find(form)
        while at >= 0:
            if not any(start < at + len(form) and at < end for start, end in found):
                found[at, at + len(form)] = Mention(at, at + len(form), cast(EntityType, kind), 0.9, "")
            at = text.find(form, at + 1)
    entities = link(text, found.values(), find_abbreviations(text), len(title) + 1)
    return [{text[m.start : m.end] for m in entity.mentions} for entity in entities]


@pytest.mark.parametrize(
    ("title", "abstract", "kind", "forms"),
    [
        (
            "Hierarchical Tide Forecasting with Buoy Networks",
            "Forecasting the tides of harbours is hard. We learn to forecast tides hierarchically.",
            "Task",
            ("Hierarchical Tide Forecasting", "forecast tides hierarchically"),
        ),
        (
            "Spectral Kelp Pooling for Point Sets",
            "Point sets have no order. We propose a spectral pooling operator that needs none.",
            "Method",
            ("Spectral Kelp Pooling", "spectral pooling operator"),
        ),
        (
            "Counting Crabs in Murky Water",
            "We study crab counting from drones. Counting crabs in murky water helps fishers.",
            "Task",
            ("Counting Crabs in Murky Water", "crab counting"),
        ),
    ],
)
def test_one_thing_in_other_words_is_one_entity(title: str, abstract: str, kind: str, forms: tuple[str, ...]) -> None:
    assert len(linked(title, abstract, kind, *forms)) == 1


@pytest.mark.parametrize(
    ("abstract", "kind", "forms"),
    [
        ("It is tested on semantic segmentation and instance segmentation.", "Task", ("semantic", "instance")),
        ("We compare supervised learning with unsupervised learning.", "Method", ("supervised", "unsupervised")),
        ("A tide encoder and a tide decoder are trained together.", "Method", ("tide encoder", "tide decoder")),
        ("It has a lower precision and a higher recall.", "Metric", ("precision", "recall")),
    ],
)
def test_different_things_stay_apart(abstract: str, kind: str, forms: tuple[str, ...]) -> None:
    whole = [next(w for w in (f"{f} segmentation", f"{f} learning", f) if f" {w}" in abstract) for f in forms]
    assert linked("A Study of Tides", abstract, kind, *whole) == [{name} for name in whole]


def entities_of(text: str, names: list[str]) -> list[Entity]:
    return [Entity(n, "Task", [Mention(at := text.index(n), at + len(n), "Task", 0.9, "")]) for n in names]


def test_the_outcome_does_not_depend_on_the_order_of_entities() -> None:
    text = "Crab Counting\nWe count crabs at night. Counting of crabs at dawn differs from counting shrimp at dawn."
    names = ["Crab Counting", "count crabs at night", "Counting of crabs at dawn", "counting shrimp at dawn"]
    outcomes = set()
    for seed in range(5):
        shuffled = random.Random(seed).sample(names, len(names))
        pairs = same_entities(text, 13, entities_of(text, shuffled), ())
        outcomes.add(frozenset(frozenset((shuffled[a], shuffled[b])) for a, b in pairs))
    assert len(outcomes) == 1
    assert outcomes != {frozenset()}


def test_sets_that_agree_in_one_pair_only_are_not_united(monkeypatch: pytest.MonkeyPatch) -> None:
    """A is B and B is C, but nothing says that A is C: the likelier pair wins."""
    text = "alpha crab one. beta crab two. gamma crab three."
    names = ["alpha crab one", "beta crab two", "gamma crab three"]
    likely = {(0, 1): 3.0, (1, 2): 0.1, (0, 2): -4.0}
    weights = {"same": {f"{a} {b}": value for (a, b), value in likely.items()}}
    monkeypatch.setattr(coreference, "candidates", lambda *_: ((a, b, [f"{a} {b}"]) for a, b in likely))
    monkeypatch.setattr(coreference, "fitted_weights", lambda _: weights)
    assert list(same_entities(text, 0, entities_of(text, names), ())) == [(0, 1)]


@pytest.mark.parametrize(
    ("kind", "title_end", "forms", "name"),
    [
        ("Task", 13, ("image classification", "classifying crab pictures"), "image classification"),
        ("Task", 13, ("image classification", "image classification of crabs"), "image classification of crabs"),
        ("Method", 999, ("contrastive learning", "learning by contrasting views"), "learning by contrasting views"),
        ("Method", 13, ("contrastive learning", "CrabNet"), "CrabNet"),
    ],
)
def test_of_several_wordings_one_that_other_papers_have_is_the_name(
    kind: EntityType, title_end: int, forms: tuple[str, str], name: str
) -> None:
    """Unless it says less, the other is a proper name, or it may be the paper's own method, named in its title."""
    text = f"Crabs at Sea\nThere is {forms[0]}. It needs {forms[1]}."
    places = [(text.index(form + "."), text.index(form + ".") + len(form)) for form in forms]
    entities = [Entity(text[a:b], kind, [Mention(a, b, kind, 0.9, "")]) for a, b in places]
    assert united(text, title_end, entities, set()).name == name


def test_an_abbreviation_that_the_text_defines_otherwise_is_not_taken_for_another_name() -> None:
    title, abstract = "Crab Counting Networks", "We use conditional chance nodes (CCN)."
    assert linked(title, abstract, "Method", "Crab Counting Networks", "CCN") == [{"Crab Counting Networks"}, {"CCN"}]


@pytest.mark.parametrize(
    ("verb", "noun"),
    [
        ("detecting crabs", "crab detection"),
        ("classify crabs", "crab classification"),
        ("recognize crabs", "crab recognition"),
        ("generating crabs", "crab generator"),
        ("planning of paths", "plan paths"),
        ("embedding of words", "embed words"),
        ("estimate tides", "tide estimation"),
    ],
)
def test_a_verb_and_its_noun_have_one_stem(verb: str, noun: str) -> None:
    assert set(stems_of(verb)) == set(stems_of(noun))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("domain generalization", "domain generation"),
        ("community detection", "communication detection"),
        ("international trade", "internal trade"),
        ("normal estimation", "norm estimation"),
        ("multi-label classification", "multi-layer classification"),
        ("static analysis", "state analysis"),
        ("electronic waves", "electromagnetic waves"),
    ],
)
def test_words_that_only_begin_alike_have_different_stems(one: str, other: str) -> None:
    assert set(stems_of(one)) != set(stems_of(other))


def test_names_of_small_words_and_of_signs_have_stems() -> None:
    assert stems_of("of the") == ("of the",)
    assert stems_of("--") == ("--",)


def test_many_entities_and_many_forms_take_time_in_proportion_to_their_number() -> None:
    def seconds(number: int) -> float:
        text = " ".join(f"crab task {n}, a crab seen," for n in range(number))
        names = [f"crab task {n}," for n in range(number)]
        seen = [Mention(m.start(), m.end(), "Task", 0.9, "") for m in re.finditer("crab seen", text)]
        entities = [*entities_of(text, names), Entity("crab seen", "Task", seen)]
        begun = time.process_time()
        assert sum(1 for _ in candidates(text, 0, entities, (), {})) > number
        return time.process_time() - begun

    seconds(50)
    assert seconds(800) < 12 * seconds(200)


def test_questions_ask_what_annotators_joined() -> None:
    text = "Crab Maps\nMaps of many crabs. Maps of shrimp are another thing."
    shrimp = (text.index("Maps of shrimp"), text.index("Maps of shrimp") + 14)
    example = Example("papers", "1", text, 10, [Concept("Task", [(0, 9), (10, 28)]), Concept("Task", [shrimp])])
    assert [question.same for question in questions(example, {})] == [True, False, False]


def test_fitting_tells_a_telling_clue_from_one_that_is_always_there() -> None:
    asked = [Question(["bias", "telling"], True), Question(["bias", "rare"], False)] * 20 + [Question(["bias"], False)]
    weights = fit(asked, penalty=0.1, least=2)
    assert weights["telling"] > 1 > 0 > weights["rare"]
    assert set(weights) == {"bias", "telling", "rare"}


def test_the_shipped_weights_answer_the_question() -> None:
    weights = fitted_weights(coreference.FILE)
    assert set(weights) == {coreference.SAME, coreference.PAPERS}
    assert score(weights, coreference.SAME, ["between of a list"]) < 0
    assert Path(__file__).parents[1].joinpath("extractors/data", coreference.FILE).stat().st_size < 600_000
