"""A paper as it is read from a source, and its identity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

RECORD_PARTS: Final = ("mentions", "relations", "results")
"""The lists of a record whose lengths say how much it tells of its paper."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as one source gives it, or as several merged (`kg.readers.merge.merge_papers`).

    Text is clean already (readers clean it, once). ``abstract`` is never empty.
    ``local_id`` is the input's own id, if it has one; ``key`` the key that it is cited by, where the
    input is a bibliography; ``ids`` are all ids of its inputs. ``source`` names the files it was
    read from. ``record`` is an extraction record (RECORD form, as parsed JSON) where the
    input brings one; it is then taken as it is, not extracted again.
    """

    abstract: str
    title: str | None = None
    year: int | None = None
    venue: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    anthology: str | None = None
    local_id: str | None = None
    key: str | None = None
    ids: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    record: Mapping[str, Any] | None = None
