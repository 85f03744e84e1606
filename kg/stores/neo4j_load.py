"""Loading a graph into Neo4j by writing only what differs from what was loaded before.

A relationship is identified by its mark, the digest of its content: a corrected relationship is a new
one, and the old one is deleted. Every statement is idempotent, because managed transactions
retry and processes get killed. The order matters for the same reason: nodes, new relationships,
and deletions last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from kg import schema
from kg.errors import KGError, Progress
from kg.graph import Graph, Node, Relationship, with_lists
from kg.stores.neo4j_marks import HOLDER, MARK, RELEASED, declarations, digest
from kg.stores.parts import batches, by_ends, check_properties

if TYPE_CHECKING:
    import neo4j

T = TypeVar("T")

NODES_A_BATCH = 2_000
RELATIONSHIPS_A_BATCH = 5_000


@dataclass(slots=True)
class LoadResult:
    """What a load changed, and how much of the graph the database now holds.

    ``nodes_released`` are gone from the graph, but stay in the database because relationships that
    abstractkg did not load are attached to them.
    """

    nodes: int
    relationships: int
    nodes_written: int = 0
    nodes_removed: int = 0
    nodes_released: int = 0
    relationships_written: int = 0
    relationships_removed: int = 0


def declare(session: neo4j.Session) -> None:
    """Create constraints and indexes, and wait until they are online.

    A server that was killed while it made a constraint has its index without the constraint, and would refuse it for
    ever: that index is dropped.
    """
    from neo4j.exceptions import ClientError

    for statement in declarations():
        try:
            session.run(statement).consume()
        except ClientError as error:
            if error.code != "Neo.ClientError.Schema.IndexWithNameAlreadyExists":
                raise
            _, _, name, *_ = statement.split()
            session.run(f"DROP INDEX {name} IF EXISTS").consume()
            session.run(statement).consume()


def load(session: neo4j.Session, graph: Graph, progress: Progress, *, name: str, replace: bool) -> LoadResult:
    """Make the database hold this graph under this name, beside any other data in it.

    `KGError` where the graph does not fit the schema, where a node that abstractkg did not load has the label and
    id of a node of the graph and would be overwritten, and where the database holds a graph of another name (or one
    of none that would lose nodes), unless it is to ``replace`` it.
    """
    check_properties(graph.nodes)
    check_properties(graph.relationships)
    loaded = LoadResult(len(graph.nodes), len(graph.relationships))
    old_nodes = {label: _old_nodes(session, label) for label in schema.NODE_TYPES}
    _refuse_foreign(graph.nodes, old_nodes)
    if not replace:
        _refuse_another(held(session), name, graph.nodes, old_nodes)
    _write(session, f"MERGE (h:{HOLDER}) SET h.name = $rows[0]", [name])
    old_relationships = _old_relationships(session)
    _write_nodes(session, graph.nodes, old_nodes, loaded, progress)
    _write_relationships(session, graph.relationships, old_relationships, loaded, progress)
    _remove(session, old_nodes, old_relationships, loaded, progress)
    return loaded


def difference(session: neo4j.Session, graph: Graph) -> LoadResult:
    """What a load would change, without changing it. Nodes that others hold on to count as removed."""
    check_properties(graph.nodes)
    check_properties(graph.relationships)
    result = LoadResult(len(graph.nodes), len(graph.relationships))
    old_nodes = {label: _old_nodes(session, label) for label in schema.NODE_TYPES}
    _refuse_foreign(graph.nodes, old_nodes)
    for node in graph.nodes:
        result.nodes_written += old_nodes[node.label].pop(node.id, None) != digest(node)
    result.nodes_removed = sum(mark not in (None, RELEASED) for old in old_nodes.values() for mark in old.values())
    old_relationships = _old_relationships(session)
    for rel in graph.relationships:
        result.relationships_written += old_relationships[rel.type].pop(digest(rel), None) is None
    result.relationships_removed = sum(map(len, old_relationships.values()))
    return result


def held(session: neo4j.Session) -> str | None:
    """The name of the graph that the database holds; None where it has none."""
    rows = _read(session, f"MATCH (h:{HOLDER}) RETURN h.name")
    return str(rows[0][0]) if rows else None


def _refuse_another(
    held: str | None, name: str, nodes: Iterable[Node], old: Mapping[str, Mapping[str, str | None]]
) -> None:
    ours = {(label, i) for label, known in old.items() for i, mark in known.items() if mark not in (None, RELEASED)}
    if not ours or held == name:
        return
    gone = len(ours - {(node.label, node.id) for node in nodes})
    if held is None and not gone:  # a script or the bulk import made it: the load goes on from there
        return
    what = "a graph without a name" if held is None else f"the graph {held!r}"
    raise KGError(
        f"the database holds {what}, of which {gone} nodes would be removed; load into another database, "
        "or see with --dry-run what would change and give --replace"
    )


def _old_nodes(session: neo4j.Session, label: str) -> dict[str, str | None]:
    """Marks by id; None for a node that abstractkg did not load."""
    return dict(_read(session, f"MATCH (n:{label}) WHERE n.id IS NOT NULL RETURN n.id, n.{MARK}"))


def _old_relationships(session: neo4j.Session) -> dict[str, dict[str, str]]:
    """The database's own ids by type and mark."""
    old: dict[str, dict[str, str]] = {name: {} for name in schema.RELATIONSHIP_TYPES}
    statement = f"MATCH ()-[r:{'|'.join(old)}]->() WHERE r.{MARK} IS NOT NULL RETURN type(r), r.{MARK}, elementId(r)"
    for name, mark, identity in _read(session, statement):
        old[name][mark] = identity
    return old


def _refuse_foreign(nodes: Iterable[Node], old: Mapping[str, Mapping[str, str | None]]) -> None:
    for node in nodes:
        if old[node.label].get(node.id, "") is None:
            raise KGError(
                f"the database holds a {node.label} with id {node.id!r} that abstractkg did not load; "
                "move it, or load into another database"
            )


def _write_nodes(
    session: neo4j.Session,
    nodes: Sequence[Node],
    old: Mapping[str, dict[str, str | None]],
    loaded: LoadResult,
    progress: Progress,
) -> None:
    """Write new and changed nodes; those left in ``old`` afterwards are no longer in the graph."""
    rows: dict[str, list[list[Any]]] = defaultdict(list)
    for node in nodes:
        mark, before = digest(node), old[node.label].pop(node.id, None)
        if mark != before:
            # Properties that the node no longer has are removed; those that abstractkg did not write stay.
            absent = dict.fromkeys(p.name for p in schema.NODE_TYPES[node.label].properties) if before else {}
            rows[node.label].append([node.id, {**absent, **with_lists(node.properties), MARK: mark}])
    total = sum(map(len, rows.values()))
    for label, members in rows.items():
        for batch in batches(members, NODES_A_BATCH):
            _write(session, f"UNWIND $rows AS row MERGE (n:{label} {{id: row[0]}}) SET n += row[1]", batch)
            loaded.nodes_written += len(batch)
            progress("nodes", loaded.nodes_written, total)


def _write_relationships(
    session: neo4j.Session,
    relationships: Sequence[Relationship],
    old: Mapping[str, dict[str, str]],
    loaded: LoadResult,
    progress: Progress,
) -> None:
    """Write new relationships; those left in ``old`` afterwards are no longer in the graph."""
    done = 0
    for statement, looked_at, rows in _ahead(_new_relationships(relationships, old)):
        if rows:
            _write(session, statement, rows)
        loaded.relationships_written += len(rows)
        done += looked_at
        progress("relationships", done, len(relationships))


def _new_relationships(
    relationships: Sequence[Relationship], old: Mapping[str, dict[str, str]]
) -> Iterator[tuple[str, int, list[list[Any]]]]:
    """Statements, each with the number of relationships compared for it and the rows of the new ones."""
    for (name, start, end), members in by_ends(relationships).items():
        statement = (
            f"UNWIND $rows AS row MATCH (a:{start} {{id: row[0]}}) MATCH (b:{end} {{id: row[1]}}) "
            f"MERGE (a)-[r:{name} {{{MARK}: row[2]}}]->(b) ON CREATE SET r += row[3]"
        )
        for batch in batches(members, RELATIONSHIPS_A_BATCH):
            marked = ((digest(rel), rel) for rel in batch)
            new = [(mark, rel) for mark, rel in marked if old[name].pop(mark, None) is None]
            yield statement, len(batch), [[rel.start, rel.end, mark, with_lists(rel.properties)] for mark, rel in new]


def _ahead(members: Iterator[T]) -> Iterator[T]:
    """The same members, each prepared while the one before it is being sent to the server."""
    with ThreadPoolExecutor(1) as worker:
        following = worker.submit(next, members, None)
        while (member := following.result()) is not None:
            following = worker.submit(next, members, None)
            yield member


def _remove(
    session: neo4j.Session,
    old_nodes: Mapping[str, Mapping[str, str | None]],
    old_relationships: Mapping[str, Mapping[str, str]],
    loaded: LoadResult,
    progress: Progress,
) -> None:
    gone = {label: [i for i, mark in old.items() if mark is not None] for label, old in old_nodes.items()}
    total = sum(map(len, gone.values())) + sum(map(len, old_relationships.values()))
    for name, old in old_relationships.items():
        # The id is not enough: the database reuses the ids of what was deleted.
        statement = (
            f"UNWIND $rows AS row MATCH ()-[r:{name}]->() WHERE elementId(r) = row[1] AND r.{MARK} = row[0] DELETE r"
        )
        for edges in batches(old.items(), RELATIONSHIPS_A_BATCH):
            _write(session, statement, [list(edge) for edge in edges])
            loaded.relationships_removed += len(edges)
            progress("removing", loaded.relationships_removed, total)
    for label, ids in gone.items():
        for few in batches(ids, NODES_A_BATCH):
            _write(session, f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) WHERE NOT (n)--() DELETE n", few)
            kept = f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) SET n.{MARK} = '{RELEASED}' RETURN count(n)"
            released = _write(session, kept, few)
            loaded.nodes_released += released
            loaded.nodes_removed += len(few) - released
            progress("removing", loaded.relationships_removed + loaded.nodes_removed + loaded.nodes_released, total)


def _read(session: neo4j.Session, statement: str) -> list[tuple[Any, ...]]:
    """Rows, in a managed transaction."""

    def work(transaction: neo4j.ManagedTransaction) -> list[tuple[Any, ...]]:
        return [tuple(record) for record in transaction.run(statement)]

    return session.execute_read(work)


def _write(session: neo4j.Session, statement: str, rows: Sequence[Any]) -> int:
    """Run a statement over rows in a managed transaction, and return the number that it returns, or 0."""

    def work(transaction: neo4j.ManagedTransaction) -> int:
        record = transaction.run(statement, {"rows": rows}).single()
        return int(record[0]) if record else 0

    return session.execute_write(work)
