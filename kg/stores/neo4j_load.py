"""Loading a graph into Neo4j as a difference to what was loaded before.

Everything of ours carries a property ``papergraph``: a digest of its content. It tells ours from
what others keep in the same database, without a label of its own, and says in one short string
whether a node or relationship still is what it should be. A relationship's identity is its digest:
what is corrected is a new relationship, and the old one goes.

Every statement may run twice without harm, for managed transactions retry and runs get killed.
Order matters for the same reason: nodes, new relationships, and only then what is gone.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kg import schema
from kg.graph import Graph, Node, Relationship, Value
from kg.problems import PapergraphError

if TYPE_CHECKING:
    import neo4j

MARK: Final = "papergraph"
RELEASED: Final = "released"
"""The mark of a node that is gone from the graph but holds relationships of others, and so stays."""
Progress = Callable[[str, int, int | None], None]
"""Called with the step's name, how much of it is done, and how much there is."""

_NODES_A_BATCH: Final = 2_000
_RELATIONSHIPS_A_BATCH: Final = 5_000
T = TypeVar("T")


@dataclass(slots=True)
class Loaded:
    """What a load changed, and how much the database now holds of the graph."""

    nodes: int
    relationships: int
    nodes_written: int = 0
    nodes_removed: int = 0
    nodes_released: int = 0
    relationships_written: int = 0
    relationships_removed: int = 0

    def __str__(self) -> str:
        changes = (
            f"{self.nodes_written} nodes and {self.relationships_written} relationships written, "
            f"{self.nodes_removed} and {self.relationships_removed} removed"
        )
        if self.nodes_released:
            changes += f", {self.nodes_released} gone nodes kept for relationships that others hung on them"
        return f"{self.nodes} nodes and {self.relationships} relationships in Neo4j: {changes}"


def digest(member: Node | Relationship) -> str:
    """A short digest of all that a node or relationship says."""
    if isinstance(member, Node):
        content: tuple[Any, ...] = (member.label, member.id, sorted(member.properties.items()))
    else:
        content = (member.type, member.start, member.end, sorted(member.properties.items()))
    return hashlib.blake2b(json.dumps(content).encode(), digest_size=12).hexdigest()


def declare(session: neo4j.Session) -> None:
    """Constraints and indexes that the schema calls for; what is there already stays."""
    for label, node in schema.NODE_TYPES.items():
        name = label.lower()
        _run(session, f"CREATE CONSTRAINT papergraph_{name}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE")
        if any(p.name == "name" for p in node.properties):
            _run(session, f"CREATE INDEX papergraph_{name}_name IF NOT EXISTS FOR (n:{label}) ON (n.name)")
    _run(session, "CALL db.awaitIndexes(600)")


def load(session: neo4j.Session, graph: Graph, progress: Progress) -> Loaded:
    """Make the database hold this graph beside whatever else it holds.

    `PapergraphError` where a node of others has a label and id of ours: it would be overwritten.
    """
    loaded = Loaded(len(graph.nodes), len(graph.relationships))
    old_nodes = {label: _old_nodes(session, label) for label in schema.NODE_TYPES}
    _refuse_foreign(graph.nodes, old_nodes)
    old_relationships = {name: _old_relationships(session, name) for name in schema.RELATIONSHIP_TYPES}
    _write_nodes(session, graph.nodes, old_nodes, loaded, progress)
    _write_relationships(session, graph.relationships, old_relationships, loaded, progress)
    _remove(session, old_nodes, old_relationships, loaded, progress)
    return loaded


def _old_nodes(session: neo4j.Session, label: str) -> dict[str, str | None]:
    """Marks by id; None is the mark of a node that others put there."""
    return dict(_read(session, f"MATCH (n:{label}) WHERE n.id IS NOT NULL RETURN n.id, n.{MARK}"))


def _old_relationships(session: neo4j.Session, name: str) -> dict[str, str]:
    """The database's own ids by mark."""
    return dict(_read(session, f"MATCH ()-[r:{name}]->() WHERE r.{MARK} IS NOT NULL RETURN r.{MARK}, elementId(r)"))


def _refuse_foreign(nodes: Iterable[Node], old: Mapping[str, Mapping[str, str | None]]) -> None:
    for node in nodes:
        if old[node.label].get(node.id, "") is None:
            raise PapergraphError(
                f"the database holds a {node.label} with id {node.id!r} that papergraph did not load; "
                "move it, or load into another database"
            )


def _write_nodes(
    session: neo4j.Session,
    nodes: Sequence[Node],
    old: Mapping[str, dict[str, str | None]],
    loaded: Loaded,
    progress: Progress,
) -> None:
    """Write what is new or changed; what stays in ``old`` afterwards is gone from the graph."""
    rows: dict[str, list[list[Any]]] = defaultdict(list)
    for node in nodes:
        mark, before = digest(node), old[node.label].pop(node.id, None)
        if mark != before:
            # A changed node must lose what it no longer has; others' properties on it stay.
            absent = dict.fromkeys(p.name for p in schema.NODE_TYPES[node.label].properties) if before else {}
            rows[node.label].append([node.id, {**absent, **_plain(node.properties), MARK: mark}])
    total = sum(map(len, rows.values()))
    for label, members in rows.items():
        for batch in _batches(members, _NODES_A_BATCH):
            _write(session, f"UNWIND $rows AS row MERGE (n:{label} {{id: row[0]}}) SET n += row[1]", batch)
            loaded.nodes_written += len(batch)
            progress("nodes", loaded.nodes_written, total)


def _write_relationships(
    session: neo4j.Session,
    relationships: Sequence[Relationship],
    old: Mapping[str, dict[str, str]],
    loaded: Loaded,
    progress: Progress,
) -> None:
    """Write what is not there yet; what stays in ``old`` afterwards is gone from the graph."""
    rows: dict[tuple[str, str, str], list[list[Any]]] = defaultdict(list)
    for rel in relationships:
        mark = digest(rel)
        if old[rel.type].pop(mark, None) is None:
            ends = rel.type, schema.label_of(rel.start), schema.label_of(rel.end)
            rows[ends].append([rel.start, rel.end, mark, _plain(rel.properties)])
    total = sum(map(len, rows.values()))
    for (name, start, end), members in rows.items():
        statement = (
            f"UNWIND $rows AS row MATCH (a:{start} {{id: row[0]}}) MATCH (b:{end} {{id: row[1]}}) "
            f"MERGE (a)-[r:{name} {{{MARK}: row[2]}}]->(b) ON CREATE SET r += row[3]"
        )
        for batch in _batches(members, _RELATIONSHIPS_A_BATCH):
            _write(session, statement, batch)
            loaded.relationships_written += len(batch)
            progress("relationships", loaded.relationships_written, total)


def _remove(
    session: neo4j.Session,
    old_nodes: Mapping[str, Mapping[str, str | None]],
    old_relationships: Mapping[str, Mapping[str, str]],
    loaded: Loaded,
    progress: Progress,
) -> None:
    gone = {label: [i for i, mark in old.items() if mark is not None] for label, old in old_nodes.items()}
    total = sum(map(len, gone.values())) + sum(map(len, old_relationships.values()))
    for name, old in old_relationships.items():
        # The mark beside the id: the database gives ids of what was deleted to what is new.
        statement = (
            f"UNWIND $rows AS row MATCH ()-[r:{name}]->() WHERE elementId(r) = row[1] AND r.{MARK} = row[0] DELETE r"
        )
        for edges in _batches(old.items(), _RELATIONSHIPS_A_BATCH):
            _write(session, statement, [list(edge) for edge in edges])
            loaded.relationships_removed += len(edges)
            progress("removing", loaded.relationships_removed, total)
    for label, ids in gone.items():
        for few in _batches(ids, _NODES_A_BATCH):
            _write(session, f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) WHERE NOT (n)--() DELETE n", few)
            kept = f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) SET n.{MARK} = '{RELEASED}' RETURN count(n)"
            released = _write(session, kept, few)
            loaded.nodes_released += released
            loaded.nodes_removed += len(few) - released
            progress("removing", loaded.relationships_removed + loaded.nodes_removed + loaded.nodes_released, total)


def _plain(properties: Mapping[str, Value]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in properties.items()}


def _batches(members: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(members)
    while batch := list(islice(rest, size)):
        yield batch


def _run(session: neo4j.Session, statement: str) -> None:
    session.run(statement).consume()


def _read(session: neo4j.Session, statement: str) -> list[tuple[Any, ...]]:
    """Rows, in a managed transaction."""

    def work(transaction: neo4j.ManagedTransaction) -> list[tuple[Any, ...]]:
        return [tuple(record) for record in transaction.run(statement)]

    return session.execute_read(work)


def _write(session: neo4j.Session, statement: str, rows: Sequence[Any]) -> int:
    """Run a statement over rows in a managed transaction; gives the number it returns, if it does."""

    def work(transaction: neo4j.ManagedTransaction) -> int:
        record = transaction.run(statement, {"rows": rows}).single()
        return int(record[0]) if record else 0

    return session.execute_write(work)
