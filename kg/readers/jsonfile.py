"""JSON: one object a line, or objects in an array, however deeply wrapped, as the public services answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from extractors.record import Record, RecordError, is_record
from kg.readers import encodings, inverted_index, json_objects, json_shapes, names
from kg.readers.source import MAX_RECORD, Fields, Source


def read_lines(source: Source) -> Iterator[tuple[str, Fields]]:
    """The papers and extraction records in JSON lines; a broken line costs only itself."""
    for number, line in encodings.lines(source, MAX_RECORD):
        place = f"line {number}"
        if line is None:
            source.broken(place, f"longer than {MAX_RECORD >> 20} MB; no record is")
        elif line := line.strip(" \t\x1e\ufeff"):  # 1e: RFC 7464 begins each record with it
            yield from _parsed(source, place, line)


def read_document(source: Source) -> Iterator[tuple[str, Fields]]:
    """The papers in a JSON document: an array, an answer that wraps one, or a single object."""
    for number, text, problem in json_objects.objects(source.stream):
        if problem == json_objects.NULL:
            source.repaired(f"record {number}", problem)
        elif problem == json_objects.STRAY:
            source.outside(f"before record {number}", text)
        elif problem and not text:
            source.broken(f"record {number}", problem)
        else:
            if problem:
                source.repaired(f"record {number}", problem)
            yield from _parsed(source, f"record {number}", text)


_DECODER = json.JSONDecoder(strict=False)  # tabs and the like inside strings are no reason to lose a record


def _parsed(source: Source, place: str, text: str) -> Iterator[tuple[str, Fields]]:
    try:
        row = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        source.broken(place, f"not JSON: {error.msg} (character {error.pos + 1})")
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; brackets nested without end
        source.broken(place, f"not usable JSON: {error}")
    else:
        yield from papers(source, place, row)


def papers(source: Source, place: str, row: Any) -> Iterator[tuple[str, Fields]]:
    """The paper or extraction record in one JSON object; of an object that maps ids to papers, each of them."""
    if isinstance(row, list) and row and all(isinstance(item, dict) for item in row):
        for number, item in enumerate(row, 1):
            yield from papers(source, f"{place}, item {number}", item)
    elif not isinstance(row, dict):
        source.broken(place, f"a JSON {_kind(row)} where an object should be")
    elif is_record(row):
        try:
            Record.from_json(row)
            json.dumps(row, ensure_ascii=False).encode()
        except RecordError as error:
            source.broken(place, str(error))
        except UnicodeEncodeError:
            source.broken(place, "the record holds half a character (a lone surrogate)")
        else:
            yield place, {**json_shapes.generic(row, source.columns), **_own_text(row)}
    elif _is_catalogue(row):
        for key, value in row.items():
            yield from papers(source, f"{place} ({key})", {"id": key, **value})
    else:
        found = json_shapes.fields(row, source.columns)
        given = row.get("abstract")
        inner = [] if found.get("abstract") else list(_papers_inside(row))
        if inner:
            for number, item in enumerate(inner, 1):
                yield from papers(source, f"{place}, item {number}", item)
        elif isinstance(given, str) and not given.strip() and not found.get("abstract"):  # null: none is known
            source.broken(place, "its abstract is empty")
        elif not found.get("abstract") and json_shapes.has_malformed_index(row, source.columns):
            source.broken(place, inverted_index.MALFORMED)
        else:
            yield place, found


def _papers_inside(row: dict[str, Any], depth: int = 3) -> Iterator[dict[str, Any]]:
    """The papers in lists inside an object that wraps them under names of its own."""
    for value in row.values():
        if isinstance(value, list) and sum(_has_abstract(item) for item in value) * 2 > len(value):
            yield from (item for item in value if isinstance(item, dict))
        elif isinstance(value, dict) and depth:
            yield from _papers_inside(value, depth - 1)


def _has_abstract(item: Any) -> bool:
    return isinstance(item, dict) and "title" in item and bool(names.matched(item, {}).get("abstract"))


def _is_catalogue(row: dict[str, Any]) -> bool:
    """Whether an object holds papers by their ids rather than being one."""
    return bool(row) and all(isinstance(value, dict) and "abstract" in value for value in row.values())


def _own_text(row: dict[str, Any]) -> Fields:
    return {"record": row, "title": row.get("title"), "abstract": row["abstract"], "source": row.get("source")}


def _kind(value: Any) -> str:
    names = {list: "array", str: "string", type(None): "null", bool: "truth value"}
    return names.get(type(value), "number")
