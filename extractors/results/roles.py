"""The method and the task that a paper is mainly about."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.document.annotations import Entity


def main_method(entities: Sequence[Entity]) -> int | None:
    """The method that the paper introduces; of several, the one named most often."""
    candidates = [i for i, e in enumerate(entities) if e.type == "Method" and e.introduced]
    return max(candidates, key=lambda i: (len(entities[i].mentions), -i), default=None)


def main_task(entities: Sequence[Entity]) -> int | None:
    """The task that is named most often."""
    tasks = [i for i, e in enumerate(entities) if e.type == "Task"]
    return min(tasks, key=lambda i: (-len(entities[i].mentions), i), default=None)
