"""Usage of each key over all papers: types, forms, how often; and keys split by type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.names.abbreviations import SMALL_WORDS, is_short_form
from extractors.names.concepts import GROUPS, concept_table
from extractors.names.keys import Words, name_words
from kg.assembly.collect import CollectedEntity, CollectedPaper
from kg.assembly.identify.identity import Identity
from kg.assembly.identify.senses import PaperSenses

EntityKeys = tuple[str, tuple[str, ...]]
"""The key of an entity, and the keys of its forms in their order."""

_FOLDED = 0.25  # share below which another type of a proper name is taken for a mistake
_FEW = 2  # papers below which it is, whatever the share


@dataclass(slots=True)
class Use:
    """Entities by type, how many have the key, how many papers introduce it, and its surface forms."""

    types: Counter[str] = field(default_factory=Counter)
    entities: int = 0
    introduced: int = 0
    forms: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """The type that most papers give it."""
        return min(self.types, key=lambda t: (-self.types[t], t))

    def words(self, key: str) -> Words:
        """The words behind the key, as most of its forms have them, abbreviations aside."""
        known = concept_table().words.get(key.partition("\t")[0])
        if known is not None:
            return known
        long = [form for form in self.forms if not is_short_form(form)]
        counts = Counter(name_words(form) for form in long or self.forms)
        return min(counts, key=lambda w: (-counts[w], -len(w), w))


def keys_of_entities(
    collected_papers: list[CollectedPaper], senses_by_paper: Sequence[PaperSenses], identity: Identity
) -> list[tuple[EntityKeys, ...]]:
    """The keys of all entities, paper by paper."""
    return [
        tuple(_keys(collected, entity, local, identity) for entity in collected.entities)
        for collected, local in zip(collected_papers, senses_by_paper, strict=True)
    ]


def _keys(collected: CollectedPaper, entity: CollectedEntity, local: PaperSenses, identity: Identity) -> EntityKeys:
    own = identity.key(entity.name, entity.type, local)
    begun = _begun(collected, entity) if entity.introduced and len(entity.forms) > 1 else ()
    return own, tuple(own if form in begun else identity.key(form, entity.type, local) for form, _ in entity.forms)


def _begun(collected: CollectedPaper, entity: CollectedEntity) -> set[str]:
    """Forms that begin the long form of what a paper introduces: Masked Autoencoder, in one of Distribution Estimation.

    They mean that, whatever others call so.
    """
    forms = [form for form, _ in entity.forms]
    rests = {
        form: long[len(form) :].split()
        for short, long, _ in collected.defined
        if short in forms
        for form in forms
        if long.startswith(f"{form} ")
    }
    return {form for form, rest in rests.items() if rest[0] in SMALL_WORDS}


def entities_of(
    collected_papers: list[CollectedPaper], keyed: list[tuple[EntityKeys, ...]]
) -> Iterator[tuple[CollectedPaper, CollectedEntity, EntityKeys]]:
    """Every entity with its paper and keys."""
    for collected, row in zip(collected_papers, keyed, strict=True):
        for entity, keys in zip(collected.entities, row, strict=True):
            yield collected, entity, keys


def usage(collected_papers: list[CollectedPaper], keyed: list[tuple[EntityKeys, ...]]) -> dict[str, Use]:
    """The usage of every key that is the key of some entity."""
    found: dict[str, Use] = {}
    for _, entity, (own, forms) in entities_of(collected_papers, keyed):
        use = found.get(own)
        if use is None:
            use = found[own] = Use()
        use.types[entity.type] += 1
        use.entities += 1
        use.introduced += entity.introduced
        use.forms.add(entity.name)
        for (form, _), key in zip(entity.forms, forms, strict=True):
            if key == own:
                use.forms.add(form)
    return found


def split_types(
    collected_papers: list[CollectedPaper], keyed: list[tuple[EntityKeys, ...]]
) -> list[tuple[EntityKeys, ...]]:
    """The keys with proper names split in two that mean things of different types.

    SGD is an optimizer and a dataset, each in a good share of the papers that mention it; and the
    dataset QuALITY is not the metric quality, however few papers mention it.
    """
    votes: dict[str, dict[str, int]] = {}
    capitals: dict[tuple[str, str], int] = {}
    for _, entity, (own, _forms) in entities_of(collected_papers, keyed):
        group = GROUPS[entity.type]
        groups = votes.get(own)
        if groups is None:
            groups = votes[own] = {}
        groups[group] = groups.get(group, 0) + 1
        if not entity.name[1:].islower():
            capitals[own, group] = capitals.get((own, group), 0) + 1
    split = {
        place for place, n in capitals.items() if len(votes[place[0]]) > 1 and _is_other(place, n, votes, capitals)
    }
    if not split:
        return keyed
    return [
        tuple(_of_group(keys, GROUPS[entity.type], split) for entity, keys in zip(collected.entities, row, strict=True))
        for collected, row in zip(collected_papers, keyed, strict=True)
    ]


def _is_other(
    place: tuple[str, str], written: int, votes: dict[str, dict[str, int]], capitals: dict[tuple[str, str], int]
) -> bool:
    """Whether a name of this group of types, ``written`` times with capitals, is not the one of the usual group."""
    key, group = place
    groups = votes[key]
    usual = min(groups, key=lambda g: (-groups[g], g))
    if group == usual:
        return False
    often = groups[group] >= _FEW and groups[group] >= _FOLDED * sum(groups.values())
    common_noun = 2 * capitals.get((key, usual), 0) < groups[usual]
    return often or (common_noun and 2 * written > groups[group])


def _of_group(keys: EntityKeys, group: str, split: set[tuple[str, str]]) -> EntityKeys:
    def one(key: str) -> str:
        return f"{key}\t{group}" if (key, group) in split else key

    return one(keys[0]), tuple(map(one, keys[1]))
