"""Why names are one concept: kept beside the graph as JSON lines, and told by ``kg explain``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TextIO

from kg.problems import PapergraphError


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two names are (or are not) one: the rule, and (paper, sentence) pairs that speak for it."""

    left: str
    right: str
    rule: str
    evidence: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """One concept: its forms with the number of papers that use each, its votes, joins and refusals."""

    id: str
    name: str
    forms: Mapping[str, int]
    votes: Mapping[str, int]
    joined: tuple[Reason, ...] = ()
    refused: tuple[Reason, ...] = ()


def write_explanations(explanations: Iterable[Explanation], out: TextIO) -> None:
    """Write one JSON line a concept."""
    out.writelines(json.dumps(asdict(e), ensure_ascii=False) + "\n" for e in explanations)


def read_explanations(lines: Iterable[str], name: str = "explanations") -> Iterator[Explanation]:
    """Read what `write_explanations` wrote; `PapergraphError` names ``name`` and line where it is not that."""
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            yield Explanation(
                row["id"], row["name"], row["forms"], row["votes"], _reasons(row["joined"]), _reasons(row["refused"])
            )
        except (ValueError, KeyError, TypeError) as error:
            raise PapergraphError(f"{name}: line {number}: not an explanation ({error})") from error


def _reasons(rows: list[dict[str, Any]]) -> tuple[Reason, ...]:
    return tuple(
        Reason(r["left"], r["right"], r["rule"], tuple((paper, text) for paper, text in r["evidence"])) for r in rows
    )


def explain(name: str, explanations: Iterable[Explanation]) -> list[str]:
    """Lines of text that say why the names of the concepts called ``name`` are one; none if nothing is called so."""
    folded = name.casefold()
    lines: list[str] = []
    for concept in explanations:
        if folded == concept.id or any(form.casefold() == folded for form in (concept.name, *concept.forms)):
            lines.extend(_tell(concept))
    return lines


def _tell(concept: Explanation) -> Iterator[str]:
    yield f"{concept.name}  ({concept.id})"
    yield "  type: " + ", ".join(f"{label} {n}" for label, n in concept.votes.items())
    yield "  forms: " + ", ".join(f"{form} ({n})" for form, n in concept.forms.items())
    for heading, reasons in (("joined", concept.joined), ("kept apart", concept.refused)):
        for reason in reasons:
            yield f"  {heading}: {reason.left} = {reason.right}, by {reason.rule}"
            for paper, sentence in reason.evidence:
                yield f"    {paper}: {sentence}" if sentence else f"    {paper}"
