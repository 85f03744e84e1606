"""CSL-YAML, as Pandoc and Zotero write it: a list of references, read one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.readers import encodings, jsonfile
from kg.readers.source import MAX_RECORD, Fields, Source

_ITEM = re.compile(r"(\s*)-(?:\s+|$)")
_KEY = re.compile(r"\s*(?:- )?(?:id|title|type|author|abstract|issued|DOI|container-title):")
_LIST_KEY = re.compile(r"(?:references|bibliography|items)\s*:\s*$")


def looks_like_csl(lines: list[str]) -> bool:
    """Whether some lines of text are YAML with a list of references."""
    filled = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    begin = [line for line in filled if line.strip() != "---"]
    listed = any(_LIST_KEY.match(line) for line in filled) or bool(begin and _ITEM.match(begin[0]))
    keys = sum(bool(_KEY.match(line)) for line in filled)
    return listed and keys >= 2 and any(_ITEM.match(line) for line in filled)


def read(source: Source) -> Iterator[tuple[str, Fields]]:
    """The references of a file. One that is no YAML costs only itself."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar as text: ids and dates keep their form
    for number, text in _items(source):
        place = f"line {number}"
        try:
            row = yaml.load(text, Loader=loader)
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            reason = str(getattr(error, "problem", "") or error).splitlines()[0]
            source.broken(place, f"not YAML: {reason}")
            continue
        for item in row if isinstance(row, list) else [row]:
            yield from jsonfile.papers(source, place, item)


def _items(source: Source) -> Iterator[tuple[int, str]]:
    """The lines of each item of the list, with the number of the first."""
    indent: int | None = None
    start, parts, size = 0, list[str](), 0
    for number, line in encodings.lines(source, MAX_RECORD):
        if line is None:
            source.broken(f"line {number}", f"longer than {MAX_RECORD >> 20} MB; no reference is")
            continue
        found = _ITEM.match(line)
        if found and (indent is None or len(found[1]) == indent):
            if parts:
                yield start, "\n".join(parts)
            indent, start, parts, size = len(found[1]), number, [line], len(line)
        elif parts and (not line.strip() or line[: (indent or 0) + 1].isspace() or line.lstrip().startswith("#")):
            size += len(line)
            if size > MAX_RECORD:
                source.broken(f"line {start}", f"longer than {MAX_RECORD >> 20} MB; no reference is")
                parts = []
            else:
                parts.append(line)
        else:
            if parts:
                yield start, "\n".join(parts)
            parts = []
            if not _LIST_KEY.match(line) and line.strip() not in ("---", "..."):
                source.outside(f"line {number}", line)
    if parts:
        yield start, "\n".join(parts)
