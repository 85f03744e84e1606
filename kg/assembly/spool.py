"""Values kept in memory while they are few, else in a temporary file that vanishes with the process."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import IO, Final, Generic, TypeVar

T = TypeVar("T")

IN_MEMORY: Final = 4_000
"""Values that stay in memory; with one more, all go to the file."""


class Spool(Generic[T]):
    """A list that only grows: values by number, written as text once there are many. Close it after use.

    ``encode`` gives a value as text and ``decode`` the value again; the file is in ``folder``, or where the
    system keeps temporary files.
    """

    def __init__(
        self,
        encode: Callable[[T], str],
        decode: Callable[[str], T],
        folder: Path | None = None,
    ) -> None:
        self._encode, self._decode, self._folder = encode, decode, folder
        self._values: list[T] = []
        self._ends = array("q", [0])
        self._file: IO[bytes] | None = None

    def __len__(self) -> int:
        return len(self._ends) - 1 if self._file else len(self._values)

    def add(self, value: T) -> None:
        """Append a value; `OSError` where the file cannot be written."""
        if self._file is None:
            self._values.append(value)
            if len(self._values) > IN_MEMORY:
                self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115  # closed by `close`
                for kept in self._values:
                    self._write(kept)
                self._values.clear()
        else:
            self._write(value)

    def _write(self, value: T) -> None:
        assert self._file is not None
        self._ends.append(self._ends[-1] + self._file.write(self._encode(value).encode()))

    def __getitem__(self, number: int) -> T:
        if self._file is None:
            return self._values[number]
        self._file.seek(self._ends[number])
        return self._decode(self._file.read(self._ends[number + 1] - self._ends[number]).decode())

    def close(self) -> None:
        """Forget all values."""
        self._values.clear()
        if self._file is not None:
            self._file.close()
