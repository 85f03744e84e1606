"""Commands that read papers: ``kg build`` and ``kg extract``."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from kg.cli.common import Command, example, progress_bars, status, store_option, told_report
from kg.errors import KGError


def _columns(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    """``field=header`` pairs as a dictionary."""
    pairs = [item.partition("=") for item in ",".join(value).split(",") if item]
    for name, equals, header in pairs:
        if not (name and equals and header):
            raise click.BadParameter(f"{name or header!r} is not FIELD=HEADER")
    return {name.strip(): header.strip() for name, _, header in pairs}


def _reading_options(command: Command) -> Command:
    for option in (
        click.argument("papers", nargs=-1, required=True, metavar="PAPERS..."),
        click.option("--extractor", default="default", show_default=True, metavar="NAME", help="Which one reads."),
        click.option("--processes", type=click.IntRange(1), metavar="N", help="How many extract. [default: as needed]"),
        click.option(
            "--columns",
            multiple=True,
            callback=_columns,
            metavar="FIELD=HEADER,...",
            help="Which column or key holds which field, where the usual names do not: abstract=Summary.",
        ),
        click.option("--strict", is_flag=True, help="Exit with 3 if papers were skipped as broken."),
    ):
        command = option(command)
    return command


@click.command(epilog=example("kg build papers.bib ~/dumps '*.jsonl.gz' --store graph"))
@_reading_options
@store_option
@click.option("--overrides", metavar="FILE", help="Names that people say are the same or different concepts.")
def build(papers: tuple[str, ...], store: str, strict: bool, **options: Any) -> int:
    """Build the graph of PAPERS into a store, or add them to it.

    PAPERS are files, folders, globs or - for standard input, in any mix of formats.
    Extraction records made elsewhere are taken as they are. What was extracted before is
    not extracted again, and a build that was killed goes on where it was.
    """
    from kg.building import build as run

    report = told_report()
    with progress_bars() as progress:
        summary = run(papers, store, report=report, progress=progress, **options)
    click.echo(
        f"{summary.read} papers read, {summary.papers} in the store: {summary.extracted} extracted now, "
        f"{summary.reused} before, {summary.given} taken as records; {summary.seconds:.1f} s",
        err=True,
    )
    if not summary.changed:
        click.echo("nothing new: the graph stands as it was", err=True)
    click.echo(holdings(summary.nodes, summary.relationships))
    return status(report, strict)


@click.command(epilog=example("kg extract abstracts.txt -o records.jsonl"))
@_reading_options
@click.option("-o", "--output", metavar="FILE", help="Where to write. [default: standard output]")
def extract(papers: tuple[str, ...], output: str | None, strict: bool, **options: Any) -> int:
    """Write one extraction record for each paper, as JSON lines."""
    from kg.building import extract as run

    report = told_report()
    with progress_bars() as progress:
        records = run(papers, report=report, progress=progress, **options)
        try:
            out = open(output, "w", encoding="utf-8") if output else sys.stdout  # noqa: SIM115  closed below
        except OSError as error:
            raise KGError(f"{output}: cannot be written ({error.strerror})") from error
        try:
            for record in records:
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
        finally:
            if output:
                out.close()
    return status(report, strict)


def holdings(nodes: dict[str, int], relationships: dict[str, int]) -> str:
    """What a graph holds, as two columns of names and counts side by side."""
    from kg import schema

    left = [(label, nodes.get(label, 0)) for label in schema.NODE_TYPES]
    right = [(name, count) for name in schema.RELATIONSHIP_TYPES if (count := relationships.get(name, 0))]
    lines = [f"{'nodes':<10}{sum(nodes.values()):>9}    {'relationships':<14}{sum(relationships.values()):>9}"]
    for row in range(max(len(left), len(right))):
        one = f"{left[row][0]:<10}{left[row][1]:>9}" if row < len(left) else " " * 19
        other = f"    {right[row][0]:<14}{right[row][1]:>9}" if row < len(right) else ""
        lines.append((one + other).rstrip())
    return "\n".join(lines)
