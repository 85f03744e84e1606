"""The JSON of the public services, each known by keys that only it has, put into the fields of a paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from kg.readers import identifiers, names
from kg.readers.dates import first_dated
from kg.readers.inverted_index import text_of
from kg.readers.source import Fields

Row = Mapping[str, Any]

_ENVELOPES = ("_source", "paper", "citingPaper", "citedPaper", "info", "attributes", "message", "data", "result",
              "item", "record", "document", "work", "article", "publication", "metadata", "bibjson")  # fmt: skip
_ENVELOPE_KEYS = frozenset(_ENVELOPES)
_ARXIV_ID = re.compile(r"(?:arxiv:)?(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE)


def fields(row: Row, columns: Mapping[str, str]) -> Fields:
    """The paper's fields in one JSON object, by the service it comes from, else by the names of its keys."""
    row = _unwrapped(row)
    if not columns:
        for knows, convert in SHAPES.values():
            if knows(row):
                found = convert(row)
                return found if found.get("abstract") and found.get("title") else _filled(found, generic(row, {}))
    return generic(row, columns)


def has_malformed_index(row: Row, columns: Mapping[str, str]) -> bool:
    """Whether one JSON object holds its abstract as an inverted index that is none."""
    row = _unwrapped(row)
    return names.has_malformed_index(row, names.matched(row, columns).get("abstract", ()))


def _unwrapped(row: Row) -> Row:
    """One JSON object with what stands in the envelope that a service puts around a paper."""
    for envelope in () if _ENVELOPE_KEYS.isdisjoint(row) else _ENVELOPES:
        inner = row.get(envelope)
        if isinstance(inner, Mapping) and ("title" in inner or "abstract" in inner) and not row.get("abstract"):
            return {**row, **inner}
    return row


def _filled(found: Fields, by_names: Fields) -> Fields:
    """A service's fields, those that are empty filled by the usual names of keys."""
    return {**by_names, **{name: value for name, value in found.items() if value}}


def generic(row: Row, columns: Mapping[str, str]) -> dict[str, Any]:
    """The fields by the usual names of keys. An id that is plainly an arXiv or Anthology id or a DOI counts as one."""
    found = names.fields_of(row, columns)
    name = found.get("local_id")
    if isinstance(name, str) and len(name) < 200:
        if "arxiv" not in found and (_ARXIV_ID.fullmatch(name) or "arxiv.org/" in name):
            found["arxiv"] = name
        if "anthology" not in found and identifiers.anthology(name) == name:
            found["anthology"] = name
        if "doi" not in found and name.lower().startswith(("doi:", "10.", "https://doi.org/", "http://dx.doi.org/")):
            found["doi"] = name
    elif isinstance(name, Mapping):
        found["local_id"] = name.get("$oid")  # MongoDB exports
    for field in ("abstract", "title", "venue", "url", "authors", "year", "doi"):
        if isinstance(found.get(field), dict):
            found[field] = _inside(found[field], field)
    if isinstance(found.get("abstract"), str) and (text := text_of(found["abstract"])):
        found["abstract"] = text
    return found


def _inside(value: Row, field: str) -> Any:
    """The plain value in an object that a service puts around it (OpenReview's ``value``, a venue's ``name``)."""
    if field == "abstract" and (text := text_of(value)):
        return text
    keys = ("value", "name", "raw", "display_name", "text", "rendered", "en", "url", "fragment", "#text", "$")
    return next((value[key] for key in keys if value.get(key)), value if field in ("authors", "year") else None)


def _get(row: Any, *path: str) -> Any:
    for key in path:
        row = row.get(key) if isinstance(row, Mapping) else None
    return row


def _first(value: Any) -> Any:
    return (value[0] if value else None) if isinstance(value, list) else value


def _openalex(row: Row) -> Fields:
    places = [place for place in row.get("locations") or [] if isinstance(place, Mapping)]
    addresses = [address for place in places if isinstance(address := place.get("landing_page_url"), str)]
    index = row.get("abstract_inverted_index")
    return {
        "local_id": str(row.get("id") or "").rpartition("/")[2],
        "title": row.get("title") or row.get("display_name"),
        "abstract": text_of(index) or row.get("abstract"),
        "year": row.get("publication_year") or row.get("publication_date"),
        "venue": _get(row, "primary_location", "source", "display_name") or _get(row, "host_venue", "display_name"),
        "authors": row.get("authorships"),
        "url": _get(row, "primary_location", "landing_page_url") or row.get("doi") or row.get("id"),
        "doi": row.get("doi"),
        "arxiv": next((address for address in addresses if "arxiv.org" in address), None),
        "anthology": next((address for address in addresses if "aclanthology.org" in address), None),
    }


def _semantic_scholar(row: Row) -> Fields:
    outside = row.get("externalIds") or row.get("externalids") or _get(row, "openaccessinfo", "externalids") or {}
    outside = {str(key).lower(): value for key, value in outside.items()} if isinstance(outside, Mapping) else {}
    number = row.get("corpusid") or row.get("corpusId")
    return {
        "local_id": row.get("paperId") or (str(number) if number else None),
        "ids": [str(name) for name in (number, outside.get("pubmed"), outside.get("pubmedcentral")) if name],
        "title": row.get("title"),
        "abstract": row.get("abstract"),
        "year": row.get("year") or row.get("publicationDate") or row.get("publicationdate"),
        "venue": row.get("venue") or _get(row, "publicationVenue", "name") or _get(row, "journal", "name"),
        "authors": row.get("authors"),
        "url": row.get("url") or _get(row, "openAccessPdf", "url") or _get(row, "openaccessinfo", "url"),
        "doi": outside.get("doi"),
        "arxiv": outside.get("arxiv"),
        "anthology": outside.get("acl"),
    }


def _datacite(row: Row) -> Fields:
    """DataCite's metadata, where titles and descriptions are lists of objects with a type."""
    descriptions = [item for item in row.get("descriptions") or [] if isinstance(item, Mapping)]
    titles = [item for item in row.get("titles") or [] if isinstance(item, Mapping)]
    main = next((item for item in titles if not item.get("titleType")), titles[0] if titles else {})
    return {
        "local_id": row.get("id") or row.get("doi"),
        "title": main.get("title"),
        "abstract": next((x.get("description") for x in descriptions if x.get("descriptionType") == "Abstract"), None),
        "year": row.get("publicationYear") or row.get("publication_year"),
        "venue": _get(row, "container", "title") or row.get("publisher"),
        "authors": row.get("creators"),
        "url": row.get("url"),
        "doi": row.get("doi"),
    }


def _crossref(row: Row) -> Fields:
    """Crossref's works and CSL-JSON, which is made after them."""
    title, subtitle = _first(row.get("title")), _first(row.get("subtitle"))
    if isinstance(title, str) and isinstance(subtitle, str) and subtitle.strip() and subtitle not in title:
        title = f"{title}: {subtitle}"
    dates = ("issued", "published", "published-print", "published-online", "created", "year")
    doi = row.get("DOI") or row.get("doi")
    note = row.get("note") if isinstance(row.get("note"), str) else ""  # where Zotero keeps what CSL has no field for
    return {
        "local_id": row.get("id") or row.get("citation-key") or doi,
        "key": row.get("citation-key") or row.get("id"),
        "ids": [name for name in (row.get("PMID"), row.get("PMCID")) if name],
        "title": title,
        "abstract": row.get("abstract"),
        "year": first_dated(row.get(date) for date in dates),
        "venue": _first(row.get("container-title")) or _get(row, "event", "name") or row.get("event-title"),
        "authors": row.get("author"),
        "url": row.get("URL"),
        "doi": doi,
        "arxiv": next((value for value in (row.get("number"), note) if "arxiv:" in str(value).lower()), None),
    }


def _arxiv_snapshot(row: Row) -> Fields:
    versions = row.get("versions")
    first = _first(versions)
    return {
        "local_id": row.get("id"),
        "title": row.get("title"),
        "abstract": row.get("abstract"),
        "year": _get(first, "created") or row.get("update_date"),
        "venue": row.get("journal-ref"),
        "authors": row.get("authors_parsed") or row.get("authors"),
        "doi": row.get("doi"),
        "arxiv": row.get("id"),
        "url": f"https://arxiv.org/abs/{row['id']}" if isinstance(row.get("id"), str) else None,
    }


def _daily_papers(row: Row) -> Fields:
    """Hugging Face's daily papers: the paper's id is its arXiv id."""
    return {
        "local_id": row.get("id"),
        "title": row.get("title"),
        "abstract": row.get("summary"),
        "year": row.get("publishedAt"),
        "authors": row.get("authors"),
        "arxiv": row.get("id"),
        "url": f"https://arxiv.org/abs/{row['id']}",
    }


def _aminer(row: Row) -> Fields:
    found = generic(row, {})
    index = row.get("indexed_abstract")
    if not found.get("abstract") and isinstance(index, Mapping):
        found["abstract"] = text_of(index)
    if isinstance(found.get("url"), list):
        found["url"] = _first(found["url"])
    return found


def _openreview(row: Row) -> Fields:
    found = generic(row["content"], {})
    found.setdefault("local_id", row.get("id"))
    if row.get("forum"):
        found["url"] = f"https://openreview.net/forum?id={row['forum']}"
    return found


_SEMANTIC_SCHOLAR_KEYS = frozenset(("externalIds", "externalids", "openaccessinfo", "corpusid"))


def _is_daily(row: Row) -> bool:
    return "summary" in row and "publishedAt" in row and isinstance(row.get("id"), str)


SHAPES: dict[str, tuple[Callable[[Row], bool], Callable[[Row], Fields]]] = {
    "OpenAlex": (lambda row: "abstract_inverted_index" in row or "authorships" in row, _openalex),
    "Semantic Scholar": (lambda row: not _SEMANTIC_SCHOLAR_KEYS.isdisjoint(row), _semantic_scholar),
    "arXiv metadata snapshot": (lambda row: "authors_parsed" in row, _arxiv_snapshot),
    "Hugging Face daily papers": (_is_daily, _daily_papers),
    "OpenReview": (lambda row: isinstance(row.get("content"), dict) and "title" in row["content"], _openreview),
    "DataCite": (lambda row: isinstance(row.get("descriptions"), list) and "titles" in row, _datacite),
    "DBLP-like": (lambda row: "indexed_abstract" in row or "n_citation" in row, _aminer),
    "Crossref and CSL-JSON": (lambda row: "container-title" in row or "DOI" in row or "issued" in row, _crossref),
}  # fmt: skip
"""The services' forms: how each is told from the others, and how it is read."""


KEYS = frozenset(
    (
        *_ENVELOPES, "abstract_inverted_index", "authorships", "locations", "primary_location", "host_venue",
        "externalIds", "externalids", "openaccessinfo", "publicationVenue", "authors_parsed", "content", "forum",
        "indexed_abstract",
        "n_citation", "container-title", "subtitle", "mentions", "entities", "relations", "results", "topics", "source",
    )
)  # fmt: skip
"""Keys beside the usual names that these forms look at."""
