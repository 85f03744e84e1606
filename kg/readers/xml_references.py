"""XML of libraries and reference managers: the ACL Anthology's own, EndNote's, and MODS."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kg.readers.source import Fields
from kg.readers.xml_tools import child, children, descendants, local, text, texts


def anthology(paper: Element, around: list[Element]) -> Fields | None:
    """One paper of the ACL Anthology's data; the volume around it gives book title, year and the id's first part."""
    if local(paper) == "frontmatter":
        return None
    volume = next((item for item in reversed(around) if local(item) == "volume"), None)
    meta = child(volume, "meta")
    name = _anthology_id(paper, volume, around)
    return {
        "local_id": name or paper.get("id", ""),
        "title": _marked(child(paper, "title")),
        "abstract": _marked(child(paper, "abstract")),
        "year": text(meta, "year") or text(paper, "year"),
        "venue": text(meta, "booktitle") or text(paper, "booktitle") or text(meta, "journal-title"),
        "authors": [
            {"given": text(author, "first"), "family": text(author, "last"), "name": text(author)}
            for author in children(paper, "author")
        ],
        "doi": text(paper, "doi"),
        "anthology": name,
        "url": f"https://aclanthology.org/{name}/" if name else text(paper, "url"),
    }


def _anthology_id(paper: Element, volume: Element | None, around: list[Element]) -> str:
    """The id as `url` gives it, else put together from collection, volume and paper."""
    address = text(paper, "url")
    if address:
        return address.rstrip("/").rpartition("/")[2].removesuffix(".pdf")
    collection = next((item.get("id", "") for item in around if local(item) == "collection"), "")
    number, item = (volume.get("id", "") if volume is not None else ""), paper.get("id", "")
    if not (collection and number and item.isdecimal()):
        return ""
    if collection[0].isdigit():
        return f"{collection}-{number}.{item}"
    if collection.startswith("W") or collection == "C69":  # workshops number volumes with two digits
        return f"{collection}-{number:0>2}{int(item):02d}"
    return f"{collection}-{number}{int(item):03d}"


def _marked(element: Element | None) -> str:
    """Text with its formulas and addresses marked again, so that cleaning reads them as everywhere else."""
    if element is None:
        return ""
    return "".join(_marked_pieces(element))


def _marked_pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for item in element:
        inner = "".join(_marked_pieces(item))
        yield f"${inner}$" if local(item) == "tex-math" else inner
        yield item.tail or ""


def endnote(record: Element, _: list[Element]) -> Fields:
    """One reference of an EndNote library. Each value is split into ``style`` pieces by its font."""
    title = text(record, "titles", "title")
    urls = texts(record, "urls", "related-urls", "url") or texts(record, "urls", "web-urls", "url")
    venue = text(record, "titles", "secondary-title") or text(record, "periodical", "full-title")
    return {
        "local_id": text(record, "rec-number") or text(record, "accession-num"),
        "title": title,
        "abstract": text(record, "abstract"),
        "year": text(record, "dates", "year") or text(record, "dates", "pub-dates", "date"),
        "venue": venue,
        "authors": texts(record, "contributors", "authors", "author"),
        "doi": text(record, "electronic-resource-num"),
        "arxiv": next((url for url in urls if "arxiv.org" in url), ""),
        "url": urls[0] if urls else "",
    }


def mods(record: Element, _: list[Element]) -> Fields:
    """One MODS record, as library catalogues and the ACL Anthology export them."""
    info = child(record, "titleInfo")
    lead = text(info, "nonSort")
    title = " ".join(filter(None, (lead, text(info, "title"))))
    subtitle = text(info, "subTitle")
    host = next((item for item in children(record, "relatedItem") if item.get("type") == "host"), None)
    dates = [text(item, name) for item in descendants(record, "originInfo") for name in ("dateIssued", "copyrightDate")]
    ids = {item.get("type", ""): text(item) for item in children(record, "identifier")}
    return {
        "local_id": record.get("ID") or ids.get("citekey") or ids.get("local"),
        "key": ids.get("citekey") or record.get("ID"),
        "title": f"{title}: {subtitle}" if subtitle else title,
        "abstract": text(record, "abstract"),
        "year": next(filter(None, dates), ""),
        "venue": text(host, "titleInfo", "title"),
        "authors": [_mods_name(name) for name in children(record, "name") if _is_author(name)],
        "doi": ids.get("doi"),
        "url": text(record, "location", "url"),
    }


def _mods_name(name: Element) -> dict[str, str]:
    parts = {part.get("type", ""): text(part) for part in reversed(list(children(name, "namePart")))}
    whole = ". ".join(text(part).rstrip(".") for part in children(name, "namePart") if not part.get("type"))
    given = " ".join(text(part) for part in children(name, "namePart") if part.get("type") == "given")
    return {"family": parts.get("family", ""), "given": given, "name": whole}


def _is_author(name: Element) -> bool:
    roles = texts(name, "role", "roleTerm")
    return not roles or any(role.lower() in ("author", "aut", "creator") for role in roles)
