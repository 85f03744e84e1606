"""The graph for networkx, and by way of networkx as GraphML and GEXF for Gephi, Cytoscape, yEd and igraph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.graph import Graph, Value
from kg.xml_text import xml_text

if TYPE_CHECKING:
    import networkx


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
    """Write GraphML, with each list as one string, its items joined by `` | ``."""
    from networkx.readwrite.graphml import GraphMLWriter

    writer = GraphMLWriter(encoding="utf-8", prettyprint=True)
    writer.add_graph_element(_flat(graph))
    with path.open("wb") as out:
        writer.dump(out)


def write_gexf(graph: Graph, path: Path) -> None:
    """Write GEXF 1.2 for Gephi, with lists as in GraphML and without the date of writing."""
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(_flat(graph))
    for meta in writer.xml.findall("meta"):  # it has today's date, but the same graph must give the same bytes
        writer.xml.remove(meta)
    with path.open("wb") as out:
        writer.write(out)


def _flat(graph: Graph) -> networkx.MultiDiGraph[str]:
    """A copy that XML can hold: allowed characters only, lists joined, each edge with its own key."""
    import networkx

    made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node in graph.nodes:
        name = str(node.properties.get("name") or node.properties.get("title") or node.id)
        # Gephi and yEd print `label` beside the node, so our label is in `type`.
        made.add_node(xml_text(node.id), type=node.label, label=xml_text(name), **_attributes(node.properties))
    for number, rel in enumerate(graph.relationships):
        # In GEXF the `type` of an edge says whether it is directed.
        start, end = xml_text(rel.start), xml_text(rel.end)
        made.add_edge(start, end, f"e{number}", relation=rel.type, **_attributes(rel.properties))
    return made


def _attributes(properties: Any) -> dict[str, Any]:
    return {name: _attribute(value) for name, value in properties.items()}


def _attribute(value: Value) -> Any:
    if isinstance(value, tuple):
        return xml_text(" | ".join(value))
    return xml_text(value) if isinstance(value, str) else value
