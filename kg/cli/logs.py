"""What commands print on standard error as JSON lines, for programs that collect logs."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Final, TextIO, cast

import click

from kg.table import printable

FORMATS: Final = ("text", "json")


class JsonLines(io.TextIOBase):
    """A stream that writes each line of text as one JSON object with ``time``, ``level`` and ``message``."""

    def __init__(self, out: TextIO) -> None:
        self._out, self._begun = out, ""

    def writable(self) -> bool:
        """Always true."""
        return True

    def write(self, text: str) -> int:
        """Write the lines that are complete."""
        *lines, self._begun = (self._begun + text).split("\n")
        for line in filter(str.strip, lines):
            self.entry(line)
        return len(text)

    def flush(self) -> None:
        """Write out what was written."""
        self._out.flush()

    def entry(self, text: str, **fields: Any) -> None:
        """Write one object, with further fields."""
        level = "error" if text.startswith("Error: ") else "warning" if text.startswith("kg: ") else "info"
        said = {"level": level, "message": text.removeprefix("kg: ").removeprefix("Error: "), **fields}
        row = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), **said}
        self._out.write(json.dumps(row, ensure_ascii=False) + "\n")
        self._out.flush()

    def finish(self) -> None:
        """Write what came without the end of its line."""
        if self._begun.strip():
            self.entry(self._begun)
        self._begun = ""


class Terminal:
    """A terminal that shows text of papers, and is not controlled by it; for the rest the stream itself."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, text: str) -> int:
        """Write a text without control characters, but its lines and tabs."""
        if not isinstance(text, str):
            raise TypeError("a terminal takes text")
        self._out.write(printable(text, keep="\n\t"))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._out, name)


def say(text: str, **fields: Any) -> None:
    """Print a line on standard error; ``fields`` are for programs alone."""
    if isinstance(sys.stderr, JsonLines):
        sys.stderr.entry(text, **fields)
    else:
        click.echo(printable(text), err=True)


def choose(_context: click.Context, _option: click.Parameter, form: str) -> str:
    """Let standard error take the form that ``--log-format`` names."""
    if form == "json" and not isinstance(sys.stderr, JsonLines):
        sys.stderr = JsonLines(sys.stderr)
    return form


@contextlib.contextmanager
def restored() -> Iterator[None]:
    """Standard output and error as they were before, afterwards; a terminal is kept from what would control it."""
    before, output = sys.stderr, sys.stdout
    if output is not None and output.isatty():
        sys.stdout = cast(TextIO, Terminal(output))
    try:
        yield
    finally:
        sys.stdout = output
        if isinstance(sys.stderr, JsonLines):
            sys.stderr.finish()
            sys.stderr = before
