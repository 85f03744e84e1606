"""What the fields of papers are called in tables and JSON: their usual names, matched by meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from kg.readers import inverted_index

FIELD_NAMES: dict[str, tuple[str, ...]] = {
    "abstract": (
        "abstract", "abstracttext", "abstractnote", "paperabstract", "articleabstract", "abstracten",
        "abstractenglish", "summary", "ab", "n2", "resume", "resumen", "resumo",
        "zusammenfassung", "摘要", "abstracts", "tldrabstract", "abstracttexts", "articleabstracts", "abst",
        "abstractinvertedindex",
    ),
    "title": (
        "title", "papertitle", "articletitle", "documenttitle", "primarytitle", "titleen", "ti", "t1", "papername",
        "displayname", "workstitle", "titletext", "titre", "titulo", "titel", "标题", "题名", "篇名", "name",
    ),
    "year": (
        "year", "publicationyear", "publishedyear", "pubyear", "paperyear", "yearpublished", "yearofpublication",
        "issuedyear", "py", "y1", "dp", "yr", "publicationdate",
        "publishedat", "published", "publisheddate", "datepublished", "pubdate", "date", "issued", "coverdate",
        "versions", "updatedate",
        "created", "annee", "jahr", "年份",
    ),
    "venue": (
        "venue", "conference", "booktitle", "journal", "journaltitle", "sourcetitle", "publicationtitle", "journalname",
        "containertitle", "publication", "publicationvenue", "proceedings", "conferencename", "journalref",
        "primarylocationsourcedisplayname", "primarylocationsource", "event", "zeitschrift", "期刊", "jo", "t2",
        "so", "jt", "jf", "journalbook", "sourcepublication", "publicationsource", "scopussourcetitle",
        "journalabbreviation", "hostvenue", "publicationname", "isoabbreviation",
    ),
    "authors": (
        "authorfullnames", "af", "authors", "author", "authornames", "authorsnames", "authornamesraw", "authorlist",
        "authorsraw",
        "creators", "creator", "au", "auteurs", "autoren", "autores", "作者", "authorships",
        "firstauthors", "authorsprimary", "authorsname", "authornamesfull", "rawauthornames",
        "authorshipsrawauthorname", "authorshipsauthordisplayname", "fau", "a1",
    ),
    "url": (
        "url", "link", "paperurl", "urlabs", "abstracturl", "landingpageurl", "papersite", "pdfurl", "urlpdf",
        "openaccesspdf", "pdf", "links", "urls", "ur",
    ),
    "doi": ("doi", "doiurl", "doilink", "articledoi", "paperdoi", "do", "di", "dois", "digitalobjectidentifier"),
    "arxiv": ("arxiv", "arxivid", "eprint", "arxivurl", "arxivlink"),
    "anthology": ("anthology", "anthologyid", "acl", "aclid"),
    "local_id": (
        "id", "paperid", "corpusid", "identifier", "recordid", "uid", "eid", "ut", "refid", "accessionnumber",
        "entryid", "openreviewid", "itemid",
    ),
    "key": ("citationkey", "citekey", "bibtexkey", "key"),
    "ids": ("ids", "pmid", "pubmedid", "pmcid"),
}  # fmt: skip
"""For each field of a paper what tables and JSON call it, the surest name first; letters and digits only."""


def folded(name: str) -> str:
    """A column's or key's name as `FIELD_NAMES` writes it: letters and digits, in lower case."""
    return re.sub(r"[\W_]+", "", name.casefold())


_FIELD_RANK = {name: (field, rank) for field, names in FIELD_NAMES.items() for rank, name in enumerate(names)}


def matched(names: Iterable[str], columns: Mapping[str, str]) -> dict[str, list[str]]:
    """For each field of a paper the ``names`` that may hold it, the surest first.

    ``columns`` (field to name) overrides: a field it mentions is read from there alone.
    """
    return _matched(tuple(names), tuple(columns.items()))


@lru_cache(maxsize=256)  # the rows of a file have the same keys, or few variants
def _matched(names: tuple[str, ...], told: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    columns = dict(told)
    found: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        field, rank = _FIELD_RANK.get(folded(name), ("", 0))
        if field and field not in columns:
            found.setdefault(field, []).append((rank, name))
    chosen = {field: [name for _, name in sorted(ranked, key=lambda pair: pair[0])] for field, ranked in found.items()}
    known = {folded(name): name for name in names}
    for field, name in columns.items():
        if folded(name) in known:
            chosen[field] = [known[folded(name)]]
    return chosen


def value_of(row: Mapping[str, Any], name: str) -> Any:
    """What a row has under a name; of an inverted index its text, empty where it is malformed."""
    return inverted_index.read(row[name]) if _is_index(name) else row[name]


def has_malformed_index(row: Mapping[str, Any], candidates: Iterable[str]) -> bool:
    """Whether one of the names that may hold a row's abstract is that of an inverted index, and what it holds none."""
    return any(_is_index(name) and inverted_index.is_malformed(row.get(name)) for name in candidates)


@lru_cache(maxsize=1024)
def _is_index(name: str) -> bool:
    return folded(name) == "abstractinvertedindex"


def fields_of(row: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """The paper's fields in a row: of several candidates the first that is filled."""
    fields = {}
    for field, names in matched(row, columns).items():
        values = (value_of(row, name) for name in names)
        value = next((value for value in values if value not in (None, "", [], {})), None)
        if value is not None:
            fields[field] = value
    return fields
