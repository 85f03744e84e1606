"""The settings of a build: those given now, which the store remembers, else those that it remembers."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kg.assembly import Overrides, parse_overrides, read_overrides
from kg.assembly.own_words import OwnWords, parse_own_words, read_own_words
from kg.atomic import atomic_write, read_text
from kg.graph import checked_confidence
from kg.stores.archive import Archive
from kg.stores.folder import StoreFolder

MIN_CONFIDENCE: Final = 0.4
"""Statements and results below this confidence are left out of a graph, unless a build says otherwise."""


def minimum(archive: Archive, wanted: float | None) -> float:
    """The minimum confidence in force: the one given now, else the one that the store remembers."""
    given = None if wanted is None else str(checked_confidence(wanted))
    return float(remembered(archive, "min_confidence", given, str(MIN_CONFIDENCE)))


def remembered(archive: Archive, name: str, given: str | None, default: str) -> str:
    """A setting of builds: the one given now (and remembered from now on), the one remembered, or the default."""
    if given is not None:
        archive.set_fact(name, given)
    return archive.fact(name) or default


def overrides_in_force(where: StoreFolder, path: str | Path | None) -> Overrides | None:
    """The overrides in force: those given now, else those that the store remembers."""
    if path is not None:
        text = read_text(path)  # once: a shell's <(command) gives it once
        given = parse_overrides(text, path)  # a file that cannot be used is refused before it is remembered
        with atomic_write(where.overrides_path) as copy:
            copy.write_text(text, "utf-8")
        return given
    return read_overrides(where.overrides_path) if where.overrides_path.exists() else None


def own_words_in_force(where: StoreFolder, path: str | Path | None) -> OwnWords:
    """The names in force: those given now, else those that the store remembers."""
    if path is not None:
        text = read_text(path)
        parse_own_words(text, path)
        with atomic_write(where.vocabulary_path) as copy:
            copy.write_text(text, "utf-8")
    return read_own_words(where.vocabulary_path) if where.vocabulary_path.exists() else OwnWords()
