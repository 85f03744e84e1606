"""Articles in XML: PubMed and MEDLINE citations, and JATS as publishers and PubMed Central use it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kg.readers.source import Fields
from kg.readers.xml_tools import attribute, child, children, local, sections, text, texts, without_brackets


def pubmed(record: Element, _: list[Element]) -> Fields:
    """One citation of PubMed or MEDLINE, or a book in it; its abstract's labels become sentences."""
    citation = child(record, "MedlineCitation") if local(record) == "PubmedArticle" else record
    if local(record) == "PubmedBookArticle":
        citation = child(record, "BookDocument")
    article = child(citation, "Article")
    article = article if article is not None else citation
    book = child(citation, "Book")
    pmid = text(citation, "PMID")
    return {
        "local_id": pmid,
        "title": _pubmed_title(article, book),
        "abstract": _pubmed_abstract(citation, article),
        "year": _pubmed_year(record, article, book),
        "venue": text(article, "Journal", "Title")
        or text(citation, "MedlineJournalInfo", "MedlineTA")
        or (text(book, "BookTitle") if text(article, "ArticleTitle") else text(book, "Publisher", "PublisherName")),
        "authors": _pubmed_authors(article, book),
        "doi": _located_doi(article) or _own_doi(record),
        "url": f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid else "",
    }


def _pubmed_title(article: Element | None, book: Element | None) -> str:
    """The article's title, of one in another language its translation, else its own; of a whole book the book's."""
    for titled, name in ((article, "ArticleTitle"), (article, "VernacularTitle"), (book, "BookTitle")):
        element = child(titled, name)
        if element is not None and (title := " ".join(_inline(element).split())):
            bare = without_brackets(title)
            if bare.strip(" .").casefold() not in ("not available", "in process citation"):
                return bare
    return ""


def _located_doi(article: Element | None) -> str:
    """The DOI that stands for the article's place in its journal; one marked as wrong (``ValidYN="N"``) is none."""
    valid = (item for item in children(article, "ELocationID") if item.get("ValidYN", "Y") != "N")
    return next((text(item) for item in valid if item.get("EIdType") == "doi"), "")


def _own_doi(record: Element) -> str:
    """The DOI of the article itself: those of its references stand under ReferenceList."""
    places = (("PubmedData", "ArticleIdList"), ("PubmedBookData", "ArticleIdList"), ("BookDocument", "ArticleIdList"))
    found = (item for place in places for item in children(record, *place, "ArticleId"))
    return next((text(item) for item in found if item.get("IdType") == "doi"), "")


def _pubmed_abstract(citation: Element | None, article: Element | None) -> str:
    """The abstract; where there is none the English one of another source, else any other."""
    others = sorted(children(citation, "OtherAbstract"), key=lambda item: item.get("Language", "eng") != "eng")
    for abstract in (*children(article, "Abstract"), *others):
        parts = [(part.get("Label", ""), _inline(part)) for part in children(abstract, "AbstractText")]
        if found := sections(parts).strip():
            return found
    return ""


def _pubmed_year(record: Element, article: Element | None, book: Element | None) -> str:
    date = child(article, "Journal", "JournalIssue", "PubDate")
    book_date = child(book, "PubDate")
    return (
        text(date, "Year")
        or text(date, "MedlineDate")  # "1998 Dec-1999 Jan"
        or text(article, "ArticleDate", "Year")
        or text(book_date, "Year")
        or text(book_date, "MedlineDate")
        or text(article, "ContributionDate", "Year")
        or text(record, "MedlineCitation", "DateCompleted", "Year")
        or text(record, "MedlineCitation", "DateCreated", "Year")
    )


def _pubmed_authors(article: Element | None, book: Element | None) -> list[dict[str, str]]:
    """The authors of an article or book; a misspelt form that was corrected later (``ValidYN="N"``) is none."""
    lists = [*children(article, "AuthorList"), *children(book, "AuthorList")]
    lists.sort(key=lambda people: people.get("Type", "authors") != "authors")  # else the editors of a book
    chosen = [people for people in lists if people.get("Type") == (lists[0].get("Type") if lists else None)][:1]
    return [
        _pubmed_author(author)
        for people in chosen
        for author in children(people, "Author")
        if author.get("ValidYN", "Y") != "N"
    ]


def _pubmed_author(author: Element) -> dict[str, str]:
    given = text(author, "ForeName") or text(author, "FirstName") or text(author, "Initials")
    group = text(author, "CollectiveName")
    return {"family": text(author, "LastName"), "given": given, "suffix": text(author, "Suffix"), "literal": group}


_SKIPPED = frozenset(("tex-math", "annotation", "annotation-xml", "xref", "fn", "label", "object-id", "graphic"))
_BLOCKS = frozenset(("p", "sec", "title", "break", "list", "list-item", "disp-formula", "disp-quote"))


def _inline(element: Element) -> str:
    """The text of an element: of a formula in two forms one, of footnote marks none, blocks apart by a space."""
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    alternatives = {local(item) for item in element}
    for item in element:
        name = local(item)
        skipped = name in _SKIPPED and not (name == "tex-math" and "math" not in alternatives)
        if not skipped and name:
            block = " " if name in _BLOCKS else ""
            yield block
            yield from _pieces(item)
            yield block
        yield item.tail or ""


def jats(article: Element, _: list[Element]) -> Fields:
    """One article in JATS; of several abstracts the main one, with its sections' titles as sentences."""
    front = child(article, "front")
    meta = child(front, "article-meta")
    meta = meta if meta is not None else child(article, "front-stub")
    ids = {item.get("pub-id-type", ""): text(item) for item in children(meta, "article-id")}
    title = child(meta, "title-group", "article-title")
    subtitle = text(meta, "title-group", "subtitle")
    heading = _inline(title) if title is not None else ""
    return {
        "local_id": next((ids[kind] for kind in ("pmcid", "pmc", "pmid", "publisher-id", "doi") if ids.get(kind)), ""),
        "ids": [ids[kind] for kind in ("pmcid", "pmc", "pmid") if ids.get(kind)],
        "title": f"{heading}: {subtitle}" if subtitle else heading,
        "abstract": _jats_abstract(article, meta),
        "year": _jats_year(meta),
        "venue": text(front, "journal-meta", "journal-title-group", "journal-title")
        or text(front, "journal-meta", "journal-title"),
        "authors": list(_jats_authors(meta)),
        "doi": ids.get("doi", ""),
        "arxiv": ids.get("arxiv", ""),
        "url": f"https://doi.org/{ids['doi']}" if ids.get("doi") else "",
    }


_MAIN_TYPES = frozenset(("", "abstract", "main", "normal", "author", "structured", "section", "ordinary"))
_ADDITION = re.compile(r"graphic|highlight|teaser|toc|key-?point|precis|web-|plain-?language|lay|editor|video|stereo")


def _jats_abstract(article: Element, meta: Element | None) -> str:
    """The abstract of the article: that without a type, and in the article's own language, first.

    What has a type is an addition (``graphical``, ``highlights``), or stands in where nothing else is
    (``summary``, ``short``).
    """
    language = attribute(article, "lang")[:2].lower() or "en"

    def rank(item: Element) -> tuple[bool, bool, bool]:
        own = attribute(item, "lang")[:2].lower() or language
        return item.get("abstract-type", "").lower() not in _MAIN_TYPES, own != language, local(item) != "abstract"

    for item in sorted((*children(meta, "abstract"), *children(meta, "trans-abstract")), key=rank):
        found = sections(list(_jats_parts(item))).strip()
        if found and not _ADDITION.search(item.get("abstract-type", "").lower()):
            return found
    return ""


def _jats_parts(element: Element) -> Iterator[tuple[str, str]]:
    heading = text(element, "title")
    body: list[str] = []
    nested: list[Element] = []
    for item in element:
        if local(item) == "sec":
            nested.append(item)
        elif local(item) not in ("title", "label"):
            body.append(_inline(item))
    yield heading, " ".join([element.text or "", *body])
    for section in nested:
        yield from _jats_parts(section)


def _jats_year(meta: Element | None) -> str:
    years = texts(meta, "pub-date", "year")
    iso = [date.get("iso-8601-date", "")[:4] for date in children(meta, "pub-date")]
    return min(years, default="") or min(filter(None, iso), default="") or text(meta, "history", "date", "year")


def _jats_authors(meta: Element | None) -> Iterator[dict[str, str]]:
    """The authors in order, groups among them; of a group its name, not its members."""
    for group in children(meta, "contrib-group"):
        for person in children(group, "contrib"):
            kind = person.get("contrib-type") or group.get("content-type") or "author"
            if kind.lower() not in ("author", "authors", "collab", "group"):
                continue
            name = child(person, "name")
            name = name if name is not None else child(person, "name-alternatives", "name")
            for spelled in (child(person, "string-name"), child(person, "name-alternatives", "string-name")):
                if name is None and child(spelled, "surname") is not None:
                    name = spelled
            yield {
                "family": text(name, "surname"),
                "given": text(name, "given-names"),
                "suffix": text(name, "suffix"),
                "name": text(person, "string-name") or text(person, "name-alternatives", "string-name"),
                "literal": _group_name(child(person, "collab"))
                or _group_name(child(person, "collab-alternatives", "collab")),
            }
        for collab in children(group, "collab"):
            yield {"literal": _group_name(collab)}


_MEMBERS = frozenset(("contrib-group", "xref", "fn", "aff", "address", "author-comment", "ext-link", "email"))


def _group_name(collab: Element | None) -> str:
    """The name of a group without its members and notes."""
    if collab is None:
        return ""
    pieces = [collab.text or ""]
    for item in collab:
        if local(item) not in _MEMBERS:
            pieces.append("".join(item.itertext()))
        pieces.append(item.tail or "")
    return " ".join("".join(pieces).split()).strip(" ,;")
