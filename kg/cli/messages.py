"""What commands print on standard error: problems, and counts of what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.cli.logs import say
from kg.errors import Problem, Report

if TYPE_CHECKING:
    from kg.stores.neo4j_load import LoadResult


def stderr_report() -> Report:
    """A report that prints each problem on standard error as it comes."""
    return Report(on_problem=_say_problem)


def _say_problem(problem: Problem) -> None:
    say(f"kg: {problem}", file=problem.file, place=problem.place, reason=problem.reason)


def exit_status(report: Report, strict: bool) -> int:
    """The exit status that a report calls for, after printing how much was left out."""
    counts = report.counts
    parts = [
        f"{counts[name]} {one if counts[name] == 1 else many} {what}"
        for name, one, many, what in (
            ("skipped", "paper", "papers", "skipped as broken"),
            ("no abstract", "entry", "entries", "without an abstract"),
            ("disputed ids", "identifier", "identifiers", "that different papers claim"),
            ("failed files", "input", "inputs", "that could not be read"),
        )
        if counts[name]
    ]
    if parts:
        say("kg: left out: " + ", ".join(parts), **counts)
    if counts["failed files"]:
        return 1
    return 3 if strict and counts["skipped"] else 0


def holdings(nodes: Mapping[str, int], relationships: Mapping[str, int]) -> str:
    """Numbers of nodes by label and of relationships by type, side by side."""
    from kg import schema

    left = [(label, nodes.get(label, 0)) for label in schema.NODE_TYPES]
    right = [(name, count) for name in schema.RELATIONSHIP_TYPES if (count := relationships.get(name, 0))]
    lines = [f"{'nodes':<10}{sum(nodes.values()):>9}    {'relationships':<14}{sum(relationships.values()):>9}"]
    for row in range(max(len(left), len(right))):
        node = f"{left[row][0]:<10}{left[row][1]:>9}" if row < len(left) else " " * 19
        relationship = f"    {right[row][0]:<14}{right[row][1]:>9}" if row < len(right) else ""
        lines.append((node + relationship).rstrip())
    return "\n".join(lines)


def loaded(result: LoadResult) -> str:
    """What a load into Neo4j changed there, in a line."""
    line = (
        f"{result.nodes} nodes and {result.relationships} relationships in Neo4j: "
        f"{result.nodes_written} nodes and {result.relationships_written} relationships written, "
        f"{result.nodes_removed} and {result.relationships_removed} removed"
    )
    if result.nodes_released:
        line += f"; {result.nodes_released} nodes kept because of relationships that abstractkg did not load"
    return line


def would_load(result: LoadResult, held: str | None) -> str:
    """What a load into Neo4j would change there, in a line; ``held`` is the name of the graph that is there."""
    where = f"Neo4j holds the graph {held!r}" if held else "Neo4j holds no named graph"
    return (
        f"{where}; a load would write {result.nodes_written} nodes and {result.relationships_written} relationships, "
        f"and remove {result.nodes_removed} and {result.relationships_removed}"
    )
