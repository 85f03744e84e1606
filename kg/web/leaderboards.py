"""Leaderboards, as the saved queries ``leaderboards``, ``leaderboard`` and ``progress`` give them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from kg.web import results
from kg.web.data import Board, Concept, Leaderboards, Ranking, Result
from kg.web.index import Index

_ALL: Final = 1_000_000
"""More rows than any leaderboard has: pages show all of them."""


def _board(index: Index, row: dict[str, Any]) -> Board:
    return Board(
        index.concept(row["dataset_id"]),
        index.concept(row["metric_id"]),
        row["better"] or "",
        row["methods"],
        row["results"],
        row["papers"],
        row["first_year"],
        row["latest_year"],
        _best(index, row["dataset_id"], row["metric_id"], row["better"] or ""),
    )


def _best(index: Index, dataset_id: str, metric_id: str, better: str) -> Result | None:
    """The first row of a leaderboard, without asking for all of it."""
    sign = -1 if better == "lower" else 1
    of_metric = (i for i in index.results_of[dataset_id] if index.roles[i].get("metric") == metric_id)
    found = [results.result(index, i) for i in of_metric if "method" in index.roles[i]]
    ranked = [r for r in found if r.number is not None and r.comparison == "absolute"]
    return min(ranked, key=lambda r: (-sign * (r.number or 0), r.method.name if r.method else "", r.id), default=None)


def of_concept(index: Index, concept_id: str) -> tuple[Board, ...]:
    """The leaderboards of a dataset, by a metric, or of a task's benchmarks; none for a method."""
    wanted = {concept_id}
    if index.nodes[concept_id].label == "Task":
        wanted = {rel.start for rel in index.statements[concept_id] if rel.type == "BENCHMARK_FOR"}
    return tuple(b for b in all_boards(index) if not wanted.isdisjoint((b.dataset.id, b.metric.id)))


def all_boards(index: Index) -> tuple[Board, ...]:
    """Which leaderboards there are, those with most methods first; they are asked for once."""
    if index.boards is None:
        rows = index.run("leaderboards", {"limit": _ALL}).dicts()
        index.boards = tuple(_board(index, row) for row in rows)
    return index.boards


def of_dataset(index: Index, dataset_id: str) -> Leaderboards:
    """The leaderboards of a dataset, the one with most results first."""
    found = index.run("leaderboard", {"dataset": dataset_id, "limit": _ALL}).dicts()
    rows = [row for row in found if row["dataset_id"] == dataset_id]
    versions = {row["dataset_id"]: None for row in found if row["dataset_id"] != dataset_id}
    steps = index.run("progress", {"dataset": dataset_id}).dicts()
    by_metric: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_metric.setdefault(row["metric"], []).append(row)
    first = _first_reports(index, dataset_id)
    rankings = [_ranking(index, metric, of_metric, steps, first) for metric, of_metric in by_metric.items()]
    rankings.sort(key=lambda ranking: (-len(ranking.results), ranking.metric.name))
    return Leaderboards(index.concept(dataset_id), tuple(rankings), tuple(map(index.concept, versions)))


def _first_reports(index: Index, dataset_id: str) -> Mapping[str, str]:
    """For each result on a dataset the same one in the earliest paper: later papers repeat it."""

    def age(result_id: str) -> tuple[int, str]:
        return index.paper(index.source.get(result_id, "")).year or 9999, result_id

    same: dict[object, list[str]] = defaultdict(list)
    for result_id in index.results_of[dataset_id]:
        node, roles = index.nodes[result_id], index.roles[result_id]
        key = (roles.get("method"), roles.get("metric"), *map(node.properties.get, ("number", "comparison")))
        same[key].append(result_id)
    return {result_id: min(ids, key=age) for ids in same.values() for result_id in ids}


def _ranking(
    index: Index,
    metric: str,
    rows: list[dict[str, Any]],
    steps: list[dict[str, Any]],
    first: Mapping[str, str],
) -> Ranking:
    """The leaderboard by a metric: the rows of ``leaderboard``, each as the earliest paper reports it."""
    found = tuple(results.result(index, first.get(row["result"], row["result"])) for row in rows)
    better = rows[0]["better"] or ""
    records = _records([step for step in steps if step["metric"] == metric], better)
    return Ranking(_metric(found[0], metric), better, found, tuple(first.get(record, record) for record in records))


def _metric(first: Result, name: str) -> Concept:
    return first.metric or Concept("", name, "Metric", 0)


def _records(steps: list[dict[str, Any]], better: str) -> tuple[str, ...]:
    """Ids of the best results of the years that were better than those of all years before."""
    sign = -1 if better == "lower" else 1
    best: float | None = None
    found = []
    for step in sorted(steps, key=lambda step: int(step["year"])):
        quality = sign * float(step["number"])
        if best is None or quality > best:
            best = quality
            found.append(str(step["result"]))
    return tuple(found)
