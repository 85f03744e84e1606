"""What a reader gets and what it gives: one open file, and the fields of each paper in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from kg.errors import Report

Fields = Mapping[str, Any]
"""One paper's values under the names of `kg.papers.Paper`, as the file has them: text is
not clean yet, authors may be one string, the year may be a date. See `kg.readers.build`."""

MAX_RECORD = 32 * 1024 * 1024
"""Bytes or characters above which one record is no paper; it is reported, and never held in memory."""


@dataclass(slots=True)
class Source:
    """One open file. ``label`` is its name in messages, ``name`` in the graph.

    ``advance`` is told of bytes read by other ways than ``stream``.
    """

    label: str
    name: str
    stream: BinaryIO
    report: Report
    columns: Mapping[str, str] = field(default_factory=dict)
    advance: Callable[[int], None] = lambda size: None

    def broken(self, place: str, reason: str) -> None:
        """Report one record that cannot be used."""
        self.report.add(self.label, place, reason)


Reader = Callable[[Source], Iterator[tuple[str, Fields]]]
"""Reads the papers of a source, each with its place in words. Broken records go to
`Source.broken`; `UnusableFileError` says that the rest of the file cannot be read."""


class UnusableFileError(Exception):
    """The file, or its rest, cannot be read as what it seems to be. The text says why."""

    def __init__(self, reason: str, place: str = "") -> None:
        super().__init__(reason)
        self.place = place
