"""What a store keeps of papers and records, and that it survives."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import KGError
from kg.papers import Paper
from kg.stores.archive import Archive, text_key


def paper(abstract: str, **fields: object) -> Paper:
    return Paper(abstract, **fields)  # type: ignore[arg-type]  # fields are named in the tests below


def test_papers_come_back_as_they_were(tmp_path: Path) -> None:
    full = paper("A.", title="T", year=2020, authors=("X", "Y"), source=("a.bib",), record={"id": 1, "mentions": []})
    with Archive(tmp_path / "a") as archive:
        archive.replace_readings([("a.bib", full), ("b.txt", paper("B."))])
    with Archive(tmp_path / "a") as archive:
        first, second = sorted(archive.papers(), key=lambda p: p.abstract)
        assert archive.given_record(first) == full.record
        assert replace(first, record=full.record) == full
        assert (second, archive.given_record(second)) == (paper("B."), None)


def test_reading_an_input_again_replaces_what_it_gave_before(tmp_path: Path) -> None:
    with Archive(tmp_path / "a") as archive:
        archive.replace_readings([("a", paper("old")), ("a", paper("kept")), ("b", paper("other"))])
        archive.replace_readings([("a", paper("kept")), ("a", paper("new"))])
        assert sorted(p.abstract for p in archive.papers()) == ["kept", "new", "other"]


def test_an_input_that_was_damaged_drops_nothing_it_gave_before(tmp_path: Path) -> None:
    with Archive(tmp_path / "a") as archive:
        archive.replace_readings([("a", paper("first")), ("a", paper("second"))])
        archive.replace_readings([("a", paper("first"))], keep=lambda: {"a"})
        assert sorted(p.abstract for p in archive.papers()) == ["first", "second"]


def test_standard_input_only_adds(tmp_path: Path) -> None:
    with Archive(tmp_path / "a") as archive:
        archive.replace_readings([("-", paper("one"))])
        archive.replace_readings([("-", paper("two"))])
        assert len(list(archive.papers())) == 2


def test_reading_that_fails_half_way_leaves_everything_as_it_was(tmp_path: Path) -> None:
    def broken() -> Iterator[tuple[str, Paper]]:
        yield "a", paper("new")
        raise RuntimeError("power cut")

    with Archive(tmp_path / "a") as archive:
        archive.replace_readings([("a", paper("old"))])
        with pytest.raises(RuntimeError):
            archive.replace_readings(broken())
        assert [p.abstract for p in archive.papers()] == ["old"]
        assert archive.replace_readings([("a", paper("new"))]) == 1


def test_a_record_is_kept_for_its_text_and_extractor(tmp_path: Path) -> None:
    key = text_key("T", "A")
    with Archive(tmp_path / "a") as archive:
        archive.keep_records([(key, {"id": "x"})], "v1")
        assert archive.record(key, "v1") == {"id": "x"}
        assert archive.has_record(key, "v1")
        assert archive.record(key, "v2") is None
        assert not archive.has_record(text_key(None, "A"), "v1")


def test_a_second_build_is_kept_out_while_one_runs(tmp_path: Path) -> None:
    with Archive(tmp_path / "a"), pytest.raises(KGError, match="another process is building here"):
        Archive(tmp_path / "a")


def test_a_file_that_is_no_archive_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"not a database at all" * 100)
    with pytest.raises(KGError, match="not an abstractkg archive"):
        Archive(tmp_path / "a")


def test_a_folder_where_the_archive_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(KGError, match="a: cannot be opened"):
        Archive(tmp_path / "a")


def test_an_archive_that_turns_out_to_be_damaged_is_one_line(tmp_path: Path) -> None:
    with Archive(tmp_path / "a") as archive:
        archive.replace_readings([("x", paper(f"Abstract {n}. " * 50)) for n in range(200)])
    content = bytearray((tmp_path / "a").read_bytes())
    for page in range(4096 * 4, len(content) - 4096, 4096):
        content[page : page + 64] = b"\xff" * 64
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(KGError, match=r"a: damaged \(.*\); build the papers"), Archive(tmp_path / "a") as archive:
        list(archive.papers())


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_committed_records_survive_a_kill(tmp_path: Path) -> None:
    script = textwrap.dedent(
        """
        import sys, time
        from pathlib import Path
        from kg.stores.archive import Archive
        archive = Archive(Path(sys.argv[1]))
        archive.keep_records([("one", {"id": "1"})], "v")
        archive._db.execute("BEGIN IMMEDIATE")
        archive._db.execute("INSERT INTO records VALUES ('two', 'v', '{}')")
        print("ready", flush=True)
        time.sleep(60)
        """
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "a")], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        os.kill(process.pid, signal.SIGKILL)
    with Archive(tmp_path / "a") as archive:
        assert archive.record("one", "v") == {"id": "1"}
        assert archive.record("two", "v") is None
