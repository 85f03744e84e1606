"""The main job: read papers, extract what is new, assemble the graph, store it.

The only module that imports ``extractors``. Each step leaves its work behind in the
store, so a build killed anywhere goes on from there when it is started again.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import extractors
from extractors.record import Record, RecordError
from kg.assembly import Overrides, assemble, read_overrides, write_explanations
from kg.errors import KGError, Report
from kg.papers import Paper
from kg.readers import read_papers
from kg.readers.inputs import STDIN, expand, total_size
from kg.readers.merge import merge_papers
from kg.stores import folder as folders
from kg.stores import ladybug
from kg.stores.archive import Archive, text_key
from kg.stores.atomic import whole_file

Progress = Callable[[str, int, int | None], None]
"""Called with the step's name, how much of it is done, and how much there is (None: unknown)."""

_BATCH = 32
_FEW = 100
"""Up to this many new abstracts, starting further processes costs more than it saves."""


@dataclass(slots=True)
class Summary:
    """What a build did. ``nodes`` and ``relationships`` count by label and type."""

    read: int = 0
    papers: int = 0
    extracted: int = 0
    reused: int = 0
    given: int = 0
    failed: int = 0
    seconds: float = 0.0
    changed: bool = True
    nodes: Counter[str] = field(default_factory=Counter)
    relationships: Counter[str] = field(default_factory=Counter)


def build(
    papers: Sequence[str | os.PathLike[str]],
    store: str | Path = folders.DEFAULT,
    *,
    extractor: str = "default",
    processes: int | None = None,
    overrides: str | Path | None = None,
    columns: Mapping[str, str] | None = None,
    report: Report | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Build the graph of ``papers`` (files, folders, globs or ``-``) into a store, or add them to it.

    ``extractor`` names one of `extractors.available`; ``processes`` is how many extract (None:
    one, or all cores for many papers); ``overrides`` is a file of ``same`` and
    ``different`` names, remembered from then on. What could not be read goes to
    ``report`` and costs nothing else. Raises `KGError` where nothing could be done.
    """
    started = time.monotonic()
    report = report or Report()
    tell = progress or (lambda step, done, total: None)
    engine = load_extractor(extractor)
    where = folders.make(store)
    with where.archive() as archive:
        summary = Summary()
        readings = _origins(papers, report, columns, tell)
        summary.read = archive.replace_readings(readings, keep=lambda: _troubled(report))
        merged = merge_papers(archive.papers(), report)
        if not merged:
            raise KGError("no paper found in " + ", ".join(str(p) for p in papers))
        summary.papers = len(merged)
        _extract_missing(archive, merged, engine, processes, report, summary, tell)
        _assemble(archive, where, merged, engine, _overrides(where, overrides), summary, tell)
    summary.seconds = time.monotonic() - started
    return summary


def extract(
    papers: Sequence[str | os.PathLike[str]],
    *,
    extractor: str = "default",
    processes: int | None = None,
    columns: Mapping[str, str] | None = None,
    report: Report | None = None,
    progress: Progress | None = None,
) -> Iterator[dict[str, Any]]:
    """Records of ``papers``, one per distinct paper, in the order of paper ids.

    The record's ``id`` is the input's own id where it has one, else the paper's.
    """
    report = report or Report()
    tell = progress or (lambda step, done, total: None)
    engine = load_extractor(extractor)
    merged = merge_papers(paper for _, paper in _origins(papers, report, columns, tell))
    if not merged:
        raise KGError("no paper found in " + ", ".join(str(p) for p in papers))
    wanted = [(paper_id, paper) for paper_id, paper in merged if paper.record is None]
    rows = ((paper_id, paper.title, paper.abstract) for paper_id, paper in wanted)
    extracted = engine.extract_many(rows, _processes(processes, len(wanted)), on_error=_to_report(report))
    waiting: dict[str, Record] = {}
    for number, (paper_id, paper) in enumerate(merged):
        tell("extract", number, len(merged))
        row = dict(paper.record) if paper.record is not None else _next_for(paper_id, extracted, waiting)
        if row is not None:
            yield {**row, "id": paper.local_id or paper_id, **_metadata(paper)}


def load_extractor(name: str) -> extractors.Extractor:
    """The extractor of that name; `KGError` lists the valid ones."""
    try:
        return extractors.load(name)
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


def _origins(
    papers: Sequence[str | os.PathLike[str]],
    report: Report,
    columns: Mapping[str, str] | None,
    tell: Progress,
) -> Iterator[tuple[str, Paper]]:
    """Papers, each with the real path of the file that gave it, or ``-`` for standard input."""
    files = expand(papers, report)
    total = total_size(files)
    before = 0
    for file in files:

        def progress(done: int, _: int | None, before: int = before) -> None:
            tell("read", before + done, total)

        origin = file if file == STDIN else os.path.realpath(file)
        for paper in read_papers([file], report, columns=columns, progress=progress):
            yield origin, paper
        before += os.path.getsize(file) if total is not None else 0


def _troubled(report: Report) -> set[str]:
    """Inputs that could not be read whole, so that nothing they gave before may be dropped."""
    return {os.path.realpath(problem.file) for problem in report.problems if problem.file}


def _metadata(paper: Paper) -> dict[str, Any]:
    """What a record says beside the extraction: the paper's metadata that is known."""
    names = ("year", "venue", "authors", "url", "doi", "arxiv", "source")
    return {name: value for name in names if (value := getattr(paper, name))}


def _processes(asked: int | None, papers: int) -> int:
    if asked is not None:
        return asked
    return 1 if papers <= _FEW else os.cpu_count() or 1


def _to_report(report: Report) -> Callable[[extractors.ExtractionError], None]:
    return lambda error: report.add(error.paper, "", f"extraction failed: {error.reason}")


def _extract_missing(
    archive: Archive,
    merged: Sequence[tuple[str, Paper]],
    engine: extractors.Extractor,
    processes: int | None,
    report: Report,
    summary: Summary,
    tell: Progress,
) -> None:
    """Extract every paper that has no record yet, keeping records batch by batch."""
    missing = []
    for _, paper in merged:
        key = text_key(paper.title, paper.abstract)
        if paper.record is not None:
            summary.given += 1
        elif archive.has_record(key, engine.version):
            summary.reused += 1
        else:
            missing.append((key, paper.title, paper.abstract))
    missing = list(dict.fromkeys(missing))
    records = engine.extract_many(missing, _processes(processes, len(missing)), on_error=_to_report(report))
    for batch in _batched(records, _BATCH):
        archive.keep_records([(record.id, record.to_json()) for record in batch], engine.version)
        summary.extracted += len(batch)
        tell("extract", summary.extracted, len(missing))
    summary.failed = len(missing) - summary.extracted


def _batched(records: Iterable[Record], size: int) -> Iterator[list[Record]]:
    remaining = iter(records)
    while batch := list(itertools.islice(remaining, size)):
        yield batch


def _overrides(where: folders.StoreFolder, path: str | Path | None) -> Overrides | None:
    """The overrides in force: those given now, else those that the store remembers."""
    if path is not None:
        read_overrides(path)  # an unusable file is refused before it is remembered
        where.overrides_path.write_bytes(Path(path).read_bytes())
    return read_overrides(where.overrides_path) if where.overrides_path.exists() else None


def _assemble(
    archive: Archive,
    where: folders.StoreFolder,
    merged: Sequence[tuple[str, Paper]],
    engine: extractors.Extractor,
    overrides: Overrides | None,
    summary: Summary,
    tell: Progress,
) -> None:
    """Assemble and store the graph, unless the one in place was made from the very same things."""
    fingerprint = _fingerprint(merged, engine, overrides, summary)
    if archive.fact("graph") == fingerprint and where.graph_path.exists():
        summary.changed = False
        with where.graph() as graph:
            summary.nodes, summary.relationships = graph.counts()
        return
    tell("assemble", 0, None)
    assembly = assemble(_records(archive, merged, engine), overrides)
    tell("store", 0, None)
    ladybug.write(assembly.graph, where.graph_path)
    with whole_file(where.explanations_path) as beside, beside.open("w", encoding="utf-8", newline="\n") as out:
        write_explanations(assembly.explanations, out)
    archive.set_fact("graph", fingerprint)  # last, so that a kill before it means: assemble again
    summary.nodes.update(node.label for node in assembly.graph.nodes)
    summary.relationships.update(rel.type for rel in assembly.graph.relationships)


def _records(
    archive: Archive, merged: Sequence[tuple[str, Paper]], engine: extractors.Extractor
) -> Iterator[tuple[str, Paper, Record]]:
    for paper_id, paper in merged:
        row = archive.given_record(paper) or archive.record(text_key(paper.title, paper.abstract), engine.version)
        if row is None:  # its extraction failed, which the report has told
            continue
        try:
            yield paper_id, paper, Record.from_json(row)
        except RecordError as error:
            raise KGError(f"{paper_id}: {error}") from error


def _fingerprint(
    merged: Sequence[tuple[str, Paper]],
    engine: extractors.Extractor,
    overrides: Overrides | None,
    summary: Summary,
) -> str:
    """A hash of all that the graph depends on: papers, records, overrides and the assembling code."""
    digest = hashlib.sha256()
    digest.update(json.dumps([_code_version(), engine.version, repr(overrides), summary.failed]).encode())
    for paper_id, paper in merged:
        digest.update(json.dumps([paper_id, repr(paper)]).encode())
    return digest.hexdigest()


def _code_version() -> str:
    """A hash of the code and data that turn records into a stored graph."""
    here = Path(__file__).parent
    names = ("schema.py", "graph.py", "readers/merge.py", "stores/ladybug.py")
    files = [here / name for name in names]
    files += sorted(path for path in (here / "assembly").rglob("*") if path.is_file() and path.suffix != ".pyc")
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()
