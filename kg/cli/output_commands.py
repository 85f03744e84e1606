"""Commands that give the graph away: ``kg load``, ``kg export`` and ``kg view``."""

from __future__ import annotations

import re
from typing import Any

import click

from kg.cli.messages import progress_bars
from kg.cli.options import example, server, server_options, store_option
from kg.exports import FORMATS
from kg.viewer import LIMIT, MOST, PICTURES


@click.command(epilog=example("NEO4J_PASSWORD=... kg load --neo4j neo4j://localhost:7687"))
@server_options(required=True)
@store_option
def load(uri: str, user: str, password_file: str | None, database: str, store: str) -> None:
    """Put the graph into Neo4j, as a difference to what abstractkg loaded there before."""
    from kg import api as verbs

    with server(uri, user, password_file, database) as opened, progress_bars() as progress:
        click.echo(verbs.load(opened, store=store, progress=progress), err=True)


@click.command(epilog=example("kg export graph.ttl"))
@click.argument("file")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="[default: by the suffix of FILE]")
@click.option("--base", metavar="IRI", help="RDF: where IRIs live, one's own place.")
@click.option("--rdf12", is_flag=True, help="RDF: statements as RDF 1.2 triple terms.")
@click.option("--nanopub", is_flag=True, help="RDF: each statement as a nanopublication (.trig, .nq, .jsonld).")
@click.option("--creator", metavar="IRI", help="Nanopublications: who publishes them.")
@click.option("--created", metavar="TIME", help="Nanopublications: when, as 2026-01-31T12:00:00Z.")
@click.option("--safe-cells", is_flag=True, help="CSV: no text that a spreadsheet would run as a formula.")
@click.option("--validate", is_flag=True, help="RDF: check against the SHACL shapes first; write only what conforms.")
@store_option
def export(file: str, form: str | None, store: str, validate: bool, base: str | None, **options: Any) -> int:
    """Write the graph to FILE, in the format of its suffix.

    .ttl .nt .nq .trig .jsonld .rdf are RDF; .graphml and .gexf are for network tools;
    .jsonl has one node or relationship a line; .cypher is a script; a folder gets CSV files.
    """
    from kg import api as verbs

    asked = {name: value for name, value in {"base": base, **options}.items() if value}
    if validate:
        violations = verbs.validate(store=store, base=base)
        for violation in violations:
            click.echo(f"kg: {violation}", err=True)
        if violations:
            click.echo(f"kg: {len(violations)} violations; {file} is not written", err=True)
            return 1
    click.echo(verbs.export(file, store=store, format=form, **asked), err=True)
    return 0


def _years(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """First and last year of ``2018-2022``, ``2018-``, ``-2022`` or ``2020``."""
    if value is None:
        return None
    match = re.fullmatch(r"(\d{4})(-)?|(\d{4})?-(\d{4})", value)
    if not match:
        raise click.BadParameter(f"{value!r} is not like 2018-2022, 2018-, -2022 or 2020")
    only, dash, first, last = match.groups()
    return int(only or first or 0), int(last or (9999 if dash else only))


@click.command(epilog=example("kg view bert.html --about BERT --hops 2"))
@click.argument("file", default="abstractkg.html")
@click.option("--picture", type=click.Choice(PICTURES), default="graph", show_default=True, help="What to draw.")
@click.option("--about", metavar="NAME", help="Show this concept and what surrounds it.")
@click.option("--hops", type=click.IntRange(1), help="How far around --about.  [default: 1; in a lineage 3]")
@click.option("--task", metavar="NAME", help="Only what papers that mention this task say.")
@click.option("--relations", metavar="TYPE,...", default="", help="Only these relationship types.")
@click.option("--years", metavar="FROM-TO", callback=_years, help="Only what papers of these years say.")
@click.option("--min-papers", type=click.IntRange(1), default=1, show_default=True, help="Only if in so many papers.")
@click.option("--limit", type=click.IntRange(1, MOST), default=LIMIT, show_default=True, help="Most concepts to show.")
@store_option
def view(file: str, relations: str, store: str, **choices: Any) -> None:
    """Write a picture of the graph to FILE: one file that needs no network.

    The picture is an interactive page of the graph; or the lineage of a method (--about), the
    results on a dataset (--about), or a heatmap of methods by datasets (--task), each as a page
    or, where FILE ends in .svg, as a bare image.
    """
    from kg import api as verbs

    chosen = [name.strip().upper() for name in relations.split(",") if name.strip()]
    click.echo(verbs.view(file, store=store, relations=chosen, **choices), err=True)
