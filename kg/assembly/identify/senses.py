"""What abbreviations are short for: in one paper by its own words, elsewhere by the weight of all papers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from extractors.names.abbreviations import abbreviates, is_short_form
from extractors.names.concepts import GROUPS, concept_key, concept_table
from extractors.names.keys import name_key, name_words
from kg.assembly.collect import Read

Local = Mapping[str, str]
"""In one paper: the key of an abbreviation, and what it is short for."""

_PRIOR = 5  # papers that a line in the table of concepts counts for
_DOMINANT = 0.8  # share of papers that must agree before a silent paper is taken to mean the same
_FEW = 3  # papers that a short abbreviation needs behind it; longer ones seldom have two readings
_LONG = 4


def local_senses(read: Read) -> dict[str, str]:
    """What this paper says its abbreviations are short for.

    ``long (SHORT)`` in its text says so, whatever the record makes of it, and so do two
    forms of one entity.
    """
    found: dict[str, str] = {}
    for short, long, _ in read.defined:
        found.setdefault(name_key(short), _at_most(name_key(short), long))
    for entity in read.entities:
        if len(entity.forms) > 1:
            forms = [form for form, _ in entity.forms]
            for short in filter(is_short_form, forms):
                longs = [form for form in forms if form != short and abbreviates(short, form)]
                if longs:
                    found.setdefault(name_key(short), max(longs, key=lambda f: (f == entity.name, len(f), f)))
    return found


@cache
def _usual() -> dict[str, str]:
    return {short: name for (short, _), name in sorted(concept_table().shorts.items(), reverse=True)}


def _at_most(short: str, long: str) -> str:
    """The long form, less what stands before the usual one: a deep convolutional network (CNN) makes CNN no deeper."""
    usual = _usual().get(short)
    if usual is not None and set(name_words(usual)) < set(name_words(long)):
        return usual
    return long


@dataclass(slots=True)
class Senses:
    """How many papers spell out an abbreviation in which way, by its key and its group of types."""

    papers: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    longs: dict[str, str] = field(default_factory=dict)
    uses: Counter[tuple[str, str]] = field(default_factory=Counter)

    @classmethod
    def of(cls, reads: list[Read], locals_: list[dict[str, str]]) -> Senses:
        """The count over all papers."""
        senses = cls()
        for read, local in zip(reads, locals_, strict=True):
            groups = {name_key(f): GROUPS[e.type] for e in read.entities for f, _ in e.forms if is_short_form(f)}
            senses.uses.update(groups.items())
            for short, long in local.items():
                senses._add((short, groups.get(short, "")), long)
        return senses

    def _add(self, short: tuple[str, str], long: str) -> None:
        key = concept_key(long)
        self.papers.setdefault(short, Counter())[key] += 1
        self.longs[key] = min(self.longs.get(key, long), long)

    def settled(self) -> dict[tuple[str, str], str]:
        """What each abbreviation means in a paper that is silent, where one reading is far ahead."""
        known = concept_table().shorts
        chosen: dict[tuple[str, str], str] = {}
        for short in sorted(self.papers.keys() | known.keys()):
            counts = Counter(self.papers.get(short, {}))
            expected = concept_key(known[short]) if short in known else None
            if expected is not None:
                counts[expected] += _PRIOR
            best = min(counts, key=lambda k: (-counts[k], k))
            enough = counts[best] >= _FEW or len(short[0]) >= _LONG
            if enough and counts[best] >= _DOMINANT * counts.total():
                chosen[short] = known[short] if best == expected else self.longs[best]
        return chosen | self._mistyped(chosen)

    def _mistyped(self, chosen: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
        """Rare uses of an abbreviation as another type than the usual one, taken for mistakes."""
        found: dict[tuple[str, str], str] = {}
        for short, group in sorted(self.uses.keys() - chosen.keys() - self.papers.keys()):
            others = {g: self.uses[short, g] for g in set(GROUPS.values()) if (short, g) in chosen}
            if others:
                usual = min(others, key=lambda g: (-others[g], g))
                if self.uses[short, group] <= (1 - _DOMINANT) * others[usual]:
                    found[short, group] = chosen[short, usual]
        return found

    def unsettled(self, settled: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], Counter[str]]:
        """The readings of the abbreviations that are left on their own where a paper is silent."""
        return {short: counts for short, counts in self.papers.items() if short not in settled}


def implied_senses(read: Read, local: Local, senses: Senses, settled: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """What abbreviations are short for that a paper does not spell out, where the rest of it tells.

    An abbreviation with several readings is the one name in the paper that is among them or
    has just these initials. One with a usual meaning has another where the paper itself
    uses it for something else.
    """
    found: dict[str, str] = {}
    longs: list[tuple[str, str]] | None = None
    for entity in read.entities:
        group = GROUPS[entity.type]
        for form, _ in entity.forms:
            if not is_short_form(form) or name_key(form) in local:
                continue
            usual = settled.get((name_key(form), group))
            if usual is None:
                if longs is None:
                    longs = [(f, GROUPS[e.type]) for e in read.entities for f, _ in e.forms if not is_short_form(f)]
                meant = _only_reading(name_key(form), group, longs, senses)
            else:
                meant = _other_meaning(form, usual, [f for f, _ in entity.forms if not is_short_form(f)])
            if meant is not None:
                found.setdefault(name_key(form), meant)
    return found


def _only_reading(short: str, group: str, longs: list[tuple[str, str]], senses: Senses) -> str | None:
    readings = senses.papers.get((short, group), Counter())
    fitting = {
        concept_key(long): long
        for long, kind in longs
        if kind == group and (concept_key(long) in readings or _initials(long) == short)
    }
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _other_meaning(short: str, usual: str, beside: list[str]) -> str | None:
    """Another meaning than the usual one, by the other forms of the entity; the short form itself if none is whole.

    ReID beside ``vehicle re-identification`` is that. NTM beside ``topic model``, with a
    letter too many, is no neural Turing machine, but what it is has not been read whole.
    """
    usual_words = set(name_words(usual))
    if not beside or not all(_contradicts(form, usual_words) for form in beside):
        return None
    for form in beside:
        words = form.split()
        if any(abbreviates(short, " ".join(words[place:])) for place in range(1, len(words))):
            return form
        if len(words) > 1 and name_key(short).endswith(_initials_of(words)):
            return short
    return None


def _contradicts(form: str, usual_words: set[str]) -> bool:
    words = set(name_words(form))
    return not words <= usual_words and not usual_words <= words


def _initials_of(words: list[str]) -> str:
    return "".join(word[0] for word in words).lower()


@lru_cache(maxsize=1 << 18)
def _initials(name: str) -> str:
    words = re.findall(r"[A-Za-z0-9]+", name)
    return _initials_of(words) if len(words) > 2 else ""
