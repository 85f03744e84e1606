"""Resolve a name that somebody types to what it names: by id, alias, case, spelling or abbreviation; else suggest.

Strings only: whoever holds nodes, rows or explanations makes an `Entry` of each and looks the name up among those.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from extractors.names.concepts import meaning_keys
from extractors.names.keys import name_key

_SUGGESTIONS: Final = 3
_SIMILAR: Final = 70  # of 100; what is less alike is no help
_CANDIDATES: Final = 20  # forms that are compared by name, as several may be of one entry


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a name: its id, its preferred name, all forms of the name, and how many papers mention it."""

    id: str
    name: str
    forms: tuple[str, ...] = ()
    papers: int = 0


def lookup(name: str, entries: Iterable[Entry]) -> list[Entry]:
    """The entries that ``name`` can mean, the likeliest first; none if no entry has such a name.

    Those that have it as id, name or other form, letter for letter or but for case; where there are none,
    those with a form that is the same name written differently (`name_key`); where there are none, those
    that the table of concepts knows by it. Closer forms come first, then what more papers mention.

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


def suggest(name: str, entries: Iterable[Entry]) -> list[str]:
    """Preferred names of up to three entries with a form that looks like ``name``, the likeliest first."""
    from rapidfuzz import fuzz, process, utils

    names = {form: entry.name for entry in entries for form in _forms(entry)}
    similar = process.extract(
        name,
        list(names),
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=_CANDIDATES,
        score_cutoff=_SIMILAR,
    )
    return list(dict.fromkeys(names[form] for form, _, _ in similar))[:_SUGGESTIONS]


def unknown_name(kind: str, name: str, entries: Iterable[Entry]) -> str:
    """The message for a name that no entry has; ``kind`` says what was looked for, for instance ``dataset``."""
    names = suggest(name, entries)
    hint = f"did you mean {' or '.join(map(repr, names))}?" if names else "no similar name is known"
    return f"unknown {kind} {name!r}; {hint}"


def _forms(entry: Entry) -> Sequence[str]:
    return (entry.name, *entry.forms)


def _closeness(entry: Entry, name: str) -> int | None:
    """How close an entry is to having this very name, the smaller the closer; None where even case aside it has not."""
    for rank, same in enumerate((entry.id == name, entry.name == name, name in entry.forms)):
        if same:
            return rank
    folded = name.casefold()
    if folded == entry.name.casefold():
        return 3
    return 4 if any(folded == form.casefold() for form in (entry.id, *entry.forms)) else None
