"""Generic heads: last words that add nothing to a name, as in ``ImageNet dataset``, ``image classification task``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from extractors.names import data
from extractors.names.abbreviations import is_short_form
from extractors.names.inflection import normalize_word
from extractors.names.keys import Words, name_words
from extractors.names.normalization import clean

_CAPITAL_INSIDE = re.compile(r"(?<=[A-Za-z0-9])[A-Z]")
_FINISHED = data.words("finished.txt")
_LONGEST = 3  # words in the longest head


def _by_type() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for kind, head in data.pairs("generic_heads.tsv"):
        found[kind].add(head)
    return {kind: frozenset(heads) for kind, heads in found.items()}


_HEADS = _by_type()
_LAST = {kind: frozenset(head.split()[-1] for head in heads) for kind, heads in _HEADS.items()}


def is_head(words: Words, kind: str) -> bool:
    """Whether words say no more than that something is of a type: "model" and "based method" of methods.

    >>> is_head(("model",), "Method"), is_head(("language", "model"), "Method")
    (True, False)
    """
    return " ".join(words) in _HEADS.get(kind, ())


def without_head(form: str, kind: str) -> Iterator[str]:
    """The name of a concept of type ``kind`` without the generic head at its end, longest head first.

    The head of a method is dropped only after a proper name or after a word that completes a term,
    as learning does in ``federated learning method``: a kernel method is not a kernel. Heads of other
    types are always dropped.

    >>> list(without_head("ImageNet dataset", "Dataset")), list(without_head("kernel method", "Method"))
    (['ImageNet'], [])
    """
    words = form.split() if form.isascii() else clean(form).split()
    if len(words) < 2 or normalize_word(words[-1]) not in _LAST[kind]:
        return
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        if " ".join(name_words(" ".join(words[-size:]))) in _HEADS.get(kind, ()):
            rest = " ".join(words[:-size])
            if kind != "Method" or is_proper(rest) or is_finished(name_words(rest)):
                yield rest


def is_finished(words: Words) -> bool:
    """Whether the last word completes a term."""
    return words[-1:] != () and words[-1] in _FINISHED


@lru_cache(maxsize=1 << 18)
def is_proper(form: str) -> bool:
    """Whether a name looks like a proper one: an abbreviation, or a word with a capital inside."""
    last = form.split()[-1:]
    return is_short_form(form) or bool(last and _CAPITAL_INSIDE.search(last[0]))


def is_generic(form: str, kind: str) -> bool:
    """Whether a name of type ``kind`` has several words and a generic head: hybrid approach."""
    words = form.split()
    return len(words) > 1 and normalize_word(words[-1]) in _HEADS[kind]
