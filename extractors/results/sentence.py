"""A sentence as the rules for results see it: words, names by their types, and numbers, in order.

"SimCSE reaches 76.3% accuracy on STS-B" is ``Method reaches # Metric on Dataset``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Final

from extractors.record import RESULT_ROLES, EntityType
from extractors.results.metrics import Place
from extractors.results.values import Value

_TOKEN: Final = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*|\d[\d.,]*|[^\sA-Za-z\d]")
_AND: Final = r"(?:,|and|or|/|&|, and|as well as|vs\.?|versus|;)"
# Between members of a list of names: "SST-2 (binary), MRPC and the RTE".
BETWEEN_NAMES: Final = re.compile(
    rf"\s*+(?:datasets?|corpus|benchmarks?|tasks?|scores?)?\s*+(?:\([^()]*+\))?\s*+{_AND}\s*+"
    r"(?:both |the |our |on |for )*+",
    re.IGNORECASE,
)
# Between members of a list of numbers: "94.1%, 91.3% and 88.7%", "24.1/7.2".
BETWEEN_VALUES: Final = re.compile(
    rf"[$)]*+\s*+{_AND}\s*+(?:by |an? |up to |about |around |approximately |over |nearly |\$|[~∼+])*+", re.IGNORECASE
)
# Between the members of a series, its names left out: "1.3 AP on VOC and 0.7 AP on COCO".
_IN_SERIES: Final = re.compile(
    rf"[$)]*+\s*+(?:points? )?(?:\s*+(?:in|on|for|of|the|scores?|points?|better|higher|lower|less|fewer|improvements?"
    rf"|gains?|increases?|reductions?|absolute|relative)\b)*+\s*+{_AND}\s*+"
    r"(?:by |an? |up to |about |\$|[~∼+])*+",
    re.IGNORECASE,
)
_OVER: Final = re.compile(
    r"\b(?:over|than|outperform\w*|surpass\w*|exceed\w*|compared? (?:to|with|against)|comparison (?:to|with)"
    r"|relative to|against|versus|vs\.?|improv\w+ (?:up)?on|beat\w*|from|with respect to|boost\w*)"
    r"(?: (?:the|a|an|its|current|best|previous|existing|standard|strong|original|vanilla|baselines?|such|as|and"
    r"|state-of-the-art|prior|traditional|other|both|conventional|of|like|competing|methods?|models?))*"
    r"(?:,? ?\(?e\.g\.,?)?\s?[\"'(]?$",
    re.IGNORECASE,
)
_BACKBONE: Final = re.compile(
    r"\b(?:using|with|based on|on top of|on|for|via|by|when using)(?: (?:the|a|an|both|either|pre-?trained))*\s?$",
    re.IGNORECASE,
)
_WHOSE: Final = re.compile(r"\b(?:for|by|of|from|with)(?: (?:the|both))?\s?$")
# "by 4.2% (68.9% vs 64.7%)"
_VERSUS: Final = re.compile(r"\s?(?:vs\.?|versus|→|->)\s?")
_CLAUSE_ON: Final = re.compile(r"(?:\b(?:while|whereas|and|but)|[,;]) (?:on|for|in) (?:the )?$")
_CLAUSE_GOES_ON: Final = re.compile(
    r"(?: (?:dataset|benchmark|corpus|test set))?,? (?:it|they|we|the|our|this)\b[^,;.]{0,60}"
)
_ASIDE_OPENS: Final = re.compile(r"[$\s]*\(\$?[~∼+]?")
_ASIDE_CLOSES: Final = re.compile(r"\$?[^()\d]{0,15}\)\s?(?:,|and|, and)\s(?:\$|[~∼])*")
_RESPECTIVELY: Final = re.compile(r"\brespectively\b|\bin that order\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A word in lower case, a mark, the type of a name, or ``#`` for a number."""

    start: int
    end: int
    form: str


@dataclass
class Sentence:
    """``text[start:end]`` with the names and the values in it."""

    text: str
    start: int
    end: int
    places: list[Place]
    values: list[Value]
    number: int = field(default=0)

    @cached_property
    def tokens(self) -> list[Token]:
        """What the sentence is made of, a name or a value being one token."""
        spans = [(p.start, p.end, str(p.type)) for p in self.places] + [(v.start, v.end, "#") for v in self.values]
        tokens: list[Token] = []
        position = self.start
        for start, end, form in sorted(spans):
            if start < position:
                continue
            tokens += self._words(position, start)
            tokens.append(Token(start, end, form))
            position = end
        return tokens + self._words(position, self.end)

    def _words(self, start: int, end: int) -> list[Token]:
        found = _TOKEN.finditer(self.text, start, end)
        return [Token(m.start(), m.end(), "0" if m[0][0].isdigit() else m[0].lower()) for m in found]

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    def index(self, position: int) -> int:
        """The index of the token at ``position``."""
        return min(bisect_left(self._starts, position), len(self.tokens) - 1)

    def form(self, index: int) -> str:
        """The token at ``index``; ``^`` and ``$`` stand for what is before and after the sentence."""
        if index < 0:
            return "^"
        return self.tokens[index].form if index < len(self.tokens) else "$"

    @cached_property
    def lists(self) -> list[list[int]]:
        """The lists that the values form, "48% and 55%", as indices of values; most have one member."""
        lists: list[list[int]] = []
        if pairs := self._asides:
            paired = {n for first in pairs for n in (first, first + 1)}
            return sorted([pairs, [n + 1 for n in pairs], *([n] for n in range(len(self.values)) if n not in paired)])
        for index, value in enumerate(self.values):
            if lists and BETWEEN_VALUES.fullmatch(self.text, self.values[lists[-1][-1]].end, value.start):
                lists[-1].append(index)
            else:
                lists.append([index])
        return lists

    @cached_property
    def _asides(self) -> list[int]:
        """The values of a list that have each another in brackets: "98.2% (+3.3%), 93.9% (+0.2%)"; mostly none."""
        between = [self.text[one.end : other.start] for one, other in pairwise(self.values)]
        pairs = [n for n, joint in enumerate(between) if _ASIDE_OPENS.fullmatch(joint)]
        if len(pairs) < 2 or pairs != list(range(pairs[0], pairs[0] + 2 * len(pairs), 2)):
            return []
        return pairs if all(_ASIDE_CLOSES.fullmatch(between[n + 1]) for n in pairs[:-1]) else []

    @cached_property
    def _series(self) -> list[list[int]]:
        """Lists of values, each maybe with its own metric, data set or task: "1.3 AP and 0.7 AP"."""
        series: list[list[int]] = []
        for index, value in enumerate(self.values):
            last = self.values[series[-1][-1]].end if series else 0
            if series and _IN_SERIES.fullmatch(self._without_names(last, value.start)):
                series[-1].append(index)
            else:
                series.append([index])
        return series

    def series_of(self, index: int) -> list[int]:
        """The series that the value is in."""
        return next(members for members in self._series if index in members)

    def _without_names(self, start: int, end: int) -> str:
        """The text between two places, without the names in it."""
        left = []
        for place in self.places:
            if start <= place.start and place.end <= end:
                left.append(self.text[start : place.start])
                start = place.end
        return "".join([*left, self.text[start:end]])

    def list_of(self, index: int) -> list[int]:
        """The list that the value is a member of."""
        return next(members for members in self.lists if index in members)

    def is_versus(self, first: int, second: int) -> bool:
        """Whether two values in brackets are set against each other, which makes both scores: "(68.9% vs 64.7%)"."""
        if first < 0 or second >= len(self.values):
            return False
        opening = self.text[self.start : self.values[first].start]
        joint = self.text[self.values[first].end : self.values[second].start]
        return _VERSUS.fullmatch(joint) is not None and opening.rfind("(") > opening.rfind(")")

    def data_of_clause(self, index: int) -> int | None:
        """The dataset that a number's clause begins with: "88% on IMDB, while on SST-2 it reaches 84%"."""
        start = self.values[self.list_of(index)[0]].start
        data = [p for p in self.places if p.type == "Dataset" and p.end <= start]
        if not data or any(data[-1].end <= v.start < start for v in self.values):
            return None
        named = _CLAUSE_ON.search(self.text, self.start, data[-1].start)
        goes_on = _CLAUSE_GOES_ON.fullmatch(self.text, data[-1].end, start)
        return data[-1].entity if named and goes_on else None

    @cached_property
    def respectively(self) -> bool:
        """Whether the sentence says that its lists run in parallel."""
        return _RESPECTIVELY.search(self.text, self.start, self.end) is not None

    def in_turn(self, index: int, role: str) -> Place | None:
        """What `aligned` finds where it must be meant: with "respectively", and for metrics and datasets always."""
        return self.aligned(index, role) if self.respectively or role in ("metric", "dataset") else None

    def aligned(self, index: int, role: str) -> Place | None:
        """The name for ``role`` in the value's turn: "94.1% and 91.3% on SST-2 and MRPC" has a list for a list."""
        if index - 1 in self._asides:
            index -= 1
        members = self.list_of(index)
        if len(members) < 2 and self.respectively and role != "metric":
            members = self.series_of(index)  # "2% higher recall and 3% lower loss on A and B, respectively"
        if len(members) < 2 and self.respectively:
            members = list(range(len(self.values)))  # "0.08 A and 0.22 A, respectively"
        if len(members) < 2:
            return None
        first, last = self.values[members[0]], self.values[members[-1]]
        runs = [
            run
            for run in self._runs(RESULT_ROLES[role])
            if len(run) > 1 and self._may_have(role, run[0].start, run[0].start > last.end)
        ]
        runs.sort(key=lambda run: max(run[0].start - last.end, first.start - run[-1].end))
        for turn, length, grouped in self._turns(members, index):
            for run in runs:
                if len(run) != length or (grouped and "/" in self.text[run[0].end : run[1].start]):
                    continue  # "80/95 and 70/90 in recall/precision": the members of a group, not the groups
                if self.respectively or self._adjoins(first.start, last.end, run):
                    return run[turn]
        return None

    def _may_have(self, role: str, start: int, after: bool) -> bool:
        """Whether a list of names that starts there, ``after`` the values or not, can have the role.

        Baselines follow "against"; "5% and 6% for A and B, respectively" and "reached by A and B" have methods.
        """
        if role == "baseline":
            return self.over(start)
        if role != "method" or (after and self.respectively and _WHOSE.search(self.text, self.start, start)):
            return True
        return not (self.over(start) or _BACKBONE.search(self.text, self.start, start))

    def over(self, position: int) -> bool:
        """Whether what stands at a position is what something is compared with: "outperforms", "than"."""
        return _OVER.search(self.text, max(self.start, position - 80), position) is not None

    def _adjoins(self, start: int, end: int, run: Sequence[Place]) -> bool:
        """Whether no other value stands between a list of values and a list of names."""
        left, right = (end, run[0].start) if run[0].start >= end else (run[-1].end, start)
        return not any(left <= v.start and v.end <= right for v in self.values) and right - left < 60

    def _turns(self, members: Sequence[int], index: int) -> list[tuple[int, int, bool]]:
        """Where the value stands in its list, of how many, and whether of groups: "80/95 and 70/90" are two of two."""
        groups: list[list[int]] = [[members[0]]]
        for before, after in pairwise(members):
            if "/" in self.text[self.values[before].end : self.values[after].start]:
                groups[-1].append(after)
            else:
                groups.append([after])
        turns = [(members.index(index), len(members), False)]
        outer = next(n for n, group in enumerate(groups) if index in group)
        if len(groups) > 1:
            turns.append((outer, len(groups), True))
        if len(groups[outer]) > 1:
            turns.append((groups[outer].index(index), len(groups[outer]), False))
        return turns

    def _runs(self, kind: EntityType) -> list[list[Place]]:
        """The lists of names of one kind, "A, B and C"."""
        runs: list[list[Place]] = []
        for place in self.places:
            if place.type != kind:
                continue
            last = runs[-1][-1] if runs else None
            if last and place.entity in {p.entity for p in runs[-1]} and place.start - last.end < 4:
                continue  # the abbreviation of the one before it
            if last and BETWEEN_NAMES.fullmatch(self.text, last.end, place.start):
                runs[-1].append(place)
            else:
                runs.append([place])
        return runs
