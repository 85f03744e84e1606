"""Encodings: which one a text is in, and its lines as text, with a note of what had to be repaired."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from kg.readers import guessing
from kg.readers.source import Source, UnusableFileError
from kg.readers.streams import buffered


def text(head: bytes, stream: BinaryIO, at_end: bool) -> tuple[str, BinaryIO, str]:
    """The decoded head, the stream as UTF-8 without byte order mark, and the encoding it was in.

    The stream itself is touched only where its bytes are not UTF-8 already. ``at_end`` tells
    that the head is all there is, so that a character cut in two is damage, not the cut.
    """
    encoding = encoding_of(head, at_end)
    decoded = codecs.getincrementaldecoder(encoding)("replace").decode(head, final=at_end)
    old_mac = "\r" in decoded and "\n" not in decoded  # Excel still writes such line ends
    if old_mac:
        decoded = decoded.replace("\r", "\n")
    if encoding == "utf-8":
        return decoded, buffered(lambda size: stream.read(size).replace(b"\r", b"\n")) if old_mac else stream, encoding
    if encoding == "utf-8-sig" and not old_mac:
        stream.read(3)
        return decoded, stream, encoding
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    done = False

    def read(size: int) -> bytes:
        nonlocal done
        while not done:
            data = stream.read(size)
            done = not data
            converted = decoder.decode(data, final=done)
            if converted:
                return (converted.replace("\r", "\n") if old_mac else converted).encode("utf-8", "replace")
        return b""

    return decoded, buffered(read), encoding


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def marked_encoding(head: bytes) -> str | None:
    """The encoding that a byte order mark tells."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def encoding_of(head: bytes, at_end: bool) -> str:
    """The encoding of text by its mark, its validity as UTF-8, or its statistics; `UnusableFileError` if binary."""
    marked = marked_encoding(head)
    if marked:
        return marked
    zeros = head.count(0)
    if zeros:
        odd = head[1::2].count(0)
        if len(head) >= 8 and zeros > 0.3 * len(head):
            return "utf-16-le" if odd > zeros - odd else "utf-16-be"
        # A few strays are left out line by line, and more of them where nothing else looks like binary data.
        if zeros > 1 + len(head) // (20 if _printable(head.replace(b"\0", b"")) else 1000):
            raise UnusableFileError("binary data, not text")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=at_end)
    except UnicodeDecodeError as error:
        return _guess(head, error)
    return "utf-8"


def declared(name: str, head: bytes, at_end: bool) -> str:
    """The encoding that an XML file declares, or the one it has where that is none of text, or not the file's."""
    try:
        begin = codecs.getincrementaldecoder(name)("replace").decode(head[:_BEGIN])
        if "<" in begin and codecs.lookup(name).name not in _NO_ENCODINGS:
            return name
    except (LookupError, UnicodeError, TypeError, AssertionError, ValueError):  # what codecs of other things raise
        pass
    return encoding_of(head, at_end)


_BEGIN = 1024
_NO_ENCODINGS = frozenset(("idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "undefined"))


def _printable(head: bytes) -> bool:
    """Whether bytes are ASCII without control characters."""
    return all(32 <= byte < 127 or byte in b"\t\n\r\f" for byte in head)


def _guess(head: bytes, error: UnicodeDecodeError) -> str:
    """The encoding of text that is not UTF-8 throughout; "utf-8" where its lines are to be read one by one."""
    controls = sum(byte < 32 and byte not in b"\t\n\r\x0c\x1b" for byte in head)
    if controls > len(head) // 100:
        raise UnusableFileError("binary data, not text")
    if guessing.mostly_utf8(head):
        return "utf-8"
    found = guessing.by_lines(head)
    if guessing.high(b"".join(found.foreign)) < _BY_CHANCE * found.characters:
        return "utf-8"  # joined from two
    encoding = guessing.guess(found.foreign)
    if encoding is None and found.valid < len(found.foreign):
        raise UnusableFileError(f"unknown text encoding (byte 0x{head[error.start]:02x} at {error.start} is not UTF-8)")
    return "utf-8" if encoding in (None, guessing.WINDOWS) else encoding


_BY_CHANCE = 10  # short lines in an encoding of two bytes a character may be valid UTF-8, one in many


def guessed(encoding: str, head: bytes) -> tuple[str, str] | None:
    """The first line that is not UTF-8 and a note of how the text is read; None where nobody guessed its encoding."""
    if encoding.startswith(("utf-8", "utf-16", "utf-32")):
        return None
    return f"line {guessing.by_lines(head).first}", _note(encoding)


_LINE_ENDS = re.compile("[\r\x0b\x0c\x85\u2028\u2029]")


def lines(source: Source, limit: int, *, all_ends: bool = False) -> Iterator[tuple[int, str | None]]:
    """The numbered lines of a source's UTF-8 stream, without their ends; None for one of more than ``limit`` bytes.

    With ``all_ends`` carriage returns alone, vertical tabs, form feeds and Unicode's separators end
    a line too. A line that is not UTF-8 is read as `decode_line` does. That, and NUL bytes left
    out, is noted in the source.
    """
    number, readline = 0, source.stream.readline
    while line := readline(limit):
        number += 1
        if len(line) >= limit and not line.endswith(b"\n"):
            while (more := readline(limit)) and not more.endswith(b"\n"):
                pass
            yield number, None
            continue
        text = _line_text(line, number, source)
        if all_ends and not text.isprintable():
            pieces = _LINE_ENDS.split(text)
            yield number, pieces[0]
            for piece in pieces[1:]:
                number += 1
                yield number, piece
        else:
            yield number, text


def _line_text(line: bytes, number: int, source: Source) -> str:
    if b"\0" in line:
        line = line.replace(b"\0", b"")
        source.repaired(f"line {number}", "NUL byte left out")
    text, note = decode_line(line)
    if note:
        source.repaired(f"line {number}", note)
    return text.rstrip("\r\n").lstrip("\ufeff")


def decode_line(line: bytes) -> tuple[str, str]:
    """A line or record as text, and a note where it is not UTF-8.

    It is then in the encoding of another script if there is enough of it, or else Windows-1252, which
    is what strays into such files; if most of it is UTF-8, what is not is Windows-1252.
    """
    try:
        return line.decode("utf-8"), ""
    except UnicodeDecodeError:
        if guessing.mostly_utf8(line):
            return line.decode("utf-8", _AS_WINDOWS), _note(guessing.WINDOWS)
        encoding = guessing.guess([line]) or guessing.WINDOWS
        return line.decode(encoding, "replace"), _note(encoding)


_AS_WINDOWS = "abstractkg-windows-1252"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """What a decoder puts in place of bytes that it cannot read, and where it goes on."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode(guessing.WINDOWS, "replace"), error.end


codecs.register_error(_AS_WINDOWS, _as_windows)


def _note(encoding: str) -> str:
    if encoding == guessing.WINDOWS:
        return "not UTF-8, read as Windows-1252"
    return f"not UTF-8, read as {encoding}, of which it has the look"
