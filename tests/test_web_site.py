"""A static site: every link resolves, nothing leads outside, and a folder with other files is left alone."""

from __future__ import annotations

import html
import json
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from web_index import GRAPHS, opened

from kg.errors import KGError
from kg.graph import Graph
from kg.web.site import MARKER, write_site


class Links(HTMLParser):
    """The addresses that a page leads to and loads, and the places in it that links may lead to."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.to: list[str] = []
        self.ids: set[str] = set()
        self.tags: set[str] = set()
        self.handlers: list[str] = []
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name in ("href", "src", "action") and value is not None:
                self.to.append(value)
            if name == "id" and value:
                self.ids.add(value)
            if name.startswith("on") or name == "style":
                self.handlers.append(f"{name}={value}")


@pytest.fixture(scope="module", params=GRAPHS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    with opened(GRAPHS[request.param](), folder) as index:
        return write_site(index, folder / "public").path


def pages(site: Path) -> list[Path]:
    return [page for page in site.rglob("*.html") if page.name != "drawing.html"]


def test_every_link_within_the_site_resolves(site: Path) -> None:
    read = {page.resolve(): Links(page) for page in site.rglob("*.html")}
    followed = 0
    for page, links in read.items():
        for link in links.to:
            if (page.name == "drawing.html" and link.startswith("data:")) or urlsplit(link).scheme == "https":
                continue
            parts = urlsplit(link)
            assert not parts.scheme, f"{page}: {link}"
            assert not link.startswith("/"), f"{page}: {link} is not relative"
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            assert target.is_relative_to(site.resolve()), f"{page}: {link} leads outside"
            assert target.is_file(), f"{page}: {link}"
            if parts.fragment and target in read and target.name not in ("drawing.html", "picture.html"):
                assert unquote(parts.fragment) in read[target].ids, f"{page}: {link}"
            followed += 1
    assert followed > 100


def test_pages_load_only_the_files_of_the_site_and_run_nothing_of_their_own(site: Path) -> None:
    for page in pages(site):
        links = Links(page)
        assert links.handlers == [], page
        assert "script" in links.tags, page
        text = page.read_text("utf-8")
        assert "<script>" not in text, page
        assert "script-src 'self'" in html.unescape(text)


def test_texts_of_papers_are_no_elements_and_no_scripts_in_addresses(site: Path) -> None:
    for page in pages(site):
        links = Links(page)
        assert "img" not in links.tags, page
        assert not [link for link in links.to if link.lower().startswith(("javascript:", "data:"))], page


def test_the_search_knows_every_concept_and_paper(site: Path) -> None:
    text = (site / "static" / "names.js").read_text("utf-8")
    rows = json.loads(text.removeprefix("window.abstractkgNames = ").removesuffix(";\n"))
    found = {row[2] for row in rows}
    assert found == {
        str(page.relative_to(site)) for kind in ("method", "task", "dataset", "metric", "paper")
        for page in site.glob(f"{kind}/*.html")
    }  # fmt: skip


def test_the_whole_graph_can_be_taken_away(site: Path) -> None:
    assert {file.name for file in (site / "download").iterdir()} == {"graph.jsonl", "graph.ttl", "graph.graphml"}


def test_a_site_is_written_anew_and_other_folders_are_refused(tmp_path: Path) -> None:
    with opened(GRAPHS["small"](), tmp_path) as index:
        first = write_site(index, tmp_path / "public")
        (tmp_path / "public" / "old.html").write_text("old")
        again = write_site(index, tmp_path / "public")
        assert first == again
        assert not (tmp_path / "public" / "old.html").exists()
        assert {p.name for p in tmp_path.iterdir() if p.name != "graph.lbug"} == {"public"}
        assert json.loads((tmp_path / "public" / MARKER).read_text("utf-8"))["pages"] == again.pages
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "thesis.tex").write_text("mine")
        with pytest.raises(KGError, match="holds other files and is not a site"):
            write_site(index, tmp_path / "mine")
        with pytest.raises(KGError, match="a file, not a folder"):
            write_site(index, tmp_path / "graph.lbug")


def test_a_site_of_an_empty_graph_can_be_written(tmp_path: Path) -> None:
    with opened(Graph.of([], []), tmp_path) as index:
        assert write_site(index, tmp_path / "public").pages > 10
    assert "nothing to draw" in (tmp_path / "public" / "picture.html").read_text("utf-8")
