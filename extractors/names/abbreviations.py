"""Abbreviations as strings: what looks like one, and whether it can stand for a long form, letter by letter."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.names.normalization import clean

_SHORT = re.compile(
    r"(?=\S{2,12}\Z)(?=.*[A-Z].*[A-Z0-9]|.*[a-z].*[A-Z]|(?:[A-Z]\.){2,}|(?:[A-Za-z]\.){3,}|.*\d.*[A-Z])[^\s]{2,12}"
)
_TITLE = re.compile(r"(?:[A-Z][a-z]+-)+[A-Z][a-z]+")  # Auto-Encoder, Frank-Wolfe
_WORDS = re.compile(r"[^\W_]+")
_FEW = 4  # letters of a short abbreviation
_SECOND_PART = re.compile(r"(?<=\w)[-‐‑–/]\w+")
_JOINED = frozenset("-‐‑–/")
SMALL_WORDS = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with")
)


@lru_cache(maxsize=1 << 18)
def is_short_form(form: str) -> bool:
    """Whether a form looks like an abbreviation: one short word with capitals inside, or with dots."""
    name = clean(form)
    return _SHORT.fullmatch(name) is not None and _TITLE.fullmatch(name) is None


@lru_cache(maxsize=1 << 16)
def abbreviates(short: str, long: str) -> bool:
    """Whether ``short`` can stand for ``long``.

    Every letter of the short form must occur in the long form, in order, the first at the start of
    its first word; at least half of the letters (both of two) must begin a word, and at most one or
    two content words may have no letter.

    >>> abbreviates("LSTM", "long short-term memory"), abbreviates("LSTM", "memory network")
    (True, False)
    """
    letters = _letters(short)
    words = _words(long)
    if len(letters) < 2 or sum(map(len, words)) <= len(letters) + 1 or words[0][0] != letters[0]:
        return False
    if len(words) == 1:
        rest = iter(words[0])
        return all(letter in rest for letter in letters)
    return _score(letters, words) is not None


@lru_cache(maxsize=1 << 16)
def initials(name: str) -> str:
    """The first letters of the words of a name in lower case, without those of small words; empty for a single word.

    >>> initials("area under the curve")
    'auc'
    """
    letters = "".join(word[0] for word in _words(name) if word not in SMALL_WORDS)
    return letters if len(letters) > 1 else ""


def _score(letters: str, words: list[str]) -> int | None:
    """How well the letters match the words: letters that begin a word minus skipped words; None if they do not."""
    starts, skipped = _align(letters, words)
    allowed = 2 if len(letters) > _FEW or starts == len(letters) else 1
    return starts - skipped if starts >= max(2, (len(letters) + 1) // 2) and skipped <= allowed else None


def _align(letters: str, words: list[str]) -> tuple[int, int]:
    """The best alignment of letters to words, by dynamic programming.

    Gives (letters that begin a word, words without a letter); small words may be skipped freely. (0, 0) if there
    is none.
    """
    best: list[tuple[int, int] | None] = [(0, 0), *[None] * len(letters)]
    for number, word in enumerate(words):
        cost = 0 if word in SMALL_WORDS else 1
        after: list[tuple[int, int] | None] = [None] * len(best)
        for placed, found in enumerate(best):
            if found is None:
                continue
            starts, skipped = found
            if number:
                _keep(after, placed, (starts, skipped + cost))
            if placed < len(letters) and word[0] == letters[placed]:
                at = 0
                while placed < len(letters) and (at := word.find(letters[placed], at) + 1):
                    placed += 1
                    _keep(after, placed, (starts + 1, skipped))
        best = after
    return best[-1] or (0, 0)


def _keep(after: list[tuple[int, int] | None], placed: int, found: tuple[int, int]) -> None:
    known = after[placed]
    if known is None or found[0] - found[1] > known[0] - known[1]:
        after[placed] = found


def long_form(short: str, before: str) -> str | None:
    """The long form of ``short`` at the end of ``before``, the text in front of its bracket; None if there is none.

    Of all word sequences at the end of the text that it can abbreviate, the best match; of equal ones the shortest.

    >>> long_form("CNN", "We train a convolutional neural network")
    'convolutional neural network'
    """
    best: tuple[int, str] | None = None
    for match in reversed(list(_WORDS.finditer(before))[-len(short) - 4 :]):
        if before[match.start() - 1 : match.start()] in _JOINED:
            continue  # "non-negative matrix factorization" keeps its "non"
        long = before[match.start() :].strip()
        if abbreviates(short, long):
            fit = _fit(short, long)
            if best is None or fit > best[0]:
                best = fit, long
    return None if best is None else best[1]


def fits_exactly(short: str, long: str) -> bool:
    """Whether every letter of ``short`` begins a word and no content word is skipped, or ``long`` is a single word."""
    return len(_words(long)) == 1 or _fit(short, long) == len(_letters(short))


def misfits(short: str, long: str) -> bool:
    """Whether the case of ``short`` shows that it stands for something else than ``long``.

    A lower-case letter between capitals is no initial: GaN is no generative adversarial network, ReLU may be a
    rectified linear unit.

    >>> misfits("GaN", "generative adversarial network"), misfits("ReLU", "rectified linear unit")
    (True, False)
    """
    inner = short.removesuffix("s")[1:-1]
    return short[:1].isupper() and any(map(str.islower, inner)) and initials(long) == _letters(short)


def begins_words(short: str, long: str) -> bool:
    """Whether ``short`` consists of the initials of ``long``: every letter begins a word, every content word gives one.

    The second part of a hyphenated word may be skipped: "click-aware margin ranking (CMR)".
    """
    whole = _SECOND_PART.sub("", long)
    return any(
        len(words) > 1 and _align(_letters(short), words) == (len(_letters(short)), 0)
        for words in (_words(long), _words(whole))
    )


def ends_with_last_word(short: str, long: str) -> bool:
    """Whether the last word of a long form begins with the last capital of its short form.

    >>> ends_with_last_word("KGA", "knowledge graph augmentation"), ends_with_last_word("KGA", "knowledge graphs")
    (True, False)
    """
    capitals = [letter.lower() for letter in short if letter.isupper()]
    words = _words(long)
    return bool(capitals and words) and words[-1][0] == capitals[-1]


def _letters(short: str) -> str:
    """The letters and digits of a short form in lower case, without the plural's s."""
    return "".join(c for c in clean(short).removesuffix("s").lower() if c.isalnum())


def _words(long: str) -> list[str]:
    return [word.lower() for word in _WORDS.findall(clean(long))]


def _fit(short: str, long: str) -> int:
    words = _words(long)
    return 1 if len(words) == 1 else _score(_letters(short), words) or 0
