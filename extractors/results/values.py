"""Numbers in a text that may be results: percentages, factors, points, measured quantities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol, cast

Kind = Literal["range", "magnitude", "percent", "times", "points", "unit", "size", "factor", "half", "plain"]

# These go into a verbose pattern, where a space has to be escaped.
_DIGITS: Final = r"\d+(?:,\d{3})*(?:\.\d+)?"
_PLUS_MINUS: Final = r"\$?\s?(?:±|\+/-|\+-|\\pm(?![a-z]))\s?\$?\s?"
# A number with, maybe, its uncertainty: "76.3 ± 0.2".
_NUMBER: Final = rf"{_DIGITS}(?:\s?{_PLUS_MINUS}{_DIGITS})?"
_PERCENT: Final = r"(?:\$?\s?\\?%\$?|\s?\$?\\%|\s?(?:percent\b|per\ cent\b))\+?"
_TIMES: Final = r"(?:\s?(?:[×xX](?!\w)|\\times\b|\$\\times\$)|[-\ ]?times\b|[-\ ]?folds?\b)"
_UNIT: Final = r"\s?(?:dB|[fF][pP][sS]|frames\ per\ second|frames/s|frames/sec|nats|pN)(?!\w)"
_SIZE: Final = (
    r"\s?(?:GPU[-\ ]hours?|GPU[-\ ]days?|CPU[-\ ]hours?|mm|cm|°|deg(?:rees?)?"
    r"|ms|milliseconds|µs|μs|bits|bpp|kHz|Hz|GFLOPs|MFLOPs|GMACs|Go|GB|MB|hours|minutes|seconds|days"
    r"|kbps|Kbps|meters|m|N|mJ|mW)(?![\w/])"
)
_POINTS: Final = r"(?:[-\s](?:absolute\ )?(?:percentage[-\ ]|percent\ )?(?:points?|pts|pp)\b|\\?%[-\ ]points?\b)"
_WORDS: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty", "fifty", "hundred")
_SPELLED: Final = rf"\b(?:{'|'.join(_WORDS)})"
# "a tenfold reduction", but "the design is twofold"
_FOLD: Final = (
    r"fold\b(?=\ (?:reduc|increas|improv|decreas|speed|gain|drop|faster|slower|higher|lower|fewer|less|more|larger"
    r"|smaller|better))"
)
# "half the cost", "cut by half", "more than doubles the accuracy", "with two thirds of the parameters"
_PART: Final = (
    r"\bhalf\b(?=\ (?:of|the|its|their|as\ (?:many|much))\b)|(?<=\b(?:by|in)\ )half\b(?!-)"
    r"|\b(?:doubl|tripl|quadrupl|halv)(?:es|ed|ing)\b|\b(?:double|triple|halve)(?=\ (?:of|the|its|their|that)\b)"
    r"|\b(?:an?|one|two|three|four)[-\ ](?:third|quarter|fourth|fifth|tenth)s?\b(?=\ (?:of|the|fewer|less)\b)"
)
# Not within a word, but right after a TeX sign: "$\\geq80\\%$".
_SIGN: Final = r"(?:(?<![\w.,])|(?<=\\geq)|(?<=\\leq)|(?<=\\sim)|(?<=\\approx))[+~∼≈><≥≤]?"
_MAGNITUDE: Final = (
    r"(?:more\ than\ )?\b(?:an?|one|two|three|four|five|several|many|\d)(?:\ to\ (?:two|three|four))?"
    r"\ orders?[-\ ]of[-\ ]magnitude|\borders[-\ ]of[-\ ]magnitude"
)

_VALUE: Final = re.compile(
    rf"""
    # "1.0-3.7%", "4x to 8x", "between 1.12 times and 20.21 times faster"
    (?P<range>{_SIGN}{_DIGITS}(?:{_PERCENT}|{_TIMES})?
        (?:\s?(?:[-–—~∼]|--)\s?|(?<=[%×xX])\ to\ |(?<=\d)\ to\ (?=[\d.]+\s?(?:\\?%|[×xX]))
        |(?<=[\d.]{{3}})\ to\ (?=\d+\.\d)
        |\ ?and\ (?=[\d.]+\s?(?:times|x|×)\ (?:faster|slower|larger|smaller)))
        {_DIGITS}(?:{_PERCENT}|{_TIMES}|{_UNIT}|{_POINTS}))
  | (?P<magnitude>{_MAGNITUDE})
  | (?P<points>{_SIGN}(?:{_NUMBER}|{_SPELLED}){_POINTS}|{_SPELLED}(?=\ (?:absolute\ )?[A-Z][\w-]*\ points\b))
  | (?P<percent>{_SIGN}{_NUMBER}{_PERCENT}(?:{_PLUS_MINUS}{_DIGITS}{_PERCENT})?)
  | (?P<times>{_SIGN}{_NUMBER}{_TIMES}|{_SPELLED}(?:\ times\b|-fold\b|{_FOLD})|\btwice\b)
  | (?P<unit>{_SIGN}{_NUMBER}{_UNIT})
  | (?P<size>{_SIGN}{_NUMBER}{_SIZE})
  | \bfactors?\ of\ (?:(?:about|around|up|to|over|more|than|roughly|nearly|almost|at|least)\ )*[~∼≈$]*
        (?P<factor>{_DIGITS}(?:{_TIMES})?(?:\s?(?:[-–—]|to)\s?{_DIGITS})?|{_SPELLED}\b)
  | (?P<half>{_PART})
  | (?P<plain>{_SIGN}{_NUMBER}(?:\ (?:billion|million)\b)?)
    """,
    re.VERBOSE,
)
# Where a match of _VALUE can begin, which is found faster than that there is none: most sentences have no number.
_BEGINNING: Final = re.compile(
    rf"(?=[+~∼≈><≥≤\d]|{_SPELLED}|\b(?:twice|an?\ |half|doubl|tripl|quadrupl|halv|factors?\ of)|{_MAGNITUDE})",
    re.VERBOSE,
)
_UNCERTAINTY: Final = re.compile(rf"\s?{_PLUS_MINUS}({_DIGITS})")
_SPREAD: Final = (
    r"(?:CIs?|confidence intervals?|credible intervals?|HDI|IQR|interquartile range|[sS]\.?[dD]\.?|std(?:ev)?\.?"
    r"(?: dev\.?)?|standard deviations?|standard errors?|S\.?E\.?M?\.?|σ|\$?\\sigma\$?|STD|±|\+/-|\$?\\pm\$?)"
)
_LEVEL: Final = r"(?:\d{2}(?:\.\d+)?\s?\\?%[- ]?)"
# What stands behind a value in brackets, or as "with a standard deviation of": its uncertainty.
_ASIDE: Final = re.compile(
    rf"\s?[(\[]\s?(?:{_LEVEL}?{_SPREAD}|{_LEVEL}(?=[\d.]))\s?[:=,]?\s?(?:of )?[(\[]?\s?"
    r"([^()\[\];]*\d[^()\[\];]*?)[)\]]{1,2}"
    rf"|,? (?:with|and) (?:an? |the )?(?:{_LEVEL}?{_SPREAD}) (?:of |= ?)?[(\[]?"
    r"(\d[\d.]*\s?\\?%?(?:\s?(?:[-–,]|to) ?\d[\d.]*\s?\\?%?)?)[)\]]?"
)
# Numbers that say how a value was measured, and are none: confidence levels, p-values, sizes, thresholds, settings.
_NO_VALUE: Final = re.compile(
    rf"{_LEVEL}(?:CIs?\b|confidence\b|credib|prediction interval|significance)"
    r"|\b(?:confidence|significance|probability) (?:level )?of (?:at least )?[\d.]+\s?\\?%?"
    r"|\bat (?:the |a )?[\d.]+\s?\\?%[- ](?:significance|level)"
    r"|\b[pP](?:[- ]?values?)?\s?(?:[<>=≤≥]|&[lg]t;|\\leq?|\\l[et]|\\ll|of|was|were|is|below|under)++\s?"
    r"\$?\d[\d.]*(?:e-?\d+)?"
    rf"|\b{_SPREAD}\s?(?:of |= ?|: ?)?\d[\d.]*\s?\\?%?"
    r"|(?<!\d)\d++\s?(?:×|x|X|\\times|\$\\times\$)\s?\d+(?:\s?(?:×|x|X|\\times|\$\\times\$)\s?\d+)*(?![\d.]*\s?(?:x|×|times)\b)"
    r"|\b(?:t?IoU|threshold|overlap)s?\s?[=>≥@]\s?0?\.\d+|\b(?:threshold|overlap)s? of \d?\.\d+"
    r"|\d?\.\d+ (?:t?IoU|threshold)\b"
    r"|(?<![\w\\])[kKnNTLMλαβγεητθδ]\s?=\s?\d[\d.,]*"
    r"|\bCC[- ]BY(?:[- ](?:NC|SA|ND))*[- ]\d\.\d"
)

# Settings and amounts, in which there may be names: "quantizes DeiT to 4 bits".
_SETTING: Final = re.compile(
    r"\b(?:learning rate|weight decay|momentum|drop-?out(?: rate| probability)?|batch size|beam (?:size|width)"
    r"|random seed|(?:hidden|embedding|patch|kernel|window|crop) size|context (?:window|length)|sequence length"
    r"|top-[pk])s?(?: (?:of|is|was|set to|equal to|at)| ?=) ?\$?\d[\d.,]*(?:e-?\d+)?"
    r"|\bquantiz\w+ (?:[\w-]+ ){0,6}?(?:to|at|in|with|into) (?:only )?\d+ bits?"
    r"|\bof (?:which|whom) (?:about |around |over |only |some )?\d[\d.]*\s?\\?%"
    r"|(?<![\d.])\d[\d.]* (?:million|billion) (?!(?:parameters?|params?|FLOPs?|MACs?|operations?|times)\b)(?=[a-z])"
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
# "from 29.0% to 37.5%" is a change; "ranging from 5% to 10%" is one value.
_ARROW: Final = re.compile(r"[)$]*\s?(?:→|->|-->|=>|\$?\\(?:right|longright)?arrow\$?|\$?\\to\$?)\s?\$?(?=\d)")
_BECOMES: Final = re.compile(r"(?: ?\([^()]*\))?(?: [\w.%-]+){0,5}? to (?:[a-z]+ )?[~∼≈$+]?\d")
_FROM: Final = re.compile(
    r"\bfrom (?:an? |the |about |around |approximately |nearly |over |previous |baseline |[~∼≈$])*"
    r"(?:\d[\d.]*\s?\\?%?(?:,|,? and) ){0,3}$"
)
_ARROW_BEFORE: Final = re.compile(r"(?:→|>|arrow\$?|\\to\$?)\s?\$?$")
_TO_BEFORE: Final = re.compile(
    r"\bto (?:an? |the |about |around |approximately |nearly |over |up to |only |just |[~∼≈$])*$"
)
_TO: Final = re.compile(r"\s?(?:[-–—]|\bto\b)\s?")
_WORD_TO: Final = re.compile(r" to ")
_BY: Final = re.compile(
    r"\bby (?:(?:an?|the|about|around|up to|over|nearly|relative|absolute|further|another|additional|only|more than) )*"
    r"[~∼≈$]*$",
    re.IGNORECASE,
)
_RANGING: Final = re.compile(
    r"\b(?:rang\w+|var(?:y|ies|ied|ying)|between|anywhere|improvements?|gains?|speed-?ups?|by)\s+from\s*$",
    re.IGNORECASE,
)
# "FewRel 1.0 and 2.0", "ILSVRC 2012, 2013": versions of one name.
_VERSION: Final = re.compile(r"[ -](\d+\.\d+|\d{4})$")
_OTHER_VERSIONS: Final = re.compile(r"(?: ?(?:, and|, or|,|/|&|and|or) ?(?:\d[\d.]*)?)+")
_TEX_SIGN: Final = re.compile(r"\\(?:geq|leq|sim|approx)$")


class Span(Protocol):
    """Anything with a start and an end."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Value:
    """A number as written, without its uncertainty, and how it is written.

    ``change`` tells the two numbers of "from 37.4 to 39.1" apart. ``start`` to ``end`` spans the
    uncertainty too.
    """

    start: int
    end: int
    text: str
    kind: Kind
    uncertainty: str | None = None
    change: Literal["from", "to"] | None = None

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
    beginnings = [match.start() for match in _BEGINNING.finditer(text, start, end)]
    if not beginnings:
        return
    position = start
    blocked = [match.span() for no_value in (_NO_VALUE, _SETTING) for match in no_value.finditer(text, start, end)]
    changed = False
    for beginning in beginnings:
        match = _VALUE.match(text, beginning, end) if beginning >= position else None
        if match is None:
            continue
        kind = cast(Kind, match.lastgroup)
        first, position = match.span(kind)
        was = _FROM.search(text, start, first) is not None and not _RANGING.search(text[start : _from_at(text, first)])
        between = _TO.search(match.group()) if was and kind == "range" else None
        if between is None and kind == "range" and _BY.search(text, start, first):
            between = _falling(match.group())
        if between is not None:  # "from 2 ~ 3%" stays a range
            position = first + between.start()
            kind = "percent" if "%" in text[first:position] else "plain"
        if any(s <= first < e for s, e in blocked) or any(p.start <= first < p.end for p in places):
            continue
        if _inside_word(text, first, position, kind):
            continue
        if kind == "plain" and _is_version(text, first, position, places):
            continue
        aside = _ASIDE.match(text, position, end)
        written, uncertainty = _without_uncertainty(text[first:position])
        if aside:
            uncertainty = uncertainty or (aside.group(1) or aside.group(2)).strip()
        change: Literal["from", "to"] | None = None
        if (was and (_BECOMES.match(text, position) or between is not None)) or _ARROW.match(text, position):
            change, changed = "from", True
        elif changed and (_TO_BEFORE.search(text, start, first) or _ARROW_BEFORE.search(text, start, first)):
            change, changed = "to", False
        yield Value(first, aside.end() if aside else position, written, kind, uncertainty, change)
        position = aside.end() if aside else position


def _falling(written: str) -> re.Match[str] | None:
    """The "to" of what would be a range from more to less: "by 20% to 5.4%" says by how much, and to what."""
    to = _WORD_TO.search(written)
    numbers = [float(n.replace(",", "")) for n in re.findall(_DIGITS, written)]
    return to if len(numbers) == 2 and numbers[0] > numbers[1] else None


def _from_at(text: str, before: int) -> int:
    """Where the word "from" ends that stands last before a position."""
    return text.rfind("from", 0, before) + len("from ")


def _without_uncertainty(written: str) -> tuple[str, str | None]:
    """The value with its unit and without what follows a plus-minus sign, and that."""
    match = _UNCERTAINTY.search(written)
    if match is None:
        return _without_dollars(written), None
    value, rest = written[: match.start()], written[match.end() :]
    if value[-1].isdigit():
        return _without_dollars(value + rest), match.group(1)
    return _without_dollars(value), match.group(1) + _without_dollars(rest)


def _without_dollars(written: str) -> str:
    """The value without a sign of TeX that was opened or closed outside of it."""
    return written.strip("$") if written.count("$") == 1 else written


def _is_version(text: str, start: int, end: int, places: Sequence[Span]) -> bool:
    """Whether a plain number is another version of the name before it, which ends with one of that form."""
    last = max((p for p in places if p.end <= start), key=lambda p: p.end, default=None)
    if last is None or not _OTHER_VERSIONS.fullmatch(text, last.end, start):
        return False
    version = _VERSION.search(text, last.start, last.end)
    return version is not None and re.sub(r"\d", "0", version[1]) == re.sub(r"\d", "0", text[start:end])


def statistics_spans(text: str) -> list[tuple[int, int]]:
    """Where confidence levels, p-values, deviations and the like stand: no name is in there."""
    return [match.span() for match in _NO_VALUE.finditer(text)] + [match.span() for match in _ASIDE.finditer(text)]


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
        return before[-1:] == "[" or "." not in text[start:end]  # "[26]", "(2)"; but "an AUC (0.742)"
    if after == "/" and "." in text[start:end]:
        return False  # "0.4/0.6 BLEU"
    return kind in ("plain", "factor") and (after.isalpha() or after in {"-", "_", "/", "^", "("})
