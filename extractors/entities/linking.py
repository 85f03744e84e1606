"""Which mentions of one abstract name one concept. Sets ``doc._.entities``.

Two mentions are one concept when their names have the same key (`extractors.names.keys`); or, both
of one type, when they differ by a generic head ("ImageNet dataset") or an abbreviation inside the name
("CNN pruning"); or when one abbreviates the other, by a definition in the text, by its initials, by general use
(`extractors.names.concepts`), or because the title spells out what the abstract presents (:mod:`.title_names`). Then
what the abstract calls by different names is united (:mod:`.coreference`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import extractors.document.extensions  # noqa: F401  registers doc._.entities
from extractors.document.annotations import Entity, Mention
from extractors.entities.coreference import papers_with, same_entities
from extractors.entities.introduced import introduced
from extractors.entities.title_names import spelled_in_title
from extractors.names.abbreviations import initials, is_short_form
from extractors.names.capitals import capitalised
from extractors.names.concepts import concept_key, usual_meaning
from extractors.names.definitions import Definition
from extractors.names.disjoint_sets import DisjointSets
from extractors.names.generic_heads import without_head
from extractors.names.inflection import normalize_words, singular
from extractors.names.keys import name_key
from extractors.names.normalization import tokens
from extractors.names.stems import stems_of
from extractors.record import EntityType
from extractors.text.sentences import sentence_spans

_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class _Unit:
    """The mentions whose names have the same key."""

    key: str
    type: EntityType
    mentions: list[Mention] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)


def link(
    text: str, mentions: Iterable[Mention], abbreviations: Sequence[Definition], title_end: int = 0
) -> list[Entity]:
    """The concepts that ``mentions`` of ``text`` name, in order of their first mention.

    The title takes the first ``title_end`` characters.
    """
    entities = linked_by_name(text, mentions, abbreviations, title_end)
    groups = DisjointSets[int]()
    for one, other in same_entities(text, title_end, entities, definitions(text, abbreviations)):
        groups.union(one, other)
    members: defaultdict[int, list[Entity]] = defaultdict(list)
    for index, entity in enumerate(entities):
        members[groups.find(index)].append(entity)
    long_keys = _long_keys(text, abbreviations)
    return [found[0] if len(found) == 1 else united(text, title_end, found, long_keys) for found in members.values()]


def united(text: str, title_end: int, entities: Sequence[Entity], long_keys: set[str]) -> Entity:
    """One entity of those that are the same.

    Where its name is neither a proper one nor defined, and the paper presents no such thing, the wording that
    most papers have of those that say no less is its name. A method in the title may be the paper's own.
    """
    entity = _entity(text, [mention for entity in entities for mention in entity.mentions], long_keys)
    own = entity.type == "Method" and entity.mentions[0].start < title_end
    given = own or _is_proper(entity.name) or name_key(entity.name) in long_keys
    if not given and not introduced(text, sentence_spans(text, title_end), entity, title_end):
        fullest = set(stems_of(entity.name))
        as_full = [other.name for other in entities if not set(stems_of(other.name)) < fullest]
        entity.name = max([entity.name, *as_full], key=papers_with)
    return entity


def linked_by_name(
    text: str, mentions: Iterable[Mention], abbreviations: Sequence[Definition], title_end: int = 0
) -> list[Entity]:
    """What `link` finds by names alone, before it asks which of the entities are the same under different names."""
    units = _units(text, sorted(mentions))
    groups = DisjointSets[int]()
    defined = definitions(text, abbreviations)
    _join_definitions(text, units, abbreviations, groups)
    _join_names(units, defined, groups)
    lists = [(unit.type, unit.mentions) for unit in units]
    for short, long in spelled_in_title(text, title_end, lists, defined):
        groups.union(short, long)
    members: defaultdict[int, list[Mention]] = defaultdict(list)
    for index, unit in enumerate(units):
        members[groups.find(index)] += unit.mentions
    long_keys = _long_keys(text, abbreviations)
    entities = [_entity(text, group, long_keys) for group in members.values()]
    return sorted(entities, key=lambda e: (e.mentions[0].start, e.mentions[0].end))


def _long_keys(text: str, abbreviations: Sequence[Definition]) -> set[str]:
    """The keys of the long forms that the text defines."""
    return {name_key(text[slice(*a.long)]) for a in abbreviations}


def _units(text: str, mentions: Sequence[Mention]) -> list[_Unit]:
    grouped: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        grouped[name_key(text[mention.start : mention.end])].append(mention)
    return [
        _Unit(key, _voted(group), group, list(dict.fromkeys(text[m.start : m.end] for m in group)))
        for key, group in grouped.items()
    ]


def _voted(mentions: Iterable[Mention]) -> EntityType:
    """The type with the most confidence behind it."""
    votes: defaultdict[EntityType, float] = defaultdict(float)
    for mention in mentions:
        votes[mention.type] += mention.confidence
    return max(votes, key=lambda t: (votes[t], t))


def _join_definitions(
    text: str, units: Sequence[_Unit], abbreviations: Sequence[Definition], groups: DisjointSets[int]
) -> None:
    """Unite the concept at a long form with the concept of its short form."""
    by_key = {unit.key: index for index, unit in enumerate(units)}
    for abbreviation in abbreviations:
        short = by_key.get(name_key(text[slice(*abbreviation.short)]))
        if short is None:
            continue
        exact = by_key.get(name_key(text[slice(*abbreviation.long)]))
        long = _overlapping(units, abbreviation.long, units[short].type) if exact is None else exact
        if long is not None:
            groups.union(short, long)


def _overlapping(units: Sequence[_Unit], span: tuple[int, int], entity_type: EntityType) -> int | None:
    """The unit with a mention somewhat longer or shorter than ``span`` that ends where it ends."""
    start, end = span
    for index, unit in enumerate(units):
        if unit.type == entity_type and any(
            m.end == end and m.start <= start + (end - start) // 2 for m in unit.mentions
        ):
            return index
    return None


def definitions(text: str, abbreviations: Sequence[Definition]) -> dict[str, str]:
    """Long forms by the keys of the short forms that the text defines."""
    return {name_key(text[slice(*a.short)]): text[slice(*a.long)] for a in abbreviations}


def _join_names(units: Sequence[_Unit], defined: Mapping[str, str], groups: DisjointSets[int]) -> None:
    """Unite units of one type whose names agree loosely."""
    first: dict[tuple[EntityType, str], int] = {}
    for index, unit in enumerate(units):
        for key in _loose_keys(unit, defined):
            if (known := first.setdefault((unit.type, key), index)) != index:
                groups.union(known, index)
    for index, unit in enumerate(units):
        for form in unit.forms:
            letters = initials(form)
            short = first.get((unit.type, "short " + letters))
            if len(letters) > 2 and short is not None:
                groups.union(short, index)


def _loose_keys(unit: _Unit, defined: Mapping[str, str]) -> Iterator[str]:
    """Keys of the names without a generic word at the end, abbreviations inside spelled out."""
    for form in unit.forms:
        expanded = _spelled_out(form, unit.type, defined)
        for name in (form, expanded):
            yield concept_key(name)
            yield from map(concept_key, without_head(name, unit.type))
        if expanded == form and is_short_form(form):
            yield f"short {name_key(form)}"


def _spelled_out(name: str, entity_type: EntityType, defined: Mapping[str, str]) -> str:
    """The name with the abbreviations among its words spelled out, as the text or else general use has them."""

    def long(match: re.Match[str]) -> str:
        word = match[0]
        if not any(map(str.isupper, word)):
            return word
        return defined.get(name_key(word)) or usual_meaning(word, entity_type) or word

    return _WORD.sub(long, name)


def _entity(text: str, mentions: Iterable[Mention], long_keys: set[str]) -> Entity:
    mentions = sorted(mentions)
    entity_type = _voted(mentions)
    agreed = [m if m.type == entity_type else replace(m, type=entity_type) for m in mentions]
    forms = [text[m.start : m.end] for m in mentions]
    return Entity(name=_name(forms, entity_type, long_keys), type=entity_type, mentions=agreed)


def _name(forms: Sequence[str], entity_type: EntityType, long_keys: set[str]) -> str:
    """The proper name of a named system, else the fullest form, singular and in lower case if there is one.

    A form that only adds a generic head to another, "ImageNet dataset", is no fuller.
    """
    distinct = list(dict.fromkeys(forms))
    written = capitalised(distinct)
    distinct = [form for form in distinct if form not in written]
    proper = [form for form in distinct if _is_proper(form)]
    if proper:
        return proper[0]

    keys = set(map(name_key, distinct))
    distinct = [f for f in distinct if keys.isdisjoint(map(name_key, without_head(f, entity_type)))] or distinct

    def rank(form: str) -> tuple[bool, int, bool, bool]:
        letters = sum(map(len, normalize_words(tokens(form))))
        return name_key(form) in long_keys, letters, singular(form) == form, form[:1].islower()

    return max(distinct, key=rank)


def _is_proper(form: str) -> bool:
    """Whether ``form`` looks like the name somebody gave a system: "SimCSE", "word2vec", "YOLOv3"."""
    if " " in form or "-" in form or not form[0].isalnum():
        return False
    bare = form.removesuffix("s")
    return any(map(str.islower, bare)) and any(c.isupper() or c.isdigit() for c in bare[1:])
