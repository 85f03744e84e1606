"""Saved questions as forms, and questions in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kg.querying import saved
from kg.querying.questions.answer import OTHERS, instead
from kg.querying.questions.understand import Offer, understand
from kg.querying.saved import Parameter, SavedQuery
from kg.table import Table
from kg.web.data import AnswerPage, Asked, ParameterForm, Question, Rows
from kg.web.index import Index, text

_EXAMPLES: Final = 3


def all_questions(index: Index) -> tuple[Question, ...]:
    """The saved questions, by title."""
    found = (question(index, query) for query in saved.load_all().values())
    return tuple(sorted(found, key=lambda one: one.title))


def question(index: Index, query: SavedQuery) -> Question:
    """A saved question with the fields of its form."""
    fields = tuple(_field(index, parameter) for parameter in query.parameters)
    return Question(query.name, query.title, query.answers, fields)


def _field(index: Index, parameter: Parameter) -> ParameterForm:
    """A field of a form. A name that is needed has no default: it has to be one of this graph, as the example is."""
    example, default = _example(index, parameter), str(parameter.default)
    if parameter.type == "year":
        default = example
    elif parameter.needed and parameter.type != "label":
        default = ""
    return ParameterForm(parameter.name, parameter.type, default, example, parameter.meaning, parameter.needed)


def _example(index: Index, parameter: Parameter) -> str:
    """A value that the graph has: for two parameters of one type two different ones."""
    kinds = saved.NAME_TYPES.get(parameter.type)
    if kinds == ("Paper",) or parameter.type in ("author", "venue", "year"):
        return _example_of_paper(index, parameter.type)
    if not kinds:
        return str(parameter.default) if parameter.needed else ""
    nodes = [node for kind in kinds for node in index.of_kind(kind)[:_EXAMPLES]]
    place = 1 if parameter.name in ("second", "other", "to") else 0
    return text(nodes[min(place, len(nodes) - 1)], "name") if nodes else ""


def _example_of_paper(index: Index, kind: str) -> str:
    for paper in index.of_kind("Paper"):
        found = text(paper, {"author": "authors", "venue": "venue", "year": "year"}.get(kind, "title"))
        if found:
            return found
    return ""


def missing(question: Question, given: Mapping[str, str]) -> tuple[str, ...]:
    """The names of parameters that are needed and not given."""
    return tuple(p.name for p in question.parameters if p.needed and not _value(p, given))


def _value(field: ParameterForm, given: Mapping[str, str]) -> str:
    return given.get(field.name, "").strip() or field.default


def answer(index: Index, query: SavedQuery, given: Mapping[str, str]) -> Table:
    """The rows of a saved question; what is given empty has its default, `KGError` says what is wrong with a value."""
    fields = question(index, query).parameters
    return index.run(query, {**given, **{field.name: _value(field, given) for field in fields}})


def named(index: Index, query: SavedQuery, given: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of the concepts that the parameters of an answered question name."""
    kinds = {p.name: saved.NAME_TYPES[p.type] for p in query.parameters if p.type in saved.NAME_TYPES}
    wanted = [(kinds[name], value) for name, value in given.items() if name in kinds and value.strip()]
    return tuple(index.find(value.strip(), labels) for labels, value in wanted if labels != ("Paper",))


def ask(index: Index, words: str) -> AnswerPage:
    """The answer to a question in plain words; `KGError` says why where no saved question answers it."""
    return ask_for_rows(index, words)[0]


def ask_for_rows(index: Index, words: str) -> tuple[AnswerPage, Table]:
    """The same, with the rows as a table."""
    understood = understand(words, index.names())
    best, *others = understood.offers
    rows = index.run(best.query, best.parameters)
    offered = tuple(others[:OTHERS])
    other = None if rows.rows else instead(best, offered, index.run)
    page = AnswerPage(
        asked(best),
        as_rows(rows),
        tuple(map(asked, offered)),
        understood.ignored,
        None if other is None else asked(other.offer),
        None if other is None else as_rows(other.rows),
        understood.taken,
    )
    return page, rows


def asked(offer: Offer) -> Asked:
    """A saved question with its parameters as text."""
    parameters = {name: str(value) for name, value in offer.parameters.items()}
    return Asked(offer.query.name, offer.query.title, parameters, offer.command())


def as_rows(table: Table) -> Rows:
    """A table as values for JSON."""
    return Rows(table.columns, tuple(tuple(_plain(cell) for cell in row) for row in table.rows))


def _plain(cell: Any) -> Any:
    return list(cell) if isinstance(cell, tuple) else cell


def answered_without_names(index: Index) -> list[Question]:
    """The questions that a static site can answer: those that need no name."""
    return [one for one in all_questions(index) if not missing(one, {})]
