"""Overrides as keys: which keys to join, which to keep apart, which forms get a key of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extractors.names.abbreviations import is_short_form
from extractors.names.keys import name_key
from kg.assembly.identify.identity import Identity
from kg.assembly.join.clusters import Join
from kg.assembly.numbering import SortedTexts
from kg.assembly.overrides import Overrides
from kg.errors import KGError

OVERRIDE = "override"


@dataclass(frozen=True, slots=True)
class Decisions:
    """Pairs of keys to join first (with what was said) and to keep apart, and forms or keys with a key of their own."""

    joins: tuple[tuple[str, str, str], ...]
    apart: tuple[tuple[str, str], ...]
    own: dict[str, str]

    def keys(self) -> Iterator[str]:
        """Every key that a pair has."""
        for left, right, *_ in (*self.joins, *self.apart):
            yield from (left, right)

    def numbered(self, keys: SortedTexts) -> tuple[list[Join], list[tuple[int, int]]]:
        """Joins, and pairs to keep apart, by the numbers of these keys, which all pairs have."""
        apart = [(_number(left, keys), _number(right, keys)) for left, right in self.apart]
        joins = [
            Join(_number(left, keys), _number(right, keys), OVERRIDE, (("", said),)) for left, right, said in self.joins
        ]
        return joins, apart


def _number(key: str, keys: SortedTexts) -> int:
    number = keys.find(key)
    assert number is not None, key
    return number


def decide(overrides: Overrides, settled: Mapping[tuple[str, str], str]) -> Decisions:
    """The overrides as keys; `KGError` where they contradict each other."""
    own: dict[str, str] = {}
    identity = Identity(settled)
    for kind, left, right in sorted(overrides.different):
        if identity.key(left, kind) == identity.key(right, kind):
            victim = left if is_short_form(left) and not is_short_form(right) else right
            if name_key(left) == name_key(right):
                own[victim.casefold()] = f"={victim.casefold()}"
            else:
                own[name_key(victim)] = f"={name_key(victim)}"
    told = Identity(settled, own)
    apart = tuple((told.key(a, kind), told.key(b, kind)) for kind, a, b in sorted(overrides.different))
    joins = tuple((told.key(a, kind), told.key(b, kind), f"{a} = {b}") for kind, a, b in sorted(overrides.same))
    for left, right, said in joins:
        if (left, right) in apart or (right, left) in apart:
            raise KGError(f"overrides: {said} are declared both the same and different")
    return Decisions(tuple(join for join in joins if join[0] != join[1]), apart, own)
