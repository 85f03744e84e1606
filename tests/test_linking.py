"""Concepts matched to a vocabulary of our own, in SKOS and in OWL."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner
from small_graph import graph

import kg
from kg.cli import cli
from kg.errors import KGError
from kg.graph import Graph, Node
from kg.linking import Decision, Link, match, read_decisions, read_vocabulary, unmatched
from kg.stores import folder, ladybug

SKOS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix v: <https://vocabulary.example/> .
v:lm skos:prefLabel "Language models"@en , "Sprachmodelle"@de ; skos:narrower v:bert .
v:bert skos:prefLabel "BERT" ; skos:altLabel "bidirectional encoder representations" .
v:vit skos:prefLabel "vision transformers" ; skos:altLabel "image transformer"@en .
v:squad skos:prefLabel "SQuAD benchmark" .
v:exam skos:prefLabel "exam mark" ; skos:altLabel "EM" .
v:cat skos:prefLabel "felines" .
v:glue skos:prefLabel "adhesive" ; skos:altLabel "GLUE" .
"""
OWL = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:owl="http://www.w3.org/2002/07/owl#"
  xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" xmlns:obo="http://www.geneontology.org/formats/oboInOwl#">
<owl:Class rdf:about="https://o.example/1"><rdfs:label>Reading comprehension</rdfs:label></owl:Class>
<owl:Class rdf:about="https://o.example/2"><rdfs:label>answering</rdfs:label>
  <obo:hasExactSynonym>question-answering</obo:hasExactSynonym></owl:Class>
<owl:Class rdf:about="https://o.example/3"><rdfs:label>ImageNet</rdfs:label><owl:deprecated>true</owl:deprecated></owl:Class>
</rdf:RDF>"""


@pytest.fixture
def skos(tmp_path: Path) -> Path:
    (tmp_path / "v.ttl").write_text(SKOS, "utf-8")
    return tmp_path / "v.ttl"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with the small graph."""
    where = folder.make(tmp_path / "store")

    def write(graph_path: Path, explanations_path: Path) -> None:
        ladybug.write(graph(), graph_path)
        explanations_path.write_text("", "utf-8")

    where.replace_graph(write, "by hand", 0.0)
    return where.folder


def found(links: list[Link]) -> dict[str, tuple[str, str]]:
    return {link.concept: (link.kind, link.iri.rpartition("/")[2]) for link in links}


def test_names_aliases_and_what_lies_beside_make_links(skos: Path) -> None:
    links = match(graph(), read_vocabulary(skos))
    assert found(links) == {
        "method:bert": ("exact", "bert"),
        "method:language-model": ("exact", "lm"),
        "method:vit": ("exact", "vit"),
        "dataset:squad": ("close", "squad"),
    }
    by_concept = {link.concept: link for link in links}
    assert by_concept["method:bert"].reason == "the same short name: BERT; 1 in common beside them"
    assert by_concept["method:vit"].reason == "another name of it is the name there: vision transformers"


def test_owl_with_synonyms_is_read_and_deprecated_classes_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "o.owl").write_text(OWL, "utf-8")
    links = match(graph(), read_vocabulary(tmp_path / "o.owl"))
    assert found(links) == {"task:reading-comprehension": ("exact", "1"), "task:question-answering": ("close", "2")}


def test_people_decide_first(skos: Path) -> None:
    iri = "https://vocabulary.example/"
    decisions = (
        Decision("exact", "exact match", iri + "exam"),
        Decision("no", "SQuAD", iri + "squad"),
        Decision("exact", "RoBERTa", iri + "bert"),
        Decision("close", "method:bert", iri + "bert"),
    )
    links = {link.concept: link for link in match(graph(), read_vocabulary(skos), decisions)}
    assert links["metric:exact-match"].confidence == 1
    assert "dataset:squad" not in links
    assert (links["method:roberta"].kind, links["method:bert"].kind) == ("exact", "close")
    assert links["method:roberta"].reason == "decided by a person"
    with pytest.raises(KGError, match="the vocabulary has no"):
        match(graph(), read_vocabulary(skos), (Decision("exact", "BERT", iri + "unknown"),))


def test_links_are_kept_written_and_asked_by(store: Path, skos: Path, tmp_path: Path) -> None:
    decisions, out = tmp_path / "d.tsv", tmp_path / "links.ttl"
    decisions.write_text("no\tSQuAD\thttps://vocabulary.example/squad\n", "utf-8")
    with pytest.raises(KGError, match="unknown"):
        kg.query("card", {"concept": "image transformer"}, store=store)
    arguments = ["link", "--to", str(skos), "-o", str(out), "--decisions", str(decisions), "--store", str(store)]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output
    assert "method:bert\texact\t0.85\thttps://vocabulary.example/bert\tthe same short name: BERT" in done.output
    assert kg.query("card", {"concept": "Image Transformer"}, store=store).dicts()[0]["id"] == "method:vit"
    read = rdflib.Graph().parse(out)
    exact = rdflib.SKOS.exactMatch
    assert len(set(read.subject_objects(exact))) == len(set(read.subjects(rdflib.RDF.predicate, exact))) >= 3
    again = kg.link(skos, store=store)
    assert "dataset:squad" not in found(again), "the store remembers what people decided"


def test_what_cannot_be_used_is_told_in_a_line(tmp_path: Path, skos: Path) -> None:
    for name, text, message in (
        ("v.txt", SKOS, "unknown form of a vocabulary"),
        ("bad.ttl", "<a> <b>", "not TURTLE|not Turtle"),
        ("empty.ttl", "", "no concept with a name"),
    ):
        (tmp_path / name).write_text(text, "utf-8")
        with pytest.raises(KGError, match=message):
            read_vocabulary(tmp_path / name)
    for text, message in (("same\ta\tb", "line 1: begins with 'same'"), ("exact\ta", "line 1: needs 3")):
        (tmp_path / "d.tsv").write_text(text, "utf-8")
        with pytest.raises(KGError, match=message):
            read_decisions(tmp_path / "d.tsv")


def test_generic_words_behind_several_and_coined_names_match(tmp_path: Path) -> None:
    nodes = [
        Node("Method", "method:icp", {"name": "iterative closest point", "aliases": ("iterative closest point",)}),
        Node("Method", "method:kernel", {"name": "kernel", "aliases": ("kernel",)}),
        Node("Dataset", "dataset:shapenet", {"name": "ShapeNet", "aliases": ("ShapeNet",)}),
    ]
    (tmp_path / "v.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix v: <https://vocabulary.example/> .\n"
        'v:icp skos:prefLabel "Iterative closest point algorithm" .\nv:kernel skos:prefLabel "kernel methods" .\n'
        'v:shapes skos:prefLabel "collection of shapes" ; skos:altLabel "ShapeNet" .\n',
        "utf-8",
    )
    links = match(Graph.of(nodes, ()), read_vocabulary(tmp_path / "v.ttl"))
    assert found(links) == {"method:icp": ("close", "icp"), "dataset:shapenet": ("close", "shapes")}


def test_forms_known_synonyms_and_longer_abbreviations_match(tmp_path: Path) -> None:
    nodes = [
        Node("Metric", "metric:f1", {"name": "F1", "aliases": ("F1", "F1 score")}),
        Node("Method", "method:icp", {"name": "ICP", "aliases": ("ICP", "iterative closest point")}),
        Node("Dataset", "dataset:kitti", {"name": "KITTI", "aliases": ("KITTI",)}),
        Node("Metric", "metric:em", {"name": "EM", "aliases": ("EM",)}),
    ]
    (tmp_path / "v.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix v: <https://vocabulary.example/> .\n"
        'v:f skos:prefLabel "F-measure" ; skos:altLabel "F1 score" .\n'
        'v:icp skos:prefLabel "Iterative closest point algorithm" .\n'
        'v:driving skos:prefLabel "driving benchmark of Karlsruhe" ; skos:altLabel "KITTI" .\n'
        'v:exam skos:prefLabel "exam mark" ; skos:altLabel "EM" .\n',
        "utf-8",
    )
    vocabulary = read_vocabulary(tmp_path / "v.ttl")
    links = match(Graph.of(nodes, ()), vocabulary)
    assert found(links) == {
        "metric:f1": ("close", "f"),
        "method:icp": ("close", "icp"),
        "dataset:kitti": ("close", "driving"),
    }
    assert [term.name for term in unmatched(vocabulary, links)] == ["exam mark"]


def test_what_of_the_vocabulary_has_no_match_is_counted_and_listed(store: Path, skos: Path, tmp_path: Path) -> None:
    rest = tmp_path / "rest.tsv"
    done = CliRunner().invoke(cli, ["link", "--to", str(skos), "--unmatched", str(rest), "--store", str(store)])
    assert done.exit_code == 0, done.output
    assert done.stderr == "3 exact and 1 close matches; 3 concepts of the vocabulary have no match\n"
    lines = rest.read_text("utf-8").splitlines()
    assert [line.split("\t")[1:] for line in lines] == [["adhesive", "GLUE"], ["exam mark", "EM"], ["felines"]]


def test_a_link_to_a_concept_that_is_gone_says_so(store: Path, skos: Path) -> None:
    kg.link(skos, store=store)
    assert kg.query("card", {"concept": "image transformer"}, store=store).rows
    where = folder.find(store)
    where.links_path.write_text(where.links_path.read_text("utf-8").replace("method:vit", "method:gone"), "utf-8")
    with pytest.raises(KGError, match="'image transformer' is linked to method:gone, which the graph has no more"):
        kg.query("card", {"concept": "image transformer"}, store=store)
