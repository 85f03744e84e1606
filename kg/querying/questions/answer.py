"""Answer a question in plain words: understand it, run the nearest saved query, and offer the next ones."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kg.querying import run, saved
from kg.querying.questions import names, understand
from kg.querying.questions.understand import Offer
from kg.querying.saved import SavedQuery
from kg.stores import Store
from kg.table import Table, as_html

OTHERS: Final = 2
"""How many other queries are offered."""
NOTHING: Final = "nothing found: the abstracts do not say it, as far as they were understood"
"""What is said where an answer has no rows."""


@dataclass(frozen=True, slots=True)
class Instead:
    """Another query that has rows where the one that was asked has none."""

    offer: Offer
    rows: Table


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows that answer a question, the query that gave them, the next best queries, and words not understood.

    ``instead`` is another query that has rows, where there are none. ``taken`` says for what words were taken that
    nothing in the graph is called.
    """

    asked: Offer
    rows: Table
    others: tuple[Offer, ...]
    ignored: tuple[str, ...]
    instead: Instead | None = None
    taken: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        """The answer as a notebook shows it."""
        shown = f"<p>{html.escape(_shown(self.asked))}</p>{as_html(self.rows)}"
        if self.instead is None:
            return shown if self.rows.rows else f"{shown}<p>{NOTHING}</p>"
        other = f"{NOTHING}. Instead: {_shown(self.instead.offer)}"
        return f"{shown}<p>{html.escape(other)}</p>{as_html(self.instead.rows)}"


def _shown(offer: Offer) -> str:
    return f"{offer.query.title}: {offer.command()}"


def answer(store: Store, question: str) -> Answer:
    """The answer to a question on a store; `KGError` says why where no saved query answers it."""
    understood = understand.understand(question, names.read_names(store))
    best, *others = understood.offers
    rows = run.run(store, best.query, best.parameters)
    offered = tuple(others[:OTHERS])
    other = None if rows.rows else instead(best, offered, lambda query, given: run.run(store, query, given))
    return Answer(best, rows, offered, understood.ignored, other, understood.taken)


def instead(
    asked: Offer, others: tuple[Offer, ...], rows_of: Callable[[SavedQuery, Mapping[str, Any]], Table]
) -> Instead | None:
    """The first query with rows of those that may serve instead of one that has none, and of the others offered."""
    for offer in (*_instead_of(asked), *others):
        rows = rows_of(offer.query, offer.parameters)
        if rows.rows:
            return Instead(offer, rows)
    return None


def _instead_of(asked: Offer) -> Iterator[Offer]:
    """What the query names itself, as far as its parameters suffice."""
    types = {parameter.name: parameter.type for parameter in asked.query.parameters}
    for name in asked.query.instead:
        query, given = saved.named(name), {}
        for parameter in query.parameters:
            fitting = [
                known
                for known in asked.parameters
                if known == parameter.name or (parameter.needed and parameter.type in (types[known], "concept"))
            ]
            if fitting and types[fitting[0]] in saved.NAME_TYPES:
                given[parameter.name] = asked.parameters[fitting[0]]
        if all(parameter.name in given for parameter in query.parameters if parameter.needed):
            yield Offer(query, given, asked.nearness)
