"""The JSON API: what pages show, as data. Read-only; it runs saved questions and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response

from kg import schema
from kg.errors import KGError
from kg.querying import saved
from kg.table import render
from kg.web import concepts, leaderboards, overview, papers, questions, reports
from kg.web.data import (
    AnswerPage,
    Board,
    ConceptCard,
    Hit,
    Leaderboards,
    Overview,
    PaperPage,
    Question,
    Report,
    Rows,
)
from kg.web.index import Index

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "markdown": "text/markdown; charset=utf-8",
    "latex": "application/x-latex; charset=utf-8",
    "arrow": "application/vnd.apache.arrow.file",
    "parquet": "application/vnd.apache.parquet",
}
"""The media types of tables, by format."""
DESCRIPTION = (
    "Everything that the pages show, as JSON. Read-only: it answers GET, runs saved questions with parameters and "
    "nothing else. Names are found as everywhere: by id, alias, case and plural. Ids may be given in place of names."
)

Kind = Literal["Method", "Task", "Dataset", "Metric", "Paper"]
ConceptName = Annotated[str, Path(description="Id or name of a method, task, dataset or metric.")]
PaperName = Annotated[str, Path(description="Id, DOI, arXiv id or title of a paper.")]
DatasetName = Annotated[str, Path(description="Id or name of a dataset.")]
QuestionName = Annotated[str, Path(description="Name of a saved question, as /api/questions lists them.")]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, in a line."""

    detail: str


_PROBLEMS: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "There is no such thing."}}
_BAD: dict[int | str, dict[str, Any]] = {400: {"model": Problem, "description": "It cannot be answered."}, **_PROBLEMS}
_FORM: dict[int | str, dict[str, Any]] = {
    422: {"model": Problem, "description": "A parameter is missing or of the wrong form."}
}
_PARAMETERS: dict[str, Any] = {
    "parameters": [
        {
            "name": "parameters",
            "in": "query",
            "style": "form",
            "explode": True,
            "description": "The question's parameters, each by its name; see /api/questions.",
            "schema": {"type": "object", "additionalProperties": {"type": "string"}},
        }
    ]
}


def router(index: Index) -> APIRouter:
    """The routes of the API over a graph."""
    api = APIRouter(prefix="/api", tags=["graph"], responses=_FORM)

    @api.get("/overview")
    def get_overview() -> Overview:
        """What the graph holds."""
        return overview.overview(index)

    @api.get("/search")
    def search(
        q: Annotated[str, Query(description="What to search for: a name, a title, an author, an identifier.")],
        kind: Annotated[list[Kind], Query(description="Only these kinds; several may be given.")] = [],  # noqa: B006 (FastAPI copies it)
        limit: Annotated[int, Query(ge=1, le=200, description="Most hits to give.")] = overview.HITS,
    ) -> tuple[Hit, ...]:
        """Concepts and papers by name, the nearest first."""
        return overview.search(index, q, kind, limit)

    @api.get("/concepts/{name:path}", responses=_PROBLEMS)
    def concept(name: ConceptName) -> ConceptCard:
        """The card of a concept: its names, its years, and what papers say of it, with the sentences."""
        return concepts.card(index, find(index, name))

    @api.get("/papers/{name:path}", responses=_PROBLEMS)
    def paper(name: PaperName) -> PaperPage:
        """A paper, its text with the sentences in which something was read, and what that was."""
        return papers.page(index, find(index, name, ("Paper",)))

    @api.get("/leaderboards")
    def all_leaderboards() -> tuple[Board, ...]:
        """Which leaderboards there are, those with most methods first."""
        return leaderboards.all_boards(index)

    @api.get("/leaderboards/{dataset:path}", responses=_PROBLEMS)
    def leaderboard(dataset: DatasetName) -> Leaderboards:
        """The leaderboards of a dataset, one for each metric, the best result first, with the sentence of each."""
        return leaderboards.of_dataset(index, find(index, dataset, ("Dataset",)))

    @api.get("/questions")
    def all_questions() -> tuple[Question, ...]:
        """The saved questions with their parameters."""
        return questions.all_questions(index)

    @api.get("/questions/{name}", responses=_BAD, openapi_extra=_PARAMETERS)
    def question(request: Request, name: QuestionName) -> Rows:
        """The answer to a saved question; parameters are given by their names."""
        return questions.as_rows(run(index, name, request.query_params))

    @api.get("/ask", responses=_BAD)
    def ask(q: Annotated[str, Query(description="A question in plain words.")]) -> AnswerPage:
        """The answer to a question in plain words, the saved question that gave it, and others that may be meant."""
        try:
            return questions.ask(index, q)
        except KGError as error:
            raise HTTPException(400, str(error)) from error

    @api.get("/report", responses=_PROBLEMS)
    def report(topic: Annotated[str, Query(description="Name or id of a concept.")]) -> Report:
        """A report on a topic: methods, data sets, metrics, results, who beats whom, what to read."""
        return reports.report(index, find(index, topic))

    return api


def find(index: Index, name: str, kinds: tuple[str, ...] = schema.CONCEPT_LABELS) -> str:
    """The id of what a name means; status 404 where there is none."""
    try:
        return index.find(name, kinds)
    except KGError as error:
        raise HTTPException(404, str(error)) from error


def run(index: Index, name: str, given: Any) -> Any:
    """The rows of a saved question; status 404 for an unknown one, 400 for parameters that it cannot be run with."""
    query = saved.load_all().get(name)
    if query is None:
        raise HTTPException(404, f"no saved question is called {name!r}")
    lacking = questions.missing(questions.question(index, query), given)
    if lacking:
        raise HTTPException(400, f"{name} needs {' and '.join(lacking)}")
    try:
        return questions.answer(index, query, given)
    except KGError as error:
        raise HTTPException(400, str(error)) from error


def as_file(index: Index, name: str, form: str, given: Any) -> Response:
    """The answer to a saved question as a file; CSV has no cells that a spreadsheet would run."""
    content = render(run(index, name, given), form, safe_cells=form == "csv")
    return Response(content, media_type=MEDIA[form])
