"""Bad input: one line each with file, place and reason, and the rest is read."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import lzma
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.errors import Report
from kg.papers import Paper
from kg.readers import read_papers, source

ABSTRACT = "We introduce GateWalk, a retriever that walks over citation graphs and stops at learned gates."


def read(*files: object) -> tuple[list[Paper], Report]:
    report = Report()
    return list(read_papers([str(file) for file in files], report)), report


def only_problem(report: Report) -> str:
    [problem] = report.problems
    return str(problem)


def lines(count: int) -> bytes:
    rows = ({"id": str(n), "title": f"Paper {n}", "abstract": f"{ABSTRACT} Number {n}."} for n in range(count))
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def test_truncated_gzip_keeps_what_could_be_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress(lines(5000), compresslevel=1)[:-20_000])
    papers, report = read(path)
    assert 0 < len(papers) < 5000
    assert f"{path}: after line {len(papers)}: compressed data is damaged or cut off" in str(report.problems[-1])
    assert not report.problems[-1].whole_file


def test_gzip_without_a_single_record_is_a_failed_file(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress(lines(3))[:20])
    papers, report = read(path)
    assert not papers
    assert report.problems[0].whole_file


def test_half_a_json_line_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "half.jsonl"
    first, second, third = lines(3).splitlines(keepends=True)
    path.write_bytes(first + second[:40] + b"\n" + third)
    papers, report = read(path)
    assert [paper.local_id for paper in papers] == ["0", "2"]
    assert only_problem(report).startswith(f"{path}: line 2: not JSON: Unterminated string")


@pytest.mark.parametrize(
    "line", ["[" * 100_000, "1" * 5000, '"text"', "[1, 2]", "null", "NaN", '{"a": 1e999}', '{"a": {}}']
)
def test_json_that_is_no_paper_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_bytes(lines(1) + line.encode() + b"\n" + lines(1))
    papers, report = read(path)
    assert len(papers) == 2
    assert only_problem(report).startswith(f"{path}: line 2: ")


def test_a_lone_surrogate_in_json_becomes_a_replacement_character(tmp_path: Path) -> None:
    path = tmp_path / "surrogate.jsonl"
    path.write_text('{"abstract": "Half \\ud83d of a character."}\n{"abstract": "Second."}\n')
    assert [paper.abstract for paper in read(path)[0]] == ["Half \ufffd of a character.", "Second."]


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE feed [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE feed [<!ENTITY % a SYSTEM "http://localhost:9/x.dtd"> %a;]>',
    ],
)
def test_xml_that_declares_entities_is_refused(tmp_path: Path, declaration: str) -> None:
    path = tmp_path / "bomb.xml"
    path.write_text(f"<?xml version='1.0'?>{declaration}<feed><entry><summary>&a;</summary></entry></feed>")
    papers, report = read(path)
    assert not papers
    assert only_problem(report) == f"{path}: refused: it declares entities (EntitiesForbidden)"


def test_xml_that_ends_early_keeps_its_whole_records(tmp_path: Path) -> None:
    path = tmp_path / "cut.xml"
    entry = "<entry><title>T</title><summary>We measure gates.</summary></entry>"
    path.write_text(f"<feed>{entry}{entry}<entry><title>Cut")
    papers, report = read(path)
    assert len(papers) == 2
    assert only_problem(report) == f"{path}: line 1: the file ends in the middle of this record"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7 ...", "a PDF; give its abstract as text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "a picture"),
        (bytes(range(256)) * 8, "binary data, not text"),
        (b"<!DOCTYPE html><html><body>Text</body></html>", "a web page; save the text or a bibliography from it"),
        (b"<?xml version='1.0'?><svg/>", "XML of no known bibliographic form (<svg>)"),
        (b"", "empty file"),
        (b" \n\n", "empty file"),
        (b"PK\x03\x04 and no archive", "damaged zip archive (File is not a zip file)"),
        (b"[]", "no papers in it"),
    ],
)
def test_what_holds_no_papers_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    path, good = tmp_path / "odd", tmp_path / "good.jsonl"
    path.write_bytes(content)
    good.write_bytes(lines(1))
    papers, report = read(path, good)
    assert len(papers) == 1
    assert only_problem(report) == f"{path}: {reason}"
    assert report.counts["failed files"] == 1


def test_missing_files_and_folders_without_papers_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "README").write_text("Nothing here.")
    _, report = read(tmp_path / "missing.txt", tmp_path / "*.none", tmp_path / "empty")
    assert [problem.reason for problem in report.problems] == [
        "no such file or folder",
        "no file matches",
        "no file in this folder that could hold papers",
    ]
    assert all(problem.whole_file for problem in report.problems)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-8-sig", "gb18030", "shift_jis"])
def test_other_encodings_are_detected(tmp_path: Path, encoding: str) -> None:
    texts = {
        "gb18030": "我们提出一种新的图检索方法，它沿着引文图行走，并在学习到的门处停止。"
        "实验表明该方法在多个数据集上优于现有方法，并且索引可以放在一台机器上。",
        "shift_jis": "本論文では、引用グラフ上を歩き、学習したゲートで停止する検索手法を提案する。"
        "実験により、提案手法が従来手法より優れていることを示す。また、索引は一台の計算機に収まる。",
    }
    french = "Nous présentons GateWalk, développé à l’École des Mines: où les modèles s’arrêtent."
    abstract = texts.get(encoding, french)
    path = tmp_path / "text.txt"
    path.write_bytes(f"{abstract}\n{abstract}\n".encode(encoding))
    papers, report = read(path)
    assert [paper.abstract for paper in papers] == [abstract, abstract]
    assert not report.problems


def test_one_line_in_another_encoding_is_read_as_what_strays_into_such_files(tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    good = json.dumps({"abstract": "Poincaré’s gates are learned."}, ensure_ascii=False)
    path.write_bytes(f"{good}\n".encode() * 3 + f"{good}\n".encode("cp1252") + f"{good}\n".encode())
    papers, report = read(path)
    assert {paper.abstract for paper in papers} == {"Poincaré’s gates are learned."}
    assert len(papers) == 5
    assert not report.problems
    assert [str(note) for note in report.notes] == [f"{path}: line 4: not UTF-8, read as Windows-1252"]


@pytest.mark.parametrize("name", ["big.txt", "big.jsonl", "big.csv", "big.bib", "big.ris", "big.json", "big.xml"])
def test_a_record_too_long_to_be_one_is_reported_and_never_held(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real limit is 32 MB; here it is lowered, so that the test is quick."""
    from kg.readers import bibtex_blocks, csv_rows, json_objects, jsonfile, plain, tables, tagged, xml_records

    for module in (bibtex_blocks, csv_rows, json_objects, jsonfile, plain, tables, tagged, xml_records, source):
        monkeypatch.setattr(module, "MAX_RECORD", 100_000)
    long, words = "x" * 1_000_000, f'"{ABSTRACT}"'
    contents = {
        "big.txt": f"{ABSTRACT}\n{long}\n{ABSTRACT}\n",
        "big.jsonl": f'{{"abstract": {words}}}\n{{"abstract": "{long}"}}\n{{"abstract": {words}}}\n',
        "big.json": f'[\n{{"abstract": {words}}},\n{{"abstract": "{long}"}}, {{"abstract": {words}}}]',
        "big.csv": f"title,abstract\na,{words}\nb,{long}\nc,{words}\n",
        "big.bib": f"@a{{x,abstract={words}}}\n@a{{y,abstract={{{long}}}}}\n@a{{z,abstract={words}}}\n",
        "big.ris": "".join(f"TY  - JOUR\nAB  - {text}\nER  - \n" for text in (words, long, words)),
        "big.xml": f"<feed><entry><summary>{words}</summary></entry><entry><summary>{long}</summary></entry>"
        f"<entry><summary>{words}</summary></entry></feed>",
    }
    path = tmp_path / name
    path.write_text(contents[name])
    papers, report = read(path)
    assert len(papers) == 2
    assert "MB" in str(report.problems[0])


def test_an_abstract_that_is_empty_is_named_and_one_that_says_there_is_none_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_text('{"title": "One", "abstract": ""}\n{"title": "Two", "abstract": "No abstract available."}\n')
    papers, report = read(path)
    assert not papers
    assert [(p.place, p.reason) for p in report.problems] == [("line 1", "its abstract is empty")]
    assert report.counts["no abstract"] == 1


def test_bibtex_entries_without_abstract_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@misc{a, title={A}}\n@misc{b, title={B}}\n")
    _, report = read(path)
    assert (report.counts["no abstract"], report.problems) == (2, [])


def test_equal_local_ids_with_different_text_are_two_papers(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_text('{"id": "1", "abstract": "We measure gates."}\n{"id": "1", "abstract": "We prove bounds."}\n')
    assert len(read(path)[0]) == 2


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    path = tmp_path / "secret.txt"
    path.write_text("text")
    usual = builtins.open

    def refuse(file: object, *rest: object, **options: object) -> object:
        if str(file) == str(path):
            raise PermissionError(13, "Permission denied", str(path))
        return usual(file, *rest, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(builtins, "open", refuse)
    assert only_problem(read(path)[1]) == f"{path}: Permission denied"


def test_problems_are_passed_on_as_they_come(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_bytes(b"nonsense {\n" + lines(1))
    (tmp_path / "x.jsonl").write_bytes(lines(1) + b"{broken\n")
    seen: list[str] = []
    report = Report(on_problem=lambda problem: seen.append(str(problem)))
    list(read_papers([tmp_path / "x.jsonl"], report))
    assert seen == [str(report.problems[0])]


def test_a_file_without_a_single_paper_is_given_up_early(tmp_path: Path) -> None:
    """Otherwise each line of a huge log would be a problem of its own, all of them held in memory."""
    path = tmp_path / "log.jsonl"
    path.write_text('{"level": "info", "at": 3}\n' * 5000)
    _, report = read(path)
    assert len(report.problems) == 101
    assert str(report.problems[-1]).endswith("no paper among its records; columns (abstract=NAME) may name the fields")
    assert report.problems[-1].whole_file


@pytest.mark.parametrize(("pack", "suffix"), [(gzip.compress, "gz"), (lzma.compress, "xz")])
def test_damaged_archives_give_every_record_before_the_damage(
    pack: Callable[[bytes], bytes], suffix: str, tmp_path: Path
) -> None:
    """Hashes do not compress, so that how much is whole is known from how much is left."""
    rows = [{"id": str(n), "abstract": f"{ABSTRACT} {hashlib.sha512(b'%d' % n).hexdigest()}"} for n in range(2000)]
    packed = pack("".join(json.dumps(row) + "\n" for row in rows).encode())
    path = tmp_path / f"cut.jsonl.{suffix}"
    path.write_bytes(packed[: len(packed) * 3 // 4])
    papers, report = read(path)
    assert [paper.local_id for paper in papers] == [str(n) for n in range(len(papers))]
    assert len(papers) > 0.72 * len(rows)
    assert "compressed data is damaged or cut off" in only_problem(report)


def test_what_follows_a_whole_archive_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "more.jsonl.gz"
    path.write_bytes(gzip.compress(lines(300)) + b"and more")
    papers, report = read(path)
    assert len(papers) == 300
    assert "something else follows" in only_problem(report)


@pytest.mark.parametrize(
    "name", ["rot13", "zlib_codec", "idna", "hex", "undefined", "punycode", "utf-16", "no-such-encoding"]
)
def test_a_declared_encoding_that_is_none_is_noted_and_the_text_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    entry = f"<entry><id>1</id><title>Gates</title><summary>{ABSTRACT} Café.</summary></entry>"
    path.write_text(f'<?xml version="1.0" encoding="{name}"?><feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>')
    papers, report = read(path)
    assert [paper.abstract for paper in papers] == [f"{ABSTRACT} Café."]
    assert [note.reason for note in report.notes] == [f"declared as {name}, which it is not; read as utf-8"]


def test_a_few_nul_bytes_do_not_make_a_small_file_binary(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    entries = [f"@article{{k{n}, title={{Pa\0per {n}}}, abstract={{{ABSTRACT} {n}.}}}}" for n in range(3)]
    path.write_text("\n".join(entries))
    papers, _ = read(path)
    assert [paper.title for paper in papers] == ["Paper 0", "Paper 1", "Paper 2"]


def test_deeply_nested_xml_costs_its_record_only(tmp_path: Path) -> None:
    path = tmp_path / "deep.xml"
    good = f"<entry><id>1</id><title>Gates</title><summary>{ABSTRACT}</summary></entry>"
    deep = "<entry><summary>" + "<a>" * 200_000 + "</a>" * 200_000 + "</summary></entry>"
    path.write_text(f'<feed xmlns="http://www.w3.org/2005/Atom">{deep}{good}</feed>')
    papers, report = read(path)
    assert [paper.title for paper in papers] == ["Gates"]
    assert only_problem(report)


def test_what_is_no_file_is_never_opened(tmp_path: Path) -> None:
    """A named pipe without a writer, or /dev/zero, would be read for ever."""
    folder = tmp_path / "papers"
    folder.mkdir()
    os.mkfifo(folder / "pipe.txt")
    (folder / "link.txt").symlink_to("pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "good.jsonl").write_bytes(lines(2))
    papers, report = read(folder)
    assert len(papers) == 2
    assert [str(problem) for problem in report.problems] == [
        f"{folder}/link.txt: a named pipe, not a file; pipe it into - to read it",
        f"{folder}/pipe.txt: a named pipe, not a file; pipe it into - to read it",
        f"{folder}/zero.txt: a device, not a file; pipe it into - to read it",
    ]
    papers, report = read(folder / "pipe.txt")
    assert not papers
    assert "a named pipe" in only_problem(report)


def test_a_stream_that_the_shell_opened_is_read(tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_bytes(lines(2))
    with (tmp_path / "good.jsonl").open() as file:
        papers, report = read(Path(f"/dev/fd/{file.fileno()}"))
    assert len(papers) == 2
    assert not report.problems


@pytest.fixture
def nobody() -> Iterator[None]:
    """Somebody whom permissions keep out: not the administrator, as whom containers run tests."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


def test_what_may_not_be_read_is_named(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    folder = tmp_path / "papers"
    (folder / "closed").mkdir(parents=True)
    (folder / "closed.jsonl").write_bytes(lines(1))
    (folder / "open.jsonl").write_bytes(lines(1))
    for path in (folder / "closed", folder / "closed.jsonl"):
        path.chmod(0)
    temporary = Path(tempfile.gettempdir())
    for path in (folder, tmp_path, *(p for p in tmp_path.parents if temporary in p.parents)):
        path.chmod(path.stat().st_mode | 0o055)
    request.getfixturevalue("nobody")
    papers, report = read(folder)
    assert len(papers) == 1
    assert sorted(map(str, report.problems)) == [
        f"{folder}/closed.jsonl: Permission denied",
        f"{folder}/closed: Permission denied",
    ]


_CELL = 10_000_000


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["jsonl", "json", "csv", "parquet"])
def test_cells_of_ten_megabytes_are_refused_within_500_megabytes(suffix: str, tmp_path: Path) -> None:
    """Each is named, what is whole is read, and the peak of the memory of a process of its own is bounded."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    words = "graph networks reach an accuracy of 91.2% on data and "
    long = (words * (_CELL // len(words) + 1))[:_CELL]
    abstracts = [*(f"{number} {long}" for number in range(4)), "We propose GateNet, which reaches 91.2% on SQuAD."]
    rows = [{"id": f"r{number}", "abstract": abstract} for number, abstract in enumerate(abstracts)]
    path = tmp_path / f"papers.{suffix}"
    if suffix == "parquet":
        columns = {name: [row[name] for row in rows] for name in ("id", "abstract")}
        pq.write_table(pa.table(columns), path, row_group_size=1)
    elif suffix == "csv":
        with path.open("w", newline="") as out:
            writer = csv.DictWriter(out, ["id", "abstract"])
            writer.writeheader()
            writer.writerows(rows)
    else:
        text = "\n".join(map(json.dumps, rows)) if suffix == "jsonl" else json.dumps(rows)
        path.write_text(text)
    code = (
        "import sys\n"
        "from kg.cli import main\n"
        "try: main(['extract', sys.argv[1], '--extractor', 'patterns', '--processes', '1'])\n"
        # not ru_maxrss, which starts at the memory of the process that forked
        "finally: print(*(line for line in open('/proc/self/status') if 'VmHWM' in line), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["r4"]
    assert done.stderr.count("more than any paper has there") == 4
    assert int(done.stderr.split("VmHWM:")[1].split()[0]) < 500_000  # kilobytes
