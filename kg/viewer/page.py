"""One HTML file that shows a graph: no network, no server, nothing of the text ever run as markup."""

from __future__ import annotations

import json
import math
from importlib.resources import files
from string import Template
from typing import Any

from pyvis.network import Network

from kg.graph import Node
from kg.viewer.layout import positions
from kg.viewer.select import Edge, Picture

STYLES = {
    "Method": {"color": "#4e79a7", "shape": "dot"},
    "Task": {"color": "#e15759", "shape": "diamond"},
    "Dataset": {"color": "#59a14f", "shape": "square"},
    "Metric": {"color": "#b07aa1", "shape": "triangle"},
}
_SENTENCES = 5
"""Statements quoted on an edge: the strongest, so that a page stays small."""


def page(picture: Picture, title: str) -> str:
    """The picture as HTML. Data is embedded as JSON and put on the page as text only."""
    network = _network(picture)
    data = {
        "nodes": network.nodes,
        "edges": network.edges,
        "papers": {i: _paper(node) for i, node in picture.papers.items()},
        "styles": STYLES,
        "leftOut": picture.left_out,
    }
    here = files("kg.viewer")
    vis = files("pyvis").joinpath("templates/lib/vis-9.1.2/vis-network.min.js").read_text(encoding="utf-8")
    return Template(here.joinpath("page.html").read_text(encoding="utf-8")).substitute(
        title=_html(title),
        style=here.joinpath("page.css").read_text(encoding="utf-8"),
        # A script element ends at its end tag wherever that stands, so none may stand in it.
        library=vis.replace("</script", "<\\/script"),
        data=json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"),
        script=here.joinpath("page.js").read_text(encoding="utf-8"),
    )


def _network(picture: Picture) -> Network:
    network = Network(directed=True)
    places = positions((n.id for n in picture.concepts), ((e.start, e.end) for e in picture.edges))
    for node in picture.concepts:
        network.add_node(node.id, **_node(node, places[node.id]))
    for edge in picture.edges:
        network.add_edge(edge.start, edge.end, **_edge(edge))
    return network


def _node(node: Node, place: tuple[float, float]) -> dict[str, Any]:
    papers = int(str(node.properties.get("papers", 0)))
    aliases = node.properties.get("aliases", ())
    return {
        "label": str(node.properties.get("name", node.id)),
        "kind": node.label,
        "papers": papers,
        "aliases": list(aliases) if isinstance(aliases, tuple) else [],
        "size": round(8 + 5 * math.log2(1 + papers), 1),
        "x": place[0],
        "y": place[1],
        **STYLES[node.label],
    }


def _edge(edge: Edge) -> dict[str, Any]:
    names = ("sentence", "paper", "confidence")
    return {
        "relation": edge.type,
        "count": len(edge.statements),
        "width": round(1 + math.log2(len(edge.statements)), 1),
        "statements": [{n: s.properties.get(n) for n in names} for s in edge.statements[:_SENTENCES]],
    }


def _paper(node: Node) -> dict[str, Any]:
    return {name: node.properties.get(name) for name in ("title", "year", "url")}


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
