"""Union-find: which members of a collection belong together, directly or by way of others."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T", int, str)


class DisjointSets(Generic[T]):
    """Sets of members that were united; the smallest member of a set represents it, whatever the order of calls.

    >>> sets = DisjointSets[int]()
    >>> sets.union(3, 2), sets.union(2, 1)
    (2, 1)
    >>> sets.find(3), sets.find(4)
    (1, 4)
    """

    def __init__(self) -> None:
        self._parent: dict[T, T] = {}

    def find(self, member: T) -> T:
        """The representative of the set of ``member``; a member that was never united represents itself."""
        path = []
        while (parent := self._parent.get(member, member)) != member:
            path.append(member)
            member = parent
        for step in path:
            self._parent[step] = member
        return member

    def union(self, one: T, other: T) -> T:
        """Make one set of the sets of both, and return its representative."""
        first, second = self.find(one), self.find(other)
        if second < first:
            first, second = second, first
        if first != second:
            self._parent[second] = first
        return first
