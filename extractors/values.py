"""Numbers in a text that may be results: percentages, factors, points, measured quantities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_NUMBER: Final = r"\d+(?:,\d{3})*(?:\.\d+)?"
_PERCENT: Final = r"\s?(?:\\?%|percent\b|per cent\b)\+?"
_TIMES: Final = r"(?:\s?(?:[×xX](?![\w])|\\times\b|\$\\times\$)|[- ]?times\b|[- ]?folds?\b)"
_UNIT: Final = (
    r"\s?(?:dB|[fF][pP][sS]|frames per second|frames/s|frames/sec|nats|ms|milliseconds|GPU[- ]hours?|GPU[- ]days?|cm|mm"
    r"|pN|bits|bpp|kHz|Hz|FLOPs|GFLOPs|MFLOPs|GMACs|hours|minutes|seconds|kbps|Kbps)(?!\w)"
)
_POINTS: Final = r"\s(?:absolute )?(?:percentage |percent )?points?\b"
_SPELLED: Final = r"(?:two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|hundred)"
_SIGN: Final = r"(?:(?<![\w.])[+~∼≈><≥≤±]?)"

_VALUE: Final = re.compile(
    rf"""
    (?P<range>{_SIGN}{_NUMBER}(?:{_PERCENT}|{_TIMES})?\s?(?:[-–—~]|to\b|and\b(?=.{{0,12}}?(?:times|x|×)))\s?
        {_NUMBER}(?:{_PERCENT}|{_TIMES}|{_UNIT}|{_POINTS}))
  | (?P<magnitude>(?:(?:more\ than\ )?(?:an?|one|two|three|several)(?:\ to\ (?:two|three|four))?\ orders?\ of\ magnitude))
  | (?P<percent>{_SIGN}{_NUMBER}{_PERCENT})
  | (?P<times>{_SIGN}{_NUMBER}{_TIMES})
  | (?P<points>{_SIGN}(?:{_NUMBER}|{_SPELLED}){_POINTS})
  | (?P<unit>{_SIGN}{_NUMBER}{_UNIT})
  | (?P<spelled>{_SPELLED}(?:\ times\b|-fold\b))
  | (?P<plain>{_SIGN}{_NUMBER})
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Value:
    """A number as written. ``kind`` is the group of the pattern that found it."""

    start: int
    end: int
    text: str
    kind: str

    @property
    def bare(self) -> bool:
        """Whether only a metric beside it makes this number a result."""
        return self.kind == "plain" and not self.text.startswith("+")


def find_values(text: str, start: int, end: int) -> Iterator[Value]:
    """The numbers in ``text[start:end]`` that may be results."""
    position = start
    while match := _VALUE.search(text, position, end):
        position = match.end()
        kind = match.lastgroup or ""
        if _inside_name(text, match):
            continue
        yield Value(match.start(), match.end(), match.group(), kind)


def _inside_name(text: str, match: re.Match[str]) -> bool:
    """Whether the number is part of a word: "ResNet-50", "2-D", "Human3.6M"."""
    before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 1]
    if before[-1:].isalnum() or (before[-1:] in {"-", ".", "_", "^", "{", "@"} and before[:-1][-1:].isalnum()):
        return True
    return match.lastgroup in ("plain", "spelled") and (after.isalnum() or after in {"-", "_"})
