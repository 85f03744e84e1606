"""Usage of each key over all papers: types, forms, how often, words, and the papers that use it."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from extractors.names.abbreviations import is_short_form
from extractors.names.concepts import concept_table
from extractors.names.keys import Words, name_words
from kg.assembly.identify.keyed import Keyed
from kg.assembly.names import TYPES, Names
from kg.assembly.numbering import Flags, Ints, Numbering, Rows, Texts, places


def words_of(key: str, forms: Sequence[str]) -> Words:
    """The words behind a key, as most of its forms have them, abbreviations aside."""
    known = concept_table().words.get(key.partition("\t")[0])
    if known is not None:
        return known
    if len(forms) == 1:
        return name_words(forms[0])
    long = [form for form in forms if not is_short_form(form)]
    counts = Counter(name_words(form) for form in long or forms)
    return min(counts, key=lambda w: (-counts[w], -len(w), w))


class Usage:
    """The usage of every key that is the key of some entity, and of those added later.

    Keys are numbers in the order of ``keys``. ``is_used`` tells the keys with a usage, ``order`` has those of
    entities as papers come to them. By key: ``types`` (how many entities of each of `names.TYPES`), ``entities``, and
    ``papers`` (those of each entity). By entity: its key ``own`` and its ``name``. By form: ``form_key``, and ``local``
    as in `Keyed`.
    """

    def __init__(self, names: Names, keyed: Keyed, others: Iterable[str] = ()) -> None:
        for key in others:
            keyed.numbering(key)
        self.keys, ranks = keyed.numbering.sort()
        number = len(self.keys)
        self.names, self.local = names, keyed.local
        self.form_key = ranks[keyed.form]
        self.own = self.form_key[names.is_name]
        self.name = names.name()
        used, first = np.unique(self.own, return_index=True)
        self.order: Ints = used[np.argsort(first)]
        self.is_used = np.zeros(number, bool)
        self.is_used[used] = True
        votes = np.bincount(self.own.astype(np.int64) * len(TYPES) + names.type, minlength=number * len(TYPES))
        self.types = votes.reshape(number, len(TYPES)).astype(np.int32)
        self.entities = self.types.sum(axis=1, dtype=np.int32)
        self.papers = Rows.grouped(self.own, names.paper_of_entities(), number)
        self._forms = self._forms_by_key()
        self._added: dict[int, list[int]] = {}
        self._words, self.words_rows = self._all_words()

    def _forms_by_key(self) -> Rows:
        names = self.names
        theirs = self.form_key == self.own[names.entity_of_forms()]
        size = len(names.texts)
        pairs = np.unique(self.form_key[theirs].astype(np.int64) * size + names.form[theirs])
        return Rows.grouped(pairs // size, (pairs % size).astype(np.int32), len(self.keys))

    def _all_words(self) -> tuple[Texts, Rows]:
        numbering = Numbering()
        sizes = np.zeros(len(self.keys) + 1, np.int64)
        values = array("i")
        for key in np.flatnonzero(self.is_used).tolist():
            words = words_of(self.keys[key], self.forms(key))
            sizes[key + 1] = len(words)
            values.extend(map(numbering, words))
        return numbering.finish(), Rows(np.cumsum(sizes), np.frombuffer(values, np.int32))

    def add(self, key: int, types: Ints, forms: Iterable[int]) -> None:
        """Add a key of no entity, with how often which type and which forms."""
        self.is_used[key] = True
        self.types[key] = types
        self._added[key] = list(forms)

    def kind(self, key: int) -> str:
        """The type that most papers give it."""
        return TYPES[int(self.types[key].argmax())]

    def form_numbers(self, key: int) -> list[int]:
        """The forms of a key, as numbers of ``names.texts``."""
        return self._added[key] if key in self._added else self._forms[key].tolist()

    def forms(self, key: int) -> list[str]:
        """The forms of a key."""
        return [self.names.texts[form] for form in self.form_numbers(key)]

    def all_forms(self, test: Callable[[str], object]) -> Flags:
        """For each key of entities whether all of its forms pass a test."""
        texts = self.names.texts
        failed = np.fromiter((not test(text) for text in texts), bool, len(texts))
        owners = np.repeat(np.arange(len(self.keys)), np.diff(self._forms.starts))
        found = np.ones(len(self.keys), bool)
        found[owners[failed[self._forms.values]]] = False
        return found

    def words(self, key: int) -> Words:
        """The words behind a key, as most of its forms have them, abbreviations aside."""
        if key in self._added:
            return words_of(self.keys[key], self.forms(key))
        return tuple(self._words[word] for word in self.words_rows[key].tolist())

    def word_texts(self) -> Texts:
        """The words that ``words_rows`` has by number."""
        return self._words

    def company(self, keys: Ints) -> Ints:
        """The keys of the entities in the papers of these keys, which come as often as papers have them."""
        found: Ints = self.own[places(self.names.entities, self.papers.of(keys))]
        return found

    def other_forms(self) -> Ints:
        """Where in the columns of forms there is one with another key than its entity."""
        return np.flatnonzero(self.form_key != self.own[self.names.entity_of_forms()])

    def find(self, key: str) -> int | None:
        """The number of a key that is used, None if there is none."""
        number = self.keys.find(key)
        return number if number is not None and self.is_used[number] else None

    def __iter__(self) -> Iterator[int]:
        """Every key that is used, in the order of their texts."""
        return iter(np.flatnonzero(self.is_used).tolist())
