"""Bytes in: counting for the progress bar, and decompression by content."""

from __future__ import annotations

import io
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from lzma import LZMAError
from typing import IO, Any, BinaryIO, Protocol

from kg.readers.source import UnusableFileError

HEAD = 64 * 1024
"""Bytes from which the kind of a file is told."""

_DAMAGE = (EOFError, OSError, ValueError, zlib.error, zipfile.BadZipFile, LZMAError)


class _Raw(io.RawIOBase):
    """A readable stream made of a function that gives the next bytes, b"" at the end."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest:
            self._rest = self._read(len(buffer))
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def buffered(read: Callable[[int], bytes]) -> BinaryIO:
    """A buffered stream over a function that gives the next bytes."""
    return io.BufferedReader(_Raw(read), HEAD)


def counted(stream: IO[bytes], count: Callable[[int], None]) -> BinaryIO:
    """``stream``, telling ``count`` of the bytes taken from it."""

    def read(size: int) -> bytes:
        data = stream.read(max(size, HEAD))
        count(len(data))
        return data

    return buffered(read)


def _at_hand(stream: IO[bytes], size: int) -> bytes:
    """Up to so many of the next bytes; reading until there are so many would lose them where damage follows."""
    data: bytes = getattr(stream, "read1", stream.read)(size)
    return data


def with_head(stream: IO[bytes]) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream (its damage apart), and the whole of it still to be read."""
    parts: list[bytes] = []
    size = 0
    damage: UnusableFileError | None = None
    try:
        while size < HEAD and (data := _at_hand(stream, HEAD - size)):
            parts.append(data)
            size += len(data)
    except UnusableFileError as error:
        damage = error
    head = b"".join(parts)
    pending = [head]

    def read(wanted: int) -> bytes:
        if pending:
            return pending.pop() or read(wanted)
        if damage:
            raise damage
        return _at_hand(stream, wanted)

    return head, buffered(read)


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


_STEP = 64
"""Bytes unpacked at a time: an error loses what the same step gave, which is less than a record."""


def _unpacked(magic: bytes, start: Callable[[], _Decompressor], stream: BinaryIO) -> BinaryIO:
    """What one or several compressed streams, one after the other, hold; `EOFError` where the last is cut off."""

    def pieces() -> Iterator[bytes]:
        current = start()
        while data := stream.read(_STEP):
            while data:
                if current.eof:
                    data = data.lstrip(b"\0")  # padding
                    if data and not data.startswith(magic[: len(data)]):
                        raise ValueError("something else follows")
                    current = start() if data else current
                if data:
                    yield current.decompress(data)
                data = current.unused_data if current.eof else b""
        if not current.eof:
            raise EOFError("it ends before its end mark")

    blocks = _joined(pieces())
    return buffered(lambda size: next(blocks, b""))


def _joined(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Small pieces as larger ones; an error comes after all that was before it."""
    parts: list[bytes] = []
    size = 0
    try:
        for piece in pieces:
            parts.append(piece)
            size += len(piece)
            if size >= HEAD:
                yield b"".join(parts)
                parts, size = [], 0
    except _DAMAGE:
        if size:
            yield b"".join(parts)
        raise
    if size:
        yield b"".join(parts)


def _gzip(stream: BinaryIO) -> BinaryIO:
    return _unpacked(b"\x1f\x8b", lambda: zlib.decompressobj(wbits=31), stream)


def _bz2(stream: BinaryIO) -> BinaryIO:
    import bz2

    return _unpacked(b"BZh", bz2.BZ2Decompressor, stream)


def _xz(stream: BinaryIO) -> BinaryIO:
    import lzma

    return _unpacked(b"\xfd7zXZ\x00", lzma.LZMADecompressor, stream)


def _zstd(stream: BinaryIO) -> BinaryIO:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd

    # Dumps packed with --long need a larger window than the default allows.
    file = zstd.ZstdFile(stream, options={zstd.DecompressionParameter.window_log_max: 31})

    def read(size: int) -> bytes:
        try:
            return file.read(size)
        except zstd.ZstdError as error:
            raise EOFError(str(error)) from error

    return buffered(read)


DECOMPRESSORS: dict[bytes, Callable[[BinaryIO], BinaryIO]] = {
    b"\x1f\x8b": _gzip,
    b"BZh": _bz2,
    b"\xfd7zXZ\x00": _xz,
    b"\x28\xb5\x2f\xfd": _zstd,
}
"""What opens a compressed stream, by its first bytes."""


def decompressed(stream: IO[bytes]) -> tuple[bytes, BinaryIO]:
    """The head and the whole of what a stream holds once it is unpacked, however often it was packed."""
    head, whole = with_head(stream)
    for _ in range(3):
        opener = next((opener for magic, opener in DECOMPRESSORS.items() if head.startswith(magic)), None)
        if opener is None:
            break
        head, whole = with_head(guarded(opener(whole)))
    return head, whole


def guarded(stream: IO[bytes]) -> BinaryIO:
    """A decompressing stream whose damage is one kind of error, after all that could still be unpacked."""
    failed = False

    def read(size: int) -> bytes:
        nonlocal failed
        if failed:
            return b""
        try:
            return _at_hand(stream, min(size, HEAD))
        except _DAMAGE as error:
            failed = True
            raise UnusableFileError(f"compressed data is damaged or cut off ({error})") from error

    return buffered(read)
