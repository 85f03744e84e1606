"""What the user may name: files, folders, globs, standard input, compressed files and archives, mixed in one call."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import KGError, Report
from kg.papers import Paper
from kg.readers import read_papers

DATA = Path(__file__).parent / "data" / "readers"
TEXT = "We introduce GateWalk, a retriever that walks over citation graphs and stops at learned gates."


def read(*files: object, report: Report | None = None) -> list[Paper]:
    report = report or Report()
    papers = list(read_papers([str(file) for file in files], report))
    assert report.problems == []
    return papers


def zstd(data: bytes) -> bytes:
    if sys.version_info >= (3, 14):
        from compression import zstd as module
    else:
        from backports import zstd as module
    packed: bytes = module.compress(data)
    return packed


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstd,
}


@pytest.mark.parametrize("suffix", PACKERS)
@pytest.mark.parametrize("name", ["papers.jsonl", "references.ris", "table.csv", "arxiv_oai.xml", "lines.txt"])
def test_every_format_may_be_compressed(tmp_path: Path, suffix: str, name: str) -> None:
    path = tmp_path / (name + suffix)
    path.write_bytes(PACKERS[suffix]((DATA / name).read_bytes()))
    plain = [(paper.title, paper.abstract) for paper in read(DATA / name)]
    assert [(paper.title, paper.abstract) for paper in read(path)] == plain
    assert read(path)[0].source == (name + suffix,)


def test_compression_is_told_by_content_not_by_name(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_bytes(gzip.compress(lzma.compress((DATA / "papers.jsonl").read_bytes())))
    assert len(read(path)) == 2


def test_gzip_members_one_after_the_other_are_all_read(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl.gz"
    path.write_bytes(gzip.compress((DATA / "papers.jsonl").read_bytes()) * 3)
    assert len(read(path)) == 6


def test_the_members_of_a_zip_archive_are_files_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(DATA / "papers.jsonl", "deep/papers.jsonl")
        archive.write(DATA / "references.ris", "references.ris")
        archive.writestr("picture.png", b"\x89PNG")
        archive.writestr("__MACOSX/._papers.jsonl", b"\x00\x05")
    papers = read(path)
    assert sorted({paper.source[0] for paper in papers}) == ["all.zip/papers.jsonl", "all.zip/references.ris"]
    assert len(papers) == 4


def test_tar_archives_are_read_as_they_stream_by(tmp_path: Path) -> None:
    path = tmp_path / "all.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        archive.add(DATA / "papers.jsonl", "deep/papers.jsonl")
        archive.add(DATA / "jats.xml", "jats.nxml")
    assert [paper.source[0] for paper in read(path)] == ["all.tar.gz/papers.jsonl"] * 2 + ["all.tar.gz/jats.nxml"]
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes())[:2500]))
    report = Report()
    assert list(read_papers([path], report)) or report.problems


def test_a_damaged_member_of_an_archive_leaves_the_others(tmp_path: Path) -> None:
    path, packed = tmp_path / "all.zip", io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", f"{TEXT}\n" * 2)
        archive.write(DATA / "lines.txt", "b.txt")
    path.write_bytes(packed.getvalue().replace(TEXT.encode(), TEXT.upper().encode(), 1))
    report = Report()
    assert len(list(read_papers([path], report))) >= 2
    assert "Bad CRC-32" in str(report.problems[0])


def test_folders_give_what_may_hold_papers_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", "README", "notes.md", "picture.png", "~$lock.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{TEXT} From {name}.\n")
    assert [paper.source[0] for paper in read(tmp_path)] == ["a.txt", "b.txt", "c.txt"]


def test_files_in_forms_that_are_not_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{TEXT}\n")
    for name in ("paper.pdf", "table.xlsx", "x.png"):
        (tmp_path / name).write_bytes(b"?")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("a.txt", f"{TEXT}\n")
        archive.writestr("more.docx", "?")
    report = Report()
    assert len(list(read_papers([tmp_path], report))) == 2
    assert [str(note).replace(f"{tmp_path}", ".") for note in report.notes] == [
        ".: passed over, in forms that are not read: paper.pdf, table.xlsx",
        "./all.zip: passed over, in forms that are not read: more.docx",
    ]


def test_an_archive_without_a_file_that_could_hold_papers_is_a_failed_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("picture.png", "?")
    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        tar.add(tmp_path / "a.zip", "picture.gif")
    report = Report()
    assert not list(read_papers([tmp_path / "a.zip", tmp_path / "a.tar"], report))
    assert [problem.reason for problem in report.problems] == ["no file in this archive that could hold papers"] * 2


def test_globs_and_names_twice_give_each_file_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(TEXT)
    files = [paper.source[0] for paper in read(tmp_path / "*.txt", tmp_path / "b.txt", tmp_path)]
    assert files == ["a.txt", "b.txt"]


def test_a_name_with_brackets_that_exists_is_no_pattern(tmp_path: Path) -> None:
    (tmp_path / "papers [1].txt").write_text(TEXT)
    assert len(read(tmp_path / "papers [1].txt")) == 1


def test_standard_input_may_be_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = io.TextIOWrapper(io.BytesIO(gzip.compress((DATA / "references.bib").read_bytes())))
    monkeypatch.setattr(sys, "stdin", packed)
    report = Report()
    papers = list(read_papers(["-"], report))
    assert [paper.source for paper in papers] == [("stdin",)] * 3
    assert report.problems[0].file == "standard input"


def test_all_samples_in_one_call_find_their_own_formats() -> None:
    report = Report()
    papers = list(read_papers([DATA], report))
    assert len(papers) == report.counts["read"] > 40
    assert {problem.file for problem in report.problems if problem.whole_file} == {str(DATA / "unusual.csv")}


def test_progress_reaches_the_total_and_never_goes_back(tmp_path: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    list(read_papers([DATA / "papers.jsonl", DATA / "table.csv"], Report(), progress=lambda *step: seen.append(step)))
    total = sum((DATA / name).stat().st_size for name in ("papers.jsonl", "table.csv"))
    assert seen[-1] == (total, total)
    assert seen == sorted(seen)


def test_progress_through_parquet_reaches_its_end(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = tmp_path / "p.parquet"
    pq.write_table(pa.table({"abstract": [f"{TEXT} {n} {hash(str(n))}" for n in range(30_000)]}), path)
    seen: list[int] = []
    papers = list(read_papers([path], Report(), progress=lambda done, _: seen.append(done)))
    assert len(papers) == 30_000
    assert seen == sorted(seen)
    assert path.stat().st_size * 0.99 < seen[-1] <= path.stat().st_size


def test_columns_of_no_field_are_refused_at_once() -> None:
    with pytest.raises(KGError, match="'abstrct' is no field of a paper; columns may name abstract, title"):
        read_papers([DATA], Report(), columns={"abstrct": "x"})


def test_progress_over_a_stream_has_no_total(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    seen: list[tuple[int, int | None]] = []
    list(read_papers(["-"], Report(), progress=lambda *step: seen.append(step)))
    assert seen[-1] == (len(TEXT), None)


def test_papers_come_while_the_file_is_still_being_read(tmp_path: Path) -> None:
    """A reader that took in the whole file first would have read all of it before the first paper."""
    path = tmp_path / "many.jsonl"
    path.write_text(f'{{"abstract": "{TEXT}"}}\n' * 20_000)
    seen: list[int] = []
    next(read_papers([path], Report(), progress=lambda done, _: seen.append(done)))
    assert seen[-1] < path.stat().st_size / 5


def test_importing_the_readers_loads_no_heavy_library() -> None:
    code = (
        "import sys, kg.readers, kg.readers.merge\n"
        "print(*{'pyarrow', 'yaml', 'ftfy', 'numpy', 'charset_normalizer', 'defusedxml'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
