"""Encodings: which one a text is in, and its lines as text, with a note of what had to be repaired."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

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
    elif encoding == "utf-8":
        return decoded, stream, encoding
    elif encoding == "utf-8-sig":
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
    controls = sum(byte < 32 and byte not in b"\t\n\r\x0c\x1b" for byte in head)
    if controls > len(head) // 100:
        raise UnusableFileError("binary data, not text")
    if _nearly_utf8(head):
        return "utf-8"  # a slip in one line; that line alone is read otherwise
    import charset_normalizer

    best = charset_normalizer.from_bytes(head).best()
    if best is None:
        raise UnusableFileError(f"unknown text encoding (byte 0x{head[error.start]:02x} at {error.start} is not UTF-8)")
    # A few accents in Latin letters fit dozens of code pages; such text is Windows-1252 unless scripts say otherwise.
    return best.encoding if best.encoding in _TOLD_BY_SCRIPT else "cp1252"


_TOLD_BY_SCRIPT = frozenset(
    (
        "cp1251", "koi8_r", "koi8_u", "iso8859_5", "cp1253", "iso8859_7", "cp1255", "iso8859_8", "cp1256", "iso8859_6",
        "cp874", "tis_620", "iso8859_11", "iso8859_2", "cp1254", "iso8859_9", "gb2312", "gbk", "gb18030", "hz", "big5",
        "big5hkscs", "cp950", "shift_jis", "shift_jis_2004", "shift_jisx0213", "cp932", "euc_jp", "euc_jis_2004",
        "euc_jisx0213", "iso2022_jp", "euc_kr", "cp949", "johab",
    )
)  # fmt: skip


GUESSED = _TOLD_BY_SCRIPT | {"cp1252"}
"""Encodings that are told from the look of a text, which is worth a note."""


def _nearly_utf8(head: bytes) -> bool:
    """Whether most of what is not ASCII is valid UTF-8, or whole lines are and the others are Latin letters.

    The second is a file joined from two: outside of UTF-8 a line hardly ever is valid UTF-8 by chance.
    """
    decoded = head.decode("utf-8", "replace")
    good = sum(ord(char) > 127 and char != "\ufffd" for char in decoded)
    if good > 2 * decoded.count("\ufffd"):
        return True
    valid, foreign = 0, bytearray()
    for line in head.splitlines():
        try:
            valid += sum(ord(char) > 127 for char in line.decode("utf-8"))
        except UnicodeDecodeError:
            foreign += line
    return valid >= 2 and sum(byte > 127 for byte in foreign) < 0.2 * len(foreign)


_LINE_ENDS = re.compile("[\r\x0b\x0c\x85\u2028\u2029]")
NOT_UTF8 = "not UTF-8, read as Windows-1252"


def lines(source: Source, limit: int, *, all_ends: bool = False) -> Iterator[tuple[int, str | None]]:
    """The numbered lines of a source's UTF-8 stream, without their ends; None for one of more than ``limit`` bytes.

    With ``all_ends`` carriage returns alone, vertical tabs, form feeds and Unicode's separators end
    a line too. A line that is not UTF-8 is read as Windows-1252, which is what strays into such
    files. That, and NUL bytes left out, is noted in the source.
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
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = decode_line(line)
        source.repaired(f"line {number}", NOT_UTF8)
    return text.rstrip("\r\n").lstrip("\ufeff")


def is_utf8(data: bytes) -> bool:
    """Whether some bytes are text in UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def decode_line(line: bytes) -> str:
    """A line as text: UTF-8, or else Windows-1252."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
