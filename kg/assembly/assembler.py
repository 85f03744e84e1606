"""Assemble records into one graph: collect, resolve names to concepts, name the concepts, build the graph.

What sees one paper is a function of that paper. What sees all papers sees numbers for names. So memory grows with the
names and by some hundred bytes a paper; texts are on disk where there are many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from extractors.record import Record
from kg.assembly.collect import CollectedPaper, collect_one
from kg.assembly.corrections import Corrections, correct
from kg.assembly.graph_files import GraphFiles
from kg.assembly.idle import idle_lines
from kg.assembly.names import Names
from kg.assembly.numbering import Texts
from kg.assembly.overrides import Overrides
from kg.assembly.present.concept_names import ConceptNames, name_concepts
from kg.assembly.present.explanation_builder import explanations
from kg.assembly.present.explanations import Explanation
from kg.assembly.present.former_ids import former_ids
from kg.assembly.present.graph_builder import EntityConcepts, PaperConcepts, concept_nodes, paper_rows
from kg.assembly.present.narrower import narrower
from kg.assembly.present.paper_keys import paper_keys
from kg.assembly.resolution import Concepts, resolve
from kg.assembly.spool import Spool
from kg.errors import Problem
from kg.graph import Graph, Node, Relationship, checked_confidence, members_above, without_garbage_collection
from kg.papers import Paper


@dataclass(frozen=True, slots=True)
class Assembly:
    """A graph, and for each of its concepts the explanation of why its names are one."""

    graph: Graph
    explanations: tuple[Explanation, ...]


class Decided:
    """What the names of all papers decide: the concepts, and which of them each paper names.

    Papers are numbered in the order of their ids.
    """

    def __init__(
        self,
        names: Names,
        concepts: Concepts,
        shown: ConceptNames,
        corrections: Corrections,
        former: Mapping[int, tuple[str, ...]],
    ) -> None:
        self._names, self._concepts, self._shown, self._corrections = names, concepts, shown, corrections
        self._former = former
        self._keys = Texts(paper_keys(names.ids, names.keys, names.given.tolist()))

    def __len__(self) -> int:
        return len(self._names)

    def paper(self, number: int) -> PaperConcepts:
        """What a paper's part of the graph needs."""
        names = self._names
        first, end = names.entities[number : number + 2].tolist()
        starts = names.forms[first : end + 1].tolist()
        forms = [self._id(concept) for concept in self._concepts.of_form[starts[0] : starts[-1]].tolist()]
        own = self._concepts.of_entity[first:end].tolist()
        entities = tuple(
            EntityConcepts(self._id(concept), tuple(forms[starts[place] - starts[0] : starts[place + 1] - starts[0]]))
            for place, concept in enumerate(own)
        )
        rejected = tuple(
            (relation, self._id(start), self._id(end))
            for relation, start, end in self._corrections.of_paper(names.ids[number], self._keys[number])
        )
        return PaperConcepts(names.ids[number], self._keys[number], entities, rejected)

    def _id(self, concept: int) -> str:
        """The id of a concept, empty if it is left out."""
        return "" if concept in self._corrections.dropped else self._shown.ids[concept]

    def nodes(self) -> Iterator[Node]:
        """The nodes of the concepts, in the order of the graph."""
        dropped = self._corrections.dropped
        return concept_nodes(self._names, self._concepts, self._shown, dropped)

    def relationships(self) -> Iterator[Relationship]:
        """What names alone say of two concepts."""
        found = narrower(self._concepts, self._shown)
        left_out = {self._shown.ids[concept] for concept in self._corrections.dropped}
        return (rel for rel in found if not {rel.start, rel.end} & left_out)

    def explanations(self) -> Iterator[Explanation]:
        """One explanation for each concept, in the order of their ids."""
        return explanations(self._names, self._concepts, self._shown, self._corrections.said, self._former)

    def idle(self, overrides: Overrides) -> tuple[Problem, ...]:
        """The lines of the overrides that have no effect, with the reason."""
        return tuple(idle_lines(overrides, self._concepts, self._names, self._keys))

    def close(self) -> None:
        """Remove what is on disk."""
        self._names.close()


def decide(names: Names, overrides: Overrides | None = None) -> Decided:
    """Resolve the names of all papers, which are complete (`Names.finish`), to concepts."""
    decided = overrides or Overrides()
    concepts = resolve(names, decided)
    corrections = correct(concepts, decided)
    shown = name_concepts(names, concepts, frozenset(decided.preferred))
    return Decided(names, concepts, shown, corrections, former_ids(concepts, shown, decided))


class LargeAssembly:
    """An assembly that need not be in memory, as long as the context of `assembling` lasts.

    ``idle`` tells the lines of the overrides that name what no paper does.
    """

    def __init__(self, graph: GraphFiles, decided: Decided, idle: tuple[Problem, ...]) -> None:
        self.graph, self.idle = graph, idle
        self._decided: Decided | None = decided

    def explanations(self) -> Iterator[Explanation]:
        """One explanation for each concept, in the order of their ids; only once, as the names are forgotten then."""
        if self._decided is None:
            raise ValueError("the explanations have been read")
        decided, self._decided = self._decided, None
        with closing(decided):
            yield from decided.explanations()

    def close(self) -> None:
        """Forget everything."""
        self.graph.close()
        if self._decided is not None:
            self._decided.close()


@contextmanager
def assembling(
    extracted: Iterable[tuple[str, Paper, Record]],
    overrides: Overrides | None = None,
    min_confidence: float = 0.0,
    folder: Path | None = None,
    done: Callable[[str], None] = lambda part: None,
) -> Iterator[LargeAssembly]:
    """The graph of all papers, as `assemble` gives it and `kg.graph.above` leaves it, with what is large in ``folder``.

    The files there are temporary and vanish with the context or the process. ``done`` is called with the name of
    each part of the work when it is done. `KGError` as in `assemble`; `OSError` where a file cannot be written.
    """
    checked_confidence(min_confidence)
    with (
        without_garbage_collection(),
        closing(_assembled(extracted, overrides or Overrides(), min_confidence, folder, done)) as found,
    ):
        yield found


def _assembled(
    extracted: Iterable[tuple[str, Paper, Record]],
    overrides: Overrides,
    min_confidence: float,
    folder: Path | None,
    done: Callable[[str], None],
) -> LargeAssembly:
    with ExitStack() as failed, closing(Spool(CollectedPaper.to_json, CollectedPaper.from_json, folder)) as papers:
        names = failed.enter_context(closing(Names(folder)))
        graph = failed.enter_context(closing(GraphFiles(folder)))
        for paper_id, paper, record in extracted:
            collected = collect_one(paper_id, paper, record)
            names.add(collected)
            papers.add(collected)
        names.finish()
        done("collect")
        decided = decide(names, overrides)
        done("decide")
        for number in range(len(decided)):
            rows = paper_rows(papers[names.place(number)], decided.paper(number))
            graph.add(*members_above(*rows, min_confidence))
        done("statements")
        graph.add(decided.nodes(), decided.relationships())
        done("concepts")
        failed.pop_all()
        return LargeAssembly(graph, decided, decided.idle(overrides))


def assemble(extracted: Iterable[tuple[str, Paper, Record]], overrides: Overrides | None = None) -> Assembly:
    """The graph of all papers, from (paper id, paper, record) triples in any order.

    `KGError` if two papers have the same id. ``overrides`` are pairs of names that a user joins or
    keeps apart.
    """
    with assembling(extracted, overrides) as found:
        graph = Graph(tuple(found.graph.nodes), tuple(found.graph.relationships))
        return Assembly(graph, tuple(found.explanations()))
