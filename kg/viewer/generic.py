"""Concepts that are too general to tell anything in a picture: "accuracy", "deep learning"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set

import networkx

from kg.graph import Node
from kg.viewer.communities import communities
from kg.viewer.concepts import forms
from kg.viewer.edges import Edge, joined

_SPREAD = 0.6  # participation above which a concept belongs to no community in particular
_MANY = 8  # the least number of neighbours of such a concept


def generic(concepts: Mapping[str, Node], edges: Iterable[Edge], among: Sequence[str]) -> Set[str]:
    """The generic ones ``among`` the ids of concepts.

    Where the graph marks concepts as generic, these. Else a concept with a common name (no capital, no digit) and
    many neighbours that are spread over all communities: by the participation coefficient of Guimerà and Amaral (2005).
    """
    marked = {i for i in among if concepts[i].properties.get("generic")}
    if marked:
        return marked
    near = set(among)
    graph = joined(near, (e for e in edges if e.start in near and e.end in near))
    home = {node: n for n, part in enumerate(communities(graph)) for node in part}
    return {
        i
        for i in among
        if forms(concepts[i])[0].islower() and len(graph[i]) >= _MANY and _participation(graph, i, home) > _SPREAD
    }


def _participation(graph: networkx.Graph[str], node: str, home: Mapping[str, int]) -> float:
    """From 0, where all neighbours are in one community, towards 1, where they are evenly spread over many."""
    counts = Counter(home[other] for other in graph[node])
    return 1 - sum((n / counts.total()) ** 2 for n in counts.values())
