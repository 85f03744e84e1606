"""Write the golden files again: ``python tests/golden/update.py``, after a change that is meant to change them."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from pathlib import Path

import click

import kg
from extractors.pipeline import REVISION
from kg.cli import COMMANDS, cli

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"
GRAPH = HERE / "graph.jsonl"
RECORDS = HERE / "records.json"
REFERENCE = HERE.parents[1] / "docs" / "command-line.md"


def records() -> dict[str, object]:
    """Which revision of the extraction code gives which records of the examples, as a digest."""
    digest = hashlib.sha256()
    for row in kg.extract([EXAMPLES], extractor="patterns"):
        # A fingerprint of data and libraries, paths of this machine, and what is the input's, not the extraction's.
        for name in ("extractor", "source", "key", "ids"):
            row.pop(name, None)
        digest.update(json.dumps(row, sort_keys=True).encode())
    return {"revision": REVISION, "sha256": digest.hexdigest()}


def graph() -> str:
    """The graph of the examples by the patterns extractor, as JSON lines."""
    with tempfile.TemporaryDirectory() as folder:
        store, file = Path(folder, "store"), Path(folder, "graph.jsonl")
        kg.build([EXAMPLES], store, extractor="patterns")
        kg.export(file, store=store)
        text = file.read_text("utf-8").replace(f"{EXAMPLES}/", "")
        return re.sub(r', "extractor": "patterns \d[^"]*"', "", text)  # the fingerprint of data and libraries, again


def reference() -> str:
    """The help of every command, as a document."""
    parts = ["# Command line\n\nWhat `kg COMMAND --help` prints; made by `python tests/golden/update.py`.\n"]
    for command in COMMANDS:
        context = click.Context(command, info_name=f"kg {command.name}", terminal_width=100, **cli.context_settings)
        parts.append(f"## kg {command.name}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    GRAPH.write_text(graph(), "utf-8")
    REFERENCE.write_text(reference(), "utf-8")
    RECORDS.write_text(json.dumps(records()) + "\n", "utf-8")
