"""ConceptTable of the field as tables: what no rule over strings can find."""

from __future__ import annotations

from importlib.resources import files


def rows(name: str) -> list[list[str]]:
    """The lines of a table as lists of cells; blank lines and lines that begin with # are left out."""
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]


def pairs(name: str) -> list[tuple[str, str]]:
    """The lines of a table of two columns."""
    return [(left, right) for left, right in rows(name)]


def words(name: str) -> frozenset[str]:
    """All words of a file that lists them, a space or a line apart."""
    return frozenset(word for row in rows(name) for cell in row for word in cell.split())
