"""Files and folders that appear whole under their name or not at all: a reader never sees a part of one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_SUFFIX: Final = ".part"


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
        temporary.touch()
        yield temporary
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def atomic_folder(target: Path) -> Iterator[Path]:
    """A temporary folder to write files to; at the end it becomes ``target``, or its files replace those in it."""
    target = Path(os.path.realpath(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = _temporary(target)
    temporary.mkdir()
    try:
        yield temporary
        if not target.exists():
            temporary.replace(target)
            return
        for path in sorted(temporary.iterdir()):
            path.replace(target / path.name)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def is_leftover(path: Path, target: Path) -> bool:
    """Whether a path is what a run that was killed left behind when it wrote ``target``."""
    begin = f".{target.name}."
    writer = path.name.removeprefix(begin).removesuffix(_SUFFIX)
    return path.name == f"{begin}{writer}{_SUFFIX}" and writer.isdigit() and not _runs(int(writer))


def _temporary(target: Path) -> Path:
    """A path beside the target with the number of this process in its name, after removing those of dead ones."""
    with suppress(OSError):  # where the folder cannot be listed, what follows says why
        for path in list(target.parent.glob(f".{_escaped(target.name)}.*{_SUFFIX}")):
            if is_leftover(path, target):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    return target.with_name(f".{target.name}.{os.getpid()}{_SUFFIX}")


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
