"""Where the time goes, stage by stage, beside a bare pass of the encoder over the same tokens.

    python benchmarks/stages.py [N] [PAPERS] [--growth] [--extractor fast]

N papers (by default 200), drawn by chance from PAPERS (by default `../shared/corpora/abstracts.jsonl.gz`,
or the examples where that is absent), go the whole way in this one process, ONNX Runtime on one thread:
read, extracted, assembled, stored, exported. All figures are processor time, since wall time means
little on a machine that does other work. A stage does not count what the stages within it count, nor does
any count what is loaded and compiled for the first papers, which is done before. With
``--growth`` the same is done with 4 N papers, and every stage gets the exponent by which it grows.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import re
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, Final

import extractors.pipeline
from extractors.document import fields, to_record
from extractors.neural.model import Model, load_model
from extractors.pipeline import shipped
from extractors.record import Record
from kg.assembly import assemble
from kg.building.settings import MIN_CONFIDENCE
from kg.errors import Report
from kg.exports import export
from kg.graph import above
from kg.papers import Paper
from kg.readers import read_papers
from kg.readers.merge import merge_papers
from kg.stores import ladybug
from kg.stores.archive import Archive, text_key

ROOT: Final = Path(__file__).parents[1]
EXAMPLES: Final = ROOT / "examples" / "language.jsonl"
CORPUS: Final = ROOT.parent / "shared" / "corpora" / "abstracts.jsonl.gz"
MODEL_STAGES: Final = ("encoder", "pair head")
EXTRACTION: Final = (
    "language",
    "spaCy document",
    "word pieces",
    "piece arrays, mentions",
    "encoder",
    "sentences",
    "abbreviations",
    "pattern entities",
    "linker",
    "pair arrays, relations",
    "pair head",
    "pattern introduced",
    "pattern relations",
    "claims",
    "results",
    "topics",
    "record",
    "extraction, the rest",
)
"""What makes a record of a paper, in the order of the table."""


class Clock:
    """Processor time by stage; a stage within another counts for itself alone."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._within: list[float] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what is done inside for a stage."""
        started = time.process_time()
        self._within.append(0.0)
        yield
        took = time.process_time() - started
        self.seconds[name] += took - self._within.pop()
        if self._within:
            self._within[-1] += took

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, counted for a stage."""

        @wraps(function)
        def counted(*args: Any, **options: Any) -> Any:
            with self.stage(name):
                return function(*args, **options)

        return counted


class TimedTokenizer:
    """The model's tokenizer, counted as ``word pieces``."""

    def __init__(self, tokenizer: Any, clock: Clock) -> None:
        self.encode = clock.timed("word pieces", tokenizer.encode)
        self.token_to_id = tokenizer.token_to_id


class Instrumented:
    """An extractor with a model, with its stages on a clock, which can be replaced, and the encoder's inputs kept."""

    def __init__(self, name: str) -> None:
        self.clock = Clock()
        self.extractor = shipped(name)
        for line in EXAMPLES.read_text(encoding="utf-8").splitlines():  # loads and compiles everything
            self.extractor.extract("", None, json.loads(line)["abstract"])
        self.model: Model = load_model(self.extractor.model)
        self.inputs: list[dict[str, Any]] = []
        self._encoder = self.model.encoder.run
        self._pair_head = self.model.relations.run
        self._tokenizer = self.model.tokenizer
        self._language = extractors.pipeline.foreign_language
        self._make_doc, self._to_record = fields.make_doc, to_record.to_record
        pipes = self.extractor.nlp.pipeline
        self._components = [(name, type(pipe), type(pipe).__call__) for name, pipe in pipes]

    def start(self) -> Clock:
        """A new clock on all stages."""
        self.clock = clock = Clock()
        self.inputs.clear()

        def encoder(outputs: Any, inputs: dict[str, Any]) -> Any:
            self.inputs.append(inputs)
            return self._encoder(outputs, inputs)

        changes: list[tuple[Any, str, Any]] = [
            (self.model.encoder, "run", clock.timed("encoder", encoder)),
            (self.model.relations, "run", clock.timed("pair head", self._pair_head)),
            (self.model, "tokenizer", TimedTokenizer(self._tokenizer, clock)),
            (extractors.pipeline, "foreign_language", clock.timed("language", self._language)),
            (fields, "make_doc", clock.timed("spaCy document", self._make_doc)),
            (to_record, "to_record", clock.timed("record", self._to_record)),
        ]
        names = {"neural_entities": "piece arrays, mentions", "neural_relations": "pair arrays, relations"}
        for name, kind, call in self._components:
            short = name.removeprefix("abstractkg_")
            changes.append((kind, "__call__", clock.timed(names.get(short, short.replace("_", " ")), call)))
        for owner, attribute, value in changes:
            setattr(owner, attribute, value)
        return clock

    def bare_pass(self) -> float:
        """Processor time of the encoder alone over the inputs of the last run."""
        started = time.process_time()
        for inputs in self.inputs:
            self._encoder(None, inputs)
        return time.process_time() - started


def sample(source: Path, count: int) -> list[str]:
    """Lines of a file of papers, drawn by chance (the same ones each time), with other ids where it has too few."""
    packed = source.read_bytes()
    data = gzip.decompress(packed) if source.suffix == ".gz" else packed
    lines = [line for line in data.decode().split("\n") if line]
    random.Random(16).shuffle(lines)
    return [lines[n] if n < len(lines) else again(lines[n % len(lines)], n) for n in range(count)]


def again(line: str, number: int) -> str:
    """A paper under another id and with another text, so that it is another paper."""
    row = json.loads(line)
    return json.dumps({"id": f"again:{number}", "title": row.get("title"), "abstract": f"{row['abstract']} ({number})"})


def whole_way(lines: list[str], made: Instrumented, folder: Path) -> tuple[Clock, int]:
    """Every stage over the papers in ``lines``; the clock, and how many papers there were."""
    source = folder / "papers.jsonl"
    source.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    clock = made.start()
    with clock.stage("read"):
        papers = list(merge_papers(read_papers([str(source)], Report())))
    extracted: list[tuple[str, Paper, Record]] = []
    for paper_id, paper in papers:
        with clock.stage("extraction, the rest"):
            record = made.extractor.extract(paper_id, paper.title, paper.abstract)
        extracted.append((paper_id, paper, record))
    with clock.stage("keep in archive"), Archive(folder / "archive") as archive:
        keyed = ((text_key(paper.title, paper.abstract), record.to_json()) for _, paper, record in extracted)
        archive.keep_records(keyed, made.extractor.version)
    with clock.stage("assemble"):
        graph = above(assemble(extracted).graph, MIN_CONFIDENCE)
    with clock.stage("store"):
        ladybug.write(graph, folder / "graph")
    with clock.stage("export (Turtle)"):
        export(graph, folder / "graph.ttl")
    return clock, len(papers)


def processor() -> str:
    """The processor and the widest of the instructions that int8 products use."""
    cpuinfo = Path("/proc/cpuinfo")
    if not cpuinfo.exists():
        return "unknown processor"
    text = cpuinfo.read_text(encoding="utf-8")
    name = re.search(r"^model name\s*:\s*(.*)$", text, re.MULTILINE)
    flags = set(text.split())
    kinds = {"avx512_vnni": "AVX512-VNNI", "avx_vnni": "AVX-VNNI", "avx512f": "AVX-512", "avx2": "AVX2"}
    return f"{name[1] if name else 'processor'}, {next((kinds[flag] for flag in kinds if flag in flags), 'no AVX2')}"


def peak() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def table(clock: Clock, papers: int, larger: tuple[Clock, int] | None) -> Iterator[str]:
    """One line a stage: processor time a paper, share of extraction, exponent of growth."""
    total = sum(clock.seconds[name] for name in EXTRACTION)
    for name in ("read", *EXTRACTION, *(name for name in clock.seconds if name not in {"read", *EXTRACTION})):
        took = clock.seconds[name]
        share = f"{took / total:6.1%}" if name in EXTRACTION else "      "
        growth = ""
        if larger is not None and took > 0:
            growth = f"  n^{math.log(larger[0].seconds[name] / took) / math.log(larger[1] / papers):.2f}"
        yield f"{name:<26}{1000 * took / papers:8.2f} ms  {share}{growth}"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=int, nargs="?", default=200, metavar="N")
    parser.add_argument("source", type=Path, nargs="?", metavar="PAPERS", help="JSON lines, packed by gzip or not")
    parser.add_argument("--extractor", choices=("default", "fast"), default="default")
    parser.add_argument("--growth", action="store_true", help="also with 4 N papers")
    args = parser.parse_args()
    source = args.source or (CORPUS if CORPUS.exists() else EXAMPLES)
    if args.source is None and source != CORPUS:
        print(f"{CORPUS} is absent: the examples are used, over and over")
    made = Instrumented(args.extractor)
    print(f"{processor()}; one process, one thread; {peak():.0f} MB before the first paper")
    lines = sample(source, args.papers * (4 if args.growth else 1))
    larger = None
    with tempfile.TemporaryDirectory() as scratch:
        clock, papers = whole_way(lines[: args.papers], made, Path(scratch))
    print(f"{papers} papers of {source}: peak {peak():.0f} MB")
    bare = made.bare_pass()
    tokens = sum(len(inputs["ids"]) for inputs in made.inputs)
    if args.growth:
        with tempfile.TemporaryDirectory() as scratch:
            larger = whole_way(lines, made, Path(scratch))
        print(f"{larger[1]} papers: peak {peak():.0f} MB")
    for line in table(clock, papers, larger):
        print(line)
    total = sum(clock.seconds[name] for name in EXTRACTION)
    arithmetic = sum(clock.seconds[name] for name in MODEL_STAGES)
    everything = sum(clock.seconds.values())
    print(f"extraction {1000 * total / papers:.1f} ms a paper, encoder and pair head {arithmetic / total:.1%}")
    print(f"bare encoder pass over the same {tokens:,} tokens: {1000 * bare / papers:.1f} ms a paper")
    print(f"extraction is {total / bare:.2f} of the bare pass, all stages {everything / bare:.2f}")


if __name__ == "__main__":
    main()
