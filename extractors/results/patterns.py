"""Reported numbers with their method, metric, dataset, task, baseline and comparison. Sets ``doc._.results``.

:mod:`extractors.results.values` finds the numbers that may be results. Which of them are, what they
compare and what they belong to is decided number by number in the order of the text, by clues
(:mod:`extractors.results.clues`) and their weights. What a model proposes takes precedence where it
stands up to the same checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, cast, get_args

import extractors.document.extensions  # noqa: F401  registers doc._.results
from extractors.document.annotations import Entity, Result
from extractors.record import RESULT_ROLES, Comparison
from extractors.results.clues import Asked, Reading, comparison_clues, result_clues, role_clues
from extractors.results.comparison import settled_comparison
from extractors.results.exclusions import can_be_method, can_be_metric
from extractors.results.metrics import beside, places_of
from extractors.results.owners import is_compared, owner_after, owner_by_words, owner_in_clause
from extractors.results.scoring import Weights, fitted_weights, probabilities, probability, score
from extractors.results.sentence import Sentence
from extractors.results.values import find_values

COMPARISONS: Final[tuple[Comparison, ...]] = get_args(Comparison)
ORDER: Final = ("metric", "comparison", "method", "baseline", "dataset", "task")
"""In which order a result is put together: what is decided is a clue to what comes next."""
THRESHOLD: Final = 0.5
"""From which probability a number is taken for a result."""
NAME: Final = "patterns"

MOST_VALUES: Final = 50
"""Numbers of a sentence that are read. One with more is a table run together, and would take time in their square."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is decided for one number, and the probability of each part."""

    told: Mapping[str, int | str | None]
    sure: Mapping[str, float]


def find_results(
    text: str, sentences: Sequence[tuple[int, int]], entities: Sequence[Entity], proposed: Iterable[Result] = ()
) -> list[Result]:
    """The results that the sentences report, in order of the text.

    ``proposed`` are results that a model has found: their roles stand where they can, and what they
    leave open is added.
    """
    weights = fitted_weights()
    reading = Reading(text, entities, places_of(entities), sentences[0][0] if sentences else 0)
    offered = list(proposed)
    found: list[Result] = []
    before: Mapping[str, int | str | None] = {}
    for number, (start, end) in enumerate(sentences):
        if text[end - 1] == "?":
            continue
        sentence = sentence_of(reading, start, end, number)
        same = False
        for index, value in enumerate(sentence.values):
            asked = Asked(reading, sentence, index, before, same)
            offer = _offer(value.text, start, end, offered)
            sure = probability(score(weights, "result", result_clues(asked)))
            if offer is None and (sure < THRESHOLD or _is_count(asked)):
                continue
            answer = decide(asked, weights, offer)
            if value.change == "from" and not _is_of_another(asked, answer):
                continue
            before, same = answer.told, True
            found += _results(asked, answer, sure, offer)
    return found


def sentence_of(reading: Reading, start: int, end: int, number: int) -> Sentence:
    """A sentence with its names and numbers."""
    places = [p for p in reading.places if start <= p.start and p.end <= end]
    values = list(islice(find_values(reading.text, start, end, places), MOST_VALUES))
    return Sentence(reading.text, start, end, places, values, number)


def _is_count(asked: Asked) -> bool:
    """Whether the number counts data or parameters: "with 5% of the labels"; beside a metric it is one of that."""
    text = asked.sentence.text
    metrics = [p for p in asked.sentence.places if p.type == "Metric"]
    return asked.value.is_count(text) and not beside(text, asked.value, metrics)


def decide(asked: Asked, weights: Weights, offer: Result | None = None) -> Answer:
    """What the number compares and which entities it belongs to."""
    told: dict[str, int | str | None] = {}
    sure: dict[str, float] = {}
    for part in ORDER:
        if part == "comparison":
            clues = comparison_clues(asked, cast(int | None, told["metric"]))
            answers: list[int | str | None] = list(COMPARISONS)
            scores = [score(weights, str(one), clues) for one in answers]
        else:
            answers = list(candidates(asked, part, told))
            scores = [score(weights, part, role_clues(asked, part, cast(int | None, one), told)) for one in answers]
        likely = probabilities(scores)
        best = max(range(len(answers)), key=lambda n: likely[n])
        told[part], sure[part] = answers[best], likely[best]
        if part == "comparison" and (settled := _settled(asked, told["metric"])):
            told[part], sure[part] = settled, 1.0
        if offer is not None and (given := getattr(offer, part)) in answers and given is not None:
            told[part], sure[part] = given, offer.confidence
    return Answer(told, sure)


def candidates(asked: Asked, role: str, told: Mapping[str, int | str | None]) -> Iterator[int | None]:
    """The entities that can have a role, and None for nothing named."""
    kind = RESULT_ROLES[role]
    turn = asked.sentence.in_turn(asked.index, role)
    if turn is not None:
        yield turn.entity
        return
    if role == "method" and (owner := owner_in_clause(asked)) is not None:
        yield owner
        return
    if role == "dataset" and (data := asked.sentence.data_of_clause(asked.index)) is not None:
        yield data
        return
    if role == "method" and is_compared(asked, told.get("comparison")):
        yield owner_after(asked, told.get("metric"))
        return
    if role == "method" and (owner := owner_by_words(asked, told)) is not None:
        yield owner
        return
    yield None
    for entity in asked.reading.of_type[kind]:
        if role == "metric" and not can_be_metric(asked, entity):
            continue
        if role == "method" and not can_be_method(asked, entity, told.get("comparison")):
            continue
        if role != "baseline" or entity != told.get("method"):
            yield entity


def _settled(asked: Asked, metric: int | str | None) -> Comparison | None:
    """The comparison, where the wording leaves no doubt."""
    name = asked.reading.entities[metric].name if isinstance(metric, int) else ""
    return settled_comparison(asked.sentence, asked.index, name)


def _is_of_another(asked: Asked, answer: Answer) -> bool:
    """Whether what a number was before a change belongs to a method that is named and not the paper's own."""
    method = answer.told["method"]
    return isinstance(method, int) and not asked.reading.entities[method].introduced


def _offer(value: str, start: int, end: int, offered: list[Result]) -> Result | None:
    """Takes from ``offered`` the next result of the sentence with the number."""
    for place, result in enumerate(offered):
        if (result.start, result.end) == (start, end) and _number(result.value) == _number(value):
            return offered.pop(place)
    return None


def _number(value: str) -> str:
    match = re.search(r"\d+(?:[.,]\d+)*", value)
    return match.group() if match else value


def _sureness(asked: Asked, entity: int | str | None) -> float:
    """How sure it is that an entity is one; 1 where there is none."""
    if not isinstance(entity, int):
        return 1.0
    return max(mention.confidence for mention in asked.reading.entities[entity].mentions)


def _results(asked: Asked, answer: Answer, sure: float, offer: Result | None) -> list[Result]:
    """The result; two where two metrics share one number: "memory and latency by a factor of 16"."""
    sentence, value, told = asked.sentence, asked.value, answer.told
    metrics = [p.entity for p in beside(sentence.text, value, [p for p in sentence.places if p.type == "Metric"])]
    if told["metric"] not in metrics:
        metrics = [cast(int, told["metric"])]
    confidence = sure if offer is None else offer.confidence
    for part in ("metric", "comparison", "method", "dataset"):
        confidence *= answer.sure[part]
    confidence *= min((_sureness(asked, told[role]) for role in ("metric", "method", "dataset")), default=1.0)
    return [
        Result(
            value=value.text,
            uncertainty=value.uncertainty,
            comparison=cast(Comparison, told["comparison"]),
            start=sentence.start,
            end=sentence.end,
            metric=metric,
            method=cast(int | None, told["method"]),
            dataset=cast(int | None, told["dataset"]),
            task=cast(int | None, told["task"]),
            baseline=cast(int | None, told["baseline"]),
            confidence=confidence,
            extractor=NAME if offer is None else offer.extractor,
        )
        for metric in metrics
    ]
