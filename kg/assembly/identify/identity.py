"""The key of a form in a paper, with abbreviations expanded and known synonyms replaced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from extractors.names.abbreviations import abbreviates, is_short_form, misfits
from extractors.names.concepts import GROUPS, concept_table
from extractors.names.keys import name_key, name_words, squash
from extractors.names.normalization import clean
from kg.assembly.identify.senses import PaperSenses

_DEPTH = 4  # a long form may contain other abbreviations, but never itself
_REMEMBERED = 1 << 16
# Abbreviations that stand as words in a longer name: GNN explainability, RL-based control. Not SE in SE-ResNet:
# joined to another capital, an abbreviation is part of a proper name, and not the usual one at that.
_INNER = re.compile(r"(?<![\w\-/+])(?=[A-Za-z0-9]*[A-Z][A-Za-z0-9]*[A-Z])[A-Za-z0-9]{2,8}(?![\w/+])(?!-[A-Z0-9])")
# What may be clipped from a hyphenated word, whatever its case: re-id, Re-ID. Whether it is, its long form tells.
_CLIPPED = re.compile(r"(?<![\w\-/+])[A-Za-z]{2,6}-[A-Za-z]{2,6}(?![\w\-/+])")
_LONGEST_RUN = 3  # words that an abbreviation and its neighbours may both have


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
        self.fuller: dict[str, str] = {}
        """The key that a name has with the whole long form of an abbreviation inside it, of which it has the end."""
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
        short = is_short_form(form) or form.startswith("\\")  # a LaTeX command has no capitals: \miou
        if short or _CLIPPED.fullmatch(form):
            long = local.get(raw) or self._settled.get((raw, group))
            meant = long is not None and (not misfits(form, long) if short else is_clipped(form, long))
            if long is not None and meant and long != form and depth:
                key = self._resolve(long, group, local, depth - 1)
                self.spelled[key] = min(self.spelled.get(key, long), long)
                return key
        canonical = concept_table().canonical
        if raw in canonical:
            return canonical[raw]
        spelled, fuller = self._spelled(form, local)
        if spelled != form:
            key = _key_of(spelled)
            if fuller != spelled:
                self.fuller[key] = _key_of(fuller)
            return canonical.get(key, key)
        return raw

    def _spelled(self, form: str, local: PaperSenses) -> tuple[str, str]:
        """A longer name with the abbreviations inside it expanded: as far as their letters say, and wholly.

        What its paper says is meant wholly. What others mean by ReID need not be: vehicle ReID is about no persons.
        """
        text = form if form.isascii() else clean(form)
        if is_short_form(text) or _CLIPPED.fullmatch(text):
            return form, form
        wholly = False

        def long(match: re.Match[str]) -> str:
            key = name_key(match[0])
            found = local.get(key) or self._inner.get(key)
            if found is None or ("-" in match[0] and not is_clipped(match[0], found)):
                return match[0]
            return found if wholly or key in local else _end_meant(match[0], found, text[: match.start()])

        spelled = _CLIPPED.sub(long, _INNER.sub(long, text))
        if spelled == text:
            return form, form
        wholly = True
        return spelled, _CLIPPED.sub(long, _INNER.sub(long, text))


def is_clipped(form: str, long: str) -> bool:
    """Whether a form has the beginnings of the parts of one hyphenated word of a long form.

    >>> is_clipped("re-id", "person re-identification"), is_clipped("two-way", "two-stage")
    (True, False)
    """
    parts = form.lower().split("-")
    return any(
        len(parts) == len(others) > 1
        and others != parts
        and all(other.startswith(part) for part, other in zip(parts, others, strict=True))
        for word in long.lower().split()
        if (others := word.split("-"))
    )


def _end_meant(short: str, long: str, before: str) -> str:
    """The end of a long form that an abbreviation has letters of; all of it where the words before say the rest."""
    words = long.split()
    letters = short.replace("-", "")
    place = next((n for n in range(len(words)) if abbreviates(letters, " ".join(words[n:]))), 0)
    said = before.lower().split()[-place:] == [word.lower() for word in words[:place]]
    return long if said else " ".join(words[place:])


def _key_of(spelled: str) -> str:
    return squash(_once(name_words(spelled)))


@lru_cache(maxsize=1 << 16)
def inner_shorts(form: str) -> list[str]:
    """The abbreviations that stand as words in a longer name."""
    return [] if form.islower() or is_short_form(form) else _INNER.findall(form)


@lru_cache(maxsize=1 << 19)
def inner_clipped(form: str) -> list[str]:
    """What may be clipped from a hyphenated word, in a name: re-id in unsupervised re-id."""
    return _CLIPPED.findall(form) if "-" in form else []


def _once(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without direct repetitions: expanding UI2I in ``UI2I translation`` repeats translation."""
    done: list[str] = []
    for word in words:
        done.append(word)
        for size in range(min(_LONGEST_RUN, len(done) // 2), 0, -1):
            if done[-size:] == done[-2 * size : -size]:
                del done[-size:]
                break
    return tuple(done)
