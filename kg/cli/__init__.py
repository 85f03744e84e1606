"""The command line. A command parses, calls one library function and prints; errors end here."""

from __future__ import annotations

import sys

import click

from kg.cli.build_commands import build, extract
from kg.cli.options import flag
from kg.cli.output_commands import export, link, load, report, serve, site, view
from kg.cli.query_commands import ask, explain, queries, query, stats
from kg.errors import KGError, OptionsError

COMMANDS = (build, extract, queries, query, ask, load, export, link, view, report, site, serve, explain, stats)


@click.group(
    commands={str(command.name): command for command in COMMANDS},
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: kg build papers.bib abstracts.jsonl && kg query leaderboard -p dataset=ImageNet",
)
@click.version_option(package_name="abstractkg", prog_name="kg")
def cli() -> None:
    """From a pile of abstracts to a knowledge graph that can be asked.

    Data goes to standard output, everything else to standard error. Exit status: 0 done,
    1 could not, 2 wrong usage, 3 with --strict if papers were skipped as broken.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; every foreseen error becomes one line and an exit status."""
    try:
        sys.exit(cli.main(arguments, prog_name="kg", standalone_mode=False) or 0)
    except click.Abort:
        click.echo("kg: stopped", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except OptionsError as error:
        click.echo(f"kg: {flag(error.first)} {error.relation} {flag(error.second)}: {error.reason}", err=True)
        sys.exit(2)
    except KGError as error:
        click.echo(f"kg: {error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo("kg: stopped", err=True)
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output, `head` for instance, has seen enough
        sys.stderr.close()
        sys.exit(0)
