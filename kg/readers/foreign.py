"""Files of forms that no reader knows: what each looks like, so that none is taken for plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.readers.plain import SECTION
from kg.readers.source import shortened

_CFF = re.compile(r"(?:^|\n)cff-version\s*:")
_BEGINNINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "markup (HTML or XML) of no known bibliographic form",
        re.compile(r"\s*<(?:[!?]|/?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>)"),
    ),
    ("a BibTeX file without an entry", re.compile(r"\s*@(?:string|comment|preamble)\s*[{(]", re.IGNORECASE)),
    ("RTF; save it as plain text", re.compile(r"\{\\rtf")),
    ("PostScript", re.compile(r"%!PS")),
    ("a MARC record; export it as MODS or RIS", re.compile(r"\d{5}[a-z][a-z]\w[ \w]\w? *22\d{5}")),
    ("JSON that cannot be read", re.compile(r"\s*[\[{]\s*[\"\[{]")),
    (
        "a LaTeX document; give its bibliography",
        re.compile(r"(?:%[^\n]*\n|\s)*\\(?:documentclass|begin|bibitem|usepackage)\b"),
    ),
)
_TAGGED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Ovid's text form", re.compile(r"<\d+>\s*$")),
    ("RefWorks' tagged form", re.compile(r"(?:RT|SR|A1|T1|JF|YR|VO|IS|SP|OP|AB|RF) \S")),
    ("a tagged form of references", re.compile(r"[A-Z][A-Z0-9]{1,3}\s{0,4}(?:[-:=]|\t)\s*\S")),
    ("a tagged form of references", re.compile(r"\s{0,2}(?:--|[%$#*\\])?[A-Z][A-Za-z0-9]{0,3}\s*(?:--|[-:=|])\s+\S")),
    (
        "a listing of fields and values",
        re.compile(r"\s{0,8}[\"']?[A-Za-z][\w /-]{0,28}[\"']?\s*(?:::?|=)(?:\s+\S|\s*$)"),
    ),
    ("YAML or a listing of items", re.compile(r"\s*- \w+:")),
    ("a log or a program's output", re.compile(r"\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d")),
    ("source code", re.compile(r"\s*(?:import |from \w+ import|def |class |#include|function |const )|.*[;{]\s*$")),
)
_CITATION = re.compile(
    r"\s*(?:\[?\d{1,4}[\].)]\s*)?"
    r"(?:[A-ZÀ-Þ][\w'’-]+,? (?:[A-ZÀ-Þ]\.?[ -]?){1,3}(?:[,.;&]|and\b)|(?:[A-ZÀ-Þ]\. ?){1,3}[A-ZÀ-Þ]\w+,)"
    r".*\b(?:19|20)\d\d\b"
)
_COLUMNS = re.compile(r"\S {3,}\S+ {3,}\S|^ {3,}\S+ {3,}\S")
_SHARE, _FEWEST, _SAMPLE, _LONG = 0.5, 3, 400, 300


def looks_like(head: str) -> str | None:
    """What a text looks like that is neither of a known form nor prose; None for what may be prose."""
    for name, pattern in _BEGINNINGS:
        if pattern.match(head):
            return name
    if looks_like_cff(head):
        return "a citation file (CFF) of software"
    lines = [line for line in head.splitlines() if line.strip()][:_SAMPLE]
    for name, pattern in _TAGGED:
        matching = [line for line in lines if pattern.match(line) and not _may_be_prose(line)]
        if len(matching) >= max(_FEWEST, _SHARE * len(lines)):
            return f"{name} (a line of it: {shortened(matching[0])!r})"
    citations = [line for line in lines if _CITATION.match(line) and len(line) < _LONG]
    if len(citations) >= max(2, _SHARE * len(lines)):
        return f"a list of citations (a line of it: {shortened(citations[0])!r})"
    if sum(bool(_COLUMNS.search(line)) for line in lines) >= max(2, _SHARE * len(lines)):
        return "a table in columns of spaces"
    if len(lines) > 1 and sum(line.count("\t") > 1 for line in lines) >= 0.8 * len(lines):
        return "a table without a column that holds the abstract"
    return _values_under_tags(lines)


def _may_be_prose(line: str) -> bool:
    """Whether a line with a word and a colon is an abstract, or a section of one (``Methods: …``)."""
    return len(line) > _LONG or SECTION.match(line) is not None


def looks_like_cff(head: str) -> bool:
    """Whether a text is a citation file of software, whose YAML is not that of CSL."""
    return bool(_CFF.search(head))


def _values_under_tags(lines: Sequence[str]) -> str | None:
    """Ovid and SilverPlatter put a field's name on a line and its value, indented, below it."""
    indented = sum(line[:2] in ("  ", "\t") or line[:1] == "\t" for line in lines)
    names = [line for line in lines if re.fullmatch(r"[A-Z][A-Za-z /-]{1,30}:?", line.rstrip())]
    if (len(names) >= 3 and len(set(names)) < len(names)) or (len(names) >= 3 and indented >= 0.3 * len(lines)):
        return "a listing of fields and values"
    return None
