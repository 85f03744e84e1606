"""Formats of one tagged value a line: RIS, MEDLINE's text form and Web of Science's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from kg.readers import streams
from kg.readers.source import MAX_RECORD, Fields, Source

if TYPE_CHECKING:
    from rispy import RisParser  # type: ignore[import-untyped]

_RIS_LINE = re.compile(r"\ufeff?([A-Z][A-Z0-9]) {0,2}- ?(.*)")
_MEDLINE_LINE = re.compile(r"([A-Z]{2,4}) {0,2}- ?(.*)")


def read_ris(source: Source) -> Iterator[tuple[str, Fields]]:
    """The references of a RIS file. Lines before ``TY`` are not part of any, whatever a provider writes there."""
    import rispy

    # a tag that comes twice is a list, so that no part of an abstract given in two is lost
    parser = rispy.RisParser(enforce_list_tags=False, skip_unknown_tags=True)
    yield from _parsed(source, parser, _ris_records(source), _ris_fields)


def read_medline(source: Source) -> Iterator[tuple[str, Fields]]:
    """The citations of a file in MEDLINE's text form (``.nbib``)."""
    import rispy

    class Medline(rispy.RisParser):  # type: ignore[misc]  # rispy has no types
        START_TAG = "PMID"
        DEFAULT_MAPPING: ClassVar[dict[str, str]] = {tag: tag for tag in _MEDLINE_TAGS}
        DEFAULT_LIST_TAGS: ClassVar[list[str]] = ["AU", "FAU", "AID", "LID"]
        DEFAULT_DELIMITER_MAPPING: ClassVar[dict[str, str]] = {}

        def parse_line(self, line: str) -> tuple[str | None, str]:
            found = _MEDLINE_LINE.match(line)
            return (found[1], found[2].strip()) if found else (None, line.strip())

    parser = Medline(enforce_list_tags=False, skip_unknown_tags=True)
    yield from _parsed(source, parser, _records(source, re.compile(r"PMID- "), None), _medline_fields)


def read_web_of_science(source: Source) -> Iterator[tuple[str, Fields]]:
    """The records of a tagged export of Web of Science."""
    import rispy

    lists = [*rispy.WokParser.DEFAULT_LIST_TAGS, "AF"]  # full names stand one a line too
    parser = rispy.WokParser(list_tags=lists, enforce_list_tags=False, skip_unknown_tags=True)
    yield from _parsed(source, parser, _records(source, re.compile(r"PT "), re.compile(r"ER\b")), _wos_fields)


_MEDLINE_TAGS = ("PMID", "TI", "AB", "FAU", "AU", "JT", "TA", "DP", "AID", "LID", "BTI", "ER")


def _parsed(
    source: Source,
    parser: RisParser,
    records: Iterator[tuple[int, list[str]]],
    fields: Callable[[Mapping[str, Any]], Fields],
) -> Iterator[tuple[str, Fields]]:
    for number, lines in records:
        try:
            found = parser.parse_lines(iter([*lines, "ER  - "]))
        except (KeyError, TypeError, AttributeError, IndexError) as error:  # what rispy raises on stray lines
            source.broken(f"line {number}", f"broken record ({type(error).__name__})")
            continue
        for record in found[:1]:
            yield f"line {number}", fields(record)


def _ris_records(source: Source) -> Iterator[tuple[int, list[str]]]:
    """Records with their tags spaced as the standard has it; exports differ in one space more or less."""
    for number, lines in _records(source, re.compile(r"\ufeff?TY {0,2}-"), re.compile(r"ER {0,2}-")):
        yield number, [f"{found[1]}  - {found[2]}" if (found := _RIS_LINE.match(line)) else line for line in lines]


def _records(source: Source, first: re.Pattern[str], last: re.Pattern[str] | None) -> Iterator[tuple[int, list[str]]]:
    """The lines of each record, from its first tag to its last or to the next record's first."""
    start, record, size = 0, list[str](), 0
    for number, line in streams.lines(source.stream, MAX_RECORD):
        if line is None:
            source.broken(f"line {number}", f"longer than {MAX_RECORD >> 20} MB; no value is")
        elif first.match(line):
            if record:
                yield start, record
            start, record, size = number, [line], len(line)
        elif record and last is not None and last.match(line):
            yield start, record
            record = []
        elif record and size <= MAX_RECORD:
            record.append(line)
            size += len(line)
    if record:
        yield start, record


def _one(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _joined(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _ris_fields(row: Mapping[str, Any]) -> Fields:
    urls = row.get("urls") or []
    urls = [url for url in (urls if isinstance(urls, list) else [urls]) if url]
    # of two wordings of an abstract (AB and N2) the longer one; N2 is an abstract in RIS, though rispy calls it notes
    abstract = max((_joined(row.get(key)) for key in ("abstract", "notes_abstract")), key=len)
    venue = ("secondary_title", "journal_name", "alternate_title3", "alternate_title1", "alternate_title2",
             "tertiary_title")  # fmt: skip
    return {
        "local_id": _one(row.get("id")) or _one(row.get("accession_number")),
        "title": _joined(row.get("title") or row.get("primary_title") or row.get("translated_title")),
        "abstract": abstract,
        "year": _one(row.get("year") or row.get("publication_year") or row.get("date")),
        "venue": next((_one(row[key]) for key in venue if row.get(key)), None),
        "authors": row.get("authors") or row.get("first_authors"),
        "url": urls[0] if urls else None,
        "doi": _one(row.get("doi")),
        "arxiv": next((url for url in urls if "arxiv.org" in url), None),
    }


def _medline_fields(row: Mapping[str, Any]) -> Fields:
    ids = [*(row.get("AID") or []), *(row.get("LID") or [])]
    pmid = _one(row.get("PMID"))
    return {
        "local_id": pmid,
        "title": _joined(row.get("TI") or row.get("BTI")),
        "abstract": _joined(row.get("AB")),
        "year": _one(row.get("DP")),
        "venue": _one(row.get("JT") or row.get("TA")),
        "authors": row.get("FAU") or row.get("AU"),
        "url": f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid else None,
        "doi": next((name for name in ids if str(name).endswith("[doi]")), None),
    }


def _wos_fields(row: Mapping[str, Any]) -> Fields:
    return {
        "local_id": _one(row.get("accession_number")),
        "title": _joined(row.get("document_title")),
        "abstract": _joined(row.get("abstract")),
        "year": _one(row.get("publication_year") or row.get("early_access_date")),
        "venue": _joined(row.get("publication_name") or row.get("conference_title")),
        "authors": row.get("author_full_name") or row.get("authors"),
        "doi": _one(row.get("doi")),
    }
