"""Defaults of options from one file, so that they need not be typed each time.

The file is TOML. A value at its top is for every command that has the option and takes the value, one in a command's
table is for that command alone, and what is typed comes before both::

    store = "/data/field"
    min-confidence = 0.6

    [query]
    format = "markdown"
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click

from kg.atomic import read_text
from kg.errors import KGError

VARIABLE: Final = "KG_CONFIG"
"""The environment variable that names another file."""


def path() -> Path:
    """Where the file is, whether or not there is one."""
    return Path(os.environ.get(VARIABLE) or Path(click.get_app_dir("abstractkg")) / "config.toml")


def read() -> dict[str, Any]:
    """What the file says, empty where there is none.

    `KGError` where it cannot be read or is not TOML, and where `VARIABLE` names one that there is not.
    """
    file = path()
    if not os.path.lexists(file):
        if os.environ.get(VARIABLE):
            raise KGError(f"{file}: no such file, which {VARIABLE} names")
        return {}
    try:
        return tomllib.loads(read_text(file))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise KGError(f"{file}: not TOML ({error})") from error


def defaults(commands: Sequence[click.Command]) -> dict[str, dict[str, Any]]:
    """The defaults of each command by the names of its parameters.

    `KGError` for an option that there is not, and for a value that it does not take.
    """
    said = read()
    tables = {name: value for name, value in said.items() if isinstance(value, Mapping)}
    everywhere = {name: value for name, value in said.items() if name not in tables}
    options = {str(command.name): _options(command) for command in commands}
    found: dict[str, dict[str, Any]] = {command: {} for command in options}
    for flag, value in everywhere.items():
        for command, option in _takers(flag, value, options):
            found[command][str(option.name)] = value
    for command, values in tables.items():
        if command not in options:
            raise KGError(f"{path()}: no command is called {command!r}; there are {', '.join(options)}")
        for flag, value in values.items():
            if flag not in options[command]:
                known = ", ".join(options[command])
                raise KGError(f"{path()}: kg {command} has no option --{flag}; it has {known}")
            if reason := _refused(options[command][flag], value):
                raise KGError(f"{path()}: kg {command} --{flag}: {reason}")
            found[command][str(options[command][flag].name)] = value
    return found


def _options(command: click.Command) -> dict[str, click.Option]:
    """The options of a command by the names that are typed, without dashes."""
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    return {flag.lstrip("-"): option for option in options for flag in option.opts if flag.startswith("--")}


def _takers(
    flag: str, value: Any, options: Mapping[str, Mapping[str, click.Option]]
) -> Sequence[tuple[str, click.Option]]:
    """The commands that have the option and take the value; `KGError` where none does."""
    having = [(command, known[flag]) for command, known in options.items() if flag in known]
    if not having:
        raise KGError(f"{path()}: no command has an option --{flag}")
    takers = [(command, option) for command, option in having if not _refused(option, value)]
    if not takers:
        reasons = dict.fromkeys(_refused(option, value) for _, option in having)
        raise KGError(f"{path()}: --{flag}: {'; '.join(reasons)}")
    return takers


def _refused(option: click.Option, value: Any) -> str:
    """Why an option does not take a value; empty where it does."""
    if isinstance(value, list) and not option.multiple:
        return f"{value!r} is a list, where one value is needed"
    try:
        option.type_cast_value(click.Context(click.Command(None)), value)
    except click.BadParameter as error:
        return error.message.rstrip(".")
    return ""
