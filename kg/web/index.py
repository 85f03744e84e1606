"""A graph in memory, with what pages look up, beside its store, which answers saved queries."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from extractors.names.lookup import Entry, lookup, unknown_name
from kg import schema
from kg.errors import KGError
from kg.graph import Graph, Node, Relationship, confidence
from kg.querying import run, saved
from kg.querying.questions import names
from kg.querying.saved import SavedQuery
from kg.stores import Store
from kg.table import Table
from kg.web.data import Board, Concept, Evidence, Overview, PaperRef

ROLES: Final = {
    "OF_METHOD": "method",
    "ON_DATASET": "dataset",
    "BY_METRIC": "metric",
    "FOR_TASK": "task",
    "OVER_BASELINE": "baseline",
}
"""What a result belongs to, by the type of the relationship that says so."""
_KEYS: Final = ("key", "arxiv", "doi")
"""Properties of a paper that name it in a bibliography, the best first."""


class _OneAtATime:
    """A store that several threads may ask: a connection runs one statement at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self.engine = store.engine

    def run(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Table:
        with self._lock:
            return self._store.run(statement, parameters)

    def read(self) -> Graph:
        with self._lock:
            return self._store.read()

    def close(self) -> None:
        self._store.close()


class Index:
    """A graph and its store, opened once and never changed; pages are functions of it."""

    def __init__(self, graph: Graph, store: Store) -> None:
        self.graph = graph
        self._store = _OneAtATime(store)
        self._naming = threading.Lock()
        self._names: names.Names | None = None
        self.nodes: dict[str, Node] = {node.id: node for node in graph.nodes}
        self.statements: dict[str, list[Relationship]] = defaultdict(list)
        """What papers say of a concept, at both ends."""
        self.claims_in: dict[str, list[Relationship]] = defaultdict(list)
        self.papers_of: dict[str, list[str]] = defaultdict(list)
        self.concepts_in: dict[str, list[str]] = defaultdict(list)
        self.about: dict[str, list[str]] = defaultdict(list)
        self.introducing: dict[str, list[Relationship]] = defaultdict(list)
        """Introductions, by paper and by concept."""
        self.roles: dict[str, dict[str, str]] = defaultdict(dict)
        """The concepts of a result by their role."""
        self.source: dict[str, str] = {}
        """The paper of a result."""
        self.results_of: dict[str, list[str]] = defaultdict(list)
        """Results by concept and by paper."""
        self.boards: tuple[Board, ...] | None = None
        """All leaderboards, once they were asked for; see `kg.web.leaderboards.all_boards`."""
        self.overview: Overview | None = None
        """What the graph holds, once it was asked for; see `kg.web.overview.overview`."""
        self._searched: dict[str, list[tuple[str, str, int, Node]]] = {}
        for rel in graph.relationships:
            self._add(rel)

    def _add(self, rel: Relationship) -> None:
        if rel.type in schema.STATEMENT_TYPES:
            for end in {rel.start, rel.end}:
                self.statements[end].append(rel)
            self.claims_in[str(rel.properties.get("paper", ""))].append(rel)
        elif rel.type == "MENTIONS":
            self.papers_of[rel.end].append(rel.start)
            self.concepts_in[rel.start].append(rel.end)
        elif rel.type == "ABOUT":
            self.about[rel.start].append(rel.end)
        elif rel.type == "INTRODUCES":
            self.introducing[rel.start].append(rel)
            self.introducing[rel.end].append(rel)
        elif rel.type == "REPORTS":
            self.source[rel.end] = rel.start
            self.results_of[rel.start].append(rel.end)
        elif rel.type in ROLES:
            self.roles[rel.start][ROLES[rel.type]] = rel.end
            if rel.start not in self.results_of[rel.end][-1:]:
                self.results_of[rel.end].append(rel.start)

    def of_kind(self, kind: str) -> list[Node]:
        """The concepts of a kind, those that most papers mention first; what is generic comes last."""
        return self._of_kind[kind]

    @cached_property
    def _of_kind(self) -> Mapping[str, list[Node]]:
        found: dict[str, list[Node]] = {label: [] for label in schema.NODE_TYPES}
        for node in self.nodes.values():
            found[node.label].append(node)
        for label in schema.CONCEPT_LABELS:
            found[label].sort(key=lambda n: (bool(n.properties.get("generic")), -whole(n, "papers"), n.id))
        found["Paper"].sort(key=lambda n: (-whole(n, "year"), n.id))
        return found

    def concept(self, concept_id: str) -> Concept:
        """A concept of the graph, as pages name it."""
        node = self.nodes[concept_id]
        return Concept(node.id, text(node, "name") or node.id, node.label, whole(node, "papers"))

    def paper(self, paper_id: str) -> PaperRef:
        """A paper as pages cite it; of one that the graph does not hold only the id is known."""
        node = self.nodes.get(paper_id)
        if node is None:
            return PaperRef(paper_id, paper_id, None, (), "", paper_id)
        authors, year = node.properties.get("authors", ()), node.properties.get("year")
        title = text(node, "title") or text(node, "abstract")[:90].rsplit(" ", 1)[0] + "…"
        key = next(filter(None, (text(node, name) for name in _KEYS)), "")
        return PaperRef(
            node.id,
            title,
            year if isinstance(year, int) else None,
            authors if isinstance(authors, tuple) else (),
            text(node, "venue"),
            key,
        )

    def evidence(self, rel: Relationship, paper_id: str | None = None) -> Evidence:
        """The sentence of a statement or an introduction."""
        paper = str(rel.properties.get("paper", "")) if paper_id is None else paper_id
        return Evidence(str(rel.properties.get("sentence", "")), self.paper(paper), round(confidence(rel), 3))

    def find(self, name: str, kinds: Iterable[str] = schema.CONCEPT_LABELS) -> str:
        """The id of the concept or paper that a name means; `KGError` suggests similar names where there is none."""
        wanted = tuple(kinds)
        if name in self.nodes and self.nodes[name].label in wanted:
            return name
        alike = self._by_form.get(name.strip(" ").casefold(), ())
        if found := lookup(name, (self._entry(node) for node in alike if node.label in wanted)):
            return found[0].id
        entries = [self._entry(node) for kind in wanted for node in self.of_kind(kind)]
        found = lookup(name, entries)
        if not found:
            raise KGError(unknown_name(wanted[0].lower() if len(wanted) == 1 else "concept", name, entries))
        return found[0].id

    @cached_property
    def _by_form(self) -> Mapping[str, Sequence[Node]]:
        """The nodes that have an id, a name or an alias, case aside: what `lookup` looks for first."""
        found: dict[str, list[Node]] = defaultdict(list)
        for kind in (*schema.CONCEPT_LABELS, "Paper"):
            for node in self.of_kind(kind):
                entry = self._entry(node)
                for form in {form.casefold() for form in (entry.id, entry.name, *entry.forms)}:
                    found[form].append(node)
        return found

    def searched(self, kind: str) -> Sequence[tuple[str, str, int, Node]]:
        """What a search finds the nodes of a kind by: in lower case, as written, which of its forms it is, the node."""
        if kind not in self._searched:
            self._searched[kind] = [
                (form.lower(), form, number, node)
                for node in self.of_kind(kind)
                for number, form in enumerate(search_forms(node))
            ]
        return self._searched[kind]

    def _entry(self, node: Node) -> Entry:
        if node.label == "Paper":
            ids = node.properties.get("ids", ())
            known = filter(None, (*(text(node, name) for name in _KEYS), *(ids if isinstance(ids, tuple) else ())))
            return Entry(node.id, text(node, "title") or node.id, tuple(known))
        return Entry(node.id, text(node, "name") or node.id, forms(node), whole(node, "papers"))

    def run(self, query: SavedQuery | str, parameters: Mapping[str, Any] | None = None) -> Table:
        """The rows of a saved query; `KGError` as in `kg.querying.run.run`. Nothing else is ever run."""
        found = query if isinstance(query, SavedQuery) else saved.load_all()[query]
        return run.run(self._store, found, parameters)

    def names(self) -> names.Names:
        """The names that a question in plain words may have; they are read once, which takes a while."""
        with self._naming:
            if self._names is None:
                self._names = names.read_names(self._store)
            return self._names

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        """Ids of concepts by their preferred names; of those with one name, the one that most papers mention."""
        found: dict[str, str] = {}
        for kind in schema.CONCEPT_LABELS:
            for node in self.of_kind(kind):
                name = text(node, "name")
                if name not in found or whole(self.nodes[found[name]], "papers") < whole(node, "papers"):
                    found[name] = node.id
        return found


def forms(node: Node) -> tuple[str, ...]:
    """All forms of a concept's name, the preferred one first."""
    aliases = node.properties.get("aliases", ())
    return tuple(dict.fromkeys((text(node, "name"), *(aliases if isinstance(aliases, tuple) else ()))))


def search_forms(node: Node) -> Iterator[str]:
    """What a node is found by: the forms of a concept's name; title, authors and identifiers of a paper."""
    if node.label != "Paper":
        yield from forms(node)
        return
    yield text(node, "title")
    authors = node.properties.get("authors", ())
    yield from authors if isinstance(authors, tuple) else ()
    yield from filter(None, (text(node, name) for name in ("arxiv", "doi", "key")))


def text(node: Node, name: str) -> str:
    """A property as text; empty where it has none."""
    value = node.properties.get(name, "")
    return str(value[0]) if isinstance(value, tuple) and value else "" if isinstance(value, tuple) else str(value)


def whole(node: Node, name: str) -> int:
    """A property as a whole number; 0 where it has none."""
    value = node.properties.get(name, 0)
    return value if isinstance(value, int) else 0
