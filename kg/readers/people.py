"""Names of authors, given name first, from whatever a file has: lists, objects, or one string of many names."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from kg.readers.cleaning import clean
from kg.readers.missing import is_missing

_NOT_NAMES = re.compile(r"(?:et al\.?|others|and others|\.\.\.|…|anonymous|\[?no authors? listed\]?\.?)", re.IGNORECASE)
SUFFIX = re.compile(
    r"(?:jr|sr|i{2,3}|iv|2nd|3rd|4th|ph\.? ?d|m\.?d|esq|faan|mph|m\.?sc|rn|frcp|facs|mba|dds)\.?", re.IGNORECASE
)
COMPANY = re.compile(r"(?:inc|ltd|llc|gmbh|corp|plc)\.?", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?[ -]?){1,4}|(?:[^\W\d_]\.[ -]?){1,4}(?:[^\W\d_]\.?)?")
_DOTTED_AT_END = re.compile(r"(\S.*?) ((?:[A-ZÀ-ÖØ-Þ][a-z]?\.[ -]?)+)")
_ORGANIZATION_WORDS = """
    inc ltd llc gmbh corp plc university universities université universität universidad università universiteit
    universidade institut institute institutes instituto institution department dept ministry agency committee
    consortium collaboration association society council center centre group organization organisation foundation
    laboratory laboratories laboratoire college school office bureau commission network investigators initiative
    team programme program union administration services health trust hospital project research company academy
    federation for
"""
_ORGANIZATION = frozenset(_ORGANIZATION_WORDS.split())
_MARKS = re.compile(
    r"\s*\((?:\d[\d,; ]*|[^()]*@[^()]*|[A-Z]?\d{4}-[^()]*)\)|(?<=\w)\s*[*†‡§¶]+"
    r"|(?<=[^\W\d_]|\.)[\d⁰¹²³⁴-⁹]+(?:,\d+)*(?=[,;]|$)"
)
_MARK = re.compile(r"[(*†‡§¶\d⁰¹²³⁴-⁹]")
_CONJUNCTION = re.compile(
    r"\s*[,;]?\s+(?:and|und|et(?! al)|y|/)\s+|\s*[,;]?\s*(?<!\w)&(?!\w)\s*|\s*[,;]?\s+&\s+", re.IGNORECASE
)
_PLAIN = re.compile(r"[A-Z][A-Za-z.'-]*(?: [A-Za-z.'-]+)*[A-Za-z]")
_VANCOUVER = re.compile(r"([^,]+?) ([A-Z]{1,4}(?:-[A-Z])?)( (?:Jr|Sr|\d(?:st|nd|rd|th)|I{2,3}|IV))?")
_AFFILIATION = re.compile(r"(?<=\w)\s*\([^()]*\)$|\s+et al\.?$")
_PARTICLE = re.compile(r"(?:van|von|de|del|della|der|den|di|da|dos|du|la|le|el|al|ter|ten|zu|bin|ibn)\b")


def authors(value: Any) -> tuple[str, ...]:
    """Names, given name first, from a list of names or of objects, or from one string with any usual separator."""
    found = dict.fromkeys(name for name in _names(value) if name)
    return tuple(name for name in found if not _NOT_NAMES.fullmatch(name) and not is_missing(name))


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for item in value:
            if isinstance(item, str) and _is_plain(item):
                yield item
            else:
                yield from _of_item(item)
    elif isinstance(value, str):
        listed = _listed(value)
        if listed is not None:
            yield from _names(listed)
        else:
            yield from map(_given_first, _split(clean(value.strip(" []"))))
    elif isinstance(value, Mapping):
        inner = value.get("author")
        yield from _names(inner) if isinstance(inner, list) else (_of_object(value),)


def _listed(text: str) -> list[Any] | None:
    """The list in a string that is one written out as Python or JSON text, or a line a name; None for other text."""
    text = text.strip()
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and not any(line.endswith((",", ";", "&", " and")) for line in lines):
        return list(lines)
    if text[:1] + text[-1:] not in ("[]", "{}") or len(text) > 1_000_000:
        return None
    if re.fullmatch(r"\[\s*'[^']*'(?:\s+'[^']*')+\s*\]", text):  # numpy writes no commas
        return re.findall(r"'([^']*)'", text)
    for parse in (json.loads, ast.literal_eval):
        try:
            found = parse(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(found, list | dict):
            return found if isinstance(found, list) else [found]
    return [part.strip(" '\"") for part in re.split(r"[,;]", text[1:-1])] if "'" in text or '"' in text else None


def _of_item(item: Any) -> Iterator[str]:
    """The names in one item of a list, which is one person unless it plainly has several."""
    if isinstance(item, dict):
        yield _of_object(item)
    elif isinstance(item, list | tuple):  # arXiv's authors_parsed: family, given, suffix
        family, given, *rest = [*(part if isinstance(part, str) else "" for part in item), "", ""][:3]
        yield " ".join(clean(" ".join((given, family, *rest))).split())
    elif isinstance(item, str):
        text = clean(item)
        if _is_plain(text):
            yield text
            return
        text = _without_marks(text).strip()
        if ";" in text or _is_several(text):
            yield from map(_given_first, _split(text))
        else:
            yield _given_first(text)


def _is_organization(text: str) -> bool:
    """Whether a name has a word that names of organizations have and those of persons have not."""
    words = text.casefold().replace(",", " ").replace(".", " ").split()
    return not _ORGANIZATION.isdisjoint(words) or " of the " in text or " and the " in text


def _without_marks(text: str) -> str:
    """A name or list of names without numbers and signs that point to notes."""
    return _MARKS.sub("", text) if _MARK.search(text) else text


def _is_plain(name: str) -> bool:
    """Whether a name is one person's, given name first, with nothing to clean: true of most in a large dump."""
    return name.isascii() and _PLAIN.fullmatch(name) is not None and " and " not in name


def _is_several(text: str) -> bool:
    """Whether one item joins persons: each side of an ``and`` is inverted or has initials, or many commas are there."""
    parts = [part for part in _CONJUNCTION.split(text) if part.strip()]
    if _is_organization(text):
        return False
    if len(parts) > 1:
        return all("," in part or re.search(r"\b\w\.", part) for part in parts)
    return text.count(",") > 2


def _split(text: str) -> list[str]:
    """The names in one string."""
    text = _without_marks(text).strip(" ,;")
    sign = next((sign for sign in (";", "|") if sign in text), None)
    parts = [part for part in text.split(sign) if part.strip()] if sign else [text]
    names = [name for part in parts for name in _split_conjunction(part, in_list=sign is not None)]
    if len(names) > 1 and all(_VANCOUVER.fullmatch(name) or _is_organization(name) for name in names):
        return [initials_first(name) for name in names]
    return names


def _split_conjunction(text: str, *, in_list: bool) -> list[str]:
    """The names in text without semicolons: commas and ``and`` stand between people, or inside one name."""
    text = text.strip().removeprefix("& ").removeprefix("and ")
    parts = [part.strip(" ,") for part in _CONJUNCTION.split(text) if part.strip(" ,")]
    if len(parts) > 1 and _is_organization(text):
        several = len(parts) > 2 or any("," in part for part in parts)
        if not several or in_list:
            return [text]
    if len(parts) == 1 and in_list and text.count(",") < 3:
        return parts
    return [name for part in parts for name in _split_commas(part)]


def _split_commas(text: str) -> list[str]:
    """The names in text whose only separator is the comma; one name that is inverted stays one."""
    tokens = [token.strip() for token in text.split(",") if token.strip()]
    if len(tokens) < 2 or _is_one(tokens):
        return [text]
    if _is_alternating(tokens):
        return list(_paired(tokens))
    return list(_with_suffixes(tokens))


def _is_one(tokens: Sequence[str]) -> bool:
    """Whether commas stand inside a single name: ``Park, Dan``, ``Park, Jr., Dan``, ``Dan Park, Jr.``, ``X, Inc.``."""
    bare = [token for token in tokens if not SUFFIX.fullmatch(token)]
    if len(bare) < 2:
        return True
    if len(bare) > 2:
        return False
    first, second = bare
    if _INITIALS.fullmatch(second) or _is_organization(first) or _is_organization(second):
        return True
    return " " not in first or " " not in second or bool(_PARTICLE.match(first))


def _is_alternating(tokens: Sequence[str]) -> bool:
    """Whether family and given names alternate: initials follow each family name, or all are single words."""
    bare = [token for token in tokens if not SUFFIX.fullmatch(token)]
    given = bare[1::2]
    if len(bare) % 2 == 0 and all(_INITIALS.fullmatch(token) for token in given):
        return not all(_INITIALS.fullmatch(token) for token in bare[::2])
    if any(_INITIALS.fullmatch(token) for token in bare):
        return sum(map(bool, map(_INITIALS.fullmatch, bare))) * 2 >= len(bare) - 1
    return len(bare) % 2 == 0 and len(bare) > 2 and all(" " not in token for token in bare)


def _paired(tokens: Sequence[str]) -> Iterator[str]:
    """Family names joined with what follows them: ``Lee``, ``A.``, ``Jr.`` is one name."""
    only_initials = any(_INITIALS.fullmatch(token) for token in tokens)
    name: list[str] = []
    for token in tokens:
        joins = name and (
            SUFFIX.fullmatch(token) or (len(name) == 1 and (not only_initials or _INITIALS.fullmatch(token)))
        )
        if joins:
            name.append(token)
        else:
            if name:
                yield ", ".join(name)
            name = [token]
    if name:
        yield ", ".join(name)


def _with_suffixes(tokens: Sequence[str]) -> Iterator[str]:
    for token, after in pairwise([*tokens, ""]):
        if not SUFFIX.fullmatch(token):
            yield f"{token}, {after}" if SUFFIX.fullmatch(after) else token


def initials_first(name: str) -> str:
    """A name of the Vancouver style, ``van der Berg JK Jr``, with the initials before the family name."""
    found = _VANCOUVER.fullmatch(name.strip(" ."))
    return f"{found[2]} {found[1]}{found[3] or ''}" if found else name


def _given_first(name: str) -> str:
    """A name without inversion: ``Park, Dan`` and ``Park, Jr., Dan`` turned, ``Dan Park, Jr.`` and groups not."""
    name = " ".join(_without_marks(name).split()).removeprefix("on behalf of ")
    if ("(" in name or "et al" in name) and not _is_organization(name.partition("(")[0]):
        name = _AFFILIATION.sub("", name)
    if name.endswith(",") and name.count(",") == 1:  # EndNote's sign for a group
        return name.rstrip(", ")
    parts = [part.strip() for part in name.strip(" ,;").split(",") if part.strip()]
    if len(parts) > 1 and _is_organization(name):
        return name.strip(" ,;")
    at = next((n for n in range(len(parts) - 1, 0, -1) if SUFFIX.fullmatch(parts[n])), None)
    suffix = [] if at is None else [parts.pop(at)]
    if len(parts) == 1 and not suffix:
        return _initials_first(parts[0])
    if len(parts) == 2 and all(0 < len(part.split()) <= 5 for part in parts):
        family, given = parts
        words = given.split()
        if len(words) > 1 and SUFFIX.fullmatch(words[-1]) and not suffix:
            given, suffix = " ".join(words[:-1]), [words[-1]]
        parts = [given, family]
    elif len(parts) > 1:
        return name.strip(" ,;")
    return " ".join([*parts, *suffix])


def _initials_first(name: str) -> str:
    """A name as Scopus has it, ``Lee A.``, with the initials first; others as they are."""
    found = _DOTTED_AT_END.fullmatch(name)
    if found is None or "." in found[1] or SUFFIX.fullmatch(found[2]):
        return name
    return f"{found[2]} {found[1]}"


_NAME_KEYS = ("name", "fullname", "fullName", "full_name", "display_name", "displayName", "text", "raw_author_name",
              "preferred_name", "author_name", "collectiveName", "creator", "#text")  # fmt: skip
_GIVEN_KEYS = ("given", "first_name", "firstName", "first", "forename", "foreName", "givenName", "given_name",
               "initials")  # fmt: skip
_FAMILY_KEYS = ("family", "last_name", "lastName", "last", "surname", "familyName", "family_name")
_JOINING = frozenset("'’‘ʼ-\u2010\u2011")  # apostrophes and hyphens at the end of a particle


def _of_object(value: Mapping[Any, Any]) -> str:
    if value.get("creatorType", "author") in ("editor", "translator", "seriesEditor", "contributor"):  # Zotero's
        return ""
    given, family = _text_of(value, _GIVEN_KEYS), _text_of(value, _FAMILY_KEYS)
    if family:
        family = _with_particles(value, family)
        parts = (given, _text_of(value, ("middle",)), family, _text_of(value, ("suffix",)))
        name = clean(" ".join(filter(None, parts)))
        return re.sub(r",(?=\s*(?:jr|sr|i{2,3}|iv)\.?\s*\Z)", "", name, flags=re.IGNORECASE)
    if literal := _text_of(value, ("literal",)):
        return clean(literal)
    if isinstance(value.get("author"), Mapping):
        found = _of_object(value["author"])
        if found:
            return found
    return next((_given_first(clean(value[key])) for key in _NAME_KEYS if _is_text(value.get(key))), "") or clean(given)


def _with_particles(value: Mapping[Any, Any], family: str) -> str:
    """A family name behind its particles; one that ends in an apostrophe or a hyphen is joined to what follows it."""
    for key in ("prefix", "non-dropping-particle", "dropping-particle"):
        if particle := clean(_text_of(value, (key,))):
            family = f"{particle}{'' if particle[-1] in _JOINING else ' '}{family.lstrip()}"
    return family


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _text_of(value: Mapping[Any, Any], keys: Sequence[str]) -> str:
    return next((value[key] for key in keys if _is_text(value.get(key)) and not is_missing(value[key])), "")
