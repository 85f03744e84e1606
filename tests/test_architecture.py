"""Imports run one way, as ARCHITECTURE.md says; what must load fast loads nothing heavy."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import extractors
import kg

ROOT = Path(__file__).parents[1]
PACKAGES = {"kg": Path(kg.__file__).parent, "extractors": Path(extractors.__file__).parent}
MODULES = sorted((name, path) for name, home in PACKAGES.items() for path in home.rglob("*.py"))

HEAVY = {
    "spacy",
    "onnxruntime",
    "torch",
    "neo4j",
    "ladybug",
    "pyvis",
    "rdflib",
    "pyoxigraph",
    "networkx",
    "pyarrow",
    "ray",
}

ROW = re.compile(r"^\| `(?P<room>[\w./]+)` \|[^|]*\|(?P<imports>[^|]*)\|$", re.MULTILINE)


def rooms() -> dict[str, set[str]]:
    """What each room may import, by the table in ARCHITECTURE.md: names like ``kg.stores`` and ``extractors.names``."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    found = {
        dotted(row["room"]): {dotted(name) for name in re.findall(r"`([\w./]+)`", row["imports"])}
        for row in ROW.finditer(text)
    }
    assert len(found) > 15, "the table of rooms is gone from ARCHITECTURE.md"
    return found


def dotted(room: str) -> str:
    return room.removesuffix("/").removesuffix(".py").replace("/", ".")


def module_name(package: str, path: Path) -> str:
    parts = [package, *path.relative_to(PACKAGES[package]).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(name: str) -> str:
    """The room that a module belongs to: a sub-package or a module of the top level."""
    return ".".join(name.split(".")[:2])


def imported(path: Path) -> Iterator[str]:
    """The modules that a module names in its imports, wherever they stand in it."""
    modules = {module_name(package, file) for package, file in MODULES}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in modules else node.module


@pytest.mark.parametrize(("package", "path"), MODULES, ids=lambda value: str(value)[-40:])
def test_a_module_imports_only_what_the_map_allows_its_room(package: str, path: Path) -> None:
    room = room_of(module_name(package, path))
    allowed = rooms()[room] | {room}
    for target in imported(path):
        if target.split(".")[0] in PACKAGES and target not in PACKAGES:
            assert room_of(target) in allowed, f"{room} may not import {target}"


def test_every_room_stands_in_the_map_and_every_room_of_the_map_exists() -> None:
    assert {room_of(module_name(package, path)) for package, path in MODULES} == rooms().keys()


def test_the_figure_of_the_map_shows_rooms_that_exist() -> None:
    figure = (ROOT / "ARCHITECTURE.md").read_text("utf-8").split("```")[1]
    shown = {dotted(name) for name in re.findall(r"\bkg/\w+|\bextractors\b", figure)}
    assert {"kg.readers", "extractors", "kg.assembly", "kg.stores", "kg.querying", "kg.exports", "kg.viewer"} == shown
    assert shown <= rooms().keys()


def test_no_room_imports_in_a_circle() -> None:
    """Following the arrows of the map never leads back."""
    arrows = rooms()
    done: set[str] = set()
    while ready := {room for room, targets in arrows.items() if room not in done and targets <= done}:
        done |= ready
    assert done == arrows.keys(), f"rooms in a circle: {sorted(arrows.keys() - done)}"


@pytest.mark.parametrize("package", PACKAGES)
def test_the_top_level_of_a_package_stays_small(package: str) -> None:
    modules = [path.name for path in PACKAGES[package].glob("*.py") if not path.name.startswith("__")]
    assert len(modules) <= 10, modules


@pytest.mark.parametrize(
    "module",
    [
        "kg",
        "kg.cli",
        "kg.schema",
        "kg.graph",
        "kg.assembly",
        "extractors",
        "extractors.record",
        "extractors.names.keys",
    ],
)
def test_importing_loads_nothing_heavy(module: str) -> None:
    script = f"import sys, {module}; print(*sorted({HEAVY!r} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == ""


def test_extraction_alone_loads_neither_assembly_nor_a_store() -> None:
    script = "import sys, kg.building.extraction; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert "kg.readers" in loaded
    assert not [name for name in loaded if name.startswith(("kg.assembly", "kg.stores", "kg.graph", "numpy"))]


def test_no_verb_has_the_name_of_a_module() -> None:
    """Importing ``kg.verb`` would put the module in the function's place."""
    modules = {path.stem for path in PACKAGES["kg"].iterdir()}
    assert not modules & set(kg.__all__)


def test_the_relations_of_extractors_and_schema_agree() -> None:
    from extractors.record import RELATION_SIGNATURES, SYMMETRIC_RELATIONS
    from kg import schema

    statements = {n: frozenset(r.endpoints) for n, r in schema.RELATIONSHIP_TYPES.items() if r.statement}
    assert statements == RELATION_SIGNATURES
    assert {n for n, r in schema.RELATIONSHIP_TYPES.items() if r.symmetric} == SYMMETRIC_RELATIONS
