"""BibTeX and BibLaTeX, entry by entry, so that one broken entry costs only itself and memory stays small."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kg.readers import latex, streams
from kg.readers.source import MAX_RECORD, Fields, Source

if TYPE_CHECKING:
    from bibtexparser.model import Block, Entry

_BLOCK_START = re.compile(r"\s*@\s*[A-Za-z]+\s*[{(]")
_PIECE = re.compile(
    r"\s*(?:\{((?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*)\}|\"([^\"]*)\"|([^\s#{}\"]+))\s*(?:#|$)"
)
_MONTHS = {name: name for name in "jan feb mar apr may jun jul aug sep oct nov dec".split()}  # noqa: SIM905
_VENUE_KEYS = ("booktitle", "journal", "journaltitle", "eventtitle", "maintitle", "series", "school", "institution",
               "howpublished", "publisher")  # fmt: skip


def read(source: Source) -> Iterator[tuple[str, Fields]]:
    """The entries of a bibliography, with their keys as local ids. A macro may be used after its definition."""
    from bibtexparser.splitter import Splitter

    # What the parser has to say of a broken entry is reported with file and line, not logged.
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    strings = dict(_MONTHS)
    for number, text in _chunks(source):
        for block in Splitter(text).split().blocks:
            yield from _entry(block, number, strings, source)


def _chunks(source: Source) -> Iterator[tuple[int, str]]:
    """The text of each block, or of all blocks on a line, from one ``@type{`` at a line's start to the next."""
    start, parts, size = 1, list[str](), 0
    for number, line in streams.lines(source.stream, MAX_RECORD):
        if line is None:
            source.broken(f"line {number}", f"longer than {MAX_RECORD >> 20} MB; no entry is")
            continue
        if _BLOCK_START.match(line):
            if parts:
                yield start, "\n".join(parts)
            start, parts, size = number, [], 0
        size += len(line)
        if size <= MAX_RECORD:
            parts.append(line)
    if parts:
        yield start, "\n".join(parts)


def _entry(block: Block, number: int, strings: dict[str, str], source: Source) -> Iterator[tuple[str, Fields]]:
    from bibtexparser import model

    place = f"line {number + block.start_line}" if block.start_line else f"line {number}"
    if isinstance(block, model.String):
        strings[block.key.lower()] = _value(block.value, strings)
        return
    if isinstance(block, model.DuplicateFieldKeyBlock):  # Mendeley writes some fields twice; the first one counts
        block = block.ignore_error_block or block
    if isinstance(block, model.Entry):
        yield f"{place} ({block.key})" if block.key else place, _fields(block, strings)
    elif isinstance(block, model.ParsingFailedBlock):
        reason = str(getattr(block.error, "abort_reason", "") or block.error) or "not a BibTeX entry"
        source.broken(place, f"broken BibTeX entry ({reason.strip().rstrip('.')})")


def _fields(entry: Entry, strings: Mapping[str, str]) -> Fields:
    raw: dict[str, str] = {}
    for field in entry.fields:
        raw.setdefault(field.key.lower(), _value(field.value, strings))
    plain = {key: _plain(value) for key, value in raw.items() if key not in ("author", "url", "doi", "eprint")}
    return {
        "local_id": entry.key,
        "title": _with_subtitle(plain),
        "abstract": plain.get("abstract"),
        "year": plain.get("year") or plain.get("date"),
        "venue": next((plain[key] for key in _VENUE_KEYS if plain.get(key)), None),
        "authors": _authors(raw.get("author", "")),
        "url": _address(raw.get("url", "")),
        "doi": _address(raw.get("doi", "")),
        "arxiv": _arxiv(raw, plain),
        "anthology": plain.get("anthology"),
    }


def _value(raw: Any, strings: Mapping[str, str]) -> str:
    """A field's value without its braces or quotes, its macros filled in and its pieces joined at ``#``."""
    text = str(raw).strip()
    pieces, at = [], 0
    while at < len(text):
        piece = _PIECE.match(text, at)
        if piece is None:
            return text.strip('{}"')
        braced, quoted, bare = piece.groups()
        pieces.append(strings.get(bare.lower(), bare) if bare is not None else braced if braced is not None else quoted)
        at = piece.end()
    return "".join(pieces)


def _plain(text: str) -> str:
    """A value without the braces that protect capitals."""
    text = text.replace("$\\backslash$", "\\")  # Mendeley escapes the backslash of every macro
    text = latex.to_unicode(text)
    return re.sub(r"(?<!\\)[{}]", "", text)


def _with_subtitle(plain: Mapping[str, str]) -> str | None:
    title, subtitle = plain.get("title"), plain.get("subtitle")
    return f"{title}: {subtitle}" if title and subtitle else title


def _address(text: str) -> str:
    """An identifier or address without LaTeX's protection of ``_``, ``%``, ``&`` and ``~``."""
    text = re.sub(r"\\url\{(.*?)\}", r"\1", text.replace("$\\backslash$", "\\"))
    text = re.sub(r"\\textasciitilde(?:\{\})?\s*|\\~(?:\{\})?|\{\\~(?:\{\})?\}", "~", text)
    return re.sub(r"[{}]|\\(?=[_%&#~])", "", text).strip()


def _arxiv(raw: Mapping[str, str], plain: Mapping[str, str]) -> str | None:
    """The arXiv id as arXiv, BibLaTeX or Mendeley give it."""
    archive = (plain.get("archiveprefix") or plain.get("eprinttype") or "arxiv").lower()
    return raw.get("arxivid") or plain.get("arxiv") or (raw.get("eprint") if archive == "arxiv" else None)


def _authors(text: str) -> list[str]:
    """The names, given name first; a name in braces is one, whatever it contains."""
    from bibtexparser.middlewares import names

    found = []
    for name in names.split_multiple_persons_names(" ".join(text.split())):
        if name.startswith("{") and name.endswith("}"):
            found.append(_plain(name))
            continue
        try:
            found.append(_plain(names.parse_single_name_into_parts(name, strict=False).merge_first_name_first))
        except (names.InvalidNameError, IndexError):
            found.append(_plain(name))
    return found
