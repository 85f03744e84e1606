"""Overrides: pairs of names that a user declares to be the same concept, or different ones."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike

from kg.atomic import read_text
from kg.errors import KGError
from kg.schema import CONCEPT_LABELS

VERDICTS = ("same", "different")


@dataclass(frozen=True, slots=True)
class Overrides:
    """Pairs of names, as ``(type, name, name)``, that are the same concept or different ones.

    ``preferred`` are names by which a concept is called if it has one of them.
    """

    same: tuple[tuple[str, str, str], ...] = ()
    different: tuple[tuple[str, str, str], ...] = ()
    preferred: tuple[str, ...] = ()


def read_overrides(path: str | PathLike[str]) -> Overrides:
    """The overrides in a file; see `parse_overrides`."""
    return parse_overrides(read_text(path), path)


def parse_overrides(text: str, path: str | PathLike[str]) -> Overrides:
    """The overrides in the text of a file of lines ``same<TAB>Method<TAB>ConvNet<TAB>CNN`` (or ``different``).

    Blank lines and lines that begin with # are left out. A line of another form is a
    `KGError` that names file and line.
    """
    found: dict[str, list[tuple[str, str, str]]] = {verdict: [] for verdict in VERDICTS}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        problem = _problem(cells)
        if problem:
            raise KGError(f"{path}: line {number}: {problem}")
        found[cells[0]].append((cells[1], cells[2], cells[3]))
    return Overrides(tuple(found["same"]), tuple(found["different"]))


def _problem(cells: list[str]) -> str:
    if len(cells) != 4:
        return f"needs 4 tab-separated cells (same or different, type, name, name), has {len(cells)}"
    if cells[0] not in VERDICTS:
        return f"begins with {cells[0]!r}, not with same or different"
    if cells[1] not in CONCEPT_LABELS:
        return f"unknown type {cells[1]!r}, not one of {', '.join(CONCEPT_LABELS)}"
    if not cells[2] or not cells[3]:
        return "a name is empty"
    return ""
