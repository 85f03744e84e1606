"""Confidences that mean something: logistic calibration (Platt 1999) and how well it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def fit_logistic(x: Floats, y: Floats, ridge: Floats) -> Floats:
    """Weights [k] of a logistic regression of y [n] (0 or 1) on x [n, k], by Newton's method."""
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (p - y) + ridge * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge + 1e-9)
        step = np.linalg.solve(hessian, gradient)
        w = w - step
        if np.abs(step).max() < 1e-8:
            break
    return w


def fit_line(log_odds: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Slope and constant that turn log odds into the log odds they should have been."""
    x = np.stack([np.asarray(log_odds, float), np.ones(len(log_odds))], 1)
    slope, constant = fit_logistic(x, np.asarray(right, float), np.array([0.01, 0.01]))
    return round(float(slope), 4), round(float(constant), 4)


def best_threshold(confidence: Floats, right: NDArray[np.bool_], gold: int) -> tuple[float, float]:
    """The threshold with the highest F1, and that F1, where ``gold`` items could have been found."""
    order = np.argsort(-confidence, kind="stable")
    hits = np.cumsum(right[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + gold)
    smooth = np.convolve(f1, np.ones(25) / 25, "same") if len(f1) > 200 else f1
    best = int(smooth.argmax())
    return round(float(confidence[order][best]), 4), float(f1[best])


def f1_at(confidence: Floats, right: NDArray[np.bool_], gold: int, threshold: float) -> float:
    """F1 of what reaches a threshold."""
    chosen = confidence >= threshold
    both = int(chosen.sum()) + gold
    return 2 * float((right & chosen).sum()) / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Bin:
    """Items of about equal confidence: how many, their mean confidence, the share that is right."""

    count: int
    confidence: float
    right: float


def reliability(confidence: Floats, right: NDArray[np.bool_], bins: int = 10) -> list[Bin]:
    """Bins of equal width between 0 and 1; empty ones are left out."""
    at = np.minimum((confidence * bins).astype(int), bins - 1)
    rows = [(at == b) for b in range(bins)]
    return [Bin(int(m.sum()), float(confidence[m].mean()), float(right[m].mean())) for m in rows if m.any()]


def expected_error(rows: list[Bin]) -> float:
    """Expected calibration error: the mean gap between confidence and share right."""
    total = sum(row.count for row in rows)
    return sum(row.count * abs(row.confidence - row.right) for row in rows) / max(total, 1)


def diagram(series: dict[str, list[Bin]], side: int = 320) -> str:
    """A reliability diagram as SVG: share right over confidence, one line a series."""
    colours = ("#1b6ca8", "#c8553d", "#3a7d44", "#7d5ba6")
    pad = 44
    size = side + 2 * pad

    def at(x: float, y: float) -> tuple[float, float]:
        return round(pad + x * side, 1), round(pad + (1 - y) * side, 1)

    font = 'font-family="sans-serif" font-size="11"'
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" {font}>']
    out.append(f'<rect width="{size}" height="{size}" fill="white"/>')
    for k in range(0, 11, 2):
        (x, bottom), (left, y) = at(k / 10, 0), at(0, k / 10)
        out.append(f'<path d="M{x} {bottom}V{pad}M{left} {y}H{pad + side}" stroke="#dddddd"/>')
        out.append(f'<text x="{x}" y="{bottom + 15}" text-anchor="middle">{k / 10}</text>')
        out.append(f'<text x="{left - 6}" y="{y + 4}" text-anchor="end">{k / 10}</text>')
    out.append('<path d="M{} {}L{} {}" stroke="#888888" stroke-dasharray="4"/>'.format(*at(0, 0), *at(1, 1)))
    for n, (name, rows) in enumerate(series.items()):
        colour = colours[n % len(colours)]
        points = [at(row.confidence, row.right) for row in rows]
        path = " ".join(f"{x},{y}" for x, y in points)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        for (x, y), row in zip(points, rows, strict=True):
            radius = round(2 + min(row.count, 2000) ** 0.25, 1)
            out.append(f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{colour}" fill-opacity="0.6"/>')
        out.append(f'<text x="{pad + 10}" y="{pad + 16 + 15 * n}" fill="{colour}">{name}</text>')
    out.append(f'<text x="{pad + side / 2}" y="{size - 8}" text-anchor="middle">confidence</text>')
    out.append(f'<text transform="translate(12 {pad + side / 2}) rotate(-90)" text-anchor="middle">share right</text>')
    return "\n".join([*out, "</svg>\n"])
