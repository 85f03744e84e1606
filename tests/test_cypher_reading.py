"""A query can read the graph and nothing else, whatever its text."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from small_graph import graph as small_graph

from kg.errors import KGError
from kg.querying import saved
from kg.stores import ladybug
from kg.stores.cypher import reading

ALLOWED = """
RETURN 1
MATCH (p:Paper) RETURN count(p) AS papers;
MATCH (n) WHERE n.name = 'LOAD FROM; CREATE' RETURN n
MATCH (n) RETURN n.create, n.`delete`, n.load AS set ORDER BY n.name DESC SKIP 1 LIMIT 3
MATCH (a)-[*1..3]->(b), (a)-[r:PART_OF*..2]->(c) RETURN DISTINCT *
MATCH (a)-[:PART_OF* SHORTEST 1..5]->(b) RETURN a
OPTIONAL MATCH (n:Method {name: 'x', copy: 1}) RETURN n UNION ALL MATCH (m:Task) RETURN m AS n
UNWIND [1, 2] AS x WITH x, CASE WHEN x > 1 THEN 'a' ELSE NULL END AS y WHERE y IS NOT NULL AND NOT x IN [3] RETURN x, y
MATCH (n) WHERE EXISTS { MATCH (n)-[:PART_OF]->(m) WHERE m.name STARTS WITH 'B' } RETURN COUNT { (n)-->() } AS out
RETURN {merge: 1, ok: NOT true, of: CASE 1 WHEN 1 THEN 2 END} AS map
MATCH (n) CALL { WITH n MATCH (n)--(m) RETURN count(m) AS degree } RETURN n, degree
CALL show_tables() RETURN *
CALL db.labels() YIELD label RETURN label
MATCH (n) RETURN [x IN n.aliases WHERE x CONTAINS 'a' | toLower(x)] AS lower, n.aliases[1:2] // and a comment
/* one */ MATCH (n) /* two ; */ RETURN count(*) + 2 * 3 AS total
MATCH (n:Method&!Task|Dataset) WHERE n.name =~ $pattern RETURN n
"""

REFUSED = """
COPY (MATCH (p:Paper) RETURN p.id) TO '{out}'
EXPORT DATABASE '{out}'
LOAD FROM '{secret}' RETURN *
LOAD FROM '{secret}' (file_format='csv', header=false) RETURN *
LOAD WITH HEADERS (line STRING) FROM '{secret}' (file_format='csv') RETURN *
load from '{secret}' return *
MATCH (n) WITH * LOAD FROM '{secret}' (file_format='csv') RETURN *
MATCH (n) WITH n AS skip LOAD FROM '{secret}' (file_format='csv') RETURN *
WITH 1 AS skip WITH skip LOAD FROM '{secret}' (file_format='csv') RETURN *
UNWIND [1] AS x LOAD FROM '{secret}' (file_format='csv') RETURN *
RETURN 1 AS a UNION LOAD FROM '{secret}' (file_format='csv') RETURN *
RETURN 1 AS a UNION ALL LOAD FROM '{secret}' (file_format='csv') RETURN *
// RETURN 1 {cr} LOAD FROM '{secret}' (file_format='csv') RETURN *
RETURN 1 AS x {nbsp} LOAD FROM '{secret}' RETURN *
RETURN '{u0027} LOAD FROM "{secret}" RETURN * //'
LOAD CSV FROM 'file://{secret}' AS line RETURN line
MATCH (n) CALL { LOAD CSV FROM 'http://127.0.0.1:9/x' AS line RETURN line } RETURN line
CALL file_info('{secret}') RETURN *
WITH 1 AS skip CALL file_info('{secret}') RETURN *
MATCH (n) CALL `file_info`('{secret}') RETURN *
CALL apoc.load.json('http://127.0.0.1:9/x') YIELD value RETURN value
CALL threads = 3
CALL dbms.shutdown()
CHECKPOINT
INSTALL json
LOAD EXTENSION json
UPDATE json
ATTACH '{out}' AS x (dbtype lbug)
BEGIN TRANSACTION
COMMIT
RETURN 1; RETURN 2
RETURN 1; CREATE (:Paper {id: 'x'})
RETURN ';' ; COPY Paper TO '{out}'
CREATE (:Paper {id: 'x'})
MATCH (n) SET n.name = 'x'
MATCH (n) WITH * CREATE (:Paper {id: 'x'})
MATCH (n) DETACH DELETE n
MERGE (n:Paper {id: 'x'}) RETURN n
MATCH (n) WHERE n:Paper CREATE (:Paper {id: 'x'})
RETURN 1 AS a UNION ALL CREATE (n:Paper {id: 'x'}) RETURN n
MATCH (n) CALL { CREATE (m:Paper {id: 'x'}) RETURN m } RETURN m
DROP TABLE Paper
ALTER TABLE Paper ADD x STRING
CREATE NODE TABLE X (id STRING PRIMARY KEY)
COMMENT ON TABLE Paper IS 'x'
CREATE MACRO f(x) AS x + 1
EXPLAIN MATCH (n) RETURN n
PROFILE MATCH (n) RETURN n
USE x
SHOW USERS
RETURN 'never ends
RETURN 1 /* never ends
MATCH (n RETURN n
RETURN 1)
;
// nothing
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a graph, and a file that nobody may read."""
    folder = tmp_path_factory.mktemp("store")
    (folder / "secret.csv").write_text("a-secret\n")
    ladybug.write(small_graph(), folder / "graph.lbug")
    return folder


def _content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


@pytest.mark.parametrize("statement", _lines(ALLOWED))
def test_a_statement_that_reads_is_allowed(statement: str) -> None:
    assert reading(statement)


@pytest.mark.parametrize("name", list(saved.load_all()))
def test_every_saved_query_is_allowed(name: str) -> None:
    query = saved.load_all()[name]
    assert all(reading(query.statement(engine)) for engine in ("ladybug", "neo4j"))


@pytest.mark.parametrize("statement", _lines(REFUSED))
def test_a_statement_that_does_anything_else_is_refused_and_does_nothing(statement: str, store: Path) -> None:
    before = _content(store)
    paths = {"{out}": str(store / "out.csv"), "{secret}": str(store / "secret.csv")}
    for name, value in {**paths, "{cr}": "\r", "{nbsp}": "\xa0", "{u0027}": "\\u0027"}.items():
        statement = statement.replace(name, value)
    with ladybug.open(store / "graph.lbug") as opened, pytest.raises(KGError, match="the query is refused: ") as error:
        opened.run(statement)
    assert "\n" not in str(error.value)
    assert _content(store) == before


def test_a_comment_that_the_engine_would_end_elsewhere_hides_nothing(store: Path) -> None:
    text = f' */ LOAD FROM "{store}/secret.csv" (file_format="csv") RETURN * //'
    with ladybug.open(store / "graph.lbug") as opened:
        assert opened.run(f"/***/ RETURN '{text}' AS text").rows == ((text,),)


def test_the_engine_gets_no_comments_and_the_lines_stay() -> None:
    assert reading("MATCH (n) // all\n/* of\nthem */ RETURN n") == "MATCH (n)  \n\n RETURN n"


def test_shuffled_pieces_of_statements_never_reach_a_file(store: Path) -> None:
    """Statements put together at random: whatever passes, leaves files alone and reads none."""
    secret, out = store / "secret.csv", store / "out.csv"
    before = _content(store)
    pieces = [
        "MATCH (n)", "RETURN *", "RETURN 1 AS a", "WITH *", "WITH 1 AS skip", "LOAD FROM", f"'{secret}'", "/*", "*/",
        "//", "\n", "'", '"', "`", "UNION", "ALL", "CALL", "{", "}", f"file_info('{secret}')", ";",
        "(file_format='csv')",
        f"COPY (RETURN 1) TO '{out}'", "CREATE (:Paper {id: 'x'})", "*", "\\", "\r", "$a", "(", ")", ":", ".", "AS x",
    ]  # fmt: skip
    chance = random.Random(17)
    passed = 0
    with ladybug.open(store / "graph.lbug") as opened:
        for _ in range(20_000):
            statement = " ".join(chance.choices(pieces, k=chance.randint(2, 9)))
            try:
                text = reading(statement)
            except KGError:
                continue
            passed += 1
            try:
                rows = opened.run(text).rows
            except KGError:
                continue
            assert "a-secret" not in repr(rows), statement
    assert passed > 50
    assert _content(store) == before
