"""Extraction in actors: a shard of papers in, its records kept, what became of each paper out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import extractors
from extractors.record import Record, RecordError
from kg.assembly.collect import collect_one
from kg.assembly.own_words import OwnWords
from kg.building.extraction import knowing, load_extractor, note_language, place_in
from kg.distributed.reading import add_json, to_json
from kg.distributed.storage import Storage
from kg.errors import KGError, Report
from kg.papers import Paper
from kg.stores.archive import from_row
from kg.stores.parts import batches

if TYPE_CHECKING:
    import pyarrow as pa

COLLECTED: Final = "papers"
"""The folder of the collected papers, one file a shard."""
CHUNK: Final = 128
"""Records in a file: what a job that is killed loses of each actor's work at most."""

Wanted = tuple[str, str, Paper]
"""The key of a text, the id of its paper, and the paper."""


class Extract:
    """An actor that extracts shards of papers. It holds one worker process, which loads the model once.

    A paper that ends the worker process costs only itself: the process is replaced. An actor that ends is replaced by
    Ray, and its shard begun again, which finds the records that are kept.
    """

    def __init__(self, output: Storage, extractor: str, version: str, words: OwnWords) -> None:
        """``version`` is that of the driver's extractor, which must be the same."""
        self._output = output
        self._engine = knowing(load_extractor(extractor), words)
        if self._engine.version != version:
            raise KGError(f"a machine of the cluster has extractor {self._engine.version}, the driver {version}")
        self._folder = records_folder(self._engine)
        self._known = output.names(self._folder)
        self._pool = self._engine.pool(1)

    def __call__(self, shard: pa.Table) -> pa.Table:
        """One row: the shard, of which a file of collected papers is written, counts of what was done, and a report."""
        import pyarrow as pa

        rows = sorted(shard.to_pylist(), key=lambda row: str(row["id"]))
        report = Report()
        for row in rows:
            if row["report"] is not None:
                add_json(report, row["report"])
        records, counts = self._records(rows, report)
        counts["papers"] = len(rows)
        shard_number = f"{rows[0]['shard']:06}"
        self._output.write(f"{COLLECTED}/{shard_number}.parquet", _collected(rows, records))
        return pa.Table.from_pylist([{"shard": shard_number, "report": to_json(report), **counts}])

    def _records(self, rows: Sequence[dict[str, Any]], report: Report) -> tuple[dict[str, str], dict[str, int]]:
        """The JSON of the record of each text that has none with it, and how many were extracted, failed and so on."""
        asked = [row for row in rows if row["given"] is None]
        wanted: dict[str, Wanted] = {}
        for row in asked:
            wanted.setdefault(row["text"], (row["text"], row["id"], from_row(json.loads(row["paper"]))))
        records = self._kept(wanted)
        reused = sum(row["text"] in records for row in asked)
        missing = [wanted[text] for text in sorted(wanted.keys() - records.keys())]
        for _, paper_id, paper in missing:
            note_language(paper_id, paper, report)
        before = len(records)
        for chunk in batches(missing, CHUNK):
            records |= self._chunk(chunk, report)
        extracted = len(records) - before
        counts = {"extracted": extracted, "failed": len(missing) - extracted, "reused": reused}
        return records, {**counts, "given": len(rows) - len(asked)}

    def _kept(self, wanted: dict[str, Wanted]) -> dict[str, str]:
        """The records of wanted texts that earlier builds kept."""
        found: dict[str, str] = {}
        if not wanted:
            return found
        least, most = min(wanted)[:8], max(wanted)[:8]
        for name in self._known:
            first, last, _ = name.rpartition("/")[2].split("-")
            if first <= most and last >= least:
                table = self._output.read(name)
                texts, records = (table.column(column).to_pylist() for column in ("text", "record"))
                found |= {text: record for text, record in zip(texts, records, strict=True) if text in wanted}
        return found

    def _chunk(self, chunk: Sequence[Wanted], report: Report) -> dict[str, str]:
        """Extract papers and keep their records in one file, named by the texts; papers that fail are reported."""
        import pyarrow as pa

        texts = [text for text, _, _ in chunk]
        digest = hashlib.sha256("".join(texts).encode()).hexdigest()[:16]
        name = f"{self._folder}/{texts[0][:8]}-{texts[-1][:8]}-{digest}.parquet"
        records: dict[str, str] = {}
        if self._output.has(name):  # by this shard before its actor was lost
            table = self._output.read(name)
            records = dict(zip(table.column("text").to_pylist(), table.column("record").to_pylist(), strict=True))
            chunk = [wanted for wanted in chunk if wanted[0] not in records]  # what failed is reported again
        for (text, paper_id, paper), outcome in zip(chunk, self._outcomes(chunk), strict=True):
            if isinstance(outcome, Record):
                records[text] = json.dumps(outcome.to_json())
            else:
                report.add(*place_in(paper_id, paper), f"extraction failed: {outcome.reason}")
        columns = {"text": pa.array(records, pa.string()), "record": pa.array(records.values(), pa.string())}
        self._output.write(name, pa.table(columns))
        return records

    def _outcomes(self, chunk: Sequence[Wanted]) -> Iterator[Record | extractors.ExtractionError]:
        yield from self._pool.submit([(text, paper.title, paper.abstract) for text, _, paper in chunk]).result()


def _collected(rows: Sequence[dict[str, Any]], records: dict[str, str]) -> pa.Table:
    """Papers with records as assembly takes them: ``id``, ``names`` (what decides on names) and ``paper`` (all)."""
    import pyarrow as pa

    found = []
    for row in rows:
        if (record := row["given"] or records.get(row["text"])) is not None:
            try:
                parsed = Record.from_json(json.loads(record))
            except RecordError as error:
                raise KGError(f"{row['id']}: {error}") from error
            found.append(collect_one(row["id"], from_row(json.loads(row["paper"])), parsed))
    columns = {
        "id": [paper.id for paper in found],
        "names": [paper.names_only().to_json() for paper in found],
        "paper": [paper.to_json() for paper in found],
    }
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})


def records_folder(engine: extractors.Extractor) -> str:
    """Where the records of an extractor of this version lie."""
    return "records/" + quote(f"{engine.name} {engine.version}", safe="+ ").replace(" ", "_")
