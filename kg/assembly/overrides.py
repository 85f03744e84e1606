"""Overrides: what a person decides of names, concepts and claims, against what was extracted."""

from __future__ import annotations

from dataclasses import dataclass, field
from os import PathLike
from typing import Final

from kg.atomic import read_text
from kg.errors import KGError
from kg.schema import CONCEPT_LABELS, STATEMENT_TYPES

_FORMS: Final = {
    "same": "type, name, name",
    "different": "type, name, name",
    "type": "type, name, new type",
    "drop": "type, name",
    "reject": "relationship, name, name, and the paper if only its claim is wrong",
}
"""What stands behind each verdict."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file of overrides: the file, the line in words (``line 3``), and its cells."""

    file: str
    place: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overrides:
    """Pairs of names, as ``(type, name, name)``, that are the same concept or different ones.

    ``preferred`` are names by which a concept is called if it has one of them. ``types`` are ``(type, name, new
    type)``, ``dropped`` are ``(type, name)``, and ``rejected`` are ``(relationship, name, name, paper)`` with an empty
    paper for all of them. ``lines`` says where each stands in a file; what is decided does not depend on it.
    """

    same: tuple[tuple[str, str, str], ...] = ()
    different: tuple[tuple[str, str, str], ...] = ()
    preferred: tuple[str, ...] = ()
    types: tuple[tuple[str, str, str], ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    rejected: tuple[tuple[str, str, str, str], ...] = ()
    lines: tuple[Line, ...] = field(default=(), repr=False, compare=False)


def read_overrides(path: str | PathLike[str]) -> Overrides:
    """The overrides in a file; see `parse_overrides`."""
    return parse_overrides(read_text(path), path)


def parse_overrides(text: str, path: str | PathLike[str]) -> Overrides:
    """The overrides in the text of a file of lines ``same<TAB>Method<TAB>ConvNet<TAB>CNN``; see docs/overrides.md.

    Blank lines and lines that begin with # are left out. A line of another form is a
    `KGError` that names file and line.
    """
    found: dict[str, list[list[str]]] = {verdict: [] for verdict in _FORMS}
    lines: list[Line] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        problem = _problem(cells) or _contradiction(cells, found["type"])
        if problem:
            raise KGError(f"{path}: line {number}: {problem}")
        found[cells[0]].append(cells[1:])
        lines.append(Line(str(path), f"line {number}", tuple(cells)))
    return Overrides(
        tuple((kind, one, other) for kind, one, other in found["same"]),
        tuple((kind, one, other) for kind, one, other in found["different"]),
        types=tuple((kind, name, wanted) for kind, name, wanted in found["type"]),
        dropped=tuple((kind, name) for kind, name in found["drop"]),
        rejected=tuple((cells[0], cells[1], cells[2], "".join(cells[3:])) for cells in found["reject"]),
        lines=tuple(lines),
    )


def _contradiction(cells: list[str], types: list[list[str]]) -> str:
    """What is wrong with a line that gives a concept another type than one before it."""
    before = next((kind for *concept, kind in types if cells[0] == "type" and concept == cells[1:3]), cells[-1])
    return "" if before == cells[-1] or cells[0] != "type" else f"{cells[2]!r} is already of the type {before!r}"


def _problem(cells: list[str]) -> str:
    verdict = cells[0]
    if verdict not in _FORMS:
        return f"begins with {verdict!r}, not with one of {', '.join(_FORMS)}"
    wanted = _FORMS[verdict].count(",") + 2
    if len(cells) != wanted and not (verdict == "reject" and len(cells) == wanted - 1):
        return f"needs {wanted} tab-separated cells ({verdict}, {_FORMS[verdict]}), has {len(cells)}"
    if verdict == "reject":
        if cells[1] not in STATEMENT_TYPES:
            return f"unknown relationship {cells[1]!r}, not one of {', '.join(STATEMENT_TYPES)}"
    else:
        for kind in (cells[1], *cells[3:]) if verdict == "type" else cells[1:2]:
            if kind not in CONCEPT_LABELS:
                return f"unknown type {kind!r}, not one of {', '.join(CONCEPT_LABELS)}"
    return "" if all(cells) else "a cell is empty"
