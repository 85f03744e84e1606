"""Defaults of options from one file, so that they need not be typed each time.

The file is TOML. A value at its top is for every command that has the option, one in a command's table is for
that command alone, and what is typed comes before both::

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
    """The defaults of each command by the names of its parameters; `KGError` for an option that there is not."""
    said = read()
    tables = {name: value for name, value in said.items() if isinstance(value, Mapping)}
    everywhere = {name: value for name, value in said.items() if name not in tables}
    names = {str(command.name): _option_names(command) for command in commands}
    _check(tables, everywhere, names)
    found: dict[str, dict[str, Any]] = {}
    for command, options in names.items():
        values = {**{n: v for n, v in everywhere.items() if n in options}, **tables.get(command, {})}
        found[command] = {options[name]: value for name, value in values.items()}
    return found


def _option_names(command: click.Command) -> dict[str, str]:
    """The names of a command's options as they are typed, without dashes, and as parameters."""
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    return {flag.lstrip("-"): str(option.name) for option in options for flag in option.opts if flag.startswith("--")}


def _check(tables: Mapping[str, Any], everywhere: Mapping[str, Any], names: Mapping[str, Mapping[str, str]]) -> None:
    for name in tables.keys() - names.keys():
        raise KGError(f"{path()}: no command is called {name!r}; there are {', '.join(names)}")
    for name in everywhere:
        if not any(name in options for options in names.values()):
            raise KGError(f"{path()}: no command has an option --{name}")
    for command, values in tables.items():
        for name in values:
            if name not in names[command]:
                raise KGError(f"{path()}: kg {command} has no option --{name}; it has {', '.join(names[command])}")
