"""Progress of long steps: bars on a terminal, elsewhere a line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from kg.cli.logs import say
from kg.errors import Progress

_UNITS: Final = {"write": " pages", "nodes": "", "relationships": "", "removing": ""}
"""What a step counts, where it is not papers; of a graph's parts the name of the step says it."""
EVERY: Final = 60.0
"""Seconds between two lines where there is no terminal."""


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """A function that shows the progress of each step, in the way that suits standard error."""
    if not sys.stderr.isatty():
        yield Lines().show
        return
    bars: dict[str, Any] = {}
    try:
        yield lambda step, done, total: _show_bar(bars, step, done, total)
    finally:
        for bar in bars.values():
            bar.close()


def _show_bar(bars: dict[str, Any], step: str, done: int, total: int | None) -> None:
    from tqdm import tqdm

    if step not in bars:
        for bar in bars.values():
            bar.close()
        unit = {"unit": "B", "unit_scale": True} if step == "read" else {"unit": _unit(step)}
        bars[step] = tqdm(total=total, desc=step, file=sys.stderr, leave=False, **unit)
    bars[step].total = total
    bars[step].n = done
    bars[step].refresh()


class Lines:
    """A line for each minute that a step takes, with rate and time left; short steps print nothing."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._step = clock, ""
        self._began = self._said = 0.0
        self._first = 0

    def show(self, step: str, done: int, total: int | None) -> None:
        """Take note of a step's progress, and print it if a minute has passed since the last line."""
        now = self._clock()
        if step != self._step:
            self._step, self._began, self._said, self._first = step, now, now, done
        if now - self._said < EVERY:
            return
        self._said = now
        rate = (done - self._first) / (now - self._began)
        left = (total - done) / rate if total is not None and rate > 0 else None
        say(_line(step, done, total, rate, left), step=step, done=done, total=total, per_second=rate, seconds_left=left)


def _line(step: str, done: int, total: int | None, rate: float, left: float | None) -> str:
    amount, unit = _amount, _unit(step)
    if step == "read":
        amount, unit = _megabytes, " MB"
    whole = f" of {amount(total)}" if total is not None else ""
    rest = f", {_minutes(left)} left" if left is not None else ""
    return f"{step}: {amount(done)}{whole}{unit}, {amount(rate)} a second{rest}"


def _unit(step: str) -> str:
    """What a step counts, behind its number."""
    return _UNITS.get(step, " papers")


def _amount(number: float) -> str:
    return f"{number:.1f}" if isinstance(number, float) else str(number)


def _megabytes(number: float) -> str:
    return f"{number / 1e6:.1f}"


def _minutes(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60:02d} min" if minutes >= 60 else f"{max(minutes, 1)} min"
