"""What all attacks share: a folder, chance, commands of kg, and what counts as a loss."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg.stores.neo4j import Neo4jGraph

ROOT: Final = Path(__file__).parents[2]
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
    counts: Counter[str] = field(default_factory=Counter)
    """What was done, for the last lines."""

    def run(self, *arguments: object, timeout: float = LONGEST) -> subprocess.CompletedProcess[str]:
        """A command of kg, to its end."""
        command = [*KG, *map(str, arguments)]
        return subprocess.run(
            command, cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
            timeout=timeout, check=False,
        )  # fmt: skip

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

    def server(self) -> Neo4jGraph:
        """A connection to the Neo4j server."""
        assert self.neo4j
        return Neo4jGraph(self.neo4j, "neo4j", os.environ["NEO4J_PASSWORD"])

    def prepare(self) -> None:
        """Make the stores that attacks begin with, once: whole, a half to add to, another, one without its graph."""
        if "graph" in self.right:
            return
        for name, papers in (
            ("whole", EXAMPLES),
            ("half", EXAMPLES / "vision.bib"),
            ("other", EXAMPLES / "graphs.txt"),
        ):
            done = self.run("build", papers, *BUILD, self.folder / name)
            assert done.returncode == 0, done.stderr
        self.right["graph"] = self.export(self.folder / "whole")
        bare = self.fresh("bare", "whole")
        for name in ("graph.lbug", "graph.json", "explanations.jsonl"):
            (bare / name).unlink()


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
