"""Worker processes: they import nothing of the script that needs them, end with it, and are replaced when killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

import kg
from extractors.extractor import ExtractionError, Extractor, Record, WorkerError
from extractors.workers import Pool

T = TypeVar("T")
ROOT = Path(__file__).parents[1]


class Deadly(Extractor):
    """Ends its process by the signal that is the abstract, if it is a number; writes its process into a file."""

    name = "deadly"
    version = "1"

    def __init__(self, notes: Path) -> None:
        self.notes = notes

    def extract(self, id: str, title: str | None, abstract: str) -> Record:
        print("libraries print what they like")
        with self.notes.open("a") as out:
            out.write(f"{os.getpid()}\n")
        if abstract.isdigit():
            os.kill(os.getpid(), int(abstract))
        if abstract == "slow":
            time.sleep(60)
        return Record(id, title, abstract)


class Broken(Extractor):
    """Cannot be handed to another process."""

    name = "broken"
    version = "1"

    def __init__(self) -> None:
        self.function = lambda: None

    def extract(self, id: str, title: str | None, abstract: str) -> Record:
        return Record(id, title, abstract)


def test_a_killed_worker_is_replaced_and_costs_the_paper_that_killed_it(tmp_path: Path) -> None:
    papers = [(str(n), None, "9" if n in (5, 40) else "text") for n in range(64)]
    lost: list[ExtractionError] = []
    records = list(Deadly(tmp_path / "notes").extract_many(papers, 2, on_error=lost.append))
    assert [record.id for record in records] == [str(n) for n in range(64) if n not in (5, 40)]
    assert [str(error) for error in lost] == [
        f"paper {n}: its process ended: killed by signal 9 (Killed)" for n in (5, 40)
    ]


class Starting:
    """Kills its process while that starts, as often as there are files for it in a folder; then names the process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __setstate__(self, state: dict[str, Path]) -> None:
        self.__dict__.update(state)
        for file in sorted(self.folder.iterdir())[:1]:
            file.unlink()
            os.kill(os.getpid(), signal.SIGKILL)

    def __call__(self, item: int) -> int:
        return item + 1


@pytest.mark.parametrize("kills", [0, 1, 2])
def test_a_worker_that_is_killed_while_it_starts_is_replaced_once(kills: int, tmp_path: Path) -> None:
    for number in range(kills):
        (tmp_path / str(number)).touch()
    with Pool(1, Starting(tmp_path), lambda item, why: None) as pool:
        done = pool.submit([1, 2])
        if kills < 2:
            assert done.result(60) == [2, 3]
        else:
            with pytest.raises(WorkerError, match=r"before it began .*killed by signal 9"):
                done.result(60)


def test_an_extractor_that_cannot_be_handed_over_is_said_so() -> None:
    with pytest.raises(WorkerError, match="cannot be handed to worker processes"):
        list(Broken().extract_many([("a", None, "text")], 2))


def test_papers_that_fail_are_named_by_file_and_their_own_id(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    rows = [{"id": name, "abstract": "We train a parser. " * times} for name, times in (("mine", 9), ("long", 3000))]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    report = kg.Report()
    result = kg.build(str(path), tmp_path / "store", extractor="patterns", report=report)  # one name, not a list
    assert (result.extracted, result.failed) == (1, 1)
    [problem] = report.problems
    assert (problem.file, problem.place) == ("long.jsonl", "long")
    assert problem.reason.startswith("extraction failed: 5")


SCRIPT = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background may have tests ignore it
sys.path.insert(0, {tests!r})
print("script runs", flush=True)
from pathlib import Path
from test_workers import Deadly
papers = [(str(n), None, {text!r}) for n in range(40)]
print(len(list(Deadly(Path({notes!r})).extract_many(papers, 2))), flush=True)
"""


def _script(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "script.py"
    path.write_text(SCRIPT.format(tests=str(ROOT / "tests"), notes=str(tmp_path / "notes"), text=text))
    return path


def test_a_script_without_a_guard_is_run_once(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, _script(tmp_path, "text")], capture_output=True, text=True, check=False)
    assert done.stdout == "script runs\n40\n", done.stderr
    assert done.returncode == 0


def test_an_extractor_defined_in_the_script_gets_a_hint(tmp_path: Path) -> None:
    path = tmp_path / "script.py"
    path.write_text(
        "from extractors.extractor import Extractor, Record, WorkerError\n"
        "class Own(Extractor):\n"
        "    name = version = 'own'\n"
        "    def extract(self, id, title, abstract):\n"
        "        return Record(id, title, abstract)\n"
        "try:\n"
        "    list(Own().extract_many([('a', None, 'text')], 2))\n"
        "except WorkerError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run([sys.executable, path], capture_output=True, text=True, check=False)
    assert "must be in a module of its own" in done.stdout, done.stderr


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_workers_end_with_the_process_that_started_them(how: signal.Signals, tmp_path: Path) -> None:
    """Even in the midst of work, and whatever ended it."""
    notes = tmp_path / "notes"
    parent = subprocess.Popen(
        [sys.executable, _script(tmp_path, "slow")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        workers = _when(lambda: _pids(notes) if len(_pids(notes)) == 2 else set())
        parent.send_signal(how)
        parent.wait(60)
    finally:
        parent.kill()
        parent.wait()
    assert _when(lambda: not any(map(_runs, workers)))


def _pids(notes: Path) -> set[int]:
    return {int(line) for line in notes.read_text().split()} if notes.exists() else set()


def _runs(pid: int) -> bool:
    try:
        return b"\nState:\tZ" not in Path(f"/proc/{pid}/status").read_bytes()
    except FileNotFoundError:
        return False


def _when(condition: Callable[[], T]) -> T:
    """What a condition gives, as soon as that is true."""
    for _ in range(1200):
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError("not within a minute")
