"""How nodes and relationships of abstractkg are recognized in a Neo4j database, and its constraints there.

Each has a property ``abstractkg`` with a digest of its content. So no extra label is needed, and
comparing one short string says whether a node or relationship is up to date.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, Final

from kg import schema
from kg.graph import Node, Relationship

MARK: Final = "abstractkg"
RELEASED: Final = "released"
"""The mark of a node that is no longer in the graph, but has relationships that abstractkg did not load."""

HOLDER: Final = "AbstractkgGraph"
"""The label of the one node that says by its ``name`` which graph the database holds."""


def digest(member: Node | Relationship) -> str:
    """A short digest of the content of a node or relationship."""
    if isinstance(member, Node):
        content: tuple[Any, ...] = (member.label, member.id, sorted(member.properties.items()))
    else:
        content = (member.type, member.start, member.end, sorted(member.properties.items()))
    return hashlib.blake2b(json.dumps(content).encode(), digest_size=12).hexdigest()


def declarations() -> Iterator[str]:
    """Statements that create the constraints and indexes of the schema where they do not exist."""
    for label, node in schema.NODE_TYPES.items():
        name = label.lower()
        yield f"CREATE CONSTRAINT abstractkg_{name}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        if any(p.name == "name" for p in node.properties):
            yield f"CREATE INDEX abstractkg_{name}_name IF NOT EXISTS FOR (n:{label}) ON (n.name)"
    yield "CALL db.awaitIndexes(600)"
