"""Tables: CSV with any delimiter, as spreadsheets write it, and Parquet."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator, Mapping
from typing import IO

from kg.readers import inputs, json_shapes, jsonfile, names, streams
from kg.readers.source import MAX_RECORD, Fields, Source, UnusableFileError

DELIMITERS = "\t,;|"
_SEPARATOR_LINE = re.compile(r"\"?sep=(.)\"?\s*", re.IGNORECASE)
_EXCEL_ESCAPE = re.compile(r"_x000[dDaA9]_")
_BATCH = 200


def header(line: str) -> tuple[str, list[str]]:
    """The delimiter of a table and the names in its header line: the split that gives the most known names."""
    splits = [(sign, _split(line, sign)) for sign in DELIMITERS]
    return max(splits, key=lambda split: (len(names.matched(split[1], {})), len(split[1])))


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def looks_like_table(head: str, named_so: bool, columns: Mapping[str, str]) -> bool:
    """Whether text begins with a table's header; a file named ``.csv`` and the like is one in any case."""
    line = next((line for line in head.split("\n") if line.strip()), "")
    if named_so or _SEPARATOR_LINE.fullmatch(line.rstrip("\r")):
        return True
    found = header(line.rstrip("\r"))[1]
    known = names.matched(found, columns)
    return len(found) > 1 and "abstract" in known and (len(known) > 1 or bool(columns)) and len(line) < 10_000


def read_csv(source: Source) -> Iterator[tuple[str, Fields]]:
    """The rows of a table; its header says which column is what, `Source.columns` where the usual names do not.

    A column may also be given by its number, counted from one, for tables without a header.
    """
    lines = _lines(source)
    first = next(lines, "")
    if told := _SEPARATOR_LINE.fullmatch(first.rstrip("\r\n")):
        first = next(lines, "")
    delimiter, columns = header(first.rstrip("\r\n"))
    if told:
        delimiter = told[1]
        columns = _split(first.rstrip("\r\n"), delimiter)
    numbered = bool(source.columns) and all(name.isdigit() for name in source.columns.values())
    if numbered:
        columns = [str(number + 1) for number in range(len(columns))]
        lines = _again(first, lines)
    chosen = names.matched(columns, source.columns)
    if "abstract" not in chosen:
        raise UnusableFileError(_no_abstract(columns, source.columns))
    yield from _rows(source, lines, delimiter, columns, chosen)


def _rows(
    source: Source, lines: Iterator[str], delimiter: str, columns: list[str], chosen: Mapping[str, list[str]]
) -> Iterator[tuple[str, Fields]]:
    # The limit is one for the whole process; it is only ever raised, for tables that hold full texts too.
    csv.field_size_limit(max(MAX_RECORD, csv.field_size_limit()))
    reader = csv.reader(lines, delimiter=delimiter)
    number = 1
    while True:
        number += 1
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            source.broken(f"row {number}", f"broken row ({error})")
            continue
        row = dict(zip(columns, values, strict=False))
        if any(value.strip() for value in values):
            yield f"row {number}", _first_filled(row, chosen)


def _first_filled(row: Mapping[str, str], chosen: Mapping[str, list[str]]) -> Fields:
    found = {}
    for field, candidates in chosen.items():
        value = next((row[name] for name in candidates if row.get(name, "").strip()), "")
        found[field] = _EXCEL_ESCAPE.sub("\n", value)  # how Excel writes a control character in a cell
    return found


def _lines(source: Source) -> Iterator[str]:
    for number, line in streams.lines(source.stream, MAX_RECORD):
        if line is None:
            source.broken(f"line {number}", f"longer than {MAX_RECORD >> 20} MB; no row is")
        else:
            yield line.replace("\r", " ") + "\n"


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _no_abstract(columns: list[str], told: Mapping[str, str]) -> str:
    shown = ", ".join(name for name in columns[:12] if name) or "none"
    if "abstract" in told:
        return f"no column {told['abstract']!r}; its columns are: {shown}"
    return f"no column that holds the abstract; its columns are: {shown}; name it with columns (abstract=NAME)"


def read_parquet(source: Source) -> Iterator[tuple[str, Fields]]:
    """The rows of a Parquet file; only columns that may matter are read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

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

