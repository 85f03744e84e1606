"""A Neo4j server that dies, stops, has no room or is read-only while a graph is loaded into it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import Final

from attacks.arena import KG, ROOT, Arena, Losses, in_a_line
from kg import read_graph
from kg.errors import KGError
from kg.stores.neo4j import Neo4jGraph

sys.path.insert(0, str(ROOT / "tests"))
from neo4j_server import Server, missing

ROUNDS: Final = 3


def servers(arena: Arena) -> Losses:
    """Each fault: the load says so in a line or waits it out, and the next load is right."""
    if lacking := missing():
        print(f"servers: not run, as {lacking}", file=sys.stderr)
        return
    arena.prepare()
    for round_ in range(ROUNDS):
        for fault in ("killed and started again", "killed", "stopped", "read-only", "no room"):
            loss = _faulty(arena, f"server-{round_}-{fault.replace(' ', '-')}", fault)
            yield f"a server that is {fault}: {loss}" if loss else None


def _faulty(arena: Arena, name: str, fault: str) -> str | None:
    """One load into a server of its own."""
    server = Server(arena.folder / name, maximal_file_size=400_000 if fault == "no room" else None)
    try:
        server.start(*(["server.databases.read_only=neo4j"] if fault == "read-only" else []))
    except RuntimeError:
        if fault != "no room":
            raise
        return None
    try:
        process = subprocess.Popen(
            [*KG, "load", "--neo4j", server.uri, "--store", arena.folder / "whole"],
            stderr=subprocess.PIPE, text=True, env={**os.environ, "NEO4J_PASSWORD": server.password},
        )  # fmt: skip
        if fault in ("killed and started again", "killed", "stopped"):
            time.sleep(arena.chance.uniform(0.5, 4))
            server.stop() if fault == "stopped" else server.kill()
            if fault == "killed and started again":
                server.start()
        _, said = process.communicate(timeout=300)
        if problem := in_a_line(subprocess.CompletedProcess([], process.returncode, "", said)):
            return problem
        if fault in ("killed", "stopped", "read-only"):
            server.stop()
            server.start()
        return None if fault == "no room" else _loaded(arena, server)
    finally:
        server.kill()


def _loaded(arena: Arena, server: Server) -> str | None:
    """What is wrong after one more load."""
    whole = arena.folder / "whole"
    graph = read_graph(whole)
    try:
        with Neo4jGraph(server.uri, server.user, server.password) as opened:
            opened.load(graph, name=str(whole.resolve()))
            return None if opened.read() == graph else "another graph after the next load"
    except KGError as error:
        return f"the next load fails: {error}"
