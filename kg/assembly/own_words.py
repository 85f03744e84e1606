"""One's own names: a file of names with types and aliases, for extraction and assembly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from os import PathLike

from kg.assembly.overrides import Overrides
from kg.atomic import read_text
from kg.errors import KGError
from kg.schema import CONCEPT_LABELS


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Names as (type, name, aliases)."""

    entries: tuple[tuple[str, str, tuple[str, ...]], ...] = ()

    def names(self) -> tuple[tuple[str, str], ...]:
        """Every name and alias, with its type, sorted."""
        return tuple(sorted({(name, kind) for kind, first, others in self.entries for name in (first, *others)}))

    def overrides(self, given: Overrides) -> Overrides:
        """What people decided, and that each alias is its name."""
        same = [(kind, first, other) for kind, first, others in self.entries for other in others]
        first = tuple(name for _, name, _ in self.entries)
        joined = (*given.same, *(pair for pair in same if pair not in given.same))
        return replace(given, same=joined, preferred=first)


def read_own_words(path: str | PathLike[str]) -> OwnWords:
    """The names in a file; see `parse_own_words`."""
    return parse_own_words(read_text(path), path)


def parse_own_words(text: str, path: str | PathLike[str]) -> OwnWords:
    """The names in the text of a file of lines ``Dataset<TAB>OurSet<TAB>OS-1 | our set`` (the aliases may be missing).

    Blank lines and lines that begin with # are left out. `KGError` names file and line of another form, and of a
    name that has two types.
    """
    entries: list[tuple[str, str, tuple[str, ...]]] = []
    kinds: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        kind, *cells = (cell.strip() for cell in line.split("\t"))
        place = f"{path}: line {number}"
        if len(cells) not in (1, 2) or not cells[0]:
            raise KGError(f"{place}: needs 2 or 3 tab-separated cells (type, name, aliases apart by |)")
        if kind not in CONCEPT_LABELS:
            raise KGError(f"{place}: unknown type {kind!r}, not one of {', '.join(CONCEPT_LABELS)}")
        others = tuple(filter(None, (other.strip() for other in "".join(cells[1:]).split("|"))))
        for name in (cells[0], *others):
            if kinds.setdefault(name, kind) != kind:
                raise KGError(f"{place}: {name!r} is a {kinds[name]} above")
        entries.append((kind, cells[0], others))
    return OwnWords(tuple(entries))
