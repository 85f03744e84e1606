"""The key of a name, its normal form: names with the same key are one name, written differently.

A key is made of normalized words (`name_words`), with variant wordings replaced by one of them. `squash`
removes the difference between a hyphen, a space and nothing: ``Fashion-MNIST``, ``Fashion MNIST`` and
``FashionMNIST`` have the same key.
"""

from __future__ import annotations

from functools import lru_cache

from extractors.names import data
from extractors.names.inflection import normalize_words
from extractors.names.normalization import tokens

Words = tuple[str, ...]

# Prefixes that are written joined, with a hyphen or apart, and mean the same.
_PREFIXES = data.words("prefixes.txt")
_NOMINAL = dict(data.pairs("nominals.tsv"))
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}


def _table() -> dict[str, list[tuple[Words, Words]]]:
    table: dict[str, list[tuple[Words, Words]]] = {}
    for old, new in data.pairs("rewrites.tsv"):
        words = tuple(old.split())
        table.setdefault(words[0], []).append((words, tuple(new.split())))
    for entries in table.values():
        entries.sort(key=lambda entry: (-len(entry[0]), entry))
    return table


_REWRITES = _table()
_PASSES = 4  # one rewriting may make room for another: nets, networks, neural networks


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """The key of a name; a name without letters and digits is its own key.

    >>> name_key("Convolutional nets") == name_key("convolutional neural network")
    True
    """
    return squash(name_words(name)) or name.strip().casefold()


@lru_cache(maxsize=1 << 19)
def name_words(name: str) -> Words:
    """The normalized words of a name: lower case, singular, American spelling, prefixes joined, one wording of many.

    >>> name_words("Classifying Neighbouring Nodes")
    ('neighboring', 'node', 'classification')
    """
    written = tokens(name)
    words = _join_prefixes(normalize_words(written))
    words = _numerals(words, written)
    return nominal(of_last(rewrite(tuple(words))))


def squash(words: Words) -> str:
    """The words as one string without separators; only between two numbers there is one."""
    parts: list[str] = []
    for word in words:
        if parts and parts[-1][-1].isdigit() and word[0].isdigit():
            parts.append("_")
        parts.append(word)
    return "".join(parts)


def rewrite(words: Words) -> Words:
    """The words with every known variant wording replaced, repeatedly until nothing changes."""
    for _ in range(_PASSES):
        changed = _rewrite_once(words)
        if changed == words:
            break
        words = changed
    return words


def _rewrite_once(words: Words) -> Words:
    done: list[str] = []
    place = 0
    while place < len(words):
        for old, new in _REWRITES.get(words[place], ()):
            if words[place : place + len(old)] == old:
                done.extend(new)
                place += len(old)
                break
        else:
            done.append(words[place])
            place += 1
    return tuple(done)


def of_last(words: Words) -> Words:
    """``rate of convergence`` as ``convergence rate``; ``number of X`` as ``X number``."""
    if words.count("of") == 1 and 0 < (place := words.index("of")) < len(words) - 1:
        rest = words[place + 1 :]
        if not LINKING & set(words):
            return (*rest, *words[:place])
    return words


LINKING = frozenset({"for", "in", "on", "with", "from", "to", "by", "via", "at", "over", "under", "between"})


def nominal(words: Words) -> Words:
    """``classifying text`` and ``classify text`` as ``text classification``."""
    if len(words) > 1 and words[0] in _NOMINAL and not LINKING & set(words):
        return (*words[1:], _NOMINAL[words[0]])
    return words


def without_prefix(word: str) -> str:
    """The word without its prefix, if that is a known one: ``mask`` for multimask."""
    return next((word[size:] for size in (7, 6, 5, 4, 3, 2) if word[:size] in _PREFIXES), word)


def _join_prefixes(words: list[str]) -> list[str]:
    done: list[str] = []
    for word in words:
        if done and done[-1] in _PREFIXES and word[0].isalpha() and len(word) > 2:
            done[-1] += word
        else:
            done.append(word)
    return done


def _numerals(words: list[str], written: Words) -> list[str]:
    """A last word that is a Roman numeral in capitals, as a number: GTA-V, Phase II."""
    if len(words) > 1 and len(written) > 1 and written[-1].isupper():
        last = words[-1]
        if last in _ROMAN or (last in ("i", "v") and len(words[-2]) > 2 and written[-2].isupper()):
            return [*words[:-1], _ROMAN.get(last, "1" if last == "i" else "5")]
    return words
