"""Files by address: ``s3://bucket/folder``, ``gs://…`` and what else pyarrow or, through it, fsspec can open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Final, cast

from kg.errors import KGError, Report, how_to_install

if TYPE_CHECKING:
    import pyarrow.fs

_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_OWN: Final = ("file", "s3", "gs", "gcs", "hdfs", "viewfs", "abfs", "abfss")
"""The kinds of address that pyarrow opens by itself; fsspec is asked for others."""


def is_address(name: str) -> bool:
    """Whether a name is an address (``s3://…``) rather than a path."""
    return _ADDRESS.match(name) is not None


def filesystem(address: str) -> tuple[pyarrow.fs.FileSystem, str]:
    """The storage of an address, and the path in it; `KGError` where that kind of storage cannot be opened.

    Keys and endpoints come from the environment, as the storage's own tools read them (``AWS_ACCESS_KEY_ID``,
    ``AWS_ENDPOINT_URL``); other options may stand in the address (``s3://bucket/folder?region=…``).
    """
    try:
        import pyarrow
        from pyarrow import fs
    except ImportError as error:
        raise KGError(f"{address}: needs the extra arrow; {how_to_install('arrow')}") from error
    kind, _, rest = address.partition("://")
    try:
        if kind.lower() in _OWN:
            found: tuple[fs.FileSystem, str] = fs.FileSystem.from_uri(address)
            return found
        import fsspec

        return fs.PyFileSystem(fs.FSSpecHandler(fsspec.filesystem(kind))), rest
    except (ImportError, ValueError, OSError, pyarrow.ArrowException) as error:
        raise KGError(f"{address}: this storage cannot be opened ({error})") from error


def expand(address: str, wanted: Callable[[str], bool], report: Report) -> list[str]:
    """The addresses of the files that an address names: itself, those below a folder that are ``wanted``, or of a glob.

    What is missing or cannot be listed is reported.
    """
    try:
        storage, path = filesystem(address)
        from pyarrow import fs

        fixed = _before_wildcards(path)
        found = storage.get_file_info(path) if fixed == path else None
        if found is not None and found.type == fs.FileType.File:
            return [address]
        below = storage.get_file_info(fs.FileSelector(fixed, allow_not_found=True, recursive=True))
        inside = [file.path for file in below if file.type == fs.FileType.File]
    except (KGError, OSError) as error:
        report.add(address, "", str(error), whole_file=True)
        return []
    if fixed == path:
        chosen = sorted(file for file in inside if wanted(PurePosixPath(file).name))
        reason = "no file in this folder that could hold papers" if inside else "no such file or folder"
    else:
        chosen = sorted(file for file in inside if fnmatchcase(file, path))
        reason = "no file matches"
    if not chosen:
        report.add(address, "", reason, whole_file=True)
    begin, _, options = address.partition("?")
    kind = begin.partition("://")[0]
    return [f"{kind}://{file}" + (f"?{options}" if options else "") for file in chosen]


def file_name(address: str) -> str:
    """The last part of an address, without options."""
    return PurePosixPath(address.partition("?")[0]).name


def _before_wildcards(path: str) -> str:
    """The path, or the folder above its first part with a wildcard."""
    plain = re.split(r"[*\[]", path, maxsplit=1)[0]
    return path.rstrip("/") if plain == path else plain.rpartition("/")[0]


@contextmanager
def opened(address: str) -> Iterator[IO[bytes]]:
    """The bytes of one file, as a stream; `OSError` where it cannot be opened."""
    try:
        storage, path = filesystem(address)
    except KGError as error:
        raise OSError(str(error)) from error
    with storage.open_input_stream(path, compression=None) as stream:
        yield cast(IO[bytes], stream)
