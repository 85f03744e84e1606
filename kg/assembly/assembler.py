"""Assemble records into one graph: collect, resolve names to concepts, name the concepts, build the graph."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from extractors.record import Record
from kg.assembly.collect import collect
from kg.assembly.overrides import Overrides
from kg.assembly.present.concept_names import name_concepts
from kg.assembly.present.explanation_builder import explanations
from kg.assembly.present.explanations import Explanation
from kg.assembly.present.graph_builder import build
from kg.assembly.resolution import resolve
from kg.graph import Graph
from kg.papers import Paper


@dataclass(frozen=True, slots=True)
class Assembly:
    """A graph, and for each of its concepts the explanation of why its names are one."""

    graph: Graph
    explanations: tuple[Explanation, ...]


def assemble(extracted: Iterable[tuple[str, Paper, Record]], overrides: Overrides | None = None) -> Assembly:
    """The graph of all papers, from (paper id, paper, record) triples in any order.

    `KGError` if two papers have the same id. ``overrides`` are pairs of names that a user joins or
    keeps apart.
    """
    with _without_garbage_collection():
        papers = collect(extracted)
        decided = overrides or Overrides()
        concepts = resolve(papers, decided)
        named = name_concepts(papers, concepts, frozenset(decided.preferred))
        return Assembly(build(papers, concepts, named), explanations(papers, concepts, named))


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Garbage collection is off meanwhile: it would visit millions of small values again and again to free none."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
