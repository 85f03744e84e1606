"""spaCy is loaded without its command line, which is there for who asks for it."""

import subprocess
import sys


def _run(script: str) -> str:
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()


def test_extraction_does_not_load_the_command_line_of_spacy() -> None:
    script = """
import sys
import extractors
record = extractors.load("patterns").extract("1", None, "We train BERT on SQuAD.")
print(len(record.entities), *sorted({"spacy", "spacy.cli", "spacy.cli.info", "typer", "weasel"} & set(sys.modules)))
"""
    assert _run(script) == "2 spacy"


def test_the_command_line_of_spacy_is_imported_when_it_is_asked_for() -> None:
    script = """
from extractors.document.loading import load_spacy
load_spacy()
import spacy
print(spacy.info(silent=True)["spacy_version"] == spacy.__version__)
import spacy.cli.info
print(spacy.cli.app.info.name, spacy.cli.info.__module__)
"""
    assert _run(script).splitlines() == ["True", "spacy spacy.cli.info"]


def test_another_version_of_spacy_may_take_more_from_its_command_line() -> None:
    script = """
import sys
from extractors.document.loading import _Later
sys.modules["spacy.cli"], sys.modules["spacy.cli.info"] = _Later("spacy.cli"), _Later("spacy.cli.info")
import spacy
from spacy.cli import download
print(download.__module__)
"""
    assert _run(script) == "spacy.cli.download"


def test_spacy_that_is_imported_already_stays_as_it_is() -> None:
    script = """
import sys, spacy
before = dict(sys.modules)
from extractors.document.loading import load_spacy
load_spacy()
print(all(sys.modules[name] is module for name, module in before.items()))
"""
    assert _run(script) == "True"
