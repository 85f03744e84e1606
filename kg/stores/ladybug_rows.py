"""Rows on their way into the embedded engine: a CSV file, and the Cypher that reads it back as what they were.

The engine takes rows from files and from Arrow tables alone, and pyarrow would be a quarter of the installation.
A text is always quoted, so that the empty text and the missing value, which is not, stay two things.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path
from typing import Any, Final

from kg import schema
from kg.errors import KGError
from kg.graph import Node, Relationship
from kg.schema import Property, PropertyType
from kg.stores.rows import Kind, Rows

_FORM: Final = """(header=false, auto_detect=false, parallel=false, delim=',', quote='"', escape='"')"""
_SEPARATORS: Final = (*map(chr, range(0x1F, 0x0D, -1)), *map(chr, range(0xE000, 0xF900)))
"""Control characters, then those of private use: none means anything in a regular expression or in Cypher."""
_TYPES: Final[dict[PropertyType, str]] = {
    "string": "STRING",
    "integer": "INT64",
    "float": "DOUBLE",
    "boolean": "BOOLEAN",
    "strings": "STRING",
}
_MISSING: Final = "-"
"""Stands for a list that is missing; one that is there is empty or ends with a separator."""
_LEAST, _MOST = -(2**63), 2**63 - 1


def write_rows(path: Path, kind: Kind, rows: Rows) -> str:
    """Write rows of one kind to a file; return the query that reads their ids and declared properties from it.

    `KGError` where a value is not of its property's type.
    """
    declared = (schema.RELATIONSHIP_TYPES if kind.start else schema.NODE_TYPES)[kind.name].properties
    lists = [p.name for p in declared if p.type == "strings"]
    separators = {name: _separator(row.properties.get(name) for row in rows) for name in lists}
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            for row in rows:
                cells = (_cell(p, row.properties.get(p.name), separators.get(p.name, "")) for p in declared)
                file.write(",".join(chain(map(_quoted, _ids(row)), cells)) + "\n")
    except UnicodeEncodeError as error:
        raise KGError(f"half a character (a lone surrogate) in {error.object[:80]!r}") from error
    columns = dict.fromkeys(("id_1", "id_2") if kind.start else ("id_1",), "STRING")
    columns |= {p.name: _TYPES[p.type] for p in declared}
    returned = (_items(name, separators[name]) if name in separators else name for name in columns)
    typed = ", ".join(f"{name} {form}" for name, form in columns.items())
    return f"LOAD WITH HEADERS ({typed}) FROM '{_pattern(path)}' {_FORM} RETURN {', '.join(returned)}"


def _ids(row: Node | Relationship) -> tuple[str, ...]:
    return (row.id,) if isinstance(row, Node) else (row.start, row.end)


def _pattern(path: Path) -> str:
    """The pattern that matches this path alone, inside quotes of Cypher."""
    return re.sub(r"[\[*?]", r"[\g<0>]", str(path)).replace("\\", "\\\\").replace("'", "\\'")


def _separator(lists: Iterable[Any]) -> str:
    """A character that no item has."""
    used = {char for items in lists if items for item in items for char in item}
    return next(char for char in _SEPARATORS if char not in used)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _cell(declared: Property, value: Any, separator: str) -> str:
    if value is None:
        return _quoted(_MISSING) if declared.type == "strings" else ""
    if not _FITS[declared.type](value):
        raise KGError(f"property {declared.name}: a value is not of type {declared.type}: {value!r:.80}")
    if declared.type == "strings":
        return _quoted("".join(f"{item}{separator}" for item in value))
    return _quoted(value if declared.type == "string" else repr(value))


_FITS: Final[dict[PropertyType, Callable[[Any], bool]]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool) and _LEAST <= value <= _MOST,
    "float": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "strings": lambda value: isinstance(value, list | tuple) and all(isinstance(item, str) for item in value),
}


def _items(column: str, separator: str) -> str:
    """The list in a column: not split, which drops empty items, nor list_transform, which mixes up rows by batches.

    A missing value must not come to these functions: once one had it, they lose the list that stands at the same place
    of a later batch without missing values.
    """
    found = f"regexp_extract_all({column}, '([^{separator}]*){separator}', 1)"
    return f"CASE WHEN {column} = '{_MISSING}' THEN NULL ELSE {found} END"
