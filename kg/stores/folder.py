"""A store: one folder that holds papers, extraction records and the graph built from them."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.atomic import atomic_write, is_leftover
from kg.errors import KGError
from kg.graph import above
from kg.stores.state import FileState, GraphState

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.stores.archive import Archive
    from kg.stores.ladybug import EmbeddedGraph

DEFAULT: Final = "abstractkg"
"""The store that commands use unless told otherwise."""
_MARKER: Final = "abstractkg.json"
_FORMAT: Final = 1
_STAGING: Final = ".building"
_ARCHIVE: Final = "papers.sqlite"
CLUSTERS: Final = ("ray",)
"""What graphs are made on beside this machine; such a store has no archive, and this as its inputs."""
_BUILD_TIME: Final = 0.2
"""Seconds after which files that disagree are looked at again: a build may be replacing them just now."""


@dataclass(frozen=True, slots=True)
class StoreFolder:
    """Where the parts of a store are. Make one with `find` or `make`."""

    folder: Path

    @property
    def graph_path(self) -> Path:
        """The embedded database. `kg build` can make it again from the archive."""
        return self.folder / "graph.lbug"

    @property
    def explanations_path(self) -> Path:
        """Why names are one concept, as JSON lines. Made together with the graph."""
        return self.folder / "explanations.jsonl"

    @property
    def state_path(self) -> Path:
        """What graph and explanations were made from, with their digests; see `kg.stores.state`."""
        return self.folder / "graph.json"

    @property
    def overrides_path(self) -> Path:
        """What people decided about names, as they gave it last."""
        return self.folder / "overrides.tsv"

    @property
    def vocabulary_path(self) -> Path:
        """Names of the user's own, as they gave them last."""
        return self.folder / "vocabulary.tsv"

    @property
    def links_path(self) -> Path:
        """The links of concepts to an outside vocabulary, as JSON lines; made by `kg link`."""
        return self.folder / "links.jsonl"

    @property
    def link_decisions_path(self) -> Path:
        """What people decided about links, as they gave it last."""
        return self.folder / "link-decisions.tsv"

    def archive(self) -> Archive:
        """The papers and records, locked for writing."""
        from kg.stores.archive import Archive

        return Archive(self.folder / _ARCHIVE)

    def state(self) -> GraphState | None:
        """The state of the graph, None where none was finished; `KGError` where its file is damaged."""
        return GraphState.read(self.state_path)

    def graph(self) -> EmbeddedGraph:
        """The graph, opened read-only; close it after use.

        `KGError` says to run `kg build` where the graph is missing, damaged or of another version.
        """
        from kg.stores import ladybug

        self._require_intact(self._graph_problem)
        return ladybug.open(self.graph_path)

    def read(self, min_confidence: float | None = None) -> Graph:
        """The whole graph as values, without statements and results below ``min_confidence``.

        `KGError` as in `graph`, and where the store was built without what is asked for.
        """
        with self.graph() as graph:
            whole = graph.read()
        if min_confidence is None:
            return whole
        state = self.state()
        if state and min_confidence < state.min_confidence:
            raise KGError(
                f"{self.folder}: built with --min-confidence {state.min_confidence}, so it has nothing below; "
                f"run `kg build --store {self.folder} --min-confidence {min_confidence}` first"
            )
        return above(whole, min_confidence)

    def intact_explanations(self) -> Path:
        """The path of the explanations; `KGError` as in `graph`."""
        self._require_intact(self._explanations_problem)
        return self.explanations_path

    def former_ids(self) -> dict[str, str]:
        """The id of each concept by those that it had without a person's overrides, as explanations keep them."""
        if not self.overrides_path.exists():
            return {}
        with self.intact_explanations().open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines if '"former"' in line]
        return {former: row["id"] for row in rows for former in row.get("former", ())}

    def problem(self) -> str | None:
        """Why the graph that an earlier build made cannot be used any more; None if it can, or if there is none."""
        try:
            state = self.state()
        except KGError as error:
            return str(error)
        if state is None:
            return f"{self.state_path}: missing" if self._has_files() else None
        if state.engine != engine():
            return f"{self.graph_path}: written with {state.engine}; this is {engine()}"
        return self._graph_problem(state, thorough=True) or self._explanations_problem(state, thorough=True)

    def replace_graph(self, write: Callable[[Path, Path], None], inputs: str, min_confidence: float) -> None:
        """Put a new graph in place of the old one.

        ``write`` is called with the paths to write graph and explanations to. Whenever this is
        interrupted, either the old graph is still in place or the next build makes it again.
        """
        from kg.stores.ladybug import leftovers

        staging = StoreFolder(self.folder / _STAGING)
        self.remove_staging()
        staging.folder.mkdir()
        write(staging.graph_path, staging.explanations_path)
        files = FileState.of(staging.graph_path), FileState.of(staging.explanations_path)
        GraphState(inputs, engine(), min_confidence, *files).write(staging.state_path)
        for leftover in leftovers(self.graph_path):
            leftover.unlink()
        for path in (self.graph_path, self.explanations_path, self.state_path):
            _remove_folder(path)
        for name in ("graph_path", "explanations_path", "state_path"):
            getattr(staging, name).replace(getattr(self, name))
        staging.folder.rmdir()

    def require_made(self, by: str | None) -> None:
        """`KGError` where the store holds something that was not made on the cluster engine ``by`` (None: here)."""
        try:
            state = self.state()
        except KGError:
            state = None  # a damaged one is replaced
        here = (self.folder / _ARCHIVE).exists()
        if by is None and state is not None and state.inputs in CLUSTERS:
            raise KGError(f"{self.folder}: made with --on {state.inputs}; build with it again, or into another store")
        if by is not None and here:
            raise KGError(f"{self.folder}: made without --on {by}; build without it, or into another store")

    def remove_staging(self) -> None:
        """Remove what a build that was killed left unfinished."""
        staging = self.folder / _STAGING
        staging.unlink() if staging.is_file() else shutil.rmtree(staging, ignore_errors=True)

    def _require_intact(self, problem_of: Callable[[GraphState], str | None]) -> None:
        for wait in (_BUILD_TIME, 0.0):
            try:
                state = self.state()
                problem = problem_of(state) if state else self._no_state()
            except KGError as error:
                problem = str(error)
            if problem is None:
                return
            time.sleep(wait)
        raise KGError(f"{problem}; rebuild the graph with `kg build --store {self.folder}`")

    def _has_files(self) -> bool:
        return self.graph_path.exists() or self.explanations_path.exists()

    def _no_state(self) -> str:
        return f"{self.state_path}: missing" if self._has_files() else f"{self.folder}: no graph was built here yet"

    def _graph_problem(self, state: GraphState, *, thorough: bool = False) -> str | None:
        from kg.stores.ladybug import leftovers

        for leftover in leftovers(self.graph_path):
            return f"{leftover}: left behind by a program that was changing the graph"
        problem = state.graph.problem(self.graph_path, thorough=thorough)
        return f"{self.graph_path}: {problem}" if problem else None

    def _explanations_problem(self, state: GraphState, *, thorough: bool = False) -> str | None:
        problem = state.explanations.problem(self.explanations_path, thorough=thorough)
        return f"{self.explanations_path}: {problem}" if problem else None


def _remove_folder(path: Path) -> None:
    """Remove an empty folder that stands where a file will be; `KGError` where there is something in it."""
    if path.is_dir() and not path.is_symlink():
        try:
            path.rmdir()
        except OSError as error:
            raise KGError(
                f"{path}: a folder with files in it, where a file of the store belongs; move it away"
            ) from error


def engine() -> str:
    """The engine that graphs are written with, and the layout of its tables."""
    from importlib.metadata import version

    from kg.stores.ladybug_schema import layout

    return f"ladybug {version('ladybug')}, {layout()}"


def find(folder: str | Path) -> StoreFolder:
    """The store in a folder; `KGError` where there is none."""
    store = StoreFolder(Path(folder))
    marker = store.folder / _MARKER
    if not store.folder.exists():
        raise KGError(f"{folder}: no store here; make one with `kg build PAPERS --store {folder}`")
    if not marker.is_file():
        raise KGError(f"{folder}: not an abstractkg store (no {_MARKER} in it)")
    try:
        found = json.loads(marker.read_text(encoding="utf-8"))["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KGError(f"{marker}: damaged ({error})") from error
    if found != _FORMAT:
        raise KGError(f"{folder}: store format {found}, but this version reads {_FORMAT}; build it in a new folder")
    return store


def make(folder: str | Path) -> StoreFolder:
    """The store in a folder, made there if the folder is new or empty.

    A folder that holds anything else is refused, so that a store never mixes with other files.
    """
    path = Path(folder)
    if (path / _MARKER).exists():
        return find(path)
    if path.exists() and not path.is_dir():
        raise KGError(f"{folder}: a file, not a store folder")
    if path.exists() and not all(is_leftover(inner, path / _MARKER) for inner in path.iterdir()):
        raise KGError(f"{folder}: holds other files and is not an abstractkg store; give an empty or new folder")
    try:
        path.mkdir(parents=True, exist_ok=True)
        with atomic_write(path / _MARKER) as marker:
            marker.write_text(json.dumps({"format": _FORMAT}) + "\n", encoding="utf-8")
    except OSError as error:
        raise KGError(f"{folder}: cannot make a store here ({error.strerror})") from error
    return StoreFolder(path)
