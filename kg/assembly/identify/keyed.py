"""The key of every form in every paper: what the abbreviations of its paper and of all papers make of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from extractors.names.abbreviations import is_short_form
from extractors.names.keys import name_key
from kg.assembly.identify.identity import Identity, inner_clipped, inner_shorts
from kg.assembly.identify.senses import PaperSenses, Senses, implied_senses
from kg.assembly.names import GROUP_NAMES, Names
from kg.assembly.numbering import Flags, Ints, Numbering, replaced

_FOLDED: Final = 0.25  # share below which another type of a proper name is taken for a mistake
_FEW: Final = 2  # papers below which it is, whatever the share


@dataclass(slots=True)
class Keyed:
    """The number of the key of each ``form`` of `Names`; ``local``: whether its paper says what it is short for."""

    numbering: Numbering
    form: Ints
    local: Flags

    def own(self, names: Names) -> Ints:
        """The key of each entity."""
        found: Ints = self.form[names.is_name]
        return found


def key_names(names: Names, senses: Senses, settled: Mapping[tuple[str, str], str], identity: Identity) -> Keyed:
    """The keys of all forms. ``settled`` is the usual meaning of abbreviations."""
    numbering = Numbering()
    keys = np.full(len(names.form), -1, np.int32)
    local = np.zeros(len(names.form), bool)
    for paper, meanings in _senses_by_paper(names, senses, settled):
        _key_paper(names, paper, meanings, identity, numbering, keys, local)
    _key_others(names, identity, numbering, keys)
    keyed = Keyed(numbering, keys, local)
    owner = names.entity_of_forms()[names.begun]
    keys[names.begun] = keyed.own(names)[owner]
    return keyed


def _senses_by_paper(
    names: Names, senses: Senses, settled: Mapping[tuple[str, str], str]
) -> Iterator[tuple[int, PaperSenses]]:
    """What abbreviations mean in each paper that defines or implies a meaning of its own."""
    short = np.fromiter(map(is_short_form, names.texts), bool, len(names.texts))
    short_forms = np.flatnonzero(short[names.form])
    papers = np.unique(names.paper_of_entities()[names.entity_of_forms()[short_forms]])
    defining = np.flatnonzero(np.diff(names.local.starts))
    for paper in np.union1d(papers, defining).tolist():
        texts = [names.texts[number] for number in names.local[paper].tolist()]
        local = dict(zip(texts[::2], texts[1::2], strict=True))
        entities = list(names.entities_of(paper))
        if local_too := implied_senses(entities, local, senses, settled):
            local |= local_too
        if local:
            yield paper, local


def _key_paper(
    names: Names, paper: int, senses: PaperSenses, identity: Identity, numbering: Numbering, keys: Ints, local: Flags
) -> None:
    """Key the forms of one paper that its own senses concern."""
    for entity in range(names.entities[paper], names.entities[paper + 1]):
        group = GROUP_NAMES[names.group_of(entity)]
        for place in range(names.forms[entity], names.forms[entity + 1]):
            form = names.texts[names.form[place]]
            local[place] = name_key(form) in senses
            if (names.is_name[place] or not names.begun[place]) and (
                local[place] or any(name_key(inner) in senses for inner in (*inner_shorts(form), *inner_clipped(form)))
            ):
                keys[place] = numbering(identity.resolve(form, group, senses))


def _key_others(names: Names, identity: Identity, numbering: Numbering, keys: Ints) -> None:
    """Key the forms that mean the same in every paper, each once for a group of types."""
    places = np.flatnonzero((keys < 0) & (names.is_name | ~names.begun))
    groups = names.group()[names.entity_of_forms()[places]]
    pairs, which = np.unique(names.form[places].astype(np.int64) * len(GROUP_NAMES) + groups, return_inverse=True)
    found = np.empty(len(pairs), np.int32)
    for number, pair in enumerate(pairs.tolist()):
        form, group = divmod(pair, len(GROUP_NAMES))
        found[number] = numbering(identity.resolve(names.texts[form], GROUP_NAMES[group], {}))
    keys[places] = found[which]


def split_types(names: Names, keyed: Keyed) -> None:
    """Split the keys of proper names in two that mean things of different types.

    SGD is an optimizer and a dataset, each in a good share of the papers that mention it; and the
    dataset QuALITY is not the metric quality, however few papers mention it.
    """
    groups = names.group()
    own, number = keyed.own(names), len(GROUP_NAMES)
    shape = len(keyed.numbering.texts), number
    votes = np.bincount(own.astype(np.int64) * number + groups, minlength=shape[0] * number).reshape(shape)
    common = np.fromiter((text[1:].islower() for text in names.texts), bool, len(names.texts))
    written = own[capital := ~common[names.name()]].astype(np.int64) * number + groups[capital]
    capitals = np.bincount(written, minlength=shape[0] * number).reshape(shape)
    several = np.flatnonzero((votes > 0).sum(axis=1) > 1)
    split: dict[int, int] = {}
    for key in several.tolist():
        for group in _others(votes[key].tolist(), capitals[key].tolist()):
            split[key * number + group] = keyed.numbering(f"{keyed.numbering.texts[key]}\t{GROUP_NAMES[group]}")
    if split:
        codes = keyed.form.astype(np.int64) * number + groups[names.entity_of_forms()]
        keyed.form = replaced(codes, keyed.form, split)


def _others(votes: list[int], capitals: list[int]) -> Iterator[int]:
    """The groups of types in which a name, written with capitals, is not the one of the usual group."""
    usual = min(range(len(votes)), key=lambda group: (-votes[group], group))
    common_noun = 2 * capitals[usual] < votes[usual]
    for group, written in enumerate(capitals):
        if written and group != usual:
            often = votes[group] >= _FEW and votes[group] >= _FOLDED * sum(votes)
            if often or (common_noun and 2 * written > votes[group]):
                yield group
