"""A model that is damaged, cut or not complete ends a run before the first paper; the shipped one is whole."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import extractors
from extractors import ModelError, checksums
from extractors.neural import MODEL, MODELS
from extractors.pipeline import SpacyExtractor
from kg import KGError, build


def test_the_digests_in_the_package_are_those_of_the_model() -> None:
    """Where the model was changed on purpose: ``python -m extractors.checksums extractors/models/*``."""
    for folder in MODELS.iterdir():
        assert checksums.problem(folder) is None
        extractors.load(folder.name).check()


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


DAMAGE: dict[str, Callable[[Path], None]] = {
    "flipped": _flip,
    "cut": _cut,
    "emptied": _empty,
    "deleted": Path.unlink,
}


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the model."""
    shutil.copytree(MODEL, tmp_path / "model")
    return tmp_path / "model"


@pytest.mark.parametrize("name", ["config.json", "encoder.onnx", "relations.onnx", "tokenizer.json", checksums.SUMS])
@pytest.mark.parametrize("damage", DAMAGE)
def test_any_damage_of_any_file_is_named(name: str, damage: str, model: Path) -> None:
    DAMAGE[damage](model / name)
    problem = checksums.problem(model)
    assert problem is not None
    assert str(model) in problem


def test_a_file_that_does_not_belong_to_the_model_is_named(model: Path) -> None:
    (model / "more.onnx").write_bytes(b"x")
    assert checksums.problem(model) == f"{model / 'more.onnx'}: not a part of this model"


@pytest.mark.parametrize("sums", [True, False])
def test_a_damaged_model_ends_a_build_before_a_store_is_made(sums: bool, model: Path, tmp_path: Path) -> None:
    """With digests or, for a model of one's own, without."""
    (model / "encoder.onnx").write_bytes((model / "encoder.onnx").read_bytes()[: 10**6])
    if not sums:
        (model / checksums.SUMS).unlink()
    with pytest.raises(KGError, match=r"the model cannot be used: .*encoder\.onnx: damaged|/model cannot be used"):
        build([__file__], tmp_path / "store", extractor=str(model))
    assert not (tmp_path / "store").exists()


def test_a_model_that_is_missing_is_no_reason_to_use_another_extractor(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="missing"):
        SpacyExtractor("default", neural=True, model=_empty_with_sums(tmp_path)).check()


def _empty_with_sums(folder: Path) -> Path:
    shutil.copy(MODEL / checksums.SUMS, folder)
    return folder


def test_sha256sum_understands_the_digests() -> None:
    if shutil.which("sha256sum") is None:
        pytest.skip("no sha256sum here")
    done = subprocess.run(["sha256sum", "--check", "--quiet", checksums.SUMS], cwd=MODEL, check=False)
    assert done.returncode == 0
