"""One HTML file that shows a graph: no network, no server, nothing of the text ever run as markup."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from pyvis.network import Network

from kg.graph import Graph
from kg.viewer.content import content
from kg.viewer.drawing import write
from kg.viewer.select import Choice, select
from kg.viewer.words import count

_PARTS = files("kg.viewer").joinpath("page_parts")
SCRIPTS = (
    "data.js",
    "state.js",
    "look.js",
    "labels.js",
    "draw.js",
    "network.js",
    "unfold.js",
    "panel.js",
    "search.js",
    "filters.js",
    "save.js",
    "keys.js",
    "main.js",
)
"""The page's own scripts, in the order in which they need each other."""


def write_page(graph: Graph, path: str | Path, choice: Choice) -> str:
    """Write the page of what a choice asks for, and return a line on what it shows."""
    picture = select(graph, choice)
    shown = {n.id for n in picture.concepts}
    edges = sum(e.start in shown and e.end in shown for e in picture.edges)
    line = f"{count(len(shown), 'concept')} and {count(edges, 'relationship')}"
    if picture.folded:
        line += f"; {count(len(picture.folded), 'neighbour')} to unfold"
    if picture.left_out:
        line += f"; {picture.left_out:,} less mentioned left out"
    name = choice.about or choice.task
    write(path, page(content(graph, picture), f"abstractkg: {name}" if name else "abstractkg", line))
    return line


def page(known: dict[str, Any], title: str, note: str) -> str:
    """The page as HTML: what `kg.viewer.content.content` gives, put on it as text only.

    A content security policy lets only the scripts of this file run, known by their hashes,
    and lets nothing be fetched.
    """
    library = _inline(files("pyvis").joinpath("templates/lib/vis-9.1.2/vis-network.min.js").read_text("utf-8"))
    script = _inline('"use strict";\n(() => {\n' + "\n".join(map(_part, SCRIPTS)) + "\n})();\n")
    style = _part("page.css")
    return Template(_part("page.html")).substitute(
        policy="; ".join(
            [
                "default-src 'none'",
                f"script-src {_hash(library)} {_hash(script)}",
                "style-src 'unsafe-inline'",  # vis-network writes styles into the elements that it makes
                "img-src data: blob:",
                "base-uri 'none'",
                "form-action 'none'",
            ]
        ),
        title=html.escape(title),
        note=html.escape(note),
        style=style,
        library=library,
        # A script element ends at its end tag wherever that stands, so no tag may stand in the data.
        data=json.dumps(known | _network(known), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
        script=script,
    )


def _network(known: dict[str, Any]) -> dict[str, Any]:
    """What vis-network gets: nodes with their sizes and places. The page's scripts draw them."""
    network = Network()
    for node in known["nodes"]:
        place = {"x": node["x"], "y": node["y"]} if "x" in node else {}
        network.add_node(node["id"], label=node["name"], shape="custom", size=node["r"], **place)
    return {"network": [{k: n[k] for k in n if k in ("id", "shape", "size", "x", "y")} for n in network.nodes]}


def _part(name: str) -> str:
    return _PARTS.joinpath(name).read_text(encoding="utf-8")


def _inline(script: str) -> str:
    return script.replace("</script", "<\\/script")


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
