"""What every extractor can do: one paper in, one record out; many papers, on several processes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import count, islice
from typing import Final

from extractors.record import EntityType, Record
from extractors.workers import Pool, WorkerError

__all__ = ["ExtractionError", "Extractor", "ModelError", "Paper", "Record", "WorkerError"]

Paper = tuple[str, str | None, str]
"""Id, title (or None) and abstract."""

_CHUNK: Final = 4
"""Papers handed to a process at a time: enough to hide the handing over, and few are lost when a build is stopped."""
_AHEAD: Final = 4
"""Chunks for each process that are under way or wait for it: enough to be busy while one chunk takes long."""


class ExtractionError(Exception):
    """A paper could not be extracted. Its message names the paper; ``paper`` is its id."""

    def __init__(self, paper: str, reason: str) -> None:
        super().__init__(paper, reason)
        self.paper = paper
        self.reason = reason

    def __str__(self) -> str:
        return f"paper {self.paper}: {self.reason}"


class ModelError(Exception):
    """What an extractor needs is missing or damaged. The text is one line that says what."""


class Extractor(ABC):
    """Reads one abstract at a time. A subclass gives ``name``, ``version`` and ``extract``.

    An extractor of one's own joins through the entry point group ``abstractkg.extractors``:
    its value is a callable without arguments that returns an ``Extractor``. It must be
    importable by name, since the worker processes import it too.
    """

    name: str

    @property
    @abstractmethod
    def version(self) -> str:
        """Changes whenever the records may change."""

    def check(self) -> None:  # noqa: B027  most extractors need nothing that may be missing
        """`ModelError` where the extractor could not extract a single paper; called before the first."""

    def with_names(self, names: tuple[tuple[str, EntityType], ...]) -> Extractor:
        """The same extractor that knows further names, each with its type; ValueError where it can learn none."""
        raise ValueError(f"the extractor {self.name} takes no names of one's own")

    @abstractmethod
    def extract(self, id: str, title: str | None, abstract: str) -> Record:
        """The record of one paper. Depends on nothing but the paper's own text."""

    def extract_many(
        self,
        papers: Iterable[Paper],
        processes: int = 1,
        on_error: Callable[[ExtractionError], None] | None = None,
    ) -> Iterator[Record]:
        """Records in the order of ``papers``, the same ones whatever ``processes``.

        A paper that fails raises an :class:`ExtractionError` that names it, at its place in
        the order; with ``on_error`` it is told to that function instead and left out. `WorkerError`
        where processes cannot be started.
        """
        outcomes = map(self._outcome, papers) if processes <= 1 else self._parallel(papers, processes)
        for outcome in outcomes:
            if not isinstance(outcome, ExtractionError):
                yield outcome
            elif on_error is None:
                raise outcome
            else:
                on_error(outcome)

    def pool(self, processes: int) -> Pool:
        """Processes that extract lists of papers: of each paper the `Record`, or the `ExtractionError`.

        A paper that ends its process costs only itself. Close it after use (it is a context manager).
        """
        return Pool(processes, _Outcome(self), _lost)

    def _outcome(self, paper: Paper) -> Record | ExtractionError:
        """The record, or what went wrong: an error in one paper must not lose its neighbours."""
        try:
            return self.extract(*paper)
        except ExtractionError as error:
            return error
        except Exception as error:  # whatever it is, it is handed on with the paper's name
            failure = ExtractionError(str(paper[0]), f"{type(error).__name__}: {error}")
            failure.__cause__ = error
            return failure

    def _parallel(self, papers: Iterable[Paper], processes: int) -> Iterator[Record | ExtractionError]:
        """Chunks on worker processes, a few ahead of the reader, however long ``papers`` is."""
        chunks = _chunks(papers, processes)
        with self.pool(processes) as pool:
            pending: deque[Future[list[Record | ExtractionError]]] = deque()
            while True:
                for chunk in islice(chunks, _AHEAD * processes - len(pending)):
                    pending.append(pool.submit(chunk))
                if not pending:
                    return
                yield from pending.popleft().result()


def _chunks(papers: Iterable[Paper], processes: int) -> Iterator[list[Paper]]:
    """The papers in chunks, in their order.

    They are small at first, so that a build that is soon stopped keeps something, and towards the end, so that all
    processes are busy until then.
    """
    remaining = iter(papers)
    waiting: deque[Paper] = deque()
    for number in count():
        waiting.extend(islice(remaining, 2 * processes * _CHUNK - len(waiting)))
        if not waiting:
            return
        size = max(1, min(len(waiting) // (2 * processes), 1 + number // processes))
        yield [waiting.popleft() for _ in range(size)]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """An extractor as a function of one paper, for worker processes."""

    extractor: Extractor

    def __call__(self, paper: Paper) -> Record | ExtractionError:
        return self.extractor._outcome(paper)


def _lost(paper: Paper, reason: str) -> ExtractionError:
    return ExtractionError(str(paper[0]), reason)
