"""SHACL: a graph that is what the schema says conforms, and one that is not is told by node."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import pytest
import rdf_graph
import rdflib
import small_graph

from kg.errors import KGError
from kg.exports import export
from kg.exports.rdf import validate
from kg.graph import Graph, Node, Relationship


@pytest.mark.parametrize("graph", [small_graph.graph(), rdf_graph.graph()], ids=["small", "evidence"])
def test_a_graph_of_the_schema_conforms(graph: Graph) -> None:
    assert validate(graph) == []
    assert validate(graph, "https://kg.example.org/") == []


def _with(node: Node | None = None, relationship: Relationship | None = None, without: str = "") -> Graph:
    """The graph with one thing put in its place, added or taken away."""
    good = rdf_graph.graph()
    nodes = {n.id: n for n in good.nodes if n.id != without}
    relationships = {r.key: r for r in good.relationships}
    if node:
        nodes[node.id] = node
    if relationship:
        relationships[relationship.key] = relationship
    return Graph.of(nodes.values(), relationships.values())


def _said(**changes: Any) -> dict[str, Any]:
    properties = {"paper": rdf_graph.PAPER, "sentence": rdf_graph.SENTENCE, "confidence": 0.5, "extractor": "x"}
    return {name: value for name, value in (properties | changes).items() if value is not None}


@pytest.mark.parametrize(
    ("graph", "node", "words"),
    [
        (
            _with(Node("Method", "method:bert", {"papers": 1})),
            "method:bert",
            "Method.name is one string with a language",
        ),
        (
            _with(Node("Method", "method:x", {"name": "X", "papers": "many"})),
            "method:x",
            "Method.papers is one integer",
        ),
        (_with(Node("Paper", "text:1", {"title": "T"})), "text:1", "Paper.abstract is one string"),
        (_with(Node("Paper", "text:1", {"abstract": "A", "year": "2018"})), "text:1", "Paper.year is at most one year"),
        (
            _with(Node("Result", "result:1", {"value": "1", "comparison": "so", "text": "x"})),
            "result:1",
            "Result.comparison",
        ),
        (
            _with(Node("Result", "result:2", {"value": "1", "comparison": "absolute", "text": "x"})),
            "result:2",
            "by one paper",
        ),
        (_with(without="method:bidaf"), "method:bert", "OUTPERFORMS leads from a Method to a Method of the graph"),
        (
            _with(relationship=Relationship("USED_FOR", "metric:f1", "metric:f1", _said())),
            "metric:f1",
            "USED_FOR leaves a Method",
        ),
        (
            _with(relationship=Relationship("USED_FOR", "method:bert", "metric:f1", _said())),
            "method:bert",
            "to a Task of",
        ),
        (
            _with(relationship=Relationship("SUBCLASS_OF", "method:bert", "metric:f1", _said())),
            "method:bert",
            "to a Method of",
        ),
        (
            _with(relationship=Relationship("PART_OF", "method:bert", "method:bidaf", _said(confidence=1.5))),
            "method:bert akg:partOf method:bidaf in arxiv:1810.04805",
            "one confidence, from 0 to 1",
        ),
        (
            _with(relationship=Relationship("PART_OF", "method:bert", "method:bidaf", _said(paper="text:none"))),
            "method:bert akg:partOf method:bidaf in text:none",
            "comes from one paper of the graph",
        ),
        (
            _with(relationship=Relationship("PART_OF", "method:bert", "method:bidaf", _said(sentence=None))),
            "method:bert akg:partOf method:bidaf in arxiv:1810.04805",
            "one sentence that says so",
        ),
        (
            _with(relationship=Relationship("MENTIONS", rdf_graph.PAPER, "metric:f1", {"count": 0})),
            "arxiv:1810.04805 schema:mentions metric:f1 in arxiv:1810.04805",
            "a mention's count is a number from 1",
        ),
    ],
    ids=lambda value: "" if isinstance(value, Graph) else None,
)
def test_a_violation_is_told_by_its_node(graph: Graph, node: str, words: str) -> None:
    assert any(v.node == node and words in v.message for v in validate(graph)), validate(graph)


def test_a_violation_is_one_line_with_property_and_value() -> None:
    broken = _with(Node("Paper", "text:1", {"abstract": "A", "year": "soon"}))
    assert list(map(str, validate(broken))) == [
        "text:1: Paper.year is at most one year (year of publication) [dcterms:issued soon]"
    ]


def test_the_shapes_are_shipped_as_a_file(tmp_path: Path) -> None:
    export(rdf_graph.graph(), tmp_path / "shapes.ttl", "shacl", base="https://kg.example.org/")
    text = (tmp_path / "shapes.ttl").read_text("utf-8")
    shapes = rdflib.Graph().parse(data=text)
    names = set(shapes.subjects(rdflib.RDF.type, rdflib.URIRef("http://www.w3.org/ns/shacl#NodeShape")))
    assert rdflib.URIRef("https://kg.example.org/shapes#EVALUATED_ON") in names
    assert "abstractkg.example" not in text


def test_without_pyshacl_validation_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any, **named: Any) -> Any:
        if name == "pyshacl":
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(KGError, match=r"pip install .*'\.\[validate\]'"):
        validate(rdf_graph.graph())
