"""Write the golden files again: ``python tests/golden/update.py``, after a change that is meant to change them."""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import tempfile
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

import click

import kg
from extractors.pipeline import REVISION
from kg import schema
from kg.cli import COMMANDS, cli
from kg.errors import KGError
from kg.querying.run import run
from kg.querying.saved import NAME_TYPES, SavedQuery
from kg.schema import CONCEPT_LABELS
from kg.stores import Store
from kg.stores.folder import find
from kg.table import Table, render

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"
GRAPH = HERE / "graph.jsonl"
RECORDS = HERE / "records.json"
LIBRARY = HERE.parents[1] / "docs" / "queries.md"
REFERENCE = HERE.parents[1] / "docs" / "command-line.md"
SCHEMA = HERE.parents[1] / "docs" / "schema.md"


def records() -> dict[str, object]:
    """Which revision of the extraction code gives which records of the examples, as a digest."""
    digest = hashlib.sha256()
    for row in kg.extract([EXAMPLES], extractor="patterns"):
        # A fingerprint of data and libraries, paths of this machine, and what is the input's, not the extraction's.
        for name in ("extractor", "source", "key", "ids"):
            row.pop(name, None)
        digest.update(json.dumps(row, sort_keys=True).encode())
    return {"revision": REVISION, "sha256": digest.hexdigest()}


def graph() -> str:
    """The graph of the examples by the patterns extractor, as JSON lines."""
    with tempfile.TemporaryDirectory() as folder:
        store, file = Path(folder, "store"), Path(folder, "graph.jsonl")
        kg.build([EXAMPLES], store, extractor="patterns")
        kg.export(file, store=store)
        text = file.read_text("utf-8").replace(f"{EXAMPLES}/", "")
        return re.sub(r', "extractor": "patterns \d[^"]*"', "", text)  # the fingerprint of data and libraries, again


def reference() -> str:
    """The help of every command, as a document."""
    parts = ["# Command line\n\nWhat `kg COMMAND --help` prints; made by `python tests/golden/update.py`.\n"]
    for command in COMMANDS:
        context = click.Context(command, info_name=f"kg {command.name}", terminal_width=100, **cli.context_settings)
        parts.append(f"## kg {command.name}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


_SCHEMA_HEAD = """\
# The schema

Labels, relationship types and properties of the graph, as in the embedded store and in Neo4j; made of `kg/schema.py` by
`python tests/golden/update.py`. A property that a paper or concept lacks is null. `strings` is a list of strings.

Ids are `LABEL:NAME` in lower case for concepts (`method:bert`), `result:…` for results, and `arxiv:…`, `doi:…` or
`text:…` for papers. A statement stands once for each paper that makes it, so count papers, not relationships:

```sh
kg query --cypher "MATCH (a:Method)-[r:OUTPERFORMS]->(b:Method) RETURN a.name, b.name, r.sentence LIMIT 5"
```

In the embedded store a label in a condition is written `label(n) = 'Method'`, in Neo4j `n:Method`; in a pattern it is
`(n:Method)` in both.
"""


def schema_page() -> str:
    """Every label and relationship type with its properties, as a document."""
    parts = [_SCHEMA_HEAD, "## Nodes\n"]
    for node in schema.NODE_TYPES.values():
        own = (schema.Property("id", "string", "unique in the graph"), *node.properties)
        parts.append(f"### {node.label}\n\n{node.meaning}\n\n{_properties(own)}")
    alike = {
        statement.properties for statement in map(schema.RELATIONSHIP_TYPES.get, schema.STATEMENT_TYPES) if statement
    }
    (statement_properties,) = alike
    parts += [
        "## Relationships\n",
        "| type | from → to | meaning | properties |\n|---|---|---|---|",
        *map(_relationship_row, schema.RELATIONSHIP_TYPES.values()),
        f"\n### Properties of statements\n\n{_properties(statement_properties)}",
    ]
    for kind in schema.RELATIONSHIP_TYPES.values():
        if kind.properties and not kind.statement:
            parts.append(f"### Properties of {kind.type}\n\n{_properties(kind.properties)}")
    return "\n".join(parts)


def _properties(properties: Iterable[schema.Property]) -> str:
    rows = (f"| `{p.name}` | {p.type} | {p.meaning.replace('|', '&#124;')} |\n" for p in properties)
    return "| property | type | meaning |\n|---|---|---|\n" + "".join(rows)


def _relationship_row(kind: schema.RelationshipType) -> str:
    ends = "; ".join(f"{start} → {end}" for start, end in kind.endpoints)
    own = "those of statements" if kind.statement else ", ".join(f"`{p.name}`" for p in kind.properties) or "none"
    both = "; holds in both directions, stored once" if kind.symmetric else ""
    return f"| `{kind.type}` | {ends} | {kind.meaning}{both} | {own} |"


def library() -> str:
    """Every saved query with what it answers, and a real answer over the graph of the examples, as a document."""
    parts = [
        "# The query library\n\nEvery saved query with the first rows of a real answer, over the graph that the "
        "patterns read in the [examples](../examples); the shipped model finds more. Made by "
        "`python tests/golden/update.py`. `kg queries NAME` prints the Cypher.\n"
    ]
    with tempfile.TemporaryDirectory() as folder:
        kg.build([EXAMPLES], Path(folder, "store"), extractor="patterns")
        with find(Path(folder, "store")).graph() as store:
            parts += [_answered(query, store) for query in kg.queries()]
    return "\n".join(parts)


def _answered(query: SavedQuery, store: Store) -> str:
    """A query with its first rows, for the first values of its needed parameters that have an answer."""
    given: dict[str, object] = {}
    found = Table((), ())
    for given in _values(query, store):
        try:
            found = run(store, query, given)
        except KGError:  # the example that the query names is not in this graph
            continue
        if found.rows:
            break
    shown = str(render(Table(found.columns, found.rows[:3]), "table", 110)) if found.rows else "(no rows)"
    lines = [line.rstrip().replace(f"{EXAMPLES}/", "") for line in shown.rstrip().split("\n")]
    if len(found.rows) > 3:
        lines.append(f"… {len(found.rows) - 3} more")
    values = "".join(f" -p {name}={shlex.quote(str(value))}" for name, value in given.items())
    answer = "\n".join([f"$ kg query {query.name}{values}", *lines])
    return f"## {query.title}\n\n{query.answers}\n\n```text\n{answer}\n```\n"


def _values(query: SavedQuery, store: Store) -> Iterator[dict[str, object]]:
    """Values of the needed parameters: the examples that the query names, then what the most papers mention."""
    needed = [p for p in query.parameters if p.needed]
    choices = []
    for parameter in needed:
        labels = [label for label in NAME_TYPES.get(parameter.type, ()) if label in CONCEPT_LABELS]
        text = f"MATCH (n:{'|'.join(labels)}) RETURN n.name ORDER BY n.papers DESC, n.id LIMIT 12" if labels else ""
        choices.append([parameter.default, *(row[0] for row in store.run(text).rows)] if text else [parameter.default])
    for values in product(*choices):
        yield dict(zip((p.name for p in needed), values, strict=True))


if __name__ == "__main__":
    LIBRARY.write_text(library(), "utf-8")
    GRAPH.write_text(graph(), "utf-8")
    REFERENCE.write_text(reference(), "utf-8")
    SCHEMA.write_text(schema_page(), "utf-8")
    RECORDS.write_text(json.dumps(records()) + "\n", "utf-8")
