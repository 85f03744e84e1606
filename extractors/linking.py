"""Which mentions of one abstract name one concept. Sets ``doc._.entities``.

Two mentions are one concept when their names agree but for case, hyphens, plural and a
generic head ("ImageNet dataset"), or when the text defines one as the other's abbreviation.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

import extractors.extensions  # noqa: F401  registers doc._.entities
from extractors.types import Abbreviation, Entity, EntityType, Mention

_HEADS: Final = frozenset(
    "model models method methods algorithm algorithms approach approaches framework frameworks technique"
    " techniques dataset datasets benchmark benchmarks task tasks score scores corpus problem problems"
    " architecture architectures metric metrics".split()
)
_PIECE: Final = re.compile(r"[A-Za-zÀ-ÿ0-9+#]+|[^\sA-Za-zÀ-ÿ0-9+#\-–‐_*'\"`“”‘’$\\{}.]")
_KEPT_S: Final = ("ss", "us", "is", "as", "os")


def link(text: str, mentions: Iterable[Mention], abbreviations: Sequence[Abbreviation]) -> list[Entity]:
    """The concepts that ``mentions`` of ``text`` name, in order of their first mention."""
    ordered = sorted(mentions)
    groups = _Groups()
    for mention in ordered:
        groups.add(name_key(text[mention.start : mention.end]))
    for abbreviation in abbreviations:
        _join(text, ordered, abbreviation, groups)
    members: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in ordered:
        members[groups.find(name_key(text[mention.start : mention.end]))].append(mention)
    return [_entity(text, group, abbreviations) for group in members.values()]


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """What names that differ in case, hyphens, plural or a generic head have in common."""
    words = [singular(piece) for piece in _PIECE.findall(name)]
    lowered = [word.casefold() for word in words]
    while len(lowered) > 1 and lowered[-1] in _HEADS:
        lowered.pop()
    return " ".join(lowered) or name.casefold().strip()


def singular(word: str) -> str:
    """``word`` without the plural's ending: "GNNs", "networks", "memories"."""
    lower = word.casefold()
    if len(word) > 2 and word[-1] == "s" and word[-2].isupper():
        return word[:-1]
    if len(word) <= 3 or not lower.endswith("s") or lower.endswith(_KEPT_S):
        return word
    if lower.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if lower.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


class _Groups:
    """Union-find over name keys; the key that came first stands for its group."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def add(self, key: str) -> None:
        self._parent.setdefault(key, key)

    def find(self, key: str) -> str:
        while self._parent[key] != key:
            key = self._parent[key]
        return key

    def union(self, one: str, other: str) -> None:
        self._parent[self.find(other)] = self.find(one)


def _join(text: str, mentions: list[Mention], abbreviation: Abbreviation, groups: _Groups) -> None:
    """Unite the concept at the long form with the concept of the short form."""
    short_key = name_key(text[slice(*abbreviation.short)])
    short = [m for m in mentions if name_key(text[m.start : m.end]) == short_key]
    if not short:
        return
    start, end = abbreviation.long
    # The mention may be somewhat longer or shorter than the long form, but it ends where that ends.
    long = [m for m in mentions if m.end == end and m.start < end and m.start <= start + (end - start) // 2]
    long_key = name_key(text[start:end])
    candidates = [name_key(text[m.start : m.end]) for m in long]
    candidates += [k for m in mentions if (k := name_key(text[m.start : m.end])) == long_key]
    if candidates:
        groups.union(candidates[0], short_key)


def _entity(text: str, mentions: list[Mention], abbreviations: Sequence[Abbreviation]) -> Entity:
    votes: defaultdict[EntityType, float] = defaultdict(float)
    for mention in mentions:
        votes[mention.type] += mention.confidence
    entity_type = max(votes, key=lambda t: (votes[t], t))
    agreed = [m if m.type == entity_type else replace(m, type=entity_type) for m in mentions]
    return Entity(name=_name(text, mentions, abbreviations), type=entity_type, mentions=agreed)


def _name(text: str, mentions: list[Mention], abbreviations: Sequence[Abbreviation]) -> str:
    """The proper name of a named system, else the fullest form, singular and lower case if there is one."""
    forms = {text[m.start : m.end]: None for m in mentions}
    proper = [form for form in forms if _is_proper(form)]
    if proper:
        return proper[0]
    long_keys = {name_key(text[slice(*a.long)]) for a in abbreviations}

    def rank(form: str) -> tuple[bool, int, bool, bool]:
        key = name_key(form)
        return key in long_keys, len(key), len(form) == len(key), form[:1].islower()

    return max(forms, key=rank)


def _is_proper(form: str) -> bool:
    """Whether ``form`` looks like the name somebody gave a system: "SimCSE", "word2vec", "YOLOv3"."""
    if " " in form or not form[0].isalnum():
        return False
    bare = form[:-1] if form.endswith("s") else form
    has_lower = any(map(str.islower, bare))
    inner_upper = any(map(str.isupper, bare[1:]))
    return (has_lower and inner_upper and "-" not in bare) or (has_lower and any(map(str.isdigit, bare)) and "-" not in bare)


class Linker:
    """spaCy component: sets ``doc._.entities`` from ``doc._.mentions`` and ``doc._.abbreviations``."""

    def __call__(self, doc: Doc) -> Doc:
        doc._.entities = link(doc.text, doc._.mentions, doc._.abbreviations)
        doc._.mentions = sorted(m for entity in doc._.entities for m in entity.mentions)
        return doc


@Language.factory(
    "papergraph_linker",
    requires=["doc._.mentions", "doc._.abbreviations"],
    assigns=["doc._.entities", "doc._.mentions"],
)
def make_linker(nlp: Language, name: str) -> Linker:
    """The component ``papergraph_linker``."""
    return Linker()
