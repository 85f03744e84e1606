"""The graph as Parquet tables, and what is made of them: files for other tools, and the embedded store."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.distributed.storage import Storage
from kg.graph import Graph, Node, Relationship
from kg.stores import ladybug, limits
from kg.stores.arrow_tables import members, tables
from kg.stores.rows import KINDS, Kind

if TYPE_CHECKING:
    import pyarrow as pa

TABLES: Final = "tables"
"""The folder of the Parquet tables: ``tables/nodes/LABEL`` and ``tables/relationships/TYPE/START-END``."""
_NEO4J: Final = "neo4j-csv"
_NQUADS: Final = "nquads"


def clear(output: Storage) -> None:
    """Remove the tables and exports of an earlier build."""
    for folder in (TABLES, _NEO4J, _NQUADS):
        output.remove(folder)


def write_part(output: Storage, part: str, graph: Graph) -> dict[str, str]:
    """Write a part of a graph as tables.

    What the driver learns of it: its name (``part``), how many rows there are of each label and type (``counts``, as
    JSON), and which characters cannot separate lists in CSV (``used``).
    """
    import pyarrow as pa

    from kg.exports.neo4j_csv import used_separators

    by_kind: dict[Kind, list[pa.Table]] = {}
    for kind, table in tables(graph):
        by_kind.setdefault(kind, []).append(table)
    counts = Counter[str]()
    for kind, some in by_kind.items():
        output.write(f"{TABLES}/{kind.folder}/{part}.parquet", pa.concat_tables(some))
        counts[kind.name] += sum(map(len, some))
    return {"part": part, "counts": json.dumps(counts), "used": "".join(sorted(used_separators(graph)))}


def read_part(output: Storage, part: str) -> Graph:
    """The part of a graph that `write_part` wrote under this name."""
    nodes: list[Node] = []
    relationships: list[Relationship] = []
    for kind in KINDS:
        name = f"{TABLES}/{kind.folder}/{part}.parquet"
        if output.has(name):
            for member in members(kind, output.read(name)):
                nodes.append(member) if isinstance(member, Node) else relationships.append(member)
    return Graph.of(nodes, relationships)


def rows(output: Storage) -> Iterator[tuple[Kind, pa.Table]]:
    """All tables, nodes first."""
    for kind in KINDS:
        for name in output.names(f"{TABLES}/{kind.folder}"):
            yield kind, output.read(name)


def hierarchy(output: Storage) -> Set[tuple[str, str]]:
    """What `kg.exports.rdf.hierarchy.broader` says of the whole graph; the driver holds its
    SUBCLASS_OF and NARROWER_THAN."""
    from kg.exports.rdf.hierarchy import broader

    found = []
    for kind in KINDS:
        if kind.name in ("SUBCLASS_OF", "NARROWER_THAN"):
            columns = ["from", "to"] if kind.name == "NARROWER_THAN" else ["from", "to", "confidence"]
            for name in output.names(f"{TABLES}/{kind.folder}"):
                for row in output.read(name, columns).to_pylist():
                    properties = {key: row[key] for key in columns[2:]}
                    found.append(Relationship(kind.name, row["from"], row["to"], properties))
    return broader(Graph((), tuple(found)))


@dataclass(frozen=True)
class Export:
    """Writes a part of the graph as CSV for Neo4j's bulk import and as N-Quads. Called in a worker."""

    output: Storage
    hierarchy: Any
    """A reference to the hierarchy of the whole graph."""
    between: str
    """What separates items of lists in CSV, in all parts."""

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """Of the part that the row names."""
        import ray

        from kg.exports.neo4j_csv import write_part as write_csv
        from kg.exports.rdf import write_nquads_part

        graph = read_part(self.output, row["part"])
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_csv(graph, folder, row["part"], self.between)
            self._take(folder, _NEO4J)
            write_nquads_part(graph, folder / f"{row['part']}.nq", ray.get(self.hierarchy))
            self._take(folder, _NQUADS)
        return row

    def _take(self, folder: Path, to: str) -> None:
        for file in sorted(folder.iterdir()):
            self.output.take(f"{to}/{file.name}", file)
            file.unlink()


def write_import(output: Storage, between: str) -> None:
    """Write what the bulk import needs beside the parts of `Export`."""
    from kg.exports.neo4j_csv import write_headers

    present = [kind for kind in KINDS if output.names(f"{TABLES}/{kind.folder}")]
    with tempfile.TemporaryDirectory() as name:
        write_headers(present, Path(name), between)
        for file in sorted(Path(name).iterdir()):
            output.take(f"{_NEO4J}/{file.name}", file)


def embed(output: Storage, path: Path) -> None:
    """Make the embedded database of the tables."""
    count = text = 0
    for _, table in rows(output):
        count, text = count + len(table), text + table.nbytes
    ladybug.write_tables(rows(output), path, limits.for_rows(count, text))
