"""Saved queries as favourites of Neo4j Browser: each a file that runs as it is, with the values to change on top."""

from __future__ import annotations

from pathlib import Path

from kg.errors import KGError
from kg.exports.cypher import literal
from kg.querying import saved
from kg.querying.saved import SavedQuery


def favourite(query: SavedQuery) -> str:
    """A query as Browser runs it: its title, which becomes the favourite's name, its parameters, and the statement."""
    lines = [f"// {query.title}", *(f"// ${p.name}: {p.meaning}" for p in query.parameters)]
    # In a map (:params {…}) Browser would make integers floating-point numbers, which LIMIT does not take.
    lines += [f":param {p.name} => {literal(p.default)};" for p in query.parameters]
    return "\n".join([*lines, query.text + ";", ""])


def write_favourites(folder: str | Path) -> list[Path]:
    """Write every saved query into a folder, one file each; `KGError` where that fails."""
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
        files = [target / f"{name}{saved.SUFFIX}" for name in saved.load_all()]
        for file, query in zip(files, saved.load_all().values(), strict=True):
            file.write_text(favourite(query), encoding="utf-8")
    except OSError as error:
        raise KGError(f"{folder}: cannot be written ({error.strerror})") from error
    return files
