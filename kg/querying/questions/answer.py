"""Answer a question in plain words: understand it, run the nearest saved query, and offer the next ones."""

from __future__ import annotations

import html
from dataclasses import dataclass

from kg.querying import run
from kg.querying.questions import names, understand
from kg.querying.questions.understand import Offer
from kg.stores import Store
from kg.table import Table, as_html

OTHERS = 2
"""How many other queries are offered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows that answer a question, the query that gave them, the next best queries, and words not understood."""

    asked: Offer
    rows: Table
    others: tuple[Offer, ...]
    ignored: tuple[str, ...]

    def _repr_html_(self) -> str:
        """The answer as a notebook shows it."""
        return f"<p>{html.escape(f'{self.asked.query.title}: {self.asked.command()}')}</p>{as_html(self.rows)}"


def answer(store: Store, question: str) -> Answer:
    """The answer to a question on a store; `KGError` says why where no saved query answers it."""
    understood = understand.understand(question, names.read_names(store))
    best, *others = understood.offers
    rows = run.run(store, best.query, best.parameters)
    return Answer(best, rows, tuple(others[:OTHERS]), understood.ignored)
