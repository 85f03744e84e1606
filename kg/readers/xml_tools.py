"""Small helpers to look into XML elements without their namespaces."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element | None, *path: str) -> Iterator[Element]:
    """The elements that a path of names leads to, all of them, in order."""
    if element is None:
        return
    if not path:
        yield element
        return
    for child in element:
        if local(child) == path[0]:
            yield from children(child, *path[1:])


def child(element: Element | None, *path: str) -> Element | None:
    """The first element that a path of names leads to."""
    return next(children(element, *path), None)


def text(element: Element | None, *path: str) -> str:
    """All text in the first element that a path leads to, tags apart; empty where there is none."""
    found = child(element, *path)
    return "".join(found.itertext()).strip() if found is not None else ""


def texts(element: Element | None, *path: str) -> list[str]:
    """The text of every element that a path leads to, empty ones left out."""
    return [found for item in children(element, *path) if (found := "".join(item.itertext()).strip())]


def descendants(element: Element, name: str) -> Iterator[Element]:
    """All elements of a name below an element."""
    return (item for item in element.iter() if local(item) == name)


def attribute(element: Element, name: str) -> str:
    """The value of an attribute whatever its namespace (``xml:lang``); empty without it."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def sections(parts: list[tuple[str, str]]) -> str:
    """A structured abstract as running text: each heading a sentence of its own before its part."""
    pieces = []
    for heading, body in parts:
        heading = heading.strip().rstrip(".:")
        if heading and "".join(heading.casefold().split()) not in ("abstract", "unlabelled", "unassigned", "summary"):
            pieces.append(f"{heading[0].upper() + heading[1:].lower() if heading.isupper() else heading}.")
        pieces.append(body.strip())
    return " ".join(piece for piece in pieces if piece)


def without_brackets(title: str) -> str:
    """A title of PubMed without the brackets around one that was translated."""
    bare = title.strip().removesuffix(".")
    if not (bare.startswith("[") and bare.endswith("]")):
        return title
    return bare[1:-1] + title.strip()[len(bare) :] if bare[-2:-1] != "." else bare[1:-1]
