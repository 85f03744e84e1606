"""Graphs of any content that the schema allows, for property tests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from kg import schema
from kg.graph import Graph, Node, Relationship

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    [
        "it's",
        'a "b"',
        "back\\slash \\u0027",
        "two\nlines\r\n",
        "a,b;c|d",
        "\x00",
        "\u2028",
        "e\u0301",
        "😀",
        "$x {y}",
        "'; //",
    ]
)
_VALUES: dict[schema.PropertyType, st.SearchStrategy[Any]] = {
    "string": texts,
    "integer": st.integers(-(2**63), 2**63 - 1),
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "boolean": st.booleans(),
    "strings": st.lists(texts, max_size=3).map(tuple),
}


@st.composite
def _properties(draw: st.DrawFn, declared: tuple[schema.Property, ...]) -> dict[str, Any]:
    return {p.name: draw(_VALUES[p.type]) for p in declared if draw(st.booleans())}


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Up to three nodes of each label, and relationships between them."""
    nodes: dict[str, list[Node]] = {}
    for label, node_type in schema.NODE_TYPES.items():
        prefix = "arxiv" if label == "Paper" else label.lower()
        slugs = draw(st.lists(texts, max_size=3, unique=True))
        nodes[label] = [Node(label, f"{prefix}:{slug}", draw(_properties(node_type.properties))) for slug in slugs]
    relationships: dict[tuple[str, ...], Relationship] = {}
    for name, rel_type in schema.RELATIONSHIP_TYPES.items():
        for start, end in rel_type.endpoints:
            if all((nodes[start], nodes[end])) and draw(st.booleans()):
                one, other = draw(st.sampled_from(nodes[start])), draw(st.sampled_from(nodes[end]))
                rel = Relationship(name, one.id, other.id, draw(_properties(rel_type.properties)))
                relationships[rel.key] = rel
    return Graph.of([node for group in nodes.values() for node in group], relationships.values())
