"""Concepts of a graph in memory: their names, the short form for a label, and the one that a name means."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from extractors.names.abbreviations import abbreviates, is_short_form
from extractors.names.lookup import Entry, lookup, unknown_name
from kg.errors import KGError
from kg.graph import Graph, Node


def forms(node: Node) -> list[str]:
    """The concept's preferred name, then its other forms."""
    aliases = node.properties.get("aliases", ())
    names = [str(node.properties.get("name", node.id)), *(aliases if isinstance(aliases, tuple) else ())]
    return list(dict.fromkeys(names))


def abbreviation(node: Node) -> str | None:
    """The form that abbreviates the name (``BERT``, ``mIoU``), the longest of several, or None.

    A short form that stands for a part of the name misleads and is not taken: "re-ID" is not vehicle re-identification.
    """
    name, *others = forms(node)
    short = (form for form in others if is_short_form(form) and abbreviates(form, name))
    return max(short, key=lambda form: (len(form), form), default=None)


def short_name(node: Node, most: int) -> str:
    """The name; where it is longer than that its abbreviation, and failing one the name cut."""
    name = forms(node)[0]
    if len(name) <= most:
        return name
    return abbreviation(node) or name[: most - 1].rstrip() + "…"


def paper_title(paper: Node, most: int = 70) -> str:
    """The title of a paper; where its source gives none, how its abstract begins."""
    title = paper.properties.get("title")
    if title:
        return str(title)
    abstract = str(paper.properties.get("abstract", paper.id))
    return abstract if len(abstract) <= most else abstract[: most - 1].rsplit(" ", 1)[0] + "…"


def papers_of(node: Node) -> int:
    """How many papers mention the concept."""
    count = node.properties.get("papers", 0)
    return count if isinstance(count, int) else 0


def is_generic(node: Node) -> bool:
    """Whether the concept ties unrelated papers together, so that pictures leave it out unless they are about it."""
    return node.properties.get("generic") is True


def resolve(concepts: Iterable[Node], name: str, labels: Collection[str] = ()) -> Node:
    """The concept that ``name`` means, of one of ``labels`` if given; the rules are in `extractors.names.lookup`.

    `KGError` suggests similar names where there is none.
    """
    known = {node.id: node for node in concepts if not labels or node.label in labels}
    entries = [Entry(node.id, *_name_and_aliases(node), papers_of(node)) for node in known.values()]
    found = lookup(name, entries)
    if not found:
        what = " or ".join(label.lower() for label in labels) or "concept"
        raise KGError(unknown_name(what, name, entries))
    return known[found[0].id]


def _name_and_aliases(node: Node) -> tuple[str, tuple[str, ...]]:
    first, *others = forms(node)
    return first, tuple(others)


def first_years(graph: Graph) -> Mapping[str, int]:
    """The year of the first paper that mentions a concept, by the concept's id, and of each paper its own.

    What no dated paper mentions is not in it.
    """
    found = {n.id: y for n in graph.nodes if n.label == "Paper" and isinstance(y := n.properties.get("year"), int)}
    papers = dict(found)
    for rel in graph.relationships:
        if rel.type == "MENTIONS" and rel.start in papers:
            found[rel.end] = min(papers[rel.start], found.get(rel.end, papers[rel.start]))
    return found
