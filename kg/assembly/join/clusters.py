"""Clusters of keys that are one concept: union-find that records each join, with keys that must stay apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from extractors.names.disjoint_sets import DisjointSets
from kg.assembly.numbering import Ints


@dataclass(frozen=True, slots=True, order=True)
class Join:
    """A join of two keys, made or refused, with its rule and evidence; ``left`` is the leading name."""

    left: int
    right: int
    rule: str
    evidence: tuple[tuple[str, str], ...] = ()
    """(paper, sentence) pairs; the sentence may be empty."""


class Clusters:
    """Disjoint sets of keys, which are numbers in the order of their texts.

    Except for refusals, the result does not depend on the order of calls.
    """

    def __init__(self, apart: Iterable[tuple[int, int]] = ()) -> None:
        self._sets = DisjointSets[int]()
        self._apart: dict[int, set[int]] = {}
        self.joins: list[Join] = []
        self.refused: list[Join] = []
        self._followers: set[int] = set()
        for left, right in apart:
            self._apart.setdefault(left, set()).add(right)
            self._apart.setdefault(right, set()).add(left)

    def root(self, key: int) -> int:
        """The key that represents the set of this one: the smallest in it."""
        return self._sets.find(key)

    def roots(self, number: int) -> Ints:
        """The representative of each key from 0 to ``number``."""
        found = np.arange(number, dtype=np.int32)
        for join in self.joins:
            for key in (join.left, join.right):
                found[key] = self.root(key)
        return found

    def keeps_apart(self) -> bool:
        """Whether any keys must stay apart."""
        return bool(self._apart)

    def apart(self, left: int, right: int) -> bool:
        """Whether the sets of the two keys must stay apart."""
        return self.root(right) in self._apart.get(self.root(left), ())

    def join_all(self, joins: Iterable[Join]) -> None:
        """Make every join that is not refused."""
        for join in joins:
            self.join(join)

    def join(self, join: Join) -> bool:
        """Unite the sets of both keys, unless they must stay apart; whether they are one set now."""
        left, right = self.root(join.left), self.root(join.right)
        if left == right:
            return True
        if self.apart(left, right):
            self.refused.append(join)
            return False
        first = self._sets.union(left, right)
        second = right if first == left else left
        for other in self._apart.pop(second, ()):
            self._apart[other].discard(second)
            self._apart[other].add(first)
            self._apart.setdefault(first, set()).add(other)
        self.joins.append(join)
        self._followers.add(join.right)
        return True

    def follows(self, key: int) -> bool:
        """Whether the key was joined to a leading name, as a misspelling or a longer wording of it."""
        return key in self._followers
