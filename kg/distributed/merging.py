"""Papers that come twice: which readings must be looked at together, and what `merge_papers` makes of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from extractors.names.disjoint_sets import DisjointSets
from kg.distributed.reading import to_json
from kg.distributed.storage import Storage
from kg.errors import Report
from kg.readers.merge import merge_papers
from kg.stores.archive import GIVEN, from_row, text_key

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Chains:
    """Which readings share keys, directly or in chains.

    A reading's place is its number over all files; ``first`` gives that of each file's first reading. ``leaders`` has
    the least place of its chain for each reading that shares a key with another and is not that one itself.
    """

    first: Mapping[str, int]
    leaders: Mapping[int, int]
    total: int


def chains(output: Storage, names: Sequence[str]) -> Chains:
    """The chains of the readings in these files.

    The driver holds 16 bytes for each key of each reading, and an entry for each reading that is not alone.
    """
    keys, places, first, total = [], [], {}, 0
    for name in names:
        column = output.read(name, ["keys"]).column("keys").combine_chunks()
        lengths = np.diff(column.offsets.to_numpy())
        keys.append(column.flatten().to_numpy(zero_copy_only=False))
        places.append(np.repeat(np.arange(total, total + len(lengths)), lengths))
        first[name] = total
        total += len(lengths)
    if not total:
        return Chains(first, {}, 0)
    every_key, every_place = np.concatenate(keys), np.concatenate(places)
    order = np.argsort(every_key, kind="stable")
    every_key, every_place = every_key[order], every_place[order]
    sets, shared = DisjointSets[int](), set[int]()
    for at in np.flatnonzero(every_key[1:] == every_key[:-1]).tolist():
        one, other = int(every_place[at]), int(every_place[at + 1])
        sets.union(one, other)
        shared |= {one, other}
    leaders = {place: leader for place in shared if (leader := sets.find(place)) != place}
    return Chains(first, leaders, total)


@dataclass(frozen=True)
class Spread:
    """Gives each reading of a file the part in which it is merged: one part for a chain. Called in a worker."""

    output: Storage
    chains: Any
    """A reference to the `Chains`, which all workers of a machine share."""
    parts: int

    def __call__(self, file: pa.Table) -> pa.Table:
        """The readings of the one file of them that is named in ``file``."""
        import pyarrow as pa
        import ray

        known: Chains = ray.get(self.chains)
        name = file.column("name")[0].as_py()
        table = self.output.read(name, ["paper", "given"])
        places = range(known.first[name], known.first[name] + len(table))
        parts = pa.array((known.leaders.get(place, place) % self.parts for place in places), pa.int64())
        return table.append_column("part", parts)


def merge(part: pa.Table, shards: int) -> pa.Table:
    """The distinct papers of one part of what `Spread` gives: with ids, records that came with them, and shards.

    The first row has the report of the part. Called in a worker.
    """
    import pyarrow as pa

    readings = part.column("paper").to_pylist()
    given: dict[str, str] = {}
    papers = []
    for reading, record in zip(readings, part.column("given").to_pylist(), strict=True):
        papers.append(from_row(json.loads(reading)))
        if record is not None:
            given[papers[-1].record[GIVEN]] = record  # type: ignore[index]  # a record has its reference
    report = Report()
    rows = []
    for paper_id, paper in merge_papers(papers, report):
        text = text_key(paper.title, paper.abstract)
        record = None if paper.record is None else given[paper.record[GIVEN]]
        shard = int(text[:8], 16) * shards >> 32
        row = json.dumps(asdict(paper))
        rows.append({"shard": shard, "id": paper_id, "text": text, "paper": row, "given": record, "report": None})
    names = ("id", "text", "paper", "given", "report")
    schema = pa.schema([("shard", pa.int64()), *((name, pa.string()) for name in names)])
    rows[0]["report"] = to_json(report)
    return pa.Table.from_pylist(rows, schema)
