"""One HTML file that shows a graph without network and server, and never runs text of papers as markup."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from kg.errors import KGError
from kg.graph import Graph
from kg.viewer import ViewResult
from kg.viewer.appearance import count
from kg.viewer.content import content
from kg.viewer.drawing import write
from kg.viewer.select import Choice, Picture, select

_PARTS = files("kg.viewer").joinpath("page_parts")
SCRIPTS = (
    "data.js",
    "state.js",
    "look.js",
    "labels.js",
    "hulls.js",
    "draw.js",
    "vis_network.js",
    "unfold.js",
    "timeline.js",
    "panel.js",
    "search.js",
    "filters.js",
    "save.js",
    "keyboard.js",
    "main.js",
)
"""The page's own scripts, in order of dependency."""


def write_page(graph: Graph, path: str | Path, choice: Choice) -> ViewResult:
    """Write the page of what a choice selects."""
    picture = select(graph, choice)
    result = described(picture, path)
    write(path, page(content(graph, picture, choice.arrange), heading(choice), result.summary))
    return result


def heading(choice: Choice) -> str:
    """The title of a picture."""
    name = choice.about or choice.task
    return f"abstractkg: {name}" if name else "abstractkg"


def described(picture: Picture, path: str | Path) -> ViewResult:
    """What is drawn, as counts and as a line."""
    shown = {n.id for n in (*picture.concepts, *picture.papers)}
    edges = sum(e.start in shown and e.end in shown for e in picture.edges)
    nodes = [count(len(picture.concepts), "concept")]
    if picture.papers:
        nodes.append(count(len(picture.papers), "paper"))
    line = f"{', '.join(nodes)} and {count(edges, 'relationship')}"
    if picture.folded:
        line += f"; {count(len(picture.folded), 'neighbour')} to unfold"
    if picture.left_out:
        line += f"; {picture.left_out:,} less mentioned left out"
    counts = {"concepts": len(picture.concepts), "papers": len(picture.papers), "relationships": edges}
    counts |= {"to unfold": len(picture.folded), "left out": picture.left_out}
    return ViewResult(Path(path), "graph", counts, line)


def _library() -> str:
    """The drawing library; installing puts it into the package, and pyvis has it where a checkout was not installed."""
    installed = files("kg.viewer").joinpath("page_parts/vis-network.min.js")
    if installed.is_file():
        return installed.read_text("utf-8")
    try:
        return files("pyvis").joinpath("templates/lib/vis-9.1.2/vis-network.min.js").read_text("utf-8")
    except ModuleNotFoundError as error:
        raise KGError("the page's drawing library is missing: install abstractkg with pip, which adds it") from error


def page(known: dict[str, Any], title: str, note: str) -> str:
    """The page as HTML, with the data from `kg.viewer.content.content` as text.

    A content security policy allows only the scripts of this file, by their hashes, and no
    requests.
    """
    library = _inline(_library())
    script = _inline('"use strict";\n(() => {\n' + "\n".join(map(_part, SCRIPTS)) + "\n})();\n")
    style = _part("page.css")
    return Template(_part("page.html")).substitute(
        policy="; ".join(
            [
                "default-src 'none'",
                f"script-src {_hash(library)} {_hash(script)}",
                "style-src 'unsafe-inline'",  # vis-network sets styles of its elements
                "img-src data: blob:",
                "base-uri 'none'",
                "form-action 'none'",
            ]
        ),
        title=html.escape(title),
        note=html.escape(note),
        style=style,
        library=library,
        data=_data(known | {"network": _network(known["nodes"])}),
        script=script,
    )


def _network(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What vis-network gets: nodes with their sizes and places. The page's scripts draw them."""
    places = [{"x": node["x"], "y": node["y"]} if "x" in node else {} for node in nodes]
    return [
        {"size": node["r"], **place, "id": node["id"], "shape": "custom"}
        for node, place in zip(nodes, places, strict=True)
    ]


def _data(known: dict[str, Any]) -> str:
    """JSON for a script element, without ``<``: an end tag in the text of a paper would end the element."""
    return json.dumps(known, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _part(name: str) -> str:
    return _PARTS.joinpath(name).read_text(encoding="utf-8")


def _inline(script: str) -> str:
    return script.replace("</script", "<\\/script")


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
