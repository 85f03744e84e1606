"""Links of concepts to a vocabulary: as values, as JSON lines in a store, and as SKOS."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.atomic import read_text
from kg.errors import KGError
from kg.exports.rdf import BASE
from kg.exports.rdf.terms import Names, checked_base, decimal, plain, prefixes
from kg.linking.vocabulary import Term

PERSON = "decided by a person"


@dataclass(frozen=True, slots=True)
class Link:
    """A concept (its id) and the IRI that it is matched to.

    ``kind`` is ``exact`` or ``close``, ``reason`` says by what, ``names`` are all names of the vocabulary's concept.
    """

    concept: str
    iri: str
    kind: str
    confidence: float
    reason: str
    names: tuple[str, ...]


class Matched(list[Link]):
    """Links, and what of the vocabulary is ``unmatched``: its concepts that no link leads to."""

    def __init__(self, links: Iterable[Link], unmatched: Iterable[Term]) -> None:
        super().__init__(links)
        self.unmatched = tuple(unmatched)


def write_links(links: Iterable[Link], path: Path) -> None:
    """Write one JSON line a link."""
    path.write_text("".join(json.dumps(asdict(link), ensure_ascii=False) + "\n" for link in links), "utf-8")


def read_links(path: Path) -> list[Link]:
    """Read what `write_links` wrote; empty where there is no such file; `KGError` where it is something else."""
    if not path.exists():
        return []
    found = []
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line:
            continue
        try:
            row = json.loads(line)
            link = Link(**{**row, "names": tuple(row["names"])})
            if not all(isinstance(text, str) for text in (link.concept, link.iri, link.kind, link.reason, *link.names)):
                raise TypeError("a field is no text")
            found.append(link)
        except (ValueError, TypeError, KeyError) as error:
            raise KGError(f"{path}: line {number}: not a link ({error}); run `kg link` again") from error
    return found


def linked_names(links: Iterable[Link]) -> Mapping[str, str]:
    """The concept of each name of the vocabulary, in lower case, and of each IRI; the surest link of a name counts."""
    found: dict[str, str] = {}
    for link in sorted(links, key=lambda link: (link.kind != "exact", -link.confidence, link.concept)):
        for name in (link.iri, *link.names):
            found.setdefault(name.casefold(), link.concept)
    return found


def write_turtle(links: Iterable[Link], path: Path, *, base: str | None = None) -> None:
    """Write ``skos:exactMatch`` and ``skos:closeMatch``, each also as a statement with confidence and reason."""
    base = checked_base(base or BASE)
    names = Names(base)
    with path.open("wb") as out:
        ox.serialize(_triples(links, names), out, ox.RdfFormat.TURTLE, prefixes=prefixes(base))


def _triples(links: Iterable[Link], names: Names) -> Iterator[ox.Triple]:
    for link in links:
        subject, predicate = names.node(link.concept), names.term(f"skos:{link.kind}Match")
        object_ = ox.NamedNode(link.iri)
        said = names.hashed("statement", link.concept, link.kind, link.iri)
        confidence = decimal(link.confidence)
        assert confidence is not None, "confidences are numbers"
        yield ox.Triple(subject, predicate, object_)
        yield ox.Triple(said, names.term("rdf:type"), names.term("rdf:Statement"))
        yield ox.Triple(said, names.term("rdf:subject"), subject)
        yield ox.Triple(said, names.term("rdf:predicate"), predicate)
        yield ox.Triple(said, names.term("rdf:object"), object_)
        yield ox.Triple(said, names.term("akg:confidence"), confidence)
        yield ox.Triple(said, names.term("rdfs:comment"), plain(link.reason))
