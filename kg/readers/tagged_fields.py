"""The fields of a paper in the records of tagged formats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.readers import identifiers
from kg.readers.dates import first_dated
from kg.readers.people import initials_first
from kg.readers.source import Fields
from kg.readers.xml_tools import without_brackets


class Entry:
    """One record: its tags in order, each with the lines of its value."""

    def __init__(self) -> None:
        self.tags: list[str] = []
        self._values: list[list[str]] = []
        self._by_tag: dict[str, list[list[str]]] = {}

    def __bool__(self) -> bool:
        return bool(self.tags)

    def add(self, tag: str, value: str) -> None:
        """Begin a value."""
        lines = [value]
        self.tags.append(tag)
        self._values.append(lines)
        self._by_tag.setdefault(tag, []).append(lines)

    def go_on(self, line: str) -> None:
        """Add a line to the last value."""
        self._values[-1].append(line)

    def has(self, tag: str) -> bool:
        """Whether the record has a value of a tag."""
        return tag in self._by_tag

    def lines(self, *tags: str) -> list[str]:
        """All lines of the values of some tags, in the order of the record, empty ones left out."""
        return [line for lines in self._of(tags) for line in lines if line]

    def values(self, *tags: str) -> list[str]:
        """The values of some tags in the order of the record, each on one line, empty ones left out."""
        return [value for lines in self._of(tags) if (value := " ".join(filter(None, lines)))]

    def first(self, *tags: str) -> str:
        """The first value of the first of some tags that has one; else empty."""
        return next((value for tag in tags if tag in self._by_tag for value in self.values(tag)), "")

    def text(self, *tags: str) -> str:
        """All values of the first of some tags that has any, joined, a repeated one once; else empty."""
        present = (self.values(tag) for tag in tags if tag in self._by_tag)
        return next((" ".join(dict.fromkeys(values)) for values in present if values), "")

    def _of(self, tags: Sequence[str]) -> Iterable[list[str]]:
        present = [tag for tag in tags if tag in self._by_tag]
        if len(present) == 1:
            return self._by_tag[present[0]]
        return [lines for tag, lines in zip(self.tags, self._values, strict=True) if tag in present] if present else ()


def ris(entry: Entry) -> Fields:
    """A reference of RIS. Of two wordings of an abstract (AB and N2) the longer one is taken."""
    urls = [url for value in entry.values("UR", "L2", "LK", "L1") for url in re.split(r"[;\s]+(?=https?:)", value)]
    titles = ("TI", "T1", "CT", "BT", "TT", "ST") if entry.first("TY") != "CHAP" else ("TI", "T1", "CT", "TT", "ST")
    return {
        "local_id": entry.first("ID", "AN"),
        "key": entry.first("ID"),
        "ids": entry.values("AN"),
        "title": entry.text(*titles),
        "abstract": max(entry.text("AB"), entry.text("N2"), key=len),
        "year": first_dated(entry.values("PY") + entry.values("Y1", "YR") + entry.values("DA")),
        "venue": entry.first("T2", "JF", "JO", "J1", "JA", "J2", "BT", "T3"),
        "authors": entry.values("AU") or entry.values("A1") or entry.values("A3"),  # A1 beside AU is a sponsor
        "url": urls[0] if urls else None,
        "doi": next(filter(identifiers.doi, entry.values("DO", "DI", "M3", "L3")), None),
        "arxiv": next((url for url in urls if "arxiv.org" in url), None),
    }


def endnote(entry: Entry) -> Fields:
    """A reference in EndNote's tags."""
    urls = entry.values("U")
    return {
        "local_id": entry.first("F", "M"),
        "key": entry.first("F"),
        "title": entry.text("T", "Q", "!"),
        "abstract": entry.text("X"),
        "year": first_dated(entry.values("D") + entry.values("8")),
        "venue": entry.first("J", "B", "S"),
        "authors": entry.values("A"),
        "url": urls[0] if urls else None,
        "doi": next(filter(identifiers.doi, entry.values("R", "3", "M")), None),
        "arxiv": next((url for url in urls if "arxiv.org" in url), None),
    }


def medline(entry: Entry) -> Fields:
    """A citation of MEDLINE; full names and groups in the order in which they stand."""
    ids = entry.values("AID", "LID", "DOI")
    pmid = entry.first("PMID")
    full = entry.values("FAU", "CN")
    return {
        "local_id": pmid or entry.first("OID"),
        "title": without_brackets(entry.text("TI", "BTI", "TT")),
        "abstract": entry.text("AB", "OAB"),
        "year": first_dated(entry.values("DP") + entry.values("DEP", "PHST", "EDAT")),
        "venue": entry.first("JT", "TA"),
        "authors": full if entry.has("FAU") else [initials_first(name) for name in entry.values("AU")] + full,
        "url": f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid else None,
        "doi": next((name for name in ids if name.endswith("[doi]")), next(filter(identifiers.doi, ids), None)),
    }


def web_of_science(entry: Entry) -> Fields:
    """A record of Web of Science, where each author stands on a line."""
    people = entry.lines("AF") or entry.lines("AU") or entry.lines("BF", "BA")
    return {
        "local_id": entry.first("UT", "AN"),
        "title": entry.text("TI"),
        "abstract": entry.text("AB"),
        "year": first_dated(entry.values("PY") + entry.values("EY", "EA", "PD")),
        "venue": entry.text("SO", "CT"),
        "authors": people + [{"literal": group} for group in entry.lines("CA", "GP")],
        "doi": entry.first("DI", "D2"),
    }
