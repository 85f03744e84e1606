"""How right assembly is, and what it costs.

    python benchmarks/assembly.py RECORDS.jsonl... [--pairs PAIRS.tsv] [--papers 50000 [--store FOLDER]] [--top 20]

RECORDS are extraction records. With ``--pairs`` (type, name, name, same|different, reason; a
header line) it tells which pairs of names come out as one concept: precision and recall,
with all rules, without the table of concepts, and for misspellings at several thresholds.
With ``--papers`` it makes that many papers of the records (`more_records`) and measures time
and memory of assembling them, part by part; with ``--in-memory`` as one graph in memory; with
``--store`` also of storing the graph, which stays there as graph.lbug (`queries.py` can ask it). With ``--top`` it
lists the concepts that most papers mention, to be read by eye.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from more_records import Growth, Row, more_records

from extractors.names import concepts as concept_module
from extractors.record import Record
from kg.assembly import Assembly, assemble, assembling, write_explanations
from kg.assembly.identify import identity, senses, usage
from kg.assembly.join import typos
from kg.papers import Paper
from kg.schema import CONCEPT_LABELS
from kg.stores import ladybug

T = TypeVar("T")
Extracted = tuple[str, Paper, Record]
Pair = tuple[str, str, str, bool]


class Lines(Sequence[Row]):
    """The records of the files, each read from its line when it is asked for: the memory measured is not theirs."""

    def __init__(self, files: list[Path]) -> None:
        self._places = [(file, place) for file in files for place in _places(file)]

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, number):  # type: ignore[no-untyped-def]  # as `list` has it, but for slices
        file, (start, end) = self._places[number]
        with file.open("rb") as lines:
            lines.seek(start)
            return json.loads(lines.read(end - start))


def _places(file: Path) -> Iterator[tuple[int, int]]:
    """Where each line of a file begins and ends."""
    start = 0
    with file.open("rb") as lines:
        for line in lines:
            yield start, start + len(line)
            start += len(line)


def extracted(files: list[Path]) -> Iterator[Extracted]:
    """The records of the files as papers."""
    for file in files:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                record = Record.from_json(row)
                yield f"{file.stem}:{row['id']}", Paper(abstract=record.abstract, title=record.title), record


def read_pairs(file: Path) -> list[Pair]:
    """Pairs of names: type, name, name, whether they are the same."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["type"], row["name_a"], row["name_b"], row["label"] == "same") for row in rows]


def judge(assembly: Assembly, pairs: list[Pair]) -> str:
    """Precision and recall of the pairs that come out as one concept, of those whose names are in the graph."""
    ids: dict[tuple[str, str], set[str]] = {}
    for node in assembly.graph.nodes:
        if node.label in CONCEPT_LABELS:
            for alias in node.properties["aliases"]:  # type: ignore[union-attr]
                ids.setdefault((node.label, alias), set()).add(node.id)
    outcomes = []
    for kind, left, right, same in pairs:
        ours, theirs = ids.get((kind, left)), ids.get((kind, right))
        if ours and theirs:
            outcomes.append((bool(ours & theirs), same))
    joined = sum(one for one, _ in outcomes)
    right_ones = sum(one and same for one, same in outcomes)
    wanted = sum(same for _, same in outcomes)
    return (
        f"precision {right_ones / max(joined, 1):.3f}  recall {right_ones / max(wanted, 1):.3f}  "
        f"pairs judged {len(outcomes)} of {len(pairs)}"
    )


@contextmanager
def without_table() -> Iterator[None]:
    """Assembly that has only its rules, and knows no concept of the field."""
    nothing = concept_module.ConceptTable({}, {}, {}, {})
    modules = (identity, senses, usage, concept_module)
    kept = [module.concept_table for module in modules]  # type: ignore[attr-defined]
    for module in modules:
        module.concept_table = lambda: nothing  # type: ignore[attr-defined]
    concept_module.concept_key.cache_clear()
    senses._usual.cache_clear()
    try:
        yield
    finally:
        for module, known in zip(modules, kept, strict=True):
            module.concept_table = known  # type: ignore[attr-defined]
        concept_module.concept_key.cache_clear()
        senses._usual.cache_clear()


def judge_rules(files: list[Path], pairs: list[Pair]) -> None:
    """Print how right the whole is, and its parts."""
    print("all rules           ", judge(assemble(extracted(files)), pairs))
    with without_table():
        print("without the table   ", judge(assemble(extracted(files)), pairs))
    kept = typos.THRESHOLD
    for threshold in (0.7, 0.8, 0.84, 0.86, 0.88, 0.9, 0.95, 1.01):
        typos.THRESHOLD = threshold
        print(f"misspelling, {threshold:.2f}  ", judge(assemble(extracted(files)), pairs))
    typos.THRESHOLD = kept


class Parts:
    """Prints what each part of a run costs."""

    def __init__(self) -> None:
        self._cpu = time.process_time()
        self._apart: Counter[str] = Counter()

    def apart(self, name: str, items: Iterator[T]) -> Iterator[T]:
        """The same items; the time that they take is told as a part of its own."""
        while True:
            start = time.process_time()
            item = next(items, None)
            self._apart[name] += time.process_time() - start
            if item is None:
                return
            yield item

    def done(self, name: str) -> None:
        """Print what the part that ends here took, and the memory that the process holds and has held at most."""
        cpu = time.process_time() - self._cpu - self._apart.total()
        for part, seconds in (*self._apart.items(), (name, cpu)):
            now = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() >> 20
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
            print(f"{part:24} processor {seconds:7.1f} s  memory {now:5} MB, peak {peak:5} MB", flush=True)
        self._apart.clear()
        self._cpu = time.process_time()


def measure(files: list[Path], papers: int, store: Path | None) -> None:
    """Print time and memory of assembling that many papers, part by part, and of storing the graph if asked for."""
    rows = Lines(files)
    growth = Growth(rows)
    print(f"{papers} papers of {len(rows)}; different names: {growth.factor:.2f} * papers ** {growth.power:.3f}")
    parts = Parts()
    with (
        tempfile.TemporaryDirectory(dir=store) as folder,
        assembling(parts.apart("reading records", many(rows, papers)), folder=Path(folder), done=parts.done) as found,
    ):
        with (Path(folder) / "explanations.jsonl").open("w", encoding="utf-8") as out:
            write_explanations(found.explanations(), out)
        parts.done("explanations")
        if store is not None:
            ladybug.write(found.graph, store / "graph.lbug")
            parts.done("store")
            print(f"{(store / 'graph.lbug').stat().st_size >> 20} MB on disk")
        nodes, relationships = found.graph.node_counts, found.graph.relationship_counts
    print(f"{nodes.total()} nodes, {relationships.total()} relationships: {dict(nodes)} {dict(relationships)}")


def measure_whole(files: list[Path], papers: int) -> None:
    """Print time and memory of assembling that many papers into a graph in memory."""
    rows = Lines(files)
    parts = Parts()
    assembly = assemble(parts.apart("reading records", many(rows, papers)))
    parts.done("assembling in memory")
    print(f"{len(assembly.graph.nodes)} nodes, {len(assembly.graph.relationships)} relationships")


def many(rows: list[Row], papers: int) -> Iterator[Extracted]:
    """As many papers as asked for, made of these records."""
    for row in more_records(rows, papers):
        record = Record.from_json(row)
        yield row["id"], Paper(abstract=record.abstract, title=record.title), record


def show_top(files: list[Path], top: int) -> None:
    """Print the concepts that most papers mention, with their names."""
    nodes = [n for n in assemble(extracted(files)).graph.nodes if n.label in CONCEPT_LABELS]
    nodes.sort(key=lambda n: (-int(n.properties["papers"]), n.id))  # type: ignore[arg-type]
    for node in nodes[:top]:
        names = "; ".join(" ".join(alias.split()) for alias in node.properties["aliases"])  # type: ignore[union-attr]
        print(f"{node.properties['papers']:>6}  {node.id}  {names}")


def main() -> None:
    """Parse the command line and run what it asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", nargs="+", type=Path, metavar="RECORDS.jsonl")
    parser.add_argument("--pairs", type=Path, metavar="PAIRS.tsv")
    parser.add_argument("--papers", type=int, metavar="N")
    parser.add_argument("--in-memory", action="store_true")
    parser.add_argument("--store", type=Path, metavar="FOLDER")
    parser.add_argument("--top", type=int, metavar="N")
    options = parser.parse_args()
    if options.papers and options.in_memory:
        measure_whole(options.records, options.papers)
    elif options.papers:
        measure(options.records, options.papers, options.store)
    if options.pairs:
        judge_rules(options.records, read_pairs(options.pairs))
    if options.top:
        show_top(options.records, options.top)


if __name__ == "__main__":
    main()
