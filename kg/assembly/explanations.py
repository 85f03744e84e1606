"""Why names are one concept: kept beside the graph as JSON lines, and told by ``kg explain``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TextIO

from kg.assembly.senses import raw_key
from kg.errors import KGError

Evidence = tuple[tuple[str, str], ...]
"""(paper id, sentence) pairs; the sentence may be empty."""

_SHOWN = 160  # characters of a sentence that are told


@dataclass(frozen=True, slots=True)
class Grounds:
    """Forms of one concept, with the papers that use each, and the rule that makes them its names."""

    forms: Mapping[str, int]
    rule: str
    evidence: Evidence = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Another concept that one might have taken for this one, and why it is not."""

    name: str
    rule: str
    evidence: Evidence = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """One concept: id, name, papers by type, and what its names rest on."""

    id: str
    name: str
    votes: Mapping[str, int]
    grounds: tuple[Grounds, ...]
    refused: tuple[Refusal, ...] = ()

    def names(self) -> Iterator[str]:
        """Every name of the concept."""
        yield self.name
        for grounds in self.grounds:
            yield from grounds.forms


def write_explanations(explanations: Iterable[Explanation], out: TextIO) -> None:
    """Write one JSON line a concept."""
    out.writelines(json.dumps(asdict(e), ensure_ascii=False) + "\n" for e in explanations)


def read_explanations(lines: Iterable[str], name: str = "explanations") -> Iterator[Explanation]:
    """Read what `write_explanations` wrote; `KGError` names ``name`` and line where it is not that."""
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            yield Explanation(
                row["id"],
                row["name"],
                row["votes"],
                tuple(Grounds(g["forms"], g["rule"], _evidence(g)) for g in row["grounds"]),
                tuple(Refusal(r["name"], r["rule"], _evidence(r)) for r in row["refused"]),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise KGError(f"{name}: line {number}: not an explanation ({error})") from error


def _evidence(row: Mapping[str, Any]) -> Evidence:
    return tuple((paper, sentence) for paper, sentence in row["evidence"])


def explain(name: str, explanations: Iterable[Explanation]) -> list[str]:
    """Lines of text on why names are one concept, for every concept called ``name``.

    ``name`` is an id or a name; where no concept has it as written, case aside, those whose
    names differ only in spelling are told. No lines if there are none.
    """
    folded, key = name.casefold(), raw_key(name)
    exact: list[Explanation] = []
    near: list[Explanation] = []
    for concept in explanations:
        if concept.id == name or any(form.casefold() == folded for form in concept.names()):
            exact.append(concept)
        elif not exact and any(raw_key(form) == key for form in concept.names()):
            near.append(concept)
    return [line for concept in exact or near for line in _tell(concept)]


def _tell(concept: Explanation) -> Iterator[str]:
    papers = ", ".join(f"{label} in {_papers(n)}" for label, n in concept.votes.items())
    yield f"{concept.name} ({concept.id}): {papers}"
    for grounds in concept.grounds:
        forms = sorted(grounds.forms.items(), key=lambda item: (-item[1], item[0]))
        yield f"  {grounds.rule}: " + ", ".join(f"{' '.join(form.split())} ({n})" for form, n in forms)
        yield from _quote(grounds.evidence)
    for refusal in concept.refused:
        yield f"  not {refusal.name}: {refusal.rule}"
        yield from _quote(refusal.evidence)


def _papers(count: int) -> str:
    return f"{count} paper" if count == 1 else f"{count} papers"


def _quote(evidence: Evidence) -> Iterator[str]:
    for paper, sentence in evidence:
        text = " ".join(sentence.split())
        text = text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"
        yield "    " + ": ".join(part for part in (paper, text) if part)
