"""PubMed's abstracts as text: what its website saves or mails in the form "Abstract (text)".

A citation is numbered (``12. J Test. 2020 Jan;1(1):1-2. doi: …``); its title, authors, their
addresses, the abstract and the identifiers are paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.readers import encodings
from kg.readers.dates import year
from kg.readers.people import initials_first
from kg.readers.source import MAX_RECORD, Fields, Source
from kg.readers.xml_tools import without_brackets

_CITATION = re.compile(r"(\d+)[.:] (\S.*)$")
_IDENTIFIER = re.compile(r"(DOI|PMID|PMCID):\s*(\S+)")
_NOT_ABSTRACT = re.compile(
    r"(?:Author information:|Comment (?:in|on)\b|Erratum (?:in|for)\b|Update (?:in|of)\b|Republished|Retraction|"
    r"Expression of concern|Conflict of interest|Collaborators:|Summary for patients|©|Copyright|Free (?:PMC )?article|"
    r"\[(?:Article in|Indexed)|Publisher:|Plain language summary|Erratum|Corrected and republished)",
    re.IGNORECASE,
)
_AUTHOR_MARK = re.compile(r"\([\d, ]+\)|(?<=[a-zA-Z])[#*]+")


def looks_like_abstracts(lines: Sequence[str]) -> bool:
    """Whether some lines of text begin with a citation as PubMed numbers them, and have its identifiers."""
    filled = [line for line in lines if line.strip()]
    first = bool(filled) and _CITATION.match(filled[0])
    return bool(first) and first[1] == "1" and any(re.match(r"PMID: \d+", line) for line in filled)  # type: ignore[index]


def read(source: Source) -> Iterator[tuple[str, Fields]]:
    """The citations of a file."""
    for number, paragraphs in _records(source):
        yield f"line {number}", _fields(paragraphs)


def _records(source: Source) -> Iterator[tuple[int, list[str]]]:
    """The paragraphs of each citation, with the number of its first line. Citations count up from one."""
    start, count, paragraphs, blank = 0, 0, list[list[str]](), True
    for number, line in encodings.lines(source, MAX_RECORD, all_ends=True):
        if line is None:
            source.broken(f"line {number}", f"longer than {MAX_RECORD >> 20} MB; no line is")
            continue
        if not line.strip():
            blank = True
            continue
        found = _CITATION.match(line) if blank else None
        complete = not paragraphs or any(_IDENTIFIER.match(part[0]) for part in paragraphs)
        if found and (int(found[1]) == count + 1 or (complete and int(found[1]) == 1)) and complete:
            if paragraphs:
                yield start, [" ".join(part) for part in paragraphs]
            start, count, paragraphs = number, int(found[1]), [[found[2]]]
        elif not paragraphs:
            source.outside(f"line {number}", line)
        elif blank or _IDENTIFIER.match(line):
            paragraphs.append([line])
        else:
            paragraphs[-1].append(line)
        blank = False
    if paragraphs:
        yield start, [" ".join(part) for part in paragraphs]


def _fields(paragraphs: Sequence[str]) -> Fields:
    citation, *rest = paragraphs
    ids = {found[1]: found[2] for part in rest if (found := _IDENTIFIER.match(part))}
    texts = [part for part in rest if not _IDENTIFIER.match(part)]
    title = texts[0] if texts else ""
    authors = texts[1] if len(texts) > 1 and _is_authors(texts[1]) else ""
    body = [part for part in texts[2 if authors else 1 :] if not _NOT_ABSTRACT.match(part)]
    pmid = ids.get("PMID", "")
    return {
        "local_id": pmid,
        "title": without_brackets(title),
        "abstract": " ".join(body),
        "year": year(citation.partition(".")[2]) or year(citation),
        "venue": citation.partition(". ")[0].rstrip("."),
        "authors": [initials_first(name) for name in _names(authors)],
        "doi": ids.get("DOI", "") or (citation.partition("doi: ")[2].split() or [""])[0],
        "url": f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid else "",
    }


def _is_authors(text: str) -> bool:
    """Whether a paragraph lists authors: short names with initials, apart by commas."""
    names = _names(text)
    return bool(names) and sum(bool(re.search(r" [A-Z]{1,4}(?: \w{1,3})?$", name)) for name in names) * 2 >= len(names)


def _names(text: str) -> list[str]:
    bare = _AUTHOR_MARK.sub("", text).strip().rstrip(".")
    return [name.strip() for name in re.split(r"[,;]\s", bare) if name.strip()]
