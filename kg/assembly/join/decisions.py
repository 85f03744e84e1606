"""Overrides as keys: which keys to join, which to keep apart, which forms get a key of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extractors.names.abbreviations import is_short_form
from extractors.names.keys import name_key
from kg.assembly.identify.identity import Identity
from kg.assembly.join.clusters import Join
from kg.assembly.overrides import Overrides
from kg.errors import KGError

OVERRIDE = "override"


@dataclass(frozen=True, slots=True)
class Decisions:
    """Joins to make first, pairs of keys to keep apart, and forms or keys that get a key of their own."""

    joins: tuple[Join, ...]
    apart: tuple[tuple[str, str], ...]
    own: dict[str, str]


def decide(overrides: Overrides, settled: Mapping[tuple[str, str], str]) -> Decisions:
    """The overrides as keys; `KGError` where they contradict each other."""
    own: dict[str, str] = {}
    identity = Identity(settled)
    for kind, left, right in sorted(overrides.different):
        if identity.key(left, kind, {}) == identity.key(right, kind, {}):
            victim = left if is_short_form(left) and not is_short_form(right) else right
            if name_key(left) == name_key(right):
                own[victim.casefold()] = f"={victim.casefold()}"
            else:
                own[name_key(victim)] = f"={name_key(victim)}"
    told = Identity(settled, own)
    apart = tuple((told.key(a, kind, {}), told.key(b, kind, {})) for kind, a, b in sorted(overrides.different))
    joins = tuple(
        Join(told.key(a, kind, {}), told.key(b, kind, {}), OVERRIDE, (("", f"{a} = {b}"),))
        for kind, a, b in sorted(overrides.same)
    )
    for join in joins:
        if (join.left, join.right) in apart or (join.right, join.left) in apart:
            raise KGError(f"overrides: {join.evidence[0][1]} are declared both the same and different")
    return Decisions(tuple(j for j in joins if j.left != j.right), apart, own)
