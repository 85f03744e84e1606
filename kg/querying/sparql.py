"""Saved queries in SPARQL, for the graph as RDF.

The SPARQL version of a saved query is a ``.rq`` file beside its ``.cypher`` file, and returns the same
rows. It runs unchanged on any SPARQL endpoint. A parameter is a line ``VALUES ?x { "default" } # $name``
(``{ "default" "default"@en }`` if it may be an identifier or a label), the number of rows
``LIMIT 100 # $limit``; other values are inserted there. Description and types of parameters are
in the Cypher file.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.atomic import read_text
from kg.errors import KGError
from kg.exports import rdf
from kg.exports.rdf import terms
from kg.exports.rdf.reading import read_file
from kg.graph import Graph
from kg.querying import saved
from kg.table import Table

SUFFIX: Final = ".rq"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_VALUES = re.compile(
    r"VALUES\s+(?P<variable>\?\w+)\s*\{\s*(?P<default>[^}\n]*?)\s*\}\s*#\s*\$(?P<name>\w+)", re.IGNORECASE
)
_LIMIT = re.compile(r"LIMIT\s+\d+\s*#\s*\$(?P<name>\w+)", re.IGNORECASE)
_SERVICE = re.compile(r"(?<![?$:/#-])service", re.IGNORECASE)
_IRI = re.compile(r"[^\x00-\x20<>\"{}|^`\\]+")
_CODE_POINT = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    _XSD + "boolean": "true".__eq__,
    _XSD + "integer": int,
    _XSD + "decimal": float,
    _XSD + "double": float,
    _XSD + "gYear": int,
}
_FORMATS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}


@dataclass(frozen=True, slots=True)
class OpenGraph:
    """A graph as RDF in memory, all of it in the default graph, and the base of its IRIs."""

    store: ox.Store
    base: str


@cache
def names() -> tuple[str, ...]:
    """Names of the saved queries that have a SPARQL version."""
    return tuple(sorted(file.stem for file in saved.directory().glob(f"*{SUFFIX}")))


def load(name: str) -> str:
    """The text of the SPARQL version of a saved query, or of the ``.rq`` file with that path.

    `KGError` lists the queries that have one where ``name`` is neither.
    """
    if name.endswith(SUFFIX):
        path = Path(name)
    elif name in names():
        path = saved.directory() / (name + SUFFIX)
    else:
        raise KGError(f"no saved query in SPARQL is called {name!r}; there are {', '.join(names())}")
    return read_text(path)


def parameters_of(text: str) -> tuple[str, ...]:
    """Names of the parameters of a query's text, in their order."""
    return tuple(dict.fromkeys(match["name"] for form in (_VALUES, _LIMIT) for match in form.finditer(text)))


def filled(text: str, values: Mapping[str, Any]) -> str:
    """The query with other values of its parameters; `KGError` for a parameter that it does not have."""
    for name in values:
        if name not in parameters_of(text):
            raise KGError(f"no parameter {name!r} in the query; it has {', '.join(parameters_of(text)) or 'none'}")

    def value(match: re.Match[str]) -> str:
        name = match["name"]
        if name not in values:
            return match[0]
        given = values[name]
        if isinstance(given, str) and not match["default"].startswith('"'):
            given = _number(name, given)
        literal = _literal(given)
        both = f"{literal} {literal}@en" if match["default"].endswith("@en") else literal
        return f"VALUES {match['variable']} {{ {both} }}"

    def limit(match: re.Match[str]) -> str:
        name = match["name"]
        return f"LIMIT {int(_number(name, str(values[name])))}" if name in values else match[0]

    return _VALUES.sub(value, _LIMIT.sub(limit, text))


def _number(name: str, text: str) -> int | float:
    """A number from text, for a parameter whose default is a number."""
    try:
        number = int(text) if text.strip().lstrip("+-").isdigit() else float(text)
        if not math.isfinite(number):
            raise ValueError(text)
    except ValueError:
        raise KGError(f"parameter {name}: {text!r} is not a number") from None
    return number


def _literal(value: str | int | float | bool) -> str:
    """A value as SPARQL text; numbers with a fraction as decimals, like those of the graph."""
    return str(terms.decimal(value) if isinstance(value, float) else ox.Literal(value))


def run_sparql(source: Graph | OpenGraph | str | Path, name: str, parameters: Mapping[str, Any] | None = None) -> Table:
    """The rows of a SELECT query on a graph, or on a file that ``kg export`` wrote.

    To run several queries on one graph, open it first (`open_graph`, `open_file`). ``name`` is
    a saved query that has a SPARQL version, or a ``.rq`` file. Parameters are strings and numbers,
    nodes by id or name; the others have the default values in the text. Cells are strings, numbers
    or None. `KGError` for what is unknown, unreadable or not SPARQL, and for a query that would ask
    another server (SERVICE).
    """
    query = load(name)
    _check_local(name, query)
    text = filled(query, parameters or {})
    opened = source if isinstance(source, OpenGraph) else _open(source)
    try:
        found = opened.store.query(text.replace(rdf.BASE, opened.base))
    except SyntaxError as error:
        raise KGError(f"{name}: {error}") from error
    if not isinstance(found, ox.QuerySolutions):
        raise KGError(f"{name}: only SELECT queries return rows")
    columns = tuple(variable.value for variable in found.variables)
    rows = tuple(tuple(_cell(row[column]) for column in columns) for row in found)
    return Table(columns, rows, saved.id_columns(columns) if name in names() else ())


def _check_local(name: str, text: str) -> None:
    """`KGError` where a query has the word SERVICE, even in code points.

    Its strings, IRIs and comments are not told apart: ``<`` may begin an IRI or compare, which only a parser knows.
    """
    resolved = _CODE_POINT.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), text)
    if _SERVICE.search(text) or _SERVICE.search(resolved):
        raise KGError(
            f"{name}: refused because of the word SERVICE, by which a query asks another server; "
            "if it stands in a text, give that as a parameter"
        )


def _open(source: Graph | str | Path) -> OpenGraph:
    return open_graph(source) if isinstance(source, Graph) else open_file(Path(source))


def open_graph(graph: Graph) -> OpenGraph:
    """A graph as RDF in memory."""
    store = ox.Store()
    store.bulk_extend(rdf.triples(graph))
    return OpenGraph(store, rdf.BASE)


def open_file(path: Path) -> OpenGraph:
    """An exported file in memory, its named graphs merged."""
    form = _FORMATS.get(path.suffix[1:].lower())
    if form is None:
        raise KGError(f"{path}: not the suffix of an RDF file; known are {', '.join('.' + s for s in _FORMATS)}")
    store = ox.Store()
    store.bulk_extend(_merged(read_file(path, form)))
    found = store.query("SELECT ?base { ?base a <http://rdfs.org/ns/void#Dataset> }")
    assert isinstance(found, ox.QuerySolutions), "a SELECT query has solutions"
    bases = [base for solution in found if _IRI.fullmatch(base := solution["base"].value)]
    return OpenGraph(store, bases[0] if bases else rdf.BASE)


def _merged(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The quads without their graphs: pyoxigraph's union of graphs repeats a triple for each graph."""
    for quad in quads:
        yield ox.Quad(quad.subject, quad.predicate, quad.object)


def _cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Any:
    """A term as a cell: numbers as numbers, everything else as its text."""
    if isinstance(term, ox.Literal):
        return _READERS.get(term.datatype.value, str)(term.value)
    return None if term is None else str(term) if isinstance(term, ox.Triple) else term.value
