"""What papers say as RDF: plain triples, and statements about them with the evidence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Set
from itertools import groupby

import pyoxigraph as ox

from kg import schema
from kg.exports.rdf import evidence, nodes, terms
from kg.exports.rdf.hierarchy import by_name
from kg.exports.rdf.nodes import DEFAULT, GraphName, Row
from kg.exports.rdf.terms import Names
from kg.graph import Graph, Node, Relationship

Item = Node | Relationship
_REIFIED = frozenset(name for name, type_ in schema.RELATIONSHIP_TYPES.items() if type_.properties)
_STATEMENTS = frozenset(schema.STATEMENT_TYPES)


class Lookup:
    """Finds nodes of a graph by bisection, which needs no index in memory."""

    def __init__(self, graph: Graph) -> None:
        self._nodes = graph.nodes
        self._order = {label: place for place, label in enumerate(schema.NODE_TYPES)}

    def node(self, node_id: str) -> Node | None:
        """The node with this id, if the graph has it."""
        wanted = self._order[schema.label_of(node_id)], node_id
        place = bisect_left(self._nodes, wanted, key=lambda n: (self._order[n.label], n.id))
        found = self._nodes[place] if place < len(self._nodes) else None
        return found if found and found.id == node_id else None


def by_paper(graph: Graph) -> Iterator[tuple[str, Iterator[Item]]]:
    """Results and relationships, grouped by the paper that they come from, sorted.

    Besides the graph, an export only keeps this list of references and the papers of results in
    memory. What comes from no paper has the paper ``""``, and is first.
    """
    reported = {rel.end: rel.start for rel in graph.relationships if rel.type == "REPORTS"}

    def owner(item: Item) -> str:
        if isinstance(item, Node):
            return reported.get(item.id, "")
        if item.type in _STATEMENTS:
            return item.key[3]
        return item.start if schema.label_of(item.start) == "Paper" else reported.get(item.start, "")

    items: list[Item] = [node for node in graph.nodes if node.label == "Result"]
    items += graph.relationships
    items.sort(key=owner)
    yield from groupby(items, owner)


def asserted(rel: Relationship, broader: Set[tuple[str, str]]) -> bool:
    """Whether the triple of a relationship is stated; not that of a hierarchy in which it would make a circle."""
    return rel.type != "SUBCLASS_OF" or (rel.start, rel.end) in broader


def plain(graph: Graph, names: Names, broader: Set[tuple[str, str]]) -> Iterator[Row]:
    """Each relationship of two concepts once, however many papers state it, concept by concept.

    What names say of kinds is in `kg.exports.rdf.nodes.hierarchy`.
    """
    named = by_name(graph)
    said = [
        rel
        for rel in graph.relationships
        if rel.type in _STATEMENTS
        and asserted(rel, broader)
        and not (rel.type == "SUBCLASS_OF" and (rel.start, rel.end) in named)
    ]
    said.sort(key=lambda rel: rel.start)  # stable: by type and end within a concept
    for (type_, start, end), _ in groupby(said, key=lambda rel: rel.key[:3]):
        yield names.node(start), names.term(terms.relation_term(type_)), names.node(end), DEFAULT


def claims(
    paper_id: str,
    paper: Node | None,
    items: Iterator[Item],
    names: Names,
    broader: Set[tuple[str, str]],
    *,
    named_graphs: bool,
    rdf12: bool,
) -> Iterator[Row]:
    """Everything that one paper says; with ``named_graphs`` in its own graph, including plain triples."""
    where: GraphName = DEFAULT
    if named_graphs and paper_id:
        own = where = names.under("claims", paper_id)
        yield own, names.term("prov:wasDerivedFrom"), names.node(paper_id), DEFAULT
    said = list(items)
    sentences: dict[str, None] = {}  # in order of appearance, each described once
    for item in said:
        words = item.properties.get("text" if isinstance(item, Node) else "sentence")
        if words:
            sentences[str(words)] = None
        if isinstance(item, Node):
            yield from nodes.node(item, names, where)
            if who := nodes.agent(item, paper):
                yield names.node(item.id), names.term("prov:wasAttributedTo"), who.iri(names), where
            if words:
                yield names.node(item.id), names.term("akg:evidence"), _sentence(paper_id, words, names), where
    relationships = [item for item in said if isinstance(item, Relationship)]
    for rel in sorted(relationships, key=lambda rel: rel.start):
        if rel.type not in _STATEMENTS or (named_graphs and asserted(rel, broader)):
            yield *_triple(rel, names), where
    for rel in relationships:
        if rel.type in _REIFIED:
            yield from statement(rel, paper_id, paper, names, where, rdf12=rdf12)
    yield from _evidence(sentences, paper_id, paper, names, where)


def _triple(rel: Relationship, names: Names) -> tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]:
    return names.node(rel.start), names.term(terms.relation_term(rel.type)), names.node(rel.end)


def _evidence(
    sentences: dict[str, None], paper_id: str, paper: Node | None, names: Names, where: GraphName
) -> Iterator[Row]:
    used = {found[0] for words in sentences if (found := evidence.find(words, paper))}
    for name in sorted(used):
        yield from evidence.part(name, paper_id, names, where)
    for words in sentences:
        yield from evidence.sentence(words, paper_id, paper, names, where)


def _sentence(paper_id: str, words: object, names: Names) -> ox.NamedNode:
    return evidence.sentence_iri(paper_id, str(words), names)


def statement(
    rel: Relationship, paper_id: str, paper: Node | None, names: Names, where: GraphName, *, rdf12: bool
) -> Iterator[Row]:
    """A statement: the triple that it is about, and the properties of the relationship.

    With ``rdf12`` the triple is a term (``rdf:reifies``), else it is given by its three parts.
    """
    subject, triple = names.hashed("statement", *rel.key), _triple(rel, names)
    kind = "akg:Mention" if rel.type == "MENTIONS" else "akg:Statement"
    yield subject, names.term("rdf:type"), names.term(kind), where
    if rdf12:
        yield subject, names.term("rdf:reifies"), ox.Triple(*triple), where
    else:
        for name, term in zip(("rdf:subject", "rdf:predicate", "rdf:object"), triple, strict=True):
            yield subject, names.term(name), term, where
    if paper_id:
        yield subject, names.term("prov:wasDerivedFrom"), names.node(paper_id), where
    if who := nodes.agent(rel, paper):
        yield subject, names.term("prov:wasAttributedTo"), who.iri(names), where
    for declared in schema.RELATIONSHIP_TYPES[rel.type].properties:
        value = rel.properties.get(declared.name)
        if value is None or value == "" or declared.name in ("paper", "extractor"):
            continue
        predicate = names.term(terms.property_term(rel.type, declared.name))
        if declared.name == "sentence":
            yield subject, predicate, _sentence(paper_id, value, names), where
        else:
            for literal in nodes.literals(declared, value):
                yield subject, predicate, literal, where
