"""The schema: every label, relationship type and property that a graph may hold.

DDL, constraints, RDF, SHACL, validation and documentation derive from this module, and
nothing else names the schema. See ``NODE_TYPES`` and ``RELATIONSHIP_TYPES``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

PropertyType = Literal["string", "integer", "float", "boolean", "strings"]
"""``strings`` is a list of strings; the others are single values."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a node or relationship: its name, type and meaning."""

    name: str
    type: PropertyType
    meaning: str


@dataclass(frozen=True, slots=True)
class NodeType:
    """A label, with the properties beside ``id`` (a string, unique within the graph)."""

    label: str
    properties: tuple[Property, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class RelationshipType:
    """A relationship type, with the (from label, to label) pairs that it may join.

    ``statement`` marks what a paper *says* of two concepts: one relationship per
    (type, from, to, paper), with the sentence that says so. The others hang on one paper,
    or on names, and exist once per (type, from, to).
    """

    type: str
    endpoints: tuple[tuple[str, str], ...]
    properties: tuple[Property, ...]
    meaning: str
    statement: bool = False
    symmetric: bool = False


_CONCEPT_PROPERTIES = (
    Property("name", "string", "the preferred form of the name"),
    Property("aliases", "strings", "every form that papers use, the preferred one included"),
    Property("papers", "integer", "number of papers that mention it"),
    Property("generic", "boolean", "true if the papers show that it says little: it ties unrelated papers together"),
)
_STATEMENT_PROPERTIES = (
    Property("paper", "string", "id of the paper that says so"),
    Property("sentence", "string", "the sentence that says so"),
    Property("confidence", "float", "probability that the sentence says so, 0 to 1"),
    Property("extractor", "string", "name of the extractor that read it"),
)

CONCEPT_LABELS: Final = ("Method", "Task", "Dataset", "Metric")

_NODE_TYPES = (
    NodeType(
        "Paper",
        (
            Property("title", "string", "title, if the source gives one"),
            Property("key", "string", "citation key of the input, else made of first author, year and title"),
            Property("abstract", "string", "abstract, cleaned"),
            Property("year", "integer", "year of publication"),
            Property("venue", "string", "journal, conference or series"),
            Property("authors", "strings", "names in the order printed"),
            Property("url", "string", "where to read it"),
            Property("doi", "string", "DOI in lower case, without resolver"),
            Property("arxiv", "string", "arXiv id without version"),
            Property("ids", "strings", "other ids that sources give it: further keys, PMIDs, numbers of databases"),
            Property("source", "strings", "files that it was read from"),
            Property("extractor", "string", "name and version of the extractor that read its abstract"),
        ),
        "a paper, known by its abstract",
    ),
    NodeType("Method", _CONCEPT_PROPERTIES, "a model, algorithm, technique, loss, framework or system"),
    NodeType("Task", _CONCEPT_PROPERTIES, "a problem, application or field of research"),
    NodeType("Dataset", _CONCEPT_PROPERTIES, "a dataset, corpus, benchmark, environment or knowledge base"),
    NodeType(
        "Metric",
        (
            *_CONCEPT_PROPERTIES,
            Property("better", "string", "higher or lower: which values are better, where its name tells"),
        ),
        "a measure that results are reported in",
    ),
    NodeType(
        "Result",
        (
            Property("value", "string", "the value as written"),
            Property("number", "float", "the value as a number, where it is one"),
            Property(
                "uncertainty", "float", "what stands behind ±, or half the width of the interval, where there is one"
            ),
            Property("unit", "string", "unit of the number, for instance % or points"),
            Property("comparison", "string", "absolute, relative or difference"),
            Property("confidence", "float", "probability that number, roles and comparison are right, 0 to 1"),
            Property("text", "string", "the sentence that reports it"),
        ),
        "a number that a paper reports",
    ),
)

_OVER_CONCEPTS = tuple(("Paper", label) for label in CONCEPT_LABELS)


def _statement(
    name: str, endpoints: tuple[tuple[str, str], ...], meaning: str, symmetric: bool = False
) -> RelationshipType:
    return RelationshipType(name, endpoints, _STATEMENT_PROPERTIES, meaning, statement=True, symmetric=symmetric)


_RELATIONSHIP_TYPES = (
    RelationshipType(
        "MENTIONS",
        _OVER_CONCEPTS,
        (
            Property("count", "integer", "number of mentions in title and abstract"),
            Property("surface", "strings", "forms of the name used there"),
        ),
        "the paper names the concept",
    ),
    RelationshipType(
        "INTRODUCES",
        _OVER_CONCEPTS,
        (
            Property("confidence", "float", "probability that the paper claims to introduce it, 0 to 1"),
            Property("sentence", "string", "the sentence that says so"),
        ),
        "the paper claims to propose, introduce, present, release or name the concept",
    ),
    RelationshipType("ABOUT", _OVER_CONCEPTS, (), "the concept is what the paper is mainly about"),
    _statement("USED_FOR", (("Method", "Task"),), "the method is applied to, solves or is designed for the task"),
    _statement("EVALUATED_ON", (("Method", "Dataset"),), "the method was tested or compared on the dataset"),
    _statement("TRAINED_ON", (("Method", "Dataset"),), "the method was trained or pre-trained on the dataset"),
    _statement("BENCHMARK_FOR", (("Dataset", "Task"),), "the dataset is a benchmark for the task"),
    _statement(
        "MEASURED_BY",
        (("Method", "Metric"), ("Task", "Metric"), ("Dataset", "Metric")),
        "quality or cost is reported by the metric",
    ),
    _statement("OUTPERFORMS", (("Method", "Method"),), "the first is claimed to be better than the second"),
    _statement("COMPARED_WITH", (("Method", "Method"),), "compared, no winner stated", symmetric=True),
    _statement("PART_OF", (("Method", "Method"),), "the first is a component or step of the second"),
    _statement("BASED_ON", (("Method", "Method"),), "the first extends, improves or is built on the second"),
    _statement("SUBCLASS_OF", tuple((c, c) for c in CONCEPT_LABELS), "the first is a kind or subtask of the second"),
    RelationshipType(
        "NARROWER_THAN",
        tuple((c, c) for c in CONCEPT_LABELS),
        (),
        "by their names the first is a kind of the second: its name is a longer form of the second's",
    ),
    RelationshipType("REPORTS", (("Paper", "Result"),), (), "the paper reports the result"),
    RelationshipType("OF_METHOD", (("Result", "Method"),), (), "the result is the method's"),
    RelationshipType("ON_DATASET", (("Result", "Dataset"),), (), "the result was obtained on the dataset"),
    RelationshipType("BY_METRIC", (("Result", "Metric"),), (), "the result is measured by the metric"),
    RelationshipType("FOR_TASK", (("Result", "Task"),), (), "the result is for the task"),
    RelationshipType("OVER_BASELINE", (("Result", "Method"),), (), "the result is relative to the baseline"),
)

NODE_TYPES: Final[Mapping[str, NodeType]] = MappingProxyType({n.label: n for n in _NODE_TYPES})
RELATIONSHIP_TYPES: Final[Mapping[str, RelationshipType]] = MappingProxyType({r.type: r for r in _RELATIONSHIP_TYPES})
STATEMENT_TYPES: Final = tuple(r.type for r in _RELATIONSHIP_TYPES if r.statement)

_LABEL_OF_PREFIX: Final = {label.lower(): label for label in (*CONCEPT_LABELS, "Result")}


def label_of(node_id: str) -> str:
    """The label that an id belongs to: ``method:simcse`` is a Method, ``arxiv:2104.08821`` a Paper.

    Ids of concepts and results begin with their label in lower case; papers' ids begin
    with the kind of their identifier (``arxiv:``, ``doi:``, ``text:``).
    """
    return _LABEL_OF_PREFIX.get(node_id.split(":", 1)[0], "Paper")
