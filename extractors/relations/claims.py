"""The check that every relation passes, whatever found it, before it is claimed of a paper.

What only denied, asked or planned sentences show is dropped; a loss becomes the other's win; a
comparison that names no winner is no win; nothing outperforms "existing methods" as a class,
or its own class or part. What is left gets the sentence that shows it and one confidence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from extractors.document.annotations import Entity, Relation
from extractors.record import SYMMETRIC_RELATIONS
from extractors.relations.arguments import is_class
from extractors.relations.confidence import Candidate, Fit, confidence, features
from extractors.relations.evidence import BETWEEN_UNLIKE, Evidence, Sentence, Text, only_listed, owner_in_brackets
from extractors.relations.patterns import Key, key_of
from extractors.relations.polarity import Standing
from extractors.relations.predicates import Sense
from extractors.relations.statements import Statement, statements
from extractors.results.metrics import Place

STATED: Final = "patterns:stated"
IMPLIED: Final = "patterns:implied"

_ASSERTED: Final[frozenset[Standing]] = frozenset({"asserted"})
_AIMED: Final[frozenset[Standing]] = frozenset({"asserted", "intended"})
_ANY: Final[frozenset[Standing]] = frozenset({"asserted", "intended", "supposed", "denied"})
ALLOWED: Final[dict[str, frozenset[Standing]]] = {
    "USED_FOR": _AIMED,  # "we aim to improve parsing with X" says what X is for
    "PART_OF": _AIMED,
    "TRAINED_ON": _AIMED,
    "MEASURED_BY": _AIMED,
    "EVALUATED_ON": _ASSERTED,
    "OUTPERFORMS": _ASSERTED,
    "COMPARED_WITH": _ASSERTED,
    "BASED_ON": _ASSERTED,
    "BENCHMARK_FOR": _ANY,  # noun phrases: what the verb around them denies is not that
    "SUBCLASS_OF": _ANY,
}
"""How the clause that shows a relation may be meant."""
_ANOTHER_CLAUSE: Final = re.compile(r"\b(?:we|ours?|it|its|they|this|the proposed|but)\b|[;:]")
EXPLICIT: Final = frozenset({"TRAINED_ON"})
"""Relations that hold only where the sentence has a word for them."""
WORDS: Final[dict[Sense, str]] = {"loss": "win", "source": "base"}
"""Senses that come to the same as another, head and tail exchanged."""


def claims(
    text: str,
    sentences: Sequence[tuple[int, int]],
    entities: list[Entity],
    abstract_start: int,
    relations: Iterable[Relation],
    fit: Fit,
) -> list[Relation]:
    """The relations that hold, each once, with its sentence and its confidence, in order of the text.

    Those below the threshold of the fit are left out, but for what is stated between two methods.
    """
    judged = candidates(text, sentences, entities, abstract_start, relations)
    found: dict[Relation, Candidate] = {}
    for c, e in judged:
        sure = confidence(features(c, e, entities), fit.weights)
        sources = "+".join(sorted(c.sources))
        found[Relation(c.head, c.relation, c.tail, e.sentence.start, e.sentence.end, sure, sources)] = c
    kept = (r for r in consistent(list(found)) if r.confidence >= fit.threshold or found[r].stated)
    return sorted(kept, key=lambda r: (r.start, r.head, r.tail, r.relation))


def candidates(
    text: str,
    sentences: Sequence[tuple[int, int]],
    entities: list[Entity],
    abstract_start: int,
    relations: Iterable[Relation],
) -> list[tuple[Candidate, Evidence]]:
    """What is left of ``relations`` and of what the text states between methods, each with its evidence."""
    shown = Text(text, sentences, entities, abstract_start)
    said: defaultdict[frozenset[int], list[Statement]] = defaultdict(list)
    for statement in statements(text, sentences, entities):
        said[frozenset((statement.head, statement.tail))].append(statement)
    found: dict[Key, Candidate] = {}
    for relation in relations:
        if relation.extractor != STATED or _is_meant(relation, shown):
            relation = _of_bracket(relation, shown, entities)
            meant = as_said(relation, said[frozenset((relation.head, relation.tail))])
            if meant is not None:
                _add(found, meant)
    for s in (s for both in said.values() for s in both if s.standing == "asserted"):
        candidate = _add(found, Relation(s.head, s.relation, s.tail, s.start, s.end, 0.0, STATED))
        candidate.stated = WORDS.get(s.sense, s.sense) if candidate.stated in ("", "founded") else candidate.stated
    winners = _winners(said)
    best = ((c, _best(c, shown, said[frozenset((c.head, c.tail))], winners, entities)) for c in found.values())
    return [(c, e) for c, e in best if e is not None and not _is_of_class(text, c, e)]


def as_said(relation: Relation, said: Sequence[Statement]) -> Relation | None:
    """A relation turned, weakened or dropped (None) by what the text states of its two ends."""
    of_kind = {"OUTPERFORMS": ("OUTPERFORMS", "COMPARED_WITH"), "BASED_ON": ("BASED_ON",)}.get(relation.relation, ())
    said = [s for s in said if s.relation in of_kind]
    asserted = [s for s in said if s.standing == "asserted"]
    same = [s for s in asserted if s.relation == relation.relation]
    if not said or any(s.head == relation.head for s in same):
        return relation
    if same:
        return replace(relation, head=relation.tail, tail=relation.head)
    if asserted:
        return replace(relation, relation="COMPARED_WITH")
    return None


def _add(found: dict[Key, Candidate], relation: Relation) -> Candidate:
    """Merge a relation into the candidate of its statement."""
    candidate = found.setdefault(key_of(relation), Candidate(relation.head, relation.relation, relation.tail))
    candidate.sources.add(relation.extractor)
    if relation.extractor == STATED:
        candidate.template = max(candidate.template, relation.confidence)
    elif relation.extractor == IMPLIED:
        candidate.implied = max(candidate.implied, relation.confidence)
    else:
        candidate.model = max(candidate.model, relation.confidence)
    return candidate


def _of_bracket(relation: Relation, shown: Text, entities: Sequence[Entity]) -> Relation:
    """A kind in brackets is one of what stands before them: "parsers (A, B)", whatever else the sentence names."""
    if relation.relation != "SUBCLASS_OF":
        return relation
    for sentence in shown.naming_both(relation.head, relation.tail):
        owner = owner_in_brackets(sentence.marks, relation.head)
        if owner is not None and owner not in (relation.head, relation.tail):
            same = entities[owner].type == entities[relation.tail].type
            return replace(relation, tail=owner) if same else relation
    return relation


def _is_meant(relation: Relation, shown: Text) -> bool:
    """Whether the sentence that a template matched asserts it."""
    here = [
        e for e in shown.evidence(relation.head, relation.relation, relation.tail) if e.sentence.start == relation.start
    ]
    return all(e.standing in ALLOWED[relation.relation] for e in here)


def _winners(said: Mapping[frozenset[int], Sequence[Statement]]) -> dict[tuple[int, int], set[int]]:
    """Who beats whom by the words of which sentence: the heads by where it starts, and the tail."""
    found: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for s in (s for both in said.values() for s in both):
        if s.relation == "OUTPERFORMS" and s.standing == "asserted":
            found[s.start, s.tail].add(s.head)
    return found


def _best(
    candidate: Candidate,
    shown: Text,
    said: Sequence[Statement],
    winners: Mapping[tuple[int, int], set[int]],
    entities: Sequence[Entity],
) -> Evidence | None:
    """The best evidence; None where sentences speak of both ends and none asserts the relation.

    A sentence that has another win than the head, or both ends as members of one list, does not.
    """
    found = shown.evidence(candidate.head, candidate.relation, candidate.tail)
    symmetric = candidate.relation in SYMMETRIC_RELATIONS
    where = {
        s.start
        for s in said
        if s.standing == "asserted" and s.relation == candidate.relation and (symmetric or s.head == candidate.head)
    }
    stated = [replace(e, standing="asserted") for e in found if e.sentence.start in where]
    allowed = [e for e in found if e.standing in ALLOWED[candidate.relation]]
    if candidate.relation in BETWEEN_UNLIKE:
        allowed = [e for e in allowed if not only_listed(e.sentence.marks, candidate.head, candidate.tail)]
    if candidate.relation == "OUTPERFORMS":
        allowed = [e for e in allowed if not _is_won_by_another(candidate, e, winners, entities)]
    if candidate.relation in EXPLICIT:
        allowed = [e for e in allowed if e.cued]
    return next(iter([*stated, *allowed]), None)


def _is_won_by_another(
    candidate: Candidate,
    evidence: Evidence,
    winners: Mapping[tuple[int, int], set[int]],
    entities: Sequence[Entity],
) -> bool:
    """Whether a sentence says that another method beats the tail, which is no variant of the head by its name."""
    sentence, name = evidence.sentence, entities[candidate.head].name.lower()
    for winner in winners.get((sentence.start, candidate.tail), ()):
        other = entities[winner].name.lower()
        between = sentence.marks[sentence.mark(winner) : sentence.mark(candidate.tail)]
        if winner == candidate.head or name in other or other in name or _ANOTHER_CLAUSE.search(between):
            return False
    return (sentence.start, candidate.tail) in winners


def _is_of_class(text: str, candidate: Candidate, evidence: Evidence) -> bool:
    """Whether an end of a comparison is only named as a class there: "existing pruning methods"."""
    if candidate.relation not in ("OUTPERFORMS", "COMPARED_WITH") or candidate.stated:
        return False
    sentence = evidence.sentence
    for end in (candidate.head, candidate.tail):
        named = [p for p in sentence.places if p.entity == end]
        if named and all(_names_class(text, sentence, p) for p in named):
            return True
    return False


def _names_class(text: str, sentence: Sentence, place: Place) -> bool:
    before = text[max(sentence.start, place.start - 80) : place.start]
    return is_class(before, text[place.start : place.end], text[place.end : sentence.end])


def consistent(found: list[Relation]) -> list[Relation]:
    """Without what stronger claims on the same two entities exclude; only what is stated excludes a win that is."""
    strength: defaultdict[tuple[int, str, int], float] = defaultdict(float)
    stated = {(r.head, r.relation, r.tail) for r in found if STATED in r.extractor}
    for r in found:
        strength[r.head, r.relation, r.tail] = r.confidence
    kept = []
    for r in found:
        wins = (strength[r.head, "OUTPERFORMS", r.tail], strength[r.tail, "OUTPERFORMS", r.head])
        if r.relation == "COMPARED_WITH" and max(wins) >= r.confidence:
            continue  # compared means: no winner is stated
        if r.relation == "OUTPERFORMS":
            within = ((r.head, "SUBCLASS_OF", r.tail), (r.tail, "PART_OF", r.head))
            unsaid = STATED in r.extractor and stated.isdisjoint(within)
            if wins[1] > r.confidence or (max(strength[key] for key in within) > r.confidence and not unsaid):
                continue
        kept.append(r)
    return kept
