"""Commands that ask a store: ``kg queries``, ``kg query``, ``kg ask``, ``kg explain`` and ``kg stats``."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import click

from kg.cli.completion import Completed, concepts, parameters, query_names
from kg.cli.messages import holdings
from kg.cli.options import (
    example,
    given,
    min_confidence_option,
    server,
    server_options,
    store_option,
    summary_format_option,
)
from kg.errors import OptionsError
from kg.table import FORMATS, Table

if TYPE_CHECKING:
    from kg.querying.saved import SavedQuery

_PLAIN_WIDTH: Final = 120
"""The width of a table where standard output is not a terminal."""


def _parameters(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    """``key=value`` pairs as a dictionary."""
    found: dict[str, str] = {}
    for item in value:
        name, equals, text = item.partition("=")
        if not (name and equals):
            raise click.BadParameter(f"{item!r} is not KEY=VALUE")
        if name in found:
            raise click.BadParameter(f"{name!r} is given twice")
        found[name] = text
    return found


@click.command(epilog=example("kg queries"))
@click.argument("name", required=False, shell_complete=query_names)
@click.option("--favourites", metavar="DIR", help="Write all of them into DIR, as favourites of Neo4j Browser.")
def queries(name: str | None, favourites: str | None) -> None:
    """List the saved queries with what they answer and their parameters; with NAME, print its Cypher."""
    from kg.querying import saved
    from kg.querying.favourites import write_favourites

    if favourites is not None:
        click.echo(f"{favourites}: {len(write_favourites(favourites))} favourites", err=True)
        return
    if name is not None:
        click.echo(saved.find(name).text)
        return
    for query in saved.load_all().values():
        click.echo(f"{query.name}\n    {query.answers}")
        for parameter in query.parameters:
            default = json.dumps(parameter.default, ensure_ascii=False)
            needed = " (needed; the value here is an example)" if parameter.needed else ""
            click.echo(f"    -p {parameter.name}={default}  {parameter.type}: {parameter.meaning}{needed}")


@click.command(cls=Completed, epilog=example("kg query leaderboard -p dataset=ImageNet"))
@click.argument("name", required=False, shell_complete=query_names)
@click.option(
    "-p",
    "--parameter",
    "parameters",
    multiple=True,
    callback=_parameters,
    shell_complete=parameters,
    metavar="KEY=VALUE",
    help="Value of a parameter of the query.",
)
@click.option("--cypher", metavar="STATEMENT", help="Run this statement instead of a saved query.")
@click.option("--sparql", is_flag=True, help="Run the SPARQL version of the query, on the graph as RDF.")
@click.option("--rdf", metavar="FILE", help="Run the SPARQL version on an RDF file that `kg export` wrote.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="Format of the rows.",
)
@click.option("--safe-cells", is_flag=True, help="CSV: no text that a spreadsheet would run as a formula.")
@min_confidence_option("Leave out statements and results below this confidence.")
@store_option
@server_options(required=False)
@click.pass_context
def query(
    context: click.Context,
    /,
    name: str | None,
    parameters: dict[str, str],
    cypher: str | None,
    sparql: bool,
    rdf: str | None,
    form: str,
    safe_cells: bool,
    min_confidence: float | None,
    store: str,
    uri: str | None,
    user: str,
    password_file: str | None,
    database: str,
) -> None:
    """Run the saved query NAME, a .cypher or .rq file, or a statement, on a store or on Neo4j."""
    from kg import api
    from kg.querying import saved

    uri = _address(context)
    chosen = _check_options(context, uri)
    asked: saved.SavedQuery | str = str(name)
    if not chosen & {"sparql", "rdf"}:
        asked = saved.from_text(cypher) if cypher is not None else saved.find(str(name))
    if uri is None:
        place = store if rdf is None else None
        rows = api.query(asked, parameters, store=place, rdf=rdf, sparql=sparql, min_confidence=min_confidence)
    else:
        with server(uri, user, password_file, database) as opened:
            rows = api.query(asked, parameters, server=opened)
    _print_rows(rows, form, safe_cells=safe_cells)
    if isinstance(asked, saved.SavedQuery):
        _say_where_cut(rows, asked, parameters)


def _address(context: click.Context) -> str | None:
    """The server to ask; none where it is only a default, and what is typed says to ask elsewhere."""
    elsewhere = any(given(context, name) for name in ("store", "rdf", "sparql"))
    elsewhere = elsewhere or str(context.params.get("name")).endswith(".rq")
    address: str | None = context.params["uri"]
    return None if elsewhere and not given(context, "uri") else address


def _check_options(context: click.Context, uri: str | None) -> set[str]:
    """The options that decide where a query runs and how; `OptionsError` where they contradict each other."""
    from kg.querying.ask import check_options

    if given(context, "name") and given(context, "cypher"):
        raise OptionsError("NAME", "cannot be used with", "cypher", "one query at a time")
    if not (given(context, "name") or given(context, "cypher")):
        raise click.UsageError("give the NAME of a saved query or of a file, or --cypher")
    chosen = {name for name in ("cypher", "sparql", "rdf", "store", "min_confidence") if given(context, name)}
    if str(context.params["name"]).endswith(".rq"):
        chosen.add("sparql")
    if uri is not None:
        chosen.add("server")
    check_options(chosen)
    _check_server_options(context, uri)
    return chosen


def _check_server_options(context: click.Context, uri: str | None) -> None:
    for name in ("user", "password_file", "database"):
        if given(context, name) and uri is None:
            raise OptionsError(name, "needs", "server", "the address of the server")


@click.command(epilog=example('kg ask "what beats BERT on SQuAD?"'))
@click.argument("question", nargs=-1, required=True)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="Format of the rows."
)
@store_option
@server_options(required=False)
@click.pass_context
def ask(
    context: click.Context,
    /,
    question: tuple[str, ...],
    form: str,
    store: str,
    uri: str | None,
    user: str,
    password_file: str | None,
    database: str,
) -> None:
    """Answer QUESTION, in plain words, by the saved query that comes nearest to it.

    Which query that is, and the next best ones, is said on standard error. Where it finds nothing, the nearest one that
    does is named, and in a table its rows follow.
    """
    from kg import api
    from kg.querying.ask import check_options
    from kg.querying.questions.answer import NOTHING

    uri = _address(context)
    check_options({name for name, so in (("store", given(context, "store")), ("server", uri is not None)) if so})
    _check_server_options(context, uri)
    text = " ".join(question)
    if uri is None:
        answer = api.ask(text, store=store)
    else:
        with server(uri, user, password_file, database) as opened:
            answer = api.ask(text, server=opened)
    click.echo(f"{answer.asked.query.title}: {answer.asked.command()}", err=True)
    if answer.ignored:
        click.echo(f"not understood: {', '.join(answer.ignored)}", err=True)
    for taken in answer.taken:
        click.echo(taken, err=True)
    _print_rows(answer.rows, form)
    _say_where_cut(answer.rows, answer.asked.query, answer.asked.parameters)
    if not answer.rows.rows:
        click.echo(NOTHING, err=True)
    if answer.instead:
        offer, count = answer.instead.offer, len(answer.instead.rows.rows)
        found = "1 row" if count == 1 else f"{count} rows"
        click.echo(f"instead, with {found}: {offer.query.title}: {offer.command()}", err=True)
        if form == "table":
            _print_rows(answer.instead.rows, form)
    for offer in answer.others:
        click.echo(f"or: {offer.query.title}: {offer.command()}", err=True)


def _say_where_cut(rows: Table, query: SavedQuery, given: Mapping[str, object]) -> None:
    """Say that there may be more rows than the query gives unless told."""
    most = next((p.default for p in query.parameters if p.name == "limit" and p.name not in given), None)
    if len(rows.rows) == most:
        click.echo(f"kg: the first {most} rows; -p limit=N gives more", err=True)


def _print_rows(rows: Table, form: str, *, safe_cells: bool = False) -> None:
    from kg import table

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _PLAIN_WIDTH
    click.echo(table.render(rows, form, width, safe_cells=safe_cells), nl=False)
    if rows.rows and rows.ids and form in table.READABLE_FORMATS:
        click.echo(f"kg: for programs, in --format json and csv: {', '.join(rows.ids)}", err=True)


@click.command(epilog=example("kg explain CNN"))
@click.argument("name", shell_complete=concepts)
@store_option
def explain(name: str, store: str) -> None:
    """Say why names are one concept: which forms, by which rule, from which papers."""
    from kg import api
    from kg.assembly import describe

    for explanation in api.explain(name, store=store):
        for line in describe(explanation):
            click.echo(line)


@click.command(epilog=example("kg stats --store graph"))
@store_option
@summary_format_option
def stats(store: str, form: str) -> None:
    """Count the nodes and relationships of a store's graph."""
    from kg import api

    found = api.stats(store)
    if form == "json":
        click.echo(json.dumps({"nodes": found.nodes, "relationships": found.relationships}))
    else:
        click.echo(holdings(found.nodes, found.relationships))
