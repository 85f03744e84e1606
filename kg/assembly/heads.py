"""Names with a generic word at the end that adds nothing: ``ImageNet dataset``, ``image classification task``."""

from __future__ import annotations

from kg.assembly import data
from kg.assembly.keys import Words

_HEADS: dict[str, frozenset[Words]] = {}
_FINISHED = data.words("finished.txt")


def _load() -> None:
    by_type: dict[str, set[Words]] = {}
    for kind, head in data.pairs("heads.tsv"):
        by_type.setdefault(kind, set()).add(tuple(head.split()))
    _HEADS.update({kind: frozenset(heads) for kind, heads in by_type.items()})


_load()


def without_head(words: Words, kind: str, proper: bool) -> Words | None:
    """The words less a generic head of the type, or None where there is none or the name needs it.

    A head may go after a proper name (``proper``: what stands before is one) and after a
    word that finishes a term by itself, as learning does in ``federated learning method``.
    Datasets and tasks lose theirs after anything.
    """
    heads = _HEADS.get(kind, frozenset())
    for size in (2, 1):
        if len(words) > size and words[-size:] in heads:
            rest = words[:-size]
            if proper or kind != "Method" or rest[-1] in _FINISHED:
                return rest
    return None
