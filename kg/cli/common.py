"""What the commands share: options, progress on a terminal, the words about what was skipped."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.errors import KGError, Report
from kg.stores.folder import DEFAULT

if TYPE_CHECKING:
    from kg.stores.neo4j import Neo4jGraph

Command = TypeVar("Command", bound=Callable[..., Any])

store_option = click.option(
    "--store", default=DEFAULT, show_default=True, metavar="DIR", help="The store, a folder made by `kg build`."
)


def example(text: str) -> str:
    """The end of a command's help: how it is used."""
    return f"Example: {text}"


def told_report() -> Report:
    """A report that says each problem on standard error as it comes."""
    return Report(on_problem=lambda problem: click.echo(f"kg: {problem}", err=True))


def status(report: Report, strict: bool) -> int:
    """Say how much was left out, and give the exit status that this makes."""
    counts = report.counts
    words = [
        f"{counts[name]} {text}"
        for name, text in (
            ("skipped", "papers skipped as broken"),
            ("no abstract", "entries without an abstract"),
            ("disputed ids", "identifiers that different papers claim"),
            ("failed files", "inputs that could not be read"),
        )
        if counts[name]
    ]
    if words:
        click.echo("kg: left out: " + ", ".join(words), err=True)
    if counts["failed files"]:
        return 1
    return 3 if strict and counts["skipped"] else 0


@contextmanager
def progress_bars() -> Iterator[Callable[[str, int, int | None], None] | None]:
    """A function that shows how far each step is, on a terminal; None elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    bars: dict[str, Any] = {}

    def show(step: str, done: int, total: int | None) -> None:
        if step not in bars:
            for bar in bars.values():
                bar.close()
            unit = {"unit": "B", "unit_scale": True} if step == "read" else {"unit": " papers"}
            bars[step] = tqdm(total=total, desc=step, file=sys.stderr, leave=False, **unit)
        bars[step].total = total
        bars[step].n = done
        bars[step].refresh()

    try:
        yield show
    finally:
        for bar in bars.values():
            bar.close()


def server_options(required: bool) -> Callable[[Command], Command]:
    """The options that name a Neo4j server."""
    shown: dict[str, Any] = {"default": "neo4j", "show_default": True, "show_envvar": True, "metavar": "NAME"}
    password = "File that holds the password; else NEO4J_PASSWORD is taken, else asked for."
    address = "Address: neo4j://, neo4j+s://, bolt:// or bolt+s://."

    def add(command: Command) -> Command:
        for option in (
            click.option("--database", envvar="NEO4J_DATABASE", **shown),
            click.option("--password-file", metavar="FILE", help=password),
            click.option("--user", envvar="NEO4J_USERNAME", **shown),
            click.option("--neo4j", "uri", required=required, metavar="URI", help=address),
        ):
            command = option(command)
        return command

    return add


def server(uri: str, user: str, password_file: str | None, database: str) -> Neo4jGraph:
    """A Neo4j server, with the password from a file, the environment or a prompt: never from the command line."""
    from kg.stores.neo4j import Neo4jGraph

    if password_file is not None:
        try:
            with open(password_file, encoding="utf-8") as opened:
                password = opened.read().rstrip("\r\n")
        except OSError as error:
            raise KGError(f"{password_file}: cannot be read ({error.strerror})") from error
    else:
        known = os.environ.get("NEO4J_PASSWORD")
        password = known if known is not None else click.prompt("Neo4j password", hide_input=True, err=True)
    return Neo4jGraph(uri, user, password, database)
