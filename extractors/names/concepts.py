"""The curated concepts of the field, looked up by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from extractors.names import data
from extractors.names.abbreviations import is_short_form
from extractors.names.keys import Words, name_key, name_words, squash

GROUPS: Final = {"Method": "technique", "Task": "technique", "Dataset": "dataset", "Metric": "metric"}
"""Types that one concept may well have in different papers: a method for some is a task for others."""


@dataclass(frozen=True, slots=True)
class ConceptTable:
    """What the table of concepts says.

    ``canonical`` gives the key of the expected name for the key of any other; ``shorts`` the
    expected name for an abbreviation's key and group of types; ``display`` the expected
    name and ``words`` its words for its key.
    """

    canonical: Mapping[str, str]
    shorts: Mapping[tuple[str, str], str]
    display: Mapping[str, str]
    words: Mapping[str, Words]


@cache
def concept_table() -> ConceptTable:
    """The table, read once."""
    canonical: dict[str, str] = {}
    shorts: dict[tuple[str, str], str] = {}
    display: dict[str, str] = {}
    words: dict[str, Words] = {}
    for kind, name, others in data.rows("concepts.tsv"):
        words_of_name = name_words(name)
        key = squash(words_of_name)
        display[key], words[key] = name, words_of_name
        for other in (name, *others.split(" | ")):
            if is_short_form(other) and not is_short_form(name):
                shorts[squash(name_words(other)), GROUPS[kind]] = name
            else:
                canonical[squash(name_words(other))] = key
    return ConceptTable(canonical, shorts, display, words)


@lru_cache(maxsize=1 << 18)
def concept_key(name: str) -> str:
    """The key of a name that is no abbreviation, by the table of concepts."""
    key = name_key(name)
    return concept_table().canonical.get(key, key)


@lru_cache(maxsize=1 << 16)
def usual_meaning(short: str, kind: str) -> str | None:
    """What an abbreviation of a concept of type ``kind`` is short for where nobody says so; None if unknown.

    >>> usual_meaning("GANs", "Method")
    'generative adversarial network'
    """
    return concept_table().shorts.get((name_key(short), GROUPS[kind]))


@lru_cache(maxsize=1 << 16)
def meaning_keys(name: str) -> frozenset[str]:
    """Keys of the concepts that a name means by the table of concepts, whatever their type; none if unknown.

    >>> meaning_keys("ConvNets") == {name_key("convolutional neural network")}
    True
    """
    table, key = concept_table(), name_key(name)
    found = {concept_key(long) for group in set(GROUPS.values()) if (long := table.shorts.get((key, group)))}
    return frozenset(found | ({table.canonical[key]} if key in table.canonical else set()))
