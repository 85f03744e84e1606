"""How right assembly is, and what it costs.

    python benchmarks/assembly.py RECORDS.jsonl... [--pairs PAIRS.tsv] [--papers 50000] [--top 20]

RECORDS are extraction records. With ``--pairs`` (type, name, name, same|different, reason; a
header line) it tells which pairs of names come out as one concept: precision and recall,
with all rules, without the table of concepts, and for misspellings at several thresholds.
With ``--papers`` it repeats the records, under new ids, until there are that many, and
measures time and memory of assembling them. With ``--top`` it lists the concepts that most
papers mention, to be read by eye.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractors.names import concepts as concept_module
from extractors.record import Record
from kg.assembly import Assembly, assemble
from kg.assembly.identify import identity, senses, usage
from kg.assembly.join import typos
from kg.papers import Paper
from kg.schema import CONCEPT_LABELS

Extracted = tuple[str, Paper, Record]
Pair = tuple[str, str, str, bool]


def extracted(files: list[Path], papers: int | None = None) -> Iterator[Extracted]:
    """The records of the files as papers; as many as asked for, with new ids where they come again."""
    number = 0
    for again in itertools.count():
        for file in files:
            with file.open(encoding="utf-8") as lines:
                for line in lines:
                    row = json.loads(line)
                    paper_id = f"{file.stem}:{row['id']}" + (f":{again}" if again else "")
                    record = Record.from_json(row)
                    yield paper_id, Paper(abstract=record.abstract, title=record.title), record
                    number += 1
                    if number == papers:
                        return
        if papers is None:
            return


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


def measure(files: list[Path], papers: int) -> None:
    """Print time and memory of assembling that many papers; reading the records is told apart."""
    reading = 0.0

    def read() -> Iterator[Extracted]:
        nonlocal reading
        source = extracted(files, papers)
        while True:
            start = time.process_time()
            item = next(source, None)
            reading += time.process_time() - start
            if item is None:
                return
            yield item

    wall, cpu = time.perf_counter(), time.process_time()
    assembly = assemble(read())
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{papers} papers: {len(assembly.graph.nodes)} nodes, {len(assembly.graph.relationships)} relationships\n"
        f"wall {wall:.1f} s, processor {cpu:.1f} s, of it reading records {reading:.1f} s, peak memory {peak:.0f} MB"
    )


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
    parser.add_argument("--top", type=int, metavar="N")
    options = parser.parse_args()
    if options.papers:
        measure(options.records, options.papers)
    if options.pairs:
        judge_rules(options.records, read_pairs(options.pairs))
    if options.top:
        show_top(options.records, options.top)


if __name__ == "__main__":
    main()
