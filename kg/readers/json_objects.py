"""The records of a JSON document as texts of their own, found while it streams by.

A parser of the whole would hold the whole, and would give up everything after one broken
record. Here only brackets and strings are told apart; each record is parsed by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from kg.readers.encodings import decode_line
from kg.readers.source import MAX_RECORD

_CHUNK = 256 * 1024
_MARK = re.compile(rb'["{}\[\]]')
_STRING_REST = re.compile(rb'[^"\\\n]*+(?:\\.[^"\\\n]*+)*+["\n]', re.DOTALL)  # no JSON string runs past its line
_WORD = re.compile(rb'"(?:[^"\\]|\\.)*"?|[^\s,"\x1e\xef\xbb\xbf]+')
_WRAPPERS = frozenset(
    (
        b"results", b"data", b"items", b"message", b"papers", b"records", b"works", b"response", b"docs", b"hits",
        b"hit", b"result", b"entries", b"entry", b"articles", b"resultList",
        b"list", b"documents", b"publications", b"notes", b"references", b"search-results", b"feed", b"value",
    )
)  # fmt: skip
_OWN_KEYS = frozenset((b"abstract", b"title", b"mentions"))
_ARRAY, _MAYBE, _RECORD, _INNER = "array of records", "record or wrapper", "record", "part of a record"


NULL = "null in place of a record"
STRAY = "text outside of any record"


def objects(stream: BinaryIO) -> Iterator[tuple[int, str, str]]:
    """The records of a JSON text with their number: the text of each, or else what is wrong with it.

    What stands in place of a record is given with `NULL`, other text outside of all with `STRAY`,
    the text of a record in another encoding with the note of `decode_line`.

    Records are the objects of an array at the top or under a key that services wrap their
    answers in (``results``, ``data``, ``message.items``, …), and objects at the top that
    wrap nothing, one or many after one another.
    """
    scanner = _Scanner()
    size = _CHUNK
    while data := stream.read(size):
        yield from scanner.feed(data)
        size = min(max(_CHUNK, len(scanner.buffer)), 16 * _CHUNK)  # growing, so that long records are searched rarely
    if scanner.start is not None:
        yield scanner.number + 1, "", "the file ends in the middle of this record"


class _Scanner:
    """Where in the brackets the reading stands, and what of the text is still needed."""

    def __init__(self) -> None:
        self.buffer = b""
        self.start: int | None = None  # of the record being read, in the buffer
        self.number = 0
        self._at = 0
        self._open: list[tuple[str, bytes]] = []  # what each open bracket is, and what closes it
        self._key = b""
        self._skipping = False  # the rest of a string too long to be kept
        self._own = False  # the outermost object has shown keys of a paper: it wraps nothing

    def feed(self, data: bytes) -> Iterator[tuple[int, str, str]]:
        self._drop_what_is_read()
        self.buffer += data
        if self._skipping:
            rest = _STRING_REST.match(self.buffer, self._at)
            self._skipping, self._at = rest is None, rest.end() if rest else len(self.buffer)
        while not self._skipping and (mark := _MARK.search(self.buffer, self._at)):
            sign = mark[0]
            if sign == b'"':
                rest = _STRING_REST.match(self.buffer, mark.end())
                if rest is None:
                    break
                if self._between():
                    yield from self._strays(self.buffer[self._at : rest.end()])
                self._string(self.buffer[mark.end() : rest.end() - 1])
                self._at = rest.end()
                continue
            if self._between():
                yield from self._strays(self.buffer[self._at : mark.start()])
            self._at = mark.end()
            if sign in b"{[":
                self._opened(sign, mark.start())
            else:
                yield from self._closed(sign)
        else:
            if not self._skipping and self._between():
                yield from self._strays(self.buffer[self._at :])
            self._at = len(self.buffer)
        if len(self.buffer) - (self._at if self.start is None else self.start) > MAX_RECORD:
            yield from self._gave_up()

    def _between(self) -> bool:
        """Whether the place is one where only records should stand."""
        return not self._open or self._open[-1][0] == _ARRAY

    def _strays(self, text: bytes) -> Iterator[tuple[int, str, str]]:
        for word in _WORD.findall(text):
            if word == b"null":
                self.number += 1
                yield self.number, "", NULL
            else:
                yield self.number + 1, decode_line(word)[0], STRAY

    def _gave_up(self) -> Iterator[tuple[int, str, str]]:
        """Let go of what is longer than any record: the record being read, or a string outside of all."""
        self._skipping, self._at = self._at < len(self.buffer), len(self.buffer)
        if self.start is not None:
            self.start = None
            self._open = [(_ARRAY, closer) for kind, closer in self._open if kind == _ARRAY] + [
                (_INNER, closer) for kind, closer in self._open if kind != _ARRAY
            ]
            self.number += 1
            yield self.number, "", f"longer than {MAX_RECORD >> 20} MB; no record is"

    def _drop_what_is_read(self) -> None:
        keep = self._at if self.start is None else self.start
        self.buffer = self.buffer[keep:]
        self._at -= keep
        if self.start is not None:
            self.start = 0

    def _string(self, text: bytes) -> None:
        kind = self._open[-1][0] if self._open else ""
        if kind == _MAYBE:
            self._key = text
            self._own = self._own or text in _OWN_KEYS

    def _opened(self, sign: bytes, at: int) -> None:
        outer = self._open[-1][0] if self._open else ""
        closer = b"}" if sign == b"{" else b"]"
        wraps = outer == _MAYBE and self._key in _WRAPPERS and not self._own
        if outer in ("", _ARRAY):
            kind = _ARRAY if sign == b"[" else _RECORD if outer else _MAYBE
            if sign == b"{":
                self.start, self._own, self._key = at, False, b""
        elif wraps:
            kind = _ARRAY if sign == b"[" else _MAYBE
            if kind == _ARRAY:
                self.start = None
        else:
            kind = _INNER
        self._open.append((kind, closer))

    def _closed(self, sign: bytes) -> Iterator[tuple[int, str, str]]:
        if not any(closer == sign for _, closer in self._open):
            return
        while self._open:  # a bracket that was never closed ends with the one around it
            kind, closer = self._open.pop()
            whole = kind == _RECORD or (kind == _MAYBE and not self._open)
            if whole and self.start is not None:
                self.number += 1
                raw = self.buffer[self.start : self._at]
                yield self.number, *decode_line(raw)
                self.start = None
            if closer == sign:
                return
