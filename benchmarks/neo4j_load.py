"""Loading into Neo4j against a bare driver loop that runs the same `UNWIND … MERGE`, in one run.

    python benchmarks/neo4j_load.py GRAPH [--rounds 1] [--neo4j URI --user USER --password PASSWORD]

GRAPH is a store folder or a file of JSON lines. Without an address the server of the tests is started.
The bare loop has its rows made beforehand and does nothing but send them. Both load into an emptied
database, by turns. Loading a second time, which changes nothing, is timed as well.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

import neo4j
from servers import connection, read_graph

from kg.graph import Graph, with_lists
from kg.stores.neo4j import Neo4jGraph
from kg.stores.neo4j_marks import declarations, digest
from kg.stores.parts import batches, by_ends

Work = list[tuple[str, list[list[Any]]]]


def prepared(graph: Graph) -> tuple[Work, Work]:
    """Statements with their batches of rows: for nodes, and for relationships."""
    labels: dict[str, list[list[Any]]] = {}
    for node in graph.nodes:
        labels.setdefault(node.label, []).append([node.id, {**with_lists(node.properties), "abstractkg": digest(node)}])
    nodes = [
        (f"UNWIND $rows AS row MERGE (n:{label} {{id: row[0]}}) SET n += row[1]", batch)
        for label, rows in labels.items()
        for batch in batches(rows, 2_000)
    ]
    relationships = []
    for (name, start, end), members in by_ends(graph.relationships).items():
        statement = (
            f"UNWIND $rows AS row MATCH (a:{start} {{id: row[0]}}) MATCH (b:{end} {{id: row[1]}}) "
            f"MERGE (a)-[r:{name} {{abstractkg: row[2]}}]->(b) ON CREATE SET r += row[3]"
        )
        rows = [[r.start, r.end, digest(r), with_lists(r.properties)] for r in members]
        relationships += [(statement, batch) for batch in batches(rows, 5_000)]
    return nodes, relationships


def bare(driver: neo4j.Driver, work: tuple[Work, Work]) -> tuple[float, float]:
    """Seconds that the bare loop takes for nodes and relationships."""
    seconds = []
    with driver.session(database="neo4j") as session:
        for statement in declarations():
            session.run(statement).consume()
        for part in work:
            started = time.perf_counter()
            for statement, rows in part:
                session.execute_write(lambda tx, s=statement, r=rows: tx.run(s, rows=r).consume())
            seconds.append(time.perf_counter() - started)
    return seconds[0], seconds[1]


def ours(store: Neo4jGraph, graph: Graph) -> tuple[float, float, float]:
    """Seconds until nodes and relationships are there by `kg load`, and for all of it."""
    started = time.perf_counter()
    ends: dict[str, float] = {}
    store.load(graph, lambda step, done, total: ends.update({step: time.perf_counter()}))
    finished = time.perf_counter()
    return ends["nodes"] - started, ends["relationships"] - ends["nodes"], finished - started


def empty(driver: neo4j.Driver) -> None:
    """Delete everything, in transactions of the server's own."""
    with driver.session(database="neo4j") as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()


def timed(action: Callable[[], object]) -> float:
    """Seconds that an action takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("graph")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--neo4j")
    parser.add_argument("--user", default="neo4j")
    parser.add_argument("--password", default="")
    options = parser.parse_args()
    graph = read_graph(options.graph)
    count = len(graph.relationships)
    print(f"{len(graph.nodes)} nodes, {count} relationships")
    work = prepared(graph)
    with connection(options.neo4j, options.user, options.password, "neo4j") as store:
        driver = store._driver
        for number in range(options.rounds):
            empty(driver)
            nodes, relationships = bare(driver, work)
            print(
                f"{number}: bare loop: nodes {nodes:.1f} s, relationships {relationships:.1f} s, "
                f"{count / relationships:,.0f} relationships a second"
            )
            empty(driver)
            nodes, own, whole = ours(store, graph)
            print(
                f"{number}: kg load:   nodes {nodes:.1f} s, relationships {own:.1f} s, "
                f"{count / own:,.0f} relationships a second, all {whole:.1f} s; ratio {relationships / own:.2f}"
            )
        print(f"loading again, nothing to change: {timed(lambda: store.load(graph)):.1f} s")


if __name__ == "__main__":
    main()
