"""The graph for networkx, and through it as GraphML and GEXF for Gephi, Cytoscape, yEd and igraph."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.graph import Graph, Value

if TYPE_CHECKING:
    import networkx

# XML 1.0 has no way at all to write these, escaped or not.
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_networkx(graph: Graph) -> networkx.MultiDiGraph[str]:
    """The graph as a networkx MultiDiGraph.

    Nodes are ids with ``label`` and the node's properties; edges have ``type`` and the
    relationship's properties, and the key ``(type, paper)``. Lists are tuples.
    """
    import networkx

    made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node in graph.nodes:
        made.add_node(node.id, label=node.label, **node.properties)
    for rel in graph.relationships:
        made.add_edge(rel.start, rel.end, (rel.type, rel.key[3]), type=rel.type, **rel.properties)
    return made


def write_graphml(graph: Graph, path: Path) -> None:
    """GraphML, with every list as one string of forms joined by `` | ``."""
    from networkx.readwrite.graphml import GraphMLWriter

    writer = GraphMLWriter(encoding="utf-8", prettyprint=True)
    writer.add_graph_element(_flat(graph))
    with path.open("wb") as out:
        writer.dump(out)


def write_gexf(graph: Graph, path: Path) -> None:
    """GEXF 1.2 for Gephi; lists as in GraphML, and no date of writing in it."""
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(_flat(graph))
    for meta in writer.xml.findall("meta"):  # it holds today's date: the same graph must be the same bytes
        writer.xml.remove(meta)
    with path.open("wb") as out:
        writer.write(out)


def _flat(graph: Graph) -> networkx.MultiDiGraph[str]:
    """A copy that XML can hold: strings without control characters, lists joined, every edge with its own key."""
    import networkx

    made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node in graph.nodes:
        name = str(node.properties.get("name") or node.properties.get("title") or node.id)
        # `label` is what Gephi and yEd print beside the node, so our label goes by `type`.
        made.add_node(_xml(node.id), type=node.label, label=_xml(name), **_attributes(node.properties))
    for number, rel in enumerate(graph.relationships):
        # An edge's `type` is taken in GEXF, for directed or not.
        made.add_edge(_xml(rel.start), _xml(rel.end), f"e{number}", relation=rel.type, **_attributes(rel.properties))
    return made


def _attributes(properties: Any) -> dict[str, Any]:
    return {name: _attribute(value) for name, value in properties.items()}


def _attribute(value: Value) -> Any:
    if isinstance(value, tuple):
        return _xml(" | ".join(value))
    return _xml(value) if isinstance(value, str) else value


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
