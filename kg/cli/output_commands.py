"""Commands that bring the graph elsewhere: ``kg load``, ``export``, ``view``, ``site``, ``report`` and ``serve``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from kg.atomic import atomic_write
from kg.cli.completion import concepts
from kg.cli.messages import loaded, would_load
from kg.cli.options import example, min_confidence_option, server, server_options, store_option
from kg.cli.progress import shown_progress
from kg.errors import KGError, OptionsError
from kg.exports import FORMATS, RDF, VOCABULARY, format_of
from kg.viewer import ARRANGEMENTS, LIMIT, MOST, PICTURES

_min_confidence = min_confidence_option("Leave out statements and results below this confidence.")


@click.command(epilog=example("NEO4J_PASSWORD=... kg load --neo4j neo4j://localhost:7687"))
@server_options(required=True)
@click.option("--name", metavar="NAME", help="Name of the graph there.  [default: the path of the store]")
@click.option("--replace", is_flag=True, help="Put it in the place of a graph of another name.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@_min_confidence
@store_option
def load(
    uri: str,
    user: str,
    password_file: str | None,
    database: str,
    dry_run: bool,
    **options: Any,
) -> None:
    """Put the graph into Neo4j, writing only what differs from what was loaded before.

    Other data in the database is left alone, and so is a graph of another name, unless --replace is given.
    """
    from kg import api

    with server(uri, user, password_file, database) as opened, shown_progress() as progress:
        result = api.load(opened, dry_run=dry_run, progress=progress, **options)
        held = opened.held() if dry_run else None
    click.echo(would_load(result, held) if dry_run else loaded(result), err=True)


@click.command(epilog=example("kg link --to cso.ttl -o links.ttl"))
@click.option("--to", "vocabulary", required=True, metavar="FILE", help="SKOS or OWL vocabulary, in any form of RDF.")
@click.option("-o", "--output", metavar="FILE", help="Turtle file to write the links to.")
@click.option(
    "--decisions", metavar="FILE", help="File of links that are exact, close or none; the store remembers it."
)
@click.option("--base", metavar="IRI", help="What the IRIs of the graph begin with in the Turtle file.")
@click.option("--unmatched", metavar="FILE", help="File to write the vocabulary's concepts without a match to.")
@store_option
def link(
    vocabulary: str, output: str | None, decisions: str | None, base: str | None, unmatched: str | None, store: str
) -> None:
    """Match the concepts to those of a vocabulary, by names, other names and what lies beside them.

    Each link is skos:exactMatch or skos:closeMatch, with confidence and reason. The store keeps
    them, and `kg query` takes the vocabulary's names from then on.
    """
    from kg import api

    links = api.link(vocabulary, output, store=store, decisions=decisions, base=base)
    for one in links:
        click.echo(f"{one.concept}\t{one.kind}\t{one.confidence}\t{one.iri}\t{one.reason}")
    exact = sum(one.kind == "exact" for one in links)
    if unmatched is not None:
        lines = ("\t".join((term.iri, term.name, *term.others)) + "\n" for term in links.unmatched)
        _write(unmatched, "".join(lines))
    left = f"{len(links.unmatched)} concepts of the vocabulary have no match"
    click.echo(f"{exact} exact and {len(links) - exact} close matches; {left}", err=True)


def _write(file: str, text: str) -> None:
    try:
        with atomic_write(Path(file)) as temporary:
            temporary.write_text(text, encoding="utf-8")
    except OSError as error:
        raise KGError(f"{file}: cannot be written ({error.strerror})") from error


@click.command(epilog=example("kg export graph.ttl"))
@click.argument("file")
@click.option("--format", type=click.Choice(list(FORMATS)), help="Format to write.  [default: by the suffix of FILE]")
@click.option("--base", metavar="IRI", help="RDF: what the IRIs of the graph begin with.")
@click.option("--rdf12", is_flag=True, help="RDF: statements as RDF 1.2 triple terms.")
@click.option("--nanopub", is_flag=True, help="RDF: each statement as a nanopublication (.trig, .nq, .jsonld).")
@click.option("--creator", metavar="IRI", help="Nanopublications: who publishes them.")
@click.option("--created", metavar="TIME", help="Nanopublications: when, as 2026-01-31T12:00:00Z.")
@click.option(
    "--metadata",
    metavar="FILE",
    help="RDF: who publishes it, as YAML or JSON with title, description, license, publisher, creator, issued, "
    "modified, version, homepage.",
)
@click.option("--safe-cells", is_flag=True, help="CSV: no text that a spreadsheet would run as a formula.")
@click.option("--validate", is_flag=True, help="RDF: check the SHACL shapes first, and write only what conforms.")
@_min_confidence
@store_option
def export(
    file: str, format: str | None, store: str, validate: bool, min_confidence: float | None, **options: Any
) -> int:
    """Write the graph to FILE, in the format of its suffix.

    .ttl .nt .nq .trig .jsonld .rdf are RDF; .graphml and .gexf are for network tools;
    .jsonl has one node or relationship a line; .cypher is a script; a folder gets CSV files.
    """
    from kg import api

    if validate:
        if (name := format_of(file, format)) not in RDF:
            raise OptionsError("validate", "cannot be used with", f"format {name}", "only RDF has shapes")
        violations = api.validate(store=store, base=options["base"], min_confidence=min_confidence)
        for violation in violations:
            click.echo(f"kg: {violation}", err=True)
        if violations:
            click.echo(f"kg: {len(violations)} violations; {file} was not written", err=True)
            return 1
    result = api.export(file, store=store, format=format, min_confidence=min_confidence, **options)
    checked = ", which conforms to the shapes" if validate else ""
    content = f"{result.nodes} nodes and {result.relationships} relationships as {result.format}{checked}"
    click.echo(f"{file}: {result.format if result.format in VOCABULARY else content}", err=True)
    return 0


def _years(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """First and last year of ``2018-2022``, ``2018-``, ``-2022`` or ``2020``."""
    if value is None:
        return None
    match = re.fullmatch(r"(\d{4})(-)?|(\d{4})?-(\d{4})", value)
    if not match:
        raise click.BadParameter(f"{value!r} is not like 2018-2022, 2018-, -2022 or 2020")
    only, dash, first, last = match.groups()
    years = int(only or first or 0), int(last or (9999 if dash else only))
    if years[0] > years[1]:
        raise click.BadParameter(f"{value!r} ends before it begins")
    return years


def _relations(_context: click.Context, _option: click.Parameter, value: str | None) -> list[str] | None:
    """Relationship types separated by commas, in capitals."""
    if value is None:
        return None
    names = [name.strip().upper() for name in value.split(",") if name.strip()]
    if not names:
        raise click.BadParameter(f"{value!r} names no relationship type")
    return names


@click.command(epilog=example("kg view bert.html --about BERT --hops 2"))
@click.argument("file", default="abstractkg.html")
@click.option("--picture", type=click.Choice(list(PICTURES)), default="graph", show_default=True, help="What to draw.")
@click.option(
    "--about",
    metavar="NAME",
    shell_complete=concepts,
    help="Show this concept and its neighbours; for a lineage or results: whose.",
)
@click.option("--hops", type=click.IntRange(1), help="Distance from --about to show.  [default: 1; in a lineage 3]")
@click.option("--task", metavar="NAME", help="Only what papers that mention this task say.")
@click.option("--relations", metavar="TYPE,...", callback=_relations, help="Only these relationship types.")
@click.option("--years", metavar="FROM-TO", callback=_years, help="Only what papers of these years say.")
@click.option("--min-papers", type=click.IntRange(1), help="Only concepts that so many papers mention.  [default: 1]")
@click.option("--limit", type=click.IntRange(1, MOST), help=f"Largest number of concepts.  [default: {LIMIT}]")
@click.option(
    "--arrange",
    type=click.Choice(ARRANGEMENTS),
    help="Concepts near what they are named with, or in the column of the year of their first paper.  [default: near]",
)
@click.option("--papers", is_flag=True, help="Papers as nodes, too, joined to what they introduce and are about.")
@_min_confidence
@store_option
def view(file: str, store: str, **options: Any) -> None:
    """Draw the graph in FILE: one file that needs no network.

    The picture is the graph's main concepts; or the lineage of a method (--about), the results on a
    dataset (--about), or a heat map of methods by datasets (--task). FILE ends in .html for an
    interactive page or in .svg for an image.
    """
    from kg import api

    click.echo(f"{file}: {api.view(file, store=store, **options).summary}", err=True)


@click.command(epilog=example("kg site public --store field"))
@click.argument("folder", metavar="DIR")
@_min_confidence
@store_option
def site(folder: str, min_confidence: float | None, store: str) -> None:
    """Write the graph into DIR as a web site that needs no server: leaderboards, concepts and papers, with search.

    An earlier site in DIR is replaced. The site works from any web server, and from a file.
    """
    from kg import api

    with shown_progress() as progress:
        result = api.site(folder, store=store, min_confidence=min_confidence, progress=progress)
    click.echo(f"{folder}: {result.pages} pages; open {result.path / 'index.html'} in a browser", err=True)


@click.command(epilog=example('kg report "question answering" -o qa.html'))
@click.argument("topic", shell_complete=concepts)
@click.option("-o", "--output", metavar="FILE", help="File to write: .html or .md.  [default: Markdown, on stdout]")
@_min_confidence
@store_option
def report(topic: str, output: str | None, min_confidence: float | None, store: str) -> None:
    """Say on one page what the graph knows of TOPIC, a concept, with the sentence behind each line.

    What it is, its main methods, data sets, metrics and results, who beats whom, what is rising, and what to read.
    """
    from kg import api

    formats = {".html": "html", ".md": "markdown"}
    suffix = Path(output).suffix.lower() if output is not None else ".md"
    if suffix not in formats:
        raise click.BadParameter(f"{output!r} does not end in {' or '.join(formats)}", param_hint="--output")
    text = api.report(topic, store=store, format=formats[suffix], min_confidence=min_confidence)
    if output is None:
        click.echo(text, nl=False)
        return
    _write(output, text)
    click.echo(f"{output}: what the graph knows of {topic}", err=True)


@click.command(epilog=example("kg serve --store field"))
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 for a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@_min_confidence
@store_option
def serve(port: int, host: str, min_confidence: float | None, store: str) -> None:
    """Show the graph in a browser: search, concepts, papers, leaderboards, questions, and a JSON API.

    It is for reading only, and asks nothing of the network. Stop it with Ctrl-C.
    """
    from kg import api

    def ready(address: str) -> None:
        click.echo(f"{store}: {address} (stop with Ctrl-C)", err=True)

    api.serve(store=store, host=host, port=port, min_confidence=min_confidence, ready=ready)


@click.command(epilog=example("kg mcp --store field"))
@_min_confidence
@store_option
def mcp(min_confidence: float | None, store: str) -> None:
    """Answer a client of the Model Context Protocol on standard input and output.

    Saved questions, questions in plain words, concepts, papers and evidence are its tools, for reading only.
    """
    from kg import api

    api.mcp(store=store, min_confidence=min_confidence)
