"""The command line as a user meets it: what it prints, where, and with which exit status."""

import csv
import gzip
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import COMMANDS, main

EXAMPLES = Path(__file__).parent.parent / "examples"


class Outcome:
    """What one call printed and how it ended."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]  # a function, typed inside
    def run(*arguments: object) -> Outcome:
        with pytest.raises(SystemExit) as ended:
            main([str(a) for a in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Outcome(int(ended.value.code or 0), out, err)

    return run


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the examples, read by patterns alone: quick, and the same everywhere."""
    folder = tmp_path_factory.mktemp("cli") / "store"
    with pytest.raises(SystemExit) as ended:
        main(["build", str(EXAMPLES), "--store", str(folder), "--extractor", "patterns"])
    assert ended.value.code == 0
    return folder


def test_help_is_quick_and_every_command_has_an_example() -> None:
    before = os.times()
    shown = subprocess.run([sys.executable, "-m", "kg", "--help"], capture_output=True, text=True, check=True)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    assert used < 0.5, "seconds of processor time, which do not grow when other programs run"
    for command in COMMANDS:
        assert f"  {command.name}" in shown.stdout
        assert "Example: " in (command.epilog or "")
        assert f"kg {command.name}" in (command.epilog or "")


def test_build_ends_with_a_table_of_what_the_graph_holds(kg, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    outcome = kg("build", EXAMPLES, "--store", tmp_path / "s", "--extractor", "patterns")
    assert outcome.status == 0
    assert outcome.out.startswith("nodes ")
    assert "Paper            25" in outcome.out
    assert "25 papers read, 25 in the store: 25 extracted now" in outcome.err
    assert kg("stats", "--store", tmp_path / "s").out == outcome.out


def test_extract_prints_records_and_nothing_else(kg) -> None:  # type: ignore[no-untyped-def]
    outcome = kg("extract", EXAMPLES / "graphs.txt", "--extractor", "patterns")
    records = [json.loads(line) for line in outcome.out.splitlines()]
    assert len(records) == 3
    assert {"id", "title", "abstract", "mentions", "entities", "relations", "results", "topics"} <= records[0].keys()


def test_extract_writes_to_a_file(kg, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    outcome = kg("extract", EXAMPLES / "graphs.txt", "--extractor", "patterns", "-o", tmp_path / "r.jsonl")
    assert (outcome.status, outcome.out) == (0, "")
    assert len((tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines()) == 3


def test_queries_lists_every_saved_query_with_its_parameters(kg) -> None:  # type: ignore[no-untyped-def]
    listed = kg("queries").out
    saved = sorted(path.stem for path in (EXAMPLES.parent / "queries").glob("*.cypher"))
    assert [line for line in listed.splitlines() if line and not line.startswith(" ")] == saved
    assert "-p dataset=" in listed


def test_a_query_answers_as_table_csv_and_json(kg, store: Path) -> None:  # type: ignore[no-untyped-def]
    ask = ("query", "leaderboard", "-p", "dataset=imagenet", "--store", store)
    rows = json.loads(kg(*ask, "--format", "json").out)
    assert rows
    assert any("ImageNet" in str(row) for row in rows)
    assert [dict.fromkeys(row) for row in csv.DictReader(io.StringIO(kg(*ask, "--format", "csv").out))] == [
        dict.fromkeys(row) for row in rows
    ]
    table = kg(*ask).out.splitlines()
    assert set(table[1]) == {"─", " "}


def test_cypher_of_one_s_own_runs(kg, store: Path) -> None:  # type: ignore[no-untyped-def]
    outcome = kg("query", "--cypher", "MATCH (p:Paper) RETURN count(p) AS papers", "--store", store, "--format", "json")
    assert json.loads(outcome.out) == [{"papers": 25}]


def test_a_sparql_twin_gives_the_rows_of_the_cypher(kg, store: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    ask = ("query", "leaderboard", "-p", "dataset=imagenet", "--store", store, "--format", "json")
    by_cypher = kg(*ask).out
    assert kg(*ask, "--sparql").out == by_cypher
    assert kg("export", tmp_path / "g.ttl", "--validate", "--store", store).status == 0
    by_file = kg("query", "leaderboard", "-p", "dataset=ImageNet", "--rdf", tmp_path / "g.ttl", "--format", "json")
    assert by_file.out == by_cypher


@pytest.mark.parametrize("suffix", ["ttl", "nt", "jsonld", "graphml", "jsonl"])
def test_export_goes_by_suffix(kg, store: Path, tmp_path: Path, suffix: str) -> None:  # type: ignore[no-untyped-def]
    outcome = kg("export", tmp_path / f"g.{suffix}", "--store", store)
    assert (outcome.status, outcome.out) == (0, "")
    assert b"ImageNet" in (tmp_path / f"g.{suffix}").read_bytes()


def test_view_writes_one_file(kg, store: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    outcome = kg("view", tmp_path / "v.html", "--about", "imagenet", "--store", store)
    assert outcome.status == 0
    assert [p.name for p in tmp_path.iterdir()] == ["v.html"]


def test_explain_says_why_names_are_one(kg, store: Path) -> None:  # type: ignore[no-untyped-def]
    outcome = kg("explain", "graph neural networks", "--store", store)
    assert outcome.status == 0
    assert "GNNs" in outcome.out


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00" + bytes(range(256)) * 20, "picture.txt"),
        ("cut.jsonl.gz", gzip.compress(b'{"title": "T", "abstract": "A sentence."}\n' * 5000)[:200], "cut.jsonl.gz"),
        ("empty.jsonl", b"", "empty.jsonl"),
        ("half.jsonl", b'{"title": "T", "abstr\n', "record 1"),
        ("blank.jsonl", b'{"title": "T", "abstract": ""}\n', "record 1: its abstract is empty"),
    ],
)
def test_bad_input_is_one_clear_line_with_its_place(kg, tmp_path: Path, name: str, data: bytes, reason: str) -> None:  # type: ignore[no-untyped-def]
    bad = write(tmp_path / name, data)
    outcome = kg("build", bad, EXAMPLES / "graphs.txt", "--store", tmp_path / "s", "--extractor", "patterns")
    assert reason in outcome.err
    whole = 1 if name.endswith(".gz") else 0  # the paper before the damage, of which there is one after merging
    assert f"{3 + whole} in the store" in outcome.err
    assert all(line.startswith("kg: ") or "papers read" in line for line in outcome.err.splitlines())


def test_strict_makes_skipped_papers_exit_with_3(kg, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    bad = write(tmp_path / "half.jsonl", b'{"title": "T", "abstr\n')
    call = ("extract", bad, EXAMPLES / "graphs.txt", "--extractor", "patterns")
    assert kg(*call).status == 0
    outcome = kg(*call, "--strict")
    assert outcome.status == 3
    assert "1 paper skipped as broken" in outcome.err
    assert len(outcome.out.splitlines()) == 3


def test_what_a_build_did_and_a_store_holds_is_given_to_programs(kg, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    call = (EXAMPLES / "graphs.txt", "--extractor", "patterns", "--store", tmp_path / "s", "--format", "json")
    built = json.loads(kg("build", *call).out)
    assert (built["read"], built["papers"], built["extracted"], built["changed"]) == (3, 3, 3, True)
    again = json.loads(kg("build", *call).out)
    assert (again["extracted"], again["reused"], again["changed"]) == (0, 3, False)
    assert again["nodes"] == built["nodes"]
    held = json.loads(kg("stats", "--store", tmp_path / "s", "--format", "json").out)
    assert held == {"nodes": built["nodes"], "relationships": built["relationships"]}
    assert held["nodes"]["Paper"] == 3


def test_a_missing_file_is_named_and_the_rest_is_built(kg, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    call = ("build", tmp_path / "none.bib", EXAMPLES / "graphs.txt", "--store", tmp_path / "s")
    outcome = kg(*call, "--extractor", "patterns")
    assert outcome.status == 1
    assert "none.bib: no such file" in outcome.err
    assert "Paper             3" in outcome.out


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["build"], 2, "Missing argument 'PAPERS...'"),
        (["build", "{tmp}"], 1, "no paper found in"),
        (["stats", "--store", "{tmp}/none"], 1, "no store here; make one with `kg build PAPERS"),
        (["query", "leaderboard", "--store", "{tmp}"], 1, "not an abstractkg store"),
        (["query", "leaderbord", "--store", "{store}"], 1, "did you mean leaderboard"),
        (["query", "leaderboard", "-p", "datasett=x", "--store", "{store}"], 1, "has no parameter 'datasett'"),
        (["query", "leaderboard", "-p", "dataset=ImagNet", "--store", "{store}"], 1, "ImageNet"),
        (["query", "leaderboard", "-p", "dataset", "--store", "{store}"], 2, "'dataset' is not KEY=VALUE"),
        (["query", "--store", "{store}"], 2, "give the NAME of a saved query"),
        (["query", "--cypher", "MATCH (", "--store", "{store}"], 1, "kg: "),
        (["export", "{tmp}/g.docx", "--store", "{store}"], 1, "unknown format 'docx'; there are jsonl, ttl"),
        (["export", "{tmp}/no/such/g.ttl", "--store", "{store}"], 1, "cannot be written"),
        (["export", "{tmp}/g.ttl", "--base", "no iri", "--store", "{store}"], 1, "no iri"),
        (["query", "no-such-query", "--sparql", "--store", "{store}"], 1, "no-such-query"),
        (["view", "{tmp}/v.html", "--about", "ImagNet", "--store", "{store}"], 1, "ImageNet"),
        (["view", "{tmp}/v.html", "--relations", "LIKES", "--store", "{store}"], 1, "'LIKES'"),
        (["explain", "no such thing at all", "--store", "{store}"], 1, "no such thing at all"),
        (["build", "{tmp}", "--extractor", "gpt"], 1, "unknown extractor 'gpt'; there are default, fast, patterns"),
        (["frobnicate"], 2, "No such command 'frobnicate'"),
    ],
)
def test_what_cannot_be_done_is_one_line(  # type: ignore[no-untyped-def]
    kg, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments, status, message
) -> None:
    monkeypatch.chdir(tmp_path)  # without --store, a build makes one here
    outcome = kg(*(a.format(tmp=tmp_path, store=store) for a in arguments))
    assert outcome.status == status
    assert message in outcome.err
    assert outcome.out == ""
    if status == 1 and arguments[0] != "build":  # a build also tells each input that failed it
        assert len(outcome.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "first", "second"),
    [
        ("query card --cypher RETURN", "NAME", "--cypher"),
        ("query --cypher RETURN --sparql", "--sparql", "--cypher"),
        ("query --cypher RETURN --rdf {tmp}/g.ttl", "--rdf", "--cypher"),
        ("query card --sparql --neo4j bolt://localhost:1", "--sparql", "--neo4j"),
        ("query mine.rq --neo4j bolt://localhost:1", "--sparql", "--neo4j"),
        ("query card --rdf {tmp}/g.ttl --neo4j bolt://localhost:1", "--rdf", "--neo4j"),
        ("query card --store {store} --neo4j bolt://localhost:1", "--store", "--neo4j"),
        ("query card --store {store} --rdf {tmp}/g.ttl", "--store", "--rdf"),
        ("query card --min-confidence 0.5 --neo4j bolt://localhost:1", "--min-confidence", "--neo4j"),
        ("query card --min-confidence 0.5 --rdf {tmp}/g.ttl", "--min-confidence", "--rdf"),
        ("query card --store {store} --user me", "--user", "--neo4j"),
        ("query card --store {store} --database mine", "--database", "--neo4j"),
        ("query card --store {store} --password-file {tmp}/p", "--password-file", "--neo4j"),
        ("view {v} --store {store} --picture results --about CIFAR-10 --years 2018-", "--years", "--picture results"),
        ("view {v} --store {store} --picture results --about CIFAR-10 --hops 2", "--hops", "--picture results"),
        ("view {v} --store {store} --picture results", "--picture results", "--about"),
        ("view {v} --store {store} --picture lineage --about BERT --task x", "--task", "--picture lineage"),
        ("view {v} --store {store} --picture heatmap --about BERT", "--about", "--picture heatmap"),
        ("view {v} --store {store} --picture heatmap --min-papers 1", "--min-papers", "--picture heatmap"),
        ("view {v} --store {store} --picture heatmap --limit 500", "--limit", "--picture heatmap"),
        ("view {v} --store {store} --picture heatmap --relations OUTPERFORMS", "--relations", "--picture heatmap"),
        ("view {v} --store {store} --hops 2", "--hops", "--about"),
        ("export {tmp}/g.jsonl --store {store} --nanopub", "--nanopub", "--format jsonl"),
        ("export {tmp}/g.jsonl --store {store} --base https://example.org/", "--base", "--format jsonl"),
        ("export {tmp}/g.rdf --store {store} --rdf12", "--rdf12", "--format rdf"),
        ("export {tmp}/g.trig --store {store} --nanopub --rdf12", "--nanopub", "--rdf12"),
        ("export {tmp}/g.trig --store {store} --creator https://example.org/me", "--creator", "--nanopub"),
        ("export {tmp}/g.trig --store {store} --created 2026-01-31T12:00:00Z", "--created", "--nanopub"),
        ("export {tmp}/g.graphml --store {store} --validate", "--validate", "--format graphml"),
        ("export {tmp}/g.ttl --store {store} --safe-cells", "--safe-cells", "--format ttl"),
        ("query contradictions --store {store} --safe-cells", "--safe-cells", "--format table"),
        ("build --store {store} --columns abstract=Summary", "--columns", "PAPERS"),
    ],
)
def test_options_that_contradict_are_refused_in_one_line_that_names_both(  # type: ignore[no-untyped-def]
    kg, store: Path, tmp_path: Path, arguments: str, first: str, second: str
) -> None:
    outcome = kg(*arguments.format(store=store, tmp=tmp_path, v=tmp_path / "v.html").split())
    assert (outcome.status, outcome.out) == (2, "")
    (line,) = outcome.err.splitlines()
    assert re.fullmatch(rf"kg: {first} (cannot be used with|needs) {second}: .+", line)
    assert list(tmp_path.iterdir()) == []


def test_a_parameter_given_twice_is_refused(kg, store: Path) -> None:  # type: ignore[no-untyped-def]
    outcome = kg("query", "card", "-p", "concept=BERT", "-p", "concept=GPT", "--store", store)
    assert (outcome.status, outcome.out) == (2, "")
    assert "'concept' is given twice" in outcome.err


def test_an_empty_option_is_not_taken_for_none(kg, store: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert kg("export", tmp_path / "g.ttl", "--base", "", "--store", store).status == 1
    assert kg("query", "card", "--rdf", "", "-p", "concept=BERT").status == 1
    assert kg("view", tmp_path / "v.html", "--relations", ",", "--store", store).status == 2
    assert list(tmp_path.iterdir()) == []


def test_a_password_file_that_is_not_text_is_one_line(kg, store: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "p").write_bytes(b"\xff\xfe\x00")
    outcome = kg("load", "--neo4j", "bolt://localhost:1", "--password-file", tmp_path / "p", "--store", store)
    assert outcome.status == 1
    assert "not UTF-8 text" in outcome.err
    assert len(outcome.err.splitlines()) == 1


def test_a_password_is_asked_for_only_where_somebody_can_answer(  # type: ignore[no-untyped-def]
    kg, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    outcome = kg("load", "--neo4j", "bolt://localhost:1", "--store", store)
    assert outcome.status == 1
    assert outcome.err == "kg: Neo4j needs a password: set NEO4J_PASSWORD, or give --password-file\n"


def test_an_export_that_was_checked_says_so(kg, store: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert kg("export", tmp_path / "g.ttl", "--validate", "--store", store).err.endswith(
        ", which conforms to the shapes\n"
    )


def test_an_exported_vocabulary_is_not_called_a_graph(kg, store: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    outcome = kg("export", tmp_path / "shapes.ttl", "--format", "shacl", "--store", store)
    assert outcome.err == f"{tmp_path}/shapes.ttl: shacl\n"
