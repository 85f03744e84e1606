"""Attack the software, and count what is lost, in seven ways.

usage: python benchmarks/attack.py [--seed N] [--kills N] [--papers N] [--only NAME ...] [--neo4j URI]

An attack is survived where the outcome is right, or where one line says what is wrong, and the next run is right.
What is lost is printed as it comes. Exit status 1 where something is. The full disk needs the right to mount a
tmpfs, and a load a Neo4j server whose password is in NEO4J_PASSWORD; without them these are left out, and said so.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import kg
from kg.errors import KGError
from kg.graph import Graph
from kg.querying import saved
from kg.querying.run import run
from kg.schema import CONCEPT_LABELS
from kg.stores import folder as folders
from kg.stores.ladybug import EmbeddedGraph
from kg.stores.neo4j import Neo4jGraph

ROOT: Final = Path(__file__).parents[1]
EXAMPLES: Final = ROOT / "examples"
KG: Final = [sys.executable, "-m", "kg"]
BUILD: Final = ["--extractor", "patterns", "--processes", "2", "--store"]
LONGEST: Final = 300
"""Seconds after which a command counts as one that never ends."""

Losses = Iterator[str | None]
"""For each attack None, or what was lost."""


@dataclass
class Arena:
    """A folder to fight in, chance, and how often."""

    folder: Path
    chance: random.Random
    kills: int
    papers: int
    neo4j: str | None
    right: dict[str, str] = field(default_factory=dict)
    """Digests of what an undisturbed run gives."""

    def run(self, *arguments: object, timeout: float = LONGEST) -> subprocess.CompletedProcess[str]:
        """A command of kg, to its end."""
        command = [*KG, *map(str, arguments)]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=timeout, check=False)

    def export(self, store: Path) -> str:
        """The digest of a store's graph, or what kept it from being read."""
        out = self.folder / "exported.jsonl"
        done = self.run("export", out, "--store", store)
        return hashlib.sha256(out.read_bytes()).hexdigest() if done.returncode == 0 else done.stderr.strip()

    def fresh(self, name: str, source: str | None = None) -> Path:
        """A path where nothing is, or a copy of a folder."""
        path = self.folder / name
        shutil.rmtree(path, ignore_errors=True)
        if source:
            shutil.copytree(self.folder / source, path)
        return path


def in_a_line(done: subprocess.CompletedProcess[str]) -> str | None:
    """What is wrong with how a command ended, None if it succeeded or said in lines why not."""
    lines = [line for line in done.stderr.splitlines() if line]
    if done.returncode < 0 or "Traceback" in done.stderr:
        return f"status {done.returncode}: {done.stderr[-300:]}"
    if done.returncode and not any(line.startswith(("kg: ", "Error: ")) for line in lines):
        return f"status {done.returncode} without a reason: {done.stderr[-300:]}"
    return None


def digest(path: Path) -> str:
    """The digest of a file, or of all files in a folder; ``nothing`` where there is none."""
    if path.is_dir():
        return hashlib.sha256(repr([(p.name, digest(p)) for p in sorted(path.iterdir())]).encode()).hexdigest()
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "nothing"


def prepare(arena: Arena) -> None:
    """Stores that attacks begin with: whole, a half to be added to, and one without its graph."""
    for name, papers in (("whole", EXAMPLES), ("half", EXAMPLES / "vision.bib"), ("other", EXAMPLES / "graphs.txt")):
        done = arena.run("build", papers, *BUILD, arena.folder / name)
        assert done.returncode == 0, done.stderr
    arena.right["graph"] = arena.export(arena.folder / "whole")
    bare = arena.fresh("bare", "whole")
    for name in ("graph.lbug", "graph.json", "explanations.jsonl"):
        (bare / name).unlink()


def kills(arena: Arena) -> Losses:
    """SIGKILL at a random moment of a command; run again, it must give what it gives undisturbed."""
    whole = arena.folder / "whole"
    commands: dict[str, tuple[list[object], str | None, str]] = {
        "build": (["build", EXAMPLES, *BUILD, "t"], None, "t"),
        "update": (["build", EXAMPLES, *BUILD, "t"], "half", "t"),
        "assemble and store": (["build", *BUILD, "t"], "bare", "t"),
        "extract": (["extract", EXAMPLES, *BUILD[:-1], "-o", "t"], None, "t"),
        "export": (["export", "t", "--format", "ttl", "--store", whole], None, "t"),
        "export a folder": (["export", "t", "--format", "neo4j-csv", "--store", whole], None, "t"),
        "view": (["view", "t", "--store", whole], None, "t"),
    }
    if arena.neo4j:
        commands["load"] = (["load", "--neo4j", arena.neo4j, "--store", whole], None, "")
    for number in range(arena.kills):
        name = list(commands)[number % len(commands)]
        command, source, target = commands[name]
        yield kill(arena, name, command, source, target)


def kill(arena: Arena, name: str, command: list[object], source: str | None, target: str) -> str | None:
    """One kill."""

    def start() -> Path:
        path = arena.folder / (target or "t")
        path.unlink() if path.is_file() else None
        return arena.fresh(target or "t", source)

    def outcome(path: Path) -> str:
        return arena.export(path) if "build" in command else digest(path)

    path = start()
    if name not in arena.right:
        begun = time.monotonic()
        done = arena.run(*command)
        assert done.returncode == 0, done.stderr
        arena.right[name] = outcome(path)
        arena.right[f"{name} seconds"] = str(time.monotonic() - begun)
        path = start()
    process = subprocess.Popen(
        [*KG, *map(str, command)], cwd=arena.folder, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        process.wait(arena.chance.uniform(0.1, 1.1 * float(arena.right[f"{name} seconds"])))
    except subprocess.TimeoutExpired:
        process.kill()  # the process alone: its workers have to end by themselves
        process.wait()
    if "build" not in command and target and digest(path) not in ("nothing", arena.right[name]):
        return f"{name}: a part of a file under its final name"
    done = arena.run(*command)
    if done.returncode or "Traceback" in done.stderr:
        return f"{name}: status {done.returncode} after the kill: {done.stderr[-300:]}"
    if outcome(path) != arena.right[name]:
        return f"{name}: another outcome after the kill"
    left = [p.name for p in arena.folder.iterdir() if p.name.endswith(".part")]
    return f"{name}: left behind {left}" if left else None


WAYS: Final[dict[str, Callable[[Path, random.Random], None]]] = {
    "a byte flipped": lambda path, chance: flip(path, chance),
    "cut in half": lambda path, _: os.truncate(path, path.stat().st_size // 2),
    "the last byte cut": lambda path, _: os.truncate(path, max(0, path.stat().st_size - 1)),
    "emptied": lambda path, _: os.truncate(path, 0),
    "zeroed": lambda path, _: (path.write_bytes(bytes(path.stat().st_size)), None)[1],
    "noise": lambda path, chance: (path.write_bytes(chance.randbytes(path.stat().st_size)), None)[1],
    "deleted": lambda path, _: path.unlink(),
    "from another store": lambda path, _: (shutil.copy(path.parents[1] / "other" / path.name, path), None)[1],
    "a folder": lambda path, _: (path.unlink(), path.mkdir())[1],
}


def flip(path: Path, chance: random.Random) -> None:
    """Damage one bit."""
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def damage(arena: Arena) -> Losses:
    """Each file of a store damaged in each way: right answers, or one line, and for all but the archive a rebuild."""
    for name in sorted(path.name for path in (arena.folder / "whole").iterdir()):
        for way, harm in WAYS.items():
            store = arena.fresh("damaged", "whole")
            harm(store / name, arena.chance)
            yield damaged(arena, store, f"{name}, {way}")


def damaged(arena: Arena, store: Path, what: str) -> str | None:
    """One damaged store."""
    other = what == "papers.sqlite, from another store"
    stats = arena.run("stats", "--store", store)
    if problem := in_a_line(stats):
        return f"{what}: stats: {problem}"
    built = arena.run("build", *BUILD, store)
    if problem := in_a_line(built):
        return f"{what}: build: {problem}"
    if built.returncode == 0:
        graph = arena.export(store)
        return None if graph == arena.right["graph"] or other else f"{what}: another graph: {graph[:200]}"
    if what.startswith(("papers.sqlite", "abstractkg.json")):  # the truth itself: a line says that it is gone
        return None
    return f"{what}: not built again: {built.stderr.strip()[-200:]}"


def full_disk(arena: Arena) -> Losses:
    """A tmpfs of a few sizes on which everything is written: one line, no part of a file, and the next run is right."""
    disk = arena.fresh("disk")
    disk.mkdir()
    for size in (64, 200, 500, 1000, 3000, 5200, 6000, 9000, 12000, 20000):
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", disk], check=False).returncode:
            print("full disk: not run, as no tmpfs can be mounted", file=sys.stderr)
            return
        try:
            for command in (
                ["build", EXAMPLES, *BUILD, disk / "store"],
                ["export", disk / "a.ttl", "--store", arena.folder / "whole"],
                ["export", disk / "csv", "--store", arena.folder / "whole"],
                ["view", disk / "a.html", "--store", arena.folder / "whole"],
                ["extract", EXAMPLES, *BUILD[:2], "-o", disk / "a.jsonl"],
            ):
                yield on_full_disk(arena, disk, command)
        finally:
            subprocess.run(["umount", disk], check=True)


def on_full_disk(arena: Arena, disk: Path, command: list[object]) -> str | None:
    """One command on a disk that may be too small."""
    done = arena.run(*command)
    what = f"{command[0]} on a full disk"
    if problem := in_a_line(done):
        return f"{what}: {problem}"
    parts = [p.name for p in disk.iterdir() if p.name.endswith(".part") or (done.returncode and p.name != "store")]
    if parts:
        return f"{what}: left {parts}"
    if command[0] == "build":
        subprocess.run(["mount", "-o", "remount,size=100m", disk], check=True)
        if arena.run(*command).returncode or arena.export(disk / "store") != arena.right["graph"]:
            return f"{what}: not finished by the next build"
    for path in disk.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return None


def concurrency(arena: Arena) -> Losses:
    """Builds and readers of one store at once: builds take turns or say so, readers get whole graphs."""
    for _ in range(5):
        store = arena.fresh("shared", "whole")
        (store / "graph.json").unlink()
        commands = [["build", *BUILD, store]] * 3 + [
            ["stats", "--store", store],
            ["query", "popular", "--store", store],
        ]
        processes = [
            subprocess.Popen([*KG, *map(str, c)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for c in commands
        ]
        for command, process in zip(commands, processes, strict=True):
            out, err = process.communicate(timeout=LONGEST)
            problem = in_a_line(subprocess.CompletedProcess(list(map(str, command)), process.returncode, out, err))
            yield f"{command[0]} beside others: {problem}" if problem else None
        yield None if arena.export(store) == arena.right["graph"] else "builds at once: another graph"


SCRAPS: Final = (
    "\x00", "\ufeff", "\u202e", "\ud83d", "😀" * 40, "&" * 400, "(" * 300, "((((", "a\u0301" * 99, "$\\frac{1}{0}$",
    "<b>", "%%%",
    "'; DROP TABLE Paper; --", "${jndi:ldap://x}", "{{7*7}}", "=cmd|' /C calc'!A0", "\r\n\r\n", "…", "𝔸𝔹ℂ",
    "BERT" * 200,
    "99999999999999999999.9%", "-0.0%", "1e400", "NaN", "CNN (CNN) (CNN)", "٣٤٫٥٪", "ﬁne-tuning", "\u2028",
    "F1 F1 F1 of 5 5 5",
)  # fmt: skip


def generated(arena: Arena, number: int) -> dict[str, str | None]:
    """A paper made of pieces of the examples and scraps, and changed at random."""
    chance = arena.chance
    words = _WORDS
    text = " ".join(chance.choice(words) for _ in range(chance.choice((5, 40, 120, 120, 300))))
    for _ in range(chance.choice((0, 1, 3, 10))):
        place = chance.randrange(len(text) + 1)
        cut = place + chance.choice((0, 0, 1, 30))
        text = text[:place] + chance.choice(SCRAPS) + text[cut:]
    title = text[: chance.randrange(100)] if chance.random() < 0.8 else None
    return {"id": f"g{number}", "title": title, "abstract": text}


_WORDS: Final = (EXAMPLES / "language.jsonl").read_text("utf-8").split() + (EXAMPLES / "graphs.txt").read_text(
    "utf-8"
).split()


def papers(arena: Arena) -> Losses:
    """Generated and mutated papers through the whole way: read, extracted, assembled, stored, asked on the engines."""
    done = 0
    while done < arena.papers:
        count = min(1000, arena.papers - done)
        source, store = arena.folder / "papers.jsonl", arena.fresh("generated")
        rows = (json.dumps(generated(arena, done + n)) for n in range(count))
        source.write_text("\n".join(rows) + "\n", encoding="utf-8")
        try:
            yield from portion(arena, source, store, count)
        except Exception as error:  # whatever it is, it is what is looked for
            yield f"papers {done} to {done + count}: {type(error).__name__}: {str(error)[:300]}"
        done += count


def portion(arena: Arena, source: Path, store: Path, count: int) -> Losses:
    """One file of papers through the whole way. Each paper, and each query, counts."""
    report = kg.Report()
    result = kg.build(source, store, extractor="patterns", processes=1, report=report)
    failed = [str(problem) for problem in report.problems if "extraction failed" in str(problem)]
    yield from failed
    yield from [None] * (count - len(failed))
    if result.read + report.counts["no abstract"] + len(report.problems) < count:
        yield f"{count} papers, but {result.read} read and {len(report.problems)} problems"
    graph = kg.read_graph(store)
    target = arena.folder / "again.jsonl"
    for form in ("jsonl", "ttl", "graphml", "gexf", "cypher", "neo4j-csv"):
        kg.export(target.with_suffix(f".{form}"), store=store, format=form)
    servers: list[Neo4jGraph | None] = [None]
    if arena.neo4j:
        loaded = Neo4jGraph(arena.neo4j, "neo4j", os.environ["NEO4J_PASSWORD"])
        kg.load(loaded, store=store)
        servers.append(loaded)
    for name, query in saved.load_all().items():
        for server in servers:
            try:
                kg.query(name, parameters_in(query, graph), store=None if server else store, server=server)
                yield None
            except KGError as error:
                yield f"{name}: {error}"


def parameters_in(query: saved.SavedQuery, graph: Graph) -> dict[str, object]:
    """A value for each parameter of a query: a node of the graph where it names one, else its example."""
    labels = {"concept": "Method", **{label.lower(): label for label in (*CONCEPT_LABELS, "Paper")}}
    found = {kind: next((n.id for n in graph.nodes if n.label == label), None) for kind, label in labels.items()}
    return {p.name: found.get(p.type) or p.default for p in query.parameters}


def files(arena: Arena) -> Losses:
    """Files that hang readers, blow up, or are damaged, and folders of them: an end, and lines."""
    folder = arena.fresh("hostile")
    folder.mkdir()
    make_hostile(folder, arena.chance)
    for path in sorted(folder.iterdir()):
        for command in (["extract", path, "--extractor", "patterns"], ["build", path, *BUILD, arena.fresh("h")]):
            try:
                problem = in_a_line(arena.run(*command, timeout=120))
            except subprocess.TimeoutExpired:
                problem = "does not end"
            yield f"{path.name}: {problem}" if problem else None


def make_hostile(folder: Path, chance: random.Random) -> None:
    """Write the files."""
    import bz2
    import gzip
    import lzma

    line = json.dumps({"title": "A title of words", "abstract": "We propose GateNet, which reaches 91.2% on SQuAD."})
    lines = (line + "\n").encode() * 500
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><summary>{}</summary></entry></feed>'
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "tty.txt").symlink_to("/dev/tty")
    (folder / "inner").mkdir()
    os.mkfifo(folder / "inner" / "pipe.jsonl")
    for suffix, pack in (("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)):
        packed = pack(lines)
        (folder / f"cut.jsonl.{suffix}").write_bytes(packed[:-9])
        (folder / f"more.jsonl.{suffix}").write_bytes(packed + b"more")
        (folder / f"flipped.jsonl.{suffix}").write_bytes(packed)
        flip(folder / f"flipped.jsonl.{suffix}", chance)
        (folder / f"bomb.jsonl.{suffix}").write_bytes(pack(pack(bytes(50_000_000))))
    for name in ("rot13", "zlib_codec", "idna", "hex", "undefined", "utf-16", "utf-7", "x" * 500):
        text = f'<?xml version="1.0" encoding="{name}"?>' + atom.format("We propose GateNet for parsing.")
        (folder / f"encoding-{name[:20]}.xml").write_text(text)
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    texts = {
        "deep.xml": atom.format("<a>" * 200_000 + "</a>" * 200_000),
        "laughs.xml": f'<!DOCTYPE feed [<!ENTITY a0 "ha">{entities}]>' + atom.format("&a9;"),
        "outside.xml": '<!DOCTYPE feed [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + atom.format("&a; We propose."),
        "deep.json": "[" * 200_000,
        "long.jsonl": json.dumps({"abstract": "We propose " + "very " * 500_000 + "GateNet."}),
        "ampersands.jsonl": json.dumps({"abstract": "We propose " + "&" * 20_000 + " GateNet."}),
        "name.jsonl": json.dumps({"abstract": "We propose " + "G" * 1_000_000 + " for parsing."}),
        "wide.csv": ",".join(["abstract"] * 100_000) + "\n" + "x," * 100_000,
        "nul.bib": "@article{a, title={T\0 one}, abstract={We propose\0 GateNet.}}\n" * 3,
        "braces.bib": "@article{" + "{" * 100_000,
        "yaml.yaml": "b0: &b0 [x]\n" + "".join(f"b{n}: &b{n} [*b{n - 1}, *b{n - 1}]\n" for n in range(1, 200)),
        "null.json": "null", "nan.json": '{"abstract": NaN}', "space.txt": " \n" * 100_000,
        "surrogate.json": '{"title": "\\ud800", "abstract": "We \\udfff propose GateNet for parsing."}',
        "record.jsonl": json.dumps({"id": "1", "abstract": "x", "mentions": [], "entities": [{"name": ["x"]}]}),
    }  # fmt: skip
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    (folder / "noise.txt").write_bytes(chance.randbytes(100_000))
    (folder / "noise.parquet").write_bytes(b"PAR1" + chance.randbytes(10_000) + b"PAR1")


PIECES: Final = (
    "MATCH (n)", "MATCH (a)-[r]->(b)", "RETURN *", "RETURN 1 AS a", "RETURN n", "WITH *", "WITH 1 AS skip",
    "UNWIND [1] AS x",
    "LOAD FROM", "LOAD CSV FROM", "LOAD WITH HEADERS (a STRING) FROM", "'{secret}'", "(file_format='csv')", "/*", "*/",
    "//", "\n", "\r", "'", '"', "`", "\\", "UNION", "UNION ALL", "CALL", "CALL {", "}", "file_info('{secret}')", ";",
    "COPY",
    "COPY (RETURN 1) TO '{out}'", "CREATE (:Paper {id: 'x'})", "SET n.name = 'x'", "DELETE n", "CHECKPOINT",
    "INSTALL json",
    "EXPORT DATABASE '{out}'", "ATTACH '{secret}' AS s (dbtype lbug)", "\u00a0", "\u0000", "$a", "(", ")", ":", ".",
    "AS x", "EXISTS {", "CASE WHEN", "END", "NULL", "*", "1", "DROP TABLE Paper", "BEGIN TRANSACTION", "COMMIT", "{a:",
)  # fmt: skip


def queries(arena: Arena) -> Losses:
    """Statements put together at random on an open store: no file is written or read, and no line is a traceback."""
    store = arena.fresh("asked", "whole")
    secret, out = arena.folder / "secret.csv", arena.folder / "written.csv"
    secret.write_text("a-secret\n")
    before = digest(store)
    names = sorted(path.name for path in arena.folder.rglob("*"))
    with folders.find(store).graph() as opened:
        for _ in range(arena.papers):
            text = " ".join(arena.chance.choices(PIECES, k=arena.chance.randint(1, 8)))
            text = text.replace("{secret}", str(secret)).replace("{out}", str(out))
            yield asked(opened, text)
    yield None if digest(store) == before else "the store has changed"
    yield None if sorted(path.name for path in arena.folder.rglob("*")) == names else "a file was written"


def asked(graph: EmbeddedGraph, text: str) -> str | None:
    """One statement."""
    try:
        rows = run(graph, saved.from_text(text), {"a": 1}).rows
    except KGError as error:
        return f"{text!r}: more than a line: {error}" if "\n" in str(error) else None
    return f"{text!r} reads a file" if "a-secret" in repr(rows) else None


ATTACKS: Final[dict[str, Callable[[Arena], Losses]]] = {
    "kills": kills,
    "damage": damage,
    "full disk": full_disk,
    "concurrency": concurrency,
    "papers": papers,
    "files": files,
    "queries": queries,
}


def main() -> int:
    """Run the attacks, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--papers", type=int, default=100_000, help="and so many queries")
    parser.add_argument("--only", choices=list(ATTACKS), nargs="+", default=list(ATTACKS))
    parser.add_argument("--neo4j", metavar="URI")
    options = parser.parse_args()
    counts = {name: [0, 0] for name in options.only}
    with tempfile.TemporaryDirectory() as folder:
        arena = Arena(Path(folder), random.Random(options.seed), options.kills, options.papers, options.neo4j)
        try:
            if set(options.only) - {"papers", "files"}:
                prepare(arena)
            for name in options.only:
                for loss in ATTACKS[name](arena):
                    counts[name][0] += 1
                    if loss:
                        counts[name][1] += 1
                        print(f"lost: {name}: {loss}", file=sys.stderr, flush=True)
        except KeyboardInterrupt:
            print("stopped; so far:", file=sys.stderr)
    print(f"seed {options.seed}\n\n| attack | tried | survived | lost |\n|---|---|---|---|")
    print("\n".join(f"| {name} | {tried:,} | {tried - lost:,} | {lost} |" for name, (tried, lost) in counts.items()))
    return 1 if any(lost for _, lost in counts.values()) else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTTIN, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(main())
