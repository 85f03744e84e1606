"""Many records made of few: extraction records repeated under new ids, with names changed as in a larger literature.

The number of different names grows with the number of papers as a power of it (Heaps' law), which is fitted on the
records given. In a paper that comes again, names that only few of the given papers use are replaced: so many by new
names that the growth goes on as fitted, the others by names that earlier papers got. Names that many papers use stay.
"""

from __future__ import annotations

import itertools
import math
import random
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

Row = dict[str, Any]

_FEW: Final = 2  # papers that use a name which may change
_SYLLABLES: Final = (
    "ba",
    "ro",
    "ti",
    "lex",
    "mo",
    "ven",
    "sa",
    "qui",
    "dor",
    "ne",
    "phi",
    "zu",
    "kal",
    "wy",
    "tre",
    "go",
)


class Growth:
    """How many different names so many papers have: ``factor * papers ** power``."""

    def __init__(self, rows: Sequence[Row]) -> None:
        seen: set[str] = set()
        points: list[tuple[float, float]] = []
        shuffled = list(range(len(rows)))
        random.Random(0).shuffle(shuffled)
        for number, place in enumerate(shuffled, 1):
            seen.update(mention["text"] for mention in rows[place]["mentions"])
            if number >= 100 and number % 50 == 0:
                points.append((math.log(number), math.log(len(seen))))
        middle = [sum(column) / len(points) for column in zip(*points, strict=True)]
        above = sum((x - middle[0]) * (y - middle[1]) for x, y in points)
        self.power = above / sum((x - middle[0]) ** 2 for x, _ in points)
        self.factor = math.exp(middle[1] - self.power * middle[0])

    def rate(self, papers: int) -> float:
        """How many new names the next paper has."""
        return self.factor * self.power * float(papers) ** (self.power - 1)


def more_records(rows: Sequence[Row], papers: int) -> Iterator[Row]:
    """As many records as asked for: the given ones, then changed ones."""
    growth = Growth(rows)
    use = Counter(form for row in rows for form in {mention["text"] for mention in row["mentions"]})
    rare = {form for form, count in use.items() if count <= _FEW}
    rare_per_paper = sum(use[form] for form in rare) / len(rows)
    variants: Counter[str] = Counter()
    for number in range(papers):
        row = rows[number % len(rows)]
        again = number // len(rows)
        if not again:
            yield row
            continue
        chance = growth.rate(number) / rare_per_paper
        dice = random.Random(number)
        new: dict[str, str] = {}
        for form in sorted({mention["text"] for mention in row["mentions"]} & rare):
            if dice.random() < chance:
                variants[form] += 1
                variant = variants[form]
            else:
                variant = dice.randint(0, variants[form])
            if variant:
                new[form] = _variant(form, variant)
        yield _renamed({**row, "id": f"{row['id']}:{again}"}, new)


def _variant(form: str, number: int) -> str:
    """Another name of the same look: one of its words, or its only one, is changed by syllables."""
    coined = ""
    while number:
        number, digit = divmod(number, len(_SYLLABLES))
        coined += _SYLLABLES[digit]
    words = form.split(" ")
    if len(words) == 1:
        return f"{form}{coined.upper() if form.isupper() else coined}"
    return " ".join([*words[:-1], coined, words[-1]])


def _renamed(row: Row, new: dict[str, str]) -> Row:
    """The record with names replaced in its texts, and every span moved; as it is where names overlap."""
    edits: dict[str, list[tuple[int, int, str]]] = {"title": [], "abstract": []}
    for mention in row["mentions"]:
        if mention["text"] in new:
            edits[mention["field"]].append((mention["start"], mention["end"], new[mention["text"]]))
    moved = {}
    for field, found in edits.items():
        found.sort()
        if any(before[1] > after[0] for before, after in itertools.pairwise(found)):
            return row
        moved[field] = _Moved(row[field] or "", found)

    def span(old: Row) -> Row:
        place = moved[old["field"]]
        return {**old, "start": place(old["start"]), "end": place(old["end"])}

    mentions = [{**span(m), "text": new.get(m["text"], m["text"])} for m in row["mentions"]]
    for mention in mentions:  # one that overlaps a changed one, without being changed
        mention["text"] = moved[mention["field"]].text[mention["start"] : mention["end"]]
    entities = [
        {
            **e,
            "name": new.get(e["name"], e["name"]),
            **({"introduction": span(e["introduction"])} if e.get("introduction") else {}),
        }
        for e in row["entities"]
    ]
    return {
        **row,
        "title": moved["title"].text if row["title"] is not None else None,
        "abstract": moved["abstract"].text,
        "mentions": mentions,
        "entities": entities,
        "relations": [{**r, "evidence": span(r["evidence"])} for r in row["relations"]],
        "results": [{**r, "evidence": span(r["evidence"])} for r in row["results"]],
        "abbreviations": [{"short": span(a["short"]), "long": span(a["long"])} for a in row.get("abbreviations") or ()],
    }


class _Moved:
    """A text with edits, and where each of its offsets is afterwards."""

    def __init__(self, text: str, edits: Sequence[tuple[int, int, str]]) -> None:
        parts, end, shift = [], 0, 0
        self._starts, self._shifts = [0], [0]
        for start, stop, instead in edits:
            parts += [text[end:start], instead]
            end = stop
            shift += len(instead) - (stop - start)
            self._starts.append(stop)
            self._shifts.append(shift)
        self.text = "".join([*parts, text[end:]])

    def __call__(self, offset: int) -> int:
        return offset + self._shifts[bisect_right(self._starts, offset) - 1]
