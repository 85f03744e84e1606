"""Commands that ask a store: ``kg queries``, ``kg query``, ``kg explain`` and ``kg stats``."""

from __future__ import annotations

import json
import shutil
import sys

import click

from kg.cli.messages import holdings
from kg.cli.options import example, server, server_options, store_option
from kg.table import FORMATS

_PLAIN_WIDTH = 120
"""How wide a table is where standard output is no terminal."""


def _parameters(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    """``key=value`` pairs as a dictionary."""
    given = {}
    for item in value:
        name, equals, text = item.partition("=")
        if not (name and equals):
            raise click.BadParameter(f"{item!r} is not KEY=VALUE")
        given[name] = text
    return given


@click.command(epilog=example("kg queries"))
@click.argument("name", required=False)
def queries(name: str | None) -> None:
    """List the saved queries: name, what it answers and parameters; with NAME, print its Cypher."""
    from kg.querying import saved as library

    if name is not None:
        click.echo(library.find(name).text)
        return
    for saved in library.load_all().values():
        click.echo(f"{saved.name}\n    {saved.answers}")
        for parameter in saved.parameters:
            default = json.dumps(parameter.default, ensure_ascii=False)
            click.echo(f"    -p {parameter.name}={default}  {parameter.type}: {parameter.meaning}")


@click.command(epilog=example("kg query leaderboard -p dataset=ImageNet"))
@click.argument("name", required=False)
@click.option("-p", "--parameter", "parameters", multiple=True, callback=_parameters, metavar="KEY=VALUE")
@click.option("--cypher", metavar="STATEMENT", help="Run this statement instead of a saved query.")
@click.option("--sparql", is_flag=True, help="Run the query's SPARQL twin, or a .rq file, on the graph as RDF.")
@click.option("--rdf", metavar="FILE", help="The same, on an RDF file that `kg export` wrote.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--safe-cells", is_flag=True, help="CSV: no text that a spreadsheet would run as a formula.")
@store_option
@server_options(required=False)
def query(
    name: str | None,
    parameters: dict[str, str],
    cypher: str | None,
    sparql: bool,
    rdf: str | None,
    form: str,
    safe_cells: bool,
    store: str,
    uri: str | None,
    user: str,
    password_file: str | None,
    database: str,
) -> None:
    """Run the saved query NAME, a .cypher or .rq file, or a statement, on a store or on Neo4j."""
    from kg import api as verbs
    from kg import table as tables
    from kg.querying import saved as library

    if (name is None) == (cypher is None):
        raise click.UsageError("give the NAME of a saved query or file, or --cypher, and not both")
    if name is not None and (sparql or rdf or name.endswith(".rq")):
        table = verbs.query_sparql(name, parameters, store=store, file=rdf)
    else:
        asked = library.from_text(cypher) if cypher is not None else library.find(str(name))
        if uri is None:
            table = verbs.query(asked, parameters, store=store)
        else:
            with server(uri, user, password_file, database) as opened:
                table = verbs.query(asked, parameters, server=opened)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _PLAIN_WIDTH
    click.echo(tables.render(table, form, width, safe_cells=safe_cells), nl=False)


@click.command(epilog=example("kg explain CNN"))
@click.argument("name")
@store_option
def explain(name: str, store: str) -> None:
    """Say why names are one concept: which forms, by which rule, from which papers."""
    from kg import api as verbs

    for line in verbs.explain(name, store=store):
        click.echo(line)


@click.command(epilog=example("kg stats --store graph"))
@store_option
def stats(store: str) -> None:
    """Say what the store holds."""
    from kg import api as verbs

    click.echo(holdings(*verbs.stats(store)))
