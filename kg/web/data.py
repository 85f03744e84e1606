"""What pages show and the JSON API hands out, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept where it is named: its id, name, kind (``Method``, …), and how many papers mention it."""

    id: str
    name: str
    kind: str
    papers: int


@dataclass(frozen=True, slots=True)
class PaperRef:
    """A paper where it is cited. ``key`` is its citation key, or its identifier where the input gave none."""

    id: str
    title: str
    year: int | None
    authors: tuple[str, ...]
    venue: str
    key: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence, the paper it stands in, and the probability that it says so (None: nothing was estimated)."""

    sentence: str
    paper: PaperRef
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Claim:
    """What papers say of two concepts: the sentences, the most confident first; ``papers`` say so."""

    relation: str
    phrase: str
    subject: Concept
    object: Concept
    papers: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """Claims of one kind about a concept under a heading; ``total`` counts also those that are not listed."""

    heading: str
    total: int
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A number that a paper reports, and what it belongs to where the abstract says so."""

    id: str
    value: str
    number: float | None
    unit: str
    comparison: str
    method: Concept | None
    dataset: Concept | None
    metric: Concept | None
    task: Concept | None
    baseline: Concept | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class YearCount:
    """How many papers of a year."""

    year: int
    papers: int


@dataclass(frozen=True, slots=True)
class Board:
    """A row of the list of leaderboards: a dataset and a metric, and the best result there."""

    dataset: Concept
    metric: Concept
    better: str
    methods: int
    results: int
    papers: int
    first_year: int | None
    latest_year: int | None
    best: Result | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The leaderboard of a dataset by one metric, the best first.

    ``better`` is ``higher``, ``lower``, or empty where the metric's name does not say. ``records`` are the ids of the
    results that were better than all of the years before.
    """

    metric: Concept
    better: str
    results: tuple[Result, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaderboards:
    """All leaderboards of a dataset; versions of it that have their own."""

    dataset: Concept
    rankings: tuple[Ranking, ...]
    versions: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class ConceptCard:
    """All that the graph knows of a concept. Lists are cut, numbers are not."""

    concept: Concept
    aliases: tuple[str, ...]
    better: str
    years: tuple[YearCount, ...]
    introduced: tuple[Evidence, ...]
    groups: tuple[ClaimGroup, ...]
    results: tuple[Result, ...]
    results_total: int
    boards: tuple[Board, ...]
    papers: tuple[PaperRef, ...]
    papers_total: int


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a paper with what was read in it; ``number`` counts the sentences, from 1."""

    number: int
    sentence: str
    introduces: tuple[Concept, ...]
    claims: tuple[Claim, ...]
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paper's text; ``said`` is the number of the sentence that it is, 0 where nothing was read in it."""

    text: str
    said: int


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A paper with its text in pieces, and what was read in each sentence."""

    paper: PaperRef
    url: str
    doi: str
    arxiv: str
    title: tuple[Piece, ...]
    abstract: tuple[Piece, ...]
    said: tuple[Said, ...]
    about: tuple[Concept, ...]
    concepts: tuple[Concept, ...]
    similar: tuple[PaperRef, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that a search found, and the address of its page.

    ``other`` is the form of the name that was found, where it is not ``name``.
    """

    id: str
    name: str
    kind: str
    page: str
    other: str
    papers: int
    year: int | None


@dataclass(frozen=True, slots=True)
class Rising:
    """A concept that more papers of the latest years mention than of those before, and what one of them says of it."""

    concept: Concept
    recent: int
    before: int
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Overview:
    """What a graph holds: counts of nodes, the concepts of each kind that most papers mention, and what is new."""

    counts: dict[str, int]
    statements: int
    first_year: int | None
    latest_year: int | None
    top: dict[str, tuple[Concept, ...]]
    boards: tuple[Board, ...]
    rising: tuple[Rising, ...]
    newest: tuple[PaperRef, ...]


@dataclass(frozen=True, slots=True)
class ParameterForm:
    """A field of a question's form; ``needed`` where the question cannot be answered without a value."""

    name: str
    type: str
    default: str
    example: str
    meaning: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A saved question: what it answers and its parameters."""

    name: str
    title: str
    answers: str
    parameters: tuple[ParameterForm, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that answer a question."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A saved question with the parameters to run it with."""

    question: str
    title: str
    parameters: dict[str, str]
    command: str


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """The answer to a question in plain words: what was run, its rows, what else may be meant, and words left over.

    Where there are no rows, another question that has some is in ``instead``, with its rows.
    """

    asked: Asked
    rows: Rows
    others: tuple[Asked, ...]
    ignored: tuple[str, ...]
    instead: Asked | None = None
    instead_rows: Rows | None = None
    taken: tuple[str, ...] = ()
    """For what words were taken that nothing in the graph is called."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a report: a concept, how many papers of the topic say so, and the sentence of one of them."""

    concept: Concept
    says: str
    papers: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a report; ``total`` counts also the lines that are not in it."""

    title: str
    lines: tuple[Line, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A paper to read, with the sentence that says why."""

    paper: PaperRef
    why: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Report:
    """One topic on one page."""

    topic: Concept
    aliases: tuple[str, ...]
    papers: int
    years: tuple[YearCount, ...]
    what: tuple[Line, ...]
    introduced: tuple[Evidence, ...]
    sections: tuple[Section, ...]
    results: tuple[Result, ...]
    results_total: int
    wins: tuple[Claim, ...]
    rising: tuple[Rising, ...]
    reading: tuple[Reading, ...]
