"""The names that stand at the nodes of a picture, in lines, and the space that they take."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from kg.graph import Node
from kg.viewer.appearance import radius
from kg.viewer.concepts import abbreviation, forms, paper_title, papers_of

_LONG = 24  # characters of a name that stands on one line; an abbreviation stands for a longer proper name
_LONG_WORDS = 44  # and for a common name that is longer than this: "open-domain question answering" is plainer in full
_LINE = 20  # characters of a line
_LINES = 3
_CHARACTER = 0.56  # width by font size
_LEADING = 1.2  # height of a line by font size
_AIR = 3.0  # pixels around a node with its name


@dataclass(frozen=True, slots=True)
class Label:
    """The lines of a name, its font size in pixels, and the radius of the node above it."""

    lines: Sequence[str]
    size: int
    radius: float

    @property
    def height(self) -> float:
        """Pixels from the node's lower edge to the end of the name."""
        return len(self.lines) * self.size * _LEADING + 2

    @property
    def box(self) -> tuple[float, float]:
        """Half the width and half the height of node and name together."""
        width = max(map(len, self.lines)) * self.size * _CHARACTER
        return max(self.radius, width / 2) + _AIR, self.radius + self.height / 2 + _AIR


def labels(nodes: Iterable[Node]) -> Mapping[str, Label]:
    """The label of each node, by id. No two of them have the same abbreviation."""
    listed = list(nodes)
    short = {n.id: _short(n) for n in listed}
    used = Counter(short.values())
    return {
        n.id: Label(
            _wrapped(_paper_name(n) if n.label == "Paper" else _unique(short[n.id], used) or forms(n)[0]),
            _font(papers_of(n)),
            radius(papers_of(n)),
        )
        for n in listed
    }


def _short(node: Node) -> str | None:
    name = forms(node)[0]
    return abbreviation(node) if len(name) > (_LONG_WORDS if name.islower() else _LONG) else None


def _unique(short: str | None, used: Mapping[str | None, int]) -> str | None:
    return short if used[short] == 1 else None


def _paper_name(paper: Node) -> str:
    """First author's last name and year, as papers are cited; failing an author the title."""
    authors, year = paper.properties.get("authors"), str(paper.properties.get("year", ""))
    if not isinstance(authors, tuple) or not authors:
        return paper_title(paper)
    last = authors[0].split(",")[0].split(" ")[-1] if "," not in authors[0] else authors[0].split(",")[0]
    return " ".join(filter(None, (last, "et al." if len(authors) > 1 else "", year)))


def _wrapped(name: str) -> list[str]:
    if len(name) <= _LONG:
        return [name]
    return wrap(name, _LINE, max_lines=_LINES, placeholder="…", break_on_hyphens=False) or [name]


def _font(papers: int) -> int:
    return round(min(15, max(11, 10 + math.log2(max(papers, 1)) * 0.9)))
