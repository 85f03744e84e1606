"""Tables of what no rule over strings can find: known concepts, irregular plurals, spellings, wordings."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from extractors.text.words import read_list

HERE: Final = Path(__file__).parent


def rows(name: str) -> list[list[str]]:
    """The lines of a table as lists of cells; blank lines and lines that begin with # are left out."""
    return [line.split("\t") for line in read_list(name, strip=False, folder=HERE)]


def pairs(name: str) -> list[tuple[str, str]]:
    """The lines of a table of two columns."""
    return [(left, right) for left, right in rows(name)]


def words(name: str) -> frozenset[str]:
    """All words of a file that lists them, a space or a line apart."""
    return frozenset(word for row in rows(name) for cell in row for word in cell.split())
