"""Whether a short form abbreviates a long one, letter by letter."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.names.normalization import clean

_SHORT = re.compile(r"(?=.*[A-Z].*[A-Z0-9]|.*[a-z].*[A-Z]|(?:[A-Z]\.){2,}|(?:[A-Za-z]\.){3,}|.*\d.*[A-Z])[^\s]{2,12}")
_TITLE = re.compile(r"(?:[A-Z][a-z]+-)+[A-Z][a-z]+")  # Auto-Encoder, Frank-Wolfe
_WORDS = re.compile(r"[^\W_]+")
_FEW = 4  # letters of a short abbreviation
_JOINED = frozenset("-‐‑–/")
_SMALL = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with")
)


@lru_cache(maxsize=1 << 18)
def is_short_form(form: str) -> bool:
    """Whether a form looks like an abbreviation: one short word with capitals inside, or with dots."""
    name = clean(form)
    return _SHORT.fullmatch(name) is not None and _TITLE.fullmatch(name) is None


@lru_cache(maxsize=1 << 18)
def abbreviates(short: str, long: str) -> bool:
    """Whether ``short`` can stand for ``long``.

    Every letter of the short form is found in the long one, in order, the first at the
    start of its first word; most letters begin a word (both of two), and hardly a word
    that matters goes without a letter.
    """
    letters = _letters(short)
    words = [word.lower() for word in _WORDS.findall(clean(long))]
    if len(letters) < 2 or sum(map(len, words)) <= len(letters) + 1 or words[0][0] != letters[0]:
        return False
    if len(words) == 1:
        rest = iter(words[0])
        return all(letter in rest for letter in letters)
    return _score(letters, words) is not None


@lru_cache(maxsize=1 << 16)
def initials(name: str) -> str:
    """The first letters of the words of a name in lower case, those of small words apart; none of a single word.

    >>> initials("area under the curve")
    'auc'
    """
    words = [word.lower() for word in _WORDS.findall(clean(name))]
    letters = "".join(word[0] for word in words if word not in _SMALL)
    return letters if len(letters) > 1 else ""


def _score(letters: str, words: list[str]) -> int | None:
    """How well the letters stand for the words, in letters that begin a word less idle words; None if they do not."""
    starts, idle = _walk(letters, words)
    allowed = 2 if len(letters) > _FEW or starts == len(letters) else 1
    return starts - idle if starts >= max(2, (len(letters) + 1) // 2) and idle <= allowed else None


def _walk(letters: str, words: list[str]) -> tuple[int, int]:
    """The best way of the letters through the words: (letters that begin a word, idle words); (0, 0) if none."""
    best: list[tuple[int, int] | None] = [(0, 0), *[None] * len(letters)]
    for number, word in enumerate(words):
        cost = 0 if word in _SMALL else 1
        after: list[tuple[int, int] | None] = [None] * len(best)
        for placed, found in enumerate(best):
            if found is None:
                continue
            starts, idle = found
            if number:
                _keep(after, placed, (starts, idle + cost))
            if placed < len(letters) and word[0] == letters[placed]:
                at = 0
                while placed < len(letters) and (at := word.find(letters[placed], at) + 1):
                    placed += 1
                    _keep(after, placed, (starts + 1, idle))
        best = after
    return best[-1] or (0, 0)


def _keep(after: list[tuple[int, int] | None], placed: int, found: tuple[int, int]) -> None:
    known = after[placed]
    if known is None or found[0] - found[1] > known[0] - known[1]:
        after[placed] = found


def long_form(short: str, before: str) -> str | None:
    """What ``short`` is short for at the end of ``before``, the text before its bracket; None if nothing there.

    Of all ends of the text that it can abbreviate, the one that its letters fit best, the shortest of several.
    """
    best: tuple[int, str] | None = None
    for match in reversed(list(_WORDS.finditer(before))[-len(short) - 4 :]):
        if before[match.start() - 1 : match.start()] in _JOINED:
            continue  # non-negative matrix factorization is not to lose its non
        long = before[match.start() :].strip()
        if abbreviates(short, long):
            fit = _fit(short, long)
            if best is None or fit > best[0]:
                best = fit, long
    return None if best is None else best[1]


def fits_exactly(short: str, long: str) -> bool:
    """Whether every letter of ``short`` begins a word of ``long``, and no other word is left over."""
    return _fit(short, long) == len(_letters(short))


def _letters(short: str) -> str:
    return "".join(c for c in clean(short).removesuffix("s").lower() if c.isalnum())


def _fit(short: str, long: str) -> int:
    words = [word.lower() for word in _WORDS.findall(clean(long))]
    letters = _letters(short)
    return len(letters) if len(words) == 1 else _score(letters, words) or 0
