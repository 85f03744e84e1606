"""What librarians need: who says so, under which licence, a hierarchy without circles, vocabulary without a store."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import pytest
import rdf_graph
import rdflib
from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, XSD, Literal, URIRef

import kg
from kg.cli import cli
from kg.errors import KGError
from kg.exports import export
from kg.exports.rdf.hierarchy import broader
from kg.exports.rdf.metadata import Metadata
from kg.graph import Graph, Node, Relationship, Value

BASE = "https://abstractkg.example/"
AKG = rdflib.Namespace(BASE + "ontology#")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
VERSION = URIRef("https://schema.org/softwareVersion")
ABOUT = """\
title: Reading machines
description: What papers say of reading comprehension
licence: https://creativecommons.org/licenses/by/4.0/
publisher: University Library
creator: https://orcid.org/0000-0002-1825-0097
issued: 2026-01-31
modified: 2026-02-28
version: 3
"""


def exported(graph: Graph, folder: Path, about: str = "") -> rdflib.Graph:
    (folder / "about.yaml").write_text(about, "utf-8")
    export(graph, folder / "graph.ttl", metadata=folder / "about.yaml" if about else None)
    return rdflib.Graph().parse(folder / "graph.ttl")


def test_title_licence_publisher_and_dates_describe_dataset_and_scheme(tmp_path: Path) -> None:
    rdf = exported(rdf_graph.graph(), tmp_path, ABOUT)
    whole, scheme = URIRef(BASE), URIRef(BASE + "concepts")
    assert (whole, RDF.type, DCAT.Dataset) in rdf
    assert [str(title) for title in rdf.objects(whole, DCTERMS.title)] == ["Reading machines"]
    assert (scheme, DCTERMS.title, Literal("Reading machines: concepts", lang="en")) in rdf
    for subject in (whole, scheme):
        assert (subject, DCTERMS.license, URIRef("https://creativecommons.org/licenses/by/4.0/")) in rdf
        assert (subject, DCTERMS.creator, URIRef("https://orcid.org/0000-0002-1825-0097")) in rdf
        assert (subject, DCTERMS.issued, Literal("2026-01-31", datatype=XSD.date)) in rdf
        assert (subject, DCTERMS.modified, Literal("2026-02-28", datatype=XSD.date)) in rdf
        publisher = rdf.value(subject, DCTERMS.publisher)
        assert rdf.value(publisher, FOAF.name) == Literal("University Library")


def test_the_documented_file_of_metadata_has_every_key_and_becomes_what_is_documented(tmp_path: Path) -> None:
    text = (Path(__file__).parents[1] / "docs" / "publishing.md").read_text("utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    (tmp_path / "about.yaml").write_text(example, "utf-8")
    metadata = Metadata.read(tmp_path / "about.yaml")
    rdf = exported(rdf_graph.graph(), tmp_path, example)
    rows = re.findall(r"^\| (`\w+`.*?) \|.*\| `(\w+:\w+)`.* \|$", text, re.MULTILINE)
    documented = {key: term for keys, term in rows for key in re.findall(r"`(\w+)`", keys)}
    known = [field.name for field in fields(Metadata)]
    assert sorted(documented) == sorted([*known, "licence"])
    (option,) = (option for option in cli.commands["export"].params if option.name == "metadata")
    for key in known:
        term = rdf.namespace_manager.expand_curie(documented[key])
        said = {str(value) for value in rdf.objects(URIRef(BASE), term)}
        names = {str(name) for agent in rdf.objects(URIRef(BASE), DCTERMS.publisher) for name in rdf[agent : FOAF.name]}
        assert getattr(metadata, key) in (names if key == "publisher" else said), key
        assert key in str(getattr(option, "help", "")), "the help of the command names it"


def test_without_metadata_nobody_publishes(tmp_path: Path) -> None:
    rdf = exported(rdf_graph.graph(), tmp_path)
    assert not set(rdf.predicates(URIRef(BASE))) & {DCTERMS.license, DCTERMS.publisher, DCTERMS.issued}


@pytest.mark.parametrize(
    ("about", "message"),
    [
        ("", r"about.yaml: needs lines such as"),
        ("colour: blue", r"about.yaml: unknown 'colour'; there are title, description, license, "),
        ("licence: CC BY", r"about.yaml: license 'CC BY' is not an address"),
        ("issued: last year", r"about.yaml: issued 'last year' is not a date such as 2026-01-31"),
        ("title: [a, b]", r"about.yaml: title is one value, not list"),
        ("title: [", r"about.yaml: neither YAML nor JSON"),
    ],
)
def test_metadata_that_cannot_be_used_is_one_line_and_writes_nothing(tmp_path: Path, about: str, message: str) -> None:
    (tmp_path / "about.yaml").write_text(about, "utf-8")
    with pytest.raises(KGError, match=message) as caught:
        export(rdf_graph.graph(), tmp_path / "graph.ttl", metadata=tmp_path / "about.yaml")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "graph.ttl").exists()


def with_part(properties: Mapping[str, Value]) -> dict[str, Value]:
    return {**properties, "extractor": "neural"}


def read_by_parts() -> Graph:
    """The graph as a build makes it: papers name extractor and version, claims the part of it."""
    whole = rdf_graph.graph()
    nodes = [
        Node(n.label, n.id, {**n.properties, "extractor": "default 0.1.0+5f3a"}) if n.label == "Paper" else n
        for n in whole.nodes
    ]
    said = [
        Relationship(r.type, r.start, r.end, with_part(r.properties)) if "extractor" in r.properties else r
        for r in whole.relationships
    ]
    return Graph.of(nodes, said)


def test_every_claim_and_result_names_extractor_and_version() -> None:
    rdf = kg.to_rdflib(read_by_parts())
    said = [*rdf.subjects(RDF.type, AKG.Statement), *rdf.subjects(RDF.type, AKG.Result)]
    assert len(said) > 5
    for subject in said:
        agent = rdf.value(subject, PROV.wasAttributedTo)
        assert rdf.value(agent, VERSION) == Literal("0.1.0+5f3a"), subject
    neural, default = (
        URIRef(BASE + "extractor/default/0.1.0%2B5f3a/neural"),
        URIRef(BASE + "extractor/default/0.1.0%2B5f3a"),
    )
    assert rdf.value(neural, RDFS.label) == Literal("neural")
    assert rdf.value(neural, DCTERMS.isPartOf) == default
    assert (URIRef(BASE + "arxiv/1810.04805"), AKG.readBy, default) in rdf


def test_a_build_says_which_extractor_read_each_paper(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("We present FooNet, a model for image classification on ImageNet.\n", "utf-8")
    kg.build([tmp_path / "a.txt"], tmp_path / "store", extractor="patterns")
    (paper,) = (n for n in kg.read_graph(tmp_path / "store").nodes if n.label == "Paper")
    assert re.fullmatch(r"patterns \d+\.\d+\.\d+\S*", str(paper.properties["extractor"]))


def kind(start: str, end: str, paper: int, confidence: float = 0.9) -> Relationship:
    return Relationship(
        "SUBCLASS_OF",
        f"method:{start}",
        f"method:{end}",
        {"paper": f"text:{paper}", "sentence": "So.", "confidence": confidence, "extractor": "hand"},
    )


def circle() -> Graph:
    nodes = [Node("Method", f"method:{name}", {"name": name, "aliases": (name,), "papers": 1}) for name in "abcd"]
    papers = [Node("Paper", f"text:{n}", {"abstract": f"So {n}."}) for n in (1, 2)]
    said = [kind("a", "b", 1), kind("a", "b", 2), kind("b", "c", 1), kind("c", "a", 1, 0.5), kind("c", "d", 1)]
    return Graph.of([*nodes, *papers], [*said, kind("d", "d", 1)])


def test_of_broader_concepts_only_the_nearest_are_said_whoever_says_so() -> None:
    nodes = [Node("Method", f"method:{name}", {"name": name, "aliases": (name,), "papers": 1}) for name in "abc"]
    said = [kind("a", "b", 1), Relationship("NARROWER_THAN", "method:b", "method:c", {}), kind("a", "c", 1)]
    graph = Graph.of([*nodes, Node("Paper", "text:1", {"abstract": "So."})], said)
    assert broader(graph) == {("method:a", "method:b"), ("method:b", "method:c")}
    assert len(list(kg.to_rdflib(graph).subject_objects(SKOS.broader))) == 2


def test_where_papers_make_a_circle_of_kinds_the_least_supported_is_no_part_of_the_hierarchy(tmp_path: Path) -> None:
    assert broader(circle()) == {
        ("method:a", "method:b"),
        ("method:b", "method:c"),
        ("method:c", "method:d"),
    }
    export(circle(), tmp_path / "g.nq")
    text = (tmp_path / "g.nq").read_text("utf-8")
    assert f"<{BASE}method/c> <{SKOS.broader}> <{BASE}method/a>" not in text, "nor in the graph of a paper"
    rdf = kg.to_rdflib(circle())
    assert len(list(rdf.subject_objects(SKOS.broader))) == 3
    contested = set(rdf.subjects(RDF.object, URIRef(BASE + "method/a")))
    assert contested & set(rdf.subjects(RDF.type, AKG.Statement)), "that a paper says so stays"


def test_the_scheme_has_its_top_concepts() -> None:
    rdf = kg.to_rdflib(circle())
    scheme = URIRef(BASE + "concepts")
    assert list(rdf.objects(scheme, SKOS.hasTopConcept)) == [URIRef(BASE + "method/d")]
    assert (URIRef(BASE + "method/d"), SKOS.topConceptOf, scheme) in rdf


@pytest.mark.parametrize("form", ["ontology", "shacl", "context"])
def test_the_vocabulary_needs_no_store(tmp_path: Path, form: str) -> None:
    kg.export(tmp_path / "vocabulary.ttl", store=tmp_path / "none", format=form)
    assert "abstractkg.example" in (tmp_path / "vocabulary.ttl").read_text("utf-8")
