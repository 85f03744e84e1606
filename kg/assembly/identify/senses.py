"""Senses of abbreviations: by a paper's own definition, else by what the other papers mean by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from extractors.names.abbreviations import abbreviates, initials, is_short_form
from extractors.names.concepts import GROUPS, concept_key, concept_table
from extractors.names.keys import name_key, name_words
from kg.assembly.collect import CollectedPaper

PaperSenses = Mapping[str, str]
"""In one paper: the key of an abbreviation, and what it is short for."""

_PRIOR = 5  # papers that an entry in the table of concepts counts as
_DOMINANT = 0.8  # share of papers that must agree before papers without a definition are read the same way
_FEW = 3  # papers that must agree on a short abbreviation; longer ones seldom have two readings
_LONG = 4
_RARELY = 0.02  # share of the papers with an abbreviation that must define it so; what all know, hardly any defines


def defined_senses(collected: CollectedPaper) -> dict[str, str]:
    """The long forms of abbreviations by what this paper says.

    It says so by a definition in its text, or by using short and long form for one entity.
    """
    found: dict[str, str] = {}
    for short, long, _ in collected.defined:
        found.setdefault(name_key(short), _at_most(name_key(short), long))
    for entity in collected.entities:
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
    """The long form without words in front of the usual one: "deep convolutional network (CNN)" defines no new CNN."""
    usual = _usual().get(short)
    if usual is not None and set(name_words(usual)) < set(name_words(long)):
        return usual
    return long


@dataclass(slots=True)
class Senses:
    """How many papers define an abbreviation in which way, by its key and group of types.

    ``uses`` counts the papers that use it, ``longs`` has the first of the long forms of each key.
    """

    papers: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    longs: dict[str, str] = field(default_factory=dict)
    uses: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, collected: CollectedPaper, local: PaperSenses) -> None:
        """Count one paper, in which abbreviations have these `defined_senses`."""
        groups = {name_key(f): GROUPS[e.type] for e in collected.entities for f, _ in e.forms if is_short_form(f)}
        self.uses.update(groups.items())
        for short, long in local.items():
            self._add((short, groups.get(short, "")), long)

    def _add(self, short: tuple[str, str], long: str) -> None:
        key = concept_key(long)
        self.papers.setdefault(short, Counter())[key] += 1
        self.longs[key] = min(self.longs.get(key, long), long)

    def settled(self) -> dict[tuple[str, str], str]:
        """The meaning of each abbreviation in papers that do not define it, where one reading dominates."""
        known, proper = concept_table().shorts, concept_table().proper
        chosen: dict[tuple[str, str], str] = {}
        for short in sorted(self.papers.keys() | known.keys()):
            counts = Counter(self.papers.get(short, {}))
            expected = concept_key(known[short]) if short in known else None
            if expected is not None:
                counts[expected] += _PRIOR
            elif short in proper:
                counts[short[0]] += _PRIOR
            best = min(counts, key=lambda k: (-counts[k], k))
            enough = counts[best] >= _FEW or len(short[0]) >= _LONG
            if best == short[0] or counts[best] < _RARELY * self.uses[short]:
                continue  # of 235 papers on COCO one means "comparing continuous optimizers"
            if enough and counts[best] >= _DOMINANT * counts.total():
                chosen[short] = known[short] if best == expected else self.longs[best]
        return chosen | self._mistyped(chosen)

    def _mistyped(self, chosen: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
        """Rare uses of an abbreviation with another type than usual, regarded as mistakes of extraction."""
        found: dict[tuple[str, str], str] = {}
        for short, group in sorted(self.uses.keys() - chosen.keys() - self.papers.keys()):
            others = {g: self.uses[short, g] for g in set(GROUPS.values()) if (short, g) in chosen}
            if others:
                usual = min(others, key=lambda g: (-others[g], g))
                if self.uses[short, group] <= (1 - _DOMINANT) * others[usual]:
                    found[short, group] = chosen[short, usual]
        return found

    def unsettled(self, settled: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], Counter[str]]:
        """The readings of the abbreviations without a dominant one."""
        return {short: counts for short, counts in self.papers.items() if short not in settled}


def implied_senses(
    entities: Sequence[tuple[str, Sequence[str]]],
    local: PaperSenses,
    senses: Senses,
    settled: Mapping[tuple[str, str], str],
) -> dict[str, str]:
    """The meanings of abbreviations that a paper does not define, where its other names show them.

    ``entities`` are type and forms of each. An abbreviation with several readings means the only name
    in the paper that is one of them or has these initials. One with a usual meaning has another if the
    paper uses it for an entity with other names.
    """
    found: dict[str, str] = {}
    longs: list[tuple[str, str]] | None = None
    for kind, forms in entities:
        group = GROUPS[kind]
        for form in forms:
            if not is_short_form(form) or name_key(form) in local:
                continue
            usual = settled.get((name_key(form), group))
            if usual is None:
                if longs is None:
                    longs = [(f, GROUPS[k]) for k, others in entities for f in others if not is_short_form(f)]
                meant = _only_reading(name_key(form), group, longs, senses)
            else:
                meant = _other_meaning(form, usual, [f for f in forms if not is_short_form(f)])
            if meant is not None:
                found.setdefault(name_key(form), meant)
    return found


def _only_reading(short: str, group: str, longs: list[tuple[str, str]], senses: Senses) -> str | None:
    readings = senses.papers.get((short, group), Counter())
    fitting = {
        concept_key(long): long
        for long, kind in longs
        if kind == group and (concept_key(long) in readings or initials(long) == short)
    }
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _other_meaning(short: str, usual: str, beside: list[str]) -> str | None:
    """Another meaning than the usual one, by the other forms of the entity; the short form itself if it stays open.

    ReID beside ``vehicle re-identification`` means that. NTM beside ``topic model`` is not a neural Turing
    machine, but its long form was not extracted completely.
    """
    usual_words = set(name_words(usual))
    if not beside or not all(_contradicts(form, usual_words) for form in beside):
        return None
    for form in beside:
        words = form.split()
        if any(abbreviates(short, " ".join(words[place:])) for place in range(1, len(words))):
            return form
        if len(words) > 1 and name_key(short).endswith(initials(form)):
            return short
    return None


def _contradicts(form: str, usual_words: set[str]) -> bool:
    words = set(name_words(form))
    return not words <= usual_words and not usual_words <= words
