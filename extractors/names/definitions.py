"""Abbreviations that a text defines: "convolutional neural network (CNN)".

Sets ``doc._.abbreviations``. The algorithm is that of A. Schwartz and M. Hearst, "A simple
algorithm for identifying abbreviation definitions in biomedical text" (PSB 2003), with the
order "CNN (convolutional neural network)" and the plural "CNNs" added.
"""

from __future__ import annotations

import re
from typing import Final

import extractors.document.extensions  # noqa: F401  registers doc._.abbreviations
from extractors.document.annotations import Abbreviation

_PARENTHESIS: Final = re.compile(r"\(([^()]{1,120})\)|\[([^\[\]]{1,120})\]")
_SHORT: Final = re.compile(r"[A-Za-z0-9][\w+&/.\-@$^*]*(?: [A-Za-z0-9][\w+\-]*)?")
_WORD_BEFORE: Final = re.compile(r"[A-Za-z0-9][\w+&.\-]*$")
_WORD: Final = re.compile(r"\S+")
_MARKUP: Final = re.compile(r"[*_`'\"“”‘’\s]+")


def find_abbreviations(text: str) -> list[Abbreviation]:
    """All definitions in ``text``, in its order."""
    found = []
    for match in _PARENTHESIS.finditer(text):
        group = 1 if match.group(1) is not None else 2
        start, end = _stripped(text, *match.span(group))
        pair = _short_inside(text, match.start(), start, end) or _long_inside(text, match.start(), start, end)
        if pair is not None:
            found.append(pair)
    return found


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
    before = text[:parenthesis].rstrip()
    limit = min(len(inside) + 5, len(inside) * 2)
    sentence = max(before.rfind(". "), before.rfind("\n"), before.rfind("; "), before.rfind("("), before.rfind(")"))
    words = list(_WORD.finditer(before, sentence + 1 if sentence >= 0 else 0))[-limit:]
    if not words:
        return None
    long_end = len(before)
    while long_end > words[0].start() and _MARKUP.match(before[long_end - 1]):
        long_end -= 1
    long_start = best_long_form(inside, before[words[0].start() : long_end])
    if long_start is None:
        return None
    long_start += words[0].start()
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
