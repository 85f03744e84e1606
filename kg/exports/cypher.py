"""The graph as a Cypher script for Neo4j: ``cypher-shell -f graph.cypher``.

Text cannot become code in it, whatever it contains. The script may run again, and `kg load` continues from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from kg.graph import Graph
from kg.stores.neo4j_marks import MARK, declarations, digest
from kg.stores.parts import batches, by_ends

_ROWS_A_STATEMENT: Final = 200


def write_cypher(graph: Graph, path: Path) -> None:
    """Write the script: constraints, nodes, then relationships, one statement on each line."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{statement};\n" for statement in statements(graph))


def statements(graph: Graph) -> Iterator[str]:
    """The statements of the script, one by one, without the semicolon."""
    yield from declarations()
    for label, nodes in groupby(graph.nodes, key=lambda n: n.label):
        rows = ({"id": n.id, "set": {**n.properties, MARK: digest(n)}} for n in nodes)
        yield from _unwind(rows, f"MERGE (n:{label} {{id: row.id}}) SET n += row.set")
    for (name, start, end), members in by_ends(graph.relationships).items():
        rows = ({"a": r.start, "b": r.end, "mark": digest(r), "set": r.properties} for r in members)
        yield from _unwind(
            rows,
            f"MATCH (a:{start} {{id: row.a}}) MATCH (b:{end} {{id: row.b}}) "
            f"MERGE (a)-[r:{name} {{{MARK}: row.mark}}]->(b) SET r += row.set",
        )


def _unwind(rows: Iterable[Mapping[str, Any]], action: str) -> Iterator[str]:
    for batch in batches(rows, _ROWS_A_STATEMENT):
        yield f"UNWIND {literal(batch)} AS row {action}"


def literal(value: Any) -> str:
    """A value as Cypher text: a string, number, boolean, list, or map with plain keys."""
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(literal, value)) + "]"
    return repr(value).lower() if isinstance(value, bool) else repr(value)


_ESCAPES: Final = {ord("\\"): "\\\\", ord("'"): "\\'", ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"}


def _quoted(text: str) -> str:
    """A string literal on one line.

    Neo4j replaces ``\\uXXXX`` before it parses, so that text with these characters could end the
    literal. So the literal is split between a backslash and a ``u``.
    """
    quoted = "'" + text.translate(_ESCAPES) + "'"
    return quoted.replace("\\\\u", "\\\\' + 'u")
