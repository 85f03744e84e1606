"""Pages as HTML: data and a Jinja template, with links that lead from the page's own address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from kg.table import markdown_text
from kg.viewer.appearance import DARK, LIGHT, count, variables
from kg.web import addresses, charts, marking, papers
from kg.web.data import Concept, Evidence, PaperRef, Result
from kg.web.index import Index

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'"
)
"""What a page may load and run: only files of the site itself, and nothing that stands in the page."""
_WEB: Final = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)


class Renderer:
    """The pages of one graph. ``live`` pages have what needs a server: questions, forms, downloads of tables."""

    def __init__(self, index: Index, *, live: bool, pictured: frozenset[str] = frozenset()) -> None:
        self._index = index
        self.live = live
        self._known: dict[str, dict[str, int]] = {}
        self._templates = jinja2.Environment(
            loader=jinja2.PackageLoader("kg.web"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {
            "of_node": addresses.of_node,
            "quoted": quoted,
            "thousands": thousands,
            "md": markdown_text,
            "told_apart": told_apart,
        }
        self._templates.globals |= {
            "charts": charts,
            "addresses": addresses,
            "count": count,
            "policy": POLICY,
            "live": live,
            "mark": self._mark,
            "unnamed": self._unnamed,
            "mark_result": self._mark_result,
            "place": self._place,
            "pictured": pictured,
        }

    def page(self, template: str, address: str, **data: Any) -> str:
        """A page as HTML. ``address`` is its own, from which links lead to others."""
        return self._templates.get_template(template).render(
            root=addresses.to_root(address), address=address, here=address, **data
        )

    def markdown(self, template: str, **data: Any) -> str:
        """A text in Markdown; what comes from papers has to go through the filter ``md``."""
        plain = self._templates.overlay(autoescape=False)
        return plain.get_template(template).render(**data)

    def _mark(self, sentence: str, concepts: Iterable[Concept | str | None], value: str = "") -> Markup:
        ids = [c if isinstance(c, str) else c.id for c in concepts if c is not None]
        return marking.marked(self._index, sentence, ids, value)

    def _unnamed(self, sentence: str, concepts: Iterable[Concept]) -> list[str]:
        return marking.unnamed(self._index, sentence, [c.id for c in concepts])

    def _mark_result(self, result: Result) -> Markup:
        roles = (result.method, result.dataset, result.metric, result.task, result.baseline)
        return self._mark(result.evidence.sentence, roles, result.value)

    def _place(self, said: Evidence) -> str:
        """The address of a sentence in its paper's page; empty where the graph does not hold the paper."""
        paper: PaperRef = said.paper
        if paper.id not in self._index.nodes:
            return ""
        number = self._numbers(paper.id).get(said.sentence)
        return addresses.of_node(paper.id) + (f"#s{number}" if number else "")

    def _numbers(self, paper_id: str) -> dict[str, int]:
        """The numbers of a paper's sentences, kept: a card quotes the same papers many times."""
        if paper_id not in self._known:
            said = papers.sentences(self._index, paper_id)
            self._known[paper_id] = {one.sentence: one.number for one in said}
        return self._known[paper_id]


def web_address(text: str) -> str:
    """The text where it is an address of the web, else nothing: a paper's ``url`` may hold anything.

    >>> web_address("https://example.org/1"), web_address("javascript:alert(1)")
    ('https://example.org/1', '')
    """
    return text if _WEB.fullmatch(text) else ""


def quoted(text: str) -> str:
    """The text as one part of an address.

    >>> quoted("doi:10.1/../x")
    'doi%3A10.1%2F..%2Fx'
    """
    return quote(text, safe="")


def told_apart(forms: Iterable[str], name: str) -> list[str]:
    """The forms of a name that readers tell apart: of those that differ by capitals only the first, the name left out.

    >>> told_apart(["Person Re-ID", "person re-ID", "PRID"], "Person re-id")
    ['PRID']
    """
    first: dict[str, str] = {name.casefold(): name}
    for form in forms:
        first.setdefault(form.casefold(), form)
    return list(first.values())[1:]


def thousands(number: int) -> str:
    """A number as people read it.

    >>> thousands(12345)
    '12,345'
    """
    return f"{number:,}"


def colours() -> str:
    """The colours of kinds as CSS variables: those of pictures."""
    return f":root {{ {variables(LIGHT, DARK)} }}\n"
