"""One behaviour for every store: the embedded one and Neo4j."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from graph_strategies import graphs
from hypothesis import HealthCheck, given, settings
from small_graph import graph

from kg.errors import KGError
from kg.graph import Graph, Node, Relationship, write_jsonl
from kg.stores import Store, ladybug, ladybug_schema, limits, rows
from kg.stores.arrow_tables import tables
from kg.stores.neo4j import Neo4jGraph
from kg.table import Table

Make = Callable[[Graph], Store]
SMALL = graph()


@pytest.fixture(scope="module", params=["ladybug", "neo4j"])
def make(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """Puts a graph into the store, in place of what it held, and opens it."""
    if request.param == "ladybug":
        path = tmp_path_factory.mktemp("store") / "graph.lbug"
        opened: list[tuple[Graph, Store]] = []

        def embedded(graph: Graph) -> Store:
            if not opened or opened[0][0] is not graph:
                ladybug.write(graph, path)
                for _, store in opened:
                    store.close()
                opened[:] = [(graph, ladybug.open(path))]
            return opened[0][1]

        yield embedded
        for _, store in opened:
            store.close()
    else:
        server = request.getfixturevalue("neo4j_server")
        with Neo4jGraph(server.uri, server.user, server.password, server.database) as store:

            def loaded(graph: Graph) -> Store:
                store.load(graph)
                return store

            yield loaded


@pytest.fixture
def store(make: Make) -> Store:
    return make(SMALL)


def test_a_graph_written_in_many_transactions_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "_BATCH", 3)
    monkeypatch.setattr(ladybug_schema, "ROWS_A_TRANSACTION", 5)
    ladybug.write(SMALL, tmp_path / "graph.lbug")
    with ladybug.open(tmp_path / "graph.lbug") as opened:
        assert opened.read() == SMALL
    assert [file.name for file in tmp_path.iterdir()] == ["graph.lbug"]


def test_no_value_is_lost_where_few_are_missing(tmp_path: Path) -> None:
    """Functions of the engine keep "missing" for what stands at the same place of a later batch of 2,048 rows."""
    whole = {"authors": ("A", "B"), "ids": ("1",), "source": ("x",), "year": 2000, "venue": "V", "surface": ("m",)}

    def some(number: int, *names: str) -> dict[str, Any]:
        return {name: whole[name] for place, name in enumerate(names) if (number + place) % 3001 != 2027}

    names = [f"paper:{number:05}" for number in range(20_000)]
    papers = [Node("Paper", p, some(n, "authors", "ids", "source", "year", "venue")) for n, p in enumerate(names)]
    mentions = [Relationship("MENTIONS", p, "method:m", some(n, "surface")) for n, p in enumerate(names)]
    graph = Graph.of([*papers, Node("Method", "method:m", {"name": "m"})], mentions)
    ladybug.write(graph, tmp_path / "graph.lbug")
    with ladybug.open(tmp_path / "graph.lbug") as store:
        assert store.read() == graph


def lines(graph: Graph) -> str:
    out = io.StringIO()
    write_jsonl(graph, out)
    return out.getvalue()


def test_what_was_written_is_read_byte_for_byte(store: Store) -> None:
    assert lines(store.read()) == lines(SMALL)


@pytest.mark.slow
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(graph=graphs())
def test_any_graph_comes_back_as_it_was(make: Make, graph: Graph) -> None:
    assert lines(make(graph).read()) == lines(graph)


def test_an_empty_graph_is_a_graph(make: Make) -> None:
    assert make(Graph.of([], [])).read() == Graph.of([], [])


def test_a_corrected_graph_takes_the_place_of_the_old(make: Make) -> None:
    make(SMALL)
    nodes = [Node(n.label, n.id, {**n.properties, "name": "Bert"}) if n.id == "method:bert" else n for n in SMALL.nodes]
    fewer = Graph.of(nodes, [r for r in SMALL.relationships if r.type != "OUTPERFORMS"])
    assert make(fewer).read() == fewer


def test_rows_come_under_the_names_that_the_query_gives(store: Store) -> None:
    found = store.run(
        "MATCH (m:Method) WHERE m.papers >= $papers RETURN m.name AS name, m.papers AS papers, m.aliases AS forms "
        "ORDER BY name LIMIT 2",
        {"papers": 2},
    )
    assert found == Table(
        ("name", "papers", "forms"),
        (
            ("BERT", 5, ["BERT", "Bert", "bidirectional encoder representations from transformers"]),
            ("BiDAF", 2, ["BiDAF", "bidirectional attention flow"]),
        ),
    )


def test_missing_values_and_empty_lists_are_told_apart(store: Store) -> None:
    found = store.run("MATCH (p:Paper {id: 'text:0a1b2c'}) RETURN p.title, p.authors")
    assert found.rows == ((None, []),)


def test_sums_are_integers(store: Store) -> None:
    ((total,),) = store.run("MATCH (m:Metric) RETURN sum(m.papers)").rows
    assert type(total) is int


def test_whole_nodes_and_relationships_are_dictionaries(store: Store) -> None:
    ((node, relationship),) = store.run(
        "MATCH (m:Metric {id: 'metric:f1'})<-[r:MENTIONS]-(:Paper {year: 2016}) RETURN m, r"
    ).rows
    assert list(node.items()) == [
        ("label", "Metric"),
        ("aliases", ["F1", "F1 score"]),
        ("better", "higher"),
        ("generic", False),
        ("id", "metric:f1"),
        ("name", "F1"),
        ("papers", 2),
    ]
    assert relationship == {"type": "MENTIONS", "count": 2, "surface": ["F1"]}


def test_parameters_are_never_read_as_cypher(store: Store) -> None:
    found = store.run("MATCH (m:Method) WHERE m.name = $name RETURN m.id", {"name": "x' OR true //"})
    assert found.rows == ()


@pytest.mark.parametrize("statement", ["this is no Cypher", "MATCH (m:Method) RETURN nosuch(m)", "RETURN 1; RETURN 2"])
def test_a_wrong_query_is_one_line(store: Store, statement: str) -> None:
    with pytest.raises(KGError) as caught:
        store.run(statement)
    assert "\n" not in str(caught.value)


def test_queries_cannot_write(store: Store) -> None:
    with pytest.raises(KGError):
        store.run("CREATE (m:Method {id: 'method:new'}) RETURN m.id")
    assert lines(store.read()) == lines(SMALL)


def test_a_graph_that_does_not_fit_the_schema_is_refused_and_the_old_one_stays(make: Make) -> None:
    make(SMALL)
    for wrong, word in (
        (Graph((Node("Method", "method:x", {"colour": "red"}),), ()), "colour"),
        (Graph((), (Relationship("ABOUT", "method:bert", "task:qa", {}),)), "cannot join"),
    ):
        with pytest.raises(KGError, match=word):
            make(wrong)
    assert lines(make(SMALL).read()) == lines(SMALL)


class TestEmbedded:
    """What only the file has."""

    def test_rows_may_come_as_arrow_tables(self, tmp_path: Path) -> None:
        """As a build on several machines has them."""
        path = tmp_path / "graph.lbug"
        ladybug.write_tables(tables(SMALL), path, limits.for_graph(SMALL))
        with ladybug.open(path) as store:
            assert store.read() == SMALL

    @pytest.mark.parametrize("name", ["a b", "a[1]", "it's", "what?*", "back\\slash", "{x,y}", "ü"])
    def test_a_folder_of_any_name_holds_a_graph(self, tmp_path: Path, name: str) -> None:
        """The engine takes names of files for patterns."""
        path = tmp_path / name / "graph.lbug"
        ladybug.write(SMALL, path)
        with ladybug.open(path) as store:
            assert store.read() == SMALL
        assert [file.name for file in path.parent.iterdir()] == ["graph.lbug"]

    def test_rows_of_many_batches_come_back_as_they_were(self, tmp_path: Path) -> None:
        """The engine works in batches of 2,048 rows."""
        nodes = [
            Node("Method", f"method:{n}", {"name": f"{n}", "aliases": ("",) * (n % 3) + (f"a{n}", ",;\n")})
            for n in range(5000)
        ]
        graph = Graph.of(nodes, [])
        ladybug.write(graph, tmp_path / "graph.lbug")
        with ladybug.open(tmp_path / "graph.lbug") as store:
            assert store.read() == graph

    @pytest.mark.parametrize(
        ("properties", "said"),
        [
            ({"year": "1999"}, "property year: a value is not of type integer: '1999'"),
            ({"year": True}, "property year: a value is not of type integer: True"),
            ({"year": 2**63}, "property year: a value is not of type integer: 9223372036854775808"),
            ({"authors": "Ann"}, "property authors: a value is not of type strings: 'Ann'"),
            ({"title": "half \ud83d"}, "a lone surrogate"),
        ],
    )
    def test_a_value_of_another_type_is_refused(self, tmp_path: Path, properties: dict[str, Any], said: str) -> None:
        graph = Graph.of([Node("Paper", "doi:1", properties)], [])
        with pytest.raises(KGError, match=said):
            ladybug.write(graph, tmp_path / "graph.lbug")
        assert list(tmp_path.iterdir()) == []

    def test_a_relationship_to_nowhere_is_an_error_and_leaves_nothing_behind(self, tmp_path: Path) -> None:
        loose = Graph((), (Relationship("USED_FOR", "method:a", "task:b", {"paper": "arxiv:1"}),))
        with pytest.raises(KGError, match="cannot write the graph"):
            ladybug.write(loose, tmp_path / "graph.lbug")
        assert list(tmp_path.iterdir()) == []

    def test_a_log_of_changes_to_the_old_graph_does_not_change_the_new_one(self, tmp_path: Path) -> None:
        (tmp_path / "graph.lbug.wal").write_bytes(b"changes")
        ladybug.write(SMALL, tmp_path / "graph.lbug")
        assert [p.name for p in tmp_path.iterdir()] == ["graph.lbug"]

    def test_a_reader_keeps_the_graph_that_it_opened(self, tmp_path: Path) -> None:
        path = tmp_path / "graph.lbug"
        ladybug.write(SMALL, path)
        with ladybug.open(path) as store:
            ladybug.write(Graph.of([], []), path)
            assert lines(store.read()) == lines(SMALL)

    @pytest.mark.parametrize(
        ("content", "word"),
        [
            (b"a text\n" * 100, "not a graph file"),
            (b"", "not a graph of abstractkg"),
            (None, "no graph file there"),
        ],
    )
    def test_what_is_not_a_graph_file_is_one_line(self, tmp_path: Path, content: bytes | None, word: str) -> None:
        path = tmp_path / "graph.lbug"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(KGError, match=word) as caught:
            ladybug.open(path)
        assert "\n" not in str(caught.value)

    def test_a_folder_is_not_a_graph_file(self, tmp_path: Path) -> None:
        with pytest.raises(KGError, match="folder"):
            ladybug.open(tmp_path)

    @pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
    def test_a_cut_off_file_is_damaged(self, tmp_path: Path, part: float) -> None:
        path = tmp_path / "graph.lbug"
        ladybug.write(SMALL, path)
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * part)])
        with pytest.raises(KGError, match="damaged"):
            ladybug.open(path)

    def test_counts_are_by_label_and_type(self, tmp_path: Path) -> None:
        ladybug.write(SMALL, tmp_path / "graph.lbug")
        with ladybug.open(tmp_path / "graph.lbug") as store:
            nodes, relationships = store.counts()
        assert (nodes["Paper"], relationships["OUTPERFORMS"], relationships.total()) == (
            11,
            9,
            len(SMALL.relationships),
        )


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("MATCH (a) WHERE NOT a:Method RETURN a.name", "written label(a) = 'Method' here"),
        ("MATCH (n:Method) WHERE n.papers > 1 OR n:Task RETURN n.name", "written label(n) = 'Method' here"),
        ("MATCH (a:Method) WHERE EXISTS((a)-[:OUTPERFORMS]->()) RETURN a.name", "write EXISTS { MATCH … }"),
        ("MATCH (a:Method) RETURN a.name AS a ORDER BY a", "ORDER BY takes values: a.name, a.papers"),
        ("MATCH (a:Method) RETURN DISTINCT a.name AS x ORDER BY a.papers", "ORDER BY sees only what RETURN gives"),
        ("MATCH (a:Method) RETURN a.nam", "properties are abstract, aliases"),
        ("MATCH (a:Methods) RETURN a.name", "labels are Paper, Method"),
        ("MATCH (:Method)-[r:BEATS]->(b) RETURN b.name", "types are MENTIONS, INTRODUCES"),
    ],
)
def test_the_embedded_engine_says_what_to_write_instead(statement: str, said: str, tmp_path: Path) -> None:
    ladybug.write(graph(), tmp_path / "g.lbug")
    with ladybug.open(tmp_path / "g.lbug") as store, pytest.raises(KGError) as error:
        store.run(statement)
    assert said in str(error.value)
    assert "exception" not in str(error.value)
