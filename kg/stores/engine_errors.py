"""What the embedded engine says of a query that it cannot run, with what to write instead where that can be told."""

from __future__ import annotations

import re
from typing import Final

from kg import schema
from kg.stores.parts import first_line

_KINDS: Final = re.compile(r"^(?:Parser|Binder|Catalog|Runtime) exception: ")
_LABELS: Final = f"labels are {', '.join(schema.NODE_TYPES)}; types are {', '.join(schema.RELATIONSHIP_TYPES)}"
_PROPERTIES: Final = sorted(
    {
        "id",
        *(p.name for node in schema.NODE_TYPES.values() for p in node.properties),
        *(p.name for relationship in schema.RELATIONSHIP_TYPES.values() for p in relationship.properties),
    }
)
_ADVICE: Final = (
    (
        re.compile(r"Invalid input <.*\b(\w+):>"),
        "a label in a condition is written label({0}) = 'Method' here, and one in a pattern ({0}:Method)",
    ),
    (re.compile(r"Invalid input <.*\bEXISTS\s*\(>", re.IGNORECASE), "write EXISTS {{ MATCH … }}, or the pattern alone"),
    (
        re.compile(r"Cannot order by (\w+)\. Order by (?:NODE|REL)"),
        "ORDER BY takes values: {0}.name, {0}.papers, or a name that RETURN gives with AS and that no node has",
    ),
    (
        re.compile(r"Variable (\w+) is not in scope"),
        "no node, relationship or AS has this name there; after DISTINCT, count(…) and the like ORDER BY sees only "
        "what RETURN gives, and a text stands in quotes",
    ),
    (re.compile(r"Table \w+ does not exist"), _LABELS),
    (re.compile(r"Cannot find property"), f"properties are {', '.join(_PROPERTIES)}"),
)


def explained(error: BaseException) -> str:
    """The first line of an engine's error without its kind, and what to write instead where it is a known mistake."""
    said = _KINDS.sub("", first_line(error))
    for mistake, advice in _ADVICE:
        if found := mistake.search(said):
            return f"{said} ({advice.format(*found.groups())})"
    return said
