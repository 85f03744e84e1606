"""The twins of saved queries in SPARQL give the rows of the Cypher."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import small_graph

from kg.errors import KGError
from kg.exports import export
from kg.graph import Graph
from kg.querying import saved, sparql
from kg.querying.run import run
from kg.stores import ladybug
from kg.stores.ladybug import EmbeddedGraph

GRAPH = small_graph.graph()
RDF = sparql.open_graph(GRAPH)
TWINS = sparql.names()
OTHER_VALUES: dict[str, list[dict[str, Any]]] = {
    "leaderboard": [
        {"dataset": "dataset:imagenet"},
        {"metric": "metric:exact-match"},
        {"dataset": "dataset:cifar-10"},
        {"dataset": "dataset:none"},
    ],
    "leaderboards": [{"task": "task:image-classification"}, {"task": "question answering"}],
    "method-on-dataset": [{"method": "method:vit", "dataset": "dataset:imagenet"}],
    "beaten-on-dataset": [{"method": "method:resnet", "dataset": "dataset:imagenet"}],
    "tasks-of-dataset": [{"dataset": "dataset:imagenet"}],
    "papers-by-author": [{"author": "hopper"}, {"author": "GRACE HOPPER"}, {"author": "race hopper"}],
    "papers-with-metric": [{"metric": "metric:error-rate"}],
    "contradictions": [{"method": "method:bert"}, {"method": "method:vit"}],
    "beats": [{"method": "method:roberta", "limit": 1}],
    "paper-claims": [{"paper": "doi:10.1000/xyz"}, {"paper": "text:0a1b2c"}],
    "papers-on": [{"concept": "method:cafe"}, {"concept": "task:question-answering"}],
    "kinds-of": [{"concept": "method:bert"}],
    "review": [{"below": 0.95}, {"below": 0.0}],
    "bridges": [{"second": "task:language-understanding"}],
    "components": [{"method": "method:distilbert"}],
    "untried-benchmarks": [{"method": "method:xlnet"}, {"method": "method:albert"}, {"method": "method:bidaf"}],
    "unbeaten": [{"dataset": "dataset:imagenet"}, {"dataset": "dataset:glue"}],
    "results-of-method": [{"method": "method:vit"}],
    "paper-results": [{"paper": "arxiv:0007.00007"}],
    "authors-on": [{"concept": "dataset:squad"}],
    "introduced-in": [{"year": 2021}, {"year": 1900}],
    "most-used": [{"type": "Dataset"}],
    "mentioned-together": [{"concept": "dataset:imagenet"}],
    "concepts-between": [{"second": "reading comprehension"}],
    "datasets-together": [{"together": 1}, {"together": 3}],
    "rising-concepts": [{"years": 1}, {"years": 4}],
    "progress": [{"dataset": "dataset:imagenet"}, {"dataset": "CIFAR-10", "metric": "accuracy"}],
}


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedGraph]:
    path = tmp_path_factory.mktemp("sparql") / "g.lbug"
    ladybug.write(GRAPH, path)
    with ladybug.open(path) as opened:
        yield opened


def _cases() -> list[tuple[str, dict[str, Any]]]:
    return [(name, values) for name in TWINS for values in ({}, *OTHER_VALUES.get(name, ()))]


def test_there_are_twins_and_each_has_its_cypher() -> None:
    assert len(TWINS) >= 20
    assert set(TWINS) <= saved.load_all().keys()


@pytest.mark.parametrize(("name", "values"), _cases(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_twin_gives_the_rows_of_the_cypher(name: str, values: dict[str, Any], embedded: EmbeddedGraph) -> None:
    query = saved.find(name)
    parameters = {p.name: values.get(p.name, p.default) for p in query.parameters}
    expected = embedded.run(query.statement(embedded.engine), parameters)
    found = sparql.run_sparql(RDF, name, values)
    assert found.columns == expected.columns
    assert found.rows == expected.rows


def test_every_twin_finds_something_for_some_values() -> None:
    assert {name for name, values in _cases() if sparql.run_sparql(RDF, name, values).rows} == set(TWINS)


@pytest.mark.parametrize("name", TWINS)
def test_a_twin_has_the_parameters_of_the_cypher_with_the_same_defaults(name: str) -> None:
    text, query = sparql.load(name), saved.find(name)
    assert set(sparql.parameters_of(text)) == {p.name for p in query.parameters}
    with_defaults = sparql.run_sparql(RDF, name, {p.name: p.default for p in query.parameters})
    assert with_defaults == sparql.run_sparql(RDF, name)


@pytest.mark.parametrize("suffix", ["ttl", "nt", "nq", "trig", "jsonld", "rdf"])
def test_twins_run_on_exported_files_whatever_their_base(suffix: str, tmp_path: Path) -> None:
    export(GRAPH, tmp_path / f"g.{suffix}", base="https://kg.example.org/")
    for name in ("beats", "papers-by-year"):
        assert sparql.run_sparql(tmp_path / f"g.{suffix}", name) == sparql.run_sparql(RDF, name)


def test_a_graph_can_be_asked_without_opening_it_first() -> None:
    assert sparql.run_sparql(GRAPH, "popular") == sparql.run_sparql(RDF, "popular")


def test_values_are_values_whatever_they_look_like() -> None:
    injected = '" } ?x ?y ?z . VALUES ?wanted { "BERT'
    assert sparql.run_sparql(RDF, "beats", {"method": injected}).rows == ()


def test_numbers_may_be_typed_as_text() -> None:
    typed = sparql.run_sparql(RDF, "review", {"below": "0.55", "limit": "3"})
    assert typed == sparql.run_sparql(RDF, "review", {"below": 0.55, "limit": 3})
    assert len(typed.rows) == 3


def test_a_query_file_of_ones_own_runs(tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(
        "PREFIX akg: <https://abstractkg.example/ontology#>\n"
        "SELECT ?n ?decimal ?none ?any {\n"
        "  { SELECT (COUNT(*) AS ?n) { ?s a akg:Method } }\n"
        "  BIND (1.5 AS ?decimal) BIND (EXISTS { ?a akg:outperforms ?b } AS ?any) OPTIONAL { ?x akg:no ?none }\n}"
    )
    table = sparql.run_sparql(RDF, str(tmp_path / "q.rq"))
    assert table.rows == ((14, 1.5, None, True),)


@pytest.mark.parametrize(
    ("source", "name", "values", "words"),
    [
        (GRAPH, "no-such", {}, "no saved query in SPARQL is called 'no-such'; there are authors-on, "),
        (GRAPH, "beats", {"methods": "x"}, "no parameter 'methods' in the query; it has method, limit"),
        (GRAPH, "review", {"below": "much"}, "parameter below: 'much' is not a number"),
        (GRAPH, "review", {"below": "inf"}, "parameter below: 'inf' is not a number"),
        (GRAPH, "beats", {"limit": "all"}, "parameter limit: 'all' is not a number"),
        (GRAPH, "none.rq", {}, "none.rq: cannot be read (No such file"),
        (GRAPH, "bad.rq", {}, "bad.rq: error at 1:"),
        (GRAPH, "ask.rq", {}, "ask.rq: only SELECT queries return rows"),
        ("g.csv", "beats", {}, "g.csv: not the suffix of an RDF file; known are .ttl"),
        ("none.ttl", "beats", {}, "none.ttl: cannot be read"),
        ("bad.ttl", "beats", {}, "bad.ttl: "),
    ],
)
def test_what_cannot_be_run_is_said_in_one_line(  # type: ignore[no-untyped-def]
    source: Graph | str, name: str, values, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.rq").write_text("SELECT nothing")
    Path("ask.rq").write_text("ASK { ?s ?p ?o }")
    Path("bad.ttl").write_text("<a> <b> .")
    with pytest.raises(KGError) as caught:
        sparql.run_sparql(source, name, values)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_names_are_resolved_by_the_callers_of_both(embedded: EmbeddedGraph) -> None:
    """`kg.querying.run` makes ids of names as users write them; the twin takes the same ids."""
    assert (
        run(embedded, "beats", {"method": "bert"}).rows
        == sparql.run_sparql(RDF, "beats", {"method": "method:bert"}).rows
    )


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:{port}/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:{port}/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:{port}/> { ?s ?p ?o } }",
        "PREFIX a: <http://a/#> SELECT * { a:b a:c 1SERVICE#>\n<http://127.0.0.1:{port}/> { ?s ?p ?o } }",
        "SELECT * { { FILTER(1<2)SERVICE#>\n<http://127.0.0.1:{port}/> { ?s ?p ?o } } }",
        "PREFIX : <http://127.0.0.1:{port}/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:{port}/>",
        "INSERT DATA { <http://a/b> <http://a/b> <http://a/b> }",
        "SELECT * FROM <http://127.0.0.1:{port}/> { ?s ?p ?o }",
    ],
)
def test_a_query_asks_no_other_server_and_changes_nothing(query: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        (tmp_path / "q.rq").write_text(query.replace("{port}", str(server.getsockname()[1])))
        before = len(RDF.store)
        with contextlib.suppress(KGError):  # most are refused; FROM names an empty graph
            assert not sparql.run_sparql(RDF, str(tmp_path / "q.rq")).rows
        assert len(RDF.store) == before
        with pytest.raises(BlockingIOError):  # nobody connected
            server.accept()


def test_the_word_service_may_stand_in_parameters_and_names(tmp_path: Path) -> None:
    text = 'PREFIX s: <http://a/service#> SELECT ?service { VALUES ?service { "x" } # $text\n}'
    (tmp_path / "q.rq").write_text(text)
    assert sparql.run_sparql(RDF, str(tmp_path / "q.rq"), {"text": "web service"}).rows == (("web service",),)
