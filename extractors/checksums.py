"""Digests of a model's files, in its folder as ``SHA256SUMS``: what ``sha256sum`` writes and checks.

``python -m extractors.checksums FOLDER`` writes them for a model that was changed on purpose.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Final

SUMS: Final = "SHA256SUMS"
_NO_PART: Final = frozenset((".md", ".py", ".pyc"))


def files(folder: Path) -> list[Path]:
    """The files of a model: all in its folder but those with text for people and these digests."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix not in _NO_PART)
    return sorted(path for path in found if path.name != SUMS)


def write(folder: Path) -> None:
    """Write the digests of the files in a model's folder."""
    lines = [f"{_digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in files(folder)]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def problem(folder: Path) -> str | None:
    """What is missing or not as it was when the digests were written, in a line; None if nothing is."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
        wanted = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    except FileNotFoundError:
        return f"{folder / SUMS}: missing"
    except (OSError, ValueError) as error:
        return f"{folder / SUMS}: damaged ({error})"
    for name, digest in wanted.items():
        try:
            if _digest(folder / name) != digest:
                return f"{folder / name}: damaged"
        except FileNotFoundError:
            return f"{folder / name}: missing"
        except OSError as error:
            return f"{folder / name}: cannot be read ({error.strerror})"
    more = [path for path in files(folder) if path.relative_to(folder).as_posix() not in wanted]
    return f"{more[0]}: not a part of this model" if more else None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    for name in sys.argv[1:]:
        write(Path(name))
