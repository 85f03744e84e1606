"""Rows sorted out of core: sorted runs of them in a temporary file, merged when they are read."""

from __future__ import annotations

import heapq
import json
import tempfile
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, Final

Row = tuple[tuple[str, ...], Any]
"""What a row is sorted by, and what it says, as JSON has it."""

RUN: Final = 20_000
"""Rows that are sorted in memory; as many more make a run on disk."""
BLOCK: Final = 100
"""Rows of each run that are in memory while runs are merged."""


class SortedRows:
    """Rows that come in any order and are read in theirs, any number of times. Close it after use.

    Rows with equal keys stay in the order in which they came.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._rows: list[Row] = []
        self._file: IO[bytes] | None = None
        self._runs: list[list[tuple[int, int]]] = []
        """Where the blocks of each run begin in the file, and how long they are."""

    def add(self, key: tuple[str, ...], value: Any) -> None:
        """Add a row; `OSError` where a run cannot be written."""
        self._rows.append((key, value))
        if len(self._rows) == RUN:
            self._write_run()

    def _write_run(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115  # closed by `close`
        self._rows.sort(key=itemgetter(0))
        start = self._file.seek(0, 2)
        blocks = []
        for first in range(0, len(self._rows), BLOCK):
            block = self._rows[first : first + BLOCK]
            size = self._file.write(json.dumps(block, separators=(",", ":")).encode())
            blocks.append((start, size))
            start += size
        self._runs.append(blocks)
        self._rows.clear()

    def __iter__(self) -> Iterator[Row]:
        self._rows.sort(key=itemgetter(0))
        if self._file is None:
            return iter(self._rows)
        return heapq.merge(*map(self._read, self._runs), self._rows, key=itemgetter(0))

    def _read(self, blocks: list[tuple[int, int]]) -> Iterator[Row]:
        assert self._file is not None
        for start, size in blocks:
            self._file.seek(start)
            for key, value in json.loads(self._file.read(size)):
                yield tuple(key), value

    def close(self) -> None:
        """Forget all rows."""
        self._rows.clear()
        if self._file is not None:
            self._file.close()
