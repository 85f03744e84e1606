"""What the RDF says: terms, datatypes, evidence and named graphs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdf_graph
import rdflib
from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD, Literal, URIRef

import kg
from kg import schema
from kg.exports import export
from kg.exports.rdf.terms import PREFIXES, PROPERTY_TERMS, class_term, property_term, relation_term
from kg.graph import Graph, Node, Relationship

BASE = "https://abstractkg.example/"
AKG = rdflib.Namespace(BASE + "ontology#")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
SCHEMA = rdflib.Namespace("https://schema.org/")
NANOPUB = {"nanopub": True, "creator": "https://orcid.org/0000-0002-1825-0097", "created": "2026-01-31T12:00:00Z"}


@pytest.fixture(scope="module")
def rdf() -> rdflib.Graph:
    return kg.to_rdflib(rdf_graph.graph())


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    text = files("kg.exports.rdf").joinpath("ontology.ttl").read_text("utf-8")
    return rdflib.Graph().parse(data=text)


def node(identifier: str) -> URIRef:
    kind, _, name = identifier.partition(":")
    return URIRef(f"{BASE}{kind}/{name}")


def statement(rdf: rdflib.Graph, start: str, end: str, paper: str) -> URIRef:
    (found,) = (
        s
        for s in rdf.subjects(RDF.type, AKG.Statement)
        if (s, RDF.subject, node(start)) in rdf
        and (s, RDF.object, node(end)) in rdf
        and (s, PROV.wasDerivedFrom, node(paper)) in rdf
    )
    assert isinstance(found, URIRef)
    return found


def test_a_paper_is_described_in_known_terms(rdf: rdflib.Graph) -> None:
    paper = node(rdf_graph.PAPER)
    assert (paper, RDF.type, SCHEMA.ScholarlyArticle) in rdf
    assert rdf.value(paper, DCTERMS.issued) == Literal("2018", datatype=XSD.gYear)
    assert rdf.value(paper, SCHEMA.url) == URIRef("https://aclanthology.org/N19-1423/")
    assert set(rdf.objects(paper, SCHEMA.sameAs)) == {
        URIRef("https://doi.org/10.18653/v1/n19-1423"),
        URIRef("https://arxiv.org/abs/1810.04805"),
    }
    authors = rdf.value(paper, URIRef("http://purl.org/ontology/bibo/authorList"))
    assert [str(rdf.value(authors, RDF[f"_{place}"])) for place in (1, 2)] == ["Zoë B.", "Adam A."], "the order printed"


def test_a_hash_sign_in_a_doi_begins_no_fragment() -> None:
    paper = Node("Paper", "doi:10.1000/2-#", {"abstract": "We agree.", "doi": "10.1000/2-#"})
    found = kg.to_rdflib(Graph.of([paper], []))
    assert set(found.objects(None, SCHEMA.sameAs)) == {URIRef("https://doi.org/10.1000/2-%23")}


def test_a_concept_is_a_skos_concept_with_labels_in_english(rdf: rdflib.Graph) -> None:
    bert = node("method:bert")
    assert set(rdf.objects(bert, RDF.type)) == {AKG.Method, SKOS.Concept}
    assert list(rdf.objects(bert, SKOS.prefLabel)) == [Literal("BERT", lang="en")]
    assert list(rdf.objects(bert, SKOS.altLabel)) == [Literal("Bert", lang="en")], (
        "the preferred form is no alternative"
    )
    assert (bert, SKOS.broader, node("method:language-model")) in rdf
    assert rdf.value(bert, AKG.paperCount) == Literal(1)


def test_numbers_are_decimals_without_exponent(rdf: rdflib.Graph) -> None:
    said = statement(rdf, "method:bert", "method:bidaf", "doi:10.1000/(x)%3Cy%3E")
    confidence = rdf.value(said, AKG.confidence)
    assert isinstance(confidence, Literal)
    assert (str(confidence), confidence.datatype) == ("0.0000001", XSD.decimal)
    assert rdf.value(node("result:1"), AKG.number) == Literal("93.2", datatype=XSD.decimal)


def test_a_number_that_is_none_is_left_out() -> None:
    properties: dict[str, Any] = {"value": "inf", "number": float("inf"), "comparison": "absolute"}
    made = kg.to_rdflib(Graph.of([Node("Result", "result:1", properties)], []))
    assert made.value(node("result:1"), AKG.number) is None
    assert made.value(node("result:1"), AKG.value) == Literal("inf")


def test_evidence_gives_the_place_of_the_sentence_in_the_abstract_and_its_words(rdf: rdflib.Graph) -> None:
    said = statement(rdf, "method:bert", "method:bidaf", rdf_graph.PAPER)
    sentence = rdf.value(said, AKG.evidence)
    assert rdf.value(sentence, PROV.wasQuotedFrom) == node(rdf_graph.PAPER)
    source = rdf.value(sentence, OA.hasSource)
    assert rdf.value(source, RDF.type) == URIRef("http://purl.org/spar/fabio/Abstract")
    assert rdf.value(source, DCTERMS.isPartOf) == node(rdf_graph.PAPER)
    selectors = {rdf.value(s, RDF.type): s for s in rdf.objects(sentence, OA.hasSelector)}
    place, quote = selectors[OA.TextPositionSelector], selectors[OA.TextQuoteSelector]
    start, end = (rdf.value(place, term) for term in (OA.start, OA.end))
    assert isinstance(start, Literal)
    assert isinstance(end, Literal)
    assert (
        rdf_graph.ABSTRACT[start.toPython() : end.toPython()] == rdf_graph.SENTENCE == str(rdf.value(quote, OA.exact))
    )
    around = str(rdf.value(quote, OA.prefix)) + rdf_graph.SENTENCE + str(rdf.value(quote, OA.suffix))
    assert around in rdf_graph.ABSTRACT


def test_evidence_may_stand_in_the_title(rdf: rdflib.Graph) -> None:
    sentence = rdf.value(statement(rdf, "method:bert", "method:language-model", rdf_graph.PAPER), AKG.evidence)
    assert rdf.value(rdf.value(sentence, OA.hasSource), RDF.type) == URIRef("http://purl.org/spar/doco/Title")


def test_a_sentence_that_is_nowhere_in_the_paper_has_a_quote_and_no_position(rdf: rdflib.Graph) -> None:
    said = next(s for s in rdf.subjects(RDF.predicate, AKG.basedOn))
    sentence = rdf.value(said, AKG.evidence)
    (selector,) = rdf.objects(sentence, OA.hasSelector)
    assert str(rdf.value(selector, OA.exact)) == "In neither title nor abstract."
    assert (selector, RDF.type, OA.TextQuoteSelector) in rdf


def test_provenance_names_the_extractor_and_its_version(rdf: rdflib.Graph) -> None:
    agent = rdf.value(statement(rdf, "method:bert", "method:bidaf", rdf_graph.PAPER), PROV.wasAttributedTo)
    assert (agent, RDF.type, PROV.SoftwareAgent) in rdf
    assert (str(rdf.value(agent, RDFS.label)), str(rdf.value(agent, SCHEMA.softwareVersion))) == (
        "default",
        "0.1.0+5f3a",
    )


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
def test_what_a_paper_says_lies_in_its_own_graph_and_can_be_dropped_with_it(tmp_path: Path) -> None:
    export(rdf_graph.graph(), tmp_path / "g.nq")
    dataset = rdflib.Dataset()
    dataset.parse(data=(tmp_path / "g.nq").read_bytes(), format="nquads")
    triple = (node("method:bert"), AKG.outperforms, node("method:bidaf"))
    graphs = {str(context) for *_, context in dataset.quads((*triple, None))}
    assert graphs == {BASE + "claims/arxiv/1810.04805", BASE + "claims/doi/10.1000/(x)%3Cy%3E"}
    for name in graphs:
        (source,) = dataset.default_graph.objects(URIRef(name), PROV.wasDerivedFrom)
        assert (source, RDF.type, SCHEMA.ScholarlyArticle) in dataset.default_graph
    dataset.remove_graph(URIRef(BASE + "claims/arxiv/1810.04805"))
    left = {
        s for s, _, o, _ in dataset.quads((None, RDF.type, None, None)) if o in (AKG.Statement, AKG.Mention, AKG.Result)
    }
    assert len(left) == 2, "the two statements of the other paper"


def test_triples_that_two_papers_state_are_written_once_without_graphs(tmp_path: Path) -> None:
    export(rdf_graph.graph(), tmp_path / "g.nt")
    lines = (tmp_path / "g.nt").read_text("utf-8").splitlines()
    assert len(lines) == len(set(lines))


def _full() -> Iterator[tuple[str, str, Any, Graph]]:
    """For every property of the schema: a graph that holds a value of it, found nowhere else."""
    values: dict[str, Any] = {
        "string": "sentinel",
        "integer": 4321,
        "float": 0.4321,
        "boolean": True,
        "strings": ("sentinel", "other"),
    }
    ends = {n: Node(n, f"{n.lower()}:x" if n != "Paper" else "text:x", {"name": "n"}) for n in schema.NODE_TYPES}
    for label, node_type in schema.NODE_TYPES.items():
        for declared in node_type.properties:
            value = values[declared.type]
            yield label, declared.name, value, Graph.of([Node(label, ends[label].id, {declared.name: value})], [])
    for name, rel_type in schema.RELATIONSHIP_TYPES.items():
        start, end = (ends[label] for label in rel_type.endpoints[0])
        for declared in rel_type.properties:
            value = values[declared.type]
            rel = Relationship(name, start.id, end.id, {declared.name: value})
            yield name, declared.name, value, Graph.of([start, end] if start != end else [start], [rel])


@pytest.mark.parametrize(
    ("owner", "name", "value", "graph"), list(_full()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_no_property_of_the_schema_is_lost(owner: str, name: str, value: Any, graph: Graph, tmp_path: Path) -> None:
    export(graph, tmp_path / "g.nq")
    written = (tmp_path / "g.nq").read_text("utf-8")
    for item in value if isinstance(value, tuple) else (value,):
        assert (str(item).lower() if isinstance(item, bool) else str(item)) in written


def test_our_own_terms_are_all_defined_and_no_more(ontology: rdflib.Graph) -> None:
    used = {relation_term(name) for name in schema.RELATIONSHIP_TYPES} | {
        class_term(label) for label in schema.NODE_TYPES
    }
    for owner, declared in (
        *((n, p) for n, t in schema.NODE_TYPES.items() for p in t.properties),
        *((n, p) for n, t in schema.RELATIONSHIP_TYPES.items() for p in t.properties),
    ):
        used.add(property_term(owner, declared.name))
    used |= {"akg:Statement", "akg:Mention"}
    own = {name for name in used if name.startswith("akg:")}
    defined = {f"akg:{str(s)[len(AKG) :]}" for s in ontology.subjects(RDFS.isDefinedBy, None)}
    assert defined == own


def test_every_term_has_label_definition_and_example(ontology: rdflib.Graph) -> None:
    for term in set(ontology.subjects(RDFS.isDefinedBy, None)):
        for need in (RDFS.label, SKOS.definition, SKOS.example):
            (text,) = ontology.objects(term, need)
            assert isinstance(text, Literal)
            assert text.language == "en", (term, need)


def test_domains_and_ranges_are_the_schemas(ontology: rdflib.Graph) -> None:
    classes = {
        label: URIRef(class_term(label).replace("akg:", AKG).replace("schema:", SCHEMA)) for label in schema.NODE_TYPES
    }

    def named(term: URIRef, side: URIRef) -> set[Any]:
        (found,) = ontology.objects(term, side)
        union = ontology.value(found, OWL.unionOf)
        return set(ontology.items(union)) if union else {found}

    for name, relation in schema.RELATIONSHIP_TYPES.items():
        term = relation_term(name)
        if not term.startswith("akg:"):
            continue
        property_ = AKG[term.removeprefix("akg:")]
        assert named(property_, RDFS.domain) == {classes[start] for start, _ in relation.endpoints}, name
        assert named(property_, RDFS.range) == {classes[end] for _, end in relation.endpoints}, name
        assert ((property_, RDF.type, OWL.SymmetricProperty) in ontology) == relation.symmetric, name


def test_the_table_of_terms_names_only_what_the_schema_has() -> None:
    known = {
        *((n, p.name) for n, t in schema.NODE_TYPES.items() for p in t.properties),
        *((n, p.name) for n, t in schema.RELATIONSHIP_TYPES.items() for p in t.properties),
    }
    assert set(PROPERTY_TERMS) <= known


def test_the_ontology_moves_with_the_base(tmp_path: Path) -> None:
    export(rdf_graph.graph(), tmp_path / "o.ttl", "ontology", base="https://kg.example.org/")
    text = (tmp_path / "o.ttl").read_text("utf-8")
    assert "abstractkg.example" not in text
    assert (URIRef("https://kg.example.org/ontology#Method"), RDF.type, OWL.Class) in rdflib.Graph().parse(data=text)


def test_the_table_of_terms_lists_what_is_written(tmp_path: Path) -> None:
    """Every class and property in the files stands in TERMS.md, and every term there is written."""
    written: set[str] = set()
    about = {
        "title": "Ours",
        "description": "All",
        "license": "https://example.org/l",
        "publisher": "We",
        "version": "1",
    }
    about |= {"issued": "2026-01-31", "modified": "2026-01-31", "homepage": "https://example.org/"}
    (tmp_path / "about.yaml").write_text(json.dumps(about), "utf-8")
    spaces = {iri: prefix for prefix, iri in {**PREFIXES, "akg": str(AKG)}.items()}
    for name, options in (
        ("g.nq", {"metadata": tmp_path / "about.yaml"}),
        ("new.nq", {"rdf12": True}),
        ("np.nq", NANOPUB),
    ):
        export(rdf_graph.graph(), tmp_path / name, **options)
        for quad in ox.parse(path=str(tmp_path / name), format=ox.RdfFormat.N_QUADS):
            term = quad.object if quad.predicate.value == str(RDF.type) else quad.predicate
            assert isinstance(term, ox.NamedNode)
            end = max(term.value.rfind("#"), term.value.rfind("/")) + 1
            written.add(f"{spaces[term.value[:end]]}:{term.value[end:]}")
    written |= {*map(relation_term, schema.RELATIONSHIP_TYPES), *map(class_term, schema.NODE_TYPES)}
    table = files("kg.exports.rdf").joinpath("TERMS.md").read_text("utf-8")
    listed = {
        name for row in table.splitlines() if row.startswith("|") for name in re.findall(r"`([a-z]+:[A-Za-z]+)`", row)
    }
    assert {name for name in written if not name.startswith("rdf:_")} - listed == set()
    assert listed - written <= {"xsd:gYear"}
