"""Results as pages show them: a number with all that it belongs to, and the sentence that reports it."""

from __future__ import annotations

from collections.abc import Iterable

from kg.graph import confidence
from kg.web.data import Evidence, Result
from kg.web.index import Index, text


def result(index: Index, result_id: str) -> Result:
    """A result of the graph."""
    node = index.nodes[result_id]
    roles = {role: index.concept(concept) for role, concept in index.roles[result_id].items()}
    number = node.properties.get("number")
    return Result(
        result_id,
        text(node, "value"),
        float(number) if isinstance(number, int | float) else None,
        text(node, "unit"),
        text(node, "comparison"),
        roles.get("method"),
        roles.get("dataset"),
        roles.get("metric"),
        roles.get("task"),
        roles.get("baseline"),
        Evidence(text(node, "text"), index.paper(index.source.get(result_id, "")), round(confidence(node), 3)),
    )


def listed(index: Index, result_ids: Iterable[str], most: int) -> tuple[Result, ...]:
    """Results for a table: absolute ones first, by dataset and metric, the newest first."""

    def order(found: Result) -> tuple[object, ...]:
        dataset, metric = (concept.name.lower() if concept else "\uffff" for concept in (found.dataset, found.metric))
        return found.comparison != "absolute", dataset, metric, -(found.evidence.paper.year or 0), found.id

    return tuple(sorted((result(index, i) for i in result_ids), key=order)[:most])
