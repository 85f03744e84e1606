"""From the fields that a file gives to a `Paper`: clean text, identifiers in one spelling, years, names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kg.papers import Paper
from kg.readers import identifiers
from kg.readers.cleaning import clean, clean_abstract
from kg.readers.source import Fields

_YEAR = re.compile(r"(?<!\d)(1[6-9]\d\d|20\d\d)(?!\d)")
_ARXIV_VENUE = re.compile(r"\W*(?:arxiv|corr\b)", re.IGNORECASE)  # where search engines and DBLP put the arXiv id
_NOT_NAMES = re.compile(r"(?:et al\.?|others|and others|\.\.\.|…)", re.IGNORECASE)
_SUFFIX = r"(?:jr|sr|i{2,3}|iv|ph\.?d|md)\.?"
_NAME_SUFFIX = re.compile(_SUFFIX, re.IGNORECASE)
_SUFFIX_COMMA = re.compile(rf",(?=\s*{_SUFFIX}\s*\Z)", re.IGNORECASE)


def paper(fields: Fields, source: str) -> Paper | None:
    """The paper in ``fields``, read from the file ``source``; None where it has no abstract.

    A field of an unexpected type counts as not given. An extraction record keeps its text
    as it is, since its offsets count in it, and the sources it names.
    """
    record = fields.get("record")
    title, abstract = _text(fields.get("title")), _text(fields.get("abstract"))
    if record is None:
        title, abstract = clean(title), clean_abstract(abstract)
    if not abstract:
        return None
    url = "".join(_text(fields.get("url")).replace("&amp;", "&").split())
    doi, arxiv, anthology = _identifiers(fields, url)
    return Paper(
        abstract=abstract,
        title=title or None,
        year=year(fields.get("year")),
        venue=clean(_text(fields.get("venue"))) or None,
        authors=authors(fields.get("authors")),
        url=(url if url.isprintable() else clean(url)) or None,
        doi=doi,
        arxiv=arxiv,
        anthology=anthology,
        local_id=clean(_text(fields.get("local_id"))) or None,
        source=_sources(fields.get("source")) or (clean(source),),
        record=record,
    )


def _text(value: Any) -> str:
    """A field as one string: lists of strings joined, numbers written out, anything else empty."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        return " ".join(value)
    return ""


def _sources(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if isinstance(value, list | tuple) and all(isinstance(name, str) for name in value):
        return tuple(sorted({clean(name) for name in value} - {""}))
    return ()


def _identifiers(fields: Fields, url: str) -> tuple[str | None, str | None, str | None]:
    """DOI, arXiv id and Anthology id, from their own fields, else from the address or from one another."""
    doi = identifiers.doi(_text(fields.get("doi")))
    arxiv = identifiers.arxiv(_text(fields.get("arxiv")))
    anthology = identifiers.anthology(_text(fields.get("anthology")))
    url_doi, url_arxiv, url_anthology = identifiers.from_url(url) if url else (None, None, None)
    doi = doi or url_doi
    venue = _text(fields.get("venue"))
    if not arxiv and _ARXIV_VENUE.match(venue):
        arxiv = identifiers.arxiv(venue)
    arxiv = arxiv or url_arxiv or (identifiers.arxiv_of_doi(doi) if doi else None)
    anthology = anthology or url_anthology or (identifiers.anthology_of_doi(doi) if doi else None)
    return doi, arxiv, anthology


def year(value: Any) -> int | None:
    """The year in a number, a date as text, or CSL's nested ``date-parts``; None without one."""
    if isinstance(value, Mapping):
        value = value.get("date-parts") or value.get("raw") or value.get("literal") or value.get("year")
    while isinstance(value, list | tuple) and value:
        value = value[0]
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        found = _YEAR.search(str(value)) if hasattr(value, "isoformat") else None
    else:
        found = _YEAR.search(str(value))
    return int(found[1]) if found else None


def authors(value: Any) -> tuple[str, ...]:
    """Names, given name first, from a list of names or of objects, or from one string with any usual separator."""
    if isinstance(value, Mapping):
        value = [value]
    if isinstance(value, str):
        parts: Sequence[Any] = _split_names(clean(value))
    elif isinstance(value, list | tuple):
        parts = value
    else:
        return ()
    names = (_name(part) for part in parts)
    return tuple(dict.fromkeys(name for name in names if name and not _NOT_NAMES.fullmatch(name)))


def _split_names(text: str) -> list[str]:
    if ";" in text:
        return text.split(";")
    if re.search(r"\sand\s", text):
        parts = re.split(r"\s+and\s+", text)
        # "A. Smith, B. Jones and C. Lee" lists with commas; "Smith, A. and Jones, B." inverts with them
        if all("," not in part for part in parts[1:]) and _is_list(parts[0]):
            return [*parts[0].split(","), *parts[1:]]
        return parts
    if "|" in text:
        return text.split("|")
    return text.split(",") if _is_list(text) else [text]


def _is_list(text: str) -> bool:
    """Whether commas in a string of names stand between people rather than inside one inverted name."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) < 2:
        return False
    if len(parts) == 2 and (" " not in parts[0] or _NAME_SUFFIX.fullmatch(parts[1])):
        return False
    return not (len(parts) == 3 and _NAME_SUFFIX.fullmatch(parts[1]))


def _name(value: Any) -> str:
    """One person's name, given name first."""
    if isinstance(value, dict):
        return _name_of_object(value)
    if isinstance(value, list | tuple):  # arXiv's authors_parsed: family, given, suffix
        family, given, *rest = [*map(_text, value), "", ""][:3]
        return " ".join(clean(" ".join((given, family, *rest))).split())
    return _given_first(clean(_text(value)).strip(" ,"))


def _given_first(name: str) -> str:
    """A name without inversion: ``Park, Dan`` and ``Park, Jr., Dan`` turned, ``Dan Park, Jr.`` and groups not."""
    parts = [part.strip() for part in name.split(",")]
    at = next((n for n in range(len(parts) - 1, 0, -1) if _NAME_SUFFIX.fullmatch(parts[n])), None)
    suffix = [] if at is None else [parts.pop(at)]
    if len(parts) == 2 and all(0 < len(part.split()) <= 4 for part in parts):
        parts.reverse()
    elif len(parts) > 1:
        return name
    return " ".join([*parts, *suffix])


_NAME_KEYS = ("name", "fullname", "fullName", "display_name", "displayName", "text", "raw_author_name")
_GIVEN_KEYS = ("given", "first_name", "firstName", "first", "forename", "givenName")
_FAMILY_KEYS = ("family", "last_name", "lastName", "last", "surname", "familyName")


def _name_of_object(value: Mapping[Any, Any]) -> str:
    given = next((_text(value[key]) for key in _GIVEN_KEYS if value.get(key)), "")
    particle = _text(value.get("non-dropping-particle") or value.get("dropping-particle") or value.get("prefix"))
    family = next((_text(value[key]) for key in _FAMILY_KEYS if value.get(key)), "")
    if family:
        parts = (given, _text(value.get("middle")), particle, family, _text(value.get("suffix")))
        return _SUFFIX_COMMA.sub("", clean(" ".join(parts)))
    if value.get("literal"):
        return clean(_text(value["literal"]))
    if isinstance(value.get("author"), Mapping):
        return _name_of_object(value["author"])
    return next((_name(value[key]) for key in _NAME_KEYS if isinstance(value.get(key), str)), "")
