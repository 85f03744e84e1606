"""What users install: the built wheel holds all that it needs, and nothing that it should not."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_installed_wheel_builds_and_asks_a_graph(wheel: Path, tmp_path: Path) -> None:
    """Run from another folder, with the unpacked wheel before everything else on the path."""
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    environment = {**os.environ, "PYTHONPATH": str(site)}

    def kg(*arguments: str) -> str:
        command = [sys.executable, "-P", "-m", "kg", *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True)
        return done.stdout

    where = "import kg, extractors; print(kg.__file__, extractors.__file__)"
    found = subprocess.run(
        [sys.executable, "-P", "-c", where], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    )
    assert found.stdout.count(str(site)) == 2, "the wheel is what is tested, not the checkout"
    kg("build", str(ROOT / "examples"), "--store", "graph")
    assert "ViT" in kg("query", "leaderboard", "-p", "dataset=ImageNet", "--store", "graph")
    kg("export", "graph.ttl", "--store", "graph")
    kg("view", "graph.html", "--store", "graph")
    assert (tmp_path / "graph.html").stat().st_size > 100_000


def test_the_wheel_holds_every_data_file_of_the_packages(wheel: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "kg", "extractors", "queries"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    expected = {
        name.replace("queries/", "kg/saved_queries/") if name.startswith("queries/") else name for name in listed
    }
    expected.add("kg/viewer/page_parts/vis-network.min.js")  # which hatch_build.py adds
    expected.remove("extractors/training/annotations.jsonl")  # of use only with the texts
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == expected
