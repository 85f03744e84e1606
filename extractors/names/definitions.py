"""Abbreviations that a text defines: "convolutional neural network (CNN)", "CNN (convolutional neural network)".

The candidates are those of A. Schwartz and M. Hearst, "A simple algorithm for identifying abbreviation
definitions in biomedical text" (PSB 2003). Of the words before a bracket those are the long form that the
letters of the short form fit best (`long_form`); where too few letters begin a word, as in "Sparse
Expansion (SparX)", those that Schwartz and Hearst's own search finds. A short form in lower case counts where it is
made of the beginnings of the parts of one word, "re-identification (re-id)", or of three initials. Definitions in
words ("known as CNN", "hereafter CNN", "CNN, short for ...") count where the short form is made of initials; so
does "PosNet, a pose network".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from extractors.names.abbreviations import SMALL_WORDS, abbreviates, begins_words, is_short_form, long_form
from extractors.names.inflection import singular

_BRACKETS: Final = re.compile(r"\(([^()]{1,120})\)|\[([^\[\]]{1,120})\]")
_REACH: Final = 200  # characters before a bracket in which its long form is looked for
_SENTENCE: Final = re.compile(r".*(?:[.;] |[\n()])", re.DOTALL)
_LONGEST_WORD: Final = 40
_LOWER: Final = re.compile(r"[a-z]{2,6}(?:-[a-z]{2,6})?")
_WORD_BEFORE: Final = re.compile(r"[A-Za-z0-9][\w+&.\-]*$")
_WORD: Final = re.compile(r"\S+")
_IN_LIST: Final = re.compile(r"[^\s,]+")
_MARKUP: Final = "*_`'\"“”‘’"
# "(RNN; Elman, 1990)", "(CNN, or ConvNet)", "(MUC 1998)": the short form is what comes first.
_AFTER_SHORT: Final = re.compile(r"[;,]| or | (?=\d)")
_LEAD_IN: Final = re.compile(
    r"(?:or|also|hereafter|henceforth|hereinafter|in the following|abbr(?:eviated|\.)?(?: as| to| by)?|a\.?k\.?a\.?"
    r"|(?:known|referred to|denoted|written) (?:as|by)|called|termed|short|in short|for short)(?:,|:)? +(?=[A-Z0-9])"
)
_IN_WORDS: Final = re.compile(
    r"(?P<before>,?) (?:(?:which (?:is|are|we)|(?:is|are)|we|and) )?(?:(?:also|commonly|often|hereafter|henceforth"
    r"|hereinafter|usually|simply|widely|better|here) ){0,5}(?:(?:known|referred to|abbreviated?|denoted?|written)"
    r" (?:as|to|by)|denote it (?:as|by)"
    r"|abbreviate it (?:as|to|by)|called?|call it|termed?|dubbed|hereafter|henceforth|or(?= [\w\-]+,? for short\b))"
    r" [\"'“‘]?(?P<short>[A-Za-z0-9][\w+&/.\-]*[\w+])"
)
_SHORT_FOR: Final = re.compile(
    r"(?P<short>[A-Za-z0-9][\w+&/.\-]{0,30}),? (?:\(?which |is |are |as )?(?:short for|stands? for|standing for"
    r"|an? (?:abbreviation|acronym) (?:for|of)|abbreviates) (?:the |an? )?(?P<long>[^.;:()\n]{3,120})"
)
# What every alternative of _SHORT_FOR has in it.
_SHORTENED: Final = re.compile(r"short for|stands? for|standing for|abbreviat|acronym")

_APPOSED: Final = re.compile(r", an? (?:(?:novel|new|simple|efficient|effective) ){0,2}")
_TITLE: Final = re.compile(r"(?P<short>[A-Za-z0-9][\w+\-]*): +(?=[^\n]*\n)")
_PART: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]|\d+")
_BREAK: Final = re.compile(r"[.,;:()]")
_NAME_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Definition:
    """``short`` stands for ``long`` in a text (both are character spans, end exclusive)."""

    short: tuple[int, int]
    long: tuple[int, int]


def find_abbreviations(text: str) -> list[Definition]:
    """All definitions in ``text``, in its order."""
    found = [*_in_title(text), *_in_words(text), *_apposed(text)]
    for match in _BRACKETS.finditer(text):
        start, end = _trimmed(text, *match.span(1 if match[1] is not None else 2))
        if lead_in := _LEAD_IN.match(text, start, end):
            start = lead_in.end()
        pair = _short_inside(text, match.start(), start, end) or _long_inside(text, match.start(), start, end)
        if pair is not None:
            found.append(pair)
    return sorted(found, key=lambda pair: min(pair.short, pair.long))


def _in_title(text: str) -> Iterator[Definition]:
    """The pair of a first line "SHORT: Long Form for ...", where the parts of the short form begin words."""
    match = _TITLE.match(text)
    if match is None or not is_short_form(match["short"]):
        return
    parts = [part.lower() for part in _PART.findall(match["short"])]
    words = list(_NAME_WORD.finditer(text, match.end(), text.index("\n")))
    long = _spelled(parts, words)
    if len(long) > 1:
        yield Definition(match.span("short"), (long[0].start(), long[-1].end()))


def _apposed(text: str) -> Iterator[Definition]:
    """The pairs of "SHORT, a long form", where the parts of the short form begin all its words."""
    for match in _APPOSED.finditer(text):
        short = _WORD_BEFORE.search(text, max(0, match.start() - 30), match.start())
        if short is None or not is_short_form(short[0]):
            continue
        parts = [part.lower() for part in _PART.findall(short[0])]
        words = list(_NAME_WORD.finditer(text, match.end(), match.end() + _REACH))[: 2 * len(parts)]
        long = _spelled(parts, words) if len(parts) > 1 else []
        if len(long) == len(parts) and not _BREAK.search(text, long[0].start(), long[-1].end()):
            yield Definition(short.span(), (long[0].start(), long[-1].end()))


def _spelled(parts: list[str], words: list[re.Match[str]]) -> list[re.Match[str]]:
    """The first words, each of which begins with a part; small words, and one word of five, may stand between."""
    skipped, place = 0, 0
    for number, word in enumerate(words):
        if word[0].lower().startswith(parts[place]):
            place += 1
            if place == len(parts):
                return [w for n, w in enumerate(words[: number + 1]) if n or w[0].lower().startswith(parts[0])]
        elif word[0].lower() not in SMALL_WORDS:
            skipped += 1
            if number == 0 or skipped > len(parts) // 4:
                break
    return []


def _in_words(text: str) -> Iterator[Definition]:
    """Definitions without brackets, where the short form is made of the initials of the long one."""
    for match in _IN_WORDS.finditer(text):
        short = match["short"]
        first, last = _before(text, match.start())
        long = long_form(short, text[first:last]) if is_short_form(short) else None
        if long and begins_words(short, long):
            yield Definition(match.span("short"), (last - len(long), last))
    if _SHORTENED.search(text) is None:
        return
    for match in _SHORT_FOR.finditer(text):
        short, start = match["short"], match.start("long")
        for word in _IN_LIST.finditer(text, start, match.end("long")) if is_short_form(short) else ():
            if begins_words(short, text[start : word.end()]):
                yield Definition(match.span("short"), (start, word.end()))
                break


def _before(text: str, position: int) -> tuple[int, int]:
    """The span of what stands before ``position`` in its sentence, as far as a long form reaches."""
    first, last = _trimmed(text, max(0, position - _REACH), position)
    sentence = _SENTENCE.match(text, first, last)
    return sentence.end() if sentence else first, last


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without quotation marks, markup and space at its ends."""
    while start < end and (text[start] in _MARKUP or text[start].isspace()):
        start += 1
    while start < end and (text[end - 1] in _MARKUP or text[end - 1].isspace()):
        end -= 1
    return start, end


def _short_inside(text: str, bracket: int, start: int, end: int) -> Definition | None:
    """The pair of "long form (SHORT)"; ``start`` and ``end`` span what is inside the bracket."""
    short = _AFTER_SHORT.split(text[start:end], maxsplit=1)[0].rstrip()
    first, last = _before(text, bracket)
    before = text[first:last]
    if not is_short_form(short):
        clipped = _clipped_form(short, before)
        return Definition((start, start + len(short)), (last - len(clipped), last)) if clipped else None
    long = long_form(short, before) or _loose_long_form(short, before)
    return Definition((start, start + len(short)), (last - len(long), last)) if long else None


def _clipped_form(short: str, before: str) -> str | None:
    """The long form at the end of ``before`` of a short form in lower case: "re-identification" of "re-id"."""
    words = before.split()
    if _LOWER.fullmatch(short) is None or not words:
        return None
    parts = re.split(r"[-‐‑]", words[-1].lower()[:_LONGEST_WORD])
    if len(parts) > 1 and all(parts) and len(words[-1]) > len(short) + 2 and re.fullmatch(_beginnings(parts), short):
        return words[-1]
    count = len(short)
    if count > 2 and [word[:1].lower() for word in words[-count:]] == list(short) and short not in words:
        return " ".join(words[-count:]) if before.endswith(" ".join(words[-count:])) else None
    return None


def _beginnings(parts: list[str]) -> str:
    """A pattern of what is made of beginnings of all parts, with or without a hyphen between them."""
    return "-?".join("".join(f"{re.escape(c)}(?:" for c in part) + ")?" * len(part) for part in parts)


def _long_inside(text: str, bracket: int, start: int, end: int) -> Definition | None:
    """The pair of "SHORT (long form)"; ``start`` and ``end`` span what is inside the bracket."""
    _, last = _trimmed(text, max(0, bracket - _REACH), bracket)
    short = _WORD_BEFORE.search(text, max(0, last - 30), last)
    if short is None or not is_short_form(short[0]) or sum(map(str.isupper, short[0])) < 2:
        return None
    inside = text[start:end]
    if abbreviates(short[0], inside) or _loose_long_form(short[0], inside) == inside:
        return Definition(short.span(), (start, end))
    return None


def _loose_long_form(short: str, before: str) -> str | None:
    """The shortest long form at the end of ``before`` that has all letters of ``short``, some of them inside words."""
    most = min(len(short) + 5, len(short) * 2)
    candidates = list(_WORD.finditer(before))[-most:]
    if not candidates:
        return None
    before = before[candidates[0].start() :]
    start = best_long_form(short, before)
    if start is None:
        return None
    long = before[start:]
    words = long.split()
    longer = len(words) > 1 or "-" in long or len(long) >= 2 * len(short)
    return long if longer and len(long) > len(short) and short not in words else None


def best_long_form(short: str, candidate: str) -> int | None:
    """Where in ``candidate`` the long form of ``short`` starts: Schwartz and Hearst's findBestLongForm.

    Reads both from the right: every letter or digit of the short form must occur in order, the
    first one at the beginning of a word.
    """
    short = singular(short)
    position = len(candidate) - 1
    for index in range(len(short) - 1, -1, -1):
        letter = short[index].lower()
        if not letter.isalnum():
            continue
        while position >= 0 and (
            candidate[position].lower() != letter or (index == 0 and position > 0 and candidate[position - 1].isalnum())
        ):
            position -= 1
        if position < 0:
            return None
        position -= 1
    start = position + 1
    while start > 0 and not candidate[start - 1].isspace() and candidate[start - 1] not in "*_'\"“‘(":
        start -= 1
    return start
