"""The graph as a pyvis ``Network``, for notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import KGError, how_to_install
from kg.graph import Graph, Node, Relationship
from kg.viewer.appearance import LIGHT, PHRASES, SHAPES, count
from kg.viewer.concepts import forms, papers_of, short_name

if TYPE_CHECKING:
    from pyvis.network import Network

COLOURS: Final = {**LIGHT, "Paper": "#8a939e", "Result": "#b45f06"}
"""The colour of each label."""

_SHAPES: Final = {**SHAPES, "Method": "dot", "Paper": "dot", "Result": "dot"}
_NAME: Final = 40  # characters of a name


def to_pyvis(graph: Graph, *, height: str = "750px", notebook: bool = False) -> Network:
    """The graph as a pyvis ``Network``: all nodes, coloured by label, and all relationships.

    Nodes have the graph's ids and their details as ``title``; edges have the type and the sentence as
    ``title``. ``height`` and ``notebook`` are those of ``Network``. Scripts are put into the page,
    because pyvis otherwise makes a folder for them in the working directory.

    pyvis searches a list for each edge, and browsers lay the page out: for a large graph pass a
    part of it, or use `kg.view`. `KGError` where pyvis is not installed.
    """
    try:
        from pyvis.network import Network
    except ImportError as error:
        raise KGError(f"a pyvis Network needs pyvis; {how_to_install('notebook')}") from error

    network = Network(height=height, notebook=notebook, directed=True, cdn_resources="in_line")
    for node in graph.nodes:
        network.add_node(
            node.id,
            label=_label(node),
            title=_details(node),
            color=COLOURS[node.label],
            shape=_SHAPES[node.label],
            value=papers_of(node),
        )
    for rel in graph.relationships:
        network.add_edge(rel.start, rel.end, title=_statement(rel))
    return network


def _label(node: Node) -> str:
    if node.label == "Paper":
        text = str(node.properties.get("title", node.id))
    elif node.label == "Result":
        text = str(node.properties.get("value", node.id))
    else:
        return short_name(node, _NAME)
    return text if len(text) <= _NAME else text[: _NAME - 1].rstrip() + "…"


def _details(node: Node) -> str:
    """What is shown beside a node, as plain text."""
    if node.label == "Paper":
        lines = [str(node.properties.get("title", node.id)), str(node.properties.get("year", "")), node.id]
    elif node.label == "Result":
        lines = [str(node.properties.get("value", "")), str(node.properties.get("text", ""))]
    else:
        lines = [*forms(node), f"{node.label} in {count(papers_of(node), 'paper')}"]
    return "\n".join(filter(None, lines))


def _statement(rel: Relationship) -> str:
    phrase = PHRASES[rel.type][0] if rel.type in PHRASES else rel.type.lower().replace("_", " ")
    return "\n".join(filter(None, (phrase, str(rel.properties.get("sentence", "")))))
