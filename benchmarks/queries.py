"""Every saved query on both engines over one graph: seconds, rows, and whether the rows agree.

    python benchmarks/queries.py GRAPH [--runs 3] [--loaded] [--neo4j URI --user USER --password PASSWORD]

GRAPH is a store folder or a file of JSON lines. Names are the most mentioned ones of their type, which
makes the queries as hard as they get; seconds are the median of the runs after a first one that counts not,
and include looking the names up. ``--loaded`` takes the graph as being in Neo4j already.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from servers import connection, read_graph

from kg.querying import run as ask
from kg.querying import saved
from kg.stores import Store, folder, ladybug
from kg.table import Table


@contextmanager
def embedded(place: str) -> Iterator[ladybug.EmbeddedGraph]:
    """The embedded store of a place."""
    if not place.endswith(".jsonl"):
        with folder.find(place).graph() as opened:
            yield opened
        return
    with tempfile.TemporaryDirectory() as scratch:
        ladybug.write(read_graph(place), Path(scratch) / "graph.lbug")
        with ladybug.open(Path(scratch) / "graph.lbug") as opened:
            yield opened


def hubs(graph: Store, rank: int) -> dict[str, list[str]]:
    """The two most mentioned names of each type, from ``rank`` on, and papers that mention most."""
    names: dict[str, list[str]] = {}
    for label in ("Method", "Task", "Dataset", "Metric"):
        rows = graph.run(f"MATCH (n:{label}) RETURN n.id ORDER BY n.papers DESC, n.id SKIP {rank} LIMIT 2").rows
        names[label.lower()] = [row[0] for row in rows]
    names["concept"] = [names["method"][0], names["dataset"][0]]
    counted = "MATCH (p:Paper)-[:MENTIONS]->() WITH p, count(*) AS n RETURN p.id ORDER BY n DESC, p.id LIMIT 1"
    names["paper"] = [graph.run(counted).rows[0][0]]
    return names


def arguments(query: saved.SavedQuery, names: dict[str, list[str]]) -> dict[str, str]:
    """A value for each parameter that names something; a second of one type gets the second name."""
    given: dict[str, str] = {}
    for parameter in query.parameters:
        if parameter.type in names and parameter.default:
            used = sum(p.type == parameter.type for p in query.parameters if p.name in given)
            given[parameter.name] = names[parameter.type][min(used, len(names[parameter.type]) - 1)]
    return given


def measured(graph: Store, query: saved.SavedQuery, given: dict[str, str], runs: int) -> tuple[float, Table]:
    """Median seconds and rows."""
    table = ask.run(graph, query, given)
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        ask.run(graph, query, given)
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds), table


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("graph")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--rank", type=int, default=0, help="begin with the so-manieth most mentioned name")
    parser.add_argument("--loaded", action="store_true")
    parser.add_argument("--neo4j")
    parser.add_argument("--user", default="neo4j")
    parser.add_argument("--password", default="")
    options = parser.parse_args()
    under, differ = {"ladybug": 0, "neo4j": 0}, []
    with (
        embedded(options.graph) as local,
        connection(options.neo4j, options.user, options.password, "neo4j") as server,
    ):
        if not options.loaded:
            print(server.load(local.read()))
        names = hubs(local, options.rank)
        print(f"{'query':24} {'rows':>5} {'embedded':>9} {'Neo4j':>9}")
        for name, query in saved.load_all().items():
            given = arguments(query, names)
            here, rows = measured(local, query, given, options.runs)
            there, others = measured(server, query, given, options.runs)
            under["ladybug"] += here < 1
            under["neo4j"] += there < 1
            if rows != others:
                differ.append(name)
            print(
                f"{name:24} {len(rows.rows):5} {here:8.3f}s {there:8.3f}s {'' if rows == others else 'DIFFERENT'}",
                flush=True,
            )
    counts = ", ".join(f"{engine} {count} of {len(saved.load_all())}" for engine, count in under.items())
    print(f"under a second: {counts}; rows differ: {', '.join(differ) or 'nowhere'}")


if __name__ == "__main__":
    main()
