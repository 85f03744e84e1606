"""``kg serve``, ``kg site`` and ``kg report`` as a user calls them, on a store of a graph made by hand."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
import yaml
from small_graph import graph

import kg
from kg.cli import main
from kg.errors import how_to_install
from kg.stores import folder, ladybug

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = folder.make(tmp_path_factory.mktemp("web") / "store")

    def write(graph_path: Path, explanations_path: Path) -> None:
        ladybug.write(graph(), graph_path)
        explanations_path.write_text("")

    made.replace_graph(write, "by hand", 0.0)
    return made.folder


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """The exit status of a command, and what it printed."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0), *capsys.readouterr()


def test_a_report_is_markdown_on_standard_output(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "report", "QA", "--store", store)
    assert (status, err) == (0, "")
    assert out.startswith("# question answering\n\nTask in 3 papers, 2018–2019. Also written QA.\n")
    assert "**BERT**, used for question answering (1 paper)\n\n> BERT answers questions.\n" in out
    assert "## Who beats whom" in out
    assert out == kg.report("question answering", store=store)


def test_a_report_as_html_is_one_file(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "qa.html"
    assert run(capsys, "report", "QA", "-o", file, "--store", store) == (0, "", f"{file}: what the graph knows of QA\n")
    text = file.read_text("utf-8")
    assert "<h1>question answering</h1>" in text
    assert "<script" not in text
    assert "http" not in text.replace("http-equiv", "")
    status, _, err = run(capsys, "report", "QA", "-o", tmp_path / "qa.pdf", "--store", store)
    assert (status, ".html or .md" in err) == (2, True)
    status, _, err = run(capsys, "report", "QAA", "--store", store)
    assert (status, err.count("\n"), err.startswith("kg: unknown concept 'QAA'")) == (1, 1, True)


def test_a_minimum_confidence_leaves_out_what_is_below(store: Path) -> None:
    assert "ALBERT beats RoBERTa." in kg.report("RoBERTa", store=store)
    assert "ALBERT beats RoBERTa." not in kg.report("RoBERTa", store=store, min_confidence=0.5)


def test_a_site_is_written_and_said_so(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "site", tmp_path / "public", "--store", store)
    assert (status, out) == (0, "")
    pages = len(list((tmp_path / "public").rglob("*.html")))
    assert err == f"{tmp_path / 'public'}: {pages} pages; open {tmp_path / 'public' / 'index.html'} in a browser\n"


def test_a_graph_is_served_until_it_is_stopped(store: Path) -> None:
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--store", str(store)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as program:
        assert program.stderr is not None
        said = program.stderr.readline()
        address = said.removeprefix(f"{store}: ").removesuffix(" (stop with Ctrl-C)\n")
        assert address.startswith("http://127.0.0.1:"), said
        with urllib.request.urlopen(address + "api/concepts/BERT") as answer:
            assert b"BERT beats BiDAF on SQuAD." in answer.read()
        program.send_signal(signal.SIGINT)
        assert program.wait(60) == 0
        assert program.stderr.read() == ""


def test_what_the_compose_file_starts_is_healthy_until_it_is_stopped(store: Path) -> None:
    """Its own command and its own check, but for the port and the place of the store."""
    serve = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]["serve"]
    kg, *arguments = [{"8000": "0", "/store/graph": str(store)}.get(word, word) for word in serve["command"]]
    shell, python, *check = serve["healthcheck"]["test"]
    assert (kg, shell, python) == ("kg", "CMD", "python")
    with subprocess.Popen([sys.executable, "-m", kg, *arguments], stderr=subprocess.PIPE, text=True) as program:
        assert program.stderr is not None
        port = re.search(r":(\d+)/", program.stderr.readline())
        assert port is not None
        checked = [sys.executable, *(word.replace(":8000/", f":{port[1]}/") for word in check)]
        assert subprocess.run(checked, check=False).returncode == 0
        program.send_signal(signal.SIGTERM)
        program.wait(60)
    assert subprocess.run(checked, check=False, stderr=subprocess.DEVNULL).returncode != 0


def test_what_is_not_installed_is_named(store: Path) -> None:
    script = (
        "import sys; sys.modules['fastapi'] = None; from kg.cli import main; main(['serve', '--store', sys.argv[1]])"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(store)], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == f"kg: fastapi is not installed; {how_to_install('serve')}\n"
