"""The examples in docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

import extractors
import kg

MODULES = [
    module.name
    for package in (kg, extractors)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    if not module.name.startswith(("extractors.training", "kg.__main__"))  # training needs PyTorch
]


@pytest.mark.parametrize("name", ["kg", "extractors", *MODULES])
def test_the_examples_of_a_module_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    assert any(
        test.examples for name in ("extractors", *MODULES) for test in finder.find(importlib.import_module(name))
    )
