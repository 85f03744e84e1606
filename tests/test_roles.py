"""Roles: comparison, method, data, task and baseline of a number."""

import pytest
from markup import parse

from extractors.document.annotations import Entity
from extractors.results.metrics import places_of
from extractors.results.roles import comparison_of, main_method, main_task, roles_of
from extractors.results.values import find_values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("achieves 93%", "absolute"),
        ("improves by 2%", "difference"),
        ("a gain of 2%", "difference"),
        ("2% higher than before", "difference"),
        ("+2% on it", "difference"),
        ("a 9% relative improvement", "relative"),
        ("it is 3x faster", "relative"),
        ("retains 99%", "relative"),
        ("by a factor of 16", "relative"),
    ],
)
def test_a_number_is_a_score_or_a_change(text: str, expected: str) -> None:
    (value,) = find_values(text, 0, len(text), [])
    assert comparison_of(text, 0, len(text), value) == expected


def named(markup: str, own: str = "") -> tuple[str | None, ...]:
    text, _ = marked = parse(markup)
    entities = marked.entities
    for entity in entities:
        entity.introduced = entity.name == own
    (value,) = find_values(text, 0, len(text), [])
    roles = roles_of(text, 0, value, places_of(entities), entities)
    indices = (roles.method, roles.dataset, roles.task, roles.baseline)
    return tuple(None if index is None else entities[index].name for index in indices)


def test_the_sentence_names_who_where_and_over_whom() -> None:
    markup = "<Method>AX</Method> gains 2% over <Method>BX</Method> on <Dataset>DX</Dataset> for <Task>parsing</Task>"
    assert named(markup) == ("AX", "DX", "parsing", "BX")


def test_our_method_is_the_introduced_one() -> None:
    assert named("<Method>BX</Method> is used; our method gains 2%. See <Method>AX</Method>", own="AX")[0] == "AX"


def test_the_main_method_is_introduced_and_the_main_task_is_named_most() -> None:
    entities = parse("<Task>parsing</Task>, <Task>tagging</Task>, <Task>tagging</Task>, <Method>AX</Method>").entities
    assert main_task(entities) == 1
    assert main_method(entities) is None
    entities[2].introduced = True
    assert main_method(entities) == 2
    assert main_method(list[Entity]()) is None
