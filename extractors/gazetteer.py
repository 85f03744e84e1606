"""Known names of methods, tasks, datasets and metrics (``data/names/``), found in a text.

One file a type, one name a line. A name in lower case is a common term: it is found in any
case, and in the plural. A name with a capital is a proper name: its capitals count. Hyphens
and spaces are alike for both ("CIFAR-10", "CIFAR 10", "CIFAR10").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Final

from extractors.keys import singular
from extractors.types import ENTITY_TYPES, EntityType
from extractors.words import read_list

_PIECE: Final = re.compile(r"[A-Za-zÀ-ÿ]+|\d+|[^\sA-Za-zÀ-ÿ\d\-–‐]")
_BETWEEN: Final = re.compile(r"[\s\-–‐]*")


@dataclass(slots=True)
class Gazetteer:
    """Names by their pieces in lower case; ``longest`` is the number of pieces by first piece."""

    names: dict[str, list[tuple[str, EntityType]]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, entity_type: EntityType) -> None:
        """Make ``name`` known."""
        pieces = _PIECE.findall(name)
        key = _key(pieces)
        self.names.setdefault(key, []).append(("" if name.islower() else "".join(pieces), entity_type))
        first = key.split(" ", 1)[0]
        self.longest[first] = max(self.longest.get(first, 0), len(pieces))

    def find(self, text: str) -> Iterator[tuple[int, int, EntityType]]:
        """Start, end and type of the names in ``text``, the longest at each place, not overlapping."""
        pieces = list(_PIECE.finditer(text))
        lowered = [piece.group().lower() for piece in pieces]
        position = 0
        while position < len(pieces):
            length, entity_type = self._longest_at(text, pieces, lowered, position)
            if entity_type is None:
                position += 1
                continue
            yield pieces[position].start(), pieces[position + length - 1].end(), entity_type
            position += length

    def _longest_at(
        self, text: str, pieces: list[re.Match[str]], lowered: list[str], position: int
    ) -> tuple[int, EntityType | None]:
        first = lowered[position]
        limit = max(self.longest.get(first, 0), self.longest.get(singular(first), 0))
        start = pieces[position].start()
        if not limit or (start and text[start - 1].isalnum()):
            return 0, None
        for length in range(min(limit, len(pieces) - position), 0, -1):
            last = pieces[position + length - 1]
            if text[last.end() : last.end() + 1].isalnum() or not _joined(text, pieces, position, length):
                continue
            entity_type = self._type_of([piece.group() for piece in pieces[position : position + length]])
            if entity_type is not None:
                return length, entity_type
        return 0, None

    def _type_of(self, pieces: list[str]) -> EntityType | None:
        """The type of the name with these pieces, tried as it is and in the singular."""
        for form in (pieces, [*pieces[:-1], singular(pieces[-1])]):
            for cased, entity_type in self.names.get(_key(form), ()):
                if not cased or cased == "".join(form):
                    return entity_type
        return None


def _key(pieces: list[str]) -> str:
    return " ".join(pieces).lower().replace("’", "'")


def _joined(text: str, pieces: list[re.Match[str]], position: int, length: int) -> bool:
    """Whether only hyphens and single spaces stand between the pieces."""
    return all(
        _BETWEEN.fullmatch(between) is not None and len(between) <= 2 and "\n" not in between
        for here, there in pairwise(pieces[position : position + length])
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
