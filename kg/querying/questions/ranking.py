"""How near a question is to the questions that a saved query is known to answer.

Words of one meaning count as one (`words`), rare ones more than common ones, and pairs of neighbours keep the order:
``what beats {method}`` is not ``what does {method} beat``. Nearness is the cosine of two such vectors, as in
G. Salton, A. Wong and C. S. Yang, A vector space model for automatic indexing, 1975.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from kg.querying import saved
from kg.querying.questions import words

SLOT: Final = "§"
"""Stands for a concept among the keys of words; other names have slots of their own (`slot`)."""
_SLOT: Final = re.compile(r"\{(\w+)\}")
_FIXED: Final = {SLOT: 1.0, words.NUMBER: 0.5, "§author": 2.0, "§venue": 2.0, "§paper": 2.0, "§year": 2.0, "§word": 2.0}
_UNKNOWN: Final = 3.0  # weight of a word that no known question has
_PAIR: Final = 0.7  # weight of two neighbours, of that of the words
_COVERED: Final = 0.4  # weight of the share of the words that the query's questions have at all
Vector = Mapping[tuple[str, ...], float]


@dataclass(frozen=True, slots=True)
class Intent:
    """What can be asked: a saved query or a topic outside the graph, with the vectors of known questions."""

    name: str
    outside: bool
    vectors: tuple[Vector, ...]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Intents:
    """All that can be asked, and the weights of words."""

    all: tuple[Intent, ...]
    weights: Mapping[str, float]

    @property
    def vocabulary(self) -> frozenset[str]:
        """The keys of all words of known questions."""
        return frozenset(self.weights)

    def nearness(self, keys: Sequence[str], intent: Intent) -> float:
        """How near the words of a question, by their keys, are to an intent: 0 is far."""
        vector = _vector(keys, self.weights)
        best = max(_product(vector, other) for other in intent.vectors)
        content = [key for key in keys if not words.is_function_word(key) and key not in _FIXED]
        total = sum(_weight(key, self.weights) for key in content)
        covered = sum(_weight(key, self.weights) for key in content if key in intent.keys)
        return best + _COVERED * (covered / total if total else 0.0)


@cache
def intents() -> Intents:
    """Every saved query and every topic outside the graph, read once."""
    examples: dict[tuple[str, bool], list[list[str]]] = {}
    for query in saved.load_all().values():
        types = {parameter.name: parameter.type for parameter in query.parameters}
        examples[query.name, False] = [keys_of(question, types) for question in query.questions]
    for topic, question in words.rows("outside.tsv"):
        examples.setdefault((topic, True), []).append(keys_of(question, {"name": "concept"}))
    found = {intent: phrases for intent, phrases in examples.items() if phrases}
    frequency = Counter(key for phrases in found.values() for key in {key for phrase in phrases for key in phrase})
    weights = {key: math.log(1 + len(found) / count) for key, count in frequency.items()}
    return Intents(tuple(_intent(*intent, phrases, weights) for intent, phrases in found.items()), weights)


def _intent(name: str, outside: bool, phrases: Iterable[Sequence[str]], weights: Mapping[str, float]) -> Intent:
    vectors = tuple(_vector(phrase, weights) for phrase in phrases)
    return Intent(name, outside, vectors, frozenset(key for phrase in phrases for key in phrase))


def slot(type_name: str) -> str:
    """What stands for the value of a parameter of this type among the keys of words."""
    if type_name in ("author", "venue", "paper", "year", "word"):
        return "§" + type_name
    return words.NUMBER if type_name in ("integer", "float") else SLOT


def keys_of(question: str, types: Mapping[str, str]) -> list[str]:
    """The keys of a known question, with a slot for each parameter; ``types`` gives the parameters' types."""
    keys: list[str] = []
    place = 0
    for match in _SLOT.finditer(question):
        keys += [word.key for word in words.joined(words.split(question[place : match.start()]))]
        keys.append(slot(types[match[1]]))
        place = match.end()
    return keys + [word.key for word in words.joined(words.split(question[place:]))]


def _weight(key: str, weights: Mapping[str, float]) -> float:
    return 0.0 if words.is_function_word(key) else _FIXED.get(key) or weights.get(key, _UNKNOWN)


def _vector(keys: Sequence[str], weights: Mapping[str, float]) -> Vector:
    """The weights of words and of pairs of neighbours, as a vector of length one."""
    content = [key for key in keys if not words.is_function_word(key)]
    vector: dict[tuple[str, ...], float] = {}
    for key in content:
        vector[(key,)] = vector.get((key,), 0.0) + _weight(key, weights)
    for pair in pairwise(content):
        vector[pair] = vector.get(pair, 0.0) + _PAIR * math.sqrt(_weight(pair[0], weights) * _weight(pair[1], weights))
    length = math.hypot(*vector.values())
    return {feature: weight / length for feature, weight in vector.items()}


def _product(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length one."""
    return sum(weight * other[feature] for feature, weight in one.items() if feature in other)
