"""A graph as a static site: the pages of `kg.web.pages` as files, with a search that needs no server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from kg import exports, schema
from kg.atomic import atomic_replacement
from kg.errors import KGError, Progress, no_progress
from kg.web import addresses, questions
from kg.web.index import Index, forms
from kg.web.overview import hit_of
from kg.web.pages import DOWNLOADS, Pages
from kg.web.render import colours

MARKER: Final = "abstractkg-site.json"
"""The file by which a folder is known as a site, which may be written anew."""
_STATIC: Final = files("kg.web").joinpath("static")


@dataclass(frozen=True, slots=True)
class SiteResult:
    """What was written where: the folder, and how many pages."""

    path: Path
    pages: int


def write_site(index: Index, folder: str | Path, progress: Progress = no_progress) -> SiteResult:
    """Write the site into a folder, in place of an earlier site; the old one stays until the new one is complete.

    `KGError` where the folder holds anything else, or cannot be written.
    """
    target = Path(folder)
    if target.exists() and not target.is_dir():
        raise KGError(f"{target}: a file, not a folder for a site")
    if target.is_dir() and any(target.iterdir()) and not (target / MARKER).is_file():
        raise KGError(f"{target}: holds other files and is not a site; give an empty or new folder")
    try:
        with atomic_replacement(target) as made:
            pages = _write(index, made, progress)
    except OSError as error:
        raise KGError(f"{target}: cannot write the site ({error.strerror or error})") from error
    return SiteResult(target, pages)


def _write(index: Index, folder: Path, progress: Progress) -> int:
    pages = Pages(index, live=False)
    every = list(pages.all())
    for number, address in enumerate(every, 1):
        _write_text(folder / address, pages.get(address) or "")
        progress("write", number, len(every))
    answered = questions.answered_without_names(index)
    for one in answered:
        address = addresses.of_question(one.name)
        _write_text(folder / address, pages.question(one.name, {}, address))
    _write_text(folder / "search.html", pages.renderer.page("search.html", "search.html"))
    for name, text in static_files():
        _write_text(folder / "static" / name, text)
    _write_text(folder / "static" / "names.js", "window.abstractkgNames = " + _names(index) + ";\n")
    (folder / "download").mkdir()
    for name in DOWNLOADS:
        exports.export(index.graph, folder / "download" / name)
    count = len(every) + len(answered) + 1
    _write_text(folder / MARKER, json.dumps({"pages": count}) + "\n")
    return count


def static_files() -> Iterator[tuple[str, str]]:
    """The style sheet, the script and the icon, by name."""
    for file in sorted(_STATIC.iterdir(), key=lambda file: file.name):
        text = file.read_text("utf-8")
        yield file.name, colours() + text if file.name == "style.css" else text


def _names(index: Index) -> str:
    """What the site's search looks through, as JSON: name, kind, page, papers, year, other forms of the name."""
    rows = []
    for kind in (*schema.CONCEPT_LABELS, "Paper"):
        for node in index.of_kind(kind):
            hit = hit_of(node)
            paper = index.paper(node.id)
            others = (*paper.authors, paper.key) if kind == "Paper" else forms(node)[1:]
            rows.append([hit.name, hit.kind, hit.page, hit.papers, hit.year, *others])
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _write_text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
