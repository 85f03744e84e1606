"""What the model tells apart: types of entities and of reported values, relations, and roles in a result.

A reported value is to the model a fifth kind of mention, typed by what it compares; what it is a
value of are relations from it.
"""

from __future__ import annotations

from typing import Final

from extractors.record import COMPARISONS, RELATION_SIGNATURES, RESULT_ROLES

ROLES: Final = {
    "OF_METHOD": "method",
    "BY_METRIC": "metric",
    "ON_DATASET": "dataset",
    "FOR_TASK": "task",
    "OVER_BASELINE": "baseline",
}
"""Relations from a value, and the field of a result that each stands for."""

SIGNATURES: Final[dict[str, frozenset[tuple[str, str]]]] = RELATION_SIGNATURES | {
    relation: frozenset((comparison, RESULT_ROLES[role]) for comparison in COMPARISONS)
    for relation, role in ROLES.items()
}
"""The types that each relation, roles included, can join."""
