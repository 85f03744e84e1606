"""The command line. A command parses, calls one library function and prints; errors end here."""

from __future__ import annotations

import sys

import click

from kg.cli import logs, settings
from kg.cli.build_commands import build, extract
from kg.cli.completion import completion
from kg.cli.doctor import doctor
from kg.cli.options import flag
from kg.cli.output_commands import export, load, report, serve, site, view
from kg.cli.query_commands import ask, explain, queries, query, stats
from kg.errors import KGError, OptionsError

COMMANDS = (
    build, extract, queries, query, ask, load, export, view, report, site, serve, explain, stats, doctor, completion,
)  # fmt: skip


@click.group(
    commands={str(command.name): command for command in COMMANDS},
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: kg build papers.bib abstracts.jsonl && kg query leaderboard -p dataset=ImageNet",
)
@click.option(
    "--log-format",
    type=click.Choice(logs.FORMATS),
    default="text",
    show_default=True,
    envvar="KG_LOG_FORMAT",
    is_eager=True,
    expose_value=False,
    callback=logs.choose,
    help="Form of what is printed on standard error.",
)
@click.version_option(package_name="abstractkg", prog_name="kg")
def cli() -> None:
    """From a pile of abstracts to a knowledge graph that can be asked.

    Data goes to standard output, everything else to standard error. Exit status: 0 done,
    1 could not, 2 wrong usage, 3 with --strict if papers were skipped as broken.
    Defaults of options may stand in a file; `kg doctor` says where and what it says.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; every foreseen error becomes one line and an exit status."""
    with logs.restored():
        _run(arguments)


def _run(arguments: list[str] | None) -> None:
    try:
        defaults = settings.defaults(COMMANDS)
        sys.exit(cli.main(arguments, prog_name="kg", standalone_mode=False, default_map=defaults) or 0)
    except click.Abort:
        logs.say("kg: stopped", level="error")
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except OptionsError as error:
        message = f"kg: {flag(error.first)} {error.relation} {flag(error.second)}: {error.reason}"
        logs.say(message, level="error")
        sys.exit(2)
    except KGError as error:
        logs.say(f"kg: {error}", level="error")
        sys.exit(1)
    except KeyboardInterrupt:
        logs.say("kg: stopped", level="error")
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output, `head` for instance, has seen enough
        sys.stderr.close()
        sys.exit(0)
