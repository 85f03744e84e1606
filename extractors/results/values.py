"""Numbers in a text that may be results: percentages, factors, points, measured quantities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol, cast

Kind = Literal["range", "magnitude", "percent", "times", "points", "unit", "size", "factor", "half", "plain"]

# These go into a verbose pattern, where a space has to be escaped.
_NUMBER: Final = r"\d+(?:,\d{3})*(?:\.\d+)?"
_PERCENT: Final = r"\s?(?:\\?%|percent\b|per\ cent\b)\+?"
_TIMES: Final = r"(?:\s?(?:[×xX](?!\w)|\\times\b|\$\\times\$)|[-\ ]?times\b|[-\ ]?folds?\b)"
_UNIT: Final = r"\s?(?:dB|[fF][pP][sS]|frames\ per\ second|frames/s|frames/sec|nats|pN)(?!\w)"
_SIZE: Final = (
    r"\s?(?:GPU[-\ ]hours?|GPU[-\ ]days?|CPU[-\ ]hours?|mm|cm|°|degrees"
    r"|ms|milliseconds|µs|bits|bpp|kHz|Hz|GFLOPs|MFLOPs|GMACs|Go|GB|MB|hours|minutes|seconds"
    r"|kbps|Kbps)(?!\w)"
)
_POINTS: Final = r"(?:[-\s](?:absolute\ )?(?:percentage[-\ ]|percent\ )?(?:points?|pts|pp)\b)"
_SPELLED: Final = r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|hundred)"
# Not within a word, but right after a TeX sign: "$\\geq80\\%$".
_SIGN: Final = r"(?:(?<![\w.,])|(?<=\\geq)|(?<=\\leq)|(?<=\\sim)|(?<=\\approx))[+~∼≈><≥≤]?"

_VALUE: Final = re.compile(
    rf"""
    # "1.0-3.7%", "4x to 8x", "between 1.12 times and 20.21 times faster"
    (?P<range>{_SIGN}{_NUMBER}(?:{_PERCENT}|{_TIMES})?
        (?:\s?(?:[-–—~]|--)\s?|(?<=[%×xX])\ to\ |(?<=[\d.]{{3}})\ to\ (?=\d+\.\d)
        |\ ?and\ (?=[\d.]+\s?(?:times|x|×)\ (?:faster|slower|larger|smaller)))
        {_NUMBER}(?:{_PERCENT}|{_TIMES}|{_UNIT}|{_POINTS}))
  | (?P<magnitude>(?:more\ than\ )?\b(?:an?|one|two|three|several|many)(?:\ to\ (?:two|three|four))?
        \ orders?[-\ ]of[-\ ]magnitude)
  | (?P<percent>{_SIGN}{_NUMBER}{_PERCENT})
  | (?P<times>{_SIGN}{_NUMBER}{_TIMES}|{_SPELLED}(?:\ times\b|-fold\b))
  | (?P<points>{_SIGN}(?:{_NUMBER}|{_SPELLED}){_POINTS})
  | (?P<unit>{_SIGN}{_NUMBER}{_UNIT})
  | (?P<size>{_SIGN}{_NUMBER}{_SIZE})
  | \bfactors?\ of\ (?:(?:about|around|up|to|over|more|than|roughly|nearly|almost|at|least)\ )*[~∼≈$]*
        (?P<factor>{_NUMBER}(?:{_TIMES})?(?:\s?(?:[-–—]|to)\s?{_NUMBER})?|{_SPELLED}\b)
  | (?P<half>\bhalf\b(?=\ of\b|\ the\b)|\b(?:doubling|doubles|halving|halves)\b)
  | (?P<plain>{_SIGN}{_NUMBER}(?:\ (?:billion|million)\b)?)
    """,
    re.VERBOSE,
)
# What is counted: "using 10% of the labels".
_COUNTED_AFTER: Final = re.compile(
    r"\s?(?:of )?(?:(?:all|the|its|their|our|human|total|available|original) )*(?:[\w-]+ ){0,2}?"
    r"(?:data|datasets?|labels?|samples?|examples?|annotations|images?|parameters?|tokens?|instances?|documents?"
    r"|papers?|sentences?|sequences?|pairs?|videos?|classes|categories|participants?|layers?|models?|iterations?"
    r"|epochs?|steps|languages?|tasks|users?|items|nodes|edges|hypotheses|weights|neurons|frames|views|shots?|pixels)\b",
    re.IGNORECASE,
)
_COUNTED_BEFORE: Final = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|with|add(?:s|ing)|modif\w+|requir(?:e|es|ing)|tun(?:e|es|ing)|select(?:ed|s|ing)?|updat(?:e|es|ing)|train\w*"
    r"|includ\w*|label(?:l?ed|l?ing)?|mask\w*|contain\w*|compris\w*|span\w*|on)"
    r"(?: (?:only|just|about|around|as|few|little|less|than|up|to|more|nearly|over|approximately|an?|average|of"
    r"|merely|and))*\s?[(~∼]?\s?(?:\d[\d.]*\\?%\s?\()?$",
    re.IGNORECASE,
)
# What has a size: "models six times larger", "on 100x shorter sequences".
_SIZE_AFTER: Final = re.compile(
    r"(?: as)?(?: (?:larger|bigger|longer|shorter|smaller|more|less|fewer|deeper|wider|the|many))?"
    r"(?: (?:training|target|domain|model|labeled|\([a-z]+\)))* ?"
    r"\b(?:sequences?|models?|parameters?|data|images?|samples?|utterances|networks|examples|on|across|size)\b(?! comm)"
)
_MULTIPLE: Final = re.compile(r"(?:[x×]|times|folds?)$")
_SIZE_BEFORE: Final = re.compile(
    r"\b(?:models?|networks?|datasets?|sequences?|factors?|scale|scaling|on|with|using|in|size|for)"
    r"(?: (?:such as|of|up to|by|that are|nearly|about|only|almost))*\s?$"
)
# "from 29.0% to 37.5%": what it was is no result; but "ranging from 5% to 10%" is one.
_BECOMES: Final = re.compile(r"(?: [A-Za-z]+)? to (?:[a-z]+ )?\d")
_TO: Final = re.compile(r"\s?(?:[-–—]|\bto\b)\s?")
_RANGING: Final = re.compile(r"\b(?:rang\w+|var(?:y|ies|ied|ying)|between)\b", re.IGNORECASE)
_TEX_SIGN: Final = re.compile(r"\\(?:geq|leq|sim|approx)$")


class Span(Protocol):
    """Anything with a start and an end."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Value:
    """A number as written, and how it is written."""

    start: int
    end: int
    text: str
    kind: Kind

    @property
    def bare(self) -> bool:
        """Whether only a metric beside it, or what is done with it, makes this number a result."""
        return self.kind in ("half", "size") or (self.kind == "plain" and not self.text.startswith("+"))

    @property
    def unit(self) -> str:
        """What the number is followed by; values that share a metric have this in common."""
        return re.sub(r"[\d.,\s+~∼≈><≥≤–—\\-]+|\bto\b", "", self.text)

    def is_count(self, text: str) -> bool:
        """Whether the number counts or sizes data, parameters or models, which is no result."""
        before, after = text[max(0, self.start - 50) : self.start], text[self.end : self.end + 60]
        sizes = self.kind in ("times", "magnitude", "factor") or (self.kind == "range" and _MULTIPLE.search(self.text))
        if not sizes and self.kind in ("percent", "range", "unit", "size", "points"):
            return _COUNTED_AFTER.match(after) is not None and _COUNTED_BEFORE.search(before) is not None
        if sizes:
            return _SIZE_AFTER.match(after) is not None and _SIZE_BEFORE.search(before) is not None
        return False


def find_values(text: str, start: int, end: int, places: Sequence[Span]) -> Iterator[Value]:
    """The numbers in ``text[start:end]`` that may be results and are in no name at ``places``."""
    position = start
    while match := _VALUE.search(text, position, end):
        kind = cast(Kind, match.lastgroup)
        first, position = match.span(kind)
        if text.endswith("from ", 0, first) and not _RANGING.search(text, start, match.start()):
            if match.lastgroup == "range":
                position = first + list(_TO.finditer(match.group()))[-1].end()
                continue
            if _BECOMES.match(text, position):
                continue
        if _inside_word(text, first, position, kind) or any(p.start <= first < p.end for p in places):
            continue
        yield Value(first, position, text[first:position], kind)


def _inside_word(text: str, start: int, end: int, kind: Kind) -> bool:
    """Whether the number is part of a word or a reference: "ResNet-50", "2-D", "Human3.6M", "[26]"."""
    before, after = text[max(0, start - 2) : start], text[end : end + 1]
    if _TEX_SIGN.search(text, max(0, start - 7), start):
        return False
    if before[-1:] == "/" and before[:-1].isdigit() and kind in ("times", "size"):
        return True  # "1/5.2 times"
    if before[-1:].isalnum() or (before[-1:] in {"-", ".", "_", "^", "{", "@"} and before[:-1].isalnum()):
        return True
    if kind == "plain" and before[-1:] in {"[", "("} and after in {"]", ")", ","}:
        return True
    if after == "/" and "." in text[start:end]:
        return False  # "0.4/0.6 BLEU"
    return kind in ("plain", "factor") and (after.isalpha() or after in {"-", "_", "/", "^", "("})
