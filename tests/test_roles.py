"""Roles: what a paper is mainly about."""

from markup import parse

from extractors.document.annotations import Entity
from extractors.results.roles import main_method, main_task


def test_the_main_method_is_introduced_and_the_main_task_is_named_most() -> None:
    entities = parse("<Task>parsing</Task>, <Task>tagging</Task>, <Task>tagging</Task>, <Method>AX</Method>").entities
    assert main_task(entities) == 1
    assert main_method(entities) is None
    entities[2].introduced = True
    assert main_method(entities) == 2
    assert main_method(list[Entity]()) is None
