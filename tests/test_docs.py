"""The documents are true: their commands exist, and their figures are those of the model card."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
import yaml

from kg.cli import cli
from kg.querying import saved
from kg.querying.favourites import favourite, write_favourites

ROOT = Path(__file__).parent.parent
FOLDERS = (
    ROOT,
    ROOT / "docs",
    ROOT / "benchmarks",
    ROOT / "examples",
    ROOT / "extractors",
    ROOT / "kg" / "exports" / "rdf",
)
DOCUMENTS = sorted(path for folder in FOLDERS for path in folder.glob("*.md"))
MENTIONED = {"kg query --cypher"}
"""What names an option in a sentence, and is no whole command."""
_FENCED = re.compile(r"```\w*\n(.*?)```", re.DOTALL)
_COMMAND = re.compile(r"^(?:    |\t)?(?:\$ )?(kg [a-z]+(?: .*)?)$|`(kg [a-z]+ [^`…|]+)`", re.MULTILINE)


def parses(command: str) -> None:
    """A command line that `kg` takes; nothing is run."""
    name, *arguments = shlex.split(command)[1:]
    cli.commands[name].make_context(name, arguments, **cli.context_settings)


def commands() -> list[str]:
    """Every command line in the documents, on a line of its own or in a sentence."""
    found = (match[1] or match[2] for path in DOCUMENTS for match in _COMMAND.finditer(path.read_text("utf-8")))
    return sorted({re.sub(r"\s+[#|>] .*", "", text) for text in found} - MENTIONED)


@pytest.mark.parametrize("command", commands())
def test_a_documented_command_is_one_that_kg_takes(command: str) -> None:
    parses(command)


def test_the_compose_file_is_well_formed_and_its_commands_exist() -> None:
    found = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    services = found["services"]
    assert set(services) == {"build", "serve", "neo4j"}
    parses(shlex.join(services["serve"]["command"]))
    for command in services["build"]["command"][-1].split(" && "):
        parses(command)
    for name, service in services.items():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ())), "on this machine only"
        for other, wanted in service.get("depends_on", {}).items():
            assert wanted["condition"] != "service_healthy" or "healthcheck" in services[other], (name, other)
        named = {volume.split(":")[0] for volume in service.get("volumes", ())} - {"${PAPERS"}
        assert named <= found["volumes"].keys(), name
        assert "build" not in service or (ROOT / service["build"] / "Dockerfile").is_file()


def test_the_dockerfile_installs_what_the_compose_file_starts() -> None:
    copied, installed = (ROOT / "Dockerfile").read_text("utf-8").splitlines()[1:]
    assert copied == "COPY . /src"
    (constraints, extra) = re.findall(r"/src/(\S+) '/src\[(\w+)\]'", installed)[0]
    assert (ROOT / constraints).is_file()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert any(line.startswith("fastapi") for line in project["project"]["optional-dependencies"][extra])
    left_out = (ROOT / ".dockerignore").read_text("utf-8").split()
    needed = ("kg", "extractors", "queries", "pyproject.toml", "README.md", "LICENSE", "hatch_build.py", constraints)
    assert not {*left_out} & {*needed}


def test_the_limits_state_the_figures_of_the_model_card() -> None:
    card = (ROOT / "extractors" / "models" / "default" / "MODEL_CARD.md").read_text("utf-8")
    limits = (ROOT / "docs" / "limits.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| ([\w ]+) \| ((?:[\d.]+ \| )+[\d.]+) \|$", card, re.MULTILINE))
    precision, recall, f1, annotators = (float(cell) for cell in rows["relations"].split(" | "))
    assert f"precision of {precision:.3f} and a recall of {recall:.3f} (F1 {f1:.3f})" in limits
    assert f"annotators agree at {annotators}" in " ".join(limits.split())
    mentions, metrics = (float(rows[name].split(" | ")[2]) for name in ("mentions", "mentions Metric"))
    assert f"F1 of {mentions:.3f}; metrics are the weakest ({metrics:.3f})" in limits


def test_the_query_in_the_guide_is_a_saved_query() -> None:
    (block,) = (b for b in _FENCED.findall((ROOT / "docs" / "extending.md").read_text("utf-8")) if b.startswith("// "))
    query = saved.parse(block, "my.cypher", declared=True)
    assert [p.name for p in query.parameters] == ["limit"]


def test_every_saved_query_becomes_a_favourite_with_its_title_and_values(tmp_path: Path) -> None:
    files = write_favourites(tmp_path / "favourites")
    assert [file.stem for file in files] == list(saved.load_all())
    text = favourite(saved.load_all()["beats"])
    assert text.startswith("// What a method beats\n")
    assert ":param method => 'BERT';\n" in text
    assert text.endswith("LIMIT $limit;\n")
