"""Abbreviations that a text defines: "convolutional neural network (CNN)".

Sets ``doc._.abbreviations``. The algorithm is that of A. Schwartz and M. Hearst, "A simple
algorithm for identifying abbreviation definitions in biomedical text" (PSB 2003), with the
order "CNN (convolutional neural network)", the plural "CNNs" and definitions in words ("known as CNN",
"hereafter CNN", "CNN, short for ...") added. Where the short form is made of the initials of the words
before it, these are the long form: "mindful memory (MM)" is more than "memory".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_PARENTHESIS: Final = re.compile(r"\(([^()]{1,120})\)|\[([^\[\]]{1,120})\]")
_SHORT: Final = re.compile(r"[A-Za-z0-9][\w+&/.\-@$^*]*(?: [A-Za-z0-9][\w+\-]*)?")
_WORD_BEFORE: Final = re.compile(r"[A-Za-z0-9][\w+&.\-]*$")
_WORD: Final = re.compile(r"\S+")
_MARKUP: Final = re.compile(r"[*_`'\"“”‘’\s]+")
_LEAD_IN: Final = re.compile(
    r"(?:or|also|hereafter|henceforth|hereinafter|in the following|abbr(?:eviated|\.)?(?: as| to| by)?|a\.?k\.?a\.?"
    r"|(?:known|referred to|denoted|written) (?:as|by)|called|termed|short|in short|for short)(?:,|:)? +(?=[A-Z0-9])"
)
_IN_WORDS: Final = re.compile(
    r"(?P<before>,?) (?:(?:which (?:is|are|we)|(?:is|are)|we|and) )?(?:(?:also|commonly|often|hereafter|henceforth"
    r"|hereinafter|usually|simply|widely|better|here) )*(?:(?:known|referred to|abbreviated?|denoted?|written)"
    r" (?:as|to|by)|denote it (?:as|by)"
    r"|abbreviate it (?:as|to|by)|called?|call it|termed?|dubbed|hereafter|henceforth|or(?= [\w\-]+,? for short\b))"
    r" [\"'“‘]?(?P<short>[A-Za-z0-9][\w+&/.\-]*[\w+])"
)
_SHORT_FOR: Final = re.compile(
    r"(?P<short>[A-Za-z0-9][\w+&/.\-]*),? (?:\(?which |is |are |as )?(?:short for|stands? for|standing for"
    r"|an? (?:abbreviation|acronym) (?:for|of)|abbreviates) (?:the |an? )?(?P<long>[^.;:()\n]{3,120})"
)
_PART: Final = re.compile(r"[A-Za-z0-9]+")
_SMALL: Final = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "the", "to", "via", "with"}
)


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """``short`` stands for ``long`` in a text (both are character spans, end exclusive)."""

    short: tuple[int, int]
    long: tuple[int, int]


def find_abbreviations(text: str) -> list[Abbreviation]:
    """All definitions in ``text``, in its order."""
    found = [*_in_words(text)]
    for match in _PARENTHESIS.finditer(text):
        group = 1 if match.group(1) is not None else 2
        start, end = _stripped(text, *match.span(group))
        if lead_in := _LEAD_IN.match(text, start, end):
            start = lead_in.end()
        pair = _short_inside(text, match.start(), start, end) or _long_inside(text, match.start(), start, end)
        if pair is not None:
            found.append(pair)
    return sorted(found, key=lambda pair: min(pair.short, pair.long))


def _in_words(text: str) -> Iterator[Abbreviation]:
    """Definitions without parentheses, where the short form is the initials of the long one."""
    for match in _IN_WORDS.finditer(text):
        short = match.group("short")
        if not _is_short(short) or sum(map(str.isupper, short)) < 2:
            continue
        first, last = _words_before(text, match.start(), short)
        start = initials_start(short, text[first:last])
        if start is not None:
            yield Abbreviation(short=match.span("short"), long=(first + start, last))
    for match in _SHORT_FOR.finditer(text):
        short, start = match.group("short"), match.start("long")
        words = _WORD.finditer(text, start, match.end("long"))
        for end in (word.start() + len(word.group().rstrip(",")) for word in words):
            if _is_short(short) and initials_start(short, text[start:end]) == 0:
                yield Abbreviation(short=match.span("short"), long=(start, end))
                break


def _words_before(text: str, position: int, short: str) -> tuple[int, int]:
    """Where the long form of ``short`` may begin, and where it ends, if that is before ``position``."""
    before = text[:position].rstrip()
    limit = min(len(short) + 5, len(short) * 2)
    sentence = max(before.rfind(". "), before.rfind("\n"), before.rfind("; "), before.rfind("("), before.rfind(")"))
    words = list(_WORD.finditer(before, sentence + 1 if sentence >= 0 else 0))[-limit:]
    last = len(before)
    first = words[0].start() if words else last
    while last > first and _MARKUP.match(before[last - 1]):
        last -= 1
    return first, last


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and _MARKUP.match(text[start]):
        start += 1
    while start < end and _MARKUP.match(text[end - 1]):
        end -= 1
    return start, end


def _short_inside(text: str, parenthesis: int, start: int, end: int) -> Abbreviation | None:
    """The pair of "long form (SHORT)", where what is in the parenthesis is the short form."""
    # "(RNN; Elman, 1990)", "(CNN, or ConvNet)": the short form is what comes first.
    inside = re.split(r"[;,]| or ", text[start:end], maxsplit=1)[0].rstrip()
    if not _is_short(inside):
        return None
    first, long_end = _words_before(text, parenthesis, inside)
    candidate = text[first:long_end]
    offset = initials_start(inside, candidate)
    if offset is None:
        offset = best_long_form(inside, candidate)
    if offset is None:
        return None
    long_start = first + offset
    if not _plausible(inside, text[long_start:long_end]):
        return None
    return Abbreviation(short=(start, start + len(inside)), long=(long_start, long_end))


def _long_inside(text: str, parenthesis: int, start: int, end: int) -> Abbreviation | None:
    """The pair of "SHORT (long form)"."""
    before = text[:parenthesis].rstrip(" *_`'\"”’")
    short = _WORD_BEFORE.search(before, max(0, len(before) - 30))
    if short is None or not _is_short(short.group()) or sum(map(str.isupper, short.group())) < 2:
        return None
    inside = text[start:end]
    offset = best_long_form(short.group(), inside)
    if offset is None or offset > 0 or not _plausible(short.group(), inside):
        return None
    return Abbreviation(short=short.span(), long=(start, end))


def _is_short(form: str) -> bool:
    """Schwartz and Hearst's conditions, and a capital letter, which "(see below)" does not have."""
    return (
        2 <= len(form) <= 12
        and _SHORT.fullmatch(form) is not None
        and any(map(str.isalpha, form))
        and any(map(str.isupper, form))
    )


def _plausible(short: str, long: str) -> bool:
    words = long.split()
    return (
        len(long) > len(short)
        and len(words) <= min(len(short) + 5, len(short) * 2)
        and short not in words
        and (len(words) > 1 or "-" in long or len(long) >= 2 * len(short))
    )


def initials_start(short: str, candidate: str) -> int | None:
    """Where the words at the end of ``candidate`` start whose initials are ``short``; None where they are not.

    Small words, and what follows a hyphen, may have no letter: "click-aware margin ranking (CMR)".
    """
    letters = [letter.lower() for letter in re.sub(r"(?<=[A-Z])s$", "", short) if letter.isalnum()]
    parts = list(_PART.finditer(candidate))
    if len(letters) < 2 or not parts or parts[-1].group()[0].lower() != letters[-1]:
        return None
    for part in reversed(parts):
        after_hyphen = candidate[part.start() - 1 : part.start()] == "-"
        if part.group()[0].lower() == letters[-1]:
            letters.pop()
        elif part.group().lower() not in _SMALL and not after_hyphen:
            return None
        if not letters:
            return None if after_hyphen else part.start()
    return None


def best_long_form(short: str, candidate: str) -> int | None:
    """Where in ``candidate`` the long form of ``short`` starts: Schwartz and Hearst's findBestLongForm.

    Reads both from the right: every letter or digit of the short form must occur in order, the
    first one at the beginning of a word.
    """
    if len(short) > 2 and short.endswith("s") and short[-2].isupper():
        short = short[:-1]
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
