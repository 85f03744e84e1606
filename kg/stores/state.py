"""The state of a store's graph: what it was made from, and digests that tell whether its files are intact."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.errors import KGError


@dataclass(frozen=True, slots=True)
class FileState:
    """Size, time of last change and SHA-256 digest of a file."""

    size: int
    modified_ns: int
    digest: str

    @classmethod
    def of(cls, path: Path) -> FileState:
        """The state of a file now; `OSError` where it cannot be read."""
        status = path.stat()
        return cls(status.st_size, status.st_mtime_ns, _digest(path))

    def problem(self, path: Path, *, thorough: bool = False) -> str | None:
        """What is wrong with a file that should be in this state, None if it is intact.

        The content is read only if the file's size or time differ, or if ``thorough``.
        """
        try:
            status = path.stat()
            if not thorough and (status.st_size, status.st_mtime_ns) == (self.size, self.modified_ns):
                return None
            return None if status.st_size == self.size and _digest(path) == self.digest else "damaged"
        except FileNotFoundError:
            return "missing"
        except OSError as error:
            return f"cannot be read ({error.strerror})"


@dataclass(frozen=True, slots=True)
class GraphState:
    """What a store's graph was made from (``inputs``, a hash) and with, and the state of its files.

    ``min_confidence`` is the confidence below which statements and results were left out.
    """

    inputs: str
    engine: str
    min_confidence: float
    graph: FileState
    explanations: FileState

    def write(self, path: Path) -> None:
        """Write the state as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> GraphState | None:
        """What `write` wrote, None where there is no such file; `KGError` where it is something else."""
        try:
            row = json.loads(path.read_text(encoding="utf-8"))
            row |= {name: FileState(**row[name]) for name in ("graph", "explanations")}
            return cls(**row)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise KGError(f"{path}: damaged ({error})") from error


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
