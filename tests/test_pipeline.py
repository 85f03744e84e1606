"""The main job end to end: papers in, a stored graph out, whatever happens on the way."""

import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

import kg
from kg.building.extraction import extract
from kg.building.job import BuildResult, build
from kg.errors import KGError, Report
from kg.stores import folder

EXAMPLES = Path(__file__).parent.parent / "examples"
LANGUAGE = EXAMPLES / "language.jsonl"


def made(papers: Sequence[str | Path], store: Path, **options: object) -> BuildResult:
    """A build by patterns alone: what is tested here does not depend on the model."""
    return build(papers, store, extractor="patterns", **options)  # type: ignore[arg-type]  # options are build's own


def exported(store: Path) -> bytes:
    target = store.parent / f"{store.name}.jsonl"
    kg.export(target, store=store)
    return target.read_bytes()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The graph of all examples, built at once."""
    store = tmp_path_factory.mktemp("whole") / "store"
    made([EXAMPLES], store)
    return exported(store)


def test_examples_become_a_graph_with_a_sentence_behind_every_claim(whole: bytes) -> None:
    rows = [json.loads(line) for line in whole.splitlines()]
    papers = {r["id"]: r for r in rows if r.get("label") == "Paper"}
    names = {r["name"] for r in rows if r["kind"] == "node" and "name" in r}
    assert len(papers) == 25
    assert papers["arxiv:1810.04805"]["authors"][0] == "Jacob Devlin"
    assert {"BERT", "ImageNet", "GLUE", "question answering", "accuracy"} <= names
    statements = [r for r in rows if "sentence" in r and "paper" in r]
    assert len(statements) > 50
    for row in statements:
        paper = papers[row["paper"]]
        assert row["sentence"] in paper["abstract"] or row["sentence"] == paper["title"]


def test_one_file_may_be_given_by_its_name_alone(tmp_path: Path) -> None:
    papers = len(LANGUAGE.read_text("utf-8").splitlines())
    assert build(str(LANGUAGE), tmp_path / "store", extractor="patterns").papers == papers
    assert len(list(extract(str(LANGUAGE), extractor="patterns"))) == papers
    assert len(list(kg.read_papers(str(LANGUAGE), Report()))) == papers


def test_the_library_shows_what_it_offers() -> None:
    assert {"build", "extract", "query", "export", "load", "view", "explain", "stats", "to_pyvis"} <= set(dir(kg))
    assert all(getattr(kg, name) is not None for name in dir(kg))


def test_building_again_extracts_nothing_and_changes_nothing(tmp_path: Path, whole: bytes) -> None:
    first = made([EXAMPLES], tmp_path / "store")
    assert (first.extracted, first.reused, first.changed) == (25, 0, True)
    second = made([EXAMPLES], tmp_path / "store")
    assert (second.extracted, second.reused, second.changed) == (0, 25, False)
    assert second.nodes == first.nodes
    assert second.relationships == first.relationships
    assert exported(tmp_path / "store") == whole


@pytest.mark.slow
def test_papers_added_bit_by_bit_give_the_graph_of_all_at_once(tmp_path: Path, whole: bytes) -> None:
    for name in ("vision.bib", "graphs.txt", "language.jsonl"):
        made([EXAMPLES / name], tmp_path / "store")
    assert exported(tmp_path / "store") == whole


@pytest.mark.slow
def test_several_processes_give_the_same_graph(tmp_path: Path, whole: bytes) -> None:
    made([EXAMPLES], tmp_path / "store", processes=2)
    assert exported(tmp_path / "store") == whole


def test_a_file_that_was_corrected_replaces_what_it_gave(tmp_path: Path) -> None:
    papers = tmp_path / "papers.txt"
    one = "We propose AlphaNet, a convolutional neural network for image classification evaluated on CIFAR-10."
    two = "We propose BetaNet, a convolutional neural network for image classification evaluated on CIFAR-10."
    papers.write_text(f"{one}\n{two}\n")
    made([papers], tmp_path / "store")
    papers.write_text(f"{one}\n{two.replace('BetaNet', 'GammaNet')}\n")
    assert made([papers], tmp_path / "store").papers == 2
    graph = exported(tmp_path / "store")
    assert b"GammaNet" in graph
    assert b"BetaNet" not in graph


def test_records_made_elsewhere_are_taken_as_they_are(tmp_path: Path, whole: bytes) -> None:
    records = tmp_path / "records.jsonl"
    with records.open("w", encoding="utf-8") as out:
        for record in extract([EXAMPLES], extractor="patterns"):
            out.write(json.dumps(record) + "\n")
    summary = made([records], tmp_path / "store")
    assert (summary.given, summary.extracted) == (25, 0)
    mine = [json.loads(line) for line in exported(tmp_path / "store").splitlines()]
    theirs = [json.loads(line) for line in whole.splitlines()]
    assert [r for r in mine if r["kind"] == "relationship"] == [r for r in theirs if r["kind"] == "relationship"]


def test_extract_gives_one_record_for_each_paper_with_its_metadata() -> None:
    records = list(extract([LANGUAGE, EXAMPLES], extractor="patterns"))
    assert len(records) == 25
    bert = next(r for r in records if r.get("arxiv") == "1810.04805")
    assert (bert["year"], bert["venue"]) == (2018, "NAACL")
    for mention in bert["mentions"]:
        assert bert[mention["field"]][mention["start"] : mention["end"]] == mention["text"]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_build_killed_at_any_moment_and_run_again_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    papers = tmp_path / "papers.txt"
    methods, datasets = ["Alpha", "Beta", "Gamma", "Delta", "Sigma"], ["CIFAR-10", "ImageNet", "MNIST", "COCO"]
    papers.write_text(
        "".join(
            f"We propose {m}Net{n}, a neural network for image classification. {m}Net{n} is evaluated on {d}, "
            f"reaches an accuracy of {60 + n}% and outperforms {methods[n % 5]}Net.\n"
            for n in range(30)
            for m in methods
            for d in datasets
        )
    )
    made([papers], tmp_path / "unkilled")
    command = [sys.executable, "-m", "kg", "build", str(papers), "--extractor", "patterns", "--processes", "1"]
    command += ["--store", str(tmp_path / "killed")]
    kills = 0
    for moment in range(30):  # each time a little later: in reading, extracting, assembling, storing
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
            try:
                _, errors = process.communicate(timeout=0.3 * 1.3**moment)
                assert process.returncode == 0, errors
                break
            except subprocess.TimeoutExpired:
                os.kill(process.pid, signal.SIGKILL)
                kills += 1
    assert kills >= 2, "the build must have been killed on its way for this test to mean anything"
    assert exported(tmp_path / "killed") == exported(tmp_path / "unkilled")
    assert sorted(p.name for p in (tmp_path / "killed").iterdir()) == sorted(
        p.name for p in (tmp_path / "unkilled").iterdir()
    ), "kills leave nothing behind"


def test_what_is_broken_costs_nothing_that_is_good(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    good = LANGUAGE.read_text(encoding="utf-8").splitlines()
    bad.write_text("\n".join([good[0], '{"title": "half a li', '{"title": "no text", "abstract": ""}', good[1]]) + "\n")
    report = Report()
    summary = made([bad, tmp_path / "missing.jsonl"], tmp_path / "store", report=report)
    assert summary.papers == 2
    told = [str(problem) for problem in report.problems]
    assert any("bad.jsonl" in line and "line 2" in line for line in told)
    assert any("missing.jsonl" in line and "no such file" in line for line in told)


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_a_bad_line_in_an_archive_removes_no_paper_of_an_earlier_build(tmp_path: Path, kind: str) -> None:
    good = LANGUAGE.read_text(encoding="utf-8").splitlines()[:3]
    packed = tmp_path / f"papers.{kind}"
    pack(packed, "inner/papers.jsonl", "\n".join(good))
    assert made([packed], tmp_path / "store").papers == 3
    pack(packed, "inner/papers.jsonl", "\n".join([good[0], '{"title": "half a li', good[1]]))
    report = Report()
    assert made([packed], tmp_path / "store", report=report).papers == 3
    assert any(f"papers.{kind}" in str(problem) for problem in report.problems)
    pack(packed, "inner/papers.jsonl", "\n".join(good[:2]))
    assert made([packed], tmp_path / "store").papers == 2, "read as a whole, an archive may drop papers"


def pack(archive: Path, member: str, text: str) -> None:
    """Put one file into a zip or tar archive."""
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive, "w") as out:
            out.writestr(member, text)
    else:
        data = text.encode()
        info = tarfile.TarInfo(member)
        info.size = len(data)
        with tarfile.open(archive, "w:gz") as out:
            out.addfile(info, io.BytesIO(data))


def test_no_paper_at_all_is_an_error_and_leaves_no_half_made_store(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(KGError, match="no paper found in"):
        made([tmp_path / "empty"], tmp_path / "store")
    with pytest.raises(KGError, match="kg build"):
        kg.stats(tmp_path / "store")


def test_a_folder_of_the_user_s_is_never_made_a_store(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("mine")
    with pytest.raises(KGError, match="holds other files"):
        folder.make(tmp_path)
    with pytest.raises(KGError, match="not an abstractkg store"):
        kg.stats(tmp_path)


def test_an_unknown_extractor_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(KGError, match=r"unknown extractor 'gpt'; there are default, fast, patterns"):
        build([LANGUAGE], tmp_path / "store", extractor="gpt")
    assert not (tmp_path / "store").exists()
