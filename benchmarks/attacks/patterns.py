"""Every regular expression of the packages on runs of what it is made of: none may take more than linear time.

The runs are of the characters and words of a pattern and of what its repeated parts match, behind what stands before
these, with something behind that fits nothing. They are tried in the ways in which the pattern's module uses it.
"""

from __future__ import annotations

import inspect
import re
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import walk_packages
from re import _constants as codes  # type: ignore[attr-defined]  # no public module gives the parts of a pattern
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

import extractors
import kg
from attacks.arena import Arena, Losses

LENGTHS: Final = (12, 20, 40, 200, 500, 1_500)
"""Growing, so that a pattern that takes exponential time is found before it takes for ever."""
SECONDS: Final = 0.001
SECONDS_A_CHARACTER: Final = 2e-6
WINDOWS: Final = {
    "extractors.entities.checks._TITLE_OR_INITIALS": 40,
    "extractors.names.definitions._WORD_BEFORE": 30,
    "extractors.results.metrics._PLAIN_AFTER": 160,
    "extractors.results.comparison._CHANGE_BEFORE": 120,
    "extractors.results.comparison._CHANGE_AFTER": 60,
    "kg.querying.saved._PARAMETER": 200,
    "kg.querying.sparql._VALUES": 200,
}
"""Patterns that see no more characters than these at a time; of the last two, lines of one's own query files."""
_SAMPLES: Final = {"DIGIT": "7", "SPACE": " ", "WORD": "a", "NOT_SPACE": "a", "NOT_DIGIT": "a", "NOT_WORD": "."}
_TEXT: Final = "We propose BERT, a lower error than that of GPT (a model) on SQuAD. It outperforms LSTM by 3%."
_WAYS: Final = re.compile(r"\.(match|search|fullmatch|finditer|findall|sub|split|subn)\b")


def patterns(arena: Arena) -> Losses:
    """One try for each pattern and way of use."""
    for pattern, (place, ways) in sorted(_found().items(), key=lambda item: item[1][0]):
        arena.counts["patterns"] += 1
        for way in sorted(ways):
            slow = _slow(pattern, way, WINDOWS.get(place, LENGTHS[-1]))
            yield f"{place}.{way} {slow}" if slow else None


def _found() -> dict[re.Pattern[str], tuple[str, set[str]]]:
    """The patterns, each with where it is and the ways in which it is used: those of modules, and made when needed."""
    found: dict[re.Pattern[str], tuple[str, set[str]]] = {}
    for package in (extractors, kg):
        for info in walk_packages(package.__path__, f"{package.__name__}."):
            if ".training" in info.name or info.name.endswith("__main__"):
                continue
            module = import_module(info.name)
            source = inspect.getsource(module)
            for name, value in vars(module).items():
                for pattern in _inside(value):
                    ways = {m[1] for m in re.finditer(rf"\b{name}{_WAYS.pattern}", source)}
                    at_start = {way for way in ways if way in ("match", "fullmatch")}
                    used = at_start | ({"finditer"} if ways != at_start or not ways else set())
                    place, before = found.get(pattern, (f"{info.name}.{name}", set()))
                    found[pattern] = place, before | used
    for pattern, place in _made_when_needed():
        found.setdefault(pattern, (place, {"finditer"}))
    return found


def _inside(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """The patterns in a value of a module."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth < 4 and isinstance(value, dict | list | tuple | set | frozenset):
        for item in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from _inside(item, depth + 1)


def _made_when_needed() -> list[tuple[re.Pattern[str], str]]:
    """Those that an extraction compiles; to be called before another extraction has."""
    made: list[tuple[re.Pattern[str], str]] = []
    compiling = re.compile

    def recording(pattern: Any, flags: int = 0) -> Any:
        compiled, caller = compiling(pattern, flags), sys._getframe(1)
        name = caller.f_globals.get("__name__", "")
        if name.startswith(("extractors.", "kg.")):
            made.append((compiled, f"{name}, line {caller.f_lineno}"))
        return compiled

    re.compile = recording  # type: ignore[assignment]  # of the overloads one is used
    try:
        for name in ("patterns", "default"):
            extractors.load(name).extract("a", "BERT: a model", _TEXT)
    finally:
        re.compile = compiling
    return made


def _slow(pattern: re.Pattern[str], way: str, longest: int) -> str | None:
    """On what a pattern takes too long, None if on nothing."""
    run: Callable[[str], Any] = getattr(pattern, way)
    for before, unit in dict.fromkeys(_runs(parser.parse(pattern.pattern, pattern.flags))):
        for after in ("\0", ""):
            seconds: list[float] = []
            for length in (*(n for n in LENGTHS if n < longest), longest):
                text = before + unit * max(1, length // len(unit)) + after
                limit = SECONDS + SECONDS_A_CHARACTER * len(text)
                seconds.append(_seconds(run, text))
                if seconds[-1] > limit and min(_seconds(run, text) for _ in range(3)) > limit:
                    return f"takes {seconds[-1]:.3f} s for {before!r}, {unit!r} to {length} characters, {after!r}"
    return None


def _seconds(run: Callable[[str], Any], text: str) -> float:
    begun = time.process_time()
    result = run(text)
    for _ in result if result is not None and not isinstance(result, re.Match) else ():
        pass
    return time.process_time() - begun


def _runs(tree: Any) -> Iterator[tuple[str, str]]:
    """What to repeat, each with what stands before it."""
    characters, repeated = {" ", "a", "7"}, set[tuple[str, str]]()
    _look(tree, "", characters, repeated)
    yield from sorted(repeated)
    yield from (("", character) for character in sorted(characters))
    whole = {_sample(tree, turn) for turn in range(3)} - {""}
    yield from (("", text) for one in sorted(whole) for text in (one, f"{one} "))


def _look(tree: Any, before: str, characters: set[str], repeated: set[tuple[str, str]]) -> None:
    """Collect the characters of a pattern, and what its repeated parts match behind what stands before them."""
    for place, (code, value) in enumerate(tree):
        here = before + _sample(tree[:place], 0)
        if code is codes.LITERAL or code is codes.NOT_LITERAL:
            characters.add(chr(value))
        elif code is codes.IN:
            characters.update(_of_class(value, turn) for turn in range(len(value)))
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT) and value[1] > 100:
            repeated.update((here, text) for turn in range(6) if (text := _sample(value[2], turn)))
        for inner in _parts(code, value):
            _look(inner, here, characters, repeated)


def _parts(code: Any, value: Any) -> list[Any]:
    """The patterns within a part of a pattern."""
    if code is codes.BRANCH:
        return list(value[1])
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return [value[2]]
    if code is codes.SUBPATTERN:
        return [value[3]]
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [value[1]]
    return [value] if code is codes.ATOMIC_GROUP else []


def _sample(tree: Any, turn: int) -> str:
    """A short text that a pattern matches; of alternatives the one whose turn it is."""
    found = []
    for code, value in tree:
        if code is codes.LITERAL:
            found.append(chr(value))
        elif code is codes.IN:
            found.append(_of_class(value, turn))
        elif code in (codes.ANY, codes.NOT_LITERAL):
            found.append("b" if value == ord("a") else "a")
        elif code is codes.BRANCH:
            found.append(_sample(value[1][turn % len(value[1])], turn))
        elif code not in (codes.ASSERT, codes.ASSERT_NOT):
            least = value[0] if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT) else 1
            found += [_sample(inner, turn) * least for inner in _parts(code, value)]
    return "".join(found)


def _of_class(members: Any, turn: int) -> str:
    """A character of a class."""
    if members[0][0] is codes.NEGATE:
        spelled = {chr(value) for code, value in members if code is codes.LITERAL}
        return next((c for c in ("a", "7", ".", " ", "∀") if c not in spelled), "∀")
    code, value = members[turn % len(members)]
    if code is codes.CATEGORY:
        return _SAMPLES[str(value).removeprefix("CATEGORY_")]
    return chr(value[0] if code is codes.RANGE else value)
