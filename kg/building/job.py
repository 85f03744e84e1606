"""From papers to a store: read, extract what is new, assemble, store.

Each step keeps its results in the store, so a build that was killed continues where it stopped when it is
started again.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import extractors
from extractors.record import Record, RecordError
from kg.assembly import Overrides, assembling, write_explanations
from kg.building.extraction import (
    DEFAULT_EXTRACTOR,
    knowing,
    load_extractor,
    note_language,
    process_count,
    started,
    to_report,
    with_origins,
)
from kg.building.settings import MIN_CONFIDENCE, minimum, overrides_in_force, own_words_in_force, remembered
from kg.errors import KGError, Progress, Report, no_progress
from kg.papers import Paper
from kg.readers.inputs import FileName, file_names
from kg.readers.merge import merge_papers
from kg.stores import folder as folders
from kg.stores import ladybug
from kg.stores.archive import Archive, text_key

_KEPT_EVERY: Final = 2.0
"""Seconds of extraction that a killed build loses at most, beside what the worker processes have in hand."""
_SECONDS_EACH: Final = 0.15
"""What the default extractor needs for an abstract on one quiet core; see benchmarks/README.md."""


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
        result.extractor = remembered(archive, "extractor", extractor, DEFAULT_EXTRACTOR)
        words = own_words_in_force(where, vocabulary)
        engine = knowing(wanted or load_extractor(result.extractor), words)
        if names:
            damaged: set[str] = set()
            readings = with_origins(names, report, columns, progress, damaged)
            result.read = archive.replace_readings(readings, keep=lambda: damaged)
        merged = merge_papers(archive.papers(), report)
        if not merged:
            raise KGError("no paper found in " + ", ".join(names or [f"the store {store}"]))
        result.papers = len(merged)
        result.min_confidence = minimum(archive, min_confidence)
        _extract_missing(archive, merged, engine, processes, report, result, progress)
        decided = words.overrides(overrides_in_force(where, overrides) or Overrides())
        _assemble(archive, where, merged, engine, decided, report, result, progress)
    result.seconds = time.monotonic() - started
    return result


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
    _note_renewal(archive, [key for key, _, _ in missing], engine, process_count(processes, len(missing)), report)
    by_key = {key: named for (key, _, _), named in missing.items()}
    records = engine.extract_many(missing, process_count(processes, len(missing)), on_error=to_report(report, by_key))

    def keep(portion: Sequence[Record]) -> None:
        archive.keep_records([(record.id, record.to_json()) for record in portion], engine.version)
        result.extracted += len(portion)
        progress("extract", result.extracted, len(missing))

    try:
        _keep_now_and_then(started(records), keep)
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
    here = Path(__file__).parents[1]
    names = ("schema.py", "graph.py", "readers/merge.py")
    files = [here / name for name in names]
    for room in (here / "assembly", Path(extractors.__file__).parent / "names"):
        files += sorted(path for path in room.rglob("*") if path.is_file() and path.suffix != ".pyc")
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()
