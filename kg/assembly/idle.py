"""Lines of overrides without effect, as no paper names what they name: most often a slip of the hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Final

import numpy as np

from extractors.names.keys import name_key
from extractors.names.lookup import slips
from kg import schema
from kg.assembly.corrections import find
from kg.assembly.names import TYPES, Names
from kg.assembly.overrides import Overrides
from kg.assembly.resolution import Concepts
from kg.errors import Problem
from kg.schema import CONCEPT_LABELS

_OF_NAMES: Final = frozenset({"same", "different"})
"""Verdicts about names, whichever type papers give the concept."""
_COLUMNS: Final = [TYPES.index(label) for label in CONCEPT_LABELS]


def idle_lines(overrides: Overrides, concepts: Concepts, names: Names, keys: Collection[str]) -> Iterator[Problem]:
    """A problem for each line that names what no paper does, with the nearest name that there is.

    The concepts are those after all corrections; ``keys`` are the citation keys of the papers.
    """
    if not overrides.lines:
        return
    known = _Known(concepts, names)
    for line in overrides.lines:
        reasons = (known.lack(kinds, name, line.cells[0]) for kinds, name in _named(line.cells))
        reason = next(filter(None, reasons), "")
        paper = line.cells[4] if line.cells[0] == "reject" and len(line.cells) > 4 else ""
        if not reason and paper and paper not in keys and paper not in names.ids:
            reason = f"no paper has the id or key {paper!r}"
        if reason:
            yield Problem(line.file, line.place, reason)


def _named(cells: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The names of a line, each with the types that what it names can have."""
    verdict, kind, name, *rest = cells
    if verdict == "reject":
        ends = schema.RELATIONSHIP_TYPES[kind].endpoints
        yield tuple(dict.fromkeys(start for start, _ in ends)), name
        yield tuple(dict.fromkeys(end for _, end in ends)), rest[0]
    elif verdict == "type":
        yield (kind, rest[0]), name  # which it is of by now
    else:
        yield (kind,), name
        if verdict in _OF_NAMES:
            yield (kind,), rest[0]


class _Known:
    """The names that papers use."""

    def __init__(self, concepts: Concepts, names: Names) -> None:
        self._concepts, self._names = concepts, names
        self._used = concepts.usage.is_used.copy()
        self._used[concepts.usage.form_key] = True

    def lack(self, kinds: tuple[str, ...], name: str, verdict: str) -> str:
        """What is wrong with a name of something of one of these types; empty if papers use it."""
        others: list[str] = []
        if verdict in _OF_NAMES:  # which have joined it to what there is
            if any(self._is_used(kind, name) for kind in kinds):
                return ""
        else:
            others = [kind for kind in CONCEPT_LABELS if find(self._concepts, kind, name) is not None]
            if set(others) & set(kinds):
                return ""
        kinds = kinds[:1] if verdict == "type" else kinds
        near = None if others else self._nearest(kinds, name)
        hint = f"; it is a {others[0]}" if others else f"; did you mean {near!r}?" if near else ""
        return f"no {' or '.join(kinds)} is called {name!r}{hint}"

    def _is_used(self, kind: str, name: str) -> bool:
        keys = self._concepts.usage.keys
        numbers = (keys.find(key) for key in (self._concepts.identity.key(name, kind), name_key(name)))
        return any(number is not None and self._used[number] for number in numbers)

    def _nearest(self, kinds: tuple[str, ...], name: str) -> str | None:
        """The name of something of these types that is the fewest slips of the hand away, None if none is near."""
        from rapidfuzz import process, utils
        from rapidfuzz.distance import OSA

        most = slips(name)
        sizes = range(len(name) - most, len(name) + most + 1)
        forms = [form for kind in kinds for size in sizes for form in self._by_size.get((kind, size), ())]
        found = process.extract(name, forms, scorer=OSA.distance, processor=utils.default_process, score_cutoff=most)
        return min(found, key=lambda each: (each[1], each[0]))[0] if found else None

    @cached_property
    def _by_size(self) -> Mapping[tuple[str, int], list[str]]:
        """All names by the type of what they name, and by their length."""
        labels = np.argmax(self._concepts.votes[:, _COLUMNS], axis=1)[self._concepts.of_form]
        by_size: dict[tuple[str, int], list[str]] = defaultdict(list)
        for number, label in enumerate(CONCEPT_LABELS):
            for form in np.unique(self._names.form[labels == number]).tolist():
                text = self._names.texts[form]
                by_size[label, len(text)].append(text)
        return by_size
