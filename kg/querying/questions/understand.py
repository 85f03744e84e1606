"""From a question to saved queries with their parameters, the best first."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

from kg.errors import KGError
from kg.querying import saved
from kg.querying.questions import names as naming
from kg.querying.questions import ranking, words
from kg.querying.questions.names import Name, Names
from kg.querying.questions.words import Word
from kg.querying.saved import Parameter, SavedQuery

LONGEST: Final = 1000
"""Characters that a question may have: the time grows with the square of them."""
_LEAST: Final = 0.5  # nearness below which a query is no answer
_UNUSED_NAME: Final = 0.8
_UNUSED_TASK: Final = 0.2  # beside a dataset, whose task it usually is: the best MT system on WMT14
_UNUSED_YEAR: Final = 0.2
_UNUSED_NUMBER: Final = 0.05
_IMPLIED: Final = 0.25
_OTHER_ENDINGS: Final = 5
_PRONOUNS: Final = {"it", "its", "they", "them", "their"}
_LABELS: Final = {"METHOD": "Method", "TASK": "Task", "DATASET": "Dataset", "METRIC": "Metric"}
_PAIR: Final = 2  # spelled, ``two`` speaks of a pair: it is not a number of rows
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Offer:
    """A saved query that may answer a question, with the parameters that the question gives and how near it is."""

    query: SavedQuery
    parameters: Mapping[str, Any]
    nearness: float

    def command(self) -> str:
        """The command that runs it."""
        given = [f"-p {shlex.quote(f'{name}={value}')}" for name, value in self.parameters.items()]
        return " ".join(["kg query", self.query.name, *given])


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question asks for: the saved queries that may answer it, the nearest first, and the words left over.

    ``taken`` says for what words were taken that nothing is called.
    """

    offers: tuple[Offer, ...]
    ignored: tuple[str, ...]
    taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Filled:
    parameters: dict[str, Any]
    used: Mapping[int, str]  # types of the parameters that have their values from these places
    implied: bool


def understand(question: str, names: Names) -> Understood:
    """The saved queries that answer a question, the nearest first; ``names`` are those of the store.

    `KGError` says why where there is none: a name that the graph does not have, a topic outside it, or nothing near.
    """
    if len(question) > LONGEST:
        raise KGError(f"the question has more than {LONGEST} characters")
    split = words.split(question)
    if not split:
        raise KGError("the question is empty")
    known = ranking.intents()
    vocabulary = known.vocabulary | {words.FUNCTION}
    items = _items(split, naming.find(split, names, vocabulary))
    items = [words.corrected(item, vocabulary) if isinstance(item, Word) else item for item in items]
    unknown = _unknown_names(items, vocabulary)
    if unknown:
        raise KGError(f"the graph has no {' and no '.join(map(repr, unknown))}, so no saved query answers this")
    ranked = [(intent, *_nearness(intent, items, known)) for intent in known.all]
    ranked.sort(key=lambda candidate: (-candidate[1], candidate[0].name))
    best, nearness, _ = ranked[0]
    if nearness < _LEAST:
        raise KGError("no saved query answers this question; `kg queries` lists what can be asked")
    if best.outside:
        raise KGError(f"no saved query answers this: the graph holds nothing on {best.name}")
    offers = (
        Offer(saved.find(intent.name), filled.parameters, round(near, 3))
        for intent, near, filled in ranked
        if filled is not None and near >= _LEAST
    )
    filled = ranked[0][2]
    used = filled.used if filled else {}
    values = set(filled.parameters.values()) if filled else set()
    ignored = _ignored([item for place, item in enumerate(items) if place not in used], known.vocabulary)
    return Understood(tuple(offers), ignored, tuple(_taken(items, values)))


def _ignored(items: Sequence[Word | Name], vocabulary: frozenset[str]) -> tuple[str, ...]:
    """Words that no known question has, and that are no function words."""
    known = vocabulary | {words.FUNCTION, words.NUMBER}
    return tuple(item.text for item in items if isinstance(item, Word) and item.key not in known)


def _taken(items: Sequence[Word | Name], values: Set[Any]) -> Iterator[str]:
    """For what each ending of names was taken, and what else it may mean."""
    for item in items:
        if isinstance(item, Name) and item.is_ending:
            chosen = next((meaning for meaning in item.meanings if meaning.value in values), None)
            if chosen is not None:
                others = [m.value for m in item.meanings if m.kind == chosen.kind and m != chosen][:_OTHER_ENDINGS]
                also = f"; there are also {', '.join(others)}" if others else ""
                yield f"{item.text!r} was taken for {chosen.value!r}{also}"


def _items(split: Sequence[Word], found: Sequence[Name]) -> list[Word | Name]:
    """The question as words and names; words that mean something together are one."""
    items: list[Word | Name] = []
    place = 0
    for name in found:
        items += [*words.joined(split[place : name.first]), name]
        place = name.last
    return [*items, *words.joined(split[place:])]


def _unknown_names(items: Sequence[Word | Name], vocabulary: frozenset[str]) -> list[str]:
    """Words that look like a name, by capitals or digits, and are none of the graph's."""
    found: list[str] = []
    before = False
    for place, item in enumerate(items):
        following = items[place + 1] if place + 1 < len(items) else None
        numbered = isinstance(following, Word) and following.text[0].isdigit()
        looks_so = isinstance(item, Word) and _looks_like_a_name(item, place, numbered, vocabulary)
        after_name = (
            isinstance(item, Word)
            and item.text[0].isdigit()
            and item.is_number
            and not _YEAR.fullmatch(item.text)
            and (place + 1 == len(items) or _is_function(items[place + 1]))
            and place > 0
            and (before or isinstance(items[place - 1], Name))
        )
        if looks_so or after_name:
            text = item.text
            if after_name and not before and place:
                text = f"{items[place - 1].text} {text}"
            if before:
                found[-1] += f" {text}"
            else:
                found.append(text)
        before = looks_so
    return found


def _is_function(item: Word | Name) -> bool:
    return isinstance(item, Word) and words.is_function_word(item.key)


def _looks_like_a_name(word: Word, place: int, numbered: bool, vocabulary: frozenset[str]) -> bool:
    if word.is_number or words.is_function_word(word.key) or word.key in vocabulary:
        return False
    inner = word.text[1:]
    capital = word.text[0].isupper() and (place > 0 or numbered)
    return capital or any(c.isupper() or c.isdigit() for c in inner)


def _nearness(
    intent: ranking.Intent, items: Sequence[Word | Name], known: ranking.Intents
) -> tuple[float, _Filled | None]:
    """How near the question is to an intent, and the query's parameters; -1 where they cannot be filled."""
    if intent.outside:
        keys = [ranking.SLOT if isinstance(item, Name) else item.key for item in items]
        return known.nearness(keys, intent), None
    filled = fill(saved.find(intent.name).parameters, items)
    if filled is None:
        return -1.0, None
    keys, lost = [], 0.0
    for place, item in enumerate(items):
        if place in filled.used and filled.used[place] != "label":
            keys.append(ranking.slot(filled.used[place]))
        elif isinstance(item, Word):
            keys.append(ranking.SLOT if item.text.lower() in _PRONOUNS and ranking.SLOT in keys else item.key)
            if item.is_number and place not in filled.used:
                lost += _UNUSED_YEAR if _YEAR.fullmatch(item.text) else _UNUSED_NUMBER
        elif item.ordinary:
            keys += [word.key for word in words.joined(words.split(item.text))]
        else:
            keys.append(ranking.SLOT)
            repeated = any(meaning.value in filled.parameters.values() for meaning in item.meanings)
            beside = "dataset" in filled.used.values() and any(meaning.kind == "Task" for meaning in item.meanings)
            lost += 0.0 if repeated else _UNUSED_TASK if beside else _UNUSED_NAME
    return known.nearness(keys, intent) - lost - _IMPLIED * filled.implied, filled


def fill(parameters: Sequence[Parameter], items: Sequence[Word | Name]) -> _Filled | None:
    """Values for the parameters from a question's names and numbers, in their order; None where one lacks."""
    values: dict[str, Any] = {}
    used: dict[int, str] = {}
    implied = False
    for parameter in parameters:
        kinds = saved.NAME_TYPES.get(parameter.type) or (parameter.type,)
        for place, item in enumerate(items):
            if place in used:
                continue
            if isinstance(item, Name):
                meaning = _meaning(item, kinds)
                if meaning is None:
                    continue
                values[parameter.name], implied = meaning.value, implied or meaning.implied
            else:
                value = _value(parameter, item, items[place + 1] if place + 1 < len(items) else None)
                if value is None:
                    continue
                values[parameter.name] = value
            used[place] = parameter.type
            break
        if parameter.name not in values and parameter.needed:
            return None
    return _Filled(values, used, implied)


def _is_kind(word: Word, following: Word | Name | None) -> bool:
    """Whether a word that no question knows tells which methods, tasks, ... are meant: self-supervised methods."""
    unknown = word.text.islower() and not word.is_number and word.key not in ranking.intents().vocabulary
    of_kind = following is None or (isinstance(following, Word) and following.key in _LABELS)
    return unknown and of_kind and not words.is_function_word(word.key)


def _meaning(name: Name, kinds: Sequence[str]) -> naming.Meaning | None:
    fitting = [meaning for meaning in name.meanings if meaning.kind in kinds]
    return min(fitting, key=lambda m: (m.implied, -m.papers, m.value), default=None)


def _value(parameter: Parameter, word: Word, following: Word | Name | None) -> Any:
    """A word as the value of a parameter, or None: numbers by what stands behind them, labels by their words."""
    if parameter.type == "label":
        return _LABELS.get(word.key)
    if parameter.type == "word":
        return word.text if _is_kind(word, following) else None
    if not word.is_number:
        return None
    number = words.NUMBERS.get(word.text.lower()) or float(word.text)
    counts = following.key if isinstance(following, Word) else ""
    if parameter.type == "year":
        return int(number) if _YEAR.fullmatch(word.text) else None
    if parameter.type == "float":
        return number if 0 < number < 1 else None
    if parameter.type != "integer" or _YEAR.fullmatch(word.text) or number != int(number):
        return None
    own = counts == words.key(parameter.name)
    listed = parameter.name == "limit" and counts != "YEAR" and (word.text.isdigit() or number > _PAIR)
    return int(number) if own or listed else None
