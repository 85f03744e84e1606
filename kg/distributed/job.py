"""The driver: reads, merges, extracts, assembles and writes, each step over the shards of the one before."""

from __future__ import annotations

import json
import logging
import math
import os
import re
import socket
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.assembly import Overrides, read_overrides, write_explanations
from kg.assembly.own_words import OwnWords, read_own_words
from kg.building.extraction import DEFAULT_EXTRACTOR, knowing, load_extractor
from kg.building.job import BuildResult
from kg.building.settings import MIN_CONFIDENCE
from kg.distributed import tables
from kg.distributed.assembling import WriteShard, decide_names, write_concepts
from kg.distributed.extraction import COLLECTED, Extract
from kg.distributed.merging import Spread, chains, merge
from kg.distributed.reading import REPORT, ReadFile, add_json
from kg.distributed.storage import Storage
from kg.errors import KGError, Progress, Report, how_to_install, no_progress
from kg.graph import checked_confidence
from kg.readers.inputs import STDIN, FileName, expand, file_names
from kg.readers.inputs import origin as origin_of
from kg.readers.remote import is_address
from kg.schema import NODE_TYPES
from kg.stores import folder as folders
from kg.stores.parts import first_line

if TYPE_CHECKING:
    import ray.data

_SHARD: Final = 512
"""Papers of one task, about: enough to hide what a task costs, few enough that a machine holds many."""
_EXPLANATIONS: Final = "explanations.jsonl"
"""Why names are one concept."""
_ANSWER: Final = 10
"""Seconds in which a cluster must answer."""
_BESIDE: Final = 1
"""Cores that extraction leaves free: its actors hold theirs to the end, and would wait for papers forever."""
_DONE: Final = "complete.json"
"""Is there when all that a build writes is."""


@dataclass(frozen=True)
class _Job:
    """What all steps need."""

    output: Storage
    extractor: str
    version: str
    words: OwnWords
    workers: int
    report: Report
    progress: Progress


def build(
    papers: FileName | Sequence[FileName],
    store: str | Path | None = folders.DEFAULT,
    *,
    output: str | None = None,
    address: str | None = None,
    extractor: str | None = None,
    processes: int | None = None,
    overrides: str | Path | None = None,
    vocabulary: str | Path | None = None,
    min_confidence: float | None = None,
    columns: Mapping[str, str] | None = None,
    report: Report | None = None,
    progress: Progress = no_progress,
) -> BuildResult:
    """Build the graph of ``papers`` on the Ray cluster at ``address``, or on one that is started on this machine.

    The graph is of these papers alone, and the same that `kg.building.job` makes of them. Shards of records, tables
    and exports go to ``output``, a folder that all machines see or an address (``s3://…``), by default the folder
    ``shards`` in ``store``; ``store`` gets the graph for queries, unless it is None. ``processes`` is how many extract
    at once (None: one for each core of the cluster); other options as in `kg.building.job`, but nothing is remembered
    from builds before. Raises `KGError` where nothing could be done, or where Ray gave up.
    """
    started = time.monotonic()
    report = report or Report()
    overridden = Overrides() if overrides is None else read_overrides(overrides)
    words = OwnWords() if vocabulary is None else read_own_words(vocabulary)
    name = extractor or DEFAULT_EXTRACTOR
    engine = knowing(load_extractor(name), words)
    minimum = MIN_CONFIDENCE if min_confidence is None else checked_confidence(min_confidence)
    files = expand(file_names(papers), report)
    if STDIN in files:
        raise KGError("standard input cannot be read by other machines; give files")
    if not files:
        raise KGError("no paper found in " + ", ".join(file_names(papers)))
    where = None if store is None else folders.make(store)
    if where is not None:
        where.require_made(by="ray")
    folder = output if output is not None else f"{store}/shards"
    target = Storage(folder if is_address(folder) else os.path.abspath(folder))
    target.check()
    result = BuildResult(extractor=name, min_confidence=minimum)
    with _cluster(address, processes) as workers:
        job = _Job(target, name, engine.version, words, workers, report, progress)
        shards = _extracted(job, [origin_of(file) for file in files], dict(columns or {}), result)
        tables.clear(target)
        _export(job, _assembled(job, shards, words.overrides(overridden), result))
    target.write_text(_DONE, json.dumps({"nodes": result.nodes, "relationships": result.relationships}) + "\n")
    if where is not None:
        progress("store", 0, None)

        def write(graph_path: Path, explanations_path: Path) -> None:
            tables.embed(target, graph_path)
            target.fetch(_EXPLANATIONS, explanations_path)

        where.replace_graph(write, "ray", minimum)
    result.seconds = time.monotonic() - started
    return result


@contextmanager
def _cluster(address: str | None, processes: int | None) -> Iterator[int]:
    """Ray, connected or started, and how many processes extract at once. What was started here is stopped."""
    _require_answer(address or "")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise KGError(f"--on ray needs Ray ({error}); {how_to_install('ray')}") from error
    own = not ray.is_initialized()
    if own:
        cores = (processes or os.cpu_count() or 1) + _BESIDE
        options: dict[str, Any] = {} if address else {"num_cpus": cores, "include_dashboard": False}
        try:
            ray.init(address or "local", logging_level=logging.ERROR, log_to_driver=False, **options)
        except Exception as error:  # Ray's own where a node takes longer than it waits for one
            raise KGError(f"no Ray cluster at {address or 'this machine'}: {str(error).splitlines()[0]}") from error
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    try:
        yield _workers(int(ray.cluster_resources().get("CPU", 0)), processes)
    except ray.exceptions.RayError as error:
        raise KGError(_reason(error)) from error
    finally:
        if own:
            ray.shutdown()


def _workers(cores: int, wanted: int | None) -> int:
    """How many processes extract at once on so many cores, of which one must be left for what feeds them."""
    if cores <= _BESIDE:
        raise KGError(f"the Ray cluster has {cores} core{'s' * (cores != 1)}; a build needs two")
    return min(wanted or cores, cores - _BESIDE)


def _require_answer(address: str) -> None:
    """`KGError` where nothing answers at ``HOST:PORT``, which Ray itself would find out after minutes."""
    host, _, port = address.rpartition("//")[2].rpartition(":")
    if not host or not port.isdigit():
        return  # such as "auto", which Ray looks up
    try:
        socket.create_connection((host, int(port)), timeout=_ANSWER).close()
    except (OSError, OverflowError) as error:
        raise KGError(f"no Ray cluster at {address}: {error}") from error


def _reason(error: BaseException) -> str:
    """What went wrong in a worker, in one line; Ray hands it on as the text of a traceback."""
    found = re.findall(r"^([\w.]+(?:Error|Exception)): (.+)$", str(error), re.MULTILINE)
    for name, text in found:
        if name == "kg.errors.KGError":
            return str(text)
    return f"a task of the Ray cluster failed: {found[0][1] if found else first_line(error)}"


def _extracted(job: _Job, files: Sequence[str], columns: Mapping[str, str], result: BuildResult) -> list[str]:
    """Read, merge and extract; the files of papers with their records."""
    import ray
    import ray.data

    reading = ray.data.from_items([{"number": n, "file": file} for n, file in enumerate(files)])
    reading = reading.repartition(min(len(files), 4 * job.workers))
    read = sorted(_rows(reading.map(ReadFile(job.output, columns)), job, "read", len(files)), key=lambda r: r["number"])
    names = list(dict.fromkeys(row["name"] for row in read))
    for name in names:
        add_json(job.report, _report_of(job.output, name))
    known = chains(job.output, names)
    result.read = known.total
    if not known.total:
        raise KGError("no paper found in " + ", ".join(files))
    count = _shards(known.total, job.workers)
    job.output.remove(COLLECTED)
    spread = ray.data.from_items([{"name": name} for name in names]).repartition(min(len(names), 4 * job.workers))
    done = (
        spread.map_batches(Spread(job.output, ray.put(known), count), batch_size=1, batch_format="pyarrow")
        .groupby("part", num_partitions=count)
        .map_groups(merge, batch_format="pyarrow", fn_kwargs={"shards": count})
        .groupby("shard", num_partitions=count)
        .map_groups(
            Extract,
            batch_format="pyarrow",
            fn_constructor_args=(job.output, job.extractor, job.version, job.words),
            compute=ray.data.ActorPoolStrategy(min_size=1, max_size=job.workers),
            num_cpus=1,
        )
    )
    shards = sorted(_rows(done, job, "extract", known.total, "papers"), key=lambda row: str(row["shard"]))
    for row in shards:
        add_json(job.report, row["report"])
    for count_of in ("papers", "extracted", "reused", "given", "failed"):
        setattr(result, count_of, sum(row[count_of] for row in shards))
    return [row["shard"] for row in shards]


def _shards(papers: int, workers: int) -> int:
    """Into how many shards so many papers are divided: of limited size, several for each worker, none tiny."""
    return max(math.ceil(papers / _SHARD), min(4 * workers, math.ceil(papers / 16)), 1)


def _rows(dataset: ray.data.Dataset, job: _Job, step: str, total: int, size: str = "") -> Iterator[dict[str, Any]]:
    """The rows of a dataset as they are made, with progress; column ``size`` says how much each stands for."""
    done = 0
    for row in dataset.iter_rows():
        done += row[size] if size else 1
        job.progress(step, done, total)
        yield row


def _report_of(output: Storage, name: str) -> str:
    import pyarrow.parquet as pq

    metadata: dict[bytes, bytes] = pq.read_schema(output.path(name), filesystem=output.filesystem).metadata
    return metadata[REPORT].decode()


def _assembled(job: _Job, shards: Sequence[str], overrides: Overrides, result: BuildResult) -> list[dict[str, str]]:
    """Decide on names, and write the tables of all shards and of the concepts; what is told of each part."""
    import ray.data

    job.progress("assemble", 0, None)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        decided = decide_names(job.output, shards, overrides, folder)
        for idle in decided.idle(overrides):
            job.report.note(idle.file, idle.place, idle.reason)
        done = write_concepts(job.output, decided)
        with (folder / _EXPLANATIONS).open("w", encoding="utf-8", newline="\n") as out:
            write_explanations(decided.explanations(), out)
        job.output.take(_EXPLANATIONS, folder / _EXPLANATIONS)
    waiting = ray.data.from_items([{"shard": shard} for shard in shards])
    waiting = waiting.repartition(min(len(shards), 4 * job.workers))
    done += _rows(waiting.map(WriteShard(job.output, result.min_confidence)), job, "store", len(shards))
    for row in done:
        for kind, count in json.loads(row["counts"]).items():
            (result.nodes if kind in NODE_TYPES else result.relationships)[kind] += count
    return done


def _export(job: _Job, parts: Sequence[Mapping[str, str]]) -> None:
    """Write every part of the tables in the other formats."""
    import ray
    import ray.data

    from kg.exports.neo4j_csv import separator

    between = separator({char for part in parts for char in part["used"]})
    export = tables.Export(job.output, ray.put(tables.hierarchy(job.output)), between)
    waiting = ray.data.from_items([{"part": part["part"]} for part in parts]).repartition(
        min(len(parts), 4 * job.workers)
    )
    for _ in _rows(waiting.map(export), job, "export", len(parts)):
        pass
    tables.write_import(job.output, between)
