"""What makes the command line pleasant: defaults from a file, completion, progress, logs as JSON, the doctor."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import small_graph
from click.shell_completion import ShellComplete

from kg.cli import cli, main, progress
from kg.cli.doctor import _lines
from kg.graph import Graph, Node
from kg.stores import folder, ladybug


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the small graph."""
    return _made(small_graph.graph(), tmp_path_factory.mktemp("comfort") / "store")


def _made(graph: Graph, path: Path) -> Path:
    """A store with a graph."""

    def write(file: Path, explanations: Path) -> None:
        ladybug.write(graph, file)
        explanations.write_text("", encoding="utf-8")

    folder.make(path).replace_graph(write, "made by hand", 0.0)
    return path


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command with ``config.toml`` of the test's folder as file of defaults."""
    (tmp_path / "config.toml").touch()
    monkeypatch.setenv("KG_CONFIG", str(tmp_path / "config.toml"))

    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


def test_defaults_come_from_the_file_and_what_is_typed_comes_first(kg: Run, store: Path, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'store = "{store}"\n[query]\nformat = "json"\n', "utf-8")
    beats = ("query", "beats", "-p", "method=BERT")
    assert json.loads(kg(*beats)[1])[0]["worse"] == "BiDAF"
    assert kg(*beats, "--format", "csv")[1].startswith("worse,")
    assert kg("stats")[0] == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stroe = 1", "no command has an option --stroe"),
        ("[qury]", "no command is called 'qury'; there are build"),
        ("[query]\nlimit = 3", "kg query has no option --limit; it has parameter"),
        ("store = ", "not TOML"),
        ('[query]\nformat = "docx"', "kg query --format: 'docx' is not one of 'table', 'csv'"),
        ('format = "docx"', "--format: 'docx' is not one of 'text', 'json'; 'docx' is not one of 'table', 'csv'"),
        ("min-confidence = 7", "--min-confidence: 7.0 is not in the range 0<=x<=1"),
        ('store = ["a", "b"]', "--store: ['a', 'b'] is a list, where one value is needed"),
    ],
)
def test_a_mistake_in_the_file_of_defaults_is_told(kg: Run, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "config.toml").write_text(text, "utf-8")
    status, _, err = kg("queries")
    assert status == 1
    assert "config.toml: " in err
    assert said in err


def test_a_default_at_the_top_is_for_the_commands_that_take_its_value(kg: Run, store: Path, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'store = "{store}"\nformat = "markdown"\n', "utf-8")
    assert kg("query", "beats", "-p", "method=BERT")[1].startswith("| worse |")
    assert kg("stats")[1].startswith("nodes "), "which has text and json"
    assert kg("export", tmp_path / "graph.ttl")[0] == 0, "where the format is that of the name"
    (tmp_path / "config.toml").write_text(f'store = "{store}"\nformat = "json"\n', "utf-8")
    assert json.loads(kg("query", "beats", "-p", "method=BERT")[1])
    assert json.loads(kg("stats")[1])["nodes"]["Paper"] == 11


def test_a_default_that_does_not_go_with_what_is_typed_is_left_out(kg: Run, store: Path, tmp_path: Path) -> None:
    (tmp_path / "about.yaml").write_text("title: Reading machines\n", "utf-8")
    (tmp_path / "config.toml").write_text(
        f'store = "{store}"\nsafe-cells = true\nhops = 2\ncolumns = ["abstract=Summary"]\n'
        f'[export]\nbase = "https://field.example/"\ncreator = "https://orcid.org/0000-0002-1825-0097"\n'
        f'metadata = "{tmp_path / "about.yaml"}"\n',
        "utf-8",
    )
    for name in ("graph.graphml", "graph.ttl", "graph.csv", "papers.trig"):
        assert kg("export", tmp_path / name, *(["--nanopub"] if name.endswith("trig") else []))[0] == 0, name
    assert "Reading machines" in (tmp_path / "graph.ttl").read_text("utf-8")
    assert "https://orcid.org/" in (tmp_path / "papers.trig").read_text("utf-8")
    assert kg("query", "beats", "-p", "method=BERT")[0] == 0, "no CSV"
    assert kg("view", tmp_path / "graph.html")[0] == 0, "no --about"
    assert kg("export", tmp_path / "x.graphml", "--base", "https://a.example/")[0] == 2, "what is typed is an error"
    assert kg("view", tmp_path / "x.html", "--hops", "2")[0] == 2


def test_a_server_by_default_is_asked_unless_another_place_is_typed(kg: Run, store: Path, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('neo4j = "bolt://127.0.0.1:9"\nuser = "ada"\n', "utf-8")
    (tmp_path / "password").write_text("secret", "utf-8")
    beats = ("query", "beats", "-p", "method=BERT", "--password-file", tmp_path / "password")
    status, _, err = kg(*beats)
    assert (status, "127.0.0.1:9" in err) == (1, True)
    assert kg(*beats, "--min-confidence", "0.7")[0] == 2, "which a server does not do"
    for here in (("--store", store), ("--store", store, "--sparql")):
        assert kg(*beats[:4], *here)[0] == 0
    assert kg("ask", "what does BERT beat?", "--store", store)[0] == 0


def test_a_file_of_defaults_that_is_not_there_is_told(kg: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_CONFIG", str(tmp_path / "other.toml"))
    assert kg("queries") == (1, "", f"kg: {tmp_path / 'other.toml'}: no such file, which KG_CONFIG names\n")


def test_doctor_says_defaults_as_the_file_does() -> None:
    said = {"store": "nowhere", "query": {"format": "markdown", "limit": 3}}
    assert list(_lines(said)) == ['store = "nowhere"', 'query.format = "markdown"', "query.limit = 3"]


def _completed(incomplete: str, *arguments: str) -> list[str]:
    shell = ShellComplete(cli, {}, "kg", "_KG_COMPLETE")
    return [item.value for item in shell.get_completions(list(arguments), incomplete)]


def test_queries_parameters_and_names_are_completed(store: Path) -> None:
    assert _completed("beaten", "query") == ["beaten-by", "beaten-on-dataset", "beaten-through-chains"]
    assert _completed("", "query", "leaderboard", "-p") == ["dataset=", "metric=", "limit="]
    at = ("query", "--store", str(store))
    assert _completed("dataset=im", *at, "leaderboard", "-p") == ["dataset=ImageNet"]
    assert _completed("method=B", *at, "beats", "-p") == ["method=BERT", "method=BiDAF"]
    assert _completed("paper=lovelace2018", *at, "paper-claims", "-p") == ["paper=lovelace2018deep"]
    assert _completed("Res", "explain", "--store", str(store)) == ["ResNet"]
    assert _completed("method=B", "query", "beats", "--store", "nowhere", "-p") == []


def _completed_by_bash(folder: Path, words: str) -> list[str]:
    """What bash itself makes of the last word."""
    (folder / "kg").write_text(f'#!/bin/sh\nexec {sys.executable} -m kg "$@"\n', "utf-8")
    (folder / "kg").chmod(0o755)
    script = f"""
        compopt() {{ :; }}  # for a completion that goes on, which this is not
        eval "$(kg completion bash)"
        [[ $COMP_WORDBREAKS == *=* ]] && echo breaks
        COMP_WORDS=({words}) COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
        _kg_completion kg
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    path = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True, env=path)
    return done.stdout.splitlines()


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_a_name_after_the_sign(store: Path, tmp_path: Path) -> None:
    """In bash itself, since it is bash that takes a word apart at the sign."""
    assert _completed_by_bash(tmp_path, f"kg query leaderboard --store {store} -p dataset=im") == ["dataset=ImageNet"]


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_a_completed_name_is_one_word_that_runs_nothing(tmp_path: Path) -> None:
    names = ["Zed two", "Zed $(touch owned)", "Zed; touch owned", "Zed*", "Zed\nfile,x", "Zed \x1b[2J", "Zed\\"]
    nodes = [Node("Method", f"method:{n}", {"name": name, "papers": 1}) for n, name in enumerate(names)]
    hostile = _made(Graph.of(nodes, ()), tmp_path / "store")
    found = _completed_by_bash(tmp_path, f"kg explain --store {hostile} Zed")
    assert found == ["Zed\\ \\$\\(touch\\ owned\\)", "Zed\\ two", "Zed\\*", "Zed\\;\\ touch\\ owned", "Zed\\\\"]


def test_logs_are_json_lines_if_wished(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("@misc{a, abstract={We propose FrobNet.}}\n@misc{b, abstract={", "utf-8")
    status, out, err = kg("--log-format", "json", "build", tmp_path / "a.bib", "--store", tmp_path / "s", "--extractor",
                          "patterns")  # fmt: skip
    rows = [json.loads(line) for line in err.splitlines()]
    assert status == 0
    assert out.startswith("nodes")
    assert rows[0]["level"] == "warning"
    assert (rows[0]["file"], rows[0]["place"]) == (str(tmp_path / "a.bib"), "line 2 (b)")
    done = next(row for row in rows if "extracted" in row)
    assert (done["level"], done["read"], done["extracted"]) == ("info", 1, 1)
    for wrong, code in ((("query", "beats", "--store", tmp_path / "s"), 1), (("build", "--frob"), 2)):
        status, _, err = kg("--log-format", "json", *wrong)
        assert status == code
        assert all({"time", "level", "message"} <= json.loads(line).keys() for line in err.splitlines())
        last = json.loads(err.splitlines()[-1])
        assert last["level"] == "error"
        assert not last["message"].startswith(("Error", "kg:"))
    assert kg("query", "beats", "--store", tmp_path / "s")[2].startswith("kg: beats needs"), "text again"


def test_long_steps_print_a_line_a_minute_off_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    times = iter([0.0, 59.0, 61.0, 100.0, 130.0, 131.0, 200.0, 200.0, 300.0, 300.0, 400.0])
    lines = progress.Lines(clock=lambda: next(times))
    for done in (0, 500, 610, 1000, 1300):
        lines.show("extract", done, 13_000)
    lines.show("read", 0, None)
    lines.show("read", 6_900_000, None)
    for step in ("write", "nodes"):
        lines.show(step, 0, 100)
        lines.show(step, 50, 100)
    assert capsys.readouterr().err.splitlines() == [
        "extract: 610 of 13000 papers, 10.0 a second, 21 min left",
        "extract: 1300 of 13000 papers, 10.0 a second, 20 min left",
        "read: 6.9 MB, 0.1 a second",
        "write: 50 of 100 pages, 0.5 a second, 2 min left",
        "nodes: 50 of 100, 0.5 a second, 2 min left",
    ]


def test_the_doctor_tells_what_there_is_and_what_is_wrong(kg: Run, store: Path, tmp_path: Path) -> None:
    status, out, _ = kg("doctor", "--store", store)
    assert status == 0
    for what in ("python", "processor", "model", "[validate]"):
        assert f"ok    {what} " in out
    assert "intact, 11 papers" in out
    assert "none; they would be in" in out
    damaged = tmp_path / "damaged"
    shutil.copytree(store, damaged)
    (damaged / "graph.lbug").write_bytes(b"x")
    status, out, _ = kg("doctor", "--store", damaged)
    assert status == 1
    assert "WRONG store " in out


def test_which_columns_a_table_leaves_out_is_said(kg: Run, store: Path) -> None:
    asked = ("query", "beats", "--store", store, "-p")
    assert kg(*asked, "method=BERT")[2] == "kg: for programs, in --format json and csv: paper, id\n"
    assert kg(*asked, "method=BERT", "--format", "csv")[2] == ""
    assert kg(*asked, "method=ResNet")[2] == "", "nothing is left out of no rows"


def test_rows_that_were_cut_are_told(kg: Run, tmp_path: Path) -> None:
    papers = [Node("Paper", f"text:{n:03}", {"abstract": "x", "year": 2000, "venue": f"V{n}"}) for n in range(101)]
    store = _made(Graph.of(papers, []), tmp_path / "store")
    query = ("query", "papers-by-venue", "-p", "venue=V", "--store", store, "--format", "csv")
    status, out, err = kg(*query)
    assert (status, len(out.splitlines()), err) == (0, 101, "kg: the first 100 rows; -p limit=N gives more\n")
    assert kg(*query, "-p", "limit=200")[2] == kg(*query, "-p", "limit=7")[2] == ""
