"""Which encoding bytes are in that are not UTF-8: one of a script of its own only where there is enough of it.

A few accents fit dozens of code pages, and any two bytes are a character in the encodings of Chinese, Japanese and
Korean. So a guess needs evidence: words that hold hardly a Latin letter, `_ENOUGH` bytes of them. From there on the
guesses of charset-normalizer among `_SCRIPTS` were right for texts of each kind, by a window moved over them; with
half of that every other one in Hebrew and in EUC-JP was wrong. With less, bytes are Windows-1252, which is what
strays into such files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

WINDOWS = "cp1252"
_SCRIPTS = (
    "cp1251", "koi8_r", "koi8_u", "iso8859_5", "cp866", "cp1253", "iso8859_7", "cp1255", "iso8859_8", "cp1256",
    "iso8859_6", "cp874", "gb18030", "big5", "big5hkscs", "cp932", "euc_jis_2004", "cp949", "johab",
)  # fmt: skip
_LATIN = (WINDOWS, "cp1254")  # other code pages of Latin letters are not told apart reliably
_ENOUGH = 80
"""Bytes above ASCII in words of a foreign script: a sentence, or forty characters of two bytes."""
_ENOUGH_ACCENTS = 40
_KINDS_OF_BYTES = 8  # a ruler drawn across the page repeats one or two
_LOOKED_AT = 16_000
_WORD = re.compile(rb"[\x80-\xff](?:[\x31-\x7e]?[\x80-\xff]){3,}")  # some have a second byte that is ASCII
_HIGH = re.compile(rb"[\x80-\xff]+")


def high(data: bytes) -> int:
    """How many bytes are above ASCII."""
    return sum(map(len, _HIGH.findall(data)))


class Lines(NamedTuple):
    """The lines of a text by whether they are UTF-8: how many are, their characters above ASCII, and the others."""

    valid: int
    characters: int
    foreign: Sequence[bytes]
    first: int
    """The number of the first line that is not UTF-8; 0 for none."""


def by_lines(head: bytes) -> Lines:
    """The lines of a text, as `Lines`."""
    valid, characters, first, foreign = 0, 0, 0, list[bytes]()
    for number, line in enumerate(head.splitlines(), 1):
        try:
            characters += sum(char > "\x7f" for char in line.decode("utf-8")) if not line.isascii() else 0
            valid += bool(line.strip())
        except UnicodeDecodeError:
            foreign.append(line)
            first = first or number
    return Lines(valid, characters, foreign, first)


def mostly_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII in some bytes is valid UTF-8: a slip in it, not another encoding."""
    decoded = data.decode("utf-8", "replace")
    bad = decoded.count("\ufffd")
    return sum(char > "\x7f" for char in decoded) - bad > 2 * bad


def guess(lines: Sequence[bytes]) -> str | None:
    """The encoding that lines have which are not UTF-8; `WINDOWS` for too little evidence of any other.

    None where there is evidence of a foreign script and none of the encodings fits.
    """
    words = b" ".join(_enough_words(lines))
    if _is_script(words, sum(map(high, lines))):
        return _best(b" ".join(_spaced(lines)), _SCRIPTS)
    text = b"\n".join(lines)[:_LOOKED_AT]
    return (_best(text, _LATIN) if high(text) >= _ENOUGH_ACCENTS else None) or WINDOWS


def _enough_words(lines: Sequence[bytes]) -> Iterator[bytes]:
    return (word for line in lines for word in _WORD.findall(line))


def _is_script(words: bytes, all_high: int) -> bool:
    """Whether words are evidence of a foreign script, and most of what is not ASCII stands in them."""
    found = _HIGH.findall(words)
    size = sum(map(len, found))
    return size >= _ENOUGH and size * 2 >= all_high and len(set(b"".join(found))) >= _KINDS_OF_BYTES


def _spaced(lines: Sequence[bytes]) -> Iterator[bytes]:
    """What stands between spaces and is not ASCII, up to so much: among English a language is not seen."""
    size = 0
    for line in lines:
        for piece in line.split():
            if not piece.isascii():
                yield piece
                size += len(piece)
                if size > _LOOKED_AT:
                    return


def _best(data: bytes, encodings: Sequence[str]) -> str | None:
    import charset_normalizer

    best = charset_normalizer.from_bytes(data, cp_isolation=list(encodings)).best()
    return best.encoding if best is not None and best.encoding in encodings else None
