"""Whether a short form abbreviates a long one, letter by letter."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.assembly.text import clean

_SHORT = re.compile(r"(?=.*[A-Z].*[A-Z0-9]|.*[a-z].*[A-Z]|(?:[A-Za-z]\.){2,}|.*\d.*[A-Z])[^\s]{2,12}")
_WORDS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1 << 18)
def is_short(form: str) -> bool:
    """Whether a form looks like an abbreviation: one short word with capitals inside, or with dots."""
    return _SHORT.fullmatch(clean(form)) is not None


@lru_cache(maxsize=1 << 16)
def abbreviates(short: str, long: str) -> bool:
    """Whether ``short`` can stand for ``long``.

    Every letter of the short form is found in the long one, in order, the first at the
    start of a word, and at least half of them at the start of a word or of a word's part.
    """
    letters = [c for c in clean(short).removesuffix("s").lower() if c.isalnum()]
    words = [word.lower() for word in _WORDS.findall(clean(long))]
    if len(letters) < 2 or len("".join(words)) <= len(letters) + 1:
        return False
    if len(words) == 1:
        return _inside(letters, words[0])
    return _starts(tuple(letters), tuple(words), len(letters) // 2 + len(letters) % 2)


def _inside(letters: list[str], word: str) -> bool:
    """One word: its first letter and the others in order, as AE in autoencoder."""
    rest = iter(word)
    return word[0] == letters[0] and all(letter in rest for letter in letters)


def _starts(letters: tuple[str, ...], words: tuple[str, ...], needed: int) -> bool:
    """Whether the letters run through the words, ``needed`` of them at a word's start."""
    # best[i] after each word: most starts with the first i letters placed, or None
    best: list[int | None] = [0] + [None] * len(letters)
    for number, word in enumerate(words):
        nxt: list[int | None] = list(best) if number else [None] * (len(letters) + 1)
        for placed, starts in enumerate(best):
            if starts is None or placed == len(letters) or word[0] != letters[placed]:
                continue
            here, at = placed, 0
            gained = starts + 1
            while here < len(letters):
                found = word.find(letters[here], at)
                if found < 0:
                    break
                at, here = found + 1, here + 1
                if nxt[here] is None or gained > (nxt[here] or 0):
                    nxt[here] = gained
        best = nxt
    total = best[len(letters)]
    return total is not None and total >= needed
