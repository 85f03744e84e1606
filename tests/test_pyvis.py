"""The graph as the Network that people know from notebooks."""

import json
import os
import re
import sys
from pathlib import Path

import pytest
from small_graph import graph

import kg
from kg.graph import Graph, Node

SMALL = graph()


def test_the_network_has_every_node_with_label_title_and_colour() -> None:
    network = kg.to_pyvis(SMALL)
    nodes = {node["id"]: node for node in network.nodes}
    assert nodes.keys() == {node.id for node in SMALL.nodes}
    bert = nodes["method:bert"]
    assert bert["label"] == "BERT"
    assert bert["title"].splitlines()[-1] == "Method in 5 papers"
    assert "bidirectional encoder representations from transformers" in bert["title"]
    assert nodes["arxiv:0003.00003"]["title"].startswith("Deep two-way encoders\n2018")
    colours = {(node.label, nodes[node.id]["color"]) for node in SMALL.nodes}
    assert len(colours) == len(dict(colours)) == len({colour for _, colour in colours}), "one colour for each label"


def test_the_network_has_every_relationship_with_its_sentence() -> None:
    edges = kg.to_pyvis(SMALL).edges
    assert sorted((e["from"], e["to"]) for e in edges) == sorted((r.start, r.end) for r in SMALL.relationships)
    (beats,) = [e for e in edges if (e["from"], e["to"]) == ("method:bert", "method:bidaf")]
    assert beats["title"] == "outperforms\nBERT beats BiDAF on SQuAD."
    assert beats["arrows"] == "to"


def test_the_page_is_written_as_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    kg.to_pyvis(SMALL).write_html("graph.html")
    assert os.listdir() == ["graph.html"]
    page = (tmp_path / "graph.html").read_text("utf-8")
    data = re.search(r"nodes = new vis\.DataSet\((\[.*?\])\);", page)
    assert data
    assert len(json.loads(data[1])) == len(SMALL.nodes)


def test_names_cannot_become_markup() -> None:
    evil = Node("Method", "method:x", {"name": "</script><script>alert(1)</script>", "aliases": (), "papers": 1})
    assert "<script>alert" not in kg.to_pyvis(Graph.of([evil], [])).generate_html()


def test_without_pyvis_its_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyvis.network", None)
    with pytest.raises(kg.KGError, match=r"needs pyvis; .*'\.\[notebook\]'"):
        kg.to_pyvis(SMALL)
