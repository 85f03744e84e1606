"""Papers, concepts and the dataset itself as RDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import schema
from kg.exports.rdf import terms
from kg.exports.rdf.hierarchy import by_name
from kg.exports.rdf.terms import Names
from kg.graph import Graph, Node, Relationship, Value

if TYPE_CHECKING:
    from kg.exports.rdf.metadata import Metadata

Subject = ox.NamedNode
Object = ox.NamedNode | ox.Literal | ox.Triple
GraphName = ox.NamedNode | ox.DefaultGraph
Row = tuple[Subject, ox.NamedNode, Object, GraphName]
"""Subject, predicate, object and graph; faster to create than pyoxigraph's quads."""

DEFAULT = ox.DefaultGraph()
_RESOLVERS = {"doi": "https://doi.org/", "arxiv": "https://arxiv.org/abs/"}


def dataset(graph: Graph, names: Names, metadata: Metadata) -> Iterator[Row]:
    """The description of the file: a DCAT and VoID dataset, the scheme of its concepts, and the extractors used."""
    a, whole, scheme = names.term("rdf:type"), ox.NamedNode(names.base), ox.NamedNode(names.base + "concepts")
    ontology = ox.NamedNode(names.base + "ontology")
    yield whole, a, names.term("void:Dataset"), DEFAULT
    yield whole, a, names.term("dcat:Dataset"), DEFAULT
    if not metadata.title:
        title = terms.english("Papers, and the methods, tasks, datasets, metrics and results that they report")
        yield whole, names.term("dcterms:title"), title, DEFAULT
    yield from metadata.rows(whole, names, DEFAULT)
    yield whole, names.term("dcterms:conformsTo"), ontology, DEFAULT
    yield whole, names.term("void:vocabulary"), ontology, DEFAULT
    yield whole, names.term("void:uriSpace"), ox.Literal(names.base), DEFAULT
    yield scheme, a, names.term("skos:ConceptScheme"), DEFAULT
    yield scheme, names.term("dcterms:isPartOf"), whole, DEFAULT
    name = f"{metadata.title}: concepts" if metadata.title else "Methods, tasks, datasets and metrics"
    yield scheme, names.term("dcterms:title"), terms.english(name), DEFAULT
    yield scheme, names.term("skos:prefLabel"), terms.english(name), DEFAULT
    yield from metadata.rows(scheme, names, DEFAULT, own=False)
    for agent in sorted(_agents(graph)):
        yield from agent.rows(names, DEFAULT)


def hierarchy(graph: Graph, names: Names, broader: Set[tuple[str, str]]) -> Iterator[Row]:
    """What names say of kinds, and the top concepts of the scheme: those that are no kind of another."""
    for start, end in sorted(by_name(graph) & broader):
        yield names.node(start), names.term("skos:broader"), names.node(end), DEFAULT
    scheme, narrower = ox.NamedNode(names.base + "concepts"), {start for start, _ in broader}
    for node in graph.nodes:
        if node.label in schema.CONCEPT_LABELS and node.id not in narrower:
            yield scheme, names.term("skos:hasTopConcept"), names.node(node.id), DEFAULT
            yield names.node(node.id), names.term("skos:topConceptOf"), scheme, DEFAULT


@dataclass(frozen=True, slots=True, order=True)
class Agent:
    """The software that read a sentence: an extractor, whose name may end in a version, or a ``part`` of one."""

    extractor: str
    part: str = ""

    def iri(self, names: Names) -> ox.NamedNode:
        """Made of the extractor's name, its version and the part."""
        return names.node("extractor:" + "/".join(filter(None, (*_label_and_version(self.extractor), self.part))))

    def rows(self, names: Names, where: GraphName) -> Iterator[Row]:
        """What it is: its name, its version, and what it is a part of."""
        subject = self.iri(names)
        label, version = _label_and_version(self.extractor)
        yield subject, names.term("rdf:type"), names.term("prov:SoftwareAgent"), where
        yield subject, names.term("rdfs:label"), terms.plain(self.part or label), where
        if version:
            yield subject, names.term("schema:softwareVersion"), terms.plain(version), where
        if self.part:
            yield subject, names.term("dcterms:isPartOf"), Agent(self.extractor).iri(names), where


def agent(said: Relationship | Node, paper: Node | None) -> Agent | None:
    """Who read it: the part of the paper's extractor that it names, else the whole; None where neither is known."""
    named = str(said.properties.get("extractor", "")) if isinstance(said, Relationship) else ""
    whole = str(paper.properties.get("extractor", "")) if paper else ""
    if whole and named and not _label_and_version(named)[1]:
        return Agent(whole, named)
    return Agent(named or whole) if named or whole else None


def _agents(graph: Graph) -> set[Agent]:
    papers = {node.id: node for node in graph.nodes if node.label == "Paper"}
    found = {
        Agent(str(paper.properties["extractor"])) for paper in papers.values() if paper.properties.get("extractor")
    }
    said = (rel for rel in graph.relationships if rel.properties.get("extractor"))
    return found | {who for rel in said if (who := agent(rel, papers.get(str(rel.properties.get("paper", "")))))}


def _label_and_version(name: str) -> tuple[str, str]:
    label, _, version = name.rpartition(" ")
    return (label, version) if label and version[:1].isdigit() else (name, "")


def node(node: Node, names: Names, where: GraphName = DEFAULT) -> Iterator[Row]:
    """A node's own triples: types, identifier and properties."""
    subject = names.node(node.id)
    yield subject, names.term("rdf:type"), names.term(terms.class_term(node.label)), where
    if node.label in schema.CONCEPT_LABELS:
        yield subject, names.term("rdf:type"), names.term("skos:Concept"), where
        yield subject, names.term("skos:inScheme"), ox.NamedNode(names.base + "concepts"), where
    yield subject, names.term("dcterms:identifier"), terms.plain(node.id), where
    for declared in schema.NODE_TYPES[node.label].properties:
        value = node.properties.get(declared.name)
        if value is None or (node.label, declared.name) == ("Result", "text"):  # the text is evidence, see claims
            continue
        predicate = names.term(terms.property_term(node.label, declared.name))
        if declared.name == "extractor":
            yield subject, predicate, Agent(str(value)).iri(names), where
            continue
        for object_ in _objects(node, declared, value):
            yield subject, predicate, object_, where
    authors = node.properties.get("authors")
    if isinstance(authors, tuple) and authors:
        yield from _author_list(subject, authors, names, where)


def citation(paper: Node, names: Names, where: GraphName) -> Iterator[Row]:
    """The triples of a paper that identify it on its own: class, title and public identifiers."""
    subject = names.node(paper.id)
    yield subject, names.term("rdf:type"), names.term(terms.class_term("Paper")), where
    for name in ("title", *_RESOLVERS):
        if name in paper.properties:
            declared = next(p for p in schema.NODE_TYPES["Paper"].properties if p.name == name)
            for object_ in _objects(paper, declared, paper.properties[name]):
                yield subject, names.term(terms.property_term("Paper", name)), object_, where


def _objects(node: Node, declared: schema.Property, value: Value) -> Iterable[Object]:
    name = declared.name
    if name in ("name", "aliases"):
        forms = value if isinstance(value, tuple) else (str(value),)
        preferred = node.properties.get("name") if name == "aliases" else None
        return [terms.english(form) for form in forms if form != preferred]
    if name in _RESOLVERS:
        return [terms.web_address(_RESOLVERS[name] + str(value).replace("#", "%23"))]  # no fragment, but of the DOI
    if name == "url":
        return [terms.web_address(str(value))]
    if name == "year" and isinstance(value, int):
        return [terms.year(value)]
    return literals(declared, value)


def literals(declared: schema.Property, value: Value) -> Iterable[ox.Literal]:
    """A property's value in the datatype that the schema declares; other values are not converted."""
    if isinstance(value, tuple):
        return [terms.plain(item) for item in value]
    if declared.type == "float" and isinstance(value, int | float):
        number = terms.decimal(float(value))
        return () if number is None else (number,)
    return (terms.plain(value),)


def _author_list(subject: ox.NamedNode, authors: tuple[str, ...], names: Names, where: GraphName) -> Iterator[Row]:
    """The authors in their order, which a set of triples does not keep."""
    sequence = ox.NamedNode(subject.value + "#authors")
    yield subject, names.term("bibo:authorList"), sequence, where
    yield sequence, names.term("rdf:type"), names.term("rdf:Seq"), where
    for place, author in enumerate(authors, 1):
        yield sequence, names.term(f"rdf:_{place}"), terms.plain(author), where
