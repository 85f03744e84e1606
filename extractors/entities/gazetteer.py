"""Known names of methods, tasks, datasets and metrics (``data/names/``), found in a text.

One file a type, one name a line. A name in lower case is a common term: it is found in any
case, and in the plural. A name with a capital is a proper name: its capitals count. Hyphens
and spaces are alike for both ("CIFAR-10", "CIFAR 10", "CIFAR10").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import Final

from extractors.names.inflection import singular
from extractors.record import ENTITY_TYPES, EntityType
from extractors.text.words import read_list

_PIECE: Final = re.compile(r"[A-Za-zÀ-ÿ]+|\d+|[^\sA-Za-zÀ-ÿ\d\-–‐]")
_BETWEEN: Final = re.compile(r"[ \-–‐]*")


@dataclass(slots=True)
class Gazetteer:
    """Names by their pieces in lower case; ``beginnings`` are those that a longer name begins with."""

    names: dict[str, list[tuple[str, EntityType]]] = field(default_factory=dict)
    beginnings: set[str] = field(default_factory=set)

    def add(self, name: str, entity_type: EntityType) -> None:
        """Make ``name`` known."""
        pieces = _PIECE.findall(name)
        key = _key(pieces)
        self.names.setdefault(key, []).append(("" if name.islower() else "".join(pieces), entity_type))
        self.beginnings.update(accumulate(key.split(" ")[:-1], "{} {}".format))

    def find(self, text: str) -> Iterator[tuple[int, int, EntityType]]:
        """Start, end and type of the names in ``text``, the longest at each place, not overlapping."""
        pieces = list(_PIECE.finditer(text))
        lowered = [piece.group().lower() for piece in pieces]
        if "’" in text:
            lowered = [word.replace("’", "'") for word in lowered]
        names, beginnings, after = self.names, self.beginnings, 0
        for position, word in enumerate(lowered):
            if position < after or not (word in beginnings or word in names or singular(word) in names):
                continue
            for end in self._ends(lowered, position):
                entity_type = self._type_of(text, pieces, lowered, position, end)
                if entity_type is not None:
                    yield pieces[position].start(), pieces[end - 1].end(), entity_type
                    after = end
                    break

    def _ends(self, lowered: list[str], position: int) -> list[int]:
        """Where the names may end that begin at ``position``, going by their letters: the longest first."""
        names, beginnings = self.names, self.beginnings
        begun, ends = "", []
        for end in range(position, len(lowered)):
            word = lowered[end]
            if begun + word in names or begun + singular(word) in names:
                ends.append(end + 1)
            begun += word
            if begun not in beginnings:
                break
            begun += " "
        return ends[::-1]

    def types_of(self, name: str) -> set[EntityType]:
        """All types that a name is known under, in its case."""
        pieces = _PIECE.findall(name)
        return {kind for cased, kind in self.names.get(_key(pieces), ()) if not cased or cased == "".join(pieces)}

    def _type_of(
        self, text: str, pieces: list[re.Match[str]], lowered: list[str], first: int, end: int
    ) -> EntityType | None:
        """The type of the name that the pieces from ``first`` up to ``end`` are, as it is or in the plural."""
        start = " ".join(lowered[first : end - 1])
        for last in dict.fromkeys((lowered[end - 1], singular(lowered[end - 1]))):
            for cased, entity_type in self.names.get(f"{start} {last}" if start else last, ()):
                written = [piece.group() for piece in pieces[first:end]]
                in_case = not cased or cased in ("".join(written), "".join([*written[:-1], singular(written[-1])]))
                if in_case and _is_whole(text, pieces[first:end]):
                    return entity_type
        return None


def _key(pieces: list[str]) -> str:
    return " ".join(pieces).lower().replace("’", "'")


def _is_whole(text: str, pieces: list[re.Match[str]]) -> bool:
    """Whether the pieces are no part of a longer word, and only hyphens and single spaces stand between them."""
    start, end = pieces[0].start(), pieces[-1].end()
    if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
        return False
    return all(
        len(between) <= 2 and _BETWEEN.fullmatch(between) is not None
        for here, there in pairwise(pieces)
        if (between := text[here.end() : there.start()])
    )


@cache
def known_names() -> Gazetteer:
    """The names that this package knows."""
    gazetteer = Gazetteer()
    for entity_type in ENTITY_TYPES:
        for name in read_list(f"names/{entity_type.lower()}.txt"):
            gazetteer.add(name, entity_type)
    return gazetteer


@lru_cache(maxsize=2)  # one text is asked for by several components
def known_in(text: str) -> tuple[tuple[int, int, EntityType], ...]:
    """Start, end and type of the names in ``text`` that this package knows."""
    return tuple(known_names().find(text))
