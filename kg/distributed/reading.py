"""Papers of one input file, as a Parquet file of readings with the report of what could not be read."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kg.distributed.storage import Storage
from kg.errors import Problem, Report
from kg.readers import read_papers
from kg.readers.merge import merge_keys
from kg.readers.remote import filesystem, is_address
from kg.stores.archive import to_row

REPORT = b"report"
"""The key of the report in the metadata of a file of readings."""


@dataclass(frozen=True)
class ReadFile:
    """Reads one input file into the output, unless that was done before. Called in a worker."""

    output: Storage
    columns: Mapping[str, str]

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """The name of the file of readings for the row's input ``file``, and whether papers may be missing from it."""
        file = str(row["file"])
        name = f"readings/{self._digest(file)}.parquet"
        if not self.output.has(name):
            self.output.write(name, _readings(file, self.columns))
        return {"number": row["number"], "name": name}

    def _digest(self, file: str) -> str:
        """Made of all that the readings depend on: file, size, time of last change and names of columns."""
        from pyarrow import fs

        storage, path = filesystem(file) if is_address(file) else (fs.LocalFileSystem(), file)
        info = storage.get_file_info(path)
        told = [file, info.size, info.mtime_ns, sorted(self.columns.items())]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:24]


def _readings(file: str, columns: Mapping[str, str]) -> Any:
    import pyarrow as pa

    report = Report()
    rows = []
    for paper in read_papers([file], report, columns=columns):
        row, given = to_row(paper)
        rows.append(
            {
                "paper": json.dumps(row),
                "given": None if given is None else given.decode(),
                "keys": [_short(name) for name in merge_keys(paper)],
            }
        )
    types = [("paper", pa.string()), ("given", pa.string()), ("keys", pa.list_(pa.int64()))]
    return pa.Table.from_pylist(rows, pa.schema(types, {REPORT: to_json(report).encode()}))


def _short(name: str) -> int:
    """A name as a number; papers whose names collide are only looked at together."""
    return int.from_bytes(hashlib.sha256(name.encode(errors="surrogatepass")).digest()[:8], signed=True)


def to_json(report: Report) -> str:
    """A report as text, to be handed from a worker to the driver."""
    parts = {"problems": report.problems, "notes": report.notes}
    return json.dumps({**{name: [asdict(p) for p in found] for name, found in parts.items()}, "counts": report.counts})


def add_json(report: Report, text: str) -> bool:
    """Add what `to_json` made a text of to a report; whether it tells of a problem."""
    found = json.loads(text)
    for name, members in (("problems", report.problems), ("notes", report.notes)):
        for row in found[name]:
            members.append(Problem(**row))
            if report.on_problem:
                report.on_problem(members[-1])
    report.counts += Counter(found["counts"])
    return bool(found["problems"])
