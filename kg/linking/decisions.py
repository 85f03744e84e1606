"""What people decided about links: a file of lines ``exact<TAB>concept<TAB>IRI`` (or ``close``, or ``no``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.atomic import read_text
from kg.errors import KGError

VERDICTS: Final = ("exact", "close", "no")


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a concept, by id or name, is that of an IRI: ``exact``, ``close`` or ``no``."""

    verdict: str
    concept: str
    iri: str


def read_decisions(path: str | Path) -> tuple[Decision, ...]:
    """The decisions of a file; see `parse_decisions`."""
    return parse_decisions(read_text(path), path)


def parse_decisions(text: str, path: str | Path) -> tuple[Decision, ...]:
    """The decisions in the text of a file; blank lines and lines that begin with # are left out.

    A line of another form is a `KGError` that names file and line.
    """
    found: dict[tuple[str, str], Decision] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != 3 or not all(cells):
            raise KGError(f"{path}: line {number}: needs 3 tab-separated cells (exact, close or no; concept; IRI)")
        if cells[0] not in VERDICTS:
            raise KGError(f"{path}: line {number}: begins with {cells[0]!r}, not with {', '.join(VERDICTS)}")
        decision = Decision(*cells)
        before = found.setdefault((decision.concept, decision.iri), decision)
        if before != decision:
            raise KGError(f"{path}: line {number}: {decision.concept} and {decision.iri} were decided otherwise above")
    return tuple(found.values())
