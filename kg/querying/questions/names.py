"""Names in a question: which concepts, papers, authors and venues of a store it speaks of.

A name is found by any form that the graph has of it, written in any way (`extractors.names.keys`), by what the
table of concepts knows (QA, NLI), with languages and years spelled differently (WMT14 En-De), or with a typing
error. The longest name wins: ``Vision Transformer`` is not ``Transformer``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from extractors.names.concepts import meaning_keys
from extractors.names.keys import name_key, name_words
from kg import schema
from kg.graph import without_garbage_collection
from kg.querying.questions import words
from kg.querying.questions.words import Word
from kg.stores import Store

_LONGEST: Final = 20  # words of a name, for instance of a title
_LONGEST_MISSPELLED: Final = 5
_SHORTEST_TITLE: Final = 3  # words of a title's part before the colon that stand for the title
_IDENTIFIER: Final = re.compile(r"(?:arxiv:)?\s*(\d{4}\.\d{4,5})(?:v\d+)?|(?:doi:)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_PAPER_WORDS: Final = {"paper", "article", "publication", "preprint"}
_RARE: Final = 20
_YEAR_SHORT: Final = re.compile(r"(?<![a-z])([a-z]{2,})[-' ]?([012]\d)(?!\d)")
_PLAIN: Final = re.compile(r"(?:(?!(?:to|and|the|of) )[a-z]+ )*(?!(?:to|and|the|of)$)[a-z]+")
_LANGUAGES: Final = dict(words.rows("languages.tsv"))
_LONGEST_ENDING: Final = 2
_BEFORE_TOPIC: Final = {"for", "of", "in", "on"}
_LINKS: Final = {"to", "and", "the", "of"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name can stand for: its kind (a label of the schema, ``author`` or ``venue``) and its value there."""

    kind: str
    value: str
    papers: int = 0
    implied: bool = False
    """Whether it is only implied: the paper that introduces the named concept."""


@dataclass(frozen=True, slots=True)
class Name:
    """Words of a question (from ``first`` to before ``last``) that name something, and all that they can mean."""

    first: int
    last: int
    text: str
    meanings: tuple[Meaning, ...]
    ordinary: bool = False
    """Whether the words may as well be ordinary ones, as in ``results`` where a concept is called so."""
    is_ending: bool = False
    """Whether nothing is called so, but what is meant ends in these words: completion, where all is of point clouds."""


@dataclass(slots=True)
class Names:
    """The names of a store, by their keys."""

    exact: dict[str, dict[Meaning, None]] = field(default_factory=dict)
    meant: dict[str, dict[Meaning, None]] = field(default_factory=dict)
    surnames: dict[str, dict[Meaning, None]] = field(default_factory=dict)
    papers_of: dict[str, dict[Meaning, None]] = field(default_factory=dict)
    """Papers by the keys of what they introduce or what begins their title."""
    _found: dict[str, list[Meaning]] = field(default_factory=dict)

    def meanings(self, text: str) -> list[Meaning]:
        """All that a text means as a name, by its writing or by field knowledge; none if it is no name."""
        if text not in self._found:
            self._found[text] = self._meanings(text)
        return self._found[text]

    def ending_in(self, text: str) -> list[Meaning]:
        """The concepts whose names end in these words, those that most papers mention first."""
        ending, low = name_words(text), text.lower()
        concepts = {meaning for meanings in self.exact.values() for meaning in meanings if low in meaning.value.lower()}
        found = (
            meaning
            for meaning in concepts
            if meaning.kind in schema.CONCEPT_LABELS and name_words(meaning.value)[-len(ending) :] == ending
        )
        return sorted(found, key=lambda meaning: (-meaning.papers, meaning.value, meaning.kind))

    def _meanings(self, text: str) -> list[Meaning]:
        identifier = _IDENTIFIER.fullmatch(text)
        if identifier:
            return list(self.exact.get((identifier[1] or identifier[2]).lower(), ()))
        key = name_key(text)
        found = list(self.exact.get(key) or self.meant.get(loose_key(text)) or ())
        if not found:
            found = [meaning for other in sorted(meaning_keys(text)) for meaning in self.meant.get(other, ())]
        return _usual(key, found)


def _usual(key: str, meanings: list[Meaning]) -> list[Meaning]:
    """Without the meanings that hardly any paper gives to a short form: MT is machine translation.

    What is called so itself, papers, authors and venues stay.
    """
    most = max((meaning.papers for meaning in meanings), default=0)
    return [
        meaning
        for meaning in meanings
        if _RARE * meaning.papers >= most or meaning.kind not in schema.CONCEPT_LABELS or name_key(meaning.value) == key
    ]


@without_garbage_collection()
def read_names(store: Store) -> Names:
    """The names of all concepts, papers, authors and venues of a store."""
    names = Names()
    for label in schema.CONCEPT_LABELS:
        for name, aliases, papers in store.run(f"MATCH (n:{label}) RETURN n.name, n.aliases, n.papers").rows:
            _add_concept(names, Meaning(label, name, papers or 0), {name, *(aliases or ())})
    known: set[str] = set()
    statement = "MATCH (p:Paper) RETURN p.id, p.title, p.arxiv, p.doi, p.url, p.key, p.ids, p.venue, p.authors"
    for identity, title, arxiv, doi, url, key, ids, venue, authors in store.run(statement).rows:
        _add_paper(names, Meaning("Paper", identity, 1), title, [identity, arxiv, doi, url, key, *(ids or ())])
        for author in authors or ():
            if author not in known:
                _add_author(names, author)
        known.update(authors or ())
        if venue:
            _add(names.exact, name_key(venue), Meaning("venue", venue, 1))
    introductions = "MATCH (p:Paper)-[:INTRODUCES]->(c:Method|Task|Dataset|Metric) RETURN p.id, c.name, c.aliases"
    for identity, name, aliases in store.run(introductions).rows:
        for form in {name, *(aliases or ())}:
            _add(names.papers_of, name_key(form), Meaning("Paper", identity, 1, implied=True))
    return names


def _add(table: dict[str, dict[Meaning, None]], key: str, meaning: Meaning) -> None:
    if key:
        table.setdefault(key, {})[meaning] = None


def _add_concept(names: Names, meaning: Meaning, forms: Iterable[str]) -> None:
    for form in forms:
        _add(names.exact, name_key(form), meaning)
        for key in (loose_key(form), *meaning_keys(form)):
            _add(names.meant, key, meaning)


def _add_paper(names: Names, paper: Meaning, title: str | None, identifiers: Iterable[str | None]) -> None:
    for identifier in filter(None, identifiers):
        _add(names.exact, identifier.lower(), paper)
    if title:
        _add(names.exact, name_key(title), paper)
        start, colon, _ = title.partition(":")
        if colon and len(start.split()) >= _SHORTEST_TITLE:
            _add(names.exact, name_key(start), paper)
        if colon:
            _add(names.papers_of, name_key(start), paper)


def _add_author(names: Names, author: str) -> None:
    meaning = Meaning("author", author, 1)
    _add(names.exact, name_key(author), meaning)
    _add(names.surnames, name_key(author.split()[-1]), meaning)


def loose_key(name: str) -> str:
    """A key without linking words, with languages and years in one form.

    >>> loose_key("WMT14 En-De") == loose_key("WMT 2014 English-to-German")
    True
    """
    if _PLAIN.fullmatch(name) and _LANGUAGES.keys().isdisjoint(name.split(" ")):
        return name_key(name)
    text = _YEAR_SHORT.sub(r"\1 20\2", name.lower().replace("→", " ").replace("'", ""))
    parts = [part for part in re.split(r"[\s\-–/_.]+", text) if part not in _LINKS]
    codes = sum(part in _LANGUAGES for part in parts)
    return name_key(" ".join(_LANGUAGES.get(p, p) if codes > 1 else p for p in parts))


def find(question: Sequence[Word], names: Names, vocabulary: frozenset[str]) -> list[Name]:
    """The names in the words of a question, in their order; ``vocabulary`` has the keys of ordinary words."""
    found: list[Name] = []
    taken: set[int] = set()

    def take(name: Name) -> None:
        found.append(name)
        taken.update(range(name.first, name.last))

    phrases = [joined for joined in words.joined(question) if " " in joined.text and joined.text.islower()]

    def is_free(name: Name) -> bool:
        start, end = question[name.first].start, question[name.last - 1].end
        meant = any(p.start < end and start < p.end for p in phrases)  # "data sets" is no concept that is called so
        return not meant and taken.isdisjoint(range(name.first, name.last))

    for name in chain(_spelled(question, names, vocabulary), _misspelled(question, names, vocabulary, taken)):
        if is_free(name):
            take(name)
    for name in _surnames(question, names, taken):
        take(name)
    for name in _endings(question, names, vocabulary, taken):
        if is_free(name):
            take(name)
    return sorted((_of_paper(name, question, names) for name in found), key=lambda name: name.first)


def _spans(count: int, longest: int) -> Iterator[tuple[int, int]]:
    """First and last of every run of words, the longest runs first."""
    for length in range(min(count, longest), 0, -1):
        for first in range(count - length + 1):
            yield first, first + length


def _text(question: Sequence[Word], first: int, last: int) -> str:
    return " ".join(word.text for word in question[first:last])


def _spelled(question: Sequence[Word], names: Names, vocabulary: frozenset[str]) -> Iterator[Name]:
    for first, last in _spans(len(question), _LONGEST):
        part = question[first:last]
        if _has_loose_end(question, first, last, names, vocabulary):
            continue
        text = _text(question, first, last)
        meanings = names.meanings(text)
        if meanings and not _is_count(part):
            ordinary = all(word.key in vocabulary and word.text.islower() for word in part)
            if ordinary:  # to use is not USE, the Universal Sentence Encoder
                meanings = [meaning for meaning in meanings if meaning.value.islower()]
            if meanings:
                yield Name(first, last, text, tuple(meanings), ordinary)


def _has_loose_end(question: Sequence[Word], first: int, last: int, names: Names, vocabulary: frozenset[str]) -> bool:
    """Whether the words are a name even without the word at their begin or end: ``of BERT``, ``BERT based on``.

    Without a function word, or without an ordinary one where far more papers mean what is left.
    """
    for word, start, end in ((question[first], first + 1, last), (question[last - 1], first, last - 1)):
        if words.is_function_word(word.key):
            if start == end or names.meanings(_text(question, start, end)):
                return True
        elif start < end and word.key in vocabulary and word.text.islower():
            whole = max((m.papers for m in names.meanings(_text(question, first, last))), default=0)
            if whole and _RARE * whole <= max(
                (m.papers for m in names.meanings(_text(question, start, end))), default=0
            ):
                return True
    return False


def _is_count(part: Sequence[Word]) -> bool:
    """Whether the words are rather a number of things, as in ``top 5``."""
    return len(part) == 1 and part[0].is_number


def _misspelled(question: Sequence[Word], names: Names, vocabulary: frozenset[str], taken: set[int]) -> Iterator[Name]:
    for first, last in _spans(len(question), _LONGEST_MISSPELLED):
        part = question[first:last]
        unknown = [w for w in part if w.key not in vocabulary and not w.is_number]
        if not unknown or not taken.isdisjoint(range(first, last)):
            continue
        if any(words.is_function_word(word.key) for word in (part[0], part[-1])):
            continue
        text = _text(question, first, last)
        key = name_key(text)
        limit = _typing_errors(key)
        if not limit:
            continue
        near = process.extract(key, names.exact.keys(), scorer=OSA.distance, score_cutoff=limit, limit=5)
        meanings = [m for other, _, _ in near if _is_misspelling(text, key, other) for m in names.exact[other]]
        if meanings:
            yield Name(first, last, text, tuple(meanings))


def _typing_errors(key: str) -> int:
    """How many typing errors a name of this length may have."""
    return 0 if len(key) < 4 else 1 if len(key) < 9 else 2 if len(key) < 16 else 3


def _is_misspelling(text: str, key: str, other: str) -> bool:
    """Whether a key is rather another one with typing errors than the key of another name.

    Digits must be the same. In a short name a replaced letter makes another name (ViT and ViP, BART and BERT),
    and where inner capitals show care only swapped or doubled letters are taken for errors.
    """
    if re.sub(r"\D", "", key) != re.sub(r"\D", "", other) or key[:1] != other[:1]:
        return False
    swapped = sorted(key) == sorted(other)
    doubled = len(key) != len(other) and re.sub(r"(.)\1", r"\1", key) == re.sub(r"(.)\1", r"\1", other)
    if swapped or (doubled and len(key) > 4):
        return True
    careful = len(text) <= 8 and any(c.isupper() for c in text[1:])
    replaced = len(key) == len(other)
    return len(key) > 4 and not careful and not (replaced and len(key) < 7)


def _surnames(question: Sequence[Word], names: Names, taken: set[int]) -> Iterator[Name]:
    """Capitalized surnames of authors that stand alone."""
    for place, word in enumerate(question):
        meanings = names.surnames.get(name_key(word.text), ())
        if place not in taken and meanings and word.text[:1].isupper() and place > 0 and len(word.text) > 1:
            yield Name(place, place + 1, word.text, tuple(meanings))


def _endings(question: Sequence[Word], names: Names, vocabulary: frozenset[str], taken: set[int]) -> Iterator[Name]:
    """Ordinary words behind ``for``, ``of``, ``in`` or ``on`` that no question knows, and in which names end."""
    for first, last in _spans(len(question), _LONGEST_ENDING):
        part = question[first:last]
        unknown = all(word.key not in vocabulary and word.text.isalpha() and word.text.islower() for word in part)
        placed = first > 0 and question[first - 1].text.lower() in _BEFORE_TOPIC
        if unknown and placed and taken.isdisjoint(range(first, last)):
            meanings = names.ending_in(_text(question, first, last))
            if meanings:
                yield Name(first, last, _text(question, first, last), tuple(meanings), is_ending=True)


def _of_paper(name: Name, question: Sequence[Word], names: Names) -> Name:
    """``the SimCSE paper`` names a paper; any concept may stand for the paper that introduces it."""
    papers = list(names.papers_of.get(name_key(name.text), ()))
    for meaning in name.meanings:
        papers += [p for p in names.papers_of.get(name_key(meaning.value), ()) if p not in papers]
    own = [meaning for meaning in name.meanings if meaning.kind == "Paper"]
    followed = name.last < len(question) and question[name.last].text.lower() in _PAPER_WORDS
    if followed and (own or papers):
        stated = [Meaning("Paper", paper.value, paper.papers) for paper in (*own, *papers)]
        return Name(name.first, name.last + 1, name.text, tuple(dict.fromkeys(stated)))
    return Name(name.first, name.last, name.text, (*name.meanings, *papers), name.ordinary, name.is_ending)
