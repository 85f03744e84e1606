"""SIGKILL at a random moment of each command that writes; run again, it must give what it gives undisturbed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from attacks.arena import BUILD, EXAMPLES, KG, Arena, Losses, digest
from kg.graph import Graph


@dataclass(frozen=True)
class Command:
    """What is killed: its arguments, what it begins with, and what it writes; ``t`` stands for that."""

    name: str
    arguments: tuple[object, ...]
    source: str | None = None


def kills(arena: Arena) -> Losses:
    """The commands in turn."""
    arena.prepare()
    whole = arena.folder / "whole"
    commands = [
        Command("build", ("build", EXAMPLES, *BUILD, "t")),
        Command("update", ("build", EXAMPLES, *BUILD, "t"), "half"),
        Command("assemble and store", ("build", *BUILD, "t"), "bare"),
        Command("extract", ("extract", EXAMPLES, *BUILD[:-1], "-o", "t")),
        Command("export", ("export", "t", "--format", "ttl", "--store", whole)),
        Command("export a folder", ("export", "t", "--format", "neo4j-csv", "--store", whole)),
        Command("view", ("view", "t.html", "--store", whole)),
        Command("site", ("site", "t", "--store", whole)),
        Command("report", ("report", "BERT", "-o", "t.html", "--store", whole)),
        Command("link", ("link", "--to", _vocabulary(arena), "-o", "t.ttl", "--store", "t"), "whole"),
    ]
    if arena.neo4j:
        commands.append(Command("load", ("load", "--neo4j", arena.neo4j, "--name", "t", "--store", whole)))
    else:
        print("kills: no load, as no server was named", file=sys.stderr)
    for number in range(arena.kills):
        command = commands[number % len(commands)]
        arena.counts[f"kills of {command.name}"] += 1
        try:
            loss = _kill(arena, command)
        except subprocess.TimeoutExpired as error:
            loss = f"no end within {error.timeout:.0f} s"
        yield f"{command.name}: {loss}" if loss else None


def _vocabulary(arena: Arena) -> Path:
    """A small vocabulary to link concepts to."""
    path = arena.folder / "words.ttl"
    names = ("BERT", "ImageNet", "accuracy", "image classification")
    lines = (f'<urn:x:{n}> <http://www.w3.org/2004/02/skos/core#prefLabel> "{name}" .' for n, name in enumerate(names))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _begin(arena: Arena, command: Command) -> None:
    """Make everything as it is before the command."""
    for path in arena.folder.glob("t.*"):
        path.unlink()
    (arena.folder / "t").unlink() if (arena.folder / "t").is_file() else None
    arena.fresh("t", command.source)
    if command.name == "load":
        with arena.server() as server:
            server.load(Graph((), ()), name="t", replace=True)


def _outcome(arena: Arena, command: Command) -> str:
    """The digest of what the command made."""
    if command.name == "load":
        with arena.server() as server:
            return hashlib.sha256(repr(server.read()).encode()).hexdigest()
    if "build" in command.arguments:
        return arena.export(arena.folder / "t")
    if command.name == "link":
        return digest(arena.folder / "t.ttl") + digest(arena.folder / "t" / "links.jsonl")
    found = [path for path in arena.folder.glob("t*") if path.name in ("t", "t.html")]
    return digest(found[0]) if found else "nothing"


def _kill(arena: Arena, command: Command) -> str | None:
    """One kill; what it lost."""
    if command.name not in arena.right:
        _begin(arena, command)
        begun = time.monotonic()
        done = arena.run(*command.arguments)
        assert done.returncode == 0, done.stderr
        arena.right[f"{command.name} seconds"] = str(time.monotonic() - begun)
        arena.right[command.name] = _outcome(arena, command)
    _begin(arena, command)
    process = subprocess.Popen(
        [*KG, *map(str, command.arguments)], cwd=arena.folder, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        process.wait(arena.chance.uniform(0.1, 1.1 * float(arena.right[f"{command.name} seconds"])))
    except subprocess.TimeoutExpired:
        process.kill()  # the process alone: its workers have to end by themselves
        process.wait()
        arena.counts["kills that came before the end"] += 1
    whole = "build" not in command.arguments and command.name not in ("load", "link")
    if whole and _outcome(arena, command) not in ("nothing", arena.right[command.name]):
        return "a part of a file under its final name"
    done = arena.run(*command.arguments)
    if done.returncode or "Traceback" in done.stderr:
        return f"status {done.returncode} after the kill: {done.stderr[-300:]}"
    if _outcome(arena, command) != arena.right[command.name]:
        return "another outcome after the kill"
    left = [path.name for path in arena.folder.iterdir() if path.name.startswith(".")]
    for name in left:
        arena.fresh(name)
    return f"left behind {left}" if left else None
