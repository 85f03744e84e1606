"""How each key is used over all papers: as which type, in which words, introduced by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.names.abbreviations import is_short_form
from extractors.names.concepts import GROUPS, concept_table
from extractors.names.keys import Words, name_words
from kg.assembly.collect import Named, Read
from kg.assembly.identify.identity import Identity
from kg.assembly.identify.senses import Local

Keyed = tuple[str, tuple[str, ...]]
"""The key of an entity, and the keys of its forms in their order."""

_FOLDED = 0.25  # share below which another type of a proper name is taken for a mistake
_FEW = 2  # papers below which it is, whatever the share


@dataclass(slots=True)
class Use:
    """Papers by type, how many entities have the key as their own, and its surface forms."""

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


def key_all(reads: list[Read], locals_: Sequence[Local], identity: Identity) -> list[tuple[Keyed, ...]]:
    """The keys of all entities, paper by paper."""
    keyed = [
        tuple(
            (
                identity.key(entity.name, entity.type, local),
                tuple(identity.key(form, entity.type, local) for form, _ in entity.forms),
            )
            for entity in read.entities
        )
        for read, local in zip(reads, locals_, strict=True)
    ]
    return keyed


def entities_of(reads: list[Read], keyed: list[tuple[Keyed, ...]]) -> Iterator[tuple[Read, Named, Keyed]]:
    """Every entity with its paper and keys."""
    for read, row in zip(reads, keyed, strict=True):
        for entity, keys in zip(read.entities, row, strict=True):
            yield read, entity, keys


def usage(reads: list[Read], keyed: list[tuple[Keyed, ...]]) -> dict[str, Use]:
    """How every key is used that some entity has as its own."""
    found: dict[str, Use] = {}
    for _, entity, (own, forms) in entities_of(reads, keyed):
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


def split_types(reads: list[Read], keyed: list[tuple[Keyed, ...]]) -> list[tuple[Keyed, ...]]:
    """Proper names that are two things of different types as two keys.

    SGD is an optimizer and a dataset, each in a good part of the papers that name it; and
    however few name the dataset QuALITY, it is not the metric quality.
    """
    votes: dict[str, dict[str, int]] = {}
    capitals: dict[tuple[str, str], int] = {}
    for _, entity, (own, _forms) in entities_of(reads, keyed):
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
        tuple(_of_group(keys, GROUPS[entity.type], split) for entity, keys in zip(read.entities, row, strict=True))
        for read, row in zip(reads, keyed, strict=True)
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


def _of_group(keys: Keyed, group: str, split: set[tuple[str, str]]) -> Keyed:
    def one(key: str) -> str:
        return f"{key}\t{group}" if (key, group) in split else key

    return one(keys[0]), tuple(map(one, keys[1]))
