"""Files of forms that no reader knows: what each looks like, so that none is taken for plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CFF = re.compile(r"(?:^|\n)cff-version\s*:")
_KNOWN: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "markup (HTML or XML) of no known bibliographic form",
        re.compile(r"\s*<(?:[!?]|/?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>)"),
    ),
    ("a BibTeX file without an entry", re.compile(r"\s*@(?:string|comment|preamble)\s*[{(]", re.IGNORECASE)),
    ("RTF; save it as plain text", re.compile(r"\{\\rtf")),
    ("PostScript", re.compile(r"%!PS")),
    ("a MARC record; export it as MODS or RIS", re.compile(r"\d{5}[a-z][a-z]\w[ \w]\w? *22\d{5}")),
    ("a citation file (CFF) of software", _CFF),
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
_SHARE, _FEWEST = 0.5, 3


def looks_like(head: str) -> str | None:
    """What a text looks like that is neither of a known form nor prose; None for what may be prose."""
    for name, pattern in _KNOWN:
        if pattern.match(head) or (pattern.pattern.startswith("(?:^|") and pattern.search(head)):
            return name
    lines = [line for line in head.splitlines() if line.strip()][:400]
    if len(lines) < 2:
        return "JSON that cannot be read" if re.match(r"\s*[\[{]\s*[\"\[{]", head) else None
    if re.match(r"\s*[\[{]\s*[\"\[{]", head):
        return "JSON that cannot be read"
    for name, pattern in _TAGGED:
        matching = sum(bool(pattern.match(line)) for line in lines)
        if matching >= max(_FEWEST, _SHARE * len(lines)):
            return f"{name} ({_sample(lines, pattern)})"
    citations = sum(bool(_CITATION.match(line)) and len(line) < 500 for line in lines)
    if citations >= max(2, _SHARE * len(lines)):
        return f"a list of citations ({_sample(lines, _CITATION)})"
    if sum(bool(re.search(r"\S {3,}\S+ {3,}\S|^ {3,}\S+ {3,}\S", line)) for line in lines) >= _SHARE * len(lines):
        return "a table in columns of spaces"
    if sum(line.count("\t") > 1 for line in lines) >= 0.8 * len(lines):
        return "a table without a column that holds the abstract"
    return _values_under_tags(lines)


def looks_like_cff(head: str) -> bool:
    """Whether a text is a citation file of software, whose YAML is not that of CSL."""
    return bool(_CFF.search(head))


def _sample(lines: Sequence[str], pattern: re.Pattern[str]) -> str:
    shown = next(line.strip() for line in lines if pattern.match(line))
    return f"a line of it: {shown[:40]!r}"


def _values_under_tags(lines: Sequence[str]) -> str | None:
    """Ovid and SilverPlatter put a field's name on a line and its value, indented, below it."""
    indented = sum(line[:2] in ("  ", "\t") or line[:1] == "\t" for line in lines)
    names = [line for line in lines if re.fullmatch(r"[A-Z][A-Za-z /-]{1,30}:?", line.rstrip())]
    if (len(names) >= 3 and len(set(names)) < len(names)) or (len(names) >= 3 and indented >= 0.3 * len(lines)):
        return "a listing of fields and values"
    return None
