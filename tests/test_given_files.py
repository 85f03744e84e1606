"""Files that a person gives beside papers: no pipe, device or bomb among them hangs a command or fills the memory."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli import cli
from kg.errors import KGError
from kg.linking import read_links, read_vocabulary
from kg.querying.sparql import open_file

EXAMPLES = Path(__file__).parents[1] / "examples"
COMMANDS = {
    "overrides": "build --overrides {file} --store {store}",
    "own names": "build --vocabulary {file} --store {store}",
    "a vocabulary": "link --to {file}.ttl --store {store}",
    "decisions": "link --to words.ttl --decisions {file} --store {store}",
    "metadata": "export out.ttl --metadata {file} --store {store}",
    "Cypher": "query {file}.cypher --store {store}",
    "SPARQL": "query {file}.rq --store {store}",
    "RDF": "query popular --rdf {file}.ttl",
    "a password": "load --neo4j bolt://localhost:1 --password-file {file} --store {store}",
}
WORDS = '<urn:a> <http://www.w3.org/2004/02/skos/core#prefLabel> "BERT" .\n'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("given") / "store"
    kg.build(EXAMPLES / "graphs.txt", store, extractor="patterns")
    return store


KINDS = ("a named pipe", "a device", "a folder")
HANGS = 60
"""Seconds after which a command is said to wait for what it was given."""
RUN = """
import contextlib, io, json, os, signal, sys
from kg.cli import main

def hangs(number, frame):
    raise TimeoutError("it waits")

signal.signal(signal.SIGALRM, hangs)
for folder, arguments in json.load(sys.stdin):
    os.chdir(folder)
    signal.alarm({hangs})
    status, told = None, io.StringIO()
    try:
        with contextlib.redirect_stderr(told):
            main(arguments)
    except SystemExit as ended:
        status = ended.code
    except TimeoutError as error:
        told.write(str(error))
    signal.alarm(0)
    print(json.dumps([status, told.getvalue()]))
"""


@pytest.fixture(scope="module")
def told(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], tuple[int | None, str]]:
    """What each command says of each kind of thing that is no file: its status (None where it hung) and its errors.

    All of them run in one process of their own, in which a signal ends what hangs.
    """
    cases = [(command, kind) for command in COMMANDS for kind in KINDS]
    calls = []
    for command, kind in cases:
        folder = tmp_path_factory.mktemp("given")
        put(kind, folder)
        calls.append((str(folder), COMMANDS[command].format(file="given", store=built).split()))
    program = [sys.executable, "-c", RUN.replace("{hangs}", str(HANGS))]
    done = subprocess.run(program, input=json.dumps(calls), capture_output=True, text=True, check=True, timeout=900)
    results = map(json.loads, done.stdout.splitlines())
    return {case: (status, errors) for case, (status, errors) in zip(cases, results, strict=True)}


def put(kind: str, folder: Path) -> None:
    """Put it where the commands look for their files."""
    (folder / "words.ttl").write_text(WORDS)
    for name in ("given", "given.ttl", "given.cypher", "given.rq"):
        path = folder / name
        if kind == "a named pipe":
            os.mkfifo(path)
        elif kind == "a device":
            path.symlink_to("/dev/zero")
        else:
            path.mkdir()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_no_file_is_named_and_not_waited_for(
    command: str, kind: str, told: dict[tuple[str, str], tuple[int | None, str]]
) -> None:
    status, errors = told[command, kind]
    assert status == 1, errors
    assert f"{kind}, not a file" in errors
    assert len(errors.splitlines()) == 1


def test_settings_that_are_no_file_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "config.toml")
    monkeypatch.setenv("KG_CONFIG", str(tmp_path / "config.toml"))
    done = subprocess.run([sys.executable, "-m", "kg", "stats"], capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert "a named pipe, not a file" in done.stderr


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="no such streams on this system")
def test_what_a_shell_passes_as_a_stream_is_read_once_and_remembered(built: Path, tmp_path: Path) -> None:
    """It was read twice, and what the store remembered was empty."""
    store = shutil.copytree(built, tmp_path / "store")
    line = "Method\\tGateNet\\tGate\\n"
    command = f"{sys.executable} -m kg build --vocabulary <(printf '{line}') --store {store}"
    subprocess.run(["bash", "-c", command], check=True, capture_output=True)
    assert (store / "vocabulary.tsv").read_text() == "Method\tGateNet\tGate\n"


def bomb(inner: str) -> str:
    """RDF/XML whose one name is an entity."""
    return (
        f"<!DOCTYPE r [{inner}]>"
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:s="http://www.w3.org/2004/02/skos/core#"><rdf:Description rdf:about="urn:x">'
        "<s:prefLabel>&a9;</s:prefLabel></rdf:Description></rdf:RDF>"
    )


LAUGHS = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "inner",
    [LAUGHS, LAUGHS.replace("&a", "&#38;a"), f'<!ENTITY a9 "{"ha" * 50_000}">'],
    ids=["laughs", "hidden laughs", "long"],
)
def test_entities_that_unpack_to_far_more_are_refused(inner: str, tmp_path: Path) -> None:
    path = tmp_path / "words.rdf"
    path.write_text(bomb(inner))
    for read in (read_vocabulary, open_file):
        with pytest.raises(KGError, match=r"the entity 'a\d' is made of others, or long"):
            read(path)


def test_entities_that_abbreviate_are_read(tmp_path: Path) -> None:
    path = tmp_path / "words.rdf"
    path.write_text(bomb('<!ENTITY a9 "BERT">'))
    assert read_vocabulary(path)["urn:x"].name == "BERT"


def test_nothing_outside_of_a_file_is_read_for_it(tmp_path: Path) -> None:
    """Neither a context of JSON-LD from the network nor an entity from the disk."""
    context = tmp_path / "words.jsonld"
    context.write_text('{"@context": "http://127.0.0.1:9/c.jsonld", "@id": "urn:x", "prefLabel": "BERT"}')
    with pytest.raises(KGError, match="not JSON-LD"):
        read_vocabulary(context)
    secret, entity = tmp_path / "secret", tmp_path / "words.rdf"
    secret.write_text("a-secret")
    entity.write_text(bomb(f'<!ENTITY a9 SYSTEM "{secret.as_uri()}">'))
    with pytest.raises(KGError, match="not RDF/XML") as caught:
        read_vocabulary(entity)
    assert "a-secret" not in str(caught.value)


@pytest.mark.parametrize("content", [b"\xff\n", b'{"concept": []}\n', b"[1]\n", b'{"iri": "urn:x"\n'])
def test_damaged_links_are_named(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "links.jsonl"
    path.write_bytes(content)
    with pytest.raises(KGError, match=r"links\.jsonl"):
        read_links(path)


def test_a_report_appears_whole_or_not_at_all(built: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_text("old")
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 1; {sys.executable} -m kg report GCN -o {target} --store {built}"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert target.read_text() == "old"
    assert CliRunner().invoke(cli, ["report", "GCN", "-o", str(target), "--store", str(built)]).exit_code == 0
    assert target.read_text().startswith("<!doctype html>".upper()) or target.read_text().startswith("<!doctype html>")
