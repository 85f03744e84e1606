"""The pages that a served graph and a static site share: for each, its address and its HTML."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from kg import schema
from kg.errors import KGError
from kg.graph import Graph
from kg.querying import saved
from kg.viewer import LIMIT
from kg.viewer.content import content
from kg.viewer.page import page as picture_page
from kg.viewer.select import Choice, Picture, select
from kg.web import addresses, charts, concepts, leaderboards, overview, papers, questions, tables
from kg.web.data import PaperPage
from kg.web.index import Index
from kg.web.render import Renderer, web_address

DOWNLOADS: Final = {"graph.jsonl": "JSON lines", "graph.ttl": "RDF (Turtle)", "graph.graphml": "GraphML"}
"""The graph as a file, by name: for what each is."""
PICTURED: Final = LIMIT
"""How many concepts the picture of the whole graph shows."""
_HEADINGS: Final = {"Method": "Methods", "Task": "Tasks", "Dataset": "Datasets", "Metric": "Metrics", "Paper": "Papers"}


class Pages:
    """The pages of one graph, each made when it is asked for."""

    def __init__(self, index: Index, *, live: bool) -> None:
        self.index = index
        self.picture = _whole_picture(index.graph)
        shown = frozenset(node.id for node in self.picture.concepts) if self.picture else frozenset()
        self.renderer = Renderer(index, live=live, pictured=shown)
        self._fixed: Mapping[str, Callable[[str], str]] = {
            "index.html": self._home,
            "leaderboards.html": self._boards,
            "questions.html": self._questions,
            "picture.html": self._picture,
            "drawing.html": self._drawing,
        }
        self._nodes = {addresses.of_node(node.id): node.id for node in index.graph.nodes if node.label != "Result"}
        self._boards_of = {addresses.of_board(b.dataset.id): b.dataset.id for b in leaderboards.all_boards(index)}
        self._lists = dict(self._all_lists())

    def all(self) -> Iterator[str]:
        """The addresses of all pages."""
        yield from self._fixed
        yield from self._lists
        yield from self._boards_of
        yield from self._nodes

    def get(self, address: str) -> str | None:
        """The page at an address; None where there is none."""
        if address in self._fixed:
            return self._fixed[address](address)
        if address in self._nodes:
            return self._node(address, self._nodes[address])
        if address in self._lists:
            return self._list(address, *self._lists[address])
        if address in self._boards_of:
            board = leaderboards.of_dataset(self.index, self._boards_of[address])
            return self.renderer.page("leaderboard.html", address, view=board)
        return None

    def example(self) -> str:
        """A question in plain words that this graph can be asked."""
        tasks, methods = self.index.of_kind("Task"), self.index.of_kind("Method")
        if tasks:
            return f"what is the best method for {self.index.concept(tasks[0].id).name}?"
        return f"what beats {self.index.concept(methods[0].id).name}?" if methods else "what is mentioned most?"

    def _home(self, address: str) -> str:
        view = overview.overview(self.index)
        files = [(f"download/{name}", label) for name, label in DOWNLOADS.items()]
        return self.renderer.page("home.html", address, view=view, example=self.example(), downloads=files)

    def _boards(self, address: str) -> str:
        return self.renderer.page("boards.html", address, boards=leaderboards.all_boards(self.index))

    def _questions(self, address: str) -> str:
        every = questions.all_questions if self.renderer.live else questions.answered_without_names
        return self.renderer.page("questions.html", address, questions=every(self.index), example=self.example())

    def _node(self, address: str, node_id: str) -> str:
        if self.index.nodes[node_id].label == "Paper":
            view = papers.page(self.index, node_id)
            return self.renderer.page("paper.html", address, view=view, links=links(view))
        return self.renderer.page("concept.html", address, view=concepts.card(self.index, node_id))

    def _all_lists(self) -> Iterator[tuple[str, tuple[str, int, int]]]:
        for kind in (*schema.CONCEPT_LABELS, "Paper"):
            pages = max(1, math.ceil(len(self.index.of_kind(kind)) / addresses.PAGE_LENGTH))
            for number in range(1, pages + 1):
                yield addresses.of_list(kind, number), (kind, number, pages)

    def _list(self, address: str, kind: str, number: int, pages: int) -> str:
        every = self.index.of_kind(kind)
        ids = [n.id for n in every[(number - 1) * addresses.PAGE_LENGTH : number * addresses.PAGE_LENGTH]]
        data: dict[str, Any] = {"kind": kind, "heading": _HEADINGS[kind], "total": len(every)}
        data["papers" if kind == "Paper" else "concepts"] = [
            self.index.paper(i) if kind == "Paper" else self.index.concept(i) for i in ids
        ]
        return self.renderer.page("list.html", address, number=number, pages=pages, **data)

    def _picture(self, address: str) -> str:
        return self.framed("", "")

    def framed(self, about: str, name: str) -> str:
        """The page around a picture: of the whole graph, or about the concept with this id and name."""
        if self.picture is None:
            problem = "No paper says anything of two concepts, so there is nothing to draw."
            return self.renderer.page("error.html", "picture.html", heading="No picture", problem=problem)
        return self.renderer.page("picture.html", "picture.html", about=about, name=name)

    def _drawing(self, address: str) -> str:
        return draw(self.index.graph, self.picture, "abstractkg") if self.picture else self.framed("", "")

    def around(self, about: str) -> str:
        """The picture around a concept, given by any name; `KGError` for an unknown one and for one without claims."""
        node_id = self.index.find(about)
        name = self.index.concept(node_id).name
        return draw(self.index.graph, select(self.index.graph, Choice(about=node_id, limit=PICTURED)), name)

    def question(
        self, name: str, given: Mapping[str, str], address: str, downloads: tuple[tuple[str, str], ...] = ()
    ) -> str:
        """The page of a saved question: its form, and the answer where no value that it needs is missing.

        A value that cannot be used is a problem on the page, not an error.
        """
        query = saved.load_all()[name]
        form = questions.question(self.index, query)
        data: dict[str, Any] = {"question": form, "given": given, "problem": "", "shown": None, "chart": None}
        if not questions.missing(form, given):
            try:
                rows = questions.answer(self.index, query, given)
            except KGError as error:
                data["problem"] = str(error)
            else:
                data["shown"] = tables.shown(self.index, rows, questions.named(self.index, query, given))
                data["chart"] = charts.of_table(self.index, rows, form.title)
        return self.renderer.page("question.html", address, downloads=downloads, **data)


def draw(graph: Graph, picture: Picture, title: str) -> str:
    """The interactive page of a picture."""
    return picture_page(content(graph, picture), title, f"{len(picture.concepts)} concepts")


def _whole_picture(graph: Graph) -> Picture | None:
    """The part of the graph that a picture of the whole shows; None where papers say nothing."""
    try:
        return select(graph, Choice(limit=PICTURED))
    except KGError:
        return None


def links(view: PaperPage) -> list[tuple[str, str]]:
    """Where a paper can be read: names and addresses in the web."""
    found = [
        ("arXiv", f"https://arxiv.org/abs/{quote(view.arxiv)}" if view.arxiv else ""),
        ("DOI", f"https://doi.org/{quote(view.doi)}" if view.doi else ""),
        ("Full text", web_address(view.url)),
    ]
    return [(name, to) for name, to in found if to]
