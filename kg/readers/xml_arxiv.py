"""arXiv's XML: the Atom feed of its API, and OAI-PMH with the metadata forms arXiv, arXivRaw and oai_dc."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from kg.readers import identifiers, xml_articles
from kg.readers.source import Fields
from kg.readers.xml_tools import child, children, descendants, local, text, texts


def atom(entry: Element, _: list[Element]) -> Fields | None:
    """One entry of an Atom feed. The API answers a wrong query with an entry called Error, which is no paper."""
    address = text(entry, "id")
    if "/api/errors" in address:
        return None
    links = [link.get("href", "") for link in children(entry, "link") if link.get("rel", "alternate") == "alternate"]
    return {
        "local_id": address.rpartition("/abs/")[2] if "arxiv.org" in address else address,
        "title": text(entry, "title"),
        "abstract": text(entry, "summary") or text(entry, "content"),
        "year": text(entry, "published") or text(entry, "updated"),
        "venue": text(entry, "journal_ref"),
        "authors": texts(entry, "author", "name"),
        "url": links[0] if links else address,
        "doi": text(entry, "doi"),
        "arxiv": address if "arxiv.org" in address else "",
    }


def oai(record: Element, _: list[Element]) -> Fields | None:
    """One record of an OAI-PMH answer; None for one that was deleted."""
    header = child(record, "header")
    if header is not None and header.get("status") == "deleted":
        return None
    if local(record) == "dc":
        return _dublin_core(record, "")
    identifier = text(header, "identifier")
    forms = [form for metadata in children(record, "metadata") for form in metadata]
    for form in forms:
        if local(form) in ("arXiv", "arXivRaw"):
            return _arxiv(form, identifier)
    article = next(descendants(record, "article"), None)  # PubMed Central gives JATS
    if article is not None:
        return xml_articles.jats(article, [])
    return _dublin_core(next(descendants(record, "dc"), record), identifier)


def _arxiv(form: Element, identifier: str) -> Fields:
    name = text(form, "id") or identifier
    people = [
        {"family": text(person, "keyname"), "given": text(person, "forenames"), "suffix": text(person, "suffix")}
        for person in children(form, "authors", "author")
    ]
    return {
        "local_id": name,
        "title": text(form, "title"),
        "abstract": text(form, "abstract"),
        "year": text(form, "created") or text(form, "version", "date"),
        "venue": text(form, "journal-ref"),
        "authors": people or text(form, "authors"),
        "doi": text(form, "doi"),
        "arxiv": name,
        "url": f"https://arxiv.org/abs/{name}",
    }


def _dublin_core(form: Element, identifier: str) -> Fields:
    """Dublin Core, where the first description is the abstract and later ones are comments."""
    names = texts(form, "identifier")
    addresses = [name for name in names if name.startswith("http")]
    descriptions = texts(form, "description")
    arxiv = next((name for name in (*names, identifier) if "arxiv" in name.lower()), "")
    return {
        "local_id": identifier,
        "title": text(form, "title"),
        "abstract": next((d for d in descriptions if not d.lower().startswith("comment:")), ""),
        "year": min(texts(form, "date"), default=""),
        "venue": next(iter(texts(form, "source") or texts(form, "publisher")), ""),
        "authors": texts(form, "creator"),
        "doi": next((name for name in names if not name.startswith("http") and identifiers.doi(name)), "")
        or next((name for name in addresses if "doi.org" in name), ""),
        "arxiv": arxiv,
        "url": addresses[0] if addresses else "",
    }
