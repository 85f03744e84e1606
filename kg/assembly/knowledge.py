"""The curated concepts of the field, looked up by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.assembly import data
from kg.assembly.abbreviations import is_short
from kg.assembly.keys import plain_words, squash


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the table of concepts says.

    ``canonical`` gives the key of the expected name for the key of any other; ``shorts`` the
    expected name for an abbreviation's key and its types' group; ``display`` the expected
    name for its key.
    """

    canonical: Mapping[str, str]
    shorts: Mapping[tuple[str, str], str]
    display: Mapping[str, str]


GROUPS = {"Method": "technique", "Task": "technique", "Dataset": "dataset", "Metric": "metric"}
"""Types that one concept may well have in different papers: a method for some is a task for others."""


@cache
def knowledge() -> Knowledge:
    """The table, read once."""
    canonical: dict[str, str] = {}
    shorts: dict[tuple[str, str], str] = {}
    display: dict[str, str] = {}
    for kind, name, others in data.rows("concepts.tsv"):
        key = squash(plain_words(name))
        display[key] = name
        for other in (name, *others.split(" | ")):
            if is_short(other):
                shorts[squash(plain_words(other)), GROUPS[kind]] = name
            else:
                canonical[squash(plain_words(other))] = key
    return Knowledge(canonical, shorts, display)
