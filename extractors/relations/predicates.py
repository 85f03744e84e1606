"""Predicates between two methods: who is better, who is compared, who is based on whom.

``data/claims/predicates.tsv`` holds the verbs and their like, ``comparatives.tsv`` and
``costs.txt`` and ``merits.txt`` what "higher", "fewer", "more costly" say of the subject. Positions are those of
a sentence with marks (:mod:`extractors.relations.templates`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from extractors.text.words import read_list

Sense = Literal["win", "loss", "tie", "base", "founded", "source"]

_BETWEEN: Final = r"(?P<what>[^⟦⟧;.:]{0,60}?(?:⟦[TDE]\d+⟧[^⟦⟧;.:]{0,40}?){0,3}?)"
_THAN: Final = r"\b(?:than|compared (?:to|with|against)|in comparison (?:to|with)|relative to|over|as compared to)\b"
_COMPARING: Final = re.compile(_THAN, re.IGNORECASE)
_WORD: Final = re.compile(r"[A-Za-z][\w-]*")
_MARK: Final = re.compile(r"⟦[MTDE](\d+)⟧")


@dataclass(frozen=True, slots=True)
class Predicate:
    """What ``sentence[start:end]`` says of its subject, which is ``near``: right before it, and its object."""

    sense: Sense
    start: int
    end: int
    nominal: bool
    near: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of ``predicates.tsv``."""

    sense: Sense
    near: bool
    words: tuple[str, ...]
    pattern: re.Pattern[str]
    example: str


@cache
def rows() -> tuple[Row, ...]:
    """The predicates of the data file."""
    lines = (line.split("\t") for line in read_list("claims/predicates.tsv", strip=False))
    return tuple(
        Row(sense, subject == "near", tuple(words.split("|")), re.compile(pattern), example)  # type: ignore[arg-type]  # a test checks the senses
        for sense, subject, words, pattern, example in lines
    )


@cache
def _comparatives() -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], str], ...]]:
    """What finds a comparative with its "than", and the senses of the words."""
    lines = [line.split("\t") for line in read_list("claims/comparatives.tsv", strip=False)]
    words = "|".join(word for word, _ in lines)
    finder = re.compile(rf"\b(?P<word>{words})\b{_BETWEEN}{_THAN}", re.IGNORECASE)
    return finder, tuple((re.compile(word, re.IGNORECASE), sense) for word, sense in lines)


@cache
def _listed(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(read_list(f'claims/{name}.txt'))})")


def _is_listed(noun: str, name: str) -> bool:
    """Whether the last word of a noun phrase, or the last two, are in a list."""
    words = [word.lower() for word in re.findall(r"[\w-]+", noun)]
    return any(_listed(name).fullmatch(" ".join(words[-n:])) is not None for n in (1, 2) if words)


def is_cost(noun: str) -> bool:
    """Whether less of what ``noun`` names is better."""
    return _is_listed(noun, "costs")


def is_merit(noun: str) -> bool:
    """Whether more of what ``noun`` names is better, as far as the list knows."""
    return _is_listed(noun, "merits")


def predicates(sentence: str, names: Mapping[int, str]) -> Iterator[Predicate]:
    """The predicates of a marked sentence, in the order of the tables; ``names`` are those of its marks."""
    taken: list[tuple[int, int]] = []
    for row in rows():
        if not any(word in sentence for word in row.words):
            continue
        for match in row.pattern.finditer(sentence):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                yield Predicate(row.sense, *match.span(), nominal=False, near=row.near)
    if _COMPARING.search(sentence) is None:
        return
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
    word = next(sense for pattern, sense in senses if pattern.fullmatch(match.group("word")))
    if word == "good" or word == "bad":
        return "win" if word == "good" else "loss"
    noun = _compared(sentence, match, names, word == "small") or ""
    if is_cost(noun):
        return "loss" if word == "up" else "win"
    if is_merit(noun):
        return "win" if word == "up" else "loss"
    return None if word == "down" else "win"


def _compared(sentence: str, match: re.Match[str], names: Mapping[int, str], after: bool) -> str | None:
    """What is higher or lower: the noun after the comparative ("a lower error than"), else the metric before it.

    With ``after``, only the noun after it counts.
    """
    inside = _MARK.sub(lambda mark: names.get(int(mark.group(1)), ""), _without_data(match.group("what")))
    inside = re.split(r"\b(?:on|in|at|for|across|of|when|with|used|and|needed|required)\b", inside)[0]
    if words := _WORD.findall(inside):
        return " ".join(words[-2:])
    if after:
        return None
    before = sentence[max(0, match.start() - 80) : match.start()]
    metrics = re.findall(r"⟦E(\d+)⟧", before)
    if metrics:
        return names.get(int(metrics[-1]))
    nouns = re.findall(r"\b(?:the|its|an?) ([\w-]+) of\b", before)
    return nouns[-1] if nouns else None


def _without_data(text: str) -> str:
    """``text`` without the marks of tasks and data, which are no measure."""
    return re.sub(r"⟦[TD]\d+⟧", "", text)
