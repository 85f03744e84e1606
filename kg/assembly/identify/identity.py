"""The key of a form in a paper, with abbreviations expanded and known synonyms replaced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from extractors.names.abbreviations import is_short_form, misfits
from extractors.names.concepts import GROUPS, concept_table
from extractors.names.keys import name_key, name_words, squash
from extractors.names.normalization import clean
from kg.assembly.identify.senses import PaperSenses

_DEPTH = 4  # a long form may contain other abbreviations, but never itself
_REMEMBERED = 1 << 16
# Abbreviations that stand as words in a longer name: GNN explainability, RL-based control. Not SE in SE-ResNet:
# joined to another capital, an abbreviation is part of a proper name, and not the usual one at that.
_INNER = re.compile(r"(?<![\w\-/+])(?=[A-Za-z0-9]*[A-Z][A-Za-z0-9]*[A-Z])[A-Za-z0-9]{2,8}(?![\w/+])(?!-[A-Z0-9])")


class Identity:
    """Gives every form its key, by what its paper and all papers say of abbreviations.

    ``settled`` gives the meaning of abbreviations in papers that do not define them (by key and
    group of types); ``own`` gives a key of its own to a key or to a form in lower case, before
    anything else.
    """

    def __init__(self, settled: Mapping[tuple[str, str], str], own: Mapping[str, str] | None = None) -> None:
        self._settled = settled
        self._own = own or {}
        self._inner: dict[str, str] = {}
        for (short, _), long in sorted(settled.items(), key=lambda item: (item[0][1] != "technique", item)):
            self._inner.setdefault(short, long)
        self.spelled: dict[str, str] = {}
        """The long form by which an abbreviation got its key, whether or not a record has it."""
        self._known: dict[tuple[str, str], str] = {}

    def key(self, form: str, kind: str) -> str:
        """The key of what the form of an entity of type ``kind`` names in a paper that says nothing of it."""
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        found = self._known.get((form, kind))
        if found is None:
            found = self._known[form, kind] = self.resolve(form, GROUPS[kind], {})
        return found

    def resolve(self, form: str, group: str, local: PaperSenses) -> str:
        """The key of what a form of this group of types names where abbreviations have these senses."""
        return self._resolve(form, group, local, _DEPTH)

    def _resolve(self, form: str, group: str, local: PaperSenses, depth: int) -> str:
        raw = name_key(form)
        if self._own:
            own = self._own.get(raw) or self._own.get(form.casefold())
            if own:
                return own
        if is_short_form(form) or form.startswith("\\"):  # a LaTeX command has no capitals: \miou
            long = local.get(raw) or self._settled.get((raw, group))
            if long is not None and long != form and depth and not misfits(form, long):
                key = self._resolve(long, group, local, depth - 1)
                self.spelled[key] = min(self.spelled.get(key, long), long)
                return key
        canonical = concept_table().canonical
        if raw in canonical:
            return canonical[raw]
        spelled = self._spelled(form, local)
        if spelled != form:
            key = squash(_once(name_words(spelled)))
            return canonical.get(key, key)
        return raw

    def _spelled(self, form: str, local: PaperSenses) -> str:
        """A longer name with the abbreviations inside it expanded."""
        text = form if form.isascii() else clean(form)
        if is_short_form(text):
            return form

        def long(match: re.Match[str]) -> str:
            key = name_key(match[0])
            return local.get(key) or self._inner.get(key) or match[0]

        return _INNER.sub(long, text)


@lru_cache(maxsize=1 << 16)
def inner_shorts(form: str) -> list[str]:
    """The abbreviations that stand as words in a longer name."""
    return [] if form.islower() or is_short_form(form) else _INNER.findall(form)


def _once(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without direct repetitions: expanding UI2I in ``UI2I translation`` repeats translation."""
    return tuple(word for place, word in enumerate(words) if not place or word != words[place - 1])
