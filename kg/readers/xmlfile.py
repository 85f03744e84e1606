"""The XML formats: which elements are records in each, and how one is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from kg.readers import xml_articles, xml_arxiv, xml_records, xml_references
from kg.readers.source import Fields, Source


@dataclass(frozen=True, slots=True)
class Dialect:
    """One XML format: its root elements, the elements that are records, and how one is read.

    A record gets what stands around it too, outermost first.
    """

    roots: frozenset[str]
    records: frozenset[str]
    fields: Callable[[Element, list[Element]], Fields | None]


def _dialect(roots: str, records: str, fields: Callable[[Element, list[Element]], Fields | None]) -> Dialect:
    return Dialect(frozenset(roots.split()), frozenset(records.split()), fields)


DIALECTS: dict[str, Dialect] = {
    "Atom": _dialect("feed entry", "entry", xml_arxiv.atom),
    "OAI-PMH": _dialect("OAI-PMH ListRecords GetRecord Records dc", "record dc", xml_arxiv.oai),
    "PubMed XML": _dialect(
        "PubmedArticleSet PubmedArticle PubmedBookArticle MedlineCitationSet MedlineCitation pubmed-document",
        "PubmedArticle PubmedBookArticle MedlineCitation",
        xml_articles.pubmed,
    ),
    "JATS XML": _dialect("article articles pmc-articleset", "article", xml_articles.jats),
    "ACL Anthology XML": _dialect("collection volume", "paper frontmatter", xml_references.anthology),
    "EndNote XML": _dialect("xml records", "record", xml_references.endnote),
    "MODS": _dialect("modsCollection mods", "mods", xml_references.mods),
}
"""The XML formats, each known by its root."""

_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_PROLOG = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)", re.DOTALL)


def dialect_of(head: str) -> str | None:
    """The name of the XML format that begins with ``head``; None where it is none of ours."""
    while prolog := _PROLOG.match(head):
        head = head[prolog.end() :]
    root = _ROOT.match(head.lstrip())
    if not root:
        return None
    if root[1] in ("records", "record") and "openarchives.org" in head[:4096]:
        return "OAI-PMH"
    return next((name for name, dialect in DIALECTS.items() if root[1] in dialect.roots), None)


def read(source: Source, dialect: Dialect) -> Iterator[tuple[str, Fields]]:
    """The records of an XML file. One that is not well-formed costs only itself."""
    for place, element, around in xml_records.elements(source, dialect.records):
        fields = dialect.fields(element, around)
        if fields is not None:
            yield place, fields
