"""What kind of file this is, told from its first bytes; its name decides only where content leaves it open."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from kg.readers.source import UnusableFileError

_MAGIC = {
    b"PAR1": "parquet",
}
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
_JSON_START = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[{\]\[])")
_JSON_LINE = re.compile(r"\s*,?\s*\{.*\}\s*,?\s*")
_BIBTEX = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]\s*[^\s{}]", re.MULTILINE)
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL)


def binary(head: bytes) -> str | None:
    """The reader for a binary format; None for text. `UnusableFileError` names what holds no papers."""
    for magic, reason in _FOREIGN.items():
        if head.startswith(magic):
            raise UnusableFileError(reason)
    return next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)


def text(head: str, name: str, columns: Mapping[str, str]) -> str:
    """The reader for a text format, from its beginning. `UnusableFileError` names what holds no papers."""
    if _JSON_START.match(head):
        return "JSON lines" if _is_lines(head) else "JSON"
    return "plain text"


def _is_lines(head: str) -> bool:
    rows = [row for row in head.split("\n") if row.strip()]
    whole = [row for row in rows[:50] if _JSON_LINE.fullmatch(row.rstrip("\r"))]
    if not whole or not rows[0].lstrip().startswith(("{", "[")):
        return False
    if len(rows) == 1 or rows[0].strip() not in "[{":
        return len(rows) > 1 and (rows[0] in whole or rows[0].lstrip().startswith('{"'))
    return rows[0].strip() == "[" and all(_whole_object(row) for row in whole[:3])


def _whole_object(row: str) -> bool:
    try:
        return isinstance(json.loads(row.strip().strip(",")), dict)
    except (ValueError, RecursionError):
        return False
