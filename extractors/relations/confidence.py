"""How sure a relation is, from everything that speaks for and against it.

A logistic regression over what the sources say (the model's score, a template's share of right
ones, a statement read), how the text shows it, and what it joins. The weights are fitted on
annotated abstracts by ``python -m extractors.training.calibrate_claims``, one set for each
model (``claims.json`` in its folder) and one for patterns alone (``PATTERNS``).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from extractors.document.annotations import Entity
from extractors.record import RELATION_SIGNATURES
from extractors.relations.evidence import Evidence
from extractors.text.words import DATA

PATTERNS: Final = DATA / "claims" / "weights.json"
"""The fit where there is no model."""
FEATURES: Final = (
    "constant",
    "model",
    "model sure",
    "no model",
    "template",
    "template alone",
    "implied",
    "stated win",
    "stated tie",
    "stated base",
    "stated founded",
    "title",
    "ours",
    "near",
    "apart",
    "distance",
    *(f"no cue {relation}" for relation in ("OUTPERFORMS", "EVALUATED_ON", "BASED_ON", "COMPARED_WITH")),
    "head mention",
    "tail mention",
    "head mention alone",
    "tail mention alone",
    "own head",
    "own tail",
    *sorted(RELATION_SIGNATURES),
)
_FEATURES: Final = frozenset(FEATURES)


@dataclass(slots=True)
class Candidate:
    """A relation with the highest probability that each kind of source gives it (0: none).

    ``stated`` is by what words a sentence states it: win, tie, base, founded; empty if none is read.
    """

    head: int
    relation: str
    tail: int
    model: float = 0.0
    template: float = 0.0
    implied: float = 0.0
    stated: str = ""
    sources: set[str] = field(default_factory=set)


def features(candidate: Candidate, evidence: Evidence, entities: list[Entity]) -> dict[str, float]:
    """The values of :data:`FEATURES` that are not 0."""
    head, tail = entities[candidate.head], entities[candidate.tail]
    alone = "" if candidate.model else " alone"  # the model weighs mentions itself, and templates beside it less
    found = {
        "constant": 1.0,
        "model": _log_odds(candidate.model) if candidate.model else 0.0,
        "model sure": max(0.0, _log_odds(candidate.model) - 1.0) if candidate.model else 0.0,
        "no model": float(not candidate.model),
        f"template{alone}": _log_odds(candidate.template) + 3.0 if candidate.template else 0.0,
        "implied": _log_odds(candidate.implied) + 3.0 if candidate.implied else 0.0,
        evidence.grade: 1.0,
        "distance": math.log1p(max(evidence.apart, 0)) / 5.0,
        f"head mention{alone}": math.log(_surest(head)),
        f"tail mention{alone}": math.log(_surest(tail)),
        "own head": float(head.introduced),
        "own tail": float(tail.introduced),
        candidate.relation: 1.0,
    }
    if candidate.stated:
        found[f"stated {candidate.stated}"] = 1.0
    if not evidence.cued:
        found[f"no cue {candidate.relation}"] = 1.0
    return {name: value for name, value in found.items() if value and name in _FEATURES}


def confidence(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The probability that a relation with these features is right."""
    return 1 / (1 + math.exp(-sum(weights[name] * value for name, value in found.items())))


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights of features, and the confidence from which on F1 was highest."""

    weights: Mapping[str, float]
    threshold: float


@cache
def read_fit(path: Path) -> Fit:
    """The fit in a file that ``calibrate_claims`` wrote."""
    given: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Fit(**given)


def _log_odds(p: float) -> float:
    p = min(max(p, 0.01), 0.99)
    return math.log(p / (1 - p))


def _surest(entity: Entity) -> float:
    return max(0.01, *(mention.confidence for mention in entity.mentions))
