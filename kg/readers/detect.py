"""What kind of file this is, told from its first bytes; its name decides only where content leaves it open."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import PurePath

from kg.readers import csl_yaml, encodings, foreign, pubmed_text, tables, tagged, xmlfile
from kg.readers.source import UnusableFileError

_MAGIC = {b"PAR1": "Parquet"}
_FOREIGN = {
    b"%PDF": "a PDF; give its abstract as text",
    b"\xd0\xcf\x11\xe0": "an old Office document; save the table as CSV",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"SQLite format 3": "an SQLite database",
    b"\x7fELF": "a program",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive; unpack it first",
    b"Rar!": "a RAR archive; unpack it first",
}
_JSON_START = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*(?:[{\]\[]|null\s*,))")
_BIBTEX = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]\s*[^\s{}]", re.MULTILINE)
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SAMPLE = 2000
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL)


def binary(head: bytes) -> str | None:
    """The reader for a binary format; None for what may be text. `UnusableFileError` names what holds no papers."""
    for magic, reason in _FOREIGN.items():
        if head.startswith(magic):
            raise UnusableFileError(reason)
    return next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)


def xml(head: bytes) -> str | None:
    """The XML format that begins with ``head``; None for no XML. `UnusableFileError` for XML of another kind."""
    start = _decoded(head)
    if not start.startswith("<"):
        return None
    if _HTML.match(start):
        raise UnusableFileError("a web page; save the text or a bibliography from it")
    if not re.match(r"<[?!A-Za-z]", start):
        return None
    found = xmlfile.dialect_of(start)
    if found is None and start.startswith(("<?xml", "<!DOCTYPE")):
        root = re.search(r"<([A-Za-z][\w:.-]*)", re.sub(r"<[?!].*?>", "", start, flags=re.DOTALL))
        raise UnusableFileError("XML of no known bibliographic form" + (f" (<{root[1]}>)" if root else ""))
    return found


def _decoded(head: bytes) -> str:
    """Enough of the head's text to see tags."""
    encoding = encodings.marked_encoding(head) or "latin-1"
    return head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")


def text(head: str, name: str, columns: Mapping[str, str]) -> str:
    """The reader for a text format other than XML, from its beginning and the file's name."""
    suffixes = PurePath(name.lower()).suffixes
    if _JSON_START.match(head):
        return "JSON lines" if _is_lines(head) else "JSON"
    lines = _LINE_END.sub("\n", head).split("\n")[:_SAMPLE]
    tagged_form = tagged.looks_tagged(lines)
    if tagged_form:
        return tagged_form
    if tables.looks_like_table(head, bool({".csv", ".tsv", ".tab"} & set(suffixes)), columns):
        return "CSV"
    if _BIBTEX.search(head):
        return "BibTeX"
    if pubmed_text.looks_like_abstracts(lines):
        return "PubMed abstracts"
    if csl_yaml.looks_like_csl(lines) and not foreign.looks_like_cff(head):
        return "CSL-YAML"
    if reason := foreign.looks_like(head):
        raise UnusableFileError(f"no known form of papers: it looks like {reason}")
    return "plain text"


def _is_lines(head: str) -> bool:
    """Whether JSON has an object a line: the first line is one, or is broken and the second is one."""
    rows = [row for row in head.split("\n") if row.strip()]
    if len(rows) < 2:
        return False
    return _whole_object(rows[0]) or (rows[0].lstrip().startswith('{"') and _whole_object(rows[1]))


def _whole_object(row: str) -> bool:
    try:
        return isinstance(json.loads(row), dict)
    except (ValueError, RecursionError):
        return False
