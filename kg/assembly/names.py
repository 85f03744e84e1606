"""The names of all papers: one entry a distinct name, and for each paper the numbers of the names that it uses."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np

from extractors.names.abbreviations import SMALL_WORDS
from extractors.names.concepts import GROUPS
from kg.assembly.collect import CollectedEntity, CollectedPaper
from kg.assembly.identify.senses import Senses, defined_senses
from kg.assembly.numbering import Flags, Ints, Numbering, Rows, Texts, places
from kg.assembly.present.paper_keys import made_key
from kg.assembly.spool import Spool
from kg.errors import KGError

TYPES: Final = tuple(sorted(GROUPS))
"""Types of entities by their number."""
GROUP_NAMES: Final = tuple(sorted(set(GROUPS.values())))
"""Groups of types by their number."""
_GROUP_OF_TYPE: Final = np.array([GROUP_NAMES.index(GROUPS[kind]) for kind in TYPES], np.int8)


@dataclass(frozen=True, slots=True)
class Details:
    """What is asked of few papers: title and authors, and (short form, sentence) where an abbreviation is defined."""

    title: str | None
    authors: tuple[str, ...]
    defined: tuple[tuple[str, str], ...]

    def to_json(self) -> str:
        """The details on one line."""
        return json.dumps([self.title, self.authors, self.defined])

    @classmethod
    def from_json(cls, text: str) -> Details:
        """What `to_json` wrote."""
        title, authors, defined = json.loads(text)
        return cls(title, tuple(authors), tuple(map(tuple, defined)))


class Names:
    """The names of papers, in columns; give it every paper by `add`, in any order, then call `finish`.

    Papers, entities and forms of entities are numbered in the order of paper ids. By paper: ``ids``,
    ``entities`` (where its entities begin, and the end), ``local`` (rows of pairs: an abbreviation
    that the paper explains, and what it is short for, as numbers of ``texts``), ``keys`` (the
    citation key) and ``given`` (whether the input gave it). By entity: ``type``, ``introduced``,
    ``vague``, ``mentions`` (how many, vague or not), ``forms`` (where its forms begin). By form:
    ``form`` (the number of its text), ``is_name`` (of its entity), ``begun`` (it begins the long form
    of what the paper introduces).
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._senses = Senses()
        self._ids: list[str] = []
        self._keys: list[str] = []
        self._numbering = Numbering()
        self._details = Spool(Details.to_json, Details.from_json, folder)
        self._stored: Ints = np.zeros(0, np.int64)
        self._papers = array("i"), array("b")  # number of entities, whether the key is given
        self._entities = array("i"), array("b"), array("b"), array("i"), array("i")
        self._forms = array("i"), array("b"), array("b")
        self._local = array("i"), array("i")

    def add(self, collected: CollectedPaper) -> None:
        """Add one paper."""
        self._ids.append(collected.id)
        self._keys.append(collected.paper.key or made_key(collected.paper))
        local = defined_senses(collected)
        self._senses.add(collected, local)
        for column, value in zip(self._papers, (len(collected.entities), bool(collected.paper.key)), strict=True):
            column.append(value)
        for entity in collected.entities:
            self._add_entity(collected, entity)
        self._local[0].append(len(local))
        for short, long in local.items():
            self._local[1].extend((self._numbering(short), self._numbering(long)))
        defined = tuple((short, sentence) for short, _, sentence in collected.defined)
        self._details.add(Details(collected.paper.title, collected.paper.authors, defined))

    def _add_entity(self, collected: CollectedPaper, entity: CollectedEntity) -> None:
        mentions = sum(count for _, count in entity.forms)
        row = (len(entity.forms), TYPES.index(entity.type), entity.introduced, entity.vague, mentions)
        for column, value in zip(self._entities, row, strict=True):
            column.append(value)
        begun = _begun(collected, entity) if entity.introduced and len(entity.forms) > 1 else ()
        for form, _ in entity.forms:
            self._forms[0].append(self._numbering(form))
            self._forms[1].append(form == entity.name)
            self._forms[2].append(form in begun)

    def finish(self) -> None:
        """Put the papers in the order of their ids; `KGError` where an id came twice."""
        order = np.array(sorted(range(len(self._ids)), key=self._ids.__getitem__), np.int64)
        self.ids = Texts(self._ids[number] for number in order.tolist())
        for before, after in pairwise(self.ids):
            if before == after:
                raise KGError(f"paper {after} comes twice; merge papers before they are assembled")
        self.keys = Texts(self._keys[number] for number in order.tolist())
        del self._ids, self._keys
        self._stored = order
        self.texts = self._numbering.finish()
        self._put(order)

    def _put(self, order: Ints) -> None:
        """Turn what `add` wrote into columns, paper after paper in this order."""
        sizes, given = (np.frombuffer(column, column.typecode) for column in self._papers)
        entity_sizes, *entities = (np.frombuffer(column, column.typecode) for column in self._entities)
        forms = [np.frombuffer(column, column.typecode) for column in self._forms]
        entity_order = places(_starts(sizes), order)
        form_order = places(_starts(entity_sizes), entity_order)
        self.given: Flags = given[order].astype(bool)
        self.entities = _starts(sizes[order])
        self.type, self.vague, self.mentions = (entities[place][entity_order] for place in (0, 2, 3))
        self.introduced: Flags = entities[1][entity_order].astype(bool)
        self.forms = _starts(entity_sizes[entity_order])
        self.form = forms[0][form_order]
        self.is_name, self.begun = (column[form_order].astype(bool) for column in forms[1:])
        pairs = np.frombuffer(self._local[0], "i")
        local = Rows(_starts(pairs * 2), np.frombuffer(self._local[1], "i"))
        self.local = Rows(_starts(pairs[order] * 2), local.of(order))
        del self._papers, self._entities, self._forms, self._local

    def __len__(self) -> int:
        return len(self.ids)

    def details(self, paper: int) -> Details:
        """Title, authors and definitions of a paper, by its number."""
        return self._details[self.place(paper)]

    def forget_senses(self) -> Senses:
        """How papers define abbreviations. From now on only who asked has them."""
        senses, self._senses = self._senses, Senses()
        return senses

    def place(self, paper: int) -> int:
        """As which paper one was added, by its number."""
        return int(self._stored[paper])

    def close(self) -> None:
        """Remove what is on disk."""
        self._details.close()

    def group(self) -> Ints:
        """The group of types of each entity."""
        found: Ints = _GROUP_OF_TYPE[self.type]
        return found

    def group_of(self, entity: int) -> int:
        """The group of types of one entity."""
        return int(_GROUP_OF_TYPE[self.type[entity]])

    def name(self) -> Ints:
        """The number of the text of each entity's name."""
        found: Ints = self.form[self.is_name]
        return found

    def paper_of_entities(self) -> Ints:
        """The paper of each entity."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.entities))

    def entity_of_forms(self) -> Ints:
        """The entity of each form."""
        return np.repeat(np.arange(len(self.type), dtype=np.int32), np.diff(self.forms))

    def entities_of(self, paper: int) -> Iterator[tuple[str, list[str]]]:
        """Type and forms of each entity of a paper."""
        for entity in range(self.entities[paper], self.entities[paper + 1]):
            forms = self.form[self.forms[entity] : self.forms[entity + 1]]
            yield TYPES[self.type[entity]], [self.texts[form] for form in forms.tolist()]


def _starts(sizes: Ints) -> Ints:
    return np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))


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
