"""Which keys are one concept: a union of sets that remembers why, and that can be told to keep apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractors.names.disjoint_sets import DisjointSets


@dataclass(frozen=True, slots=True, order=True)
class Join:
    """Two keys that were joined (or that were to be), by which rule and on whose evidence; ``left`` leads."""

    left: str
    right: str
    rule: str
    evidence: tuple[tuple[str, str], ...] = ()
    """(paper, sentence) pairs; the sentence may be empty."""


class Clusters:
    """Disjoint sets of keys. The result does not depend on the order of calls, but for refusals."""

    def __init__(self, apart: Iterable[tuple[str, str]] = ()) -> None:
        self._sets = DisjointSets[str]()
        self._apart: dict[str, set[str]] = {}
        self.joins: list[Join] = []
        self.refused: list[Join] = []
        self._followers: set[str] = set()
        for left, right in apart:
            self._apart.setdefault(left, set()).add(right)
            self._apart.setdefault(right, set()).add(left)

    def root(self, key: str) -> str:
        """The key that stands for the set of this one: the smallest in it."""
        return self._sets.find(key)

    def apart(self, left: str, right: str) -> bool:
        """Whether the sets of the two keys are held apart."""
        return self.root(right) in self._apart.get(self.root(left), ())

    def join_all(self, joins: Iterable[Join]) -> None:
        """Make every join that may be made."""
        for join in joins:
            self.join(join)

    def join(self, join: Join) -> bool:
        """Make one set of both, and say whether they are one now; keys held apart stay so."""
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

    def follows(self, key: str) -> bool:
        """Whether the key was joined to another that leads: a slip of the pen, a longer wording."""
        return key in self._followers
