"""Bytes in: counting for the progress bar, and decompression by content."""

from __future__ import annotations

import io
import sys
import zipfile
import zlib
from collections.abc import Callable
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


def with_head(stream: IO[bytes]) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream (its damage apart), and the whole of it still to be read."""
    parts: list[bytes] = []
    size = 0
    damage: UnusableFileError | None = None
    try:
        while size < HEAD and (data := stream.read(HEAD - size)):
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
        return stream.read(wanted)

    return head, buffered(read)


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _gzip(stream: BinaryIO) -> _Readable:
    import gzip

    return gzip.GzipFile(fileobj=stream)


def _bz2(stream: BinaryIO) -> _Readable:
    import bz2

    return bz2.BZ2File(stream)


def _xz(stream: BinaryIO) -> _Readable:
    import lzma

    return lzma.LZMAFile(stream)


def _zstd(stream: BinaryIO) -> _Readable:
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


DECOMPRESSORS: dict[bytes, Callable[[BinaryIO], _Readable]] = {
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


def guarded(stream: _Readable) -> BinaryIO:
    """A decompressing stream whose damage is one kind of error, after all that could still be unpacked."""
    failed = False

    def read(size: int) -> bytes:
        nonlocal failed
        if failed:
            return b""
        try:
            return stream.read(min(size, HEAD))
        except _DAMAGE as error:
            failed = True
            raise UnusableFileError(f"compressed data is damaged or cut off ({error})") from error

    return buffered(read)
