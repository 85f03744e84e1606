"""Assembly over shards: names to the driver, what it decides back to the shards, and each shard's rows in a worker."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from kg.assembly import Overrides
from kg.assembly.assembler import Decided, decide
from kg.assembly.collect import CollectedPaper
from kg.assembly.names import Names
from kg.assembly.present.graph_builder import EntityConcepts, PaperConcepts, paper_rows
from kg.distributed.extraction import COLLECTED
from kg.distributed.storage import Storage
from kg.distributed.tables import write_part
from kg.graph import Graph, members_above
from kg.stores.parts import batches

_DECIDED: Final = "concepts"
"""The folder of what was decided, one file a shard."""
_CONCEPTS: Final = 50_000
"""Concepts in a part of the tables."""


def decide_names(output: Storage, shards: Sequence[str], overrides: Overrides, folder: Path) -> Decided:
    """What the names of all shards decide; written for each shard, too. Temporary files go to ``folder``.

    The driver holds each distinct name once, and some hundred bytes a paper.
    """
    names = Names(folder)
    for shard in shards:
        for text in output.read(f"{COLLECTED}/{shard}.parquet", ["names"]).column("names").to_pylist():
            names.add(CollectedPaper.from_json(text))
    names.finish()
    decided = decide(names, overrides)
    for shard in shards:
        ids = output.read(f"{COLLECTED}/{shard}.parquet", ["id"])
        concepts = [
            json.dumps(asdict(decided.paper(bisect_left(names.ids, paper_id))))
            for paper_id in ids.column("id").to_pylist()
        ]
        output.write(f"{_DECIDED}/{shard}.parquet", _with_column(ids, "concepts", concepts))
    return decided


def _with_column(table: Any, name: str, cells: Sequence[str]) -> Any:
    import pyarrow as pa

    return table.append_column(name, pa.array(cells, pa.string()))


@dataclass(frozen=True)
class WriteShard:
    """Writes the part of the graph that a shard's papers make. Called in a worker."""

    output: Storage
    min_confidence: float

    def __call__(self, row: dict[str, Any]) -> dict[str, str]:
        """Of the shard that the row names; what `write_part` says of it."""
        papers = self.output.read(f"{COLLECTED}/{row['shard']}.parquet", ["paper"]).column("paper").to_pylist()
        decided = self.output.read(f"{_DECIDED}/{row['shard']}.parquet", ["concepts"]).column("concepts").to_pylist()
        nodes, relationships = [], []
        for paper, concepts in zip(papers, decided, strict=True):
            rows = paper_rows(CollectedPaper.from_json(paper), _concepts(json.loads(concepts)))
            some, said = members_above(*rows, self.min_confidence)
            nodes += some
            relationships += said
        return write_part(self.output, f"part-{row['shard']}", Graph.of(nodes, relationships))


def _concepts(row: dict[str, Any]) -> PaperConcepts:
    entities = (EntityConcepts(entity["concept"], tuple(entity["forms"])) for entity in row["entities"])
    return PaperConcepts(row["id"], row["key"], tuple(entities))


def write_concepts(output: Storage, decided: Decided) -> list[dict[str, str]]:
    """Write the nodes of the concepts and what their names say of them; what `write_part` says of each part."""
    done = []
    for number, nodes in enumerate(batches(decided.nodes(), _CONCEPTS)):
        done.append(write_part(output, f"part-concepts-{number:06}", Graph(tuple(nodes), ())))
    for number, found in enumerate(batches(decided.relationships(), _CONCEPTS)):
        done.append(write_part(output, f"part-names-{number:06}", Graph((), tuple(found))))
    return done
