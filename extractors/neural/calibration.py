"""Scores as probabilities."""

from __future__ import annotations

import math
from collections.abc import Sequence


def sigmoid(x: float) -> float:
    """The logistic function, without overflow."""
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def logit(p: float) -> float:
    """Log odds of a probability, kept finite."""
    p = min(max(p, 1e-6), 1 - 1e-6)
    return math.log(p / (1 - p))


def calibrated(log_odds: float, line: Sequence[float]) -> float:
    """The probability that a score turned out to mean, by a line [slope, constant] on the log odds."""
    return sigmoid(line[0] * log_odds + line[1])
