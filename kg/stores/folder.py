"""A store: one folder that holds papers, records and the graph built from them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KGError

if TYPE_CHECKING:
    from kg.stores.archive import Archive
    from kg.stores.ladybug import EmbeddedGraph

DEFAULT = "abstractkg"
_MARKER = "abstractkg.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class StoreFolder:
    """Where the parts of a store lie. Make one with `find` or `make`."""

    folder: Path

    @property
    def graph_path(self) -> Path:
        """The embedded database: a cache that `build` can make again from the archive."""
        return self.folder / "graph.lbug"

    @property
    def explanations_path(self) -> Path:
        """Why names are one concept, as JSON lines."""
        return self.folder / "explanations.jsonl"

    @property
    def overrides_path(self) -> Path:
        """What people decided about names, as they gave it last."""
        return self.folder / "overrides.tsv"

    def archive(self) -> Archive:
        """The papers and records, held for writing."""
        from kg.stores.archive import Archive

        return Archive(self.folder / "papers.sqlite")

    def graph(self) -> EmbeddedGraph:
        """The graph, opened read-only; close it after use."""
        from kg.stores import ladybug

        if not self.graph_path.exists():
            raise KGError(f"{self.folder}: holds no graph yet; finish it with `kg build`")
        return ladybug.open(self.graph_path)


def find(folder: str | Path) -> StoreFolder:
    """The store in a folder; `KGError` where there is none."""
    store = StoreFolder(Path(folder))
    marker = store.folder / _MARKER
    if not store.folder.exists():
        raise KGError(f"{folder}: no store here; make one with `kg build PAPERS --store {folder}`")
    if not marker.is_file():
        raise KGError(f"{folder}: not a abstractkg store (no {_MARKER} in it)")
    try:
        found = json.loads(marker.read_text(encoding="utf-8"))["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise KGError(f"{marker}: damaged ({error})") from error
    if found != _FORMAT:
        raise KGError(f"{folder}: store format {found}, but this version reads {_FORMAT}; build it anew")
    return store


def make(folder: str | Path) -> StoreFolder:
    """The store in a folder, made there if the folder is new or empty.

    A folder that holds anything else is refused: nothing of the user's is ever mixed in.
    """
    path = Path(folder)
    if (path / _MARKER).exists():
        return find(path)
    if path.exists() and not path.is_dir():
        raise KGError(f"{folder}: a file, not a store folder")
    if path.exists() and any(path.iterdir()):
        raise KGError(f"{folder}: holds other files and is no abstractkg store; give an empty or new folder")
    try:
        path.mkdir(parents=True, exist_ok=True)
        (path / _MARKER).write_text(json.dumps({"format": _FORMAT}) + "\n", encoding="utf-8")
    except OSError as error:
        raise KGError(f"{folder}: cannot make a store here ({error.strerror})") from error
    return StoreFolder(path)
