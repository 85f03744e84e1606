"""A disk that is too small, and others that use the same store."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from attacks.arena import BUILD, EXAMPLES, KG, LONGEST, Arena, Losses, in_a_line


def full_disk(arena: Arena) -> Losses:
    """A tmpfs of a few sizes on which everything is written: one line, no part of a file, and the next run is right."""
    arena.prepare()
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
    arena.prepare()
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
