"""A minimum confidence: what is less certain stays in the records, and is in nothing that is given out."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from small_graph import graph

import kg
from kg.building.job import build
from kg.cli import main
from kg.errors import KGError, OptionsError
from kg.graph import Graph, Node, above, confidence

EXAMPLES = Path(__file__).parent.parent / "examples"
SMALL = graph()
CLAIM = "MATCH (a)-[r:OUTPERFORMS]->(b) RETURN a.name, b.name, r.confidence ORDER BY a.name, b.name, r.paper"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds all that was extracted, not to be changed."""
    store = tmp_path_factory.mktemp("whole") / "store"
    build(EXAMPLES, store, extractor="patterns", min_confidence=0.0)
    return store


@pytest.fixture
def store(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "store"))


@pytest.fixture(scope="module")
def middle(whole: Path) -> float:
    """A confidence that divides the statements of the store."""
    found = sorted(confidence(rel) for rel in kg.read_graph(whole).relationships if "confidence" in rel.properties)
    assert found[0] < found[-1]
    return (found[0] + found[-1]) / 2


def rows_of_archive(store: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(store / "papers.sqlite")) as archive:
        return [tuple(row) for table in ("readings", "records") for row in archive.execute(f"SELECT * FROM {table}")]


def confidences(graph: Graph) -> Iterator[float]:
    return (confidence(member) for part in (graph.nodes, graph.relationships) for member in part)


def test_above_drops_less_certain_statements_and_keeps_papers_concepts_and_mentions() -> None:
    kept = above(SMALL, 0.5)
    assert min(confidences(kept)) >= 0.5
    assert kept.nodes == SMALL.nodes
    assert [r for r in kept.relationships if r.type == "MENTIONS"] == [
        r for r in SMALL.relationships if r.type == "MENTIONS"
    ]
    assert len(kept.relationships) == len(SMALL.relationships) - sum(confidence(r) < 0.5 for r in SMALL.relationships)
    assert above(SMALL, 0) == SMALL


def test_a_result_that_is_less_certain_goes_with_all_that_hangs_on_it() -> None:
    sure = [node for node in SMALL.nodes if node.id != "result:0"]
    unsure = Node("Result", "result:0", {"value": "77.3", "comparison": "absolute", "text": "x", "confidence": 0.3})
    kept = above(Graph.of([*sure, unsure], SMALL.relationships), 0.5)
    assert "result:0" not in {n.id for n in kept.nodes}
    assert not any("result:0" in (r.start, r.end) for r in kept.relationships)


@pytest.mark.parametrize("wrong", [-0.1, 1.1, float("nan")])
def test_what_is_not_a_probability_is_refused(wrong: float, store: Path) -> None:
    with pytest.raises(KGError, match="a number from 0 to 1"):
        above(SMALL, wrong)
    with pytest.raises(KGError, match="a number from 0 to 1"):
        build(EXAMPLES, store, extractor="patterns", min_confidence=wrong)


def test_a_build_leaves_out_what_is_less_certain_and_loses_nothing(store: Path, whole: Path, middle: float) -> None:
    before = rows_of_archive(store)
    result = build(EXAMPLES, store, extractor="patterns", min_confidence=middle)
    assert (result.changed, result.extracted, result.min_confidence) == (True, 0, middle)
    assert kg.read_graph(store) == above(kg.read_graph(whole), middle) != kg.read_graph(whole)
    assert result.relationships == kg.stats(store).relationships
    assert rows_of_archive(store) == before, "papers and records stay as they are"
    back = build(store=store, extractor="patterns", min_confidence=0.0)
    assert back.extracted == 0
    assert kg.read_graph(store) == kg.read_graph(whole)


def test_a_plain_build_keeps_the_minimum_of_the_one_before(store: Path, middle: float) -> None:
    build(EXAMPLES, store, extractor="patterns", min_confidence=middle)
    less = kg.read_graph(store)
    result = build(EXAMPLES, store, extractor="patterns")
    assert (result.changed, result.min_confidence) == (False, middle)
    assert kg.read_graph(store) == less


def test_less_than_the_store_has_cannot_be_asked_for(store: Path, middle: float) -> None:
    build(EXAMPLES, store, extractor="patterns", min_confidence=middle)
    with pytest.raises(KGError, match=r"built with --min-confidence .*kg build"):
        kg.read_graph(store, min_confidence=middle / 2)
    assert kg.read_graph(store, min_confidence=middle) == kg.read_graph(store)


def test_exports_and_pictures_leave_out_what_is_less_certain(whole: Path, tmp_path: Path, middle: float) -> None:
    kept = above(kg.read_graph(whole), middle)
    result = kg.export(tmp_path / "g.jsonl", store=whole, min_confidence=middle)
    assert (result.nodes, result.relationships) == (len(kept.nodes), len(kept.relationships))
    assert len((tmp_path / "g.jsonl").read_text("utf-8").splitlines()) == len(kept.nodes) + len(kept.relationships)
    everything = kg.view(tmp_path / "v.html", store=whole).counts
    less = kg.view(tmp_path / "v.html", store=whole, min_confidence=middle).counts
    assert less["relationships"] < everything["relationships"]


def test_queries_leave_out_what_is_less_certain(whole: Path, middle: float) -> None:
    all_rows = kg.query(CLAIM, store=whole).rows
    assert kg.query(CLAIM, store=whole, min_confidence=middle).rows == tuple(r for r in all_rows if r[2] >= middle)
    assert kg.query(CLAIM, store=whole, min_confidence=1.0).rows == tuple(r for r in all_rows if r[2] >= 1)
    for minimum in (0.0, middle):
        by_cypher = kg.query("beats", {"method": ""}, store=whole, min_confidence=minimum)
        by_sparql = kg.query("beats", {"method": ""}, store=whole, min_confidence=minimum, sparql=True)
        assert by_cypher == by_sparql


def test_an_rdf_file_has_no_minimum(tmp_path: Path) -> None:
    with pytest.raises(OptionsError, match="min_confidence cannot be used with rdf: give it to `kg export` instead"):
        kg.query("beats", rdf=tmp_path / "g.ttl", min_confidence=0.5)


def test_the_command_line_takes_the_option_everywhere(
    whole: Path, tmp_path: Path, middle: float, capsys: pytest.CaptureFixture[str]
) -> None:
    option = ["--min-confidence", str(middle), "--store", str(whole)]
    for command in (
        ["export", str(tmp_path / "g.ttl"), "--validate"],
        ["view", str(tmp_path / "v.html")],
        ["query", "--cypher", CLAIM, "--format", "json"],
    ):
        with pytest.raises(SystemExit) as ended:
            main([*command, *option])
        assert not ended.value.code, capsys.readouterr().err
