"""From what the user names (files, folders, globs, ``-``) to open, unpacked files."""

from __future__ import annotations

import glob
import os
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import IO, BinaryIO

from kg.atomic import no_file
from kg.errors import Report
from kg.readers import remote, streams
from kg.readers.source import UnusableFileError

STDIN = "-"
_PACKED = frozenset((".gz", ".zst", ".zstd", ".bz2", ".xz", ".lzma"))
_READABLE = frozenset(
    (
        "", ".txt", ".text", ".json", ".jsonl", ".ndjson", ".jsonlines", ".csv", ".tsv", ".tab", ".bib", ".bibtex",
        ".ris", ".xml", ".nxml", ".atom", ".nbib", ".ciw", ".isi", ".enw", ".enl", ".yaml", ".yml",
        ".parquet", ".pq", ".zip", ".tar", ".tgz",
    )
)  # fmt: skip
_NOT_READ = frozenset(
    (
        ".pdf", ".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ods", ".html", ".htm", ".epub", ".rdf", ".mdb",
        ".sqlite", ".db", ".enlx", ".7z", ".rar",
    )
)  # fmt: skip
_NOTHING_IN_ARCHIVE = "no file in this archive that could hold papers"
_NEVER = frozenset(("readme", "license", "licence", "copying", "makefile", "changelog", "notice", "dockerfile"))


@dataclass(frozen=True, slots=True)
class Opened:
    """One unpacked file: its name in messages and in the graph, its first bytes and all of them.

    ``problem`` says why it could not be opened, where it could not; ``note`` what an archive
    has beside the files that are opened.
    """

    label: str
    name: str
    head: bytes
    stream: BinaryIO
    problem: str = ""
    note: str = ""


FileName = str | os.PathLike[str]


def file_names(files: FileName | Sequence[FileName]) -> list[str]:
    """The names of one file or of several, as a list."""
    return [os.fspath(name) for name in ([files] if isinstance(files, str | os.PathLike) else files)]


def expand(inputs: Sequence[str | os.PathLike[str]], report: Report) -> list[str]:
    """The files that ``inputs`` name, each once, folders in the order of their names; what is missing is reported.

    Of a folder, all files below it count whose suffix is that of a readable format or that
    have none; hidden ones do not.
    """
    files: dict[str, None] = {}
    for item in [os.fspath(item) for item in inputs]:
        if remote.is_address(item):
            files.update(dict.fromkeys(remote.expand(item, _may_hold_papers, report)))
            continue
        if item == STDIN or (os.path.exists(item) and not os.path.isdir(item)):
            found = [item]
        elif os.path.isdir(item):
            found = _in_folder(item, report)
            if not found:
                report.add(item, "", "no file in this folder that could hold papers", whole_file=True)
        else:
            found = [p for name in sorted(glob.glob(item, recursive=True)) for p in _glob_match(name, report)]
            if not found:
                reason = "no file matches" if glob.has_magic(item) else "no such file or folder"
                report.add(item, "", reason, whole_file=True)
        files.update(dict.fromkeys(path for path in found if _can_be_read(path, report, named=path == item)))
    return list({origin(path): path for path in reversed(files)}.values())[::-1]


def origin(file: str) -> str:
    """What a file is known by, however it is named: its real path, its address, or ``-`` for standard input."""
    return file if file == STDIN or remote.is_address(file) else os.path.realpath(file)


def _can_be_read(path: str, report: Report, *, named: bool) -> bool:
    """Whether a path is a regular file, or a stream that the caller has open; what may never end is reported."""
    try:
        kind = None if path == STDIN else no_file(path, streams=named)
    except OSError as error:
        report.add(path, "", error.strerror or str(error), whole_file=True)
        return False
    if kind is None:
        return True
    report.add(path, "", f"{kind}, not a file; pipe it into - to read it", whole_file=True)
    return False


def _glob_match(name: str, report: Report) -> list[str]:
    return _in_folder(name, report) if os.path.isdir(name) else [name]


def _in_folder(folder: str, report: Report) -> list[str]:
    found, others = list[str](), list[str]()

    def cannot_be_listed(error: OSError) -> None:
        report.add(str(error.filename), "", error.strerror or str(error), whole_file=True)

    for place, folders, names in os.walk(folder, followlinks=False, onerror=cannot_be_listed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [os.path.join(place, name) for name in sorted(names) if _may_hold_papers(name)]
        others += sorted(filter(_is_not_read, names))
    if others:
        report.note(folder, "", passed_over(others))
    return found


def _is_not_read(name: str) -> bool:
    return not name.startswith((".", "~$")) and PurePath(name).suffix.lower() in _NOT_READ


def passed_over(names: Sequence[str]) -> str:
    """A note on files that may well hold papers, in forms that are not read."""
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"passed over, in forms that are not read: {', '.join(names[:3])}{more}"


def _may_hold_papers(name: str) -> bool:
    path = PurePath(name)
    if path.suffix.lower() in _PACKED:
        path = path.with_suffix("")
    hidden = name.startswith((".", "~$"))
    return not hidden and path.suffix.lower() in _READABLE and path.stem.lower() not in _NEVER


def total_size(files: Sequence[str]) -> int | None:
    """The bytes of all files together; None where one of them is a stream without a size."""
    try:
        if STDIN in files or not all(os.path.isfile(path) for path in files):
            return None
        return sum(os.path.getsize(path) for path in files)
    except OSError:
        return None


def open_file(path: str, count: Callable[[int], None]) -> Iterator[Opened]:
    """What is in one file: itself, unpacked, or the members of an archive. `OSError` and `UnusableFileError` pass."""
    if path == STDIN:
        yield from _opened("standard input", "stdin", sys.stdin.buffer, count)
        return
    if remote.is_address(path):
        with remote.opened(path) as stream:
            yield from _opened(path, remote.file_name(path), stream, count)
        return
    with open(path, "rb") as file:
        yield from _opened(path, os.path.basename(path), file, count)


def _opened(label: str, name: str, file: IO[bytes], count: Callable[[int], None]) -> Iterator[Opened]:
    head, stream = streams.decompressed(streams.counted(file, count))
    if head.startswith(b"PK\x03\x04"):
        yield from _members(label, name, stream)
    elif head[257:262] == b"ustar":
        yield from _tar_members(label, name, stream)
    else:
        yield Opened(label, name, head, stream)


def _members(label: str, name: str, stream: BinaryIO) -> Iterator[Opened]:
    """The files in a zip archive that may hold papers. They are named by the archive and their own name."""
    with closing(spooled(stream)) as copy:
        try:
            archive = zipfile.ZipFile(copy)
        except (zipfile.BadZipFile, OSError, ValueError, EOFError) as error:
            raise UnusableFileError(f"damaged zip archive ({error})") from error
        with archive:
            names = archive.namelist()
            if "[Content_Types].xml" in names:
                raise UnusableFileError("an Office document; save the table as CSV")
            others = [PurePath(member).name for member in names if _is_not_read(PurePath(member).name)]
            if others:
                yield Opened(label, name, b"", BytesIO(), note=passed_over(others))
            chosen = [
                member
                for member in names
                if not member.endswith("/") and "__MACOSX" not in member and _may_hold_papers(PurePath(member).name)
            ]
            if not chosen:
                raise UnusableFileError(_NOTHING_IN_ARCHIVE)
            for member in chosen:
                yield from _member(f"{label}/{member}", f"{name}/{PurePath(member).name}", archive, member)


def _member(label: str, name: str, archive: zipfile.ZipFile, member: str) -> Iterator[Opened]:
    try:
        file = archive.open(member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        yield Opened(label, name, b"", BytesIO(), f"cannot be unpacked ({error})")
        return
    with file:
        head, stream = streams.decompressed(streams.guarded(file))
        yield Opened(label, name, head, stream)


def _tar_members(label: str, name: str, stream: BinaryIO) -> Iterator[Opened]:
    """The files in a tar archive that may hold papers, one after the other as they stream by."""
    found, others = 0, list[str]()
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for member in archive:
                base = PurePath(member.name).name
                others += filter(_is_not_read, (base,))
                if member.isfile() and _may_hold_papers(base) and (file := archive.extractfile(member)):
                    found += 1
                    head, unpacked = streams.decompressed(streams.guarded(file))
                    yield Opened(f"{label}/{member.name}", f"{name}/{base}", head, unpacked)
        if others:
            yield Opened(label, name, b"", BytesIO(), note=passed_over(others))
    except (tarfile.TarError, EOFError) as error:
        raise UnusableFileError(f"damaged tar archive ({error})") from error
    if not found:
        raise UnusableFileError(_NOTHING_IN_ARCHIVE)


def spooled(stream: IO[bytes]) -> IO[bytes]:
    """A copy of a stream, on disk, that can be read from any place."""
    copy = tempfile.TemporaryFile()  # noqa: SIM115  # the caller closes it
    while data := stream.read(1024 * 1024):
        copy.write(data)
    copy.seek(0)
    return copy
