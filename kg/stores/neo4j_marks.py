"""How abstractkg's nodes and relationships are told from others in a Neo4j database, and its constraints there.

Everything of ours carries a property ``abstractkg``: a digest of its content. It needs no label
of its own, and says in one short string whether a node or relationship still is what it should be.
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
"""The mark of a node that is gone from the graph but holds relationships of others, and so stays."""


def digest(member: Node | Relationship) -> str:
    """A short digest of all that a node or relationship says."""
    if isinstance(member, Node):
        content: tuple[Any, ...] = (member.label, member.id, sorted(member.properties.items()))
    else:
        content = (member.type, member.start, member.end, sorted(member.properties.items()))
    return hashlib.blake2b(json.dumps(content).encode(), digest_size=12).hexdigest()


def declarations() -> Iterator[str]:
    """Statements for the constraints and indexes that the schema calls for; what is there already stays."""
    for label, node in schema.NODE_TYPES.items():
        name = label.lower()
        yield f"CREATE CONSTRAINT abstractkg_{name}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        if any(p.name == "name" for p in node.properties):
            yield f"CREATE INDEX abstractkg_{name}_name IF NOT EXISTS FOR (n:{label}) ON (n.name)"
    yield "CALL db.awaitIndexes(600)"
