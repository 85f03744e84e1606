"""The served graph: its API keeps to its OpenAPI schema, it can only be read, and text of papers stays text."""

from __future__ import annotations

import csv
import io
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest
from fastapi.testclient import TestClient
from test_web_site import Links
from web_index import GRAPHS, QUOTE, SCRIPT, opened

from kg.errors import KGError
from kg.querying import saved
from kg.web import pages, server
from kg.web.index import Index


@pytest.fixture(scope="module", params=GRAPHS)
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with opened(GRAPHS[request.param](), tmp_path_factory.mktemp("store")) as found:
        yield found


@pytest.fixture(scope="module")
def client(index: Index) -> TestClient:
    return TestClient(server.create_app(index), base_url="http://localhost")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with opened(GRAPHS["small"](), tmp_path_factory.mktemp("small")) as found:
        yield TestClient(server.create_app(found), base_url="http://localhost")


def checked(client: TestClient, path: str, address: str, status: int = 200) -> Any:
    """The JSON at an address, which has to be what the schema says of the path and the status."""
    answer = client.get(address)
    assert answer.status_code == status, f"{address}: {answer.text}"
    api = client.get("/api/openapi.json").json()
    told = api["paths"][path]["get"]["responses"][str(status)]["content"]["application/json"]["schema"]
    validator = jsonschema.Draft202012Validator({**told, "components": api["components"]})
    validator.validate(answer.json())
    return answer.json()


def test_every_answer_is_what_the_openapi_schema_says(client: TestClient, index: Index) -> None:
    checked(client, "/api/overview", "/api/overview")
    checked(client, "/api/search", "/api/search?q=e&limit=7")
    checked(client, "/api/leaderboards", "/api/leaderboards")
    checked(client, "/api/questions", "/api/questions")
    for node in index.graph.nodes:
        if node.label == "Paper":
            checked(client, "/api/papers/{name}", f"/api/papers/{quote(node.id, safe='')}")
        elif node.label != "Result":
            checked(client, "/api/concepts/{name}", f"/api/concepts/{quote(node.id, safe='')}")
            checked(client, "/api/report", f"/api/report?topic={quote(node.id, safe='')}")
    for board in checked(client, "/api/leaderboards", "/api/leaderboards"):
        checked(client, "/api/leaderboards/{dataset}", f"/api/leaderboards/{quote(board['dataset']['id'], safe='')}")


def test_every_saved_question_is_answered(small: TestClient) -> None:
    for form in checked(small, "/api/questions", "/api/questions"):
        given = "&".join(f"{p['name']}={quote(p['example'])}" for p in form["parameters"] if p["needed"])
        rows = checked(small, "/api/questions/{name}", f"/api/questions/{form['name']}?{given}")
        page = small.get(f"/question/{form['name']}.html?{given}")
        assert page.status_code == 200
        assert f"{len(rows['rows'])} row" in page.text


def test_answers_are_those_of_the_library(small: TestClient) -> None:
    rows = checked(small, "/api/questions/{name}", "/api/questions/beaten-by?method=bert")
    assert [row[rows["columns"].index("better")] for row in rows["rows"]] == ["RoBERTa", "XLNet"]
    asked = checked(small, "/api/ask", "/api/ask?q=what+beats+BERT")
    assert asked["asked"]["question"] == "beaten-by"
    assert asked["rows"]["rows"] == rows["rows"]
    card = checked(small, "/api/concepts/{name}", "/api/concepts/Bidirectional%20attention%20flow")
    assert card["concept"]["id"] == "method:bidaf"


def test_what_is_wrong_is_said_in_a_line(small: TestClient) -> None:
    said = checked(small, "/api/concepts/{name}", "/api/concepts/BRET", 404)
    assert said == {"detail": "unknown concept 'BRET'; did you mean 'BERT' or 'ALBERT' or 'DistilBERT'?"} or (
        said["detail"].startswith("unknown concept 'BRET'; did you mean 'BERT'")
    )
    assert checked(small, "/api/questions/{name}", "/api/questions/beats", 400) == {"detail": "beats needs method"}
    said = checked(small, "/api/questions/{name}", "/api/questions/beats?method=BERT&limit=x", 400)
    assert said == {"detail": "parameter limit: 'x' is not an integer"}
    said = checked(small, "/api/questions/{name}", "/api/questions/beats?method=BERT&colour=red", 400)
    assert said == {"detail": "beats has no parameter 'colour'; it has method, limit"}
    assert checked(small, "/api/questions/{name}", "/api/questions/nosuch", 404)["detail"].startswith("no saved")
    assert checked(small, "/api/ask", "/api/ask?q=what+beats+XYZNet9", 400)["detail"].startswith("the graph has no")
    assert checked(small, "/api/search", "/api/search", 422) == {"detail": "q: field required"}
    said = checked(small, "/api/search", "/api/search?q=a&kind=method", 422)
    assert said == {"detail": "kind: input should be 'Method', 'Task', 'Dataset', 'Metric' or 'Paper'"}
    assert "parameter limit" in small.get("/question/beats.html?method=BERT&limit=x").text
    assert "the graph has no" in small.get("/ask.html?q=what+beats+XYZNet9").text
    missing = small.get("/method/nothing.html")
    assert (missing.status_code, "There is no such page" in missing.text) == (404, True)


def test_cypher_is_not_taken(small: TestClient) -> None:
    statement = quote("MATCH (n) RETURN n")
    assert small.get(f"/api/questions/{statement}").status_code == 404
    assert small.get(f"/question/{statement}.html").status_code == 404
    assert small.get(f"/api/questions/beats?method={quote(chr(39) + ' OR 1=1 //')}").status_code == 400
    assert small.get("/api/questions/..%2F..%2Fbeats").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_it_is_for_reading_only(small: TestClient, method: str) -> None:
    for address in ("/", "/api/overview", "/question/beats.html", "/download/graph.jsonl"):
        assert small.request(method, address).status_code == 405


def test_a_page_can_be_asked_for_its_head(small: TestClient) -> None:
    answer = small.head("/")
    assert (answer.status_code, answer.text) == (200, "")


def test_other_names_for_this_machine_are_refused(small: TestClient) -> None:
    assert small.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_every_answer_forbids_what_it_does_not_need(client: TestClient) -> None:
    for address in ("/", "/nothing", "/api/overview", "/static/style.css", "/question/popular.html"):
        headers = client.get(address).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
    drawing = client.get("/drawing.html")
    assert drawing.headers["content-security-policy"] == "frame-ancestors 'self'"
    assert "default-src 'none'" in drawing.text


def test_every_link_of_a_page_is_answered(client: TestClient, index: Index, tmp_path: Path) -> None:
    every = pages.Pages(index, live=True)
    addresses = {"ask.html?q=what+is+mentioned+most", "search.html?q=e", "api.html", "question/popular.html"}
    seen: set[str] = set()
    for address in sorted({*every.all(), *addresses} - {"drawing.html"}):
        answer = client.get(f"/{address}")
        assert answer.status_code == 200, address
        (tmp_path / "page.html").write_text(answer.text, "utf-8")
        links = Links(tmp_path / "page.html")
        assert links.handlers == []
        assert "img" not in links.tags
        for link in links.to:
            assert not link.lower().startswith(("javascript:", "//", "/")), link
            seen.add(str(answer.url.join(link.partition("#")[0])) if not link.startswith("https:") else "")
    for link in seen - {""}:
        assert client.get(link).status_code == 200, link


def test_hostile_text_is_shown_as_text(tmp_path: Path) -> None:
    with opened(GRAPHS["hostile"](), tmp_path) as index:
        client = TestClient(server.create_app(index), base_url="http://localhost")
        for address in (
            f"/search.html?q={quote(SCRIPT)}",
            f"/ask.html?q={quote(SCRIPT)}",
            f"/question/beaten-by.html?method={quote(QUOTE)}",
            f"/question/beaten-by.html?method={quote(SCRIPT)}&limit={quote(QUOTE)}",
            f"/nothing/{quote(SCRIPT)}",
            f"/picture.html?about={quote(QUOTE)}",
            f"/report.html?topic={quote(SCRIPT)}",
        ):
            answer = client.get(address)
            (tmp_path / "page.html").write_text(answer.text, "utf-8")
            links = Links(tmp_path / "page.html")
            assert "img" not in links.tags, address
            assert "<script>" not in answer.text, address
            assert "7 * 7" in answer.text or "49" not in answer.text


def test_downloads_have_names_and_no_formulas(tmp_path: Path, small: TestClient) -> None:
    answer = small.get("/question/leaderboard.csv?dataset=SQuAD")
    assert answer.headers["content-disposition"] == "attachment; filename*=utf-8''leaderboard.csv"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["method"] for row in rows if row["metric"] == "F1"] == ["XLNet", "RoBERTa", "BERT", "BiDAF"]
    for suffix in ("json", "md", "tex", "parquet"):
        assert small.get(f"/question/leaderboard.{suffix}?dataset=SQuAD").status_code == 200
    assert small.get("/question/leaderboard.exe?dataset=SQuAD").status_code == 404
    for name in pages.DOWNLOADS:
        assert len(small.get(f"/download/{name}").content) > 1000
    assert small.get("/download/..%2Fgraph.lbug").status_code == 404


def test_a_form_shows_an_empty_field_for_a_name_that_is_needed(small: TestClient) -> None:
    text = small.get("/question/beaten-by.html").text
    assert 'name="method" value=""' in text
    assert "Answer</button>" in text
    assert "<table" not in text


def test_a_port_that_is_taken_is_an_error_that_says_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(KGError, match=f"port {port} .*choose another with --port"):
            server.listen("127.0.0.1", port)


def test_the_forms_of_the_api_and_the_library_agree(small: TestClient) -> None:
    names = {form["name"] for form in small.get("/api/questions").json()}
    assert names == set(saved.load_all())
