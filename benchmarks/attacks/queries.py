"""Hostile statements of Cypher."""

from __future__ import annotations

from typing import Final

from attacks.arena import Arena, Losses, digest
from kg.errors import KGError
from kg.querying import saved
from kg.querying.run import run
from kg.stores import folder as folders
from kg.stores.ladybug import EmbeddedGraph

PIECES: Final = (
    "MATCH (n)", "MATCH (a)-[r]->(b)", "RETURN *", "RETURN 1 AS a", "RETURN n", "WITH *", "WITH 1 AS skip",
    "UNWIND [1] AS x",
    "LOAD FROM", "LOAD CSV FROM", "LOAD WITH HEADERS (a STRING) FROM", "'{secret}'", "(file_format='csv')", "/*", "*/",
    "//", "\n", "\r", "'", '"', "`", "\\", "UNION", "UNION ALL", "CALL", "CALL {", "}", "file_info('{secret}')", ";",
    "COPY",
    "COPY (RETURN 1) TO '{out}'", "CREATE (:Paper {id: 'x'})", "SET n.name = 'x'", "DELETE n", "CHECKPOINT",
    "INSTALL json",
    "EXPORT DATABASE '{out}'", "ATTACH '{secret}' AS s (dbtype lbug)", "\u00a0", "\u0000", "$a", "(", ")", ":", ".",
    "AS x", "EXISTS {", "CASE WHEN", "END", "NULL", "*", "1", "DROP TABLE Paper", "BEGIN TRANSACTION", "COMMIT", "{a:",
)  # fmt: skip


def queries(arena: Arena) -> Losses:
    """Statements put together at random on an open store: no file is written or read, and no line is a traceback."""
    arena.prepare()
    store = arena.fresh("asked", "whole")
    secret, out = arena.folder / "secret.csv", arena.folder / "written.csv"
    secret.write_text("a-secret\n")
    before = digest(store)
    names = sorted(path.name for path in arena.folder.rglob("*"))
    with folders.find(store).graph() as opened:
        for _ in range(arena.papers):
            text = " ".join(arena.chance.choices(PIECES, k=arena.chance.randint(1, 8)))
            text = text.replace("{secret}", str(secret)).replace("{out}", str(out))
            yield asked(opened, text)
    yield None if digest(store) == before else "the store has changed"
    yield None if sorted(path.name for path in arena.folder.rglob("*")) == names else "a file was written"


def asked(graph: EmbeddedGraph, text: str) -> str | None:
    """One statement."""
    try:
        rows = run(graph, saved.from_text(text), {"a": 1}).rows
    except KGError as error:
        return f"{text!r}: more than a line: {error}" if "\n" in str(error) else None
    return f"{text!r} reads a file" if "a-secret" in repr(rows) else None
