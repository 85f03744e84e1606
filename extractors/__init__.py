"""Abstracts in, extraction records out.

>>> import extractors
>>> extractor = extractors.load("patterns")
>>> record = extractor.extract("1", None, "We propose SimCSE, a contrastive learning framework.")
>>> [entity.name for entity in record.entities if entity.introduced]
['SimCSE']

The extractors that :func:`load` knows are ``EXTRACTORS``, whatever installed packages
declare in the entry point group ``abstractkg.extractors``, and models of one's own, by folder.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final

from extractors.extractor import ExtractionError, Extractor, ModelError, WorkerError
from extractors.text.language import foreign_language

__all__ = [
    "ENTRY_POINTS",
    "EXTRACTORS",
    "ExtractionError",
    "Extractor",
    "ModelError",
    "WorkerError",
    "available",
    "foreign_language",
    "load",
]

ENTRY_POINTS: Final = "abstractkg.extractors"


def _default() -> Extractor:
    from extractors.pipeline import shipped

    return shipped("default")


def _fast() -> Extractor:
    from extractors.pipeline import shipped

    return shipped("fast")


def _patterns() -> Extractor:
    from extractors.pipeline import SpacyExtractor

    return SpacyExtractor("patterns", neural=False)


EXTRACTORS: Final[dict[str, Callable[[], Extractor]]] = {"default": _default, "fast": _fast, "patterns": _patterns}
"""Name and factory of the extractors of this package. Entry points of the same name do not replace them."""


def available() -> list[str]:
    """The names that :func:`load` accepts."""
    return sorted({*EXTRACTORS, *entry_points(group=ENTRY_POINTS).names})


def load(name: str = "default") -> Extractor:
    """The extractor called ``name``, or that with the model in the folder ``name``.

    Cheap, as models are loaded with the first paper. ValueError for a name that is neither.
    """
    if name in EXTRACTORS:
        return EXTRACTORS[name]()
    for entry in entry_points(group=ENTRY_POINTS, name=name):
        factory: Callable[[], Extractor] = entry.load()
        return factory()
    from extractors.pipeline import SpacyExtractor, has_model

    if has_model(folder := Path(name)):
        return SpacyExtractor(folder.resolve().name, neural=True, model=folder.resolve())
    raise ValueError(f"unknown extractor {name!r}; there are {', '.join(available())}, and folders with a model")
