"""``kg mcp``: what the JSON API hands out, as read-only tools of a Model Context Protocol server over stdio.

Every answer comes with the sentence that says so and the paper that it stands in, so that a client can cite them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from importlib.metadata import version
from typing import Annotated, Any, ParamSpec, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from kg import schema
from kg.errors import KGError
from kg.querying import saved
from kg.web import concepts, leaderboards, overview, papers, questions
from kg.web.index import Index

Row = dict[str, Any]
"""A value of `kg.web.data` by the names of its fields: the protocol's library knows no dataclasses with slots."""
P = ParamSpec("P")
T = TypeVar("T")

INSTRUCTIONS = (
    "A knowledge graph that was read from the abstracts of papers: methods, tasks, datasets, metrics, results and what "
    "papers say of them. Every claim has the sentence that makes it, its paper and a confidence from 0 to 1; cite the "
    "sentence and the paper. Names are found by alias, case and plural. Start with `ask` or `search`; "
    "`questions` lists what `question` can run."
)
_READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


def create_server(index: Index) -> MCPServer[Any]:
    """The server over an open graph."""
    server: MCPServer[Any] = MCPServer(
        "abstractkg", version=version("abstractkg"), instructions=INSTRUCTIONS, log_level="WARNING"
    )
    tools = _Tools(index)
    for tool in (
        *(tools.ask, tools.search, tools.concept, tools.evidence, tools.paper),
        *(tools.leaderboard, tools.questions, tools.question),
    ):
        server.add_tool(_with_reason(tool), annotations=_READ_ONLY)
    return server


def run(index: Index) -> None:
    """Answer a client on standard input and output until it goes away."""
    create_server(index).run("stdio")


def _with_reason(tool: Callable[P, T]) -> Callable[P, T]:
    """The tool, whose foreseen errors tell the client their reason."""

    @wraps(tool)
    def told(*arguments: P.args, **named: P.kwargs) -> T:
        try:
            return tool(*arguments, **named)
        except KGError as error:
            raise ToolError(str(error)) from error

    return told


class _Tools:
    """The tools; their docstrings are what clients read."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def ask(self, question: str) -> Row:
        """Answer a question in plain words ("what beats BERT on SQuAD?") by the nearest saved question.

        The answer tells which saved question that is, with its parameters, and which others may be meant.
        """
        return asdict(questions.ask(self._index, question))

    def search(self, name: str, limit: Annotated[int, Field(ge=1, le=200)] = 20) -> list[Row]:
        """Find concepts and papers by name, title, author or identifier, the nearest first."""
        return [asdict(hit) for hit in overview.search(self._index, name, (), limit)]

    def concept(self, name: str) -> Row:
        """The card of a method, task, dataset or metric: its names, years, results, and what papers say of it."""
        return asdict(concepts.card(self._index, self._index.find(name, schema.CONCEPT_LABELS)))

    def evidence(self, first: str, second: str) -> list[Row]:
        """Every claim that joins two concepts, in either direction, with its sentences and papers."""
        ends = [self._index.find(name, schema.CONCEPT_LABELS) for name in (first, second)]
        joining = (rel for rel in self._index.statements[ends[0]] if ends[1] in (rel.start, rel.end))
        return [asdict(claim) for claim in concepts.claims(self._index, joining)]

    def paper(self, name: str) -> Row:
        """A paper, by title, citation key or identifier: its abstract, and what was read in which sentence."""
        return asdict(papers.page(self._index, self._index.find(name, ("Paper",))))

    def leaderboard(self, dataset: str) -> Row:
        """The results on a dataset by each metric, the best first, with the sentence of each."""
        return asdict(leaderboards.of_dataset(self._index, self._index.find(dataset, ("Dataset",))))

    def questions(self) -> list[Row]:
        """The saved questions: what each one answers, and its parameters."""
        return [asdict(question) for question in questions.all_questions(self._index)]

    def question(self, name: str, parameters: dict[str, str] | None = None) -> Row:
        """Run a saved question; `questions` lists their names and parameters. Values may be names of concepts."""
        query, given = saved.named(name), parameters or {}  # a client names no file
        lacking = questions.missing(questions.question(self._index, query), given)
        if lacking:
            raise KGError(f"{name} needs {' and '.join(lacking)}")
        return asdict(questions.as_rows(questions.answer(self._index, query, given)))
