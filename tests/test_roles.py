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


def test_a_proper_name_is_the_main_method_before_a_part_that_is_named_a_little_oftener() -> None:
    part = "<Method>gating unit</Method>"
    entities = parse(f"{part}, {part}, <Method>GateNet</Method>").entities
    for entity in entities:
        entity.introduced = True
    assert main_method(entities) == 1
    entities = parse(f"{part}, {part}, {part}, {part}, <Method>GateNet</Method>").entities
    for entity in entities:
        entity.introduced = True
    assert main_method(entities) == 0


def test_what_is_hardly_introduced_is_not_the_main_method() -> None:
    entities = parse("<Method>tagging framework</Method> with <Method>GateNet</Method>").entities
    for entity, sure in zip(entities, (0.9, 0.3), strict=True):
        entity.introduced, entity.introduced_confidence = True, sure
    assert main_method(entities) == 0
