"""Whatever happens to the files of a graph, `kg build` makes it again, and nothing else gives a wrong answer."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.building.job import build
from kg.errors import KGError
from kg.stores import folder

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that is in order, not to be changed."""
    store = tmp_path_factory.mktemp("whole") / "store"
    build(EXAMPLES / "graphs.txt", store, extractor="patterns")
    return store


@pytest.fixture
def store(whole: Path, tmp_path: Path) -> Path:
    """A store of which a test may break files."""
    return Path(shutil.copytree(whole, tmp_path / "store"))


def exported(store: Path) -> bytes:
    target = store.parent / f"{store.name}.jsonl"
    kg.export(target, store=store)
    return target.read_bytes()


def flip_a_byte(path: Path) -> None:
    """Damage in the middle of a file, which keeps its size."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def other_version(store: Path) -> None:
    """The state as a version with other tables or another engine would have written it."""
    state = json.loads((store / "graph.json").read_text())
    (store / "graph.json").write_text(json.dumps({**state, "engine": "ladybug 0.0.1, abstractkg 0123"}))


def uncommitted_change(store: Path) -> None:
    """What a program leaves that was killed while it changed the graph: the engine would read it as part of it."""
    script = (
        "import ladybug, os, sys\n"
        "connection = ladybug.Connection(ladybug.Database(sys.argv[1]))\n"
        "connection.execute(\"CREATE (:Method {id: 'method:forged', name: 'forged'})\")\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(store / "graph.lbug")], check=False)
    assert (store / "graph.lbug.wal").exists()


GRAPH_FAULTS: dict[str, Callable[[Path], object]] = {
    "graph.lbug: missing": lambda store: (store / "graph.lbug").unlink(),
    "graph.lbug: damaged": lambda store: flip_a_byte(store / "graph.lbug"),
    "graph.lbug: damaged (cut off)": lambda store: os.truncate(store / "graph.lbug", 5000),
    "graph.lbug: damaged (empty)": lambda store: (store / "graph.lbug").write_bytes(b""),
    "graph.lbug: damaged (text)": lambda store: (store / "graph.lbug").write_bytes(b"text\n" * 10_000),
    "graph.json: missing": lambda store: (store / "graph.json").unlink(),
    "graph.json: damaged": lambda store: (store / "graph.json").write_text("{}"),
    "graph.lbug.shadow: left behind": lambda store: (store / "graph.lbug.shadow").write_bytes(b"x" * 4096),
    "graph.lbug.wal: left behind": uncommitted_change,
}
EXPLANATION_FAULTS: dict[str, Callable[[Path], object]] = {
    "explanations.jsonl: missing": lambda store: (store / "explanations.jsonl").unlink(),
    "explanations.jsonl: damaged": lambda store: flip_a_byte(store / "explanations.jsonl"),
}


@pytest.mark.parametrize("fault", [*GRAPH_FAULTS, *EXPLANATION_FAULTS, "graph.lbug: written with ladybug 0.0.1"])
def test_build_makes_a_broken_graph_again_and_says_why(store: Path, whole: Path, fault: str) -> None:
    {**GRAPH_FAULTS, **EXPLANATION_FAULTS, "graph.lbug: written with ladybug 0.0.1": other_version}[fault](store)
    result = build(EXAMPLES / "graphs.txt", store, extractor="patterns")
    assert fault.partition(" (")[0] in str(result.rebuilt)
    assert (result.extracted, result.reused, result.changed) == (0, 3, True)
    assert exported(store) == exported(whole)
    assert (store / "explanations.jsonl").read_bytes() == (whole / "explanations.jsonl").read_bytes()
    assert sorted(p.name for p in store.iterdir()) == sorted(p.name for p in whole.iterdir())
    again = build(EXAMPLES / "graphs.txt", store, extractor="patterns")
    assert (again.changed, again.rebuilt) == (False, None)


@pytest.mark.parametrize("name", ["graph.lbug", "graph.json", "explanations.jsonl"])
def test_a_folder_in_the_place_of_a_file_is_made_again_if_nothing_is_in_it(store: Path, whole: Path, name: str) -> None:
    (store / name).unlink()
    (store / name).mkdir()
    (store / name / "mine.txt").write_text("mine")
    with pytest.raises(KGError, match=rf"{name}: a folder with files in it"):
        build(store=store)
    assert (store / name / "mine.txt").read_text() == "mine"
    (store / name / "mine.txt").unlink()
    assert name in str(build(store=store).rebuilt)
    assert exported(store) == exported(whole)
    assert (store / name).is_file()


def test_build_without_papers_makes_the_graph_again_from_the_archive(store: Path, whole: Path) -> None:
    (store / "graph.lbug").unlink()
    result = build(store=store)
    assert (result.read, result.papers, result.extracted, result.extractor) == (0, 3, 0, "patterns")
    assert exported(store) == exported(whole)


@pytest.mark.parametrize("fault", GRAPH_FAULTS)
def test_a_broken_graph_gives_no_answer_but_one_line_that_names_kg_build(
    store: Path, tmp_path: Path, fault: str
) -> None:
    GRAPH_FAULTS[fault](store)
    for ask in (
        lambda: kg.query("card", {"concept": "graph neural network"}, store=store),
        lambda: kg.query("card", {"concept": "graph neural network"}, store=store, sparql=True),
        lambda: kg.stats(store),
        lambda: kg.export(tmp_path / "g.jsonl", store=store),
        lambda: kg.view(tmp_path / "v.html", store=store),
    ):
        with pytest.raises(KGError, match="kg build") as caught:
            ask()
        assert "\n" not in str(caught.value)
        assert fault.partition(" (")[0] in str(caught.value)
    assert not list(tmp_path.glob("*.*"))


@pytest.mark.parametrize("fault", EXPLANATION_FAULTS)
def test_broken_explanations_are_one_line_that_names_kg_build(store: Path, fault: str) -> None:
    EXPLANATION_FAULTS[fault](store)
    with pytest.raises(KGError, match=f"{fault}; .*kg build") as caught:
        kg.explain("graph neural network", store=store)
    assert "\n" not in str(caught.value)


def test_a_store_that_was_copied_is_intact(store: Path, whole: Path) -> None:
    os.utime(store / "graph.lbug", ns=(1, 1))
    assert exported(store) == exported(whole)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("replaced", [0, 1, 2])
def test_a_build_killed_while_it_replaces_files_is_finished_by_the_next(
    store: Path, whole: Path, replaced: int
) -> None:
    """Killed after it has replaced none, one or two of its three files."""
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom kg.building.job import build\n"
        "move, left = Path.replace, [int(sys.argv[1])]\n"
        "def replace(path, target):\n"
        "    if path.parent.name == '.building':\n"
        "        if not left[0]: os.kill(os.getpid(), 9)\n"
        "        left[0] -= 1\n"
        "    return move(path, target)\n"
        "Path.replace = replace\n"
        "build(sys.argv[2:4], sys.argv[4], extractor='patterns')\n"
    )
    papers = [str(EXAMPLES / name) for name in ("graphs.txt", "language.jsonl")]
    killed = subprocess.run([sys.executable, "-c", script, str(replaced), *papers, str(store)], check=False)
    assert killed.returncode == -signal.SIGKILL
    build(papers, store, extractor="patterns")
    build(papers, store.parent / "unkilled", extractor="patterns")
    assert exported(store) == exported(store.parent / "unkilled")
    assert sorted(p.name for p in store.iterdir()) == sorted(p.name for p in whole.iterdir())


def test_a_graph_of_another_store_is_not_taken_for_ones_own(store: Path, tmp_path: Path) -> None:
    build(EXAMPLES / "vision.bib", tmp_path / "other", extractor="patterns")
    shutil.copy(tmp_path / "other" / "graph.lbug", store / "graph.lbug")
    with pytest.raises(KGError, match=r"graph\.lbug: damaged"):
        kg.stats(store)


def test_no_graph_yet_is_one_line(tmp_path: Path) -> None:
    folder.make(tmp_path / "new")
    with pytest.raises(KGError, match=r"no graph was built here yet; .*kg build"):
        kg.stats(tmp_path / "new")
    with pytest.raises(KGError, match="no paper found in the store"):
        build(store=tmp_path / "new", extractor="patterns")
