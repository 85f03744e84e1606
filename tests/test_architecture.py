"""Imports run one way: cli → pipeline → extractors, assembly, stores, exports."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import extractors
import kg

PACKAGES = {"kg": Path(kg.__file__).parent, "extractors": Path(extractors.__file__).parent}
MODULES = sorted((name, path) for name, home in PACKAGES.items() for path in home.rglob("*.py"))

HEAVY = {"spacy", "onnxruntime", "torch", "neo4j", "ladybug", "pyvis", "rdflib", "pyoxigraph", "networkx", "pyarrow"}


def module_name(package: str, path: Path) -> str:
    parts = [package, *path.relative_to(PACKAGES[package]).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(("package", "path"), MODULES, ids=lambda value: str(value)[-40:])
def test_arrows_point_one_way(package: str, path: Path) -> None:
    name = module_name(package, path)
    targets = set(imported(path))
    roots = {target.split(".")[0] for target in targets}
    if package == "extractors":
        assert "kg" not in roots, "extractors know nothing of kg"
    elif name != "kg.building":
        assert "extractors" not in roots, "only the pipeline imports extractors"
    if name != "kg.__main__" and not name.startswith("kg.cli"):
        assert not any(target.startswith("kg.cli") for target in targets), "only the command line imports itself"
    if name.startswith(("kg.assembly", "kg.stores", "kg.exports", "kg.readers")):
        own = name.split(".")[1]
        for other in {"assembly", "readers", "pipeline", "verbs"} - {own}:
            assert not any(target.startswith(f"kg.{other}") for target in targets), f"{own} does not need {other}"


@pytest.mark.parametrize("module", ["kg", "kg.cli", "kg.schema", "kg.graph", "kg.records", "kg.assembly", "extractors"])
def test_importing_loads_nothing_heavy(module: str) -> None:
    script = f"import sys, {module}; print(*sorted({HEAVY!r} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == ""


def test_no_verb_has_the_name_of_a_module() -> None:
    """Importing ``kg.verb`` would put the module in the function's place."""
    modules = {path.stem for path in PACKAGES["kg"].iterdir()}
    assert not modules & set(kg.__all__)


def test_the_relations_of_extractors_and_schema_agree() -> None:
    from extractors.text.annotations import RELATION_SIGNATURES, SYMMETRIC_RELATIONS
    from kg import schema

    statements = {n: frozenset(r.endpoints) for n, r in schema.RELATIONSHIP_TYPES.items() if r.statement}
    assert statements == RELATION_SIGNATURES
    assert {n for n, r in schema.RELATIONSHIP_TYPES.items() if r.symmetric} == SYMMETRIC_RELATIONS
