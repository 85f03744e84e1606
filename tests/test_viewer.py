"""What pictures show and leave out, and what their files hold; in the browser, see test_viewer_browser."""

from __future__ import annotations

import json
import math
import random
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx
import pytest
from click import BadParameter
from viewer_graph import COMMENT, IMAGE, SCRIPT, concept, large_graph, says, small_graph

from kg import schema
from kg.cli import cli
from kg.cli.output_commands import view
from kg.errors import KGError
from kg.graph import Graph, Node, Relationship
from kg.viewer import PICTURES, appearance, write_view
from kg.viewer.communities import communities
from kg.viewer.concepts import paper_title, resolve, short_name
from kg.viewer.content import arrange
from kg.viewer.labels import labels
from kg.viewer.layout import layout
from kg.viewer.select import PAPER_LINKS, Choice, select
from kg.viewer.timeline import by_year


def data_of(page: str) -> dict[str, Any]:
    """What a page knows, as its scripts read it."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    known = json.loads(found[1])
    assert isinstance(known, dict)
    return known


def names(choice: Choice, graph: Graph | None = None) -> set[str]:
    return {str(n.properties["name"]) for n in select(graph or small_graph(), choice).concepts}


def test_about_shows_a_concept_with_what_lies_within_the_hops() -> None:
    assert names(Choice(about="RoBERTa")) == {"RoBERTa", "BERT", "SimCSE"}
    assert names(Choice(about="RoBERTa", hops=2)) >= {"STS-B", "semantic similarity", IMAGE}
    picture = select(small_graph(), Choice(about="RoBERTa"))
    assert {n.properties["name"] for n in picture.folded} == {"STS-B", "semantic similarity", IMAGE}


def test_generic_concepts_are_left_out_unless_the_picture_is_about_them() -> None:
    graph = small_graph()
    nodes = [replace(n, properties={**n.properties, "generic": n.id == "method:bert"}) for n in graph.nodes]
    marked = Graph.of(nodes, graph.relationships)
    assert "BERT" in names(Choice(), graph)
    assert "BERT" not in names(Choice(), marked)
    assert "BERT" not in names(Choice(about="SimCSE", hops=2), marked)
    assert {"BERT", "RoBERTa"} <= names(Choice(about="BERT"), marked)


def test_task_years_relations_and_papers_choose_statements_and_concepts() -> None:
    assert names(Choice(task="semantic similarity", relations=("BASED_ON",))) == {"SimCSE", "BERT", "RoBERTa"}
    of_2023 = {"SimCSE", "RoBERTa", "ImageNet", "image classification", "accuracy", "BERT", IMAGE}
    assert names(Choice(years=(2023, 2023))) == of_2023
    assert names(Choice(min_papers=2)) == {"SimCSE", "BERT", "STS-B", "semantic similarity"}
    assert {e.type for e in select(small_graph(), Choice(relations=("USED_FOR",))).edges} == {"USED_FOR"}


def test_a_graph_beyond_the_limit_shows_the_most_mentioned_and_says_what_is_left_out(tmp_path: Path) -> None:
    graph = large_graph(1500)
    picture = select(graph, Choice(limit=100))
    assert len(picture.concepts) <= 100
    assert picture.total == len(picture.concepts) + len(picture.folded) + picture.left_out
    joined = {i for e in picture.edges for i in (e.start, e.end)}
    assert {n.id for n in picture.concepts} <= joined
    line = write_view(graph, tmp_path / "v.html", limit=100).summary
    assert line.endswith(f"{len(picture.folded)} neighbours to unfold; {picture.left_out:,} less mentioned left out")
    assert line in (tmp_path / "v.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"about": "SimSCE"}, "unknown concept 'SimSCE'; did you mean 'SimCSE'"),
        ({"task": "BERT"}, "unknown task 'BERT'"),
        ({"relations": ["LIKES"]}, "unknown relationship type 'LIKES'; there are USED_FOR, "),
        ({"min_papers": 9}, "nothing to show"),
        ({"years": (1900, 1901)}, "nothing to show"),
        ({"limit": 0}, "a page shows 1 to 5,000 concepts, not 0"),
        ({"arrange": "age"}, "unknown arrangement 'age'; there are near, time"),
        ({"picture": "cake"}, "unknown picture 'cake'; there are graph, lineage, results, heatmap"),
        ({"picture": "lineage"}, "picture lineage needs about: the name of a method"),
        ({"hops": 2}, "hops needs about: "),
        ({"picture": "results", "about": "STS-B", "years": (2018, 2020)}, "years cannot be used with picture results"),
        ({"picture": "heatmap", "about": "STS-B"}, "about cannot be used with picture heatmap: "),
        ({"picture": "lineage", "about": "BERT", "limit": 5}, "limit cannot be used with picture lineage: "),
        ({"picture": "lineage", "about": "STS-B"}, "unknown method 'STS-B'"),
        ({"picture": "lineage", "about": IMAGE}, "no paper says what"),
        ({"picture": "results", "about": "ImageNet"}, "no paper reports a result on 'ImageNet'"),
        ({"picture": "heatmap", "task": "image classification"}, "no method of papers on 'image classification'"),
    ],
)
def test_what_cannot_be_shown_is_said_in_one_line_and_writes_nothing(
    tmp_path: Path, choices: dict[str, Any], message: str
) -> None:
    with pytest.raises(KGError, match=re.escape(message)) as caught:
        write_view(small_graph(), tmp_path / "v.html", **choices)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("suffix", ["png", "pdf", "PNG", "json"])
def test_no_page_is_written_under_the_name_of_another_format(tmp_path: Path, picture: str, suffix: str) -> None:
    about = {"lineage": "BERT", "results": "STS-B"}.get(picture)
    with pytest.raises(KGError, match=r"pictures are written as \.html or \.svg") as caught:
        write_view(small_graph(), tmp_path / f"v.{suffix}", picture=picture, about=about)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(KGError, match=r"nowhere/v\.html: cannot be written"):
        write_view(small_graph(), tmp_path / "nowhere" / "v.html")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("method:bert", "BERT"),
        ("bert", "BERT"),
        ("bidirectional encoder representations from transformers", "BERT"),
        ("STS benchmarks", "STS-B"),
        ("sim cse", "SimCSE"),
    ],
)
def test_names_are_found_by_id_case_alias_hyphen_and_plural(typed: str, found: str) -> None:
    concepts = [n for n in small_graph().nodes if n.label in schema.CONCEPT_LABELS]
    assert resolve(concepts, typed).properties["name"] == found


def test_a_long_name_gives_way_to_its_abbreviation() -> None:
    long = "Bidirectional Encoder Representations from Transformers"
    assert short_name(concept("Method", long, 1, "BERT", "Bert"), 24) == "BERT"
    assert short_name(concept("Method", long, 1), 24) == "Bidirectional Encoder R…"
    assert short_name(concept("Method", "Bert", 1, "BERT"), 24) == "Bert"


@pytest.mark.parametrize("picture", PICTURES)
def test_the_same_graph_in_any_order_gives_the_same_bytes(tmp_path: Path, picture: str) -> None:
    about = {"graph": None, "lineage": "BERT", "results": "STS-B", "heatmap": None}[picture]
    graph = small_graph()
    files = []
    for n in range(2):
        rng = random.Random(n)
        nodes = rng.sample(graph.nodes, len(graph.nodes))
        relationships = rng.sample(graph.relationships, len(graph.relationships))
        write_view(Graph.of(nodes, relationships), tmp_path / f"{n}.html", picture=picture, about=about)
        files.append((tmp_path / f"{n}.html").read_bytes())
    assert files[0] == files[1]


def test_a_page_of_500_concepts_stays_under_5_megabytes(tmp_path: Path) -> None:
    write_view(large_graph(1500), tmp_path / "v.html", limit=500)
    assert 0.5e6 < (tmp_path / "v.html").stat().st_size < 5e6


def test_text_of_papers_stands_in_a_page_as_data_only(tmp_path: Path) -> None:
    write_view(small_graph(), tmp_path / "v.html", about="BERT")
    page = (tmp_path / "v.html").read_text("utf-8")
    assert page.count("</script") == 3
    assert IMAGE not in page
    assert {IMAGE, SCRIPT} <= {p.get("title") for p in data_of(page)["papers"]} | {
        n for node in data_of(page)["nodes"] for n in (node["name"], *node["aliases"])
    }


def test_a_page_names_no_other_place_to_load_from(tmp_path: Path) -> None:
    write_view(small_graph(), tmp_path / "v.html")
    page = (tmp_path / "v.html").read_text("utf-8")
    assert "default-src 'none'" in page
    assert re.findall(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=[\"'](?!data:)", page) == []


def test_a_name_in_the_title_is_text(tmp_path: Path) -> None:
    write_view(small_graph(), tmp_path / "v.html", about=IMAGE)
    assert "<title>abstractkg: &lt;img src=x onerror=alert(1)&gt;</title>" in (tmp_path / "v.html").read_text("utf-8")


def test_every_statement_type_and_label_has_its_phrase_and_colours() -> None:
    assert set(appearance.PHRASES) == set(appearance.EDGES) == {*schema.STATEMENT_TYPES, *PAPER_LINKS}
    shown = {*schema.CONCEPT_LABELS, "Paper"}
    assert set(appearance.LIGHT) == set(appearance.DARK) == set(appearance.SHAPES) == shown


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def test_colours_keep_their_contrast_in_the_light_and_in_the_dark() -> None:
    style = (Path(appearance.__file__).parent / "page_parts" / "page.css").read_text("utf-8")
    blocks = re.findall(r":root.*?\}", style, re.DOTALL)
    themes = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block)) for block in blocks]
    for theme, kinds in zip(themes[:2], (appearance.LIGHT, appearance.DARK), strict=True):
        for ground in ("ground", "panel", "field"):
            assert all(contrast(theme[text], theme[ground]) >= 4.5 for text in ("text", "quiet", "accent"))
        assert all(contrast(colour, theme["ground"]) >= 3 for colour in kinds.values())
    for theme, parts in zip(themes[:2], appearance.PARTS.values(), strict=True):
        assert all(contrast(colour, theme["ground"]) >= 4.5 for colour in parts), "titles are text"


def boxes_apart(places: Mapping[str, tuple[float, float]], boxes: Mapping[str, tuple[float, float]]) -> bool:
    """Whether no box covers another, but for a rounding."""
    return all(
        any(abs(places[a][axis] - places[b][axis]) > boxes[a][axis] + boxes[b][axis] - 0.3 for axis in (0, 1))
        for a, b in combinations(places, 2)
    )


def test_no_name_covers_another_and_communities_lie_together() -> None:
    graph: networkx.Graph[str] = networkx.Graph()
    for part in "abcde":
        graph.add_edges_from((f"{part}{i}", f"{part}{j}") for i, j in combinations(range(8), 2))
    graph.add_edges_from((f"{a}0", f"{b}1") for a, b in combinations("abcde", 2))
    graph.add_edge("x", "y")
    graph.add_node("z")
    networkx.set_edge_attributes(graph, dict.fromkeys(graph.edges, 1), "weight")
    parts = communities(graph)
    assert sorted(map(len, parts)) == [1, 2, 8, 8, 8, 8, 8]
    boxes = {node: (30.0 + 5 * n % 40, 20.0) for n, node in enumerate(graph)}
    laid = layout(graph, boxes, parts)
    wide = laid.positions
    home = {node: laid.tall[n] for n, part in enumerate(parts) for node in part}
    tall = {node: (x + home[node][0], y + home[node][1]) for node, (x, y) in wide.items()}
    for places in (wide, tall):
        assert boxes_apart(places, boxes)
        far = {frozenset(pair): math.dist(*(places[node] for node in pair)) for pair in combinations(graph, 2)}
        own = [d for pair, d in far.items() if len({node[0] for node in pair}) == 1]
        other = [d for pair, d in far.items() if len({node[0] for node in pair}) == 2]
        assert sum(own) / len(own) < 0.6 * sum(other) / len(other)
    width, height = (max(p[axis] for p in wide.values()) - min(p[axis] for p in wide.values()) for axis in (0, 1))
    high = max(y for _, y in tall.values()) - min(y for _, y in tall.values())
    assert width > height
    assert high > height, "higher on a telephone"


def test_papers_are_nodes_if_wished(tmp_path: Path) -> None:
    graph = small_graph()
    about = Relationship("ABOUT", "text:1", "method:simcse", {})
    first = Relationship("INTRODUCES", "text:1", "method:simcse", {"sentence": "We present SimCSE.", "confidence": 0.9})
    whole = Graph.of(graph.nodes, [*graph.relationships, about, first])
    shown = write_view(whole, tmp_path / "v.html", papers=True)
    assert shown.summary.startswith("9 concepts, 1 paper and 12 relationships")
    data = data_of((tmp_path / "v.html").read_text("utf-8"))
    (paper,) = (n for n in data["nodes"] if n["kind"] == "Paper")
    assert paper["name"] == IMAGE
    assert {e["type"] for e in data["edges"] if data["nodes"][e["a"]] is paper} == {"ABOUT", "INTRODUCES"}
    assert "text:1" not in {n["id"] for n in data_of_page(whole, tmp_path)["nodes"]}


def test_a_paper_without_a_title_is_called_by_its_first_words() -> None:
    paper = Node("Paper", "text:0", {"abstract": "We train a model of many words " * 9})
    assert paper_title(paper).startswith("We train a model of many words We")
    assert paper_title(paper).endswith("…")
    assert labels([paper])[paper.id].lines[0] == "We train a model of"


def data_of_page(graph: Graph, folder: Path, **choices: Any) -> dict[str, Any]:
    write_view(graph, folder / "page.html", **choices)
    return data_of((folder / "page.html").read_text("utf-8"))


def test_names_are_abbreviated_where_that_says_the_same() -> None:
    bert = concept("Method", "Bidirectional Encoder Representations from Transformers", 1, "BERT")
    vehicle = concept("Task", "vehicle re-identification", 1, "re-ID")
    long = concept("Task", "multi-document summarization of scientific articles", 1)
    named = {i: list(label.lines) for i, label in labels([bert, vehicle, long]).items()}
    assert named == {
        bert.id: ["BERT"],
        vehicle.id: ["vehicle", "re-identification"],
        long.id: ["multi-document", "summarization of", "scientific articles"],
    }
    twin = concept("Method", "Big Encoder Reading Text Documents", 1, "BERT")
    assert labels([bert, twin])[bert.id].lines[0] == "Bidirectional", "two of one abbreviation have none"


def test_a_community_is_called_after_its_most_mentioned_task_and_a_first_year_is_of_all_papers(tmp_path: Path) -> None:
    data = data_of_page(small_graph(), tmp_path)
    assert {"semantic similarity", "image classification"} < {p["title"] for p in data["parts"]}
    (sts,) = (n for n in data["nodes"] if n["name"] == "STS-B")
    assert sts["first"] == 2019


def test_the_graph_is_drawn_as_a_bare_image_with_title_and_source(tmp_path: Path) -> None:
    shown = write_view(small_graph(), tmp_path / "g.svg")
    assert shown.summary == "9 concepts and 10 relationships"
    text = (tmp_path / "g.svg").read_text("utf-8")
    root = ET.fromstring(text)
    words = [t.text for t in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"BERT", "SimCSE", "STS-B", "ImageNet", "<img src=x", "onerror=alert(1)>"} - set(words) == set()
    assert words[-3:] == [
        "The main concepts of 3 abstracts, 2019–2023",
        "9 concepts and 10 relationships",
        "Read by abstractkg in 3 abstracts, 2019–2023",
    ]
    assert root[0].text == "The main concepts of 3 abstracts, 2019–2023"
    assert "var(" not in text, "plain colours: many programs know no variables"


def still(tmp_path: Path, picture: str, about: str | None = None, task: str | None = None) -> tuple[str, list[str]]:
    """A still picture's line, and the texts on its image."""
    line = write_view(small_graph(), tmp_path / "p.svg", picture=picture, about=about, task=task).summary
    root = ET.fromstring((tmp_path / "p.svg").read_text("utf-8"))
    texts = [t.text or "" for t in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[-3] == root[0].text, "the title is seen and is the image's own"
    assert texts[-1] == "Read by abstractkg in 3 abstracts, 2019–2023"
    return line, texts[:-3]


def test_an_image_has_each_concept_in_the_column_of_the_year_that_first_names_it_if_wished(tmp_path: Path) -> None:
    write_view(small_graph(), tmp_path / "t.svg", arrange="time")
    text = (tmp_path / "t.svg").read_text("utf-8")
    assert "var(" not in text
    root = ET.fromstring(text)
    places = {e.text: float(e.get("x", 0)) for e in root.iter("{http://www.w3.org/2000/svg}text") if e.text}
    assert places["2019"] < places["2023"] < places["no year"], "years in which nothing begins have no column"
    assert "2021" not in places
    bands = [(float(e.get("x", 0)), float(e.get("width", 0))) for e in root.iter("{http://www.w3.org/2000/svg}rect")]
    inside = {name: [left < places[name] < left + width for left, width in bands[1:]] for name in ("BERT", "RoBERTa")}
    assert inside == {"BERT": [True, False], "RoBERTa": [False, True]}, "of the first and the last column"


def test_by_time_no_name_covers_another() -> None:
    graph = large_graph(150)
    plan = arrange(select(graph, Choice(limit=150)))
    years = {node: 1990 + number % 7 for number, node in enumerate(plan.places) if number % 10}
    places, columns = by_year(plan, years)
    assert [column.title for column in columns] == [*map(str, range(1990, 1997)), "no year"]
    assert all(one.right <= other.left for one, other in pairwise(columns))
    middles = {i: (x, y + plan.labels[i].height / 2) for i, (x, y) in places.items()}
    boxes = {i: plan.labels[i].box for i in places}
    assert boxes_apart(middles, boxes)
    of_year = {column.title: column for column in columns}
    for node, (x, _) in middles.items():
        column = of_year[str(years.get(node, "no year"))]
        assert column.left <= x - boxes[node][0] <= x + boxes[node][0] <= column.right


def test_a_lineage_has_the_older_left_and_the_younger_right(tmp_path: Path) -> None:
    line, texts = still(tmp_path, "lineage", "BERT")
    assert line == "0 methods before it and 2 after it"
    assert set(texts) == {"BERT", "SimCSE", "RoBERTa", "based on", "kind of"}
    assert still(tmp_path, "lineage", "SimCSE")[0] == "1 method before it and 0 after it"


def generic(graph: Graph, *ids: str) -> Graph:
    nodes = [replace(n, properties={**n.properties, "generic": n.id in ids}) for n in graph.nodes]
    return Graph.of(nodes, graph.relationships)


def test_a_lineage_and_a_heat_map_leave_out_what_is_generic(tmp_path: Path) -> None:
    marked = generic(small_graph(), "method:bert")
    assert write_view(marked, tmp_path / "p.svg", picture="heatmap").summary == "1 method by 1 dataset"
    with pytest.raises(KGError, match="no paper says what"):
        write_view(marked, tmp_path / "p.svg", picture="lineage", about="SimCSE")
    assert write_view(marked, tmp_path / "p.svg", picture="lineage", about="BERT").counts == {"before": 0, "after": 2}


def test_tooltips_tell_the_support_of_a_claim(tmp_path: Path) -> None:
    """Papers, years, best and combined confidence, and how many papers say the opposite."""
    graph = small_graph()
    against = says("OUTPERFORMS", "method:roberta", "method:simcse", 1, "RoBERTa is ahead.", 0.6)
    graph = Graph.of(graph.nodes, [*graph.relationships, against])
    write_view(graph, tmp_path / "p.svg", about="SimCSE")
    drawn = (tmp_path / "p.svg").read_text("utf-8")
    assert "2 papers, 2019 to 2021, best confidence 0.90, support 0.92<" in drawn
    assert "1 paper, 2023, best confidence 0.40, support 0.40, 1 paper says the opposite<" in drawn
    write_view(graph, tmp_path / "q.svg", picture="lineage", about="BERT")
    assert "1 paper, 2019, best confidence 0.90, support 0.90<" in (tmp_path / "q.svg").read_text("utf-8")


def test_a_lineage_of_a_circle_ends(tmp_path: Path) -> None:
    a, b = concept("Method", "A", 1), concept("Method", "B", 1)
    circle = Graph.of([a, b], [says("BASED_ON", a.id, b.id, 1, "A on B."), says("BASED_ON", b.id, a.id, 2, "B on A.")])
    shown = write_view(circle, tmp_path / "p.svg", picture="lineage", about="A", hops=9)
    assert (shown.counts, shown.summary) == ({"before": 1, "after": 0}, "1 method before it and 0 after it")


def test_results_keep_absolute_values_and_differences_apart(tmp_path: Path) -> None:
    line, texts = still(tmp_path, "results", "sts-b")
    assert line == "2 results by 1 metric"
    assert "metric not named" in texts
    assert "metric not named, relative to a baseline" in texts
    assert "76.3" in texts
    assert "2019" in texts


def test_a_phone_shows_values_and_names_of_results_without_scrolling(tmp_path: Path) -> None:
    """A bar's value stands before its name: at its end it was out of sight, which nothing told."""
    write_view(small_graph(), tmp_path / "p.html", picture="results", about="STS-B")
    page = (tmp_path / "p.html").read_text("utf-8")
    assert "scroll it sideways" in page
    write_view(small_graph(), tmp_path / "p.svg", picture="results", about="STS-B")
    places = {
        e.text: (float(e.get("x", 0)), e.get("text-anchor")) for e in ET.parse(tmp_path / "p.svg").iter() if e.text
    }
    value, name = places["76.3"], places["SimCSE"]
    assert value[1] == "end"
    assert 6.9 * len("76.3") < value[0] < name[0]
    assert name[0] + 6.9 * len("SimCSE") < 342


def test_a_heat_map_says_what_its_shades_mean(tmp_path: Path) -> None:
    write_view(small_graph(), tmp_path / "p.svg", picture="heatmap")
    legend = [e.text for e in ET.parse(tmp_path / "p.svg").iter() if "legend" in e.get("class", "")]
    assert legend[0] == "1 paper"


def test_a_heat_map_counts_papers_by_method_and_dataset(tmp_path: Path) -> None:
    line, texts = still(tmp_path, "heatmap", task="semantic similarity")
    assert line == "2 methods by 1 dataset"
    assert texts == ["STS-B", "SimCSE", "2", "BERT", "1", "1 paper", "2 papers"]


def test_a_still_page_holds_the_same_as_a_table(tmp_path: Path) -> None:
    write_view(small_graph(), tmp_path / "p.html", picture="heatmap")
    page = (tmp_path / "p.html").read_text("utf-8")
    assert '<td data-label="sentence">SimCSE reaches 76.3 on STS-B.</td>' in page
    assert "&lt;/script&gt;" in page
    assert "<script" not in page


def test_characters_that_xml_cannot_hold_are_replaced_in_images(tmp_path: Path) -> None:
    a, b = concept("Method", "A\x00\x0b", 1), concept("Method", COMMENT, 1)
    graph = Graph.of([a, b], [says("BASED_ON", a.id, b.id, 1, "\x1b")])
    write_view(graph, tmp_path / "p.svg", picture="lineage", about=a.id)
    texts = [t.text for t in ET.fromstring((tmp_path / "p.svg").read_text("utf-8")).iter() if t.text]
    assert "A\ufffd\ufffd" in texts


@pytest.mark.parametrize(
    ("typed", "years"),
    [("2018-2022", (2018, 2022)), ("2018-", (2018, 9999)), ("-2022", (0, 2022)), ("2020", (2020, 2020))],
)
def test_years_are_typed_as_a_range_or_its_half_or_one(typed: str, years: tuple[int, int]) -> None:
    assert view.make_context("view", ["--years", typed], **cli.context_settings).params["years"] == years


def test_years_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(BadParameter, match="ends before it begins"):
        view.make_context("view", ["--years", "2022-2018"], **cli.context_settings)


@pytest.mark.parametrize("typed", ["", "-", "20", "20182022", "2018-22", "MMXX"])
def test_years_that_are_none_are_refused(typed: str) -> None:
    with pytest.raises(BadParameter, match="is not like 2018-2022"):
        view.make_context("view", ["--years", typed], **cli.context_settings)
