"""Relation patterns as data: reads ``data/relations.tsv`` and applies it to a sentence.

A sentence is matched with its mentions written as marks: "We apply ⟦M0⟧ to ⟦T2⟧." The letter
is the type, the number the entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Final

from extractors.results.metrics import Place
from extractors.text.words import read_list

LETTER: Final = {"Method": "M", "Task": "T", "Dataset": "D", "Metric": "E"}

_ALL_MARKS: Final = tuple(f"⟦{letter}" for letter in LETTER.values())
_GENERIC: Final = (
    r"(?: (?:models?|methods?|algorithms?|approach(?:es)?|frameworks?|techniques?|networks?|architectures?|systems?"
    r"|modules?|tasks?|problems?|datasets?|benchmarks?|corpus|challenge|systems|strategies|policies|setting|settings|applications"
    r"|representations?|based methods))?"
)
SYSTEM_NOUN: Final = (
    r"(?:methods?|models?|approach(?:es)?|frameworks?|networks?|systems?|algorithms?|architectures?|techniques?|modules?"
    r"|strateg(?:y|ies)|solutions?|work|variants?|agents?|pipelines?|classifiers?|estimators?|learners?|encoders?"
    r"|decoders?|parsers?|procedures?|schemes?|policy|policies|layers?|losse?s?|baselines?|metrics?|tools?)"
)
"""What a paper calls its own method, or that of others."""
_SUBJECT: Final = (
    r"(?:(?P<ROLE>⟦M\d+⟧)(?: (?:model|method|algorithm|approach|framework|network|architecture|system)s?)?"
    r"|\b(?P<ours>[Ww]e|[Ii]t|[Oo]urs?(?: [\w-]+){0,3} (?:methods?|models?|approach(?:es)?|framework|network|system"
    r"|algorithms?|architecture|technique|module|strategy|solution|work)|[Tt]he proposed(?: [\w-]+){1,3}"
    r"|[Tt]h(?:is|e) (?:[\w-]+ )?"
    r"(?:method|model|approach|framework|network|system|algorithm|architecture|technique|strategy|paper|work)))"
)
_SLOT: Final = re.compile(r"\{(head|heads|tail|tails):([MTDE])\}|\{(subject|whole|g)\}|\{w(\d)\}")
_MARK: Final = re.compile(r"⟦[MTDE](\d+)⟧")
_UNMARKED: Final = str.maketrans("⟦⟧", "[]")
"""What a text itself has in such brackets is no mark."""
_REPEATED: Final = re.compile(r"(⟦[MTDE]\d+⟧) ?\(['\"]*\1['\"]*\)")


@dataclass(frozen=True, slots=True)
class Template:
    """One line of the data file."""

    relation: str
    confidence: float
    trigger: str
    source: str
    example: str
    marks: tuple[str, ...]
    """Marks that the pattern cannot do without: how those begin that must be in the sentence."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when a sentence first needs it: all of them take as long as ten abstracts."""
        return compiled(self.source)


@dataclass(frozen=True, slots=True)
class Match:
    """A relation between two entities, an end None where it is the paper's own method; the template by number."""

    head: int | None
    relation: str
    tail: int | None
    confidence: float
    template: int


@cache
def templates() -> tuple[Template, ...]:
    """The templates of the data file, in its order."""
    rows = (line.split("\t") for line in read_list("relations.tsv", strip=False))
    return tuple(
        Template(relation, int(percent) / 100, trigger, pattern, example, _marks(pattern))
        for relation, percent, trigger, pattern, example in rows
    )


@cache
def _by_trigger() -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Each trigger with the numbers of its templates: there are more templates than triggers."""
    found: dict[str, list[int]] = {}
    for number, template in enumerate(templates()):
        found.setdefault(template.trigger, []).append(number)
    return tuple((trigger, tuple(numbers)) for trigger, numbers in found.items())


def _marks(pattern: str) -> tuple[str, ...]:
    return tuple(sorted({f"⟦{letter}" for _, letter, _, _ in _SLOT.findall(pattern) if letter}))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The regular expression that a pattern with slots stands for."""
    return re.compile(_SLOT.sub(_slot, pattern))


def _slot(match: re.Match[str]) -> str:
    role, letter, other, words = match.groups()
    if words:
        return rf"(?:[\w'’/.%+-]+,? ){{0,{words}}}?"
    if other in ("subject", "whole"):
        return _SUBJECT.replace("ROLE", "head" if other == "subject" else "tail")
    if other == "g":
        return _GENERIC
    mark = rf"⟦{letter}\d+⟧"
    if role in ("heads", "tails"):
        mark += rf"(?:{_GENERIC}(?:,? and|,? or|,|/| as well as)? ?(?:the |an? )?{mark})*"
    return rf"(?P<{role.removesuffix('s')}>{mark})"


def marked(text: str, start: int, end: int, places: Sequence[Place]) -> str:
    """``text[start:end]`` with marks for the mentions at ``places``, which do not overlap."""
    parts = []
    position = start
    for place in places:
        if place.start < position:
            continue
        parts += [text[position : place.start].translate(_UNMARKED), f"⟦{LETTER[place.type]}{place.entity}⟧"]
        position = place.end
    parts.append(text[position:end].translate(_UNMARKED))
    sentence = re.sub(r"\s+", " ", "".join(parts))
    return _REPEATED.sub(r"\1", sentence)


def matches(sentence: str) -> Iterator[Match]:
    """What the templates read in a marked sentence."""
    if "⟦" not in sentence:
        return
    marks = {mark for mark in _ALL_MARKS if mark in sentence}
    triggered = (numbers for trigger, numbers in _by_trigger() if trigger in sentence)
    for number in sorted(chain.from_iterable(triggered)):
        template = templates()[number]
        if not marks.issuperset(template.marks):
            continue
        for match in template.pattern.finditer(sentence):
            yield from _pairs(number, template, match)


def _pairs(number: int, template: Template, match: re.Match[str]) -> Iterator[Match]:
    groups = match.groupdict()
    for head in _entities(groups.get("head")):
        for tail in _entities(groups.get("tail")):
            if head != tail:
                yield Match(head, template.relation, tail, template.confidence, number)


def _entities(group: str | None) -> list[int] | list[None]:
    """The entities marked in a group; None, the paper's own method, where the pattern has no such group."""
    if group is None:
        return [None]
    return [int(number) for number in _MARK.findall(group)]
