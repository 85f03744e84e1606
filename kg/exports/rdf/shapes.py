"""SHACL shapes made from the schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from extractors.record import COMPARISONS
from kg import schema
from kg.exports.rdf.terms import PREFIXES, class_term, property_term, relation_term

_REQUIRED: Final = frozenset(
    {
        ("Paper", "abstract"),
        ("Result", "value"),
        ("Result", "comparison"),
        ("Result", "text"),
        *((label, name) for label in schema.CONCEPT_LABELS for name in ("name", "papers")),
    }
)
"""Properties that every node has. In general, a property without a value is left out."""
_KINDS = {
    "string": ("sh:datatype xsd:string", "string"),
    "strings": ("sh:datatype xsd:string", "a string"),
    "integer": ("sh:datatype xsd:integer", "integer"),
    "float": ("sh:datatype xsd:decimal", "decimal"),
    "boolean": ("sh:datatype xsd:boolean", "true or false"),
}
"""The kind of a value in SHACL and in words, by its type in the schema."""
_OTHER_KINDS = {
    "name": ("sh:datatype rdf:langString", "string with a language"),
    "aliases": ("sh:datatype rdf:langString", "a string with a language"),
    "year": ("sh:datatype xsd:gYear", "year"),
    "doi": ("sh:nodeKind sh:IRI", "an IRI"),
    "arxiv": ("sh:nodeKind sh:IRI", "an IRI"),
    "url": ("sh:nodeKind sh:IRIOrLiteral", "address"),
    "extractor": ("sh:nodeKind sh:IRI", "an IRI"),
    "text": ("sh:class oa:SpecificResource", "sentence"),
    "comparison": ("sh:in ( " + " ".join(f'"{name}"' for name in COMPARISONS) + " )", "of " + ", ".join(COMPARISONS)),
}
"""The same for properties with a more specific kind in RDF, by name."""
_SHARED = frozenset({"schema:sameAs"})
"""Terms of more than one property, whose number of values is therefore not limited."""

_STATEMENTS = """
shape:Statement a sh:NodeShape ;
  sh:targetClass akg:Statement ;
{triple}
  sh:property [ sh:path prov:wasDerivedFrom ; sh:minCount 1 ; sh:maxCount 1 ; sh:class schema:ScholarlyArticle ;
    sh:message "a statement comes from one paper of the graph" ] ;
  sh:property [ sh:path akg:evidence ; sh:minCount 1 ; sh:maxCount 1 ; sh:class oa:SpecificResource ;
    sh:message "a statement has one sentence that says so" ] ;
  sh:property [ sh:path akg:confidence ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:decimal ;
    sh:minInclusive 0 ; sh:maxInclusive 1 ; sh:message "a statement has one confidence, from 0 to 1" ] ;
  sh:property [ sh:path prov:wasAttributedTo ; sh:maxCount 1 ; sh:class prov:SoftwareAgent ;
    sh:message "a statement was read by one extractor" ] .

shape:Mention a sh:NodeShape ;
  sh:targetClass akg:Mention ;
{triple}
  sh:property [ sh:path akg:count ; sh:maxCount 1 ; sh:datatype xsd:integer ; sh:minInclusive 1 ;
    sh:message "a mention's count is a number from 1" ] ;
  sh:property [ sh:path akg:surfaceForm ; sh:datatype xsd:string ; sh:message "a surface form is a string" ] .

shape:Sentence a sh:NodeShape ;
  sh:targetClass oa:SpecificResource ;
  sh:property [ sh:path prov:wasQuotedFrom ; sh:minCount 1 ; sh:maxCount 1 ; sh:class schema:ScholarlyArticle ;
    sh:message "a sentence is quoted from one paper of the graph" ] ;
  sh:property [ sh:path oa:hasSource ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ;
    sh:message "a sentence has one source" ] ;
  sh:property [ sh:path ( oa:hasSelector oa:exact ) ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ;
    sh:message "a sentence has one quote" ] .

shape:Position a sh:NodeShape ;
  sh:targetClass oa:TextPositionSelector ;
  sh:property [ sh:path oa:start ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:nonNegativeInteger ;
    sh:lessThan oa:end ; sh:message "a position has one start, before its end" ] ;
  sh:property [ sh:path oa:end ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:nonNegativeInteger ;
    sh:message "a position has one end" ] .

shape:ResultOfPaper a sh:NodeShape ;
  sh:targetClass akg:Result ;
  sh:property [ sh:path [ sh:inversePath akg:reports ] ; sh:minCount 1 ; sh:maxCount 1 ;
    sh:message "a result is reported by one paper" ] .
"""
_TRIPLE = """\
  sh:property [ sh:path rdf:subject ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path rdf:object ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path rdf:predicate ; sh:minCount 1 ; sh:maxCount 1 ; sh:in ( %s ) ;
    sh:message "the predicate is one of the schema's" ] ;"""


def shapes(base: str) -> str:
    """The shapes as Turtle, under a base."""
    spaces = {
        "sh": "http://www.w3.org/ns/shacl#",
        "akg": base + "ontology#",
        "shape": base + "shapes#",
        **{name: PREFIXES[name] for name in ("rdf", "xsd", "skos", "schema", "dc", "dcterms", "prism", "prov", "oa")},
    }
    reified = [relation_term(name) for name, type_ in schema.RELATIONSHIP_TYPES.items() if type_.properties]
    parts = [
        *(f"@prefix {prefix}: <{iri}> ." for prefix, iri in spaces.items()),
        *(_node(node) for node in schema.NODE_TYPES.values()),
        *(_ends(relation) for relation in schema.RELATIONSHIP_TYPES.values()),
        _STATEMENTS.format(triple=_TRIPLE % " ".join(reified)),
    ]
    return "\n".join(parts)


def _node(node: schema.NodeType) -> str:
    constraints = [
        f'sh:path dcterms:identifier ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ; '
        f'sh:message "a {node.label} has one identifier"'
    ]  # fmt: skip
    constraints += [_property(node.label, declared) for declared in node.properties]
    constraints += _relations(node.label)
    properties = " ;\n".join(f"  sh:property [ {constraint} ]" for constraint in constraints)
    return f"\nshape:{node.label} a sh:NodeShape ;\n  sh:targetClass {class_term(node.label)} ;\n{properties} ."


def _property(label: str, declared: schema.Property) -> str:
    term = property_term(label, declared.name)
    kind, word = _OTHER_KINDS.get(declared.name) or _KINDS[declared.type]
    least = (label, declared.name) in _REQUIRED
    most = declared.type != "strings" and term not in _SHARED
    how_many = "one" if least and most else "at least one" if least else "at most one" if most else "any number, each"
    counts = ("sh:minCount 1 ; " if least else "") + ("sh:maxCount 1 ; " if most else "")
    message = f"{label}.{declared.name} is {how_many} {word} ({declared.meaning})"
    return f'sh:path {term} ; {counts}{kind} ; sh:message "{message}"'


def _relations(label: str) -> Iterator[str]:
    """For each relationship that may start at the label: the labels at which it may end."""
    for name, relation in schema.RELATIONSHIP_TYPES.items():
        ends = [end for start, end in relation.endpoints if start == label]
        if ends:
            message = f"{name} leads from a {label} to a {' or '.join(ends)} of the graph"
            yield f'sh:path {relation_term(name)} ; {_one_of(ends)} ; sh:message "{message}"'


def _ends(relation: schema.RelationshipType) -> str:
    """The labels at which a relationship may start."""
    starts = list(dict.fromkeys(start for start, _ in relation.endpoints))
    message = f"{relation.type} leaves a {' or '.join(starts)} of the graph"
    return (
        f"\nshape:{relation.type} a sh:NodeShape ;\n  sh:targetSubjectsOf {relation_term(relation.type)} ;\n"
        f'  {_one_of(starts)} ;\n  sh:message "{message}" .'
    )


def _one_of(labels: list[str]) -> str:
    if len(labels) == 1:
        return f"sh:class {class_term(labels[0])}"
    return "sh:or ( " + " ".join(f"[ sh:class {class_term(label)} ]" for label in labels) + " )"
