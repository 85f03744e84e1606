"""The appearance of the schema in pictures: phrases for relationships, shapes and colours for labels."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

PHRASES: Final[Mapping[str, tuple[str, str]]] = {
    "USED_FOR": ("used for", "uses"),
    "EVALUATED_ON": ("evaluated on", "evaluated on it"),
    "TRAINED_ON": ("trained on", "trained on it"),
    "BENCHMARK_FOR": ("benchmark for", "benchmarks"),
    "MEASURED_BY": ("measured by", "measured by it"),
    "OUTPERFORMS": ("outperforms", "outperformed by"),
    "COMPARED_WITH": ("compared with", "compared with"),
    "PART_OF": ("part of", "parts"),
    "BASED_ON": ("based on", "built on it"),
    "SUBCLASS_OF": ("kind of", "kinds"),
    "INTRODUCES": ("introduces", "introduced by"),
    "ABOUT": ("about", "subject of"),
}
"""For each type of edge, the heading at the concept where it starts, and at the one where it ends."""

LIGHT: Final[Mapping[str, str]] = {
    "Method": "#2868b0",
    "Task": "#c8443f",
    "Dataset": "#1f8a5b",
    "Metric": "#8455c0",
    "Paper": "#6a737d",
}
DARK: Final[Mapping[str, str]] = {
    "Method": "#6fb0f2",
    "Task": "#ff8d80",
    "Dataset": "#5fd09b",
    "Metric": "#c3a2f7",
    "Paper": "#98a2ae",
}
"""Colours by label, with a contrast of at least 3:1 to the background in the light and dark themes."""

SHAPES: Final[Mapping[str, str]] = {
    "Method": "circle",
    "Task": "diamond",
    "Dataset": "square",
    "Metric": "triangle",
    "Paper": "page",
}

EDGES: Final[Mapping[str, str]] = {
    "USED_FOR": "Task",
    "EVALUATED_ON": "Dataset",
    "TRAINED_ON": "Dataset",
    "BENCHMARK_FOR": "Task",
    "MEASURED_BY": "Metric",
    "OUTPERFORMS": "rivals",
    "COMPARED_WITH": "rivals",
    "PART_OF": "family",
    "BASED_ON": "family",
    "SUBCLASS_OF": "family",
    "INTRODUCES": "Paper",
    "ABOUT": "Paper",
}
"""The colours of edges: that of the label where they end; between methods, that of rivals or of a family."""

PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "light": (
        *("#2868b0", "#a85705", "#197a50", "#8455c0", "#c8443f"),
        *("#0e7f8c", "#b83280", "#64721b", "#7a5230", "#4a56c8"),
    ),
    "dark": (
        *("#6fb0f2", "#f0a860", "#5fd09b", "#c3a2f7", "#ff8d80"),
        *("#5bcad6", "#f08cc4", "#bccb62", "#d1a784", "#98a5ff"),
    ),
}
"""Colours of communities, the largest first; more communities than colours begin again."""

_RADII: Final = (5.5, 2.0, 26.0)  # least, growth, largest


SWITCH: Final = """\
@media (prefers-color-scheme: light) { :root:has(#theme:checked) { color-scheme: dark; } }
@media (prefers-color-scheme: dark) { :root:has(#theme:checked) { color-scheme: light; } }
"""
"""Style of a page without scripts: its box `theme`, ticked, asks for the other theme than the reader's system does."""


def variables(light: Mapping[str, str], dark: Mapping[str, str]) -> str:
    """Colours as CSS variables that have the value of the theme in use."""
    return " ".join(f"--{name.lower()}: light-dark({colour}, {dark[name]});" for name, colour in light.items())


def radius(papers: int) -> float:
    """The size of a concept, in pixels: its area grows with the papers that mention it."""
    least, growth, largest = _RADII
    return round(min(largest, least + growth * math.sqrt(max(papers, 1) - 1)), 1)


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: ``1 paper``, ``1,024 papers``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
