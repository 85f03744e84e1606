"""XML of every kind: one record at a time, without entities from outside and without bombs."""

from __future__ import annotations

import codecs
import html.entities
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from kg.readers import streams, xml_articles, xml_arxiv, xml_references
from kg.readers.source import MAX_RECORD, Fields, Source, UnusableFileError
from kg.readers.xml_tools import local


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
    if root[1] == "records" and "openarchives.org" in head[:4096]:
        return "OAI-PMH"
    return next((name for name, dialect in DIALECTS.items() if root[1] in dialect.roots), None)


def read(source: Source, dialect: Dialect) -> Iterator[tuple[str, Fields]]:
    """The records of an XML file. What is not well-formed ends the reading; what came before is kept."""
    for number, (element, around) in enumerate(_records(source.stream, dialect.records), 1):
        fields = dialect.fields(element, around)
        if fields is not None:
            yield f"record {number}", fields


def _records(stream: BinaryIO, names: frozenset[str]) -> Iterator[tuple[Element, list[Element]]]:
    """Each outermost element of one of ``names`` with those around it; let go once it has been used."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, iterparse

    limited = _Limited(stream)
    around: list[Element] = []
    inside = 0
    try:
        # A document type is common (PubMed, JATS) and harmless where it declares nothing and nothing is loaded for it.
        parser = DefusedXMLParser(forbid_dtd=False, forbid_entities=True, forbid_external=True)
        for event, element in iterparse(limited, events=("start", "end"), parser=parser):
            is_record = local(element) in names
            if event == "start":
                around.append(element)
                inside += is_record
                continue
            around.pop()
            inside -= is_record
            if inside == 0 and is_record:
                yield element, around
                limited.taken = 0
                if around:
                    around[-1].remove(element)
    except ParseError as error:
        reason = str(error.msg).partition(":")[0]
        raise UnusableFileError(f"not well-formed XML ({reason})", f"line {error.position[0]}") from error
    except DefusedXmlException as error:
        raise UnusableFileError(f"refused: it declares entities ({type(error).__name__})") from error


_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_OWN_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z][\w.:-]*)[\"']")


class _Limited:
    """An XML file as text: decoded, without characters that XML forbids, HTML's entities put in.

    It gives up where one record alone would fill the memory.
    """

    def __init__(self, stream: BinaryIO) -> None:
        head, self._stream = streams.with_head(stream)
        declared = _DECLARED.match(head.lstrip())
        marked = streams.marked_encoding(head)
        name = marked or (declared[1].decode() if declared else streams.encoding_of(head, len(head) < streams.HEAD))
        try:
            self._decoder = codecs.getincrementaldecoder(name)("replace")
        except LookupError as error:
            raise UnusableFileError(f"unknown encoding {name!r}") from error
        self._rest = ""
        self.taken = 0

    def read(self, size: int = streams.HEAD, /) -> str:
        data = self._stream.read(size)
        self.taken += len(data)
        if self.taken > MAX_RECORD:
            raise UnusableFileError(f"no record ends within {MAX_RECORD >> 20} MB")
        text = self._rest + self._decoder.decode(data, final=not data)
        at = text.rfind("&", -34) if data else -1
        self._rest, text = (text[at:], text[:at]) if at >= 0 else ("", text)
        if not text and self._rest:
            return self.read(size)
        return _ENTITY.sub(_entity, _ILLEGAL.sub("", text))


def _entity(match: re.Match[str]) -> str:
    """HTML's named characters, which many XML files use without declaring them."""
    if match[1] in _OWN_ENTITIES:
        return match[0]
    found = html.entities.html5.get(match[1] + ";")
    return f"&#{ord(found)};" if found is not None and len(found) == 1 else match[0]
