"""Rows on their way into the embedded engine: a CSV file, and the Cypher that reads it back as what they were.

The engine takes rows from files and from Arrow tables alone, and pyarrow would be a quarter of the installation.
A text is always quoted, so that the empty text and the missing value, which is not, stay two things.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Final

from kg.errors import KGError
from kg.schema import Property, PropertyType

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
_LEAST, _MOST = -(2**63), 2**63 - 1


def write_rows(
    path: Path, ends: int, declared: Sequence[Property], rows: Sequence[tuple[Sequence[str], Mapping[str, Any]]]
) -> str:
    """Write rows to a file; return the query that reads them from it.

    A row is ``ends`` ids and a mapping of properties, of which those that are ``declared`` are written, in that order.
    `KGError` where a value is not of its property's type.
    """
    separators = {p.name: _separator(values.get(p.name) for _, values in rows) for p in declared if p.type == "strings"}
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            for ids, values in rows:
                cells = (_cell(p, values.get(p.name), separators.get(p.name, "")) for p in declared)
                file.write(",".join(chain(map(_quoted, ids), cells)) + "\n")
    except UnicodeEncodeError as error:
        raise KGError(f"half a character (a lone surrogate) in {error.object[:80]!r}") from error
    names = [*(f"id{number}" for number in range(ends)), *(p.name for p in declared)]
    types = [*("STRING" for _ in range(ends)), *(_TYPES[p.type] for p in declared)]
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(names, types, strict=True))
    returned = (_items(name, separators[name]) if name in separators else name for name in names)
    return f"LOAD WITH HEADERS ({columns}) FROM '{_pattern(path)}' {_FORM} RETURN {', '.join(returned)}"


def _pattern(path: Path) -> str:
    """The pattern that matches this path alone, inside quotes of Cypher."""
    return re.sub(r"[\[*?]", r"[\g<0>]", str(path)).replace("\\", "\\\\").replace("'", "\\'")


def _separator(lists: Iterable[Sequence[str] | None]) -> str:
    """A character that no item has."""
    used = {char for items in lists if items for item in items for char in item}
    return next(char for char in _SEPARATORS if char not in used)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _cell(declared: Property, value: Any, separator: str) -> str:
    if value is None:
        return ""
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
    """The list in a column: not split, which drops empty items, nor list_transform, which mixes up rows by batches."""
    return f"regexp_extract_all({column}, '([^{separator}]*){separator}', 1)"
