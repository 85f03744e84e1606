"""Papers from files of any usual format, told by content: `read_papers`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from kg.errors import KGError, Report
from kg.papers import Paper
from kg.readers import (
    bibtex,
    build,
    csl_yaml,
    detect,
    encodings,
    inputs,
    jsonfile,
    names,
    plain,
    pubmed_text,
    streams,
    tables,
    tagged,
    xmlfile,
)
from kg.readers.source import Fields, Reader, Source, UnusableFileError

READERS: dict[str, Reader] = {
    "plain text": plain.read,
    "JSON lines": jsonfile.read_lines,
    "JSON": jsonfile.read_document,
    "CSV": tables.read_csv,
    "Parquet": tables.read_parquet,
    "BibTeX": bibtex.read,
    "RIS": tagged.read_ris,
    "EndNote tags": tagged.read_endnote,
    "PubMed abstracts": pubmed_text.read,
    "CSL-YAML": csl_yaml.read,
    "MEDLINE text": tagged.read_medline,
    "Web of Science text": tagged.read_web_of_science,
    **{name: partial(xmlfile.read, dialect=dialect) for name, dialect in xmlfile.DIALECTS.items()},
}
"""The formats, by the names that `kg.readers.detect` gives them."""

_STRANGE = 100  # records without any field of a paper after which a file without a single paper is given up

OnBytes = Callable[[int, int | None], None]
"""Called with the bytes read so far and those there are (None: unknown)."""


def read_papers(
    files: inputs.FileName | Sequence[inputs.FileName],
    report: Report,
    *,
    columns: Mapping[str, str] | None = None,
    progress: OnBytes | None = None,
) -> Iterator[Paper]:
    """The papers in ``files`` (files, folders, globs; ``-`` is standard input), one after the other.

    A paper is given as often as it comes; `kg.readers.merge.merge_papers` makes it one. What cannot
    be read goes to ``report`` and the rest goes on: nothing is raised for bad input.
    ``report.counts`` tells the papers ``read`` and the entries with ``no abstract``.
    ``columns`` says which column or key holds which field of a `Paper` where the usual
    names do not. ``progress`` is told the bytes read and those there are, None where a
    stream hides its size. Memory does not grow with the input. `KGError` where
    ``columns`` names a field that papers do not have.
    """
    names_of_files = inputs.file_names(files)
    for field in columns or {}:
        if field not in names.FIELD_NAMES:
            raise KGError(f"{field!r} is no field of a paper; columns may name {', '.join(names.FIELD_NAMES)}")
    return _read_all(names_of_files, report, columns or {}, progress)


def _read_all(
    files: Sequence[str], report: Report, columns: Mapping[str, str], progress: OnBytes | None
) -> Iterator[Paper]:
    paths = inputs.expand(files, report)
    total = inputs.total_size(paths)
    done = 0

    def count(size: int) -> None:
        nonlocal done
        done = done + size if total is None else min(done + size, total)
        if progress:
            progress(done, total)

    for path in paths:
        yield from _read_file(path, report, columns, count)


def _read_file(path: str, report: Report, columns: Mapping[str, str], count: Callable[[int], None]) -> Iterator[Paper]:
    label = "standard input" if path == inputs.STDIN else path
    try:
        for opened in inputs.open_file(path, count):
            yield from _read_opened(opened, report, columns, count)
    except UnusableFileError as error:
        report.add(label, error.place, str(error), whole_file=True)
    except OSError as error:
        report.add(label, "", error.strerror or str(error), whole_file=True)


def _read_opened(
    opened: inputs.Opened, report: Report, columns: Mapping[str, str], count: Callable[[int], None]
) -> Iterator[Paper]:
    """The papers of one unpacked file. Damage in its midst keeps what came before."""
    if opened.note:
        report.note(opened.label, "", opened.note)
        return
    read, strange, place = 0, 0, ""
    before = report.counts["no abstract"] + report.counts["skipped"]
    source = Source(opened.label, opened.name, opened.stream, report, columns, count)
    try:
        for place, fields in _entries(opened, source):
            if reason := build.too_long(fields):
                source.broken(place, reason)
                continue
            paper = build.paper(fields, opened.name)
            for field in build.encoded_twice(fields):
                source.repaired(place, f"text that was encoded twice ({field})")
            if paper is not None:
                if "\ufffd" in paper.abstract or "\ufffd" in (paper.title or ""):
                    source.repaired(place, "characters that cannot be read, shown as \ufffd")
                read += 1
                report.counts["read"] += 1
                yield paper
            elif any(value for name, value in fields.items() if name not in ("local_id", "key", "ids", "url")):
                report.counts["no abstract"] += 1
            else:
                strange += 1
                report.add(opened.label, place, "no field of a paper in it")
                if strange == _STRANGE and not read:
                    raise UnusableFileError("no paper among its records; columns (abstract=NAME) may name the fields")
    except UnusableFileError as error:
        where = error.place or (f"after {place}" if place else "")
        report.add(opened.label, where, str(error), whole_file=not read)
    else:
        if not read and report.counts["no abstract"] + report.counts["skipped"] == before:
            reason = "empty file" if not opened.head.strip() else "no papers in it"
            report.add(opened.label, "", reason, whole_file=True)
    finally:
        source.close()


def _entries(opened: inputs.Opened, source: Source) -> Iterator[tuple[str, Fields]]:
    if opened.problem:
        raise UnusableFileError(opened.problem)
    kind = detect.binary(opened.head) or detect.xml(opened.head)
    if kind is None:
        at_end = len(opened.head) < streams.HEAD
        head, source.stream, encoding = encodings.text(opened.head, opened.stream, at_end)
        kind = detect.text(head, opened.name, source.columns)
        if noted := encodings.guessed(encoding, opened.head):
            source.repaired(*noted)
    yield from READERS[kind](source)
