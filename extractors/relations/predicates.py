"""Predicates between two methods: who is better, who is compared, who is based on whom.

``data/claims/predicates.tsv`` holds the verbs and their like, ``comparatives.tsv`` and
``costs.txt`` what "higher", "fewer", "more costly" say of the subject. Positions are those of
a sentence with marks (:mod:`extractors.relations.templates`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from extractors.text.words import read_list

Sense = Literal["win", "loss", "tie", "base", "near", "source"]

_BETWEEN: Final = r"(?P<what>[^⟦⟧;.:]{0,60}?(?:⟦[TDE]\d+⟧[^⟦⟧;.:]{0,40}?){0,3}?)"
_THAN: Final = r"\b(?:than|compared (?:to|with|against)|in comparison (?:to|with)|relative to|over|as compared to)\b"
_WORD: Final = re.compile(r"[A-Za-z][\w-]*")
_MARK: Final = re.compile(r"⟦[MTDE](\d+)⟧")


@dataclass(frozen=True, slots=True)
class Predicate:
    """What ``sentence[start:end]`` says of its subject and its object."""

    sense: Sense
    start: int
    end: int
    nominal: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line of ``predicates.tsv``."""

    sense: Sense
    pattern: re.Pattern[str]
    example: str


@cache
def rows() -> tuple[Row, ...]:
    """The predicates of the data file."""
    lines = (line.split("\t") for line in read_list("claims/predicates.tsv", strip=False))
    return tuple(Row(sense, re.compile(pattern), example) for sense, pattern, example in lines)  # type: ignore[arg-type]  # the test of the data file checks it


@cache
def _comparatives() -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], str], ...]]:
    """What finds a comparative with its "than", and the senses of the words."""
    lines = [line.split("\t") for line in read_list("claims/comparatives.tsv", strip=False)]
    words = "|".join(word for word, _ in lines)
    finder = re.compile(rf"\b(?P<word>{words})\b{_BETWEEN}{_THAN}", re.IGNORECASE)
    return finder, tuple((re.compile(word, re.IGNORECASE), sense) for word, sense in lines)


@cache
def _cost() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(read_list('claims/costs.txt'))})")


def is_cost(name: str) -> bool:
    """Whether less of what ``name`` names is better: its last word or its last two are a cost."""
    words = [word.lower() for word in re.findall(r"[\w-]+", name)]
    return any(_cost().fullmatch(" ".join(words[-n:])) is not None for n in (1, 2) if words)


def predicates(sentence: str, names: Mapping[int, str]) -> Iterator[Predicate]:
    """The predicates of a marked sentence, in the order of the tables; ``names`` are those of its marks."""
    taken: list[tuple[int, int]] = []
    for row in rows():
        for match in row.pattern.finditer(sentence):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                yield Predicate(row.sense, *match.span(), nominal=False)
    finder, senses = _comparatives()
    for match in finder.finditer(sentence):
        if any(start <= match.start() < end or start < match.end() <= end for start, end in taken):
            continue
        sense = _judged(sentence, match, senses, names)
        if sense is not None:
            yield Predicate(sense, *match.span(), nominal=True)


def _judged(
    sentence: str, match: re.Match[str], senses: tuple[tuple[re.Pattern[str], str], ...], names: Mapping[int, str]
) -> Sense | None:
    """Whether a comparative praises its subject; None where the text does not tell."""
    direct = next(sense for pattern, sense in senses if pattern.fullmatch(match.group("word")))
    if direct == "good" or direct == "bad":
        return "win" if direct == "good" else "loss"
    noun = _compared(sentence, match, names)
    if noun is None:
        return "win" if direct == "up" else None
    return "win" if is_cost(noun) == (direct == "down") else "loss"


def _compared(sentence: str, match: re.Match[str], names: Mapping[int, str]) -> str | None:
    """What is higher or lower: the noun after the comparative ("a lower error than"), else the metric before it."""
    inside = _MARK.sub(lambda mark: names.get(int(mark.group(1)), ""), _without_data(match.group("what")))
    inside = re.split(r"\b(?:on|in|at|for|across|of|when|with)\b", inside)[0]
    if words := _WORD.findall(inside):
        return " ".join(words[-2:])
    before = sentence[max(0, match.start() - 80) : match.start()]
    metrics = re.findall(r"⟦E(\d+)⟧", before)
    if metrics:
        return names.get(int(metrics[-1]))
    nouns = re.findall(r"\b(?:the|its|an?) ([\w-]+) of\b", before)
    return nouns[-1] if nouns else None


def _without_data(text: str) -> str:
    """``text`` without the marks of tasks and data, which are no measure."""
    return re.sub(r"⟦[TD]\d+⟧", "", text)
