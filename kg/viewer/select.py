"""Selecting what a picture shows: the most important concepts of a graph, and what papers say about them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from kg import schema
from kg.errors import KGError
from kg.graph import Graph, Node, Relationship
from kg.viewer import ARRANGEMENTS, LIMIT, MOST
from kg.viewer.concepts import is_generic, papers_of, resolve
from kg.viewer.edges import Edge, edges_of, neighbours_of

FOLDED = 500
"""The largest number of neighbours in a page that are shown on demand."""

PAPER_LINKS = ("INTRODUCES", "ABOUT")
"""The relationships that join papers, where they are shown, to what they are mainly about."""

_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """What to show; by default everything, up to ``limit`` concepts.

    ``about`` is the name of a concept, shown with all concepts within ``hops`` statements of it. Other
    options select statements: of papers that mention ``task``, of the types in ``relations``, from
    ``years`` (first and last, both included). ``min_papers`` is the smallest number of papers
    that mention a concept. With ``papers``, the papers that introduce or are about what is shown are nodes, too.
    Generic concepts are shown only as what the picture is about. ``arrange`` is where they stand: ``near`` what they
    are named with, or by ``time``, in the column of the year in which a paper first names them.
    """

    about: str | None = None
    hops: int = 1
    task: str | None = None
    relations: Collection[str] = ()
    years: tuple[int, int] | None = None
    min_papers: int = 1
    limit: int = LIMIT
    papers: bool = False
    arrange: str = "near"

    def __post_init__(self) -> None:
        for name in self.relations:
            if name not in schema.STATEMENT_TYPES:
                valid = ", ".join(schema.STATEMENT_TYPES)
                raise KGError(f"unknown relationship type {name!r}; there are {valid}")
        if not 1 <= self.limit <= MOST:
            raise KGError(f"a page shows 1 to {MOST:,} concepts, not {self.limit:,}")
        if self.arrange not in ARRANGEMENTS:
            raise KGError(f"unknown arrangement {self.arrange!r}; there are {', '.join(ARRANGEMENTS)}")


@dataclass(frozen=True, slots=True)
class Picture:
    """The part of a graph that is in a page.

    ``concepts`` are shown; ``folded`` are neighbours that the page shows on demand; ``papers`` are those that
    are nodes. ``edges`` are those between all of them. ``total`` is the number of concepts that the choice
    allows, and ``center`` the one that it is about.
    """

    concepts: Sequence[Node]
    folded: Sequence[Node]
    edges: Sequence[Edge]
    total: int
    center: str | None = None
    papers: Sequence[Node] = ()

    @property
    def left_out(self) -> int:
        """The number of concepts that the choice allows but that are not in the page."""
        return self.total - len(self.concepts) - len(self.folded)


def select(graph: Graph, choice: Choice) -> Picture:
    """The part of the graph that a choice selects; `KGError` if nothing is left.

    If there are more concepts than the limit, those nearest to ``about`` are selected, then those
    that most papers mention, then those with the most neighbours.
    """
    concepts = {n.id: n for n in graph.nodes if n.label in schema.CONCEPT_LABELS}
    center = resolve(concepts.values(), choice.about).id if choice.about is not None else None
    wanted = {i for i, n in concepts.items() if papers_of(n) >= choice.min_papers and not is_generic(n)}
    if center is not None:
        wanted.add(center)
    edges = [e for e in edges_of(statements(graph, choice)) if e.start in wanted and e.end in wanted]
    neighbours = neighbours_of(edges)
    distance = _distances(center, neighbours, choice.hops) if center else dict.fromkeys(neighbours, 0)
    if not distance:
        raise KGError("nothing to show: no statement matches these options")
    order = sorted(distance, key=lambda i: (distance[i], -papers_of(concepts[i]), -len(neighbours[i]), i))
    shown = order[: choice.limit] if center else _joined(order, neighbours, choice.limit)
    folded = _around(shown, neighbours, concepts)
    kept = {*shown, *folded}
    papers, links = _papers(graph, set(shown), choice.limit) if choice.papers else ((), ())
    return Picture(
        [concepts[i] for i in shown],
        [concepts[i] for i in folded],
        [*(e for e in edges if e.start in kept and e.end in kept), *links],
        len({*distance, *folded}),
        center,
        papers,
    )


def _around(shown: Sequence[str], neighbours: Mapping[str, set[str]], concepts: Mapping[str, Node]) -> list[str]:
    """The neighbours of what is shown, those with the most neighbours there first."""
    around = Counter(n for i in shown for n in neighbours[i])
    for known in shown:
        del around[known]
    return sorted(around, key=lambda i: (-around[i], -papers_of(concepts[i]), i))[:FOLDED]


def _papers(graph: Graph, shown: Set[str], limit: int) -> tuple[Sequence[Node], Sequence[Edge]]:
    """The papers that introduce or are about the most of what is shown, and the edges that say so."""
    links: dict[str, list[Relationship]] = defaultdict(list)
    for rel in graph.relationships:
        if rel.type in PAPER_LINKS and rel.end in shown:
            links[rel.start].append(rel)
    chosen = sorted(links, key=lambda i: (-len(links[i]), i))[:limit]
    known = {n.id: n for n in graph.nodes if n.label == "Paper"}
    return [known[i] for i in chosen], edges_of(rel for i in chosen for rel in links[i])


def statements(graph: Graph, choice: Choice) -> Iterable[Relationship]:
    """The statements whose type, paper and year the choice allows."""
    types = choice.relations or schema.STATEMENT_TYPES
    years = {n.id: n.properties.get("year") for n in graph.nodes if n.label == "Paper"}
    allowed = set(years)
    if choice.years is not None:
        first, last = choice.years
        allowed = {i for i, year in years.items() if isinstance(year, int) and first <= year <= last}
    if choice.task is not None:
        task = resolve((n for n in graph.nodes if n.label == "Task"), choice.task, ("Task",)).id
        allowed &= {r.start for r in graph.relationships if r.end == task and r.type in ("MENTIONS", "ABOUT")}
    everything = choice.years is None and choice.task is None
    for rel in graph.relationships:
        if rel.type in types and (everything or rel.properties.get("paper") in allowed):
            yield rel


def _distances(start: str, neighbours: Mapping[str, set[str]], hops: int) -> dict[str, int]:
    """Breadth-first distances from ``start``, up to ``hops``."""
    distance = {start: 0}
    rim = {start}
    for hop in range(1, hops + 1):
        rim = {n for i in rim for n in neighbours[i]} - distance.keys()
        distance.update(dict.fromkeys(rim, hop))
    return distance


def _joined(order: list[str], neighbours: Mapping[str, set[str]], limit: int) -> list[str]:
    """The first concepts in order, without those whose neighbours are all left out."""
    lone: set[str] = set()
    chosen: list[str] = []
    for _ in range(_ROUNDS):
        chosen = [i for i in order if i not in lone][:limit]
        within = set(chosen)
        found = {i for i in chosen if not neighbours[i] & within}
        if not found:
            break
        lone |= found
    within = set(chosen)
    return [i for i in chosen if neighbours[i] & within] or chosen
