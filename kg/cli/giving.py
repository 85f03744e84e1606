"""Commands that give the graph away: ``kg load``, ``kg export`` and ``kg view``."""

from __future__ import annotations

import click

from kg.cli.common import example, progress_bars, server, server_options, store_option
from kg.exports import FORMATS


@click.command(epilog=example("NEO4J_PASSWORD=... kg load --neo4j neo4j://localhost:7687"))
@server_options(required=True)
@store_option
def load(uri: str, user: str, password_file: str | None, database: str, store: str) -> None:
    """Put the graph into Neo4j, as a difference to what papergraph loaded there before."""
    from kg import verbs

    with server(uri, user, password_file, database) as opened, progress_bars() as progress:
        click.echo(verbs.load(opened, store=store, progress=progress), err=True)


@click.command(epilog=example("kg export graph.ttl"))
@click.argument("file")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="[default: by the suffix of FILE]")
@store_option
def export(file: str, form: str | None, store: str) -> None:
    """Write the graph to FILE, in the format of its suffix.

    .ttl .nt .nq .trig .jsonld .rdf are RDF; .graphml and .gexf are for network tools;
    .jsonl has one node or relationship a line; .cypher is a script; a folder gets CSV files.
    """
    from kg import verbs

    click.echo(verbs.export(file, store=store, format=form), err=True)


@click.command(epilog=example("kg view bert.html --about BERT --hops 2"))
@click.argument("file", default="papergraph.html")
@click.option("--about", metavar="NAME", help="Show this concept and what surrounds it.")
@click.option("--hops", type=click.IntRange(1), default=1, show_default=True, help="How far around --about.")
@click.option("--relations", metavar="TYPE,...", default="", help="Only these relationship types.")
@click.option("--min-papers", type=click.IntRange(1), default=1, show_default=True, help="Only if in so many papers.")
@click.option("--limit", type=click.IntRange(1), default=300, show_default=True, help="At most so many concepts.")
@store_option
def view(file: str, about: str | None, hops: int, relations: str, min_papers: int, limit: int, store: str) -> None:
    """Write an interactive page of the graph to FILE: one file that needs no network."""
    from kg import verbs

    chosen = [name.strip().upper() for name in relations.split(",") if name.strip()]
    choices = {"about": about, "hops": hops, "relations": chosen, "min_papers": min_papers, "limit": limit}
    click.echo(verbs.view(file, store=store, **choices), err=True)
