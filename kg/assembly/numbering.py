"""Texts as numbers, and lists of numbers as columns: what assembly keeps of names that most papers never repeat."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.integer]
Flags = npt.NDArray[np.bool_]

_LONE: Final = "surrogatepass"
"""Half of a pair of surrogates, as JSON can have one, is kept as it is."""
_BLOCK: Final = 32
"""Of so many sorted texts one is at hand when one is looked for; the rest are looked through as bytes."""


class Texts(Sequence[str]):
    """Texts that do not change any more, in a third of the memory of a list: their bytes, and where each ends.

    A text is made anew whenever it is asked for.

    >>> texts = Texts(["vague", "", "näive"])
    >>> len(texts), texts[0], texts[-1], list(texts), texts[1:]
    (3, 'vague', 'näive', ['vague', '', 'näive'], ['', 'näive'])
    """

    def __init__(self, texts: Iterable[str]) -> None:
        written = bytearray()
        self._ends = array("q", [0])
        for text in texts:
            written += text.encode(errors=_LONE)
            self._ends.append(len(written))
        self._bytes = bytes(written)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number):  # type: ignore[no-untyped-def]  # as `list` has it
        if isinstance(number, slice):
            return [self[place] for place in range(*number.indices(len(self)))]
        if number < 0:
            number += len(self)
        return self._bytes[self._ends[number] : self._ends[number + 1]].decode(errors=_LONE)

    def __iter__(self) -> Iterator[str]:
        return (self._bytes[start:end].decode(errors=_LONE) for start, end in pairwise(self._ends))


class Numbering:
    """Numbers for texts, from 0 in the order in which they come first.

    >>> numbers = Numbering()
    >>> [numbers("a"), numbers("b"), numbers("a")], numbers.texts
    ([0, 1, 0], ['a', 'b'])
    """

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        """The number of a text, a new one if it has none."""
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return number

    def sort(self) -> tuple[SortedTexts, Ints]:
        """The texts in their order, and the new number of each old one; this numbering is empty afterwards."""
        self._numbers = {}
        texts, self.texts = self.texts, []
        order = np.array(sorted(range(len(texts)), key=texts.__getitem__), np.int32)
        ranks = np.empty_like(order)
        ranks[order] = np.arange(len(texts), dtype=np.int32)
        return SortedTexts(texts[number] for number in order.tolist()), ranks

    def finish(self) -> Texts:
        """The texts by number, in few bytes; this numbering is empty afterwards."""
        self._numbers = {}
        texts, self.texts = self.texts, []
        return Texts(texts)


class SortedTexts(Texts):
    """Different texts in their order, so that numbers compare as texts do."""

    def __init__(self, texts: Iterable[str]) -> None:
        super().__init__(texts)
        self._firsts = self[::_BLOCK]

    def find(self, text: str) -> int | None:
        """The number of a text, None if it is not among them."""
        if not text:
            return 0 if len(self) and not self[0] else None
        first = max(bisect_right(self._firsts, text) - 1, 0) * _BLOCK
        end = min(first + _BLOCK, len(self))
        written, start = text.encode(errors=_LONE), self._ends[first]
        while (start := self._bytes.find(written, start, self._ends[end])) >= 0:
            place = bisect_right(self._ends, start, first, end) - 1
            if self._ends[place] == start and self._ends[place + 1] == start + len(written):
                return place
            start += 1
        return None


class Rows:
    """Rows of numbers, one after the other in one column.

    >>> rows = Rows(np.array([0, 2, 3]), np.array([7, 8, 9]))
    >>> rows[0].tolist(), rows.of(np.array([1, 0])).tolist()
    ([7, 8], [9, 7, 8])
    """

    def __init__(self, starts: Ints, values: Ints) -> None:
        self.starts, self.values = starts, values

    @classmethod
    def grouped(cls, groups: Ints, values: Ints, number: int) -> Rows:
        """The values of each of ``number`` groups, those of one group in the order given."""
        order = np.argsort(groups, kind="stable")
        return cls(starts_of(groups, number), values[order])

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> Ints:
        return self.values[self.starts[row] : self.starts[row + 1]]

    def of(self, rows: Ints) -> Ints:
        """The values of several rows, one row after the other."""
        return self.values[places(self.starts, rows)]


def position_in(column: Ints, value: int, side: Literal["left", "right"] = "left") -> int:
    """Where a value stands in a sorted column, or would stand.

    It is asked for as a number of the column's type: for any other numpy copies the column first, each time.

    >>> position_in(np.array([0, 2, 2, 5], np.int32), 2), position_in(np.array([0, 2, 2, 5], np.int32), 2, "right")
    (1, 3)
    """
    return int(np.searchsorted(column, column.dtype.type(value), side))


def starts_of(groups: Ints, number: int) -> Ints:
    """Where each of ``number`` groups begins once ``groups`` is sorted, and the end."""
    return np.concatenate(([0], np.cumsum(np.bincount(groups, minlength=number)))).astype(np.int64)


def places(starts: Ints, rows: Ints) -> Ints:
    """The places of all values of the rows that begin at ``starts``.

    >>> places(np.array([0, 2, 3]), np.array([1, 0])).tolist()
    [2, 0, 1]
    """
    sizes = starts[rows + 1] - starts[rows]
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts[rows] - before, sizes) + np.arange(sizes.sum())


def replaced(codes: Ints, values: Ints, new: dict[int, int]) -> Ints:
    """The values, those whose code is a key of ``new`` replaced by what it gives."""
    wanted = np.array(sorted(new), np.int64)
    instead = np.array([new[code] for code in wanted.tolist()], values.dtype)
    place = np.searchsorted(wanted, codes)
    place[place == len(wanted)] = 0
    return np.where(wanted[place] == codes, instead[place], values)
