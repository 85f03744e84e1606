"""Each file of a store damaged in each way."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from attacks.arena import BUILD, Arena, Losses, in_a_line

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
    arena.prepare()
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
