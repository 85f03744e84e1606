"""Explanations of why names are one concept: kept beside the graph as JSON lines, printed by ``kg explain``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TextIO

from extractors.names.lookup import Entry, lookup, unknown_name
from kg.errors import KGError

Evidence = tuple[tuple[str, str], ...]
"""(paper id, sentence) pairs; the sentence may be empty."""

_SHOWN: Final = 160  # characters of a sentence that are printed


@dataclass(frozen=True, slots=True)
class Reason:
    """Forms of one concept with the number of papers that use each, and the rule that makes them its names."""

    forms: Mapping[str, int]
    rule: str
    evidence: Evidence = ()


@dataclass(frozen=True, slots=True)
class KeptApart:
    """Another concept that might be taken for this one, and why it is not."""

    name: str
    rule: str
    evidence: Evidence = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the names of one concept are one: ``papers`` counts by type, ``reasons`` come with their forms."""

    id: str
    name: str
    papers: Mapping[str, int]
    reasons: tuple[Reason, ...]
    kept_apart: tuple[KeptApart, ...] = ()
    decided: tuple[str, ...] = ()
    """What a person decided of it by overrides of types, concepts and claims, in words."""
    former: tuple[str, ...] = ()
    """Ids that it, or a part of it, had without a person's decisions."""

    def forms(self) -> Iterator[str]:
        """Every form of the concept's name that papers use."""
        for reason in self.reasons:
            yield from reason.forms


def write_explanations(explanations: Iterable[Explanation], out: TextIO) -> None:
    """Write one JSON line a concept."""
    out.writelines(json.dumps(_row(e), ensure_ascii=False) + "\n" for e in explanations)


def _row(explanation: Explanation) -> dict[str, Any]:
    return {
        "id": explanation.id,
        "name": explanation.name,
        "papers": explanation.papers,
        "reasons": [{"forms": r.forms, "rule": r.rule, "evidence": r.evidence} for r in explanation.reasons],
        "kept_apart": [{"name": k.name, "rule": k.rule, "evidence": k.evidence} for k in explanation.kept_apart],
        "decided": explanation.decided,
        **({"former": explanation.former} if explanation.former else {}),
    }


def read_explanations(lines: Iterable[str], name: str = "explanations") -> Iterator[Explanation]:
    """Read what `write_explanations` wrote; `KGError` names ``name`` and line where it is not that."""
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            yield Explanation(
                row["id"],
                row["name"],
                row["papers"],
                tuple(Reason(r["forms"], r["rule"], _evidence(r)) for r in row["reasons"]),
                tuple(KeptApart(r["name"], r["rule"], _evidence(r)) for r in row["kept_apart"]),
                tuple(row["decided"]),
                tuple(row.get("former", ())),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise KGError(f"{name}: line {number}: not an explanation ({error})") from error


def _evidence(row: Mapping[str, Any]) -> Evidence:
    return tuple((paper, sentence) for paper, sentence in row["evidence"])


def find_explanations(name: str, explanations: Iterable[Explanation]) -> list[Explanation]:
    """The explanations of every concept that ``name`` can mean, the likeliest first (`extractors.names.lookup`).

    `KGError` suggests similar names where there is none.
    """
    by_id = {explanation.id: explanation for explanation in explanations}
    entries = [Entry(e.id, e.name, (*e.forms(), *e.former), sum(e.papers.values())) for e in by_id.values()]
    found = lookup(name, entries)
    if not found:
        raise KGError(unknown_name("concept", name, entries))
    return [by_id[entry.id] for entry in found]


def describe(explanation: Explanation) -> Iterator[str]:
    """Lines of text that say which names a concept has and what each of them rests on."""
    papers = ", ".join(f"{label} in {_papers(count)}" for label, count in explanation.papers.items())
    yield f"{explanation.name} ({explanation.id}): {papers}"
    for reason in explanation.reasons:
        forms = sorted(reason.forms.items(), key=lambda item: (-item[1], item[0]))
        yield f"  {reason.rule}: " + ", ".join(f"{' '.join(form.split())} ({count})" for form, count in forms)
        yield from _quote(reason.evidence)
    for other in explanation.kept_apart:
        yield f"  not {other.name}: {other.rule}"
        yield from _quote(other.evidence)
    for line in explanation.decided:
        yield f"  {line}"
    for identifier in explanation.former:
        yield f"  was {identifier}"


def _papers(count: int) -> str:
    return f"{count} paper" if count == 1 else f"{count} papers"


def _quote(evidence: Evidence) -> Iterator[str]:
    for paper, sentence in evidence:
        text = " ".join(sentence.split())
        text = text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"
        yield "    " + ": ".join(part for part in (paper, text) if part)
