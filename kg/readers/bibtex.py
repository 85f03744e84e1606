"""BibTeX and BibLaTeX: the fields of each entry, those it inherits, and the names of its authors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.readers import latex
from kg.readers.bibtex_blocks import Block, Piece, blocks, closing
from kg.readers.dates import first_dated
from kg.readers.people import COMPANY, SUFFIX
from kg.readers.source import Fields, Source

_MONTHS = {name: name for name in "jan feb mar apr may jun jul aug sep oct nov dec".split()}  # noqa: SIM905
_VENUE_KEYS = ("booktitle", "journal", "journaltitle", "eventtitle", "maintitle", "series", "school", "institution",
               "howpublished", "publisher")  # fmt: skip
_TEXTS = frozenset(
    (*_VENUE_KEYS, "title", "subtitle", "abstract", "year", "date", "issue_date", "anthology", "arxiv", "archiveprefix",
     "eprinttype", "ids", "pmid", "pmcid")
)  # fmt: skip
_PARENTS = frozenset(
    ("book", "collection", "mvbook", "mvcollection", "mvproceedings", "mvreference", "periodical", "proceedings",
     "reference", "xdata")
)  # fmt: skip
_OWN = frozenset(
    ("title", "subtitle", "abstract", "author", "doi", "url", "eprint", "arxivid", "key", "note", "crossref", "xdata")
)
_MARKUP = re.compile(r"[\\{}$~`']")
_PERSON_PARTS = re.compile(r"(?:^|,)\s*(?:family|given)\s*=", re.IGNORECASE)

Raw = dict[str, str]


def read(source: Source) -> Iterator[tuple[str, Fields]]:
    """The entries of a bibliography, with their keys as local ids. A macro may be used after its definition.

    An entry that inherits (``crossref``, ``xdata``) waits until the entry it names was read.
    """
    strings = dict(_MONTHS)
    family = _Family(source)
    for block in blocks(source):
        values = {name: _value(pieces, strings) for name, pieces in block.fields.items()}
        if block.kind == "string":
            strings.update({name.lower(): value for name, value in values.items()})
        else:
            yield from family.add(block, values)
    yield from family.rest()


class _Family:
    """Entries that others inherit from, and those that wait for them.

    Kept are entries of the types that hold others, without their abstracts, and entries that wait:
    memory grows with these alone. An entry of another type is a parent where it stands behind its child.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._parents: dict[str, Raw] = {}
        self._waiting: dict[str, list[tuple[Block, Raw]]] = {}

    def add(self, block: Block, values: Raw) -> Iterator[tuple[str, Fields]]:
        """The fields of an entry, unless it must wait, and of those that waited for it."""
        names = [name.strip().lower() for name in (block.key, *values.get("ids", "").split(",")) if name.strip()]
        if block.kind in _PARENTS or not self._waiting.keys().isdisjoint(names):
            kept = {key: value for key, value in values.items() if key not in ("abstract", "file", "keywords")}
            for name in names:
                self._parents.setdefault(name, kept if block.kind != "xdata" else values)
        missing = next((key for key in self._ancestors(values) if key not in self._parents), None)
        if missing is not None:
            self._waiting.setdefault(missing, []).append((block, values))
        elif block.kind != "xdata":
            yield self._finished(block, values)
        for name in names:
            for waiting in self._waiting.pop(name, ()):
                yield from self.add(*waiting)

    def rest(self) -> Iterator[tuple[str, Fields]]:
        """The entries whose parents never came, with what they have themselves."""
        for parent, waiting in self._waiting.items():
            for block, values in waiting:
                self._source.repaired(f"line {block.line}", f"read without the entry {parent!r} that it refers to")
                yield self._finished(block, values)

    def _ancestors(self, values: Raw) -> list[str]:
        """All entries that values are inherited from, the nearest first, those not yet known at their place."""
        found: dict[str, None] = {}
        left = _parents_of(values)
        while left:
            name = left.pop(0)
            if name not in found:
                found[name] = None
                left += _parents_of(self._parents.get(name, {}))
        return list(found)

    def _finished(self, block: Block, values: Raw) -> tuple[str, Fields]:
        full = self._inherited(dict(values), frozenset((block.key.lower(),)))
        place = f"line {block.line} ({block.key})" if block.key else f"line {block.line}"
        return place, _fields(block.key, full)

    def _inherited(self, values: Raw, seen: frozenset[str]) -> Raw:
        for name in _parents_of(values):
            if name in seen or name not in self._parents:
                continue
            parent = self._inherited(dict(self._parents[name]), seen | {name})
            if name == values.get("crossref", "").lower():
                title = parent.get("booktitle") or parent.get("title")
                parent = {key: value for key, value in parent.items() if key not in _OWN}
                if title:
                    parent.setdefault("booktitle", title)
            values = {**parent, **{key: value for key, value in values.items() if value}}
        return values


def _parents_of(values: Mapping[str, str]) -> list[str]:
    names = [*values.get("xdata", "").split(","), values.get("crossref", "")]
    return [name.strip().lower() for name in names if name.strip()]


def _value(pieces: list[Piece], strings: Mapping[str, str]) -> str:
    """A value with its macros filled in."""
    return "".join(strings.get(piece.text.lower(), piece.text) if piece.bare else piece.text for piece in pieces)


def _fields(key: str, raw: Raw) -> Fields:
    plain = {name: _plain(value) for name, value in raw.items() if name in _TEXTS}
    return {
        "local_id": key,
        "key": key,
        "ids": [*re.split(r"\s*,\s*", plain.get("ids", "")), plain.get("pmid", ""), plain.get("pmcid", "")],
        "title": _with_subtitle(plain),
        "abstract": plain.get("abstract"),
        "year": first_dated((plain.get("year"), plain.get("date"), plain.get("issue_date"))),
        "venue": next((plain[name] for name in _VENUE_KEYS if plain.get(name)), None),
        "authors": _authors(raw.get("author", "")),
        "url": _address(raw.get("url", "")),
        "doi": _address(raw.get("doi", "")),
        "arxiv": _arxiv(raw, plain),
        "anthology": plain.get("anthology"),
    }


def _plain(text: str) -> str:
    """A value without the braces that protect capitals."""
    if not _MARKUP.search(text):
        return text
    text = text.replace("$\\backslash$", "\\")  # Mendeley escapes the backslash of every macro
    text = latex.to_unicode(latex.accents(text))
    return re.sub(r"(?<!\\)[{}]", "", text)


def _with_subtitle(plain: Mapping[str, str]) -> str | None:
    title, subtitle = plain.get("title"), plain.get("subtitle")
    return f"{title}: {subtitle}" if title and subtitle else title


def _address(text: str) -> str:
    """An identifier or address without LaTeX's protection of ``_``, ``%``, ``&`` and ``~``."""
    text = re.sub(r"\\url\{(.*?)\}", r"\1", text.replace("$\\backslash$", "\\"))
    text = re.sub(r"\\textless\s?(?:\{\})?|\$<\$", "<", re.sub(r"\\textgreater\s?(?:\{\})?|\$>\$", ">", text))
    text = re.sub(r"\\textasciitilde(?:\{\})?\s*|\\~(?:\{\})?|\{\\~(?:\{\})?\}", "~", text)
    return re.sub(r"[{}]|\\(?=[_%&#~])", "", text).strip()


def _arxiv(raw: Mapping[str, str], plain: Mapping[str, str]) -> str | None:
    """The arXiv id as arXiv, BibLaTeX or Mendeley give it."""
    archive = (plain.get("archiveprefix") or plain.get("eprinttype") or "arxiv").lower()
    return raw.get("arxivid") or plain.get("arxiv") or (raw.get("eprint") if archive == "arxiv" else None)


def _authors(text: str) -> list[Any]:
    """The names of an author field; a name in braces is one, whatever it contains."""
    text = latex.accents(" ".join(text.replace("$\\backslash$", "\\").split()))
    names = _parts(text, re.compile(r"(?:^|\s+)and(?:\s+|$)", re.IGNORECASE))
    if len(names) == 1 and ";" in text and "{" not in text:
        return [_plain(text)]
    return [_person(name) for name in names if name and not name.startswith("xdata=")]


def _person(name: str) -> Any:
    """One name as a string or as parts: ``Last, First``, ``Last, Jr, First``, ``family=Last, given=First``."""
    if name.startswith("{") and closing(name, 1, "}") == len(name):
        return {"literal": _plain(name)}
    parts = _parts(name.replace("~", " "), re.compile(","))
    if _PERSON_PARTS.search(name):
        given = dict(part.split("=", 1) for part in parts if "=" in part)
        return {key.strip().lower(): _plain(value.strip(' "')) for key, value in given.items()}
    plain = [_plain(part).strip() for part in parts]
    if len(plain) == 2 and all(plain) and ";" not in name and not COMPANY.fullmatch(plain[1]):
        return {"family": plain[0], "given": plain[1]}
    if len(plain) == 3 and all(plain) and SUFFIX.fullmatch(plain[1]):
        return {"family": plain[0], "suffix": plain[1], "given": plain[2]}
    return _plain(name.replace("~", " ")).strip(" ,")


def _parts(text: str, separator: re.Pattern[str]) -> list[str]:
    """A text split at a separator outside of braces."""
    parts, begin, depth, at = list[str](), 0, 0, 0
    for sign in re.finditer(rf"[{{}}]|{separator.pattern}", text, separator.flags):
        if sign[0] in ("{", "}"):
            depth += 1 if sign[0] == "{" else -1
        elif depth <= 0 and sign.start() >= at:
            parts.append(text[begin : sign.start()].strip())
            begin = at = sign.end()
    return [*parts, text[begin:].strip()]
