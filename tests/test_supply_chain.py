"""What is shipped and what is installed with it: locked with hashes, of known licences, and without code in data."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from licences import listed, needed, normal
from packaging.requirements import Requirement

from extractors.checksums import SUMS
from extractors.pipeline import MODEL

ROOT = Path(__file__).parents[1]
PERMISSIVE = re.compile(
    r"(?:(?:MIT|BSD|0BSD|BSD-[23]-Clause|3-Clause BSD|Apache(?:[ -]2\.0)?|Apache Software|ISC|Zlib|CC0-1\.0|PSF-2\.0"
    r"|Python-2\.0|Python Software Foundation|MPL-2\.0|Mozilla Public License 2\.0)"
    r"(?: License)?(?: \((?:ISCL|MPL 2\.0)\))?(?: AND | OR |; |$))+"
)
LOADS_CODE = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
RUNS_CODE = {"eval", "exec", "compile", "__import__"}
REASONS = {
    "extractors/workers.py": "messages between a process and those that it started itself",
    "extractors/training/label.py": "scratch files of a training, read by the next step only",
    "extractors/training/train.py": "scratch files of a training, read by the next step only",
}
"""Where pickle is used nevertheless."""


def test_what_is_installed_has_a_listed_licence_that_allows_its_use() -> None:
    """After a change of dependencies: ``python tests/licences.py``."""
    known = listed()
    assert {name: words for name, words in needed().items() if known.get(name) != words} == {}
    assert [f"{name}: {words}" for name, words in known.items() if not PERMISSIVE.fullmatch(words)] == []


def locked() -> dict[str, tuple[str, int]]:
    """Version and number of hashes of each package in the lock file."""
    entries = re.split(r"\n(?=\w)", (ROOT / "requirements.lock").read_text("utf-8"))
    found = (re.match(r"([\w.-]+)==(\S+)", entry) for entry in entries)
    return {normal(m[1]): (m[2], entry.count("--hash=sha256:")) for m, entry in zip(found, entries, strict=True) if m}


def test_the_lock_file_has_hashes_of_every_dependency_in_the_version_that_was_tested() -> None:
    """After a change of dependencies: ``make lock``."""
    lock = locked()
    assert [name for name, (_, hashes) in lock.items() if not hashes] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    direct = {normal(Requirement(text).name) for text in project["dependencies"]}
    assert direct <= lock.keys()
    tested = dict(re.findall(r"^([\w.-]+)==(\S+)$", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE))
    tested = {normal(name): version for name, version in tested.items()}
    assert {name: version for name, (version, _) in lock.items() if tested.get(name, version) != version} == {}


@pytest.mark.parametrize("package", ["kg", "extractors"])
def test_no_data_is_run_as_code(package: str) -> None:
    found = {}
    for path in sorted((ROOT / package).rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
        called = {function.id for function in calls if isinstance(function, ast.Name)}
        if used := names & LOADS_CODE | called & RUNS_CODE:
            found[path.relative_to(ROOT).as_posix()] = used
    assert found == {name: {"pickle"} for name in REASONS if name.startswith(package)}


def test_the_model_is_weights_and_settings_and_no_code() -> None:
    assert {path.suffix for path in MODEL.iterdir() if path.name != SUMS} == {".onnx", ".json", ".md"}
