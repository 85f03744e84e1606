"""Validation of a graph against the SHACL shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import KGError, how_to_install
from kg.exports.rdf.shapes import shapes
from kg.exports.rdf.terms import PREFIXES, checked_base, prefixes

if TYPE_CHECKING:
    import rdflib

_SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A violation at a node, with the property and the value that it is about, if any."""

    node: str
    path: str
    message: str
    value: str

    def __str__(self) -> str:
        value = f" {self.value}" if self.value not in ("", self.node) else ""
        about = f" [{self.path}{value}]" if self.path else ""
        return f"{self.node}: {self.message}{about}"


def validate(data: rdflib.Graph, base: str) -> list[Violation]:
    """The violations of the shapes in RDF with this ``base``, sorted by node; none if it conforms.

    `KGError` where pyshacl is not installed.
    """
    try:
        import pyshacl
    except ImportError as error:
        raise KGError(f"validation needs pyshacl; {how_to_install('validate')}") from error
    import rdflib

    rules = rdflib.Graph().parse(data=shapes(checked_base(base)), format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=rules, inference="none", allow_warnings=False)
    if not isinstance(report, rdflib.Graph):
        raise KGError(f"validation failed: {report}")
    names = _Namer(data, checked_base(base))
    found = set()
    for result in report.subjects(rdflib.RDF.type, rdflib.URIRef(_SH + "ValidationResult")):
        parts = {name: report.value(result, rdflib.URIRef(_SH + name)) for name in ("focusNode", "resultPath", "value")}
        messages = report.objects(result, rdflib.URIRef(_SH + "resultMessage"))
        message = "; ".join(sorted(str(m) for m in messages))
        found.add(
            Violation(names.of(parts["focusNode"]), names.of(parts["resultPath"]), message, names.of(parts["value"]))
        )
    return sorted(found)


class _Namer:
    """Readable names of the resources in a report."""

    def __init__(self, data: rdflib.Graph, base: str) -> None:
        self._data = data
        self._spaces = sorted(prefixes(base).items(), key=lambda item: -len(item[1]))

    def of(self, term: rdflib.term.Node | None) -> str:
        """The identifier of a node, the triple of a statement, a prefixed name, or the term itself."""
        import rdflib

        if not isinstance(term, rdflib.URIRef):
            return "" if term is None or isinstance(term, rdflib.BNode) else str(term)
        identifier = self._data.value(term, rdflib.URIRef(PREFIXES["dcterms"] + "identifier"), any=True)
        if identifier is not None:
            return str(identifier)
        said = [
            self._data.value(term, part, any=True)
            for part in (rdflib.RDF.subject, rdflib.RDF.predicate, rdflib.RDF.object)
        ]
        if all(said):
            paper = self._data.value(term, rdflib.URIRef(PREFIXES["prov"] + "wasDerivedFrom"), any=True)
            return " ".join(map(self.of, said)) + (f" in {self.of(paper)}" if paper else "")
        for prefix, iri in self._spaces:
            if term.startswith(iri):
                return f"{prefix}:{term[len(iri) :]}"
        return str(term)
