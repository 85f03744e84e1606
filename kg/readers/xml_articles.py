"""Articles in XML: PubMed and MEDLINE citations, and JATS as publishers and PubMed Central use it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kg.readers.source import Fields
from kg.readers.xml_tools import child, children, descendants, local, sections, text, texts


def pubmed(record: Element, _: list[Element]) -> Fields:
    """One citation of PubMed or MEDLINE; its abstract's labels become sentences."""
    citation = child(record, "MedlineCitation") if local(record) == "PubmedArticle" else record
    if local(record) == "PubmedBookArticle":
        citation = child(record, "BookDocument")
    article = child(citation, "Article")
    article = article if article is not None else citation
    ids = {item.get("IdType", ""): text(item) for item in descendants(record, "ArticleId")}
    located = [text(item) for item in children(article, "ELocationID") if item.get("EIdType") == "doi"]
    pmid = text(citation, "PMID")
    return {
        "local_id": pmid,
        "title": _pubmed_title(text(article, "ArticleTitle") or text(article, "BookTitle")),
        "abstract": _pubmed_abstract(article),
        "year": _pubmed_year(record, article),
        "venue": text(article, "Journal", "Title") or text(citation, "MedlineJournalInfo", "MedlineTA"),
        "authors": [_pubmed_author(author) for author in children(article, "AuthorList", "Author")],
        "doi": next(iter(located), "") or _own_doi(record) or ids.get("doi", ""),
        "url": f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid else "",
    }


def _pubmed_title(title: str) -> str:
    """A title without the brackets around one that was translated."""
    bare = title.removesuffix(".")
    return title.replace(bare, bare[1:-1], 1) if bare.startswith("[") and bare.endswith("]") else title


def _own_doi(record: Element) -> str:
    """The DOI of the article itself: those of its references stand under ReferenceList."""
    found = (item for item in children(record, "PubmedData", "ArticleIdList", "ArticleId"))
    return next((text(item) for item in found if item.get("IdType") == "doi"), "")


def _pubmed_abstract(article: Element | None) -> str:
    parts = [(part.get("Label", ""), _inline(part)) for part in children(article, "Abstract", "AbstractText")]
    return sections(parts)


def _pubmed_year(record: Element, article: Element | None) -> str:
    date = child(article, "Journal", "JournalIssue", "PubDate")
    return (
        text(date, "Year")
        or text(date, "MedlineDate")  # "1998 Dec-1999 Jan"
        or text(article, "ArticleDate", "Year")
        or text(record, "MedlineCitation", "DateCompleted", "Year")
        or text(article, "ContributionDate", "Year")
    )


def _pubmed_author(author: Element) -> dict[str, str]:
    given = text(author, "ForeName") or text(author, "Initials")
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
        "title": f"{heading}: {subtitle}" if subtitle else heading,
        "abstract": _jats_abstract(meta),
        "year": _jats_year(meta),
        "venue": text(front, "journal-meta", "journal-title-group", "journal-title")
        or text(front, "journal-meta", "journal-title"),
        "authors": list(_jats_authors(meta)),
        "doi": ids.get("doi", ""),
        "arxiv": ids.get("arxiv", ""),
        "url": f"https://doi.org/{ids['doi']}" if ids.get("doi") else "",
    }


_SECONDARY = frozenset(("graphical", "teaser", "toc", "key-points", "precis", "web-summary", "plain-language-summary",
                        "executive-summary", "editor", "highlights", "short"))  # fmt: skip


def _jats_abstract(meta: Element | None) -> str:
    abstracts = list(children(meta, "abstract"))
    main = [item for item in abstracts if item.get("abstract-type", "") not in _SECONDARY] or abstracts
    if not main:
        return ""
    return sections(list(_jats_parts(main[0])))


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
    return min(years, default="") or text(meta, "history", "date", "year")


def _jats_authors(meta: Element | None) -> Iterator[dict[str, str]]:
    for person in children(meta, "contrib-group", "contrib"):
        if person.get("contrib-type", "author") != "author":
            continue
        name = child(person, "name")
        name = name if name is not None else child(person, "name-alternatives", "name")
        yield {
            "family": text(name, "surname"),
            "given": text(name, "given-names"),
            "suffix": text(name, "suffix"),
            "name": text(person, "string-name"),
            "literal": text(person, "collab"),
        }
