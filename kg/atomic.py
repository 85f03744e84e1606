"""Files and folders that are written whole or not at all, and files that people give, read whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from kg.errors import KGError

_SUFFIX: Final = ".part"
_RANDOM: Final = 8
"""Bytes of chance in the name of what is being written."""
_open: Final[set[Path]] = set()
"""What this process is writing; an earlier process may have had its number."""
LARGEST: Final = 64 << 20
"""The largest size of a file that is read whole, in bytes."""
_OPEN_STREAMS: Final = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
"""What a shell's ``<(command)`` is called."""
_KINDS: Final = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)


@contextmanager
def atomic_write(target: Path) -> Iterator[Path]:
    """A temporary path in the folder of ``target`` to write a file to; it replaces ``target`` at the end.

    On an error the temporary file is removed and ``target`` stays as it was. What a run that was killed left
    behind for the same target is removed, too. A device or pipe is written directly.
    """
    target = Path(os.path.realpath(target))
    if target.exists() and not target.is_file():
        yield target
        return
    temporary = _temporary(target)
    try:
        temporary.touch(exist_ok=False)  # never through a link that somebody put there
        yield temporary
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
        _open.discard(temporary)


@contextmanager
def atomic_folder(target: Path) -> Iterator[Path]:
    """A temporary folder to write files to; at the end it becomes ``target``, or its files replace those in it."""
    target = Path(os.path.realpath(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = _temporary(target)
    try:
        temporary.mkdir()
        yield temporary
        if not target.exists():
            temporary.replace(target)
            return
        for path in sorted(temporary.iterdir()):
            path.replace(target / path.name)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        _open.discard(temporary)


@contextmanager
def atomic_replacement(target: Path) -> Iterator[Path]:
    """A temporary folder to write files to; at the end it takes the place of ``target`` and all that is in it.

    A run that is killed between taking the old folder away and putting the new one there leaves the old one beside
    it, and the next run brings it back.
    """
    target = Path(os.path.realpath(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    old = target.with_name(f".{target.name}.old")
    if old.exists() and not target.exists():
        old.replace(target)
    temporary = _temporary(target)
    try:
        temporary.mkdir()
        yield temporary
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
            target.replace(old)
        temporary.replace(target)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        _open.discard(temporary)


def is_leftover(path: Path, target: Path) -> bool:
    """Whether a path is what a run that was killed left behind when it wrote ``target``."""
    begin = f".{target.name}."
    writer, _, other = path.name.removeprefix(begin).removesuffix(_SUFFIX).partition(".")
    made = path.name == f"{begin}{writer}.{other}{_SUFFIX}" and writer.isdigit() and len(other) == 2 * _RANDOM
    return made and path not in _open and not _runs(int(writer))


def _temporary(target: Path) -> Path:
    """A path beside the target that nothing else has, after removing what dead processes left of the same target.

    The number of this process in its name tells others whether it still runs, chance what it writes several times at
    once, and keeps others from putting something there first.
    """
    with suppress(OSError):  # where the folder cannot be listed, what follows says why
        for path in list(target.parent.glob(f".{_escaped(target.name)}.*{_SUFFIX}")):
            if is_leftover(path, target):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    path = target.with_name(f".{target.name}.{os.getpid()}.{secrets.token_hex(_RANDOM)}{_SUFFIX}")
    _open.add(path)
    return path


def _escaped(name: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)


def _runs(process: int) -> bool:
    """Whether another process has this number; in a container an earlier run often had the same as this one."""
    if process == os.getpid():
        return False
    if os.name != "posix":
        return True  # asking about a process would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def no_file(path: str | os.PathLike[str], *, streams: bool = True) -> str | None:
    """What a path is where it is no regular file, nor one of the ``streams`` that the caller has open; else None.

    Such a thing may never end, or wait for ever. `OSError` where there is nothing.
    """
    mode = os.stat(path).st_mode
    if stat.S_ISREG(mode) or (streams and os.fspath(path).startswith(_OPEN_STREAMS) and not stat.S_ISBLK(mode)):
        return None
    return next((words for test, words in _KINDS if test(mode)), "something else")


def read_text(path: str | os.PathLike[str]) -> str:
    """The text of a file, without a byte order mark; `KGError` where it is no file, too large or not UTF-8."""
    try:
        if kind := no_file(path):
            raise KGError(f"{path}: {kind}, not a file")
        with Path(path).open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise KGError(f"{path}: cannot be read ({error.strerror})") from error
    if len(content) > LARGEST:
        raise KGError(f"{path}: larger than {LARGEST >> 20} MB")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise KGError(f"{path}: not UTF-8 text ({error})") from error
