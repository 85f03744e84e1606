"""A report as a file: one HTML page that needs nothing else, or Markdown."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Final

from kg.errors import KGError
from kg.table import markdown_text
from kg.viewer.appearance import SWITCH
from kg.web import reports
from kg.web.data import Evidence
from kg.web.index import Index
from kg.web.render import Renderer, colours

_BLANK_LINES: Final = re.compile(r"\n{3,}")


def as_html(index: Index, topic: str) -> str:
    """The report on a concept, given by its id, as one page that loads nothing."""
    style = colours() + SWITCH + files("kg.web").joinpath("static/style.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    data = {"view": reports.report(index, topic), "style": style, "report_policy": policy}
    return Renderer(index, live=False).page("report.html", "report.html", **data)


def as_markdown(index: Index, topic: str) -> str:
    """The same as Markdown; text of papers is never taken for markup."""
    renderer = Renderer(index, live=False)
    text = renderer.markdown("report.md", view=reports.report(index, topic), quote=_quoted)
    return _BLANK_LINES.sub("\n\n", text).strip() + "\n"


def _quoted(said: Evidence) -> str:
    """A sentence with its source, as a block quote."""
    paper = said.paper
    source = ", ".join(filter(None, (paper.title, str(paper.year or ""))))
    key = f" `{paper.key.replace('`', '')}`" if paper.key else ""
    certain = f" ({said.confidence:.2f})" if said.confidence is not None and said.confidence < 1 else ""
    return f"> {markdown_text(said.sentence)}\n>\n> — {markdown_text(source)}{key}{certain}"


FORMATS: Final[Mapping[str, Callable[[Index, str], str]]] = {"markdown": as_markdown, "html": as_html}
"""Reports by format."""


def render(index: Index, name: str, format: str) -> str:
    """The report on a concept, given by any of its names; `KGError` for an unknown name or format."""
    if format not in FORMATS:
        raise KGError(f"unknown format {format!r}; there are {', '.join(FORMATS)}")
    return FORMATS[format](index, index.find(name))
