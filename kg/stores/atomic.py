"""Files that are replaced in one step: a reader sees the old content or the new, never a part."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def atomic_write(target: Path) -> Iterator[Path]:
    """A temporary path in the folder of ``target`` to write to; it replaces ``target`` at the end.

    On an error the temporary file is removed and ``target`` stays as it was.
    """
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)  # mkstemp makes private files; this one gets the usual permissions
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
