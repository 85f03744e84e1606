"""Tables: CSV with any delimiter, as spreadsheets write it, and Parquet."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import IO

from kg.errors import how_to_install
from kg.readers import csv_rows, encodings, inputs, inverted_index, json_shapes, jsonfile, names
from kg.readers.missing import is_missing
from kg.readers.source import MAX_RECORD, Fields, Source, UnusableFileError

DELIMITERS = "\t,;|"
_SEPARATOR_LINE = re.compile(r"\"?sep=(.)\"?\s*", re.IGNORECASE)
_EXCEL_ESCAPE = re.compile(r"_x000[dDaA9]_")
_BATCH = 200
_PREAMBLE = 20  # lines among which the header stands


def header(line: str, delimiter: str = "") -> tuple[str, list[str]]:
    """The delimiter of a table and the names in its header line: the split that gives the most known names."""
    splits = [(sign, _split(line, sign)) for sign in delimiter or DELIMITERS]
    return max(splits, key=lambda split: (len(names.matched(split[1], {})), len(split[1])))


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return [name.strip().lstrip("#\ufeff") for name in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def looks_like_table(head: str, named_so: bool, columns: Mapping[str, str]) -> bool:
    """Whether text begins with a table's header; a file named ``.csv`` and the like is one in any case."""
    lines = [line.strip("\r") for line in head.split("\n") if line.strip()][:_PREAMBLE]
    if named_so or (lines and _SEPARATOR_LINE.fullmatch(lines[0])):
        return True
    return any(_is_header(line, columns) for line in lines)


def _is_header(line: str, columns: Mapping[str, str]) -> bool:
    found = header(line)[1]
    known = names.matched(found, columns)
    short = len(line) < 10_000 and sum(map(len, found)) < 60 * len(found)  # names, not sentences
    return len(found) > 1 and "abstract" in known and (len(known) > 1 or bool(columns)) and short


def read_csv(source: Source) -> Iterator[tuple[str, Fields]]:
    """The rows of a table; its header says which column is what, `Source.columns` where the usual names do not.

    A column may also be given by its number, counted from one, for tables without a header.
    Lines above the header (what was searched, when) are noted.
    """
    lines = _lines(source)
    number, first = next(lines, (1, ""))
    if told := _SEPARATOR_LINE.fullmatch(first):
        number, first = next(lines, (1, ""))
    numbered = bool(source.columns) and all(name.isdigit() for name in source.columns.values())
    if not numbered:
        lines = _from_header(source, chain([(number, first)], lines), told[1] if told else "")
        number, first = next(lines, (1, ""))
    delimiter, columns = header(first, told[1] if told else "")
    if numbered:
        columns = [str(place + 1) for place in range(len(columns))]
        lines = chain([(number, first)], lines)
    columns = [name if name not in columns[:place] else f"{name} ({place + 1})" for place, name in enumerate(columns)]
    chosen = names.matched(columns, source.columns)
    if "abstract" not in chosen:
        raise UnusableFileError(_no_abstract(columns, source.columns))
    yield from _papers(source, csv_rows.rows(source, lines, delimiter, len(columns)), columns, chosen)


def _from_header(source: Source, lines: Iterator[csv_rows.Line], delimiter: str) -> Iterator[csv_rows.Line]:
    """The lines from the header on: the first line, unless one soon after it names an abstract and that does not."""
    begin = [line for _, line in zip(range(_PREAMBLE), lines, strict=False)]
    known = (names.matched(header(text, delimiter)[1], source.columns) for _, text in begin)
    at = next((place for place, fields in enumerate(known) if "abstract" in fields), 0)
    for number, text in begin[:at]:
        source.outside(f"line {number}", text)
    return chain(begin[at:], lines)


def _papers(
    source: Source, rows: Iterator[tuple[int, list[str]]], columns: list[str], chosen: Mapping[str, list[str]]
) -> Iterator[tuple[str, Fields]]:
    """The fields of each row. A title and the abstract in the row below it are one paper."""
    waiting: tuple[str, dict[str, str], dict[str, str]] | None = None  # a row with a title and no abstract
    for number, values in rows:
        if any(value.strip() for value in values[len(columns) :]):
            source.broken(f"line {number}", f"broken row: {len(values)} values in a table of {len(columns)} columns")
            continue
        row = dict(zip(columns, values, strict=False))
        found = _first_filled(row, chosen)
        if not found.get("abstract") and names.has_malformed_index(row, chosen["abstract"]):
            source.broken(f"line {number}", inverted_index.MALFORMED)
            continue
        if waiting is not None:
            place, above, fields = waiting
            waiting = None
            if found.get("abstract") and not found.get("title") and _goes_on(above, row, chosen["abstract"]):
                source.repaired(place, "abstract in the row below its title")
                yield place, {**fields, "abstract": found["abstract"]}
                continue
            yield place, fields
        if found.get("title") and not found.get("abstract"):
            waiting = f"line {number}", row, found
        else:
            yield f"line {number}", found
    if waiting is not None:
        yield waiting[0], waiting[2]


def _goes_on(above: Mapping[str, str], row: Mapping[str, str], abstract: list[str]) -> bool:
    """Whether a row says nothing beside its abstract that the row above does not say too."""
    return all(not value.strip() or value == above.get(name) or name in abstract for name, value in row.items())


def _first_filled(row: Mapping[str, str], chosen: Mapping[str, list[str]]) -> dict[str, str]:
    found = {}
    for field, candidates in chosen.items():
        filled = (name for name in candidates if row.get(name, "").strip() and not is_missing(row[name]))
        value = next(filter(None, (names.value_of(row, name) for name in filled)), "")
        found[field] = _EXCEL_ESCAPE.sub("\n", value)  # how Excel writes a control character in a cell
    if text := inverted_index.text_of(found.get("abstract")):
        found["abstract"] = text
    return found


def _lines(source: Source) -> Iterator[csv_rows.Line]:
    """The lines that are not empty, from the first that is not on."""
    begun = False
    for number, line in encodings.lines(source, MAX_RECORD):
        if line is None:
            source.broken(f"line {number}", f"longer than {MAX_RECORD >> 20} MB; no row is")
        elif begun or line.strip():
            begun = True
            yield number, line.replace("\r", " ") if "\r" in line else line


def _no_abstract(columns: list[str], told: Mapping[str, str]) -> str:
    shown = ", ".join(name for name in columns[:12] if name) or "none"
    if "abstract" in told:
        return f"no column {told['abstract']!r}; its columns are: {shown}"
    return f"no column that holds the abstract; its columns are: {shown}; name it with columns (abstract=NAME)"


def read_parquet(source: Source) -> Iterator[tuple[str, Fields]]:
    """The rows of a Parquet file; only columns that may matter are read."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise UnusableFileError(f"Parquet needs the extra arrow; {how_to_install('arrow')}") from error

    with _seekable(source) as file:
        try:
            table = pq.ParquetFile(file)
            wanted = [name for name in table.schema_arrow.names if _may_matter(name, source.columns)]
            if not wanted:
                raise UnusableFileError(_no_abstract(table.schema_arrow.names, source.columns))
            number, share = 0, os.fstat(file.fileno()).st_size / max(1, table.metadata.num_rows)
            for batch in table.iter_batches(batch_size=_BATCH, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield from jsonfile.papers(source, f"row {number}", row)
                source.advance(int(share * batch.num_rows))
        except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
            raise UnusableFileError(f"damaged Parquet ({str(error).splitlines()[0]})") from error


def _seekable(source: Source) -> IO[bytes]:
    """The file itself where it is one on disk, else a copy: Parquet is read from its end."""
    if os.path.isfile(source.label):
        file = open(source.label, "rb")  # noqa: SIM115  # the caller closes it
        if file.read(4) == b"PAR1":
            return file
        file.close()
    return inputs.spooled(source.stream)


def _may_matter(name: str, columns: Mapping[str, str]) -> bool:
    known = names.matched([name], {}) or name in json_shapes.KEYS
    return bool(known) or name in columns.values()
