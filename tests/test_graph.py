"""The graph as values: one order, one form as JSON lines."""

import io
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import schema
from kg.errors import KGError
from kg.graph import Graph, Node, Relationship, read_jsonl, write_jsonl

texts = st.text(st.characters(codec="utf-8"), max_size=12)
names = st.text("abcxyz-", min_size=1, max_size=5)
values = st.one_of(texts, st.integers(0, 9999), st.floats(0, 1), st.lists(texts, max_size=3).map(tuple))
nodes = st.builds(
    lambda label, name, properties: Node(label, f"{label.lower()}:{name}", properties),
    st.sampled_from(schema.CONCEPT_LABELS),
    names,
    st.dictionaries(st.sampled_from(["name", "aliases", "papers"]), values),
)
relationships = st.builds(
    lambda name, start, end, paper: Relationship(name, f"method:{start}", f"task:{end}", {"paper": f"text:{paper}"}),
    st.sampled_from(schema.STATEMENT_TYPES),
    names,
    names,
    names,
)
graphs = st.builds(
    Graph.of,
    st.lists(nodes, max_size=6, unique_by=lambda n: n.id),
    st.lists(relationships, max_size=6, unique_by=lambda r: r.key),
)


def lines(graph: Graph) -> str:
    out = io.StringIO()
    write_jsonl(graph, out)
    return out.getvalue()


@given(graphs)
def test_what_is_written_as_json_lines_reads_back_the_same(graph: Graph) -> None:
    assert read_jsonl(lines(graph).split("\n")[:-1]) == graph


@given(graphs, st.randoms())
def test_the_order_in_which_a_graph_is_made_leaves_no_trace(graph: Graph, rng: random.Random) -> None:
    shuffled_nodes = rng.sample(graph.nodes, len(graph.nodes))
    shuffled = rng.sample(graph.relationships, len(graph.relationships))
    assert lines(Graph.of(shuffled_nodes, shuffled)) == lines(graph)


def test_a_line_has_the_contract_s_keys_and_nodes_come_first() -> None:
    graph = Graph.of(
        [Node("Method", "method:simcse", {"name": "SimCSE", "aliases": ("SimCSE",), "papers": 1})],
        [Relationship("EVALUATED_ON", "method:simcse", "dataset:sts-b", {"paper": "text:1", "sentence": "…"})],
    )
    first, second = map(json.loads, lines(graph).splitlines())
    assert first == {
        "kind": "node",
        "label": "Method",
        "id": "method:simcse",
        "name": "SimCSE",
        "aliases": ["SimCSE"],
        "papers": 1,
    }
    assert (second["kind"], second["type"]) == ("relationship", "EVALUATED_ON")
    assert (second["from"], second["to"]) == ("method:simcse", "dataset:sts-b")


@pytest.mark.parametrize("line", ["{", "[]", '{"kind": "node", "label": "Cat", "id": "x"}', '{"kind": "edge"}'])
def test_a_line_that_is_none_is_named(line: str) -> None:
    with pytest.raises(KGError, match=r"g\.jsonl: line 1: not a line of a graph"):
        read_jsonl([line], "g.jsonl")


@pytest.mark.parametrize(
    ("node_id", "label"),
    [("method:simcse", "Method"), ("result:1", "Result"), ("arxiv:2104.08821", "Paper"), ("text:ab", "Paper")],
)
def test_an_id_tells_its_label(node_id: str, label: str) -> None:
    assert schema.label_of(node_id) == label
