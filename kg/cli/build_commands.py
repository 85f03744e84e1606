"""Commands that read papers: ``kg build`` and ``kg extract``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from kg.atomic import atomic_write
from kg.cli.logs import say
from kg.cli.messages import exit_status, holdings, stderr_report
from kg.cli.options import Command, example, given, min_confidence_option, store_option, summary_format_option
from kg.cli.progress import shown_progress
from kg.errors import KGError, OptionsError

if TYPE_CHECKING:
    from kg.building.job import BuildResult


def _columns(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    """``field=header`` pairs as a dictionary."""
    pairs = [item.partition("=") for item in ",".join(value).split(",") if item]
    for name, equals, header in pairs:
        if not (name and equals and header):
            raise click.BadParameter(f"{name or header!r} is not FIELD=HEADER")
    return {name.strip(): header.strip() for name, _, header in pairs}


def _extractor_option(**default: Any) -> Callable[[Command], Command]:
    text = "Extractor to use: default, fast, patterns, an installed plug-in, or the folder of a model."
    return click.option("--extractor", metavar="NAME", help=text, **default)


_vocabulary = click.option("--vocabulary", metavar="FILE", help="File of names of one's own, with types and aliases.")


def _reading_options(command: Command) -> Command:
    for option in (
        click.option(
            "--processes",
            type=click.IntRange(1),
            metavar="N",
            help="Number of processes that extract.  [default: 1; for many papers one for each core]",
        ),
        click.option(
            "--columns",
            multiple=True,
            callback=_columns,
            metavar="FIELD=HEADER,...",
            help="Column or key of a field, where it has an unusual name: abstract=Summary.",
        ),
        click.option("--strict", is_flag=True, help="Exit with status 3 if papers were skipped as broken."),
    ):
        command = option(command)
    return command


@click.command(epilog=example("kg build papers.bib ~/dumps '*.jsonl.gz' --store graph"))
@click.argument("papers", nargs=-1, metavar="PAPERS...")
@_extractor_option(show_default="as in the build before, else default")
@_reading_options
@store_option
@click.option("--overrides", metavar="FILE", help="File of decisions about names, types and claims.")
@_vocabulary
@min_confidence_option("Leave statements and results below this confidence out of the graph, now and in later builds.")
@click.option("--on", type=click.Choice(["ray"]), help="Where to run instead of here: on a Ray cluster.")
@click.option("--address", metavar="ADDRESS", help="Address of the Ray cluster.  [default: one is started here]")
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    help="On Ray: folder or address (s3://…) of the shards; a store is then made only if --store says where.  "
    "[default: shards in the store]",
)
@summary_format_option
@click.pass_context
def build(
    context: click.Context,
    /,
    papers: tuple[str, ...],
    store: str | None,
    strict: bool,
    on: str | None,
    form: str,
    **options: Any,
) -> int:
    """Build the graph of PAPERS into a store, or add them to it.

    PAPERS are files, folders, globs or - for standard input, in any mix of formats.
    Extraction records made elsewhere are used as they are. Papers that were extracted before
    are not extracted again, and a build that was killed continues where it stopped. Without
    PAPERS, the graph is made again of the papers in the store.

    With --on ray the graph is of these PAPERS alone: docs/scale.md says how to run on a cluster.
    """
    run: Callable[..., BuildResult]
    if on is None:
        from kg.building.job import build as run

        for name in ("address", "output"):
            if options.pop(name) is not None:
                raise OptionsError(name, "needs", "on", "without it everything runs here and is kept in the store")
    else:
        from kg.distributed import build as run

        if options["output"] is not None and not given(context, "store"):
            store = None
    if not papers:
        if on is not None or store is None or not Path(store).exists():
            raise click.MissingParameter(ctx=context, param=context.command.params[0])
        if options["columns"]:
            raise OptionsError("columns", "needs", "PAPERS", "it says how to read them")
    report = stderr_report()
    with shown_progress() as progress:
        result = run(papers, store, report=report, progress=progress, **options)
    if result.rebuilt:
        click.echo(f"kg: {result.rebuilt}: rebuilt the graph from the archive", err=True)
    _say_result(result, "store" if store else "output")
    if form == "json":
        click.echo(json.dumps({field.name: getattr(result, field.name) for field in fields(result)}))
    else:
        click.echo(holdings(result.nodes, result.relationships))
    return exit_status(report, strict)


def _say_result(result: BuildResult, kept: str) -> None:
    counts = {name: getattr(result, name) for name in ("read", "papers", "extracted", "reused", "given", "failed")}
    say(
        f"{result.read} {'paper' if result.read == 1 else 'papers'} read, {result.papers} in the {kept}: "
        f"{result.extracted} extracted now, {result.reused} before, {result.given} taken as records; "
        f"{result.seconds:.1f} s",
        **counts,
        seconds=result.seconds,
    )
    if not result.changed:
        click.echo("nothing new: the graph is up to date", err=True)


def _write(records: Iterator[dict[str, Any]], out: TextIO) -> None:
    out.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


@click.command(epilog=example("kg extract abstracts.txt -o records.jsonl"))
@click.argument("papers", nargs=-1, required=True, metavar="PAPERS...")
@_extractor_option(default="default", show_default=True)
@_reading_options
@_vocabulary
@click.option("-o", "--output", metavar="FILE", help="File to write.  [default: standard output]")
def extract(papers: tuple[str, ...], output: str | None, strict: bool, **options: Any) -> int:
    """Write one extraction record for each paper, as JSON lines."""
    from kg.building.extraction import extract as run

    report = stderr_report()
    with shown_progress() as progress:
        records = run(papers, report=report, progress=progress, **options)
        if output is None:
            _write(records, sys.stdout)
        else:
            try:
                with atomic_write(Path(output)) as temporary, temporary.open("w", encoding="utf-8") as out:
                    _write(records, out)
            except OSError as error:
                raise KGError(f"{output}: cannot be written ({error.strerror})") from error
    return exit_status(report, strict)
