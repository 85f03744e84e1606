"""Loading into a real Neo4j: differences, foreign data, and servers and runs that break off."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import neo4j
import pytest
from neo4j_server import OwnServer, Server, classpath
from small_graph import graph

from kg import schema
from kg.errors import KGError
from kg.exports import cypher, neo4j_csv
from kg.graph import Graph, Node, Relationship
from kg.stores import neo4j as neo4j_store
from kg.stores.neo4j import Neo4jGraph
from kg.stores.parts import by_ends
from kg.stores.rows import KINDS

SMALL = graph()
EMPTY = Graph.of([], [])
AnyServer = Server | OwnServer


@pytest.fixture
def store(neo4j_server: AnyServer) -> Iterator[Neo4jGraph]:
    """The server's database, without anything of abstractkg's and without what tests put beside it."""
    with opened(neo4j_server) as store:
        store.load(EMPTY, replace=True)
        yield store
        sql(neo4j_server, "MATCH (n:Foreign) DETACH DELETE n")
        store.load(EMPTY, replace=True)


@pytest.fixture
def mortal_server(neo4j_server: AnyServer) -> Server:
    """A server that a test may kill and start again."""
    if not isinstance(neo4j_server, Server):
        pytest.skip("a server of one's own is not stopped by tests")
    return neo4j_server


def opened(server: AnyServer, password: str | None = None) -> Neo4jGraph:
    return Neo4jGraph(server.uri, server.user, password or server.password, server.database)


def sql(server: AnyServer, statement: str) -> list[tuple[object, ...]]:
    """What a user of the same database does, past abstractkg."""
    with (
        neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver,
        driver.session(database=server.database) as session,
    ):
        return [tuple(record) for record in session.run(statement)]


def large(papers: int = 1_500) -> Graph:
    """Enough for a load to take several batches."""
    nodes = [
        Node("Paper", f"arxiv:{n:06}", {"abstract": f"Abstract {n}.", "year": 2000 + n % 20}) for n in range(papers)
    ]
    methods = [
        Node("Method", f"method:m{n}", {"name": f"M{n}", "aliases": (f"M{n}",), "papers": 3}) for n in range(100)
    ]
    mentions = [
        Relationship("MENTIONS", paper.id, methods[(n * k) % 100].id, {"count": k, "surface": ("M",)})
        for n, paper in enumerate(nodes)
        for k in (1, 2, 3)
    ]
    return Graph.of([*nodes, *methods], {rel.key: rel for rel in mentions}.values())


class TestDifference:
    def test_loading_twice_changes_nothing(self, store: Neo4jGraph) -> None:
        store.load(SMALL)
        again = store.load(SMALL)
        assert (again.nodes_written, again.relationships_written) == (0, 0)
        assert (again.nodes_removed, again.relationships_removed) == (0, 0)

    def test_only_what_changed_is_written(self, store: Neo4jGraph) -> None:
        store.load(SMALL)
        nodes = [Node(n.label, n.id, {"name": "Café"}) if n.id == "method:cafe" else n for n in SMALL.nodes]
        nodes = [n for n in nodes if n.id != "result:8"]
        rels = [r for r in SMALL.relationships if r.start != "result:8" and r.end != "result:8"]
        rels[0] = Relationship(rels[0].type, rels[0].start, rels[0].end, {**rels[0].properties, "count": 7})
        corrected = Graph.of(nodes, rels)
        loaded = store.load(corrected)
        assert (loaded.nodes_written, loaded.nodes_removed) == (1, 1)
        assert (loaded.relationships_written, loaded.relationships_removed) == (1, 4)
        assert store.read() == corrected

    def test_every_node_has_one_label(self, store: Neo4jGraph) -> None:
        store.load(SMALL)
        assert store.run("MATCH (n) WHERE n.abstractkg IS NOT NULL RETURN DISTINCT size(labels(n))").rows == ((1,),)

    def test_ids_are_unique_by_constraint(self, store: Neo4jGraph, neo4j_server: AnyServer) -> None:
        store.load(SMALL)
        found = sql(
            neo4j_server, "SHOW CONSTRAINTS YIELD labelsOrTypes, properties RETURN labelsOrTypes[0], properties[0]"
        )
        assert {(label, "id") for label in schema.NODE_TYPES} <= set(found)

    def test_an_index_that_lacks_its_constraint_is_made_again(self, store: Neo4jGraph, neo4j_server: AnyServer) -> None:
        """A server that is killed while it makes a constraint leaves one."""
        sql(neo4j_server, "DROP CONSTRAINT abstractkg_method_id IF EXISTS")
        sql(neo4j_server, "CREATE INDEX abstractkg_method_id FOR (n:Method) ON (n.id)")
        store.load(SMALL)
        assert store.read() == SMALL
        assert ("abstractkg_method_id",) in sql(neo4j_server, "SHOW CONSTRAINTS YIELD name RETURN name")

    def test_progress_ends_at_the_total(self, store: Neo4jGraph) -> None:
        seen: dict[str, tuple[int, int | None]] = {}
        store.load(SMALL, lambda step, done, total: seen.update({step: (done, total)}))
        nodes, relationships = len(SMALL.nodes), len(SMALL.relationships)
        assert seen == {"nodes": (nodes, nodes), "relationships": (relationships, relationships)}


class TestForeignData:
    def test_it_is_left_alone(self, store: Neo4jGraph, neo4j_server: AnyServer) -> None:
        store.load(SMALL)
        sql(
            neo4j_server,
            "MATCH (m:Method {id: 'method:bert'}), (n:Method {id: 'method:vit'}) "
            "SET m.note = 'mine' "
            "CREATE (:Foreign {id: 'method:bert'})-[:LIKES]->(m), (m)-[:OUTPERFORMS {why: 'so'}]->(n), "
            "(:Method:Foreign {name: 'no id'})",
        )
        assert store.read() == SMALL
        store.load(Graph.of(SMALL.nodes, []))
        rows = sql(
            neo4j_server,
            "MATCH (:Foreign)-[:LIKES]->(m:Method)-[r:OUTPERFORMS]->(:Method) "
            "RETURN m.note, r.why, COUNT { MATCH (:Method:Foreign) }",
        )
        assert rows == [("mine", "so", 1)]
        sql(neo4j_server, "MATCH (:Method)-[r:OUTPERFORMS {why: 'so'}]->() DELETE r")

    def test_a_gone_node_stays_while_others_hold_on_to_it(self, store: Neo4jGraph, neo4j_server: AnyServer) -> None:
        store.load(SMALL)
        sql(neo4j_server, "MATCH (m:Method {id: 'method:bert'}) CREATE (:Foreign)-[:LIKES]->(m)")
        loaded = store.load(EMPTY)
        assert (loaded.nodes_removed, loaded.nodes_released) == (len(SMALL.nodes) - 1, 1)
        assert store.read() == EMPTY
        assert sql(neo4j_server, "MATCH (:Foreign)-[:LIKES]->(m) RETURN m.id") == [("method:bert",)]
        store.load(SMALL)
        assert store.read() == SMALL

    def test_a_node_of_others_with_our_id_is_not_overwritten(self, store: Neo4jGraph, neo4j_server: AnyServer) -> None:
        sql(neo4j_server, "CREATE (:Method:Foreign {id: 'method:bert', name: 'theirs'})")
        with pytest.raises(KGError, match="'method:bert' that abstractkg did not load"):
            store.load(SMALL)
        assert sql(neo4j_server, "MATCH (n:Method) RETURN n.name") == [("theirs",)]


class TestNames:
    """A load never removes another store's graph unasked."""

    def test_a_graph_of_another_name_is_not_removed(self, store: Neo4jGraph) -> None:
        store.load(SMALL, name="ours")
        other = large(20)
        with pytest.raises(KGError, match=r"holds the graph 'ours', of which \d+ nodes would be removed; .*--replace"):
            store.load(other, name="theirs")
        assert store.read() == SMALL
        assert store.held() == "ours"
        store.load(other, name="theirs", replace=True)
        assert (store.read(), store.held()) == (other, "theirs")

    def test_a_dry_run_says_what_a_load_changes_and_changes_nothing(self, store: Neo4jGraph) -> None:
        store.load(SMALL, name="ours")
        other = large(20)
        told = store.difference(other)
        assert store.read() == SMALL
        assert store.load(other, name="ours") == told
        again = store.difference(other)
        assert (again.nodes_written, again.relationships_written, again.nodes_removed) == (0, 0, 0)

    def test_a_graph_without_a_name_is_gone_on_from_unless_it_would_lose_nodes(
        self, store: Neo4jGraph, neo4j_server: AnyServer
    ) -> None:
        store.load(SMALL)
        sql(neo4j_server, "MATCH (h:AbstractkgGraph) DELETE h")
        with pytest.raises(KGError, match="a graph without a name"):
            store.load(EMPTY, name="ours")
        assert store.load(SMALL, name="ours").nodes_written == 0
        assert store.held() == "ours"


class TestErrors:
    def test_a_wrong_password_is_one_line_and_no_password(
        self, neo4j_server: AnyServer, caplog: pytest.LogCaptureFixture
    ) -> None:
        with (
            caplog.at_level(logging.DEBUG),
            pytest.raises(KGError, match="wrong user name or password") as caught,
        ):
            opened(neo4j_server, "a-wrong-secret")
        assert "\n" not in str(caught.value)
        assert "a-wrong-secret" not in caplog.text + str(caught.value) + repr(caught.value.__cause__)

    @pytest.mark.parametrize(
        ("uri", "reason"),
        [
            ("bolt://localhost:1", "no Neo4j server answers"),
            ("http://localhost:7474", "not the address of a Neo4j server"),
            ("bolt://neo4j:my-secret@localhost", "do not belong in the address"),
            ("bolt://localhost:nonsense", "Port could not be cast"),
        ],
    )
    def test_a_wrong_address_is_one_line(self, uri: str, reason: str) -> None:
        with pytest.raises(KGError, match=reason) as caught:
            Neo4jGraph(uri, "neo4j", "x")
        assert "\n" not in str(caught.value)
        assert "my-secret" not in str(caught.value)

    def test_an_unknown_database_is_named_so(self, neo4j_server: AnyServer) -> None:
        with pytest.raises(KGError, match="no database of that name"):
            Neo4jGraph(neo4j_server.uri, neo4j_server.user, neo4j_server.password, "nosuch")

    def test_encryption_that_the_server_lacks_is_told(self, neo4j_server: AnyServer) -> None:
        if neo4j_server.uri.partition(":")[0] not in ("bolt", "neo4j"):
            pytest.skip("this server does speak TLS")
        uri = neo4j_server.uri.replace("://", "+s://", 1)
        with pytest.raises(KGError, match="no Neo4j server answers over TLS"):
            Neo4jGraph(uri, neo4j_server.user, neo4j_server.password)


class TestInterruption:
    """A load that breaks off anywhere ends right when it is run again."""

    def test_a_server_that_restarts_during_a_load(self, store: Neo4jGraph, mortal_server: Server) -> None:
        restarted = threading.Event()

        def restart(step: str, done: int, total: int | None) -> None:
            if step == "relationships" and not restarted.is_set():
                restarted.set()
                mortal_server.kill()
                threading.Thread(target=mortal_server.start).start()

        with small_batches():
            store.load(large(), restart)
        assert restarted.is_set()
        assert store.read() == large()

    def test_a_server_that_goes_away_is_one_line_and_the_next_load_finishes(
        self, mortal_server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(neo4j_store, "RETRY_SECONDS", 1.0)

        def stop(step: str, done: int, total: int | None) -> None:
            if step == "relationships":
                mortal_server.stop()

        with small_batches(), opened(mortal_server) as store:
            with pytest.raises(KGError, match=r"no Neo4j server answers.*load again to finish") as caught:
                store.load(large(), stop)
            assert "\n" not in str(caught.value)
            mortal_server.start()
            store.load(large())
            assert store.read() == large()
            store.load(EMPTY)

    def test_a_load_that_is_killed(self, store: Neo4jGraph, neo4j_server: AnyServer) -> None:
        script = textwrap.dedent("""
            import os, sys
            sys.path.insert(0, sys.argv[1])
            from test_neo4j import Neo4jGraph, large, small_batches
            uri, user, database = sys.argv[2:]

            def progress(step, done, total):
                if step == "relationships" and done > total / 3:
                    print("loading", flush=True)

            with small_batches(), Neo4jGraph(uri, user, os.environ["PASSWORD"], database) as store:
                store.load(large(), progress)
        """)
        here = str(Path(__file__).parent)
        run = subprocess.Popen(
            [sys.executable, "-c", script, here, neo4j_server.uri, neo4j_server.user, neo4j_server.database],
            stdout=subprocess.PIPE,
            env={**os.environ, "PASSWORD": neo4j_server.password},
        )
        with run:
            assert run.stdout is not None
            assert run.stdout.readline() == b"loading\n"
            run.send_signal(signal.SIGKILL)
        assert 0 < len(store.read().relationships) < len(large().relationships)
        store.load(large())
        assert store.read() == large()

    def test_a_read_only_database_is_one_line(self, mortal_server: Server) -> None:
        mortal_server.stop()
        mortal_server.start("server.databases.read_only=neo4j")
        try:
            with opened(mortal_server) as store, pytest.raises(KGError, match="read-only") as caught:
                store.load(SMALL)
            assert "\n" not in str(caught.value)
        finally:
            mortal_server.stop()
            mortal_server.start()


class TestExports:
    def test_the_script_makes_the_same_graph_and_load_goes_on_from_it(
        self, store: Neo4jGraph, neo4j_server: AnyServer, tmp_path: Path
    ) -> None:
        cypher.write_cypher(SMALL, tmp_path / "graph.cypher")
        for statement in (tmp_path / "graph.cypher").read_text("utf-8").split(";\n"):
            if statement:
                sql(neo4j_server, statement)
        assert store.read() == SMALL
        assert store.load(SMALL).nodes_written == 0

    @pytest.mark.parametrize(
        "text",
        ["it's", "back\\slash", "\\u0027 + '", "\\\\u0027", "a\nb\r\t\x00\x08", "'; MATCH (n) DELETE n //", "\u2028"],
    )
    def test_text_in_a_script_is_data(self, neo4j_server: AnyServer, text: str) -> None:
        assert sql(neo4j_server, f"RETURN {cypher.literal([text, {'k': text}])}") == [([text, {"k": text}],)]

    @pytest.mark.parametrize("statement", ["LOAD CSV FROM 'file:///x' AS row RETURN row", "CREATE (:Paper {id: 'x'})"])
    def test_a_query_reads_the_graph_and_nothing_else(self, store: Neo4jGraph, statement: str) -> None:
        with pytest.raises(KGError, match="the query is refused"):
            store.run(statement)

    @pytest.mark.parametrize("between", ["", "\x1f", "\x1f\x1e\x1d\x1c"])
    def test_the_bulk_import_takes_the_files(self, between: str, mortal_server: Server, tmp_path: Path) -> None:
        """With the real tool: the nodes that it cannot take as they are get a mark that a load mends.

        What separates the items of lists is a character that stands in none of them.
        """
        folder = tmp_path / "bulk"
        folder.mkdir()
        odd = Node("Method", "method:odd", {"name": 'a "b", c;\n\\d ', "aliases": ("", "a|b;c", '"'), "papers": 0})
        other = Node("Method", "method:other", {"name": "b", "aliases": ("b", f"c{between}d"), "papers": 1})
        whole = Graph.of([*SMALL.nodes, odd, other], SMALL.relationships)
        neo4j_csv.write_neo4j_csv(whole, folder)
        home = tmp_path / "home"
        bulk_import(folder, home)
        server = Server(home)
        server.start()
        try:
            with opened(server) as store:
                loaded = store.load(whole)
                assert (loaded.nodes_written, loaded.relationships_written, loaded.nodes_removed) == (1, 0, 0)
                assert store.read() == whole
        finally:
            server.stop()

    def test_the_bulk_import_takes_files_in_parts(self, mortal_server: Server, tmp_path: Path) -> None:
        """As a build on several machines writes them."""
        folder = tmp_path / "bulk"
        folder.mkdir()
        for number in range(3):
            part = Graph.of(SMALL.nodes[number::3], SMALL.relationships[number::3])
            neo4j_csv.write_part(part, folder, f"part-{number:05}", "|")
        nodes, relationships = {n.label for n in SMALL.nodes}, by_ends(SMALL.relationships)
        kinds = [k for k in KINDS if ((k.name, k.start, k.end) in relationships if k.start else k.name in nodes)]
        neo4j_csv.write_headers(kinds, folder, "|")
        home = tmp_path / "home"
        bulk_import(folder, home)
        server = Server(home)
        server.start()
        try:
            with opened(server) as store:
                imported = store.read()
                assert len(imported.nodes) == len(SMALL.nodes)
                loaded = store.load(SMALL)  # mends what the import cannot take as it is, such as empty lists
                assert (loaded.relationships_written, loaded.nodes_removed) == (0, 0)
                assert store.read() == SMALL
        finally:
            server.stop()


def bulk_import(folder: Path, home: Path) -> None:
    """Run the exported import.sh with the neo4j-admin that lies in the jars."""
    tool = home / "bin" / "neo4j-admin"
    tool.parent.mkdir(parents=True)
    (home / "conf").mkdir()
    (home / "conf" / "neo4j.conf").touch()
    java = "java -Xmx512m --add-opens=java.base/java.nio=ALL-UNNAMED"  # as Neo4j's own launcher opens it
    tool.write_text(f'#!/bin/sh\nexec {java} -cp "{classpath()}" org.neo4j.cli.AdminTool "$@"\n')
    tool.chmod(0o755)
    environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    done = subprocess.run(["sh", str(folder / "import.sh")], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def small_batches() -> Iterator[None]:
    """Many transactions a load, so that it can break off between them."""
    from kg.stores import neo4j_load

    sizes = neo4j_load.NODES_A_BATCH, neo4j_load.RELATIONSHIPS_A_BATCH
    neo4j_load.NODES_A_BATCH, neo4j_load.RELATIONSHIPS_A_BATCH = 200, 300
    try:
        yield
    finally:
        neo4j_load.NODES_A_BATCH, neo4j_load.RELATIONSHIPS_A_BATCH = sizes
