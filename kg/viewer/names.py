"""From a name that somebody types to the concept of a graph in memory that it means."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kg.errors import KGError
from kg.graph import Node


def forms(node: Node) -> list[str]:
    """The concept's preferred name, then its other forms."""
    aliases = node.properties.get("aliases", ())
    names = [str(node.properties.get("name", node.id)), *(aliases if isinstance(aliases, tuple) else ())]
    return list(dict.fromkeys(names))


def abbreviation(names: Iterable[str]) -> str | None:
    """The form that looks like an abbreviation (``BERT``, ``mIoU``), the longest of several, or None."""
    short = [n for n in names if 2 <= len(n) <= 12 and " " not in n and sum(c.isupper() for c in n) >= 2]
    return max(short, key=lambda n: (len(n), n), default=None)


def short_name(node: Node, most: int) -> str:
    """The name; where it is longer than that its abbreviation, and failing one the name cut."""
    names = forms(node)
    if len(names[0]) <= most:
        return names[0]
    return abbreviation(names) or names[0][: most - 1].rstrip() + "…"


def papers_of(node: Node) -> int:
    """How many papers mention the concept."""
    count = node.properties.get("papers", 0)
    return count if isinstance(count, int) else 0


def resolve(concepts: Iterable[Node], name: str, labels: Collection[str] = ()) -> Node:
    """The concept that ``name`` means, by id or by any form of its name, of one of ``labels`` if given.

    The closest way of writing wins, then what more papers mention. `KGError` suggests
    names that come near where there is none.
    """
    known = [node for node in concepts if not labels or node.label in labels]
    ranked = sorted((rank, -papers_of(n), n.id, n) for n in known if (rank := _distance(n, name)) is not None)
    if ranked:
        return ranked[0][-1]
    what = " or ".join(label.lower() for label in labels) or "concept"
    raise KGError(f"unknown {what} {name!r}; {_suggestion(known, name)}")


def _distance(node: Node, name: str) -> int | None:
    """How far a name is from being the node's, smallest first; None where it is not."""
    names = forms(node)
    if name in (node.id, names[0]):
        return 0
    if name in names:
        return 1
    if name.casefold() in {form.casefold() for form in (node.id, *names)}:
        return 2
    return 3 if _bare(name) and _bare(name) in map(_bare, names) else None


def _bare(name: str) -> str:
    """The name without case, hyphens, blanks and plural."""
    bare = "".join(c for c in name.casefold() if c.isalnum())
    return bare.removesuffix("s")


def _suggestion(known: Iterable[Node], name: str) -> str:
    from rapidfuzz import fuzz, process, utils

    named = {form: forms(node)[0] for node in known for form in forms(node)}
    near = process.extract(
        name, list(named), scorer=fuzz.WRatio, processor=utils.default_process, limit=9, score_cutoff=60
    )
    names = list(dict.fromkeys(named[form] for form, _, _ in near))[:3]
    return f"did you mean {' or '.join(map(repr, names))}?" if names else "no name comes near it"
