"""RDF from a file that somebody else may have made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.parsers import expat

import pyoxigraph as ox

from kg.atomic import no_file
from kg.errors import KGError


def read_file(path: Path, form: ox.RdfFormat) -> Iterator[ox.Quad]:
    """The quads of a file; nothing that it refers to is fetched. `KGError` where it cannot be read, or is not RDF."""
    try:
        if kind := no_file(path):
            raise KGError(f"{path}: {kind}, not a file")
        if form == ox.RdfFormat.RDF_XML:
            _refuse_bombs(path)
        yield from ox.parse(path=str(path), format=form, base_iri=path.resolve().as_uri())
    except OSError as error:
        raise KGError(f"{path}: cannot be read ({error.strerror or error})") from error
    except (SyntaxError, ValueError) as error:
        raise KGError(f"{path}: not {form.name} ({error})") from error


_LONGEST_ENTITY: Final = 200
"""Characters; what vocabularies abbreviate is the beginnings of IRIs."""


class _BegunError(Exception):
    """The first element of a document, before which all entities are declared."""


def _refuse_bombs(path: Path) -> None:
    """`KGError` for an XML file whose entities would unpack to far more than they are ("billion laughs")."""

    def declared(name: str, _parameter: bool, value: str | None, *_rest: object) -> None:
        if value is not None and ("&" in value or len(value) > _LONGEST_ENTITY):
            raise KGError(f"{path}: the entity {name!r} is made of others, or long; such files are not read")

    def begun(*_rest: object) -> None:
        raise _BegunError

    parser = expat.ParserCreate()
    parser.EntityDeclHandler, parser.StartElementHandler = declared, begun
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except (_BegunError, expat.ExpatError):  # what is no XML at all is told by the reader of RDF
        return
