"""Which sentence shows a relation between two entities, and how well.

Best is a sentence that names both; then one that names one end where the other is the paper's
own method and "we", "our model" or "it" stand for it; then the sentence of the tail beside one
of the head. A title comes after sentences of its grade.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from extractors.document.annotations import Entity
from extractors.relations.polarity import Standing, standing_at
from extractors.relations.templates import marked
from extractors.results.metrics import Place, places_of
from extractors.results.roles import main_method

Grade = Literal["named", "title", "ours", "near", "apart"]
GRADES: Final[tuple[Grade, ...]] = ("named", "title", "ours", "near", "apart")
"""From the best to none."""

_OWN: Final = re.compile(
    r"\b(?:[Ww]e|[Oo]urs?|[Ii]ts?|[Tt]hey|[Tt]he proposed|[Tt]h(?:is|e|ese) (?:[\w-]+ ){0,2}?"
    r"(?:methods?|models?|approach(?:es)?|frameworks?|networks?|systems?|algorithms?|architectures?|techniques?|paper|work"
    r"|study|article))\b"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text, the same with marks, and the mentions in it."""

    start: int
    end: int
    marks: str
    places: tuple[Place, ...]
    titled: bool

    def mark(self, entity: int) -> int:
        """Where an entity is first marked; -1 if it is not."""
        match = re.search(rf"⟦[MTDE]{entity}⟧", self.marks)
        return match.start() if match else -1


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may show a relation: how well, how the clause is meant, how far apart the ends are."""

    grade: Grade
    sentence: Sentence
    standing: Standing
    apart: int


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
            self.sentences.append(
                Sentence(start, end, marked(text, start, end, inside), inside, start < abstract_start)
            )

    def evidence(self, head: int, tail: int) -> list[Evidence]:
        """All sentences that may show a relation of the two, best first; never empty if both are mentioned."""
        found = [*self._named(head, tail), *self._own(head, tail)] or list(self._near(head, tail))
        return sorted(found, key=lambda e: (GRADES.index(e.grade), e.apart, e.sentence.start))

    def _named(self, head: int, tail: int) -> Iterator[Evidence]:
        for sentence in self.sentences:
            one, other = sentence.mark(head), sentence.mark(tail)
            if one >= 0 and other >= 0:
                how = standing_at(sentence.marks, max(one, other))
                yield Evidence("title" if sentence.titled else "named", sentence, how, _gap(sentence, head, tail))

    def _own(self, head: int, tail: int) -> Iterator[Evidence]:
        """Sentences where "we" or "it" stand for the paper's own method, and the other end is named."""
        if self.main not in (head, tail):
            return
        other = tail if head == self.main else head
        for sentence in self.sentences:
            at = sentence.mark(other)
            own = _OWN.search(sentence.marks)
            if at >= 0 and own and not sentence.titled and sentence.mark(self.main) < 0:
                yield Evidence("ours", sentence, standing_at(sentence.marks, at), abs(at - own.start()))

    def _near(self, head: int, tail: int) -> Iterator[Evidence]:
        """The tail's sentence next to one of the head's, else its first."""
        numbers = {e: [n for n, s in enumerate(self.sentences) if s.mark(e) >= 0] for e in (head, tail)}
        pairs = [(abs(h - t), t) for h in numbers[head] for t in numbers[tail]]
        if pairs:
            gap, at = min(pairs)
            yield Evidence("near" if gap == 1 else "apart", self.sentences[at], "asserted", 200 * gap)


def _gap(sentence: Sentence, head: int, tail: int) -> int:
    """Characters between the nearest mentions of the two in a sentence."""
    of = {e: [p for p in sentence.places if p.entity == e] for e in (head, tail)}
    return min((max(h.start, t.start) - min(h.end, t.end) for h in of[head] for t in of[tail]), default=0)
