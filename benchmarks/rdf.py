"""Triples a second and peak memory of the RDF exports, against rdflib on the same graph in the same run.

    python benchmarks/rdf.py                          # a made-up graph of 400,000 triples, all formats, and rdflib
    python benchmarks/rdf.py --papers 45000 --formats ttl,nq --no-rdflib   # ten million triples
    python benchmarks/rdf.py --store abstractkg       # the graph of a store

Seconds are of processor time, best of ``--repeat`` rounds, as other work on the machine does
not count there; wall time is shown beside it. ``memory`` is by how much an export raises the
process's peak above what it held with the graph alone.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import kg
from kg.exports import export
from kg.exports.rdf import triples
from kg.graph import Graph, Node, Relationship

WORDS = ("we", "show", "that", "the", "model", "learns", "features", "from", "data", "with", "a", "loss", "better")
CLAIMS = (
    ("EVALUATED_ON", "method", "dataset"),
    ("USED_FOR", "method", "task"),
    ("OUTPERFORMS", "method", "method"),
    ("BENCHMARK_FOR", "dataset", "task"),
    ("MEASURED_BY", "dataset", "metric"),
    ("BASED_ON", "method", "method"),
)


def made_up(papers: int) -> Graph:
    """A graph of so many papers: ten sentences, seven mentions, six claims and one result each."""
    rng = random.Random(1)
    sizes = {"method": papers // 2 + 5, "task": papers // 20 + 5, "dataset": papers // 10 + 5, "metric": 50}
    nodes = [
        Node(
            kind.capitalize(),
            f"{kind}:{kind}-{n}",
            {"name": f"{kind} {n}", "aliases": (f"{kind} {n}", f"{kind}s {n}"), "papers": 3},
        )
        for kind, size in sizes.items()
        for n in range(size)
    ]
    relationships: list[Relationship] = []
    for number in range(papers):
        _add_paper(number, sizes, rng, nodes, relationships)
    return Graph.of(nodes, relationships)


def _add_paper(
    number: int, sizes: dict[str, int], rng: random.Random, nodes: list[Node], rels: list[Relationship]
) -> None:
    paper = f"arxiv:{number // 10_000:04}.{number % 10_000:05}"
    sentences = [" ".join(rng.choices(WORDS, k=20)).capitalize() + f" {place}." for place in range(10)]
    abstract = " ".join(sentences)
    nodes.append(
        Node(
            "Paper",
            paper,
            {
                "title": sentences[0][:80],
                "abstract": abstract,
                "year": 2000 + number % 25,
                "venue": "ICLR",
                "authors": ("Ada Lovelace", "Grace Hopper", "Alan Turing"),
                "arxiv": paper[6:],
                "source": ("made-up.jsonl",),
            },
        )
    )

    def pick(kind: str) -> str:
        return f"{kind}:{kind}-{rng.randrange(sizes[kind])}"

    named = sorted({pick(kind) for kind in ("method", "method", "method", "task", "dataset", "dataset", "metric")})
    rels += [Relationship("MENTIONS", paper, name, {"count": 2, "surface": (name, name.upper())}) for name in named]
    method = pick("method")
    rels.append(Relationship("INTRODUCES", paper, method, {"confidence": 0.9, "sentence": sentences[1]}))
    rels.append(Relationship("ABOUT", paper, method, {}))
    for (type_, head, tail), sentence in zip(CLAIMS, sentences[2:], strict=False):
        said = {"paper": paper, "sentence": sentence, "confidence": 0.87, "extractor": "default 0.1.0"}
        rels.append(Relationship(type_, pick(head), pick(tail), said))
    result = f"result:{number}"
    nodes.append(
        Node(
            "Result",
            result,
            {"value": "93.2%", "number": 93.2, "unit": "%", "comparison": "absolute", "text": sentences[9]},
        )
    )
    rels.append(Relationship("REPORTS", paper, result, {}))
    for type_, kind in (("OF_METHOD", "method"), ("ON_DATASET", "dataset"), ("BY_METRIC", "metric")):
        rels.append(Relationship(type_, result, pick(kind), {}))


def timed(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Processor and wall seconds of the round that took the least processor time."""
    best = (float("inf"), float("inf"))
    for _ in range(rounds):
        processor, wall = time.process_time(), time.perf_counter()
        work()
        best = min(best, (time.process_time() - processor, time.perf_counter() - wall))
    return best


def peak(reset: bool = False) -> int:
    """The process's peak memory in MiB since the last reset (Linux)."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


def row(name: str, count: int, seconds: tuple[float, float], memory: int | None = None, size: int = 0) -> None:
    """Print one line of the table."""
    processor, wall = seconds
    print(
        f"{name:34} {count / processor:>12,.0f} {processor:>9.2f} {wall:>9.2f}"
        f" {'' if memory is None else format(memory, ','):>8} {size / 2**20:>9,.1f}",
        flush=True,
    )


def rdflib_rows(graph: Graph, count: int) -> float:
    """rdflib's own way to Turtle, and the seconds of its serializer alone."""
    kept: list[object] = []
    filling = timed(lambda: kept.append(kg.to_rdflib(graph)), 1)
    row("rdflib: fill", count, filling)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "rdflib.ttl"
        serializing = timed(lambda: kept[0].serialize(target, format="turtle"), 1)  # type: ignore[attr-defined]
        row("rdflib: serialize Turtle", count, serializing, size=target.stat().st_size)
    row("rdflib: fill and serialize", count, (filling[0] + serializing[0], filling[1] + serializing[1]))
    return serializing[0]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--papers", type=int, default=1800, help="papers of the made-up graph")
    options.add_argument("--store", help="measure a store's graph instead")
    options.add_argument("--formats", default="ttl,nt,nq,trig,jsonld,rdf")
    options.add_argument("--repeat", type=int, default=3)
    options.add_argument("--no-rdflib", action="store_true")
    asked = options.parse_args()
    graph = kg.read_graph(asked.store) if asked.store else made_up(asked.papers)
    assert all(a.label != b.label or a.id <= b.id for a, b in pairwise(graph.nodes)), "a graph is sorted"
    count = sum(1 for _ in triples(graph))
    size = f"{len(graph.nodes):,} nodes, {len(graph.relationships):,} relationships, {count:,} triples"
    print(f"{size}; {peak()} MiB with the graph")
    print(f"{'':34} {'triples/s':>12} {'cpu s':>9} {'wall s':>9} {'+MiB':>8} {'file MiB':>9}")
    seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        for suffix in asked.formats.split(","):
            target = Path(folder) / f"g.{suffix}"
            before = peak(reset=True)
            seconds[suffix], wall = timed(lambda target=target: export(graph, target), asked.repeat)  # type: ignore[misc]
            row(f"kg export .{suffix}", count, (seconds[suffix], wall), peak() - before, target.stat().st_size)
            target.unlink()
    if not asked.no_rdflib:
        of_rdflib = rdflib_rows(graph, count)
        if "ttl" in seconds:
            print(f"Turtle, graph to file: {of_rdflib / seconds['ttl']:.1f} times as fast as rdflib's serializer alone")


if __name__ == "__main__":
    main()
