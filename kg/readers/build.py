"""From the fields that a file gives to a `Paper`: clean text, identifiers in one spelling, years, names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any, Final

from kg.papers import Paper
from kg.readers import identifiers
from kg.readers.cleaning import clean, clean_abstract, is_encoded_twice
from kg.readers.dates import year
from kg.readers.missing import is_missing, real_abstract
from kg.readers.people import authors
from kg.readers.source import Fields

LONGEST: Final = 1_000_000
"""Characters of a field that is read at all; an abstract may have less."""
_OF_GRAPH = re.compile(r"(?:arxiv|doi|text):")
_ARXIV_VENUE = re.compile(r"\W*(?:arxiv|corr\b)", re.IGNORECASE)  # where search engines and DBLP put the arXiv id


def paper(fields: Fields, source: str) -> Paper | None:
    """The paper in ``fields``, read from the file ``source``; None where it has no abstract.

    A field of an unexpected type counts as not given. An extraction record keeps its text
    as it is, since its offsets count in it, and the sources it names.
    """
    record = fields.get("record")
    title, abstract = _text(fields.get("title")), _text(fields.get("abstract"))
    if record is None:
        title, abstract = clean(title), real_abstract(clean_abstract(abstract))
    if not abstract:
        return None
    url = "".join(_text(fields.get("url")).replace("&amp;", "&").split())
    doi, arxiv, anthology = _identifiers(fields, url)
    local_id, key = (clean(_text(fields.get(name))) or None for name in ("local_id", "key"))
    others = _texts(fields.get("ids")) or [_text(fields.get("ids"))]
    return Paper(
        abstract=abstract,
        title=title or None,
        year=year(fields.get("year")),
        venue=clean(_text(fields.get("venue"))) or None,
        authors=authors(fields.get("authors")),
        url=(url if url.isprintable() else clean(url)) or None,
        doi=doi,
        arxiv=arxiv,
        anthology=anthology,
        local_id=local_id or key or clean(others[0]) or None,
        key=key,
        ids=_ids((*others, local_id, key, anthology), {doi, arxiv}),
        source=_sources(fields.get("source")) or (clean(source),),
        record=record,
    )


def too_long(fields: Fields) -> str | None:
    """Why fields are no paper's, where one is a text of a size that takes long to clean; None where none is."""
    for name, value in fields.items():
        if isinstance(value, str) and len(value) > LONGEST:
            return f"{name}: {len(value):,} characters, more than any paper has there"
    return None


def _text(value: Any) -> str:
    """A field as one string: lists of strings joined, numbers written out, anything else empty."""
    if isinstance(value, str):
        return "" if is_missing(value) else value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        return " ".join(value)
    return ""


def encoded_twice(fields: Fields) -> list[str]:
    """The names of the fields whose text is UTF-8 that was once read as Windows-1252, which cleaning repairs."""
    if fields.get("record") is not None:
        return []
    found = []
    for name in ("title", "abstract", "venue", "authors"):
        value = fields.get(name)
        for text in (value,) if isinstance(value, str) else _texts(value):
            if not text.isascii() and is_encoded_twice(text):
                found.append(name)
                break
    return found


def _texts(value: Any) -> list[str]:
    """The strings in a list, or in the objects of a list."""
    if not isinstance(value, list | tuple):
        return []
    texts = [part for part in value if isinstance(part, str)]
    objects = (part for part in value if isinstance(part, dict))
    return texts or [text for part in objects for text in part.values() if isinstance(text, str)]


def _ids(names: Iterable[str | None], said_elsewhere: Collection[str | None]) -> tuple[str, ...]:
    """All ids of a paper that no other field says; ids of graphs that were read in again are no ids of a source."""
    known = {clean(name) for name in names if name}
    return tuple(sorted(name for name in known if not (_OF_GRAPH.match(name) or name.lower() in said_elsewhere)))


def _sources(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if isinstance(value, list | tuple) and all(isinstance(name, str) for name in value):
        return tuple(sorted({clean(name) for name in value} - {""}))
    return ()


def _identifiers(fields: Fields, url: str) -> tuple[str | None, str | None, str | None]:
    """DOI, arXiv id and Anthology id, from their own fields, else from the address or from one another."""
    doi = identifiers.doi(_text(fields.get("doi")))
    arxiv = identifiers.arxiv(_text(fields.get("arxiv")))
    anthology = identifiers.anthology(_text(fields.get("anthology")))
    url_doi, url_arxiv, url_anthology = identifiers.from_url(url) if url else (None, None, None)
    doi = doi or url_doi
    venue = _text(fields.get("venue"))
    if not arxiv and _ARXIV_VENUE.match(venue):
        arxiv = identifiers.arxiv(venue)
    arxiv = arxiv or url_arxiv or (identifiers.arxiv_of_doi(doi) if doi else None)
    anthology = anthology or url_anthology or (identifiers.anthology_of_doi(doi) if doi else None)
    return doi, arxiv, anthology
