"""How long steps tell how far they are."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]
"""Called with the name of a step, how much of it is done, and how much there is (None: unknown)."""


def no_progress(step: str, done: int, total: int | None) -> None:
    """A `Progress` that shows nothing."""
