"""The table of known concepts: expected names, synonyms, and what abbreviations usually mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from extractors.names import data
from extractors.names.abbreviations import is_short_form
from extractors.names.keys import Words, name_key, name_words, squash

GROUPS: Final = {"Method": "technique", "Task": "technique", "Dataset": "dataset", "Metric": "metric"}
"""Groups of types within which papers disagree about one concept: a method for some is a task for others."""


@dataclass(frozen=True, slots=True)
class ConceptTable:
    """The table of concepts, by key.

    ``canonical``: the key of the expected name by the key of any other name. ``shorts``: the expected
    name by an abbreviation's key and group of types. ``proper``: the keys and groups of expected names that
    look like abbreviations (COCO). ``display`` and ``words``: the expected name and its normalized words by its key.
    """

    canonical: Mapping[str, str]
    shorts: Mapping[tuple[str, str], str]
    proper: frozenset[tuple[str, str]]
    display: Mapping[str, str]
    words: Mapping[str, Words]


@cache
def concept_table() -> ConceptTable:
    """The table of the file ``data/concepts.tsv``, read once."""
    canonical: dict[str, str] = {}
    shorts: dict[tuple[str, str], str] = {}
    proper: set[tuple[str, str]] = set()
    display: dict[str, str] = {}
    words: dict[str, Words] = {}
    for kind, name, others in data.rows("concepts.tsv"):
        words_of_name = name_words(name)
        key = squash(words_of_name)
        display[key], words[key] = name, words_of_name
        if is_short_form(name):
            proper.add((key, GROUPS[kind]))
        for other in (name, *others.split(" | ")):
            if is_short_form(other) and not is_short_form(name):
                shorts[squash(name_words(other)), GROUPS[kind]] = name
            else:
                canonical[squash(name_words(other))] = key
    return ConceptTable(canonical, shorts, frozenset(proper), display, words)


@lru_cache(maxsize=1 << 16)
def concept_key(name: str) -> str:
    """The key of a name, or that of the expected name if the table knows it as a synonym; not for abbreviations."""
    key = name_key(name)
    return concept_table().canonical.get(key, key)


@lru_cache(maxsize=1 << 16)
def usual_meaning(short: str, kind: str) -> str | None:
    """What an abbreviation of a concept of type ``kind`` usually stands for; None if unknown.

    >>> usual_meaning("GANs", "Method")
    'generative adversarial network'
    """
    return concept_table().shorts.get((name_key(short), GROUPS[kind]))


@lru_cache(maxsize=1 << 16)
def meaning_keys(name: str) -> frozenset[str]:
    """Keys of all concepts that a name or abbreviation can mean by the table; empty if it is unknown.

    >>> meaning_keys("ConvNets") == {name_key("convolutional neural network")}
    True
    """
    table, key = concept_table(), name_key(name)
    found = {concept_key(long) for group in set(GROUPS.values()) if (long := table.shorts.get((key, group)))}
    return frozenset(found | ({table.canonical[key]} if key in table.canonical else set()))
