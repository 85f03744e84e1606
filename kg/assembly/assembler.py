"""The steps of assembly in order: collect, identify, cluster, name, build."""

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
    """A graph, and for each of its concepts why its names are one."""

    graph: Graph
    explanations: tuple[Explanation, ...]


def assemble(extracted: Iterable[tuple[str, Paper, Record]], overrides: Overrides | None = None) -> Assembly:
    """The graph of all papers, from (paper id, paper, record) triples in any order.

    Ids must differ; a second one is a `KGError`. ``overrides`` are names that a
    person joins or keeps apart.
    """
    with _uncollected():
        papers = collect(extracted)
        concepts = resolve(papers, overrides or Overrides())
        named = name_concepts(papers, concepts)
        return Assembly(build(papers, concepts, named), explanations(papers, concepts, named))


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection meanwhile: millions of small values are made and kept, none of them in a cycle."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
