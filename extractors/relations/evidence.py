"""Which sentence shows a relation between two entities, and how well.

Best is a sentence that names both; then one that names one end where the other is the paper's
own method and "we", "our model" or "it" stand for it; then a sentence of the end that is named
less often, near one of the other. A title comes after sentences of its grade.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from extractors.document.annotations import Entity
from extractors.names.keys import name_words
from extractors.relations.polarity import Standing, standing_at
from extractors.relations.templates import marked
from extractors.results.metrics import Place, places_of
from extractors.results.roles import main_method
from extractors.text.words import read_list

BETWEEN_UNLIKE: Final = frozenset({"OUTPERFORMS", "PART_OF", "BASED_ON", "SUBCLASS_OF"})
"""Relations that two members of one list, "A, B and C", do not have to each other."""

Grade = Literal["named", "title", "ours", "near", "apart"]
GRADES: Final[tuple[Grade, ...]] = ("named", "title", "ours", "near", "apart")
"""From the best to none."""

_MARK: Final = re.compile(r"⟦[MTDE](\d+)⟧")
_MEMBER: Final = r"(?:(?:the|both|also|our|an?) )?⟦[MTDE]\d+⟧(?: ?\([^()]{0,60}\))?"
_LIST: Final = re.compile(
    rf"⟦[MTDE]\d+⟧(?: ?\([^()]{{0,60}}\))?(?:(?:, |/){_MEMBER})*(?:,? (?:and|or|as well as) {_MEMBER})?"
)
_IN_BRACKETS: Final = re.compile(
    r"⟦[MTDE](?P<owner>\d+)⟧(?: [\w-]+){0,2} \((?:e\.g\.,?|i\.e\.,?|such as|including|namely|like|for example,?)? ?"
    r"(?P<members>⟦[^()]{0,200}⟧)[^()⟦⟧]{0,30}\)"
)
_COORDINATED: Final = re.compile(r"\b(?:and|or|as well as)\b|/|⟧, ⟦.*⟧, ⟦")
_OWN: Final = re.compile(
    r"\b(?:[Ww]e|[Oo]urs?|[Ii]ts?|[Tt]hey|[Tt]he proposed|[Tt]h(?:is|e|ese) (?:[\w-]+ ){0,2}?"
    r"(?:methods?|models?|approach(?:es)?|frameworks?|networks?|systems?|algorithms?|architectures?|techniques?|paper|work"
    r"|study|article))\b"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text, the same with marks, the mentions in it, and where each entity is first marked."""

    start: int
    end: int
    marks: str
    places: tuple[Place, ...]
    titled: bool

    first_marks: Mapping[int, int]

    def mark(self, entity: int) -> int:
        """Where an entity is first marked; -1 if it is not."""
        return self.first_marks.get(entity, -1)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may show a relation: how well, how the clause is meant, how far apart the ends are.

    ``cued``: it has a word that goes with the relation.
    """

    grade: Grade
    sentence: Sentence
    standing: Standing
    apart: int
    cued: bool = False


_Shown = tuple[Grade, Sentence, Standing, int]
"""Evidence before it is known for which relation."""


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    """By relation, what a sentence in lower case that shows it tends to hold (``data/claims/cues.tsv``)."""
    rows = (line.split("\t") for line in read_list("claims/cues.tsv", strip=False))
    return {relation: re.compile(pattern) for relation, pattern, _ in rows}


RIVALS: Final = {"TRAINED_ON": "EVALUATED_ON", "EVALUATED_ON": "TRAINED_ON"}
"""Relations between the same types that one sentence may tell apart: "trained on A and tested on B"."""


@lru_cache(maxsize=256)  # asked for every pair of a sentence's names
def is_cued(relation: str, sentence: str, at: int = -1) -> bool:
    """Whether a sentence has a word that goes with a relation, and none of its rival's that is nearer before ``at``."""
    sentence = sentence.replace("İ", "I").lower()  # as long as before; a pattern that ignores case takes twice the time
    if relation in RIVALS and at >= 0:
        own, rival = _last(relation, sentence, at), _last(RIVALS[relation], sentence, at)
        if own >= 0 or rival >= 0:
            return own > rival
    return _cues()[relation].search(sentence) is not None


def _last(relation: str, sentence: str, at: int) -> int:
    """Where the last word that goes with a relation stands before ``at``; -1: nowhere."""
    return max((match.start() for match in _cues()[relation].finditer(sentence, 0, at)), default=-1)


class Text:
    """The sentences of an abstract, ready to be asked for evidence."""

    def __init__(
        self, text: str, sentences: Sequence[tuple[int, int]], entities: Sequence[Entity], abstract_start: int
    ) -> None:
        places = places_of(entities)
        self.main = main_method(entities)
        self.sentences: list[Sentence] = []
        for start, end in sentences:
            inside = tuple(p for p in places if start <= p.start and p.end <= end)
            marks = marked(text, start, end, inside)
            firsts = {int(m.group(1)): m.start() for m in reversed(list(_MARK.finditer(marks)))}
            self.sentences.append(Sentence(start, end, marks, inside, start < abstract_start, firsts))
        self._text, self._places = text, places
        self._own_words = [_OWN.search(sentence.marks) for sentence in self.sentences]
        self._naming: defaultdict[int, list[int]] = defaultdict(list)
        for number, sentence in enumerate(self.sentences):
            for entity in sentence.first_marks:
                self._naming[entity].append(number)

    def evidence(self, head: int, relation: str, tail: int) -> list[Evidence]:
        """All sentences that may show a relation of the two, best first; never empty if both are mentioned."""
        shown = [*self._named(head, relation, tail), *self._own(head, tail)] or list(self._near(head, tail))
        found = [
            Evidence(grade, sentence, how, apart, is_cued(relation, sentence.marks, sentence.mark(tail)))
            for grade, sentence, how, apart in shown
        ]
        return sorted(found, key=lambda e: (GRADES.index(e.grade), not e.cued, e.apart, e.sentence.start))

    def _named(self, head: int, relation: str, tail: int) -> Iterator[_Shown]:
        """Sentences that name both; where none does, those whose name of a kind names what it is a kind of."""
        both = self._naming_both(head, tail)
        if not both and relation == "SUBCLASS_OF":
            both = [number for number in self._naming[head] if self._names_kind(self.sentences[number], head, tail)]
        for number in both:
            sentence = self.sentences[number]
            how = standing_at(sentence.marks, max(sentence.mark(head), sentence.mark(tail)))
            yield "title" if sentence.titled else "named", sentence, how, _gap(sentence, head, tail)

    def _naming_both(self, head: int, tail: int) -> list[int]:
        return [number for number in self._naming[head] if tail in self.sentences[number].first_marks]

    def naming_both(self, head: int, tail: int) -> list[Sentence]:
        """The sentences that name both of two entities."""
        return [self.sentences[number] for number in self._naming_both(head, tail)]

    def _names_kind(self, sentence: Sentence, head: int, tail: int) -> bool:
        """Whether the head's name itself says what it is a kind of: "video deblurring", where that is "deblurring"."""
        ends = tuple(" " + _plain(self._text[p.start : p.end]) for p in self._places if p.entity == tail)
        return any(_plain(self._text[p.start : p.end]).endswith(ends) for p in sentence.places if p.entity == head)

    def _own(self, head: int, tail: int) -> Iterator[_Shown]:
        """Sentences where "we" or "it" stand for the paper's own method, and the other end is named."""
        if self.main not in (head, tail):
            return
        other = tail if head == self.main else head
        for number in self._naming[other]:
            sentence, own = self.sentences[number], self._own_words[number]
            at = sentence.mark(other)
            if own and not sentence.titled and sentence.mark(self.main) < 0:
                yield "ours", sentence, standing_at(sentence.marks, at), abs(at - own.start())

    def _near(self, head: int, tail: int) -> Iterator[_Shown]:
        """Where no sentence has both: one of the end that is not the paper's own method, or that fewer sentences name.

        The other end is mostly the paper's own system or topic, which the reader has in mind anyway. A sentence with
        "we" or "our method" is shown before one without, a nearer one before others, and no title if it can be helped.
        """
        shown, other = sorted((tail, head), key=lambda e: (e == self.main, len(self._naming[e])))
        if all(self.sentences[n].titled for n in self._naming[shown]):
            shown, other = other, shown
        gaps = {n: min(abs(n - m) for m in self._naming[other]) for n in self._naming[shown] if self._naming[other]}
        if gaps:
            at = min(gaps, key=lambda n: (self.sentences[n].titled, not self._own_words[n], gaps[n], n))
            gap = min(gaps.values())
            yield "near" if gap == 1 else "apart", self.sentences[at], "asserted", 200 * gap


def owner_in_brackets(sentence: str, entity: int) -> int | None:
    """The entity before a bracket that lists ``entity`` among its examples: "neural parsers (e.g., A, B)"."""
    for match in _IN_BRACKETS.finditer(sentence):
        if entity in (int(m.group(1)) for m in _MARK.finditer(match.group("members"))):
            return int(match.group("owner"))
    return None


def only_listed(sentence: str, head: int, tail: int) -> bool:
    """Whether a sentence names two entities in one list only: "A, B and C"."""
    both = {head, tail}
    together = 0
    for listed in _LIST.finditer(sentence):
        members = [int(m.group(1)) for m in _MARK.finditer(listed.group())]
        if both.issubset(members) and _COORDINATED.search(_bare(listed.group())):
            together += sum(member in both for member in members)
    return together > 0 and together == sum(int(m.group(1)) in both for m in _MARK.finditer(sentence))


def _bare(listed: str) -> str:
    """A list without what stands in brackets."""
    return re.sub(r"\([^()]*\)", "", listed)


@lru_cache(maxsize=256)  # asked for every pair of an abstract's names
def _plain(name: str) -> str:
    """A name as lower-case words in the singular."""
    return " ".join(name_words(name))


def _gap(sentence: Sentence, head: int, tail: int) -> int:
    """Characters between the nearest mentions of the two in a sentence."""
    of = {e: [p for p in sentence.places if p.entity == e] for e in (head, tail)}
    return min((max(h.start, t.start) - min(h.end, t.end) for h in of[head] for t in of[tail]), default=0)
