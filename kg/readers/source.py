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

_SHOWN = 60


@dataclass(slots=True)
class _Passage:
    """Places of one file to which the same note applies: the first, and how many there are."""

    place: str
    count: int = 1


@dataclass(slots=True)
class Source:
    """One open file, and the account of it.

    Every part of a file is in a record that the reader gives, or is known structure of the
    format (blank lines, headers, closing tags), or is reported here: `broken` for what was
    meant as a record, `outside` for text between records, `repaired` for what was read
    although it is damaged. ``label`` is the file's name in messages, ``name`` in the graph.
    ``advance`` is told of bytes read by other ways than ``stream``.
    """

    label: str
    name: str
    stream: BinaryIO
    report: Report
    columns: Mapping[str, str] = field(default_factory=dict)
    advance: Callable[[int], None] = lambda size: None
    _notes: dict[str, _Passage] = field(default_factory=dict)
    _outside: str = ""

    def broken(self, place: str, reason: str) -> None:
        """Report one record that cannot be used."""
        self.report.add(self.label, place, reason)

    def repaired(self, place: str, what: str) -> None:
        """Count a damage that was repaired; `close` names its first place and how many there are."""
        if what in self._notes:
            self._notes[what].count += 1
        else:
            self._notes[what] = _Passage(place)

    def outside(self, place: str, text: str) -> None:
        """Count a piece of text that belongs to no record."""
        if text.strip(" \t\r\n\f\v\ufeff"):
            self._outside = self._outside or shortened(text)
            self.repaired(place, "text outside of any record, left out")

    def close(self) -> None:
        """Pass the notes on, one for each kind, and forget them."""
        for what, passage in self._notes.items():
            more = f" ({passage.count} places, this is the first)" if passage.count > 1 else ""
            shown = f": {self._outside!r}" if what.startswith("text outside") else ""
            self.report.note(self.label, passage.place, f"{what}{shown}{more}")
        self._notes, self._outside = {}, ""


def shortened(text: str) -> str:
    """The beginning of a text on one line, for messages."""
    line = " ".join(text[: 4 * _SHOWN].split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


Reader = Callable[[Source], Iterator[tuple[str, Fields]]]
"""Reads the papers of a source, each with its place in words. Broken records go to
`Source.broken`; `UnusableFileError` says that the rest of the file cannot be read."""


class UnusableFileError(Exception):
    """The file, or its rest, cannot be read as what it seems to be. The text says why."""

    def __init__(self, reason: str, place: str = "") -> None:
        super().__init__(reason)
        self.place = place
