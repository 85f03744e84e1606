"""Communities of concepts, found by the Louvain method (Blondel and others, 2008), and their titles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import networkx

from kg.graph import Node
from kg.viewer.concepts import papers_of

_SEED = 7


def communities(graph: networkx.Graph[str]) -> Sequence[Sequence[str]]:
    """The communities, largest first, each sorted by id; the same graph always gives the same ones."""
    found = networkx.community.louvain_communities(graph, seed=_SEED)
    return sorted((sorted(part) for part in found), key=lambda part: (-len(part), part))


def namesake(members: Iterable[Node]) -> Node:
    """The member that a community is called after: its most mentioned task, else its most mentioned concept."""
    return min(members, key=lambda n: (n.label == "Paper", n.label != "Task", -papers_of(n), n.id))
