"""Papers from files and what is extracted from them, without a store: `extract`, and what a build needs of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

import extractors
from extractors.record import EntityType, Record
from kg.errors import KGError, Progress, Report, no_progress
from kg.papers import Paper
from kg.readers import read_papers
from kg.readers.inputs import FileName, expand, file_names, total_size
from kg.readers.inputs import origin as origin_of
from kg.readers.merge import merge_papers

if TYPE_CHECKING:
    from pathlib import Path

    from kg.assembly.own_words import OwnWords

DEFAULT_EXTRACTOR: Final = "default"
"""The extractor of builds, unless they say otherwise."""
_FEW: Final = 100
"""Up to this many new abstracts, starting further processes costs more than it saves."""


def extract(
    papers: FileName | Sequence[FileName],
    *,
    extractor: str = DEFAULT_EXTRACTOR,
    processes: int | None = None,
    vocabulary: str | Path | None = None,
    columns: Mapping[str, str] | None = None,
    report: Report | None = None,
    progress: Progress = no_progress,
) -> Iterator[dict[str, Any]]:
    """Records of ``papers``, one for each distinct paper, in the order of paper ids.

    The record's ``id`` is the input's own id where it has one, else the paper's. Options as in
    `kg.building.job.build`. `KGError` where nothing could be read.
    """
    report = report or Report()
    names = file_names(papers)
    engine = load_extractor(extractor)
    if vocabulary is not None:
        from kg.assembly.own_words import read_own_words  # assembly takes a while to load

        engine = knowing(engine, read_own_words(vocabulary))
    merged = merge_papers(paper for _, paper in with_origins(names, report, columns, progress, set()))
    if not merged:
        raise KGError("no paper found in " + ", ".join(names))
    wanted = [(paper_id, paper) for paper_id, paper in merged if paper.record is None]
    for paper_id, paper in wanted:
        note_language(paper_id, paper, report)
    rows = ((paper_id, paper.title, paper.abstract) for paper_id, paper in wanted)
    by_id = {paper_id: (paper_id, paper) for paper_id, paper in wanted}
    extracted = engine.extract_many(rows, process_count(processes, len(wanted)), on_error=to_report(report, by_id))
    extracted = started(extracted)
    waiting: dict[str, Record] = {}
    for number, (paper_id, paper) in enumerate(merged):
        progress("extract", number, len(merged))
        row = dict(paper.record) if paper.record is not None else _next_for(paper_id, extracted, waiting)
        if row is not None:
            yield {**row, "id": paper.local_id or paper_id, **_metadata(paper)}


def load_extractor(name: str) -> extractors.Extractor:
    """The extractor of that name; `KGError` lists the valid ones, or says what of it is missing or damaged."""
    try:
        engine = extractors.load(name)
        engine.check()
    except (ValueError, extractors.ModelError) as error:
        raise KGError(str(error)) from error
    return engine


def started(records: Iterator[Record]) -> Iterator[Record]:
    """The same records; `KGError` where the processes that extract them cannot be started."""
    try:
        yield from records
    except extractors.WorkerError as error:
        raise KGError(f"{error}; --processes 1 needs none") from error


def knowing(engine: extractors.Extractor, words: OwnWords) -> extractors.Extractor:
    """The extractor with the user's own names; `KGError` where it takes none."""
    if not words.entries:
        return engine
    try:
        return engine.with_names(cast("tuple[tuple[str, EntityType], ...]", words.names()))
    except ValueError as error:
        raise KGError(str(error)) from error


def _next_for(paper_id: str, records: Iterator[Record], waiting: dict[str, Record]) -> dict[str, Any] | None:
    """The JSON record of a paper from a stream in the same order, from which failed papers are missing."""
    if not waiting:
        for record in records:
            waiting[record.id] = record
            break
    found = waiting.pop(paper_id, None)
    return None if found is None else found.to_json()


def with_origins(
    names: Sequence[str],
    report: Report,
    columns: Mapping[str, str] | None,
    progress: Progress,
    damaged: set[str],
) -> Iterator[tuple[str, Paper]]:
    """Papers, each with its origin: the real path of the file that it is in, or ``-`` for standard input.

    The origin of each file that could not be read as a whole is added to ``damaged``.
    """
    files = expand(names, report)
    total = total_size(files)
    before = 0
    for file in files:

        def in_this_file(done: int, _: int | None, before: int = before) -> None:
            progress("read", before + done, total)

        origin = origin_of(file)
        problems = len(report.problems)
        for paper in read_papers([file], report, columns=columns, progress=in_this_file):
            yield origin, paper
        if len(report.problems) > problems:
            damaged.add(origin)
        before += os.path.getsize(file) if total is not None else 0


def _metadata(paper: Paper) -> dict[str, Any]:
    """What a record says beside the extraction: the paper's metadata that is known."""
    names = ("year", "venue", "authors", "url", "doi", "arxiv", "key", "ids", "source")
    return {name: value for name in names if (value := getattr(paper, name))}


def process_count(asked: int | None, papers: int) -> int:
    """How many processes extract so many papers: as many as asked for, else one, or one for each core for many."""
    if asked is not None:
        return asked
    return 1 if papers <= _FEW else os.cpu_count() or 1


def to_report(report: Report, papers: Mapping[str, tuple[str, Paper]]) -> Callable[[extractors.ExtractionError], None]:
    """Reports papers that failed, by file and id. ``papers`` has them by what the extractor calls them."""

    def add(error: extractors.ExtractionError) -> None:
        paper_id, paper = papers[error.paper]
        report.add(*place_in(paper_id, paper), f"extraction failed: {error.reason}")

    return add


def place_in(paper_id: str, paper: Paper) -> tuple[str, str]:
    """The file that a paper is from, and its id there."""
    return paper.source[0] if paper.source else "", paper.local_id or paper_id


def note_language(paper_id: str, paper: Paper, report: Report) -> None:
    """Reports a paper whose abstract is not in English, since nothing is extracted from it."""
    language = extractors.foreign_language(paper.abstract)
    if language is not None:
        report.counts["not in English"] += 1
        report.note(*place_in(paper_id, paper), f"abstract in {language}; only English is read, so no claims")
