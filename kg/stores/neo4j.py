"""A graph in a Neo4j database, accessed through the official driver."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlsplit

from kg import schema
from kg.errors import KGError, Progress, no_progress
from kg.graph import Graph, Node, Relationship, with_tuples
from kg.stores import neo4j_load
from kg.stores.cypher import reading
from kg.stores.neo4j_load import LoadResult
from kg.stores.neo4j_marks import MARK, RELEASED
from kg.stores.parts import first_line
from kg.table import Table

if TYPE_CHECKING:
    import neo4j

SCHEMES: Final = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
RETRY_SECONDS: Final = 90.0
"""How long a load waits for a server that stopped answering: long enough for a restart."""
T = TypeVar("T")

_REASONS: Final = {
    # Neo4j's error code, or its beginning, and a message for users. {} is the server's own message.
    "Neo.ClientError.Security.AuthenticationRateLimit": "too many wrong passwords; wait a little",
    "Neo.ClientError.Security.CredentialsExpired": "the password has expired; change it in Neo4j first",
    "Neo.ClientError.Security.Forbidden": "the user lacks the permission: {}",
    "Neo.ClientError.Security": "wrong user name or password",
    "Neo.ClientError.Database.DatabaseNotFound": "no database of that name",
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase": "the database is read-only",
    "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase": "the database is read-only",
    "Neo.ClientError.Statement.AccessMode": "queries may only read, and this one writes",
    "Neo.ClientError.Statement": "the query cannot be run: {}",
    "Neo.ClientError.Schema.ConstraintCreationFailed": "nodes that abstractkg did not load have the same id: {}",
    "Neo.ClientError.Cluster.NotALeader": "this server of the cluster cannot write; use a neo4j:// address",
}


class Neo4jGraph:
    """A graph on a Neo4j server. Connects at once; close it after use (it is a context manager).

    ``uri`` begins with one of `SCHEMES`; those with ``+s`` are encrypted. `KGError` says in one
    line why the server cannot be used. Only the driver keeps the password.
    """

    engine = "neo4j"

    def __init__(self, uri: str, user: str, password: str, database: str = "neo4j") -> None:
        import neo4j

        self._database = database
        self._place = _checked(uri)
        with self._one_line():
            self._driver = neo4j.GraphDatabase.driver(
                uri,
                auth=(user, password),
                connection_timeout=15.0,
                max_transaction_retry_time=RETRY_SECONDS,
                notifications_min_severity="OFF",
                user_agent="abstractkg",
            )
        try:
            with self._one_line():
                self._check()
        except KGError:
            self._driver.close()
            raise

    def _check(self) -> None:
        """Connect and log in once, without the retries of managed transactions."""
        self._driver.verify_connectivity()
        with self._driver.session(database=self._database) as session:
            session.run("RETURN 1").consume()

    def __enter__(self) -> Neo4jGraph:
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; closing twice is allowed."""
        self._driver.close()

    def load(
        self, graph: Graph, progress: Progress = no_progress, *, name: str = "", replace: bool = False
    ) -> LoadResult:
        """Make the database hold this graph under this name, and return what changed.

        What abstractkg loaded earlier under the same name and the graph no longer has is removed; other data in the
        same database is not touched. Loading again changes nothing, and completes a load that was interrupted.
        `KGError` where the graph cannot be loaded, and where the database holds a graph of another name, unless it
        is to ``replace`` it.
        """
        with self._one_line("; load again to finish"), self._driver.session(database=self._database) as session:
            neo4j_load.declare(session)
            return neo4j_load.load(session, graph, progress, name=name, replace=replace)

    def difference(self, graph: Graph) -> LoadResult:
        """What `load` would change, whatever the graph there is called. Nothing is written."""
        with self._one_line(), self._driver.session(database=self._database) as session:
            return neo4j_load.difference(session, graph)

    def held(self) -> str | None:
        """The name of the graph that the database holds; None where it holds none, or one without a name."""
        with self._one_line(), self._driver.session(database=self._database) as session:
            return neo4j_load.held(session)

    def run(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Table:
        """The rows of one Cypher statement, which may only read; `KGError` where it fails."""
        checked = reading(statement)  # a read transaction still reads files and addresses with LOAD CSV

        def work(transaction: neo4j.ManagedTransaction) -> Table:
            result = transaction.run(checked, dict(parameters or {}))
            columns = tuple(result.keys())
            return Table(columns, tuple(tuple(_plain(cell) for cell in record) for record in result))

        return self._reading(work)

    def read(self) -> Graph:
        """The whole graph, equal to what was loaded, without other data in the database."""
        nodes: list[Node] = []
        relationships: list[Relationship] = []
        for label, node_type in schema.NODE_TYPES.items():
            names = [p.name for p in node_type.properties]
            fields = "".join(f", n.{name}" for name in names)
            where = f"n.{MARK} IS NOT NULL AND n.{MARK} <> '{RELEASED}'"
            for identity, *values in self.run(f"MATCH (n:{label}) WHERE {where} RETURN n.id{fields}").rows:
                nodes.append(Node(label, identity, with_tuples(dict(zip(names, values, strict=True)))))
        for name, rel_type in schema.RELATIONSHIP_TYPES.items():
            names = [p.name for p in rel_type.properties]
            fields = "".join(f", r.{field}" for field in names)
            statement = f"MATCH (a)-[r:{name}]->(b) WHERE r.{MARK} IS NOT NULL RETURN a.id, b.id{fields}"
            for start, end, *values in self.run(statement).rows:
                relationships.append(Relationship(name, start, end, with_tuples(dict(zip(names, values, strict=True)))))
        return Graph.of(nodes, relationships)

    def _reading(self, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        with self._one_line(), self._driver.session(database=self._database) as session:
            return session.execute_read(work)

    @contextmanager
    def _one_line(self, then: str = "") -> Iterator[None]:
        """Turn errors of driver and server into `KGError` with one line; ``then`` says what to do."""
        from neo4j.exceptions import DriverError, Neo4jError, ServiceUnavailable, SessionExpired

        try:
            yield
        except Neo4jError as error:
            again = then if error.code and not error.code.startswith("Neo.ClientError") else ""
            raise KGError(f"{self._place}: {_reason(error.code or '', error.message or '')}{again}") from error
        except (ServiceUnavailable, SessionExpired) as error:
            how = " over TLS" if "+s" in self._place else ""
            raise KGError(f"{self._place}: no Neo4j server answers{how}{then}") from error
        except (DriverError, ValueError) as error:
            raise KGError(f"{self._place}: {first_line(error)}") from error


def _checked(uri: str) -> str:
    """The address as it may appear in messages; `KGError` where it is not valid."""
    try:
        parts = urlsplit(uri)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise KGError(f"{uri}: {error}") from error
    if parts.scheme not in SCHEMES or not host:
        raise KGError(f"{uri}: not the address of a Neo4j server; addresses begin with {', '.join(SCHEMES)} and ://")
    if "@" in parts.netloc:
        raise KGError(f"{parts.scheme}://{host}: user and password do not belong in the address")
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")


def _reason(code: str, message: str) -> str:
    for known, words in _REASONS.items():
        if code.startswith(known):
            return words.format(first_line(message))
    return f"{first_line(message)} ({code})" if code else first_line(message)


def _plain(value: Any) -> Any:
    """A cell as plain Python data: nodes and relationships as dictionaries, dates and the like as text."""
    from neo4j.graph import Node as ServerNode
    from neo4j.graph import Path
    from neo4j.graph import Relationship as ServerRelationship

    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, ServerNode):
        return {"label": ":".join(sorted(value.labels)), **_without_mark(value)}
    if isinstance(value, ServerRelationship):
        return {"type": value.type, **_without_mark(value)}
    if isinstance(value, Path):
        steps = zip(value.relationships, value.nodes[1:], strict=True)
        return [_plain(step) for step in (value.nodes[0], *chain.from_iterable(steps))]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return str(value)


def _without_mark(entity: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in sorted(entity.items()) if name != MARK}
