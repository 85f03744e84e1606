"""What can go wrong, said in one line; and the count of what was read, merged and skipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field


class KGError(Exception):
    """Something that could not be done. Its text is one line that a user can act on."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One record or file that was left out: where it is and why.

    ``place`` is a line, record or byte position in words (``line 12``), empty for a whole
    file. ``whole_file`` is true where the input as a whole could not be used.
    """

    file: str
    place: str
    reason: str
    whole_file: bool = False

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.place, self.reason) if part)


@dataclass(slots=True)
class Report:
    """Collects problems while reading goes on, and passes each to ``on_problem`` as it comes.

    ``counts`` tells how many papers were ``read``, ``skipped`` (broken) or without an
    abstract (``no abstract``: common in bibliographies, counted and no error).
    """

    on_problem: Callable[[Problem], None] | None = None
    problems: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, file: str, place: str, reason: str, *, whole_file: bool = False) -> None:
        """Note a problem, once."""
        problem = Problem(file, place, reason, whole_file)
        self.problems.append(problem)
        self.counts["failed files" if whole_file else "skipped"] += 1
        if self.on_problem:
            self.on_problem(problem)
