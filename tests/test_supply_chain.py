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
from extractors.neural import MODELS

ROOT = Path(__file__).parents[1]
PERMISSIVE = re.compile(
    r"(?:(?:MIT|BSD|0BSD|BSD-[23]-Clause|3-Clause BSD|Apache(?:[ -]2\.0)?|Apache Software|ISC|Zlib|CC0-1\.0|PSF-2\.0"
    r"|Python-2\.0|Python Software Foundation|MPL-2\.0|Mozilla Public License 2\.0)"
    r"(?: License)?(?: \((?:ISCL|MPL 2\.0)\))?(?: AND | OR |; |$))+"
)
LOADS_CODE = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
RUNS_CODE = {"eval", "exec", "compile", "__import__", "yaml.load", "os.system", "os.popen"}
SAFE = {
    "np.load": ("allow_pickle", "False"),
    "numpy.load": ("allow_pickle", "False"),
    "torch.load": ("weights_only", "True"),
    **{f"subprocess.{name}": ("shell", "") for name in ("run", "Popen", "call", "check_call", "check_output")},
}
"""Calls that run no code only if this argument has this value; nothing means that it is not given."""
REASONS = {
    "extractors/workers.py": ({"pickle"}, "messages between a process and those that it started itself"),
    "kg/readers/csl_yaml.py": ({"yaml.load"}, "with a loader that is the safe one, less its dates"),
    "tests/test_readme.py": ({"compile", "exec"}, "runs the examples of our own documents"),
}
"""What is used nevertheless, and why."""


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


def _runs_data(path: Path) -> set[str]:
    """What of a module may run data as code: modules that unpickle, calls that evaluate, loaders told to."""
    tree = ast.parse(path.read_text("utf-8"))
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names} & LOADS_CODE
    found |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)} & LOADS_CODE
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = ast.unparse(call.func)
        given = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
        if name in RUNS_CODE or given.get(SAFE.get(name, ("", ""))[0], "") != SAFE.get(name, ("", ""))[1]:
            found.add(name)
    return found


def test_no_data_is_run_as_code_anywhere() -> None:
    """In everything that is here: both packages, tests, benchmarks, examples and what builds the wheel."""
    every = {path.relative_to(ROOT) for path in ROOT.rglob("*.py")}
    paths = sorted(path for path in every if not path.parts[0].startswith(".") and "node_modules" not in path.parts)
    assert {path.parts[0] for path in paths} >= {"kg", "extractors", "tests", "benchmarks", "hatch_build.py"}
    found = {path.as_posix(): used for path in paths if (used := _runs_data(ROOT / path))}
    assert found == {name: used for name, (used, _) in REASONS.items()}


@pytest.mark.parametrize(
    "code",
    ["import pickle", "from dill import loads", "eval(x)", "np.load(f)", "np.load(f, allow_pickle=True)",
     "torch.load(f)", "torch.load(f, weights_only=False)", "yaml.load(f)", "subprocess.run(x, shell=True)"],
)  # fmt: skip
def test_the_test_above_finds_what_it_looks_for(code: str, tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text(code)
    assert _runs_data(tmp_path / "module.py")


def test_the_models_are_weights_and_settings_and_no_code() -> None:
    for folder in MODELS.iterdir():
        assert {path.suffix for path in folder.iterdir() if path.name != SUMS} == {".onnx", ".json", ".md"}
