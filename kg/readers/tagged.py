"""Formats of one tagged value a line: RIS, EndNote's tags, MEDLINE's text form and Web of Science's.

A format is a `_Form`: what a tag looks like, and where records begin and end. Lines that
begin without a tag go on with the value above them; between records they are reported.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence

from kg.readers import encodings, tagged_fields
from kg.readers.source import MAX_RECORD, Fields, Source
from kg.readers.tagged_fields import Entry

_RIS_TAG = re.compile(r"\s*([A-Z][A-Z0-9])(\s{0,3})[-–](?:\s(.*)|(.*))$")
_LOOSE_TYPE = re.compile(r"\W{0,4}TY\s*[-–—:]+\s*([A-Z]{3,8})\W*$")
_LONG_TEXT = frozenset(("AB", "N1", "N2", "TI", "T1", "KW"))  # values that are wrapped
_MEDLINE_TAG = re.compile(r"(PMID(?= {0,2}-\d)|[A-Z][A-Z0-9]{1,3}(?= {0,2}-(?: |$))) {0,2}- ?(.*)$")
_WOS_TAG = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|)$")
_ENDNOTE_TAG = re.compile(r"\s?%([^\s\w%]|[A-Z0-9])(?:\s(.*)|)$")


def read_ris(source: Source) -> Iterator[tuple[str, Fields]]:
    """The references of a RIS file. Lines before ``TY`` are not part of any, whatever a provider writes there."""
    for number, entry in _records(source, _Ris()):
        yield f"line {number}", tagged_fields.ris(entry)


def read_endnote(source: Source) -> Iterator[tuple[str, Fields]]:
    """The references of EndNote's tagged form (``.enw``), which began as that of refer and BibIX."""
    for number, entry in _records(source, _EndNote()):
        yield f"line {number}", tagged_fields.endnote(entry)


def read_medline(source: Source) -> Iterator[tuple[str, Fields]]:
    """The citations of a file in MEDLINE's text form (``.nbib``), as PubMed and ERIC write it."""
    for number, entry in _records(source, _Medline()):
        yield f"line {number}", tagged_fields.medline(entry)


def read_web_of_science(source: Source) -> Iterator[tuple[str, Fields]]:
    """The records of a tagged export of Web of Science."""
    for number, entry in _records(source, _WebOfScience()):
        yield f"line {number}", tagged_fields.web_of_science(entry)


class _Form(ABC):
    """A format with a pattern for tags; records end at ``end``, ``structure`` belongs to none."""

    pattern: re.Pattern[str]
    end: frozenset[str] = frozenset()
    structure: frozenset[str] = frozenset()

    def tag(self, line: str, above: str) -> tuple[str, str] | None:
        """The tag that begins a line below a value of the tag ``above``, and the value; None without a tag."""
        found = self.pattern.match(line)
        return (found[1], found[2] or "") if found else None

    @abstractmethod
    def starts(self, tag: str, entry: Entry, after_blank: bool) -> bool:
        """Whether a tag begins a new record although the present one has not ended."""


class _Ris(_Form):
    """RIS puts two spaces between tag and hyphen; files that put another number there do so throughout.

    A line of running text may begin like a tag: ``ER-positive``, ``AI - based``.
    """

    end = frozenset(("ER",))

    def __init__(self) -> None:
        self._gap: int | None = None

    def tag(self, line: str, above: str) -> tuple[str, str] | None:
        found = _RIS_TAG.match(line)
        if found is None:
            loose = _LOOSE_TYPE.match(line)
            return ("TY", loose[1]) if loose else None
        tag, gap, value = found[1], len(found[2]), found[3] if found[3] is not None else found[4]
        if tag == "TY" or (self._gap is None and gap):
            self._gap = gap
        if gap != 2 and not self._is_tag(tag, gap, value, above, spaced=found[3] is not None or not value):
            return None
        return tag, value

    def _is_tag(self, tag: str, gap: int, value: str, above: str, *, spaced: bool) -> bool:
        if tag == "TY":
            return bool(re.fullmatch(r"\s*[A-Za-z]+\s*", value))
        if tag == "ER":
            return not value.strip()
        if gap == self._gap:
            return spaced
        return gap > 0 and above not in _LONG_TEXT

    def starts(self, tag: str, entry: Entry, after_blank: bool) -> bool:
        return tag == "TY" and entry.has("TY")


class _EndNote(_Form):
    pattern = _ENDNOTE_TAG

    def starts(self, tag: str, entry: Entry, after_blank: bool) -> bool:
        """At a tag that a record has once, or the record's first; authors, which are many, begin one behind others."""
        if tag == entry.tags[0]:
            return tag in ("0", "T") or after_blank or (entry.has("T") and entry.tags[-1] != tag)
        return after_blank and tag in ("0", "T") and entry.has(tag)


class _Medline(_Form):
    pattern = _MEDLINE_TAG

    def starts(self, tag: str, entry: Entry, after_blank: bool) -> bool:
        return (tag == "PMID" and (after_blank or entry.has("PMID"))) or (after_blank and tag == entry.tags[0])


class _WebOfScience(_Form):
    pattern = _WOS_TAG
    end = frozenset(("ER", "EF"))
    structure = frozenset(("FN", "VR"))

    def starts(self, tag: str, entry: Entry, after_blank: bool) -> bool:
        return tag == "PT"


def _records(source: Source, form: _Form) -> Iterator[tuple[int, Entry]]:
    """Each record with the number of its first line."""
    start, entry, size, after_blank = 0, Entry(), 0, False
    for number, line in encodings.lines(source, MAX_RECORD, all_ends=True):
        if line is None:
            source.broken(f"line {number}", f"longer than {MAX_RECORD >> 20} MB; no value is")
            continue
        if not line or line.isspace():
            after_blank = True
            continue
        tag, value = form.tag(line, entry.tags[-1] if entry else "") or ("", line)
        if tag in form.end or tag in form.structure or (tag and entry and form.starts(tag, entry, after_blank)):
            yield from _whole(source, start, entry, size)
            entry, size = Entry(), 0
        after_blank = False
        size += len(line)
        if tag in form.end or tag in form.structure or size > MAX_RECORD:
            continue
        if tag:
            start = start if entry else number
            entry.add(tag, value.strip())
        elif entry:
            entry.go_on(value.strip())
        else:
            source.outside(f"line {number}", line)
    yield from _whole(source, start, entry, size)


def _whole(source: Source, start: int, entry: Entry, size: int) -> Iterator[tuple[int, Entry]]:
    if size > MAX_RECORD:
        source.broken(f"line {start}", f"longer than {MAX_RECORD >> 20} MB; no record is")
    elif entry:
        yield start, entry


def looks_tagged(lines: Sequence[str]) -> str | None:
    """The name of the format of this module whose records begin in some lines of text; None for none."""
    first = [line.rstrip() for line in lines if line.strip()][:3]
    if any(re.match(r"PT [A-Z]", line) for line in first) and (first[0][:3] in ("PT ", "FN ", "VR ")):
        return "Web of Science text"
    ris, endnote = _Ris(), _EndNote()
    tags = {tag for line in lines if (found := ris.tag(line, "")) for tag in found[:1]}
    if "TY" in tags and len(tags) > 1:
        return "RIS"
    marks = [found[0] for line in lines if (found := endnote.tag(line, ""))]
    if len(marks) > 1 and {"T", "0", "A"} & {*marks} and _ENDNOTE_TAG.match(next(filter(str.strip, lines), "")):
        return "EndNote tags"
    heads = [match[1] for line in lines if (match := _MEDLINE_TAG.match(line))]
    if "TI" in heads and ("PMID" in heads or heads[0] == "OWN"):
        return "MEDLINE text"
    if "PMID" in heads[:1]:
        return "MEDLINE text"
    return None
