"""Options that several commands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from kg.atomic import read_text
from kg.errors import KGError
from kg.stores.folder import DEFAULT

if TYPE_CHECKING:
    from kg.stores.neo4j import Neo4jGraph

Command = TypeVar("Command", bound=Callable[..., Any])

store_option = click.option(
    "--store", default=DEFAULT, show_default=True, metavar="DIR", help="The store: a folder made by `kg build`."
)


summary_format_option = click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="Form of the counts on standard output.",
)


def example(text: str) -> str:
    """The last line of a command's help."""
    return f"Example: {text}"


_FLAGS = {"server": "--neo4j"}


def flag(name: str) -> str:
    """How a parameter of the library is called on the command line; arguments are in capitals."""
    return name if name.isupper() else _FLAGS.get(name) or "--" + name.replace("_", "-")


def given(context: click.Context, name: str) -> bool:
    """Whether an option was typed on the command line, rather than set by default or environment."""
    return context.get_parameter_source(name) is ParameterSource.COMMANDLINE


def min_confidence_option(text: str) -> Callable[[Command], Command]:
    """``--min-confidence``, a number from 0 to 1."""
    return click.option("--min-confidence", type=click.FloatRange(0, 1), metavar="X", help=text)


def server_options(required: bool) -> Callable[[Command], Command]:
    """The options that name a Neo4j server."""
    shown: dict[str, Any] = {"default": "neo4j", "show_default": True, "show_envvar": True, "metavar": "NAME"}
    password = "File with the password.  [default: the variable NEO4J_PASSWORD, else a prompt]"
    address = "Address of the server: neo4j://, neo4j+s://, bolt:// or bolt+s://."

    def add(command: Command) -> Command:
        for option in (
            click.option("--database", envvar="NEO4J_DATABASE", help="Name of the database.", **shown),
            click.option("--password-file", metavar="FILE", help=password),
            click.option("--user", envvar="NEO4J_USERNAME", help="Name of the user.", **shown),
            click.option("--neo4j", "uri", required=required, metavar="URI", help=address),
        ):
            command = option(command)
        return command

    return add


def server(uri: str, user: str, password_file: str | None, database: str) -> Neo4jGraph:
    """A Neo4j server, with the password from a file, the environment or a prompt: never from the command line.

    `KGError` where it is in neither and nobody is there to be asked.
    """
    from kg.stores.neo4j import Neo4jGraph

    if password_file is not None:
        password = read_text(password_file).rstrip("\n")
    else:
        known = os.environ.get("NEO4J_PASSWORD")
        if known is None and not sys.stdin.isatty():
            raise KGError("Neo4j needs a password: set NEO4J_PASSWORD, or give --password-file")
        password = known if known is not None else click.prompt("Neo4j password", hide_input=True, err=True)
    return Neo4jGraph(uri, user, password, database)
