"""Reported values that the model finds, and results made of them and the entities that they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from extractors.document.annotations import Entity, Result
from extractors.neural import features as ft
from extractors.neural.calibration import calibrated
from extractors.neural.labels import ROLES
from extractors.record import RESULT_ROLES, Comparison
from extractors.text.sentences import sentence_at

NAME: Final = "neural"


@dataclass(frozen=True, order=True, slots=True)
class Value:
    """A reported number in the text, and what it compares; ``confidence`` that it is one."""

    start: int
    end: int
    comparison: Comparison
    confidence: float


@dataclass(frozen=True, slots=True)
class RoleSettings:
    """From which probability an entity has a role in a result, and the calibration [slope, constant] of it."""

    threshold: float = 0.5
    calibration: tuple[float, float] = field(default=(1.0, 0.0))


def find_results(
    text: str,
    values: Sequence[Value],
    entities: Sequence[Entity],
    scores: Mapping[tuple[int, int], ft.Floats],
    relations: Sequence[str],
    settings: RoleSettings,
    sentences: list[tuple[int, int]],
) -> list[Result]:
    """One result for each value, with the likeliest entity in each role that any is likely enough for.

    ``scores`` are of pairs (value, entity), the log odds of ``relations``.
    """
    results = []
    for v, value in enumerate(values):
        roles: dict[str, int] = {}
        for relation, role in ROLES.items():
            r = relations.index(relation)
            of_type = (e for e, entity in enumerate(entities) if entity.type == RESULT_ROLES[role])
            ranked = sorted((-float(scores[v, e][r]), e) for e in of_type if (v, e) in scores)
            if ranked and calibrated(-ranked[0][0], settings.calibration) >= settings.threshold:
                roles[role] = ranked[0][1]
        if roles.get("baseline") is not None and roles.get("baseline") == roles.get("method"):
            del roles["baseline"]
        start, end = sentence_at(sentences, value.start)
        results.append(
            Result(
                text[value.start : value.end],
                value.comparison,
                start,
                end,
                method=roles.get("method"),
                metric=roles.get("metric"),
                dataset=roles.get("dataset"),
                task=roles.get("task"),
                baseline=roles.get("baseline"),
                confidence=value.confidence,
                extractor=NAME,
            )
        )
    return results
