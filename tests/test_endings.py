"""However a command ends, it says so in a line, and what it was to write is whole or not there."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.atomic import atomic_folder, atomic_replacement, atomic_write

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
KG = f"{shlex.quote(sys.executable)} -m kg"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stores") / "store"
    done = _shell(f"{KG} build {EXAMPLES}/vision.bib --extractor patterns --store {folder}", folder.parent)
    assert done.returncode == 0, done.stderr
    return folder


def _shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, timeout=120, check=False)


FULL = {
    "query": "kg query leaderboard --store {store} > /dev/full",
    "queries": "kg queries > /dev/full",
    "stats": "kg stats --store {store} > /dev/full",
    "explain": "kg explain ImageNet --store {store} > /dev/full",
    "extract": "kg extract {examples}/vision.bib --extractor patterns > /dev/full",
    "extract to a device": "kg extract {examples}/vision.bib --extractor patterns -o /dev/full",
    "export": "ulimit -f 8; kg export out.ttl --store {store}",
    "export to a folder": "ulimit -f 1; kg export out --store {store}",
    "export for Neo4j": "ulimit -f 1; kg export out --format neo4j-csv --store {store}",
    "view": "ulimit -f 8; kg view out.html --store {store}",
    "picture": "ulimit -f 1; kg view out.svg --picture heatmap --store {store}",
    "extract to a file": "ulimit -f 2; kg extract {examples}/vision.bib --extractor patterns -o out.jsonl",
    "build": "ulimit -f 8; kg build {examples}/vision.bib --extractor patterns --store new",
    "no address space": "ulimit -v 400000; kg build {examples}/vision.bib --extractor patterns --store new",
}


@pytest.mark.parametrize("command", FULL.values(), ids=FULL)
def test_what_cannot_be_written_is_one_line_and_leaves_no_part(command: str, store: Path, tmp_path: Path) -> None:
    command = command.replace("kg ", f"{KG} ", 1).format(store=store, examples=EXAMPLES)
    done = _shell(command, tmp_path)
    assert done.returncode == 1
    *_, line = done.stderr.splitlines()
    assert line.startswith("kg: ")
    assert "Traceback" not in done.stderr
    assert "damaged" not in done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.name != "new"] == []


def test_a_store_that_ran_out_of_space_is_finished_by_the_next_build(tmp_path: Path) -> None:
    build = f"{KG} build {EXAMPLES}/vision.bib --extractor patterns --store store"
    assert _shell(f"ulimit -f 1000; {build}", tmp_path).returncode == 1
    assert _shell(build, tmp_path).returncode == 0
    assert _shell(f"{KG} stats --store store", tmp_path).returncode == 0


def test_the_engine_keeps_within_the_address_space_that_it_is_given(store: Path, tmp_path: Path) -> None:
    """Left to itself it reserves eight terabytes."""
    assert _shell(f"ulimit -v 2500000; {KG} stats --store {store}", tmp_path).returncode == 0
    build = f"{KG} build {EXAMPLES}/vision.bib --extractor patterns --store new"
    assert _shell(f"ulimit -v 2500000; {build}", tmp_path).returncode == 0


@pytest.mark.parametrize(("how", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("build - --extractor patterns --store store", "run the same command again to go on"),
        ("extract - --extractor patterns -o out.jsonl", "nothing was changed"),
    ],
)
def test_a_command_that_is_stopped_says_what_is_kept(
    how: signal.Signals, status: int, command: str, said: str, tmp_path: Path
) -> None:
    """It waits for its standard input when the signal comes."""
    ready = tmp_path / "ready"
    code = (
        "import signal, kg.building.job, kg.cli\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell in the background has it ignored
        f"open({str(ready)!r}, 'w').close()\n"
        f"kg.cli.main({command.split()!r})"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=tmp_path, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while not ready.exists():
        time.sleep(0.05)
    time.sleep(1)  # it reads by now
    process.send_signal(how)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == status
    [line] = [line for line in errors.splitlines() if line]
    assert line.startswith("kg: stopped; ")
    assert line.endswith(said)
    assert not (tmp_path / "out.jsonl").exists()


SLOW = """
import signal, sys, time
sys.path.insert(0, ".")
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background has it ignored
import kg.building.job, kg.cli
from slow import Slow
kg.building.job.load_extractor = lambda name: Slow()
kg.cli.main(sys.argv[1:])
"""
SLOW_EXTRACTOR = """
import time
from extractors.extractor import Extractor
from extractors.record import Record

class Slow(Extractor):
    name, version = "slow", "slow 1"

    def extract(self, id, title, abstract):
        time.sleep(0.2)
        with open("extracted", "a") as out:
            out.write("x")
        return Record(id, title, abstract, "slow slow 1")
"""


@pytest.fixture
def slow(tmp_path: Path) -> list[str]:
    """The command of a build of sixty papers with an extractor that takes its time and notes each."""
    (tmp_path / "slow.py").write_text(SLOW_EXTRACTOR)
    (tmp_path / "run.py").write_text(SLOW)
    rows = (json.dumps({"title": f"T {n}", "abstract": f"We train parser number {n}."}) for n in range(60))
    (tmp_path / "papers.jsonl").write_text("".join(f"{row}\n" for row in rows))
    return [sys.executable, "run.py", "build", "papers.jsonl", "--store", "store", "--processes"]


def _stopped_after(command: list[str], papers: int, how: signal.Signals, folder: Path) -> tuple[int, str]:
    """Start a command, stop it when so many papers are extracted; how many were, and what it said."""
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)
    noted = folder / "extracted"
    while not noted.exists() or noted.stat().st_size < papers:
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(how)
    extracted = noted.stat().st_size
    _, errors = process.communicate(timeout=60)
    return extracted, errors


def _goes_on(command: list[str], folder: Path) -> int:
    """How many papers a build says that it need not extract again; the rest is extracted without a wait."""
    (folder / "slow.py").write_text(SLOW_EXTRACTOR.replace("0.2", "0"))
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=True)
    found = re.search(r"60 in the store: (\d+) extracted now, (\d+) before", done.stderr)
    assert found is not None
    assert int(found[1]) + int(found[2]) == 60
    return int(found[2])


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize(("processes", "lost"), [(1, 1), (2, 8)])
def test_a_stopped_build_keeps_what_was_extracted_and_says_how_much(
    how: signal.Signals, processes: int, lost: int, slow: list[str], tmp_path: Path
) -> None:
    """Also what was extracted since the last portion was written; each further process has up to four in hand."""
    extracted, errors = _stopped_after([*slow, str(processes)], 12, how, tmp_path)
    found = re.search(  # lines of progress may stand before it on a busy machine
        r"^kg: stopped; (\d+) of 60 papers are extracted and kept, \1 of them now, "
        r"run the same command again to go on\n\Z",
        errors,
        re.MULTILINE,
    )
    assert found is not None, errors
    assert int(found[1]) >= extracted - lost
    assert _goes_on([*slow, str(processes)], tmp_path) == int(found[1])


def test_a_killed_build_loses_the_last_seconds(slow: list[str], tmp_path: Path) -> None:
    extracted, _ = _stopped_after([*slow, "1"], 25, signal.SIGKILL, tmp_path)
    assert _goes_on([*slow, "1"], tmp_path) >= extracted - 12  # two seconds' worth, and the one in hand


def test_a_build_says_that_another_version_of_the_extractor_has_read_the_papers(
    slow: list[str], tmp_path: Path
) -> None:
    at_once = SLOW_EXTRACTOR.replace("0.2", "0")
    (tmp_path / "slow.py").write_text(at_once)
    subprocess.run([*slow, "2"], cwd=tmp_path, capture_output=True, check=True)
    (tmp_path / "slow.py").write_text(at_once.replace("slow 1", "slow 2"))
    done = subprocess.run([*slow, "2"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert (
        "kg: store: 60 papers were extracted by another version (slow 1; this is slow 2): "
        "they are extracted again, about 1 min\n"
    ) in done.stderr
    again = subprocess.run([*slow, "2"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "another version" not in again.stderr


def test_what_a_killed_run_left_behind_is_removed_and_what_others_write_is_not(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    target, chance = tmp_path / "a.ttl", "0123456789abcdef"
    others = {f".a.ttl.{os.getppid()}.{chance}.part", f".a.ttl.x.{chance}.part", f".b.ttl.{dead.pid}.{chance}.part"}
    for name in (f".a.ttl.{dead.pid}.{chance}.part", f".a.ttl.{os.getpid()}.{chance}.part", *others):
        (tmp_path / name).write_text("half")
    with atomic_write(target) as temporary:
        temporary.write_text("whole")
    assert target.read_text() == "whole"
    assert {path.name for path in tmp_path.iterdir()} == {"a.ttl", *others}


def test_one_process_writes_the_same_file_several_times_at_once(tmp_path: Path) -> None:
    """With one name for all, each took away what the others were writing."""
    target = tmp_path / "a.ttl"
    with atomic_write(target) as first, atomic_write(target) as second:
        assert first != second
        first.write_text("first")
        second.write_text("second")
    assert target.read_text() == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["a.ttl"]


def test_nobody_can_put_a_link_where_a_file_will_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of what is being written has chance in it, and a path that exists is not written to."""
    precious = tmp_path / "precious"
    precious.write_text("precious")
    names = set()
    for _ in range(2):
        with atomic_write(tmp_path / "a.ttl") as temporary:
            names.add(temporary.name)
    assert len(names) == 2
    monkeypatch.setattr("kg.atomic.secrets.token_hex", lambda size: "0" * 2 * size)
    monkeypatch.setattr("kg.atomic.is_leftover", lambda path, target: False)  # as if put there a moment later
    (tmp_path / f".a.ttl.{os.getpid()}.{'0' * 16}.part").symlink_to(precious)
    with pytest.raises(FileExistsError), atomic_write(tmp_path / "a.ttl"):
        pass
    assert precious.read_text() == "precious"


def test_a_folder_that_is_replaced_is_never_lost(tmp_path: Path) -> None:
    """Killed while the old one is away, it comes back with the next run; what the killed run wrote is removed."""
    target = tmp_path / "site"
    target.mkdir()
    (target / "index.html").write_text("old")
    code = (
        "import os, pathlib, kg.atomic\n"
        "replace = pathlib.Path.replace\n"
        "def dying(path, to):\n"
        "    if path.name.endswith('.part'): os._exit(9)\n"
        "    return replace(path, to)\n"
        "pathlib.Path.replace = dying\n"
        "with kg.atomic.atomic_replacement(pathlib.Path('site')) as made: (made / 'index.html').write_text('new')\n"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path).returncode == 9
    assert not target.exists()
    with pytest.raises(KeyError), atomic_replacement(target):
        raise KeyError
    assert (target / "index.html").read_text() == "old"
    with atomic_replacement(target) as made:
        (made / "index.html").write_text("newer")
    assert (target / "index.html").read_text() == "newer"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_is_written_again_keeps_what_else_is_in_it(tmp_path: Path) -> None:
    target = tmp_path / "csv"
    for content in ("one", "two"):
        with atomic_folder(target) as temporary:
            (temporary / "nodes.csv").write_text(content)
        (target / "mine.txt").write_text("mine")
    with pytest.raises(NotADirectoryError), atomic_folder(target) as temporary:
        _write_half(temporary)
    assert {path.name: path.read_text() for path in target.iterdir()} == {"nodes.csv": "two", "mine.txt": "mine"}
    assert [path.name for path in tmp_path.iterdir()] == ["csv"]


def _write_half(folder: Path) -> None:
    (folder / "nodes.csv").write_text("three")
    (folder / "nodes.csv" / "more").write_text("fails here")


def test_a_link_stays_a_link_and_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "real.ttl").write_text("old")
    (tmp_path / "real.ttl").chmod(0o600)
    (tmp_path / "link.ttl").symlink_to("real.ttl")
    with atomic_write(tmp_path / "link.ttl") as temporary:
        temporary.write_text("new")
    assert (tmp_path / "link.ttl").is_symlink()
    assert (tmp_path / "real.ttl").read_text() == "new"
    assert (tmp_path / "real.ttl").stat().st_mode & 0o777 == 0o600


def test_text_of_papers_does_not_control_a_terminal(tmp_path: Path) -> None:
    """Standard output and error are a terminal, names of a record and of a file are escape sequences."""
    name = "Gate\x1b[31mNet\x9b2J\u202e"
    abstract = f"We propose {name} for parsing."
    entity = {"id": "e1", "name": name, "type": "Method", "introduced": True}
    mention = {"field": "abstract", "start": 11, "end": 11 + len(name), "text": name, "entity": "e1"}
    row = {"id": "1", "title": "T\x1b]0;x\x07", "abstract": abstract, "entities": [entity], "mentions": [mention]}
    record = row | {"extractor": "mine", "relations": [], "results": [], "topics": ["e1"]}
    (tmp_path / "a\x1b[2J.jsonl").write_text(json.dumps(record) + "\n{broken\n")
    (tmp_path / "words.ttl").write_text(f'<urn:x> <http://www.w3.org/2004/02/skos/core#prefLabel> "{name}" .')
    shown = b""
    for command in (
        "build . --extractor patterns --store store", "query popular --store store", "extract . --extractor patterns",
        "query popular --format csv --store store", "link --to words.ttl --store store", "explain Gate --store store",
    ):  # fmt: skip
        ours, theirs = os.openpty()
        arguments = [sys.executable, "-m", "kg", *command.split()]
        process = subprocess.Popen(arguments, cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs)
        os.close(theirs)
        while data := _read(ours):
            shown += data
        process.wait()
        os.close(ours)
    text = shown.decode()
    assert "Gate [31mNet 2J" in text
    assert not {"\x1b[31m", "\x1b[2J", "\x1b]", "\x9b", "\u202e"} & set(_CONTROL.findall(text))


_CONTROL = re.compile("\x1b\\[31m|\x1b\\[2J|\x1b\\]|\x9b|\u202e")


def _read(terminal: int) -> bytes:
    """What a terminal shows next; nothing where no program has it open any more."""
    try:
        return os.read(terminal, 65536)
    except OSError:  # which is how Linux says so
        return b""


_USER = (
    "setpriv --reuid 64001 --regid 64001 --clear-groups "
    "--inh-caps=-all,+dac_override --ambient-caps=-all,+dac_override --bounding-set=-all,+dac_override "
)
"""Another user, who may read everything: the limit is not one for root."""


@pytest.mark.skipif(os.getuid() == 0 and not shutil.which("setpriv"), reason="root has no such limit")
@pytest.mark.parametrize(("extractor", "processes", "status"), [("default", 1, 0), ("patterns", 2, 1)])
def test_where_no_thread_or_process_can_be_started_it_is_named(
    extractor: str, processes: int, status: int, tmp_path: Path
) -> None:
    """One process needs no other. A library that wanted threads made it look like Ctrl-C."""
    tmp_path.chmod(0o777)
    user = _USER if os.getuid() == 0 else ""
    command = f"{KG} extract {EXAMPLES}/graphs.txt --extractor {extractor} --processes {processes}"
    done = _shell(f"{user} bash -c 'ulimit -u 1; HOME=. exec {command}'", tmp_path)
    assert done.returncode == status, done.stderr
    assert done.stderr == (
        "" if not status else "kg: the system allows no further thread or process (see `ulimit -u`)\n"
    )
