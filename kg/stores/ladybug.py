"""The embedded database: a graph in one Ladybug file, written as a whole and opened read-only.

A graph is never changed in place. `write` builds a new file beside the old one and replaces it in
one step, so that a reader sees the old graph or the new one, even if the writer is killed.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg import schema
from kg.errors import KGError
from kg.graph import Graph, GraphStream, Node, Relationship, with_tuples, without_garbage_collection
from kg.stores import limits
from kg.stores.cypher import reading
from kg.stores.engine_errors import explained
from kg.stores.ladybug_schema import FIRST_TABLE, fill, layout
from kg.stores.parts import first_line
from kg.stores.rows import Kind, Rows, row_batches
from kg.table import Table

if TYPE_CHECKING:
    import ladybug
    import pyarrow as pa

_FUNCTIONS: Final = {"tostring": "string"}
"""Functions of openCypher that the engine calls otherwise."""


def write(graph: GraphStream, path: str | os.PathLike[str]) -> None:
    """Write the graph, which need not be in memory, to the database file ``path``, in place of what was there.

    `KGError` where it cannot be written, or where the graph does not fit the schema
    (an undeclared property, a relationship to a node that is missing); what was there stays.
    """
    write_tables(row_batches(graph), path, limits.for_graph(graph))


def write_tables(rows: Iterable[tuple[Kind, Rows | pa.Table]], path: str | os.PathLike[str], room: int) -> None:
    """The same of rows by their kind, nodes first; ``room`` is the most that the database may take, in bytes."""
    target = Path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as folder:
            temporary = Path(folder) / target.name
            _build(rows, temporary, room)
            with temporary.open("rb+") as file:
                os.fsync(file.fileno())
            for leftover in leftovers(target):  # the engine would take them for changes to the new file
                leftover.unlink()
            temporary.replace(target)
    except OSError as error:
        raise KGError(f"{target}: cannot write the graph: {error.strerror or error}") from error
    except RuntimeError as error:  # the only class of error that the engine raises
        raise KGError(f"{target}: cannot write the graph: {_why_not_written(error)}") from error


def leftovers(path: Path) -> list[Path]:
    """Files beside a database that a program which was changing it left behind, such as its write-ahead log."""
    beside = (path.with_name(path.name + suffix) for suffix in (".wal", ".shadow", ".tmp", ".lock"))
    return [file for file in beside if file.exists()]


def _build(rows: Iterable[tuple[Kind, Rows | pa.Table]], path: Path, room: int) -> None:
    import ladybug

    pool = limits.pool_for_writing(room)
    database = ladybug.Database(path, buffer_pool_size=pool, max_db_size=room)
    with closing(database), closing(ladybug.Connection(database)) as connection:
        fill(connection, rows, path.parent)


def open(path: str | os.PathLike[str]) -> EmbeddedGraph:
    """The graph in the database file ``path``, read-only; close it after use (it is a context manager).

    `KGError` where the file is missing, locked, damaged, not a database of abstractkg or written by
    another version.
    """
    import ladybug

    if not Path(path).is_file():
        kind = "a folder, not a graph file" if Path(path).is_dir() else "no graph file there"
        raise KGError(f"{path}: {kind}; `kg build` makes one")
    try:
        with Path(path).open("rb"):  # whose errors say what they are
            room = limits.for_file(Path(path))
        database = ladybug.Database(Path(path), read_only=True, buffer_pool_size=limits.pool(), max_db_size=room)
    except OSError as error:
        raise KGError(f"{path}: cannot be read ({error.strerror})") from error
    except RuntimeError as error:
        raise KGError(f"{path}: cannot open the graph: {_why(error)}") from error
    store = EmbeddedGraph(database, str(path))
    try:
        store.check()
    except KGError:
        store.close()
        raise
    return store


class EmbeddedGraph:
    """A graph opened by `open`."""

    engine = "ladybug"

    def __init__(self, database: ladybug.Database, path: str) -> None:
        import ladybug

        self._path = path
        self._database = database
        self._connection = ladybug.Connection(database)

    def __enter__(self) -> EmbeddedGraph:
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; closing twice is allowed."""
        self._connection.close()
        self._database.close()

    def check(self) -> None:
        """`KGError` unless the file holds a graph of this version's schema."""
        tables = self.run("CALL show_tables() RETURN name, comment").rows
        comment = dict(tables).get(FIRST_TABLE, "")
        if not comment.startswith("abstractkg "):
            raise KGError(f"{self._path}: a Ladybug database, but not a graph of abstractkg")
        if comment != layout():
            raise KGError(f"{self._path}: written by another version of abstractkg; {self._again()}")

    def _again(self) -> str:
        return (
            f"run `kg build --store {Path(self._path).parent}`, which makes it again of the papers it keeps, "
            "and first extracts again those that another version of the extractor had read"
        )

    def run(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Table:
        """The rows of one Cypher statement, which may only read; `KGError` with the reason where it fails."""
        try:
            with closing(self._execute(reading(statement, _FUNCTIONS), parameters)) as result:
                columns = tuple(result.get_column_names())
                rows = tuple(tuple(_plain(cell) for cell in row) for row in result.get_all())
        except RuntimeError as error:
            raise KGError(f"the query cannot be run: {explained(error)}") from error
        return Table(columns, rows)

    def _execute(self, statement: str, parameters: Mapping[str, Any] | None = None) -> ladybug.QueryResult:
        result = self._connection.execute(statement, dict(parameters or {}))
        if isinstance(result, list):
            raise KGError("more than one statement; give one at a time")
        return result

    def counts(self) -> tuple[Counter[str], Counter[str]]:
        """How many nodes of each label and relationships of each type there are."""
        nodes, relationships = Counter[str](), Counter[str]()
        for label in schema.NODE_TYPES:
            nodes[label] = self.run(f"MATCH (n:{label}) RETURN count(*)").rows[0][0]
        for name in schema.RELATIONSHIP_TYPES:
            relationships[name] = self.run(f"MATCH ()-[r:{name}]->() RETURN count(*)").rows[0][0]
        return +nodes, +relationships

    @without_garbage_collection()
    def read(self) -> Graph:
        """The whole graph, equal to what was written."""
        nodes: list[Node] = []
        relationships: list[Relationship] = []
        for label, node_type in schema.NODE_TYPES.items():
            names = [p.name for p in node_type.properties]
            for identity, *values in self._scan(f"MATCH (n:{label}) RETURN {_fields('n', ['id', *names])}"):
                nodes.append(Node(label, identity, with_tuples(dict(zip(names, values, strict=True)))))
        for name, rel_type in schema.RELATIONSHIP_TYPES.items():
            names = [p.name for p in rel_type.properties]
            returned = ", ".join(filter(None, ("a.id, b.id", _fields("r", names))))
            for start, end, *values in self._scan(f"MATCH (a)-[r:{name}]->(b) RETURN {returned}"):
                relationships.append(Relationship(name, start, end, with_tuples(dict(zip(names, values, strict=True)))))
        return Graph.of(nodes, relationships)

    def _scan(self, statement: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a statement, one by one."""
        try:
            with closing(self._execute(statement)) as result:
                while result.has_next():
                    yield tuple(result.get_next())
        except RuntimeError as error:
            raise KGError(f"{self._path}: cannot read the graph: {_why(error)}") from error


def _fields(variable: str, names: Iterable[str]) -> str:
    return ", ".join(f"{variable}.{name}" for name in names)


def _plain(value: Any) -> Any:
    """A cell as plain Python data: nodes and relationships as dictionaries, sums as integers."""
    if isinstance(value, Decimal):  # the engine's type of a sum of integers
        return int(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict) and "_LABEL" in value:  # a node or relationship
        inner = {k: _plain(v) for k, v in sorted(value.items()) if k[:1] != "_" and v is not None}
        return {"type" if "_SRC" in value else "label": value["_LABEL"], **inner}
    return value


def _why_not_written(error: RuntimeError) -> str:
    text = first_line(error)
    full = "Mmap" in text or "Buffer manager" in text
    return f"not enough memory or address space, such as `ulimit -v` sets it ({text})" if full else text


def _why(error: RuntimeError) -> str:
    """What is wrong with a file, and what to do about it."""
    text = first_line(error)
    if "lock" in text.lower():
        return "another process is writing it"
    if "different version" in text:
        return "written by another version of the engine; run `kg build` again"
    if "Mmap" in text or "Buffer manager" in text:
        return f"not enough memory or address space, such as `ulimit -v` sets it ({text})"
    if "not a valid" in text:
        return "not a graph file"
    return f"the file is damaged; run `kg build` again ({text})"
