"""Errors in one line, the report of what was read and left out, and how steps tell their progress."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

Progress = Callable[[str, int, int | None], None]
"""Called with the name of a step, how much of it is done, and how much there is (None: unknown)."""


def no_progress(step: str, done: int, total: int | None) -> None:
    """A `Progress` that shows nothing."""


class KGError(Exception):
    """Something that could not be done. Its text is one line that a user can act on."""


def how_to_install(extra: str) -> str:
    """The command that adds an extra, in a checkout as with a wheel: no registry has the package."""
    return f"in a checkout: pip install -c constraints.txt '.[{extra}]' (of a wheel: 'FILE.whl[{extra}]')"


class OptionsError(KGError):
    """Two options that contradict each other, or one that needs the other.

    ``first`` and ``second`` are the names of parameters, ``relation`` says what is wrong
    (``needs``, ``cannot be used with``) and ``reason`` why.
    """

    def __init__(self, first: str, relation: str, second: str, reason: str) -> None:
        super().__init__(f"{first} {relation} {second}: {reason}")
        self.first, self.relation, self.second, self.reason = first, relation, second, reason


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
    """Collects problems and notes while reading goes on, and passes each to ``on_problem`` as it comes.

    A problem is something that was left out. A note names what was repaired, or lines that
    belong to no record: nothing is missing for it.

    ``counts`` tells how many papers were ``read``, ``skipped`` (broken) or without an
    abstract (``no abstract``: common in bibliographies, counted and no error).
    """

    on_problem: Callable[[Problem], None] | None = None
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, file: str, place: str, reason: str, *, whole_file: bool = False) -> None:
        """Note a problem, once."""
        problem = Problem(file, place, reason, whole_file)
        self.problems.append(problem)
        self.counts["failed files" if whole_file else "skipped"] += 1
        if self.on_problem:
            self.on_problem(problem)

    def note(self, file: str, place: str, reason: str) -> None:
        """Note what a reader repaired or passed over without losing a record."""
        note = Problem(file, place, reason)
        self.notes.append(note)
        if self.on_problem:
            self.on_problem(note)
