"""The graph in other tools' forms, read back by those tools."""

import csv
import json
from pathlib import Path

import networkx
import pytest
import small_graph

import kg
from kg.errors import KGError
from kg.exports import FOLDERS, FORMATS, ExportResult, export
from kg.graph import Graph, Node, Relationship, read_jsonl

GRAPH = small_graph.graph()
STRANGE = Graph.of(
    [
        Node("Method", "method:a", {"name": 'A\x00\ud7ff<b>&"\u2028', "aliases": ("A|B", "]]>"), "papers": 1}),
        Node("Dataset", "dataset:d", {"name": "D", "aliases": (), "papers": 1}),
        Node("Paper", "text:1", {"title": "<script>\n\t", "abstract": "'; DROP A\x0bB", "source": ("a,b.txt",)}),
    ],
    [
        Relationship(
            "EVALUATED_ON",
            "method:a",
            "dataset:d",
            {"paper": "text:1", "sentence": "A\x0bB", "confidence": 0.5, "extractor": "x"},
        )
    ],
)


@pytest.mark.parametrize("graph", [GRAPH, STRANGE], ids=["small", "strange"])
@pytest.mark.parametrize("name", sorted(FORMATS.keys() - FOLDERS))
def test_the_same_graph_is_the_same_bytes(name: str, graph: Graph, tmp_path: Path) -> None:
    for copy in ("one", "two"):
        assert export(graph, tmp_path / f"{copy}.{name}") == ExportResult(
            tmp_path / f"{copy}.{name}", name, len(graph.nodes), len(graph.relationships)
        )
    assert (tmp_path / f"one.{name}").read_bytes() == (tmp_path / f"two.{name}").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"one.{name}", f"two.{name}"], "nothing else is left behind"


@pytest.mark.parametrize("graph", [GRAPH, STRANGE], ids=["small", "strange"])
def test_json_lines_read_back_as_the_graph(graph: Graph, tmp_path: Path) -> None:
    export(graph, tmp_path / "g.jsonl")
    with (tmp_path / "g.jsonl").open(encoding="utf-8") as lines:
        assert read_jsonl(lines) == graph


@pytest.mark.parametrize(("suffix", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)])
@pytest.mark.parametrize("graph", [GRAPH, STRANGE], ids=["small", "strange"])
def test_network_formats_hold_every_node_and_every_parallel_edge(suffix, read, graph: Graph, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    export(graph, tmp_path / f"g.{suffix}")
    found = read(tmp_path / f"g.{suffix}")
    assert {(i, d["type"]) for i, d in found.nodes(data=True)} == {(n.id, n.label) for n in graph.nodes}
    edges = sorted((a, b, d["relation"], d.get("paper", "")) for a, b, d in found.edges(data=True))
    assert edges == sorted((r.start, r.end, r.type, r.key[3]) for r in graph.relationships)


def test_networkx_keeps_properties_as_they_are() -> None:
    made = kg.to_networkx(STRANGE)
    assert made.nodes["method:a"]["aliases"] == ("A|B", "]]>")
    assert made.edges["method:a", "dataset:d", ("EVALUATED_ON", "text:1")]["sentence"] == "A\x0bB"


def test_a_folder_gets_a_csv_file_for_each_label_and_type(tmp_path: Path) -> None:
    assert export(STRANGE, tmp_path / "folder").format == "csv"
    with (tmp_path / "folder/nodes-Method.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["name"] == STRANGE.nodes[1].properties["name"]
    assert json.loads(row["aliases"]) == ["A|B", "]]>"]
    with (tmp_path / "folder/relationships-EVALUATED_ON.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["from"], row["to"], row["confidence"]) == ("method:a", "dataset:d", "0.5")


def test_csv_files_may_be_made_safe_for_spreadsheets(tmp_path: Path) -> None:
    graph = Graph((Node("Method", "method:x", {"name": "=1+1", "aliases": ("=1+1",)}),), ())
    export(graph, tmp_path / "folder", safe_cells=True)
    assert "'=1+1" in (tmp_path / "folder/nodes-Method.csv").read_text("utf-8")


def test_an_unknown_format_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(KGError, match=r"unknown format 'docx'; there are jsonl, ttl, nt"):
        export(GRAPH, tmp_path / "g.docx")


def test_an_export_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "g.jsonl"
    target.write_text("old")
    monkeypatch.setattr("kg.graph.to_rows", lambda graph: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(KGError, match="No space left on device"):
        export(GRAPH, target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
