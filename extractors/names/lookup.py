"""Resolve a name that somebody types to what it names: by id, alias, case, spelling or abbreviation; else suggest.

Callers make an `Entry` of each node, row or explanation that has a name, and look the name up among those.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from extractors.names.concepts import meaning_keys
from extractors.names.keys import name_key

_SUGGESTIONS: Final = 3
_SIMILAR: Final = 70  # of 100; less similar names do not help
_LETTERS_A_SLIP: Final = 5
_CANDIDATES: Final = 20  # forms that are compared by name, as several may be of one entry


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a name: its id, its preferred name, all forms of the name, and how many papers mention it."""

    id: str
    name: str
    forms: tuple[str, ...] = ()
    papers: int = 0


def lookup(name: str, entries: Iterable[Entry]) -> list[Entry]:
    """The entries that ``name`` can mean, the most likely first; empty if no entry has such a name.

    First those that have it as id, name or alias, exactly or apart from case; if there are none, those with a
    name of the same key (`name_key`); if there are none, those that it means by the table of concepts. Exact
    matches come first, then entries that more papers mention.

    >>> cnn = Entry("method:cnn", "convolutional neural network", ("ConvNet",), papers=9)
    >>> [entry.id for entry in lookup("Convolutional Neural Nets", [cnn])]
    ['method:cnn']
    """
    entries = list(entries)
    wanted = name.strip(" ")
    found = [entry for entry in entries if _closeness(entry, wanted) is not None]
    if not found:
        keys = {name_key(wanted)}
        found = [entry for entry in entries if not keys.isdisjoint(map(name_key, _forms(entry)))]
    if not found:
        keys |= meaning_keys(wanted)
        found = [entry for entry in entries if any(keys & {name_key(f), *meaning_keys(f)} for f in _forms(entry))]
    return sorted(found, key=lambda entry: (_closeness(entry, wanted) or 0, -entry.papers, entry.id))


def slips(name: str) -> int:
    """How many letters may be mistaken, missing or too many in a name that was meant to be another."""
    return max(1, len(name) // _LETTERS_A_SLIP)


def suggest(name: str, entries: Iterable[Entry]) -> list[str]:
    """Preferred names of up to three entries that have a name similar to ``name``, the most similar first.

    First come names that are a slip of the hand away (letters swapped, left out, put in or mistaken), then those that
    share words or parts of words with it.

    >>> suggest("BRET", [Entry("method:rag", "retrieval-augmented generation", ("RET",)), Entry("method:bert", "BERT")])
    ['BERT', 'retrieval-augmented generation']
    """
    from rapidfuzz import fuzz, process, utils
    from rapidfuzz.distance import OSA

    names = {form: entry.name for entry in entries for form in _forms(entry)}
    forms, process_text = list(names), utils.default_process
    near = process.extract(
        name, forms, scorer=OSA.distance, processor=process_text, limit=_CANDIDATES, score_cutoff=slips(name)
    )
    similar = process.extract(
        name, forms, scorer=fuzz.WRatio, processor=process_text, limit=_CANDIDATES, score_cutoff=_SIMILAR
    )
    wanted = process_text(name)
    words = wanted.split()
    similar = [one for one in similar if _says_much(process_text(one[0]), wanted, words)]
    letters = sorted(wanted)
    near.sort(
        key=lambda found: (found[1], sorted(process_text(found[0])) != letters)
    )  # swapped letters before lost ones
    return list(dict.fromkeys(names[form] for form, _, _ in [*near, *similar]))[:_SUGGESTIONS]


def _says_much(form: str, name: str, words: Sequence[str]) -> bool:
    """Whether a form that is part of a name is no chance: it has half of its letters, or is one of its words."""
    return 2 * len(form) >= len(name) or form in words


def unknown_name(kind: str, name: str, entries: Iterable[Entry]) -> str:
    """The error message for a name that no entry has; ``kind`` is what was looked for, for instance ``dataset``."""
    names = suggest(name, entries)
    hint = f"did you mean {' or '.join(map(repr, names))}?" if names else "no similar name is known"
    return f"unknown {kind} {name!r}; {hint}"


def _forms(entry: Entry) -> Sequence[str]:
    return (entry.name, *entry.forms)


def _closeness(entry: Entry, name: str) -> int | None:
    """How exactly an entry has this name, from 0; None if it has not, even ignoring case."""
    for rank, same in enumerate((entry.id == name, entry.name == name, name in entry.forms)):
        if same:
            return rank
    folded = name.casefold()
    if folded == entry.name.casefold():
        return 3
    return 4 if any(folded == form.casefold() for form in (entry.id, *entry.forms)) else None
