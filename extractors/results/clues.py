"""What speaks for and against a reading of a number, as names of clues that ``data/result_weights.tsv`` weighs.

Three questions are asked of each number: is it a result, what does it compare, and which entity has
each role in it. The clues are the words around the number and around the name, the words between
them, lists that run in parallel, and what part the entity plays in the paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from extractors.document.annotations import Entity
from extractors.record import RESULT_ROLES
from extractors.results.comparison import is_change
from extractors.results.metrics import Place, beside, is_cost
from extractors.results.roles import main_method, main_task
from extractors.results.sentence import Sentence
from extractors.results.values import Value

AROUND: Final = 3
"""So many words on each side of a number or name are clues."""
BETWEEN: Final = 10
"""Between a number and a name further apart than so many words, single words say nothing."""

_OURS: Final = re.compile(r"\b(?:we|ours?|proposed|this (?:paper|work|method|model|approach))\b", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"[;:]|,\s(?:and|while|but|whereas|with|which|outperform\w*|surpass\w*)\b|\bwhile\b")


@dataclass
class Reading:
    """A paper's entities and sentences, and what was decided for the numbers before."""

    text: str
    entities: Sequence[Entity]
    places: Sequence[Place]
    abstract_start: int = 0

    @cached_property
    def main(self) -> dict[str, int | None]:
        """The paper's own method and its main task."""
        return {"method": main_method(self.entities), "task": main_task(self.entities)}

    @cached_property
    def own(self) -> list[int]:
        """The entities that the paper introduces, the first named first."""
        own = [i for i, e in enumerate(self.entities) if e.introduced]
        return sorted(own, key=lambda i: self.entities[i].mentions[0].start)

    def in_title(self, entity: int) -> bool:
        """Whether the title names the entity."""
        return self.entities[entity].mentions[0].start < self.abstract_start

    @cached_property
    def of_type(self) -> dict[str, list[int]]:
        """Indices of the entities of each type."""
        return {kind: [i for i, e in enumerate(self.entities) if e.type == kind] for kind in RESULT_ROLES.values()}


@dataclass(frozen=True)
class Asked:
    """A number in its sentence; ``before`` is what was decided for the number before it in the text."""

    reading: Reading
    sentence: Sentence
    index: int
    before: Mapping[str, int | str | None]
    same_sentence: bool = False

    @property
    def value(self) -> Value:
        """The number."""
        return self.sentence.values[self.index]


def kind_of(value: Value) -> str:
    """What sort of number it is."""
    if value.kind == "plain":
        return "decimal" if "." in value.text else "whole"
    return value.kind


def result_clues(asked: Asked) -> list[str]:
    """Clues to whether the number is a result at all."""
    sentence, value = asked.sentence, asked.value
    kind = kind_of(value)
    clues = ["always", kind]
    words = list(_around(sentence, value.start, value.end))
    clues += [*words, *(f"{kind} {word}" for word in words)]
    metrics = [p for p in sentence.places if p.type == "Metric"]
    near = beside(sentence.text, value, metrics)
    clues.append(f"{kind} beside metric" if near else f"{kind} no metric beside")
    clues += [f"{kind} {p} in sentence" for p in sorted({p.type for p in sentence.places})]
    if value.is_count(sentence.text):
        clues.append("counted")
    if value.change:
        clues.append(f"change {value.change}")
    if value.uncertainty:
        clues.append("uncertainty")
    if value.text.startswith("+"):
        clues.append("plus")
    clues.append(f"list of {min(len(sentence.list_of(asked.index)), 3)}")
    clues += [f"sentence {word}" for word in sorted({t.form for t in sentence.tokens if t.form.isalpha()})]
    return clues


def comparison_clues(asked: Asked, metric: int | None) -> list[str]:
    """Clues to what the number compares: each is weighed for ``absolute``, ``difference`` and ``relative``."""
    sentence, value = asked.sentence, asked.value
    members = sentence.list_of(asked.index)
    first, last = sentence.values[members[0]], sentence.values[members[-1]]
    kind = kind_of(value)
    clues = ["always", kind, *(f"list {word}" for word in _around(sentence, first.start, last.end, 4))]
    clues += [f"{kind} {word}" for word in _around(sentence, first.start, last.end)]
    clues += _around(sentence, value.start, value.end)
    here = sentence.index(value.start)
    clues += sorted({f"near {sentence.form(here + step)}" for step in range(-4, 5) if step})
    name = asked.reading.entities[metric].name if metric is not None else ""
    cost = "cost" if is_cost(name) else "no cost" if name else "no metric"
    clues += [f"{kind} {cost}", f"metric word {name.lower().split(' ')[-1]}" if name else "no metric"]
    clues += [f"{cost} {word}" for word in _around(sentence, first.start, last.end, 2)]
    clues.append(f"{kind} {'change' if is_change(sentence, asked.index) else 'no change'} {cost}")
    if sentence.text[value.start - 1 : value.start] in {"-", "−"}:
        clues.append("signed")
    if asked.same_sentence:
        clues.append(f"before {asked.before.get('comparison')}")
        if asked.index and asked.index - 1 in members:
            clues.append(f"list before {asked.before.get('comparison')}")
    return clues


def role_clues(asked: Asked, role: str, candidate: int | None, told: Mapping[str, int | str | None]) -> list[str]:
    """Clues to ``candidate`` having ``role`` in the result, or to nothing named having it (None)."""
    if candidate is None:
        return list(_for_none(asked, role, told))
    clues = list(_of_entity(asked, role, candidate, told))
    inside = [p for p in asked.sentence.places if p.entity == candidate]
    if inside:
        clues += _of_place(asked, role, min(inside, key=lambda p: _distance(asked.value, p)), told)
    else:
        clues += _elsewhere(asked, candidate)
    return clues


def _for_none(asked: Asked, role: str, told: Mapping[str, int | str | None]) -> Iterator[str]:
    kind = RESULT_ROLES[role]
    there = sum(p.type == kind for p in asked.sentence.places)
    yield "none"
    yield f"none {min(there, 3)} in sentence"
    yield f"none {min(len(asked.reading.of_type[kind]), 3)} in text, {min(there, 1)} in sentence"
    yield f"none {kind_of(asked.value)}"
    yield f"none {told.get('comparison')}"
    if asked.same_sentence and asked.before.get(role) is None:
        yield "none again"
    if asked.value.change:
        yield f"none {asked.value.change}"
    for word in _around(asked.sentence, asked.value.start, asked.value.end, 2):
        yield f"none {word}"
    if _OURS.search(asked.sentence.text, asked.sentence.start, asked.value.start):
        yield "none ours"


def _of_entity(asked: Asked, role: str, candidate: int, told: Mapping[str, int | str | None]) -> Iterator[str]:
    """What part the entity plays in the paper and in the results before."""
    reading = asked.reading
    entity = reading.entities[candidate]
    ours = "ours" if _OURS.search(asked.sentence.text, asked.sentence.start, asked.value.start) else "not ours"
    inside = "inside" if any(p.entity == candidate for p in asked.sentence.places) else "outside"
    if entity.introduced:
        yield f"introduced {inside}"
        yield f"introduced {ours} {inside}"
        of_type = [i for i in reading.own if reading.entities[i].type == entity.type]
        yield f"introduced {min(of_type.index(candidate), 2)} of {min(len(of_type), 3)} {inside}"
    else:
        yield f"not introduced {inside}"
    if reading.in_title(candidate):
        yield f"in title {inside}"
        yield f"in title {'introduced' if entity.introduced else 'not introduced'} {inside}"
    if any(map(str.isupper, entity.name[1:])):
        yield f"proper name {inside}"
    if reading.main.get(role) == candidate:
        yield f"main {inside}"
        yield f"main {ours} {inside}"
        yield f"main {inside} {asked.value.change or told.get('comparison')}"
    yield f"{min(len(entity.mentions), 4)} mentions {inside}"
    yield f"only one {inside}" if len(reading.of_type[entity.type]) == 1 else f"one of several {inside}"
    if asked.before:
        which = "same sentence" if asked.same_sentence else "other sentence"
        yield f"{'again' if asked.before.get(role) == candidate else 'fresh'} {inside} {which}"
    if role == "baseline" and told.get("method") == candidate:
        yield "own baseline"
    if role == "baseline" and asked.before.get("method") == candidate:
        yield "method before"
    if role == "baseline":
        yield f"baseline {inside} {told.get('comparison')}"


def _elsewhere(asked: Asked, candidate: int) -> Iterator[str]:
    """How far the entity is, in another sentence."""
    mentions = asked.reading.entities[candidate].mentions
    before = [m for m in mentions if m.end <= asked.sentence.start]
    same = asked.reading.of_type[asked.reading.entities[candidate].type]
    if not before:
        yield "later"
        return
    nearest = max(m.end for m in before)
    between = asked.sentence.text[nearest : asked.sentence.start]
    yield f"{min(len(re.findall(r'[.!?] ', between)), 4)} sentences back"
    last = max(
        (m.end for i in same for m in asked.reading.entities[i].mentions if m.end <= asked.sentence.start), default=0
    )
    yield "last before" if last == nearest else "not last before"
    others = len({p.entity for p in asked.sentence.places}.intersection(same))
    yield f"outside, {min(others, 2)} inside"


def _of_place(asked: Asked, role: str, place: Place, told: Mapping[str, int | str | None]) -> Iterator[str]:
    """Where the name stands, as seen from the number."""
    sentence, value = asked.sentence, asked.value
    members = sentence.list_of(asked.index)
    start, end = sentence.values[members[0]].start, sentence.values[members[-1]].end
    side = "after" if place.start >= start else "before"
    here, there = sentence.index(value.start), sentence.index(place.start)
    apart = abs(here - there) - 1
    yield f"{side} {_bucket(apart)} words"
    same = [p for p in sentence.places if p.type == place.type and (p.start >= start) == (side == "after")]
    rank = sorted({_distance(value, p): p.entity for p in same}.items())
    order = list(dict.fromkeys(entity for _, entity in rank)).index(place.entity)
    yield f"{side} number {min(order, 3)}"
    low, high = (place.end, start) if side == "before" else (end, place.start)
    between = sentence.text[low:high] if low <= high else ""
    if _CLAUSE.search(between):
        yield f"{side} over a clause"
    if any(low <= v.start and v.end <= high for v in sentence.values):
        yield f"{side} over a value"
    if between.count("(") != between.count(")"):
        yield f"{side} over a bracket"
    forms = [t.form for t in sentence.tokens[min(here, there) + 1 : max(here, there)]]
    if apart <= 4:
        yield f"{side} path {' '.join(forms)}"
    if apart <= BETWEEN:
        yield from (f"{side} over {form}" for form in sorted(set(forms)))
    last = sentence.index(place.start)
    yield f"{side} follows {sentence.form(last - 1)}"
    yield f"{side} follows {sentence.form(last - 2)} {sentence.form(last - 1)}"
    yield f"{side} precedes {sentence.form(last + 1)}"
    yield f"{side} precedes {sentence.form(last + 1)} {sentence.form(last + 2)}"
    if place.type == "Metric":
        yield (
            "beside"
            if place in beside(sentence.text, value, [p for p in sentence.places if p.type == "Metric"])
            else "not beside"
        )
    if place.type == "Method":
        yield f"{side} {'over' if sentence.over(place.start) else 'not over'} {told.get('comparison')}"
        first = next(p for p in sentence.places if p.type == "Method")
        yield f"subject {side}" if first.entity == place.entity else f"no subject {side}"
    turn = sentence.aligned(asked.index, role)
    if turn is not None:
        yield "in turn" if turn.entity == place.entity else "out of turn"


def _around(sentence: Sentence, start: int, end: int, reach: int = AROUND) -> Iterator[str]:
    """The words on both sides of a span."""
    first = sentence.index(start)
    last = sentence.index(max(start, end - 1))
    if last and sentence.tokens[last].start >= end:
        last -= 1
    last = max(first, last)
    for step in range(1, reach + 1):
        yield f"-{step} {sentence.form(first - step)}"
        yield f"+{step} {sentence.form(last + step)}"
    yield f"-2 {sentence.form(first - 2)} {sentence.form(first - 1)}"
    yield f"+2 {sentence.form(last + 1)} {sentence.form(last + 2)}"


def _distance(value: Value, place: Place) -> int:
    """Characters between a number and a name."""
    return max(place.start - value.end, value.start - place.end, 0)


def _bucket(words: int) -> str:
    for limit in (0, 1, 2, 4, 7, 12, 20):
        if words <= limit:
            return f"up to {limit}"
    return "many"
