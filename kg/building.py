"""The main job: read papers, extract what is new, assemble the graph, store it.

Only this module and `kg.distributed` import ``extractors``. Each step keeps its results in the store, so a build that
was killed continues where it stopped when it is started again.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast

import extractors
from extractors.record import EntityType, Record, RecordError
from kg.assembly import Overrides, assembling, parse_overrides, read_overrides, write_explanations
from kg.assembly.own_words import OwnWords, parse_own_words, read_own_words
from kg.atomic import atomic_write, read_text
from kg.errors import KGError, Progress, Report, no_progress
from kg.graph import checked_confidence
from kg.papers import Paper
from kg.readers import read_papers
from kg.readers.inputs import FileName, expand, file_names, total_size
from kg.readers.inputs import origin as origin_of
from kg.readers.merge import merge_papers
from kg.stores import folder as folders
from kg.stores import ladybug
from kg.stores.archive import Archive, text_key

MIN_CONFIDENCE: Final = 0.4
"""Statements and results below this confidence are left out of a graph, unless a build says otherwise."""

DEFAULT_EXTRACTOR: Final = "default"
"""The extractor of builds, unless they say otherwise."""
_KEPT_EVERY: Final = 2.0
"""Seconds of extraction that a killed build loses at most, beside what the worker processes have in hand."""
_SECONDS_EACH: Final = 0.15
"""What the default extractor needs for an abstract on one quiet core; see benchmarks/README.md."""
_FEW: Final = 100
"""Up to this many new abstracts, starting further processes costs more than it saves."""


@dataclass(slots=True)
class BuildResult:
    """What a build did.

    ``read`` counts the papers that were read now, ``papers`` the different ones in the store; of
    these, ``extracted`` were extracted now, ``reused`` before, ``given`` came with their records and
    ``failed`` could not be extracted. ``changed`` is false where the graph was up to date;
    ``rebuilt`` says why the old graph could not be used, where that is so. ``nodes`` and
    ``relationships`` count by label and type.
    """

    read: int = 0
    papers: int = 0
    extracted: int = 0
    reused: int = 0
    given: int = 0
    failed: int = 0
    seconds: float = 0.0
    changed: bool = True
    rebuilt: str | None = None
    extractor: str = DEFAULT_EXTRACTOR
    min_confidence: float = MIN_CONFIDENCE
    nodes: Counter[str] = field(default_factory=Counter)
    relationships: Counter[str] = field(default_factory=Counter)


def build(
    papers: FileName | Sequence[FileName] = (),
    store: str | Path = folders.DEFAULT,
    *,
    extractor: str | None = None,
    processes: int | None = None,
    overrides: str | Path | None = None,
    vocabulary: str | Path | None = None,
    min_confidence: float | None = None,
    columns: Mapping[str, str] | None = None,
    report: Report | None = None,
    progress: Progress = no_progress,
) -> BuildResult:
    """Build the graph of ``papers`` (files, folders, globs or ``-``) into a store, or add them to it.

    Without ``papers`` the graph is made of those that the store has. ``extractor`` names one of
    `extractors.available`; ``processes`` is how many run in parallel (None: one, or one for each
    core for many papers); ``overrides`` is a file of ``same`` and ``different`` names,
    ``vocabulary`` one of names with types and aliases (`kg.assembly.own_words`);
    ``min_confidence`` leaves statements and results of lower confidence out of the graph, but not
    out of the store. Extractor, both files and confidence are remembered: None means as in the build
    before. What could not be read goes to ``report``, and the rest is built. Raises `KGError`
    where nothing could be done.
    """
    started = time.monotonic()
    report = report or Report()
    names = file_names(papers)
    wanted = None if extractor is None else load_extractor(extractor)  # checked before a store is made
    where = folders.make(store) if names else folders.find(store)
    where.require_made(by=None)
    result = BuildResult()
    with where.archive() as archive:
        result.extractor = _remembered(archive, "extractor", extractor, DEFAULT_EXTRACTOR)
        words = _own_words(where, vocabulary)
        engine = knowing(wanted or load_extractor(result.extractor), words)
        if names:
            damaged: set[str] = set()
            readings = _with_origins(names, report, columns, progress, damaged)
            result.read = archive.replace_readings(readings, keep=lambda: damaged)
        merged = merge_papers(archive.papers(), report)
        if not merged:
            raise KGError("no paper found in " + ", ".join(names or [f"the store {store}"]))
        result.papers = len(merged)
        result.min_confidence = _min_confidence(archive, min_confidence)
        _extract_missing(archive, merged, engine, processes, report, result, progress)
        decided = words.overrides(_overrides(where, overrides) or Overrides())
        _assemble(archive, where, merged, engine, decided, report, result, progress)
    result.seconds = time.monotonic() - started
    return result


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

    The record's ``id`` is the input's own id where it has one, else the paper's. Options as in `build`.
    """
    report = report or Report()
    names = file_names(papers)
    words = OwnWords() if vocabulary is None else read_own_words(vocabulary)
    engine = knowing(load_extractor(extractor), words)
    merged = merge_papers(paper for _, paper in _with_origins(names, report, columns, progress, set()))
    if not merged:
        raise KGError("no paper found in " + ", ".join(names))
    wanted = [(paper_id, paper) for paper_id, paper in merged if paper.record is None]
    for paper_id, paper in wanted:
        note_language(paper_id, paper, report)
    rows = ((paper_id, paper.title, paper.abstract) for paper_id, paper in wanted)
    by_id = {paper_id: (paper_id, paper) for paper_id, paper in wanted}
    extracted = engine.extract_many(rows, _processes(processes, len(wanted)), on_error=_to_report(report, by_id))
    extracted = _started(extracted)
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


def _started(records: Iterator[Record]) -> Iterator[Record]:
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


def _with_origins(
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


def _processes(asked: int | None, papers: int) -> int:
    if asked is not None:
        return asked
    return 1 if papers <= _FEW else os.cpu_count() or 1


def _to_report(report: Report, papers: Mapping[str, tuple[str, Paper]]) -> Callable[[extractors.ExtractionError], None]:
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


def _extract_missing(
    archive: Archive,
    merged: Sequence[tuple[str, Paper]],
    engine: extractors.Extractor,
    processes: int | None,
    report: Report,
    result: BuildResult,
    progress: Progress,
) -> None:
    """Extract every paper that has no record yet, keeping records batch by batch."""
    missing: dict[tuple[str, str | None, str], tuple[str, Paper]] = {}
    for paper_id, paper in merged:
        key = text_key(paper.title, paper.abstract)
        if paper.record is not None:
            result.given += 1
        elif archive.has_record(key, engine.version):
            result.reused += 1
        else:
            missing.setdefault((key, paper.title, paper.abstract), (paper_id, paper))
            note_language(paper_id, paper, report)
    _note_renewal(archive, [key for key, _, _ in missing], engine, _processes(processes, len(missing)), report)
    by_key = {key: named for (key, _, _), named in missing.items()}
    records = engine.extract_many(missing, _processes(processes, len(missing)), on_error=_to_report(report, by_key))

    def keep(portion: Sequence[Record]) -> None:
        archive.keep_records([(record.id, record.to_json()) for record in portion], engine.version)
        result.extracted += len(portion)
        progress("extract", result.extracted, len(missing))

    try:
        _keep_now_and_then(_started(records), keep)
    except BaseException as stop:
        if not isinstance(stop, Exception):
            kept = len(merged) - len(missing) + result.extracted
            stop.add_note(f"{kept} of {len(merged)} papers are extracted and kept, {result.extracted} of them now")
        raise
    result.failed = len(missing) - result.extracted


def _keep_now_and_then(records: Iterator[Record], keep: Callable[[Sequence[Record]], None]) -> None:
    """Keep records in portions of a few seconds, and those of the last portion however it ends."""
    portion: list[Record] = []
    begun = time.monotonic()
    try:
        for record in records:
            portion.append(record)
            if time.monotonic() - begun >= _KEPT_EVERY:
                keep(portion)
                portion, begun = [], time.monotonic()
    finally:
        if portion:
            keep(portion)


def _note_renewal(
    archive: Archive, texts: Sequence[str], engine: extractors.Extractor, processes: int, report: Report
) -> None:
    """Say how many texts have records of another version of the extractor, which do not count any more."""
    others = Counter(other for text in texts if (other := archive.other_extractor(text, engine.version)))
    if others:
        minutes = round(others.total() * _SECONDS_EACH / processes / 60)
        report.note(
            str(archive.path.parent),
            "",
            f"{others.total()} papers were extracted by another version ({', '.join(sorted(others))}; "
            f"this is {engine.version}): they are extracted again, about {max(minutes, 1)} min",
        )


def _min_confidence(archive: Archive, wanted: float | None) -> float:
    """The minimum confidence in force: the one given now, else the one that the store remembers."""
    given = None if wanted is None else str(checked_confidence(wanted))
    return float(_remembered(archive, "min_confidence", given, str(MIN_CONFIDENCE)))


def _remembered(archive: Archive, name: str, given: str | None, default: str) -> str:
    """A setting of builds: the one given now (and remembered from now on), the one remembered, or the default."""
    if given is not None:
        archive.set_fact(name, given)
    return archive.fact(name) or default


def _overrides(where: folders.StoreFolder, path: str | Path | None) -> Overrides | None:
    """The overrides in force: those given now, else those that the store remembers."""
    if path is not None:
        text = read_text(path)  # once: a shell's <(command) gives it once
        given = parse_overrides(text, path)  # a file that cannot be used is refused before it is remembered
        with atomic_write(where.overrides_path) as copy:
            copy.write_text(text, "utf-8")
        return given
    return read_overrides(where.overrides_path) if where.overrides_path.exists() else None


def _own_words(where: folders.StoreFolder, path: str | Path | None) -> OwnWords:
    """The names in force: those given now, else those that the store remembers."""
    if path is not None:
        text = read_text(path)
        parse_own_words(text, path)
        with atomic_write(where.vocabulary_path) as copy:
            copy.write_text(text, "utf-8")
    return read_own_words(where.vocabulary_path) if where.vocabulary_path.exists() else OwnWords()


def _assemble(
    archive: Archive,
    where: folders.StoreFolder,
    merged: Sequence[tuple[str, Paper]],
    engine: extractors.Extractor,
    overrides: Overrides,
    report: Report,
    result: BuildResult,
    progress: Progress,
) -> None:
    """Assemble and store the graph, unless the one in place is intact and was made from the same inputs."""
    inputs = _fingerprint(merged, engine, overrides, result)
    where.remove_staging()
    result.rebuilt = where.problem()
    if result.rebuilt is None and _is_current(where, inputs, result):
        return
    progress("assemble", 0, None)
    records = _records(archive, merged, engine)
    try:
        with assembling(records, overrides, result.min_confidence, where.folder) as assembly:
            for idle in assembly.idle:
                report.note(idle.file, idle.place, idle.reason)
            progress("store", 0, None)

            def write(graph_path: Path, explanations_path: Path) -> None:
                with explanations_path.open("w", encoding="utf-8", newline="\n") as out:
                    write_explanations(assembly.explanations(), out)
                ladybug.write(assembly.graph, graph_path)

            where.replace_graph(write, inputs, result.min_confidence)
            result.nodes.update(assembly.graph.node_counts)
            result.relationships.update(assembly.graph.relationship_counts)
    except OSError as error:
        raise KGError(f"{where.folder}: cannot write the graph ({error.strerror or error})") from error


def _is_current(where: folders.StoreFolder, inputs: str, result: BuildResult) -> bool:
    """Whether the graph in place was made from these inputs; if so, count what it holds."""
    state = where.state()
    if state is None or state.inputs != inputs:
        return False
    try:
        with where.graph() as graph:
            result.nodes, result.relationships = graph.counts()
    except KGError as error:
        result.rebuilt = str(error)
        return False
    result.changed = False
    return True


def _records(
    archive: Archive, merged: Sequence[tuple[str, Paper]], engine: extractors.Extractor
) -> Iterator[tuple[str, Paper, Record]]:
    for paper_id, paper in merged:
        row = archive.given_record(paper) or archive.record(text_key(paper.title, paper.abstract), engine.version)
        if row is None:  # its extraction failed, which the report says
            continue
        try:
            yield paper_id, paper, Record.from_json(row)
        except RecordError as error:
            raise KGError(f"{paper_id}: {error}") from error


def _fingerprint(
    merged: Sequence[tuple[str, Paper]],
    engine: extractors.Extractor,
    overrides: Overrides | None,
    result: BuildResult,
) -> str:
    """A hash of all that the graph depends on: papers, records, overrides, confidence and code of assembly."""
    digest = hashlib.sha256()
    settings = [repr(overrides), result.failed, result.min_confidence]
    digest.update(json.dumps([_code_version(), engine.version, *settings]).encode())
    for paper_id, paper in merged:
        digest.update(json.dumps([paper_id, repr(paper)]).encode())
    return digest.hexdigest()


def _code_version() -> str:
    """A hash of the code and data that turn records into a graph."""
    here = Path(__file__).parent
    names = ("schema.py", "graph.py", "readers/merge.py")
    files = [here / name for name in names]
    for room in (here / "assembly", Path(extractors.__file__).parent / "names"):
        files += sorted(path for path in room.rglob("*") if path.is_file() and path.suffix != ".pyc")
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()
