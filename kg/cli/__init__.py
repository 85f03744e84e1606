"""The command line. A command parses, calls one library function and prints; errors end here."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress
from typing import Any, Final

import click

from kg.cli import logs, settings
from kg.cli.build_commands import build, extract
from kg.cli.completion import completion
from kg.cli.doctor import doctor
from kg.cli.options import flag
from kg.cli.output_commands import export, link, load, mcp, report, serve, site, view
from kg.cli.query_commands import ask, explain, queries, query, stats
from kg.errors import KGError, OptionsError

COMMANDS = (
    build, extract, queries, query, ask, load, export, link, view, report, site, serve, mcp, explain, stats, doctor,
    completion,
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


class _Terminated(BaseException):
    """SIGTERM, which ends what is going on as Ctrl-C does, so that nothing half-done is left behind."""


def _terminate(number: int, frame: object) -> None:
    raise _Terminated


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; every foreseen error becomes one line and an exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    # Nothing here needs its threads, and where they cannot be started it sends SIGINT, as if Ctrl-C had been pressed.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _terminate)
    with logs.restored():
        status = _status(given)
    sys.exit(status)


def _status(arguments: list[str]) -> int:
    """Run a command, print what kept it from its end, and return the exit status."""
    try:
        status = _run(arguments, settings.defaults(COMMANDS))
        if sys.stdout is not None:
            sys.stdout.flush()  # here, where it can be told that it failed
        return status
    except (click.Abort, KeyboardInterrupt) as stop:
        return _failed(_stopped(arguments, stop.__cause__ or stop), 130)  # click raises its Abort from the signal's
    except _Terminated as stop:
        return _failed(_stopped(arguments, stop), 143)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except OptionsError as error:
        return _failed(f"{flag(error.first)} {error.relation} {flag(error.second)}: {error.reason}", 2)
    except KGError as error:
        return _failed(str(error))
    except BrokenPipeError:  # the reader of our output, `head` for instance, has seen enough
        _write_no_more()
        return 0
    except OSError as error:
        _write_no_more()
        return _failed(f"{error.filename or 'output'}: {error.strerror or error}")
    except MemoryError:
        return _failed("not enough memory")
    except RuntimeError as error:
        if "can't start new thread" not in str(error):
            raise
        return _failed("the system allows no further thread or process (see `ulimit -u`)")


def _run(arguments: list[str], defaults: dict[str, dict[str, Any]]) -> int:
    """Run a command; a default from the file that does not go with the other options is left out."""
    while True:
        try:
            return int(cli.main(arguments, prog_name="kg", standalone_mode=False, default_map=defaults) or 0)
        except OptionsError as error:
            own = defaults.get(_command(arguments), {})
            left_out = next((name for name in (error.first, error.second) if name in own), None)
            if left_out is None:
                raise
            del own[left_out]


def _command(arguments: list[str]) -> str:
    """The name of the command that is run, empty where there is none."""
    return next((name for name in arguments if name in cli.commands), "")


def _failed(reason: str, status: int = 1) -> int:
    with suppress(OSError):  # nobody can be told
        logs.say(f"kg: {reason}", level="error")
    return status


def _stopped(arguments: list[str], stop: BaseException) -> str:
    """What a command that was stopped leaves behind, and how to go on; a build notes how much on what stopped it."""
    command = _command(arguments)
    if command not in _KEPT or "--dry-run" in arguments:
        return "stopped; nothing was changed"
    kept = next(iter(getattr(stop, "__notes__", ())), _KEPT[command])
    return f"stopped; {kept}, run the same command again to go on"


_KEPT: Final = {"build": "what was extracted is kept", "load": "what was loaded is kept"}


def _write_no_more() -> None:
    """Have what is still buffered for standard output go nowhere, or Python would fail with it once more."""
    with suppress(OSError, ValueError, AttributeError):  # closed, or never there
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
