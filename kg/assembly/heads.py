"""Names with a generic word at the end that adds nothing: ``ImageNet dataset``, ``image classification task``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.assembly import data
from kg.assembly.abbreviations import is_short
from kg.assembly.keys import plain_words
from kg.assembly.text import clean

_FINISHED = data.words("finished.txt")
_LONGEST = 3  # words in the longest head


def _by_type() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for kind, head in data.pairs("heads.tsv"):
        found[kind].add(head)
    return {kind: frozenset(heads) for kind, heads in found.items()}


_HEADS = _by_type()


def without_head(form: str, kind: str) -> Iterator[str]:
    """What is left of a name of type ``kind`` when a generic head is taken off its end, longest head first.

    A head of a method goes only after a proper name or after a word that finishes a term by
    itself, as learning does in ``federated learning method``: a kernel method is no kernel.
    Other types lose theirs after anything.
    """
    words = clean(form).split()
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        if " ".join(plain_words(" ".join(words[-size:]))) in _HEADS.get(kind, ()):
            rest = " ".join(words[:-size])
            if kind != "Method" or is_proper(rest) or _FINISHED.intersection(plain_words(rest)[-1:]):
                yield rest


def is_proper(form: str) -> bool:
    """Whether a name looks like a proper one: an abbreviation, or a word with a capital inside."""
    words = clean(form).split()
    return is_short(form) or any(c.isupper() for word in words[-1:] for c in word[1:])
