"""Static drawings: SVG elements, and a page around them with the same data as a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from kg.atomic import atomic_write
from kg.errors import KGError
from kg.graph import Graph
from kg.viewer.appearance import DARK, LIGHT, SWITCH, count, variables
from kg.xml_text import xml_text

SVG = "http://www.w3.org/2000/svg"
_HEAD = 40  # pixels for the title of an image
CHARACTER = 6.9
"""The estimated average width of a character, in pixels, rounded up."""

_COLOURS = ("ground", "text", "quiet", "line", "accent", "rivals", "family")
_THEMES = {
    "light": dict(
        zip(_COLOURS, ("#ffffff", "#1d2126", "#5a626c", "#dfe3e8", "#2868b0", "#b45f06", "#5b6b7f"), strict=True)
    ),
    "dark": dict(
        zip(_COLOURS, ("#14171b", "#e8eaed", "#a4adb8", "#333a43", "#6fb0f2", "#f0a860", "#9fb0c4"), strict=True)
    ),
}
_STYLE = """
svg { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
text { fill: var(--text); } .quiet { fill: var(--quiet); } .strong { font-weight: 600; }
.line { stroke: var(--line); } .accent { fill: var(--accent); } .ground { fill: var(--ground); }
"""
_PAGE_STYLE = """
body { margin: 1.5rem; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
.switch { float: right; margin-left: 1rem; color: var(--quiet); font-size: .85rem; cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
h1 { font-size: 1.25rem; margin: 0 0 .2rem; } p { margin: 0 0 1rem; color: var(--quiet); max-width: 60rem; }
figure { margin: 0; overflow-x: auto; } summary { cursor: pointer; margin: 1rem 0 .5rem; }
table { border-collapse: collapse; } td, th { text-align: left; vertical-align: top; padding: .25rem .9rem .25rem 0;
  border-bottom: 1px solid var(--line); max-width: 40rem; overflow-wrap: anywhere; }
@media (max-width: 40rem) { /* on a telephone each row is a block, and each cell is called what its column is */
  table, tbody, tr, td { display: block; } th { display: none; }
  tr { border-bottom: 1px solid var(--line); padding: .4rem 0; }
  td { border: 0; padding: .05rem 0; } td:empty { display: none; }
  td::before { content: attr(data-label) " "; color: var(--quiet); font-size: .8rem; } }
"""
_MARGINS = 48
_HINT_STYLE = """.hint {{ display: none; }} @media (max-width: {width}px) {{ .hint {{ display: block; }} }}
"""


class Drawing:
    """An SVG image under construction. All text is escaped."""

    def __init__(self, title: str) -> None:
        self.title = xml_text(title)
        self.root = ET.Element("svg", {"xmlns": SVG, "role": "img", "aria-label": self.title})
        ET.SubElement(self.root, "style").text = themes() + _STYLE
        self._back = ET.SubElement(self.root, "rect", {"class": "ground"})

    def add(self, tag: str, text: str = "", tip: str = "", /, **attributes: object) -> ET.Element:
        """Add an element with a tooltip ``tip``; the attribute ``stroke_width`` becomes ``stroke-width``."""
        made = ET.SubElement(
            self.root, tag, {k.rstrip("_").replace("_", "-"): _number(v) for k, v in attributes.items()}
        )
        made.text = xml_text(text) or None
        if tip:
            ET.SubElement(made, "title").text = xml_text(tip)
        return made

    def size(self, width: float, height: float) -> None:
        """Set the size of the image."""
        size = {"width": _number(width), "height": _number(height)}
        self._back.attrib.update(size)
        self.root.attrib.update(size | {"viewBox": f"0 0 {size['width']} {size['height']}"})

    def frame(self, note: str, source: str) -> None:
        """Put the title above the drawing, and what it shows and its source below it."""
        width, height = (float(self.root.get(side, 0)) for side in ("width", "height"))
        inner = ET.Element("g", {"transform": f"translate(0 {_HEAD})"})
        for child in self.root[2:]:
            self.root.remove(child)
            inner.append(child)
        made = ET.Element("title")
        made.text = self.title
        self.root.insert(0, made)
        self.root.append(inner)
        self.add("text", self.title, x=20, y=28, style="font-weight:600;font-size:17px")
        self.add("text", note, x=20, y=_HEAD + height + 14, class_="quiet")
        self.add("text", source, x=20, y=_HEAD + height + 32, class_="quiet")
        wide_enough = max(width, 40 + wide([note, source]), 40 + 1.4 * wide([self.title]))
        self.size(wide_enough, _HEAD + height + 44)


def cut(text: str, most: int) -> str:
    """The text, shortened with an ellipsis if it is longer than that."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def wide(texts: Iterable[str]) -> float:
    """The estimated width of the longest text, in pixels."""
    return max((len(text) for text in texts), default=0) * CHARACTER


def write_drawing(
    path: str | Path, drawing: Drawing, note: str, header: Sequence[str], rows: Iterable[Sequence[str]], graph: Graph
) -> None:
    """Write the drawing: only the image if the path ends in ``.svg``, else a page with the same data as a table."""
    if Path(path).suffix.lower() == ".svg":
        write_image_file(path, drawing, note, graph)
        return
    page = _page(drawing, f"{note} {source(graph)}.", header, rows)
    write(path, "<!doctype html>\n" + ET.tostring(page, encoding="unicode", method="html") + "\n")


def write_image_file(path: str | Path, drawing: Drawing, note: str, graph: Graph) -> None:
    """Write the drawing as a bare image that can stand alone: with its title, what it shows and its source.

    Its colours are plain values of the light theme, because many programs that take SVG know no CSS variables.
    """
    drawing.frame(note, source(graph))
    light = {name.lower(): colour for name, colour in {**_THEMES["light"], **LIGHT}.items()}
    text = ET.tostring(drawing.root, encoding="unicode").replace(themes(), "")
    plain = re.sub(r"var\(--(\w+)\)", lambda match: light[match[1]], text)
    write(path, '<?xml version="1.0" encoding="UTF-8"?>\n' + plain + "\n")


def source(graph: Graph) -> str:
    """What a picture is made of, for a line under it."""
    return f"Read by abstractkg in {papers(graph)}"


def papers(graph: Graph) -> str:
    """How many abstracts of which years the graph is made of: ``450 abstracts, 2013–2025``."""
    years = sorted({y for n in graph.nodes if n.label == "Paper" and isinstance(y := n.properties.get("year"), int)})
    span = f", {'–'.join(str(y) for y in dict.fromkeys((years[0], years[-1])))}" if years else ""
    return count(sum(n.label == "Paper" for n in graph.nodes), "abstract") + span


def write(path: str | Path, text: str) -> None:
    """Write a file; `KGError` if that fails."""
    try:
        with atomic_write(Path(path)) as temporary:
            temporary.write_text(text, encoding="utf-8")
    except OSError as error:
        raise KGError(f"{path}: cannot be written ({error.strerror})") from error


def themes() -> str:
    """The colours of the light and the dark theme as CSS variables, including those of labels."""
    colours = variables({**_THEMES["light"], **LIGHT}, {**_THEMES["dark"], **DARK})
    return f":root {{ color-scheme: light dark; {colours} }}"


def _page(drawing: Drawing, note: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> ET.Element:
    root = ET.Element("html", {"lang": "en"})
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "meta", {"charset": "utf-8"})
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    ET.SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": policy})
    ET.SubElement(head, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    ET.SubElement(head, "link", {"rel": "icon", "href": "data:,"})
    ET.SubElement(head, "title").text = drawing.title
    ET.SubElement(head, "style").text = (
        SWITCH + _PAGE_STYLE + _HINT_STYLE.format(width=round(float(drawing.root.get("width", 0))) + _MARGINS)
    )
    body = ET.SubElement(root, "body")
    switch = ET.SubElement(body, "label", {"class": "switch"})
    ET.SubElement(switch, "input", {"type": "checkbox", "id": "theme"}).tail = " Dark and light exchanged"
    ET.SubElement(body, "h1").text = drawing.title
    ET.SubElement(body, "p").text = note
    ET.SubElement(body, "p", {"class": "hint"}).text = "The picture goes on to the right: scroll it sideways."
    # A keyboard scrolls what it can reach.
    figure = {"tabindex": "0", "role": "group", "aria-label": "The picture; arrow keys scroll it"}
    ET.SubElement(body, "figure", figure).append(drawing.root)
    details = ET.SubElement(body, "details")
    ET.SubElement(details, "summary").text = "The same as a table, with the sentences"
    table = ET.SubElement(details, "table")
    top = ET.SubElement(table, "tr")
    for name in header:
        ET.SubElement(top, "th").text = name
    for row in rows:
        line = ET.SubElement(table, "tr")
        for name, cell in zip(header, row, strict=True):
            ET.SubElement(line, "td", {"data-label": name}).text = cell
    return root


def _number(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
