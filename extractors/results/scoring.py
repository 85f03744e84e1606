"""Weighs clues by a file of weights, fitted to annotated abstracts: those of reported numbers, and of coreference.

A log-linear model: the answers to a question are as likely as the exponential of the sum of the
weights of their clues.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from extractors.text.words import read_list

Weights = dict[str, dict[str, float]]
"""Weights of clues by question: ``result``, a comparison, a role; ``same``."""

FILE: Final = "result_weights.tsv"
"""The weights of the clues about reported numbers (:mod:`extractors.results.clues`)."""


@cache
def fitted_weights(file: str = FILE) -> Weights:
    """The weights in a file of this package."""
    weights: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for line in read_list(file, strip=False):
        question, clue, weight = line.split("\t")
        weights[question][clue] = float(weight)
    return dict(weights)


def score(weights: Weights, question: str, clues: Iterable[str]) -> float:
    """The sum of the weights of clues to a question."""
    known = weights.get(question, {})
    return sum(known.get(clue, 0.0) for clue in clues)


def probability(value: float) -> float:
    """Of a yes with this score."""
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, value))))


def probabilities(scores: Sequence[float]) -> list[float]:
    """Of answers with these scores, one of which is right."""
    top = max(scores)
    odds = [math.exp(value - top) for value in scores]
    return [one / sum(odds) for one in odds]
