"""The graph as tools of a Model Context Protocol server, asked by a real client over standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, TextContent

import kg

EXAMPLES = Path(__file__).parents[1] / "examples"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mcp") / "graph"
    kg.build([EXAMPLES], folder, extractor="patterns")
    return folder


def parameters(store: Path) -> StdioServerParameters:
    return StdioServerParameters(command=sys.executable, args=["-m", "kg", "mcp", "--store", str(store)])


def call(store: Path, *calls: tuple[str, Mapping[str, Any]]) -> list[CallToolResult]:
    """What the tools answer, all in one session."""

    async def session() -> list[CallToolResult]:
        async with Client(parameters(store)) as client:
            return [await client.call_tool(name, dict(arguments)) for name, arguments in calls]

    return anyio.run(session)


def said(result: CallToolResult) -> Any:
    """The structured answer."""
    assert not result.is_error, result.content
    assert result.structured_content is not None
    return result.structured_content.get("result", result.structured_content)


def test_every_tool_is_described_and_only_reads(store: Path) -> None:
    async def session() -> Any:
        async with Client(parameters(store)) as client:
            return (await client.list_tools()).tools, client.instructions

    tools, instructions = anyio.run(session)
    names = {tool.name for tool in tools}
    assert names == {"ask", "search", "concept", "evidence", "paper", "leaderboard", "questions", "question"}
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools)
    assert "cite the sentence" in instructions


def test_answers_come_with_the_sentence_that_says_so(store: Path) -> None:
    asked, card, joining = call(
        store,
        ("ask", {"question": "what beats ELMo"}),
        ("concept", {"name": "bert"}),
        ("evidence", {"first": "BERT", "second": "ELMo"}),
    )
    rows = said(asked)["rows"]
    sentence = rows["columns"].index("sentence")
    assert any("BERT" in row[sentence] and "ELMo" in row[sentence] for row in rows["rows"])
    assert said(card)["concept"]["name"] == "BERT"
    (claim,) = said(joining)
    assert (claim["relation"], claim["subject"]["name"]) == ("OUTPERFORMS", "BERT")
    assert "ELMo" in claim["evidence"][0]["sentence"]
    assert claim["evidence"][0]["paper"]["title"]


def test_saved_questions_are_listed_and_run_with_names_as_people_write_them(store: Path) -> None:
    listed, board, paper = call(
        store,
        ("questions", {}),
        ("question", {"name": "datasets-of-method", "parameters": {"method": "bert"}}),
        ("search", {"name": "BERT"}),
    )
    assert {"leaderboard", "beats"} <= {question["name"] for question in said(listed)}
    assert said(board)["rows"]
    assert said(paper)[0]["name"] == "BERT"


def test_what_cannot_be_answered_is_said_in_a_line(store: Path) -> None:
    unknown, missing, no_query = call(
        store,
        ("concept", {"name": "BRET"}),
        ("question", {"name": "leaderboard"}),
        ("question", {"name": "leaderbord"}),
    )
    texts = [result.content[0] for result in (unknown, missing, no_query)]
    assert all(result.is_error for result in (unknown, missing, no_query))
    lines = [content.text for content in texts if isinstance(content, TextContent)]
    assert "unknown concept 'BRET'; did you mean" in lines[0]
    assert "leaderboard needs dataset" in lines[1]
    assert "did you mean leaderboard" in lines[2]


def test_hostile_arguments_read_no_file_and_do_not_hang(store: Path, tmp_path: Path) -> None:
    (tmp_path / "own.cypher").write_text("MATCH (n) RETURN count(*) AS secret\n")
    found = call(
        store,
        ("question", {"name": str(tmp_path / "own.cypher")}),
        ("question", {"name": "/etc/passwd"}),
        ("question", {"name": "MATCH (n) RETURN n"}),
        ("question", {"name": "popular", "parameters": {"limit": "9" * 30}}),
        ("ask", {"question": "x" * 100_000}),
        ("search", {"name": "a", "limit": -1}),
        ("search", {"name": "a", "limit": 10**30}),
        ("concept", {"name": "../../etc/passwd"}),
    )
    assert all(result.is_error for result in found)
    assert not any("secret" in str(result.content) or "root:" in str(result.content) for result in found)


def test_a_store_that_is_none_is_one_line_on_standard_error(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "mcp", "--store", str(tmp_path / "none")]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("kg: ")
    assert done.stderr.count("\n") == 1


def test_a_client_that_goes_away_ends_the_server(store: Path) -> None:
    command = [sys.executable, "-m", "kg", "mcp", "--store", str(store)]
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    line = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello})
    done = subprocess.run(command, input=line + "\n", capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout.splitlines()[0])["result"]["serverInfo"]["name"] == "abstractkg"
