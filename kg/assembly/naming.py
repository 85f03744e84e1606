"""The name that a reader sees, and the id that stays."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg.assembly.abbreviations import is_short
from kg.assembly.collect import Read
from kg.assembly.keys import Words, plain_words, squash
from kg.assembly.knowledge import GROUPS, knowledge
from kg.assembly.resolve import Concepts
from kg.assembly.text import clean
from kg.schema import CONCEPT_LABELS

_UNSAFE = re.compile(r"[^a-z0-9.]+")
_VERSION = re.compile(r"([a-z]{3,})-?(\d+[a-z]?)(?=-|$)")
_SIGNS = {"+": "plus", "*": "star", "#": "sharp"}


@dataclass(frozen=True, slots=True)
class Named:
    """A concept as the graph shows it."""

    id: str
    label: str
    name: str


def slug(words: Words) -> str:
    """A readable ASCII form of the words that differs where they differ: what cannot be written is hashed."""
    plain = "-".join("-".join(_SIGNS.get(c, c) for c in w) if w[0] in _SIGNS else w for w in words)
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    readable = _UNSAFE.sub("-", ascii_only).strip("-.")
    readable = _VERSION.sub(r"\1-\2", readable)
    if len(readable) > _LONGEST or squash(tuple(words)).encode("ascii", "ignore").decode() != squash(words):
        mark = hashlib.sha256("\0".join(words).encode()).hexdigest()[:8]
        readable = f"{readable[:_LONGEST].strip('-.')}-{mark}".strip("-")
    return readable


_LONGEST = 80


def preferred(forms: Mapping[str, int]) -> str:
    """The form to show, of the forms of a concept and the papers that use each."""
    short = sum(n for form, n in forms.items() if is_short(form))
    long = sum(n for form, n in forms.items() if not is_short(form))
    wanted = short > 4 * long
    candidates = [form for form in forms if is_short(form) == wanted] or list(forms)
    by_key: dict[str, int] = {}
    for form in candidates:
        key = squash(plain_words(form))
        by_key[key] = by_key.get(key, 0) + forms[form]
    best = min(by_key, key=lambda k: (-by_key[k], k))
    return min(
        (form for form in candidates if squash(plain_words(form)) == best),
        key=lambda f: (clean(f) != f, _is_plural(f), not wanted and not f.islower(), -forms[f], f),
    )


def _is_plural(form: str) -> bool:
    words = clean(form).split()
    last = words[-1] if words else form
    return plain_words(last) != (last.lower(),) and last.endswith("s")


def name_concepts(papers: list[Read], concepts: Concepts) -> dict[str, Named]:
    """Id, label and name of each concept."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for read, assigned in zip(papers, concepts.assigned, strict=True):
        for entity, found in zip(read.entities, assigned, strict=True):
            forms[found.concept][entity.name] += 0
            for (form, _), concept in zip(entity.forms, found.forms, strict=True):
                forms[concept][form] += 1
    named: dict[str, Named] = {}
    taken: set[str] = set()
    for root in sorted(forms):
        votes = concepts.votes.get(root, Counter())
        label = max(CONCEPT_LABELS, key=lambda kind: votes[kind])
        identifier = f"{label.lower()}:{slug(_words(root, concepts))}{_mark(root)}"
        if identifier in taken:
            identifier = f"{identifier}-{hashlib.sha256(root.encode()).hexdigest()[:8]}"
        taken.add(identifier)
        named[root] = Named(identifier, label, preferred(forms[root]))
    return named


def _mark(root: str) -> str:
    """What tells a homonym from the plain name: a hash of the paper that introduces it."""
    mark = root.partition("\t")[2]
    return f"-{hashlib.sha256(mark.encode()).hexdigest()[:6]}" if mark and mark not in GROUPS.values() else ""


def _words(root: str, concepts: Concepts) -> Words:
    """The words that a concept's id is made of: the same for the same names, whatever their numbers."""
    known = knowledge().words
    members = concepts.members.get(root, [root])
    candidates = [(key not in known, concepts.uses[key].words(key)) for key in members if key in concepts.uses]
    if not candidates:
        return (root,)
    return min(candidates, key=lambda c: (c[0], len(c[1]), c[1]))[1]
