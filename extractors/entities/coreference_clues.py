"""Clues about whether two entities of one abstract, of one type and with different names, are the same.

Words are compared by their stems. A clue is a short text; what clues weigh is learned
(:mod:`extractors.entities.coreference`). The kind of a pair says how the words of the two names lie to each other, and
most clues are told apart by it: a word more in the later name means other things than a word more in the earlier.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from extractors.document.annotations import Entity
from extractors.entities.introduced import introduced, is_of_others
from extractors.names.abbreviations import (
    abbreviates,
    begins_words,
    ends_with_last_word,
    initials,
    is_short_form,
)
from extractors.names.inflection import singular
from extractors.names.keys import name_key
from extractors.names.stems import Stems, stems_of
from extractors.record import EntityType

_RECALLED: Final = re.compile(
    r"\b(?:[Oo]ur|[Tt]his|[Tt]hese|[Tt]he (?:proposed|presented|resulting|above|same)|[Pp]roposed|[Ss]uch)\s(?:\w+\s)?$"
)
_DEFINITE: Final = re.compile(r"\b[Tt]he\s(?:\w+\s)?$")
_INDEFINITE: Final = re.compile(r"\b[Aa]n?\s(?:[\w-]+[\s,]+){0,3}$")
_BEFORE: Final = 60  # characters before a mention that show how it is named there
_LIST: Final = re.compile(r"\s*(?:,|and|or|,\s*and|/|,\s*or|as well as|&)\s*(?:the\s|a\s|an\s)?")
_KNOWN: Final = (2, 4, 10, 30)  # abstracts that have a name
_IN_LIST: Final = "of a list"
_MOST_FORMS: Final = 8  # of one entity, capitals aside, that are compared
_OF: Final = re.compile(r" (?:of|for|in|on|with) ")
_NEAR: Final = 30  # characters between two mentions that are looked at
_TOKEN: Final = re.compile(r"[^\W\d_]+|[^\s\w]|[\d_]")
_WORD: Final = re.compile(r"\w+")

Likeness = tuple[float, float]
"""Share of the stems of two names that both have, and likeness of their letters by threes (0 to 1 each)."""


@dataclass(slots=True)
class Named:
    """An entity as the text names it: how, in which sentences (by number), and whether as its own (0 to 1).

    ``shorts`` are the abbreviations among its forms that the text does not define, ``inner`` those inside longer forms;
    ``short``: it has no other form.
    ``known``: in how many abstracts others have the name, 0 (hardly any) to 4 (many).
    """

    type: EntityType
    forms: list[str]
    stems: list[Stems]
    words: list[frozenset[str]]
    places: list[tuple[int, int]]
    sentences: list[int]
    in_title: bool
    recalled: bool
    definite: bool
    indefinite: bool
    presented: float
    of_others: bool
    plural: bool
    shorts: list[str]
    inner: frozenset[str]
    short: bool
    known: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities, the one that comes first in the text first, with the stems of their most similar names."""

    one: Named
    other: Named
    likeness: Likeness
    ours: Stems
    theirs: Stems


@dataclass(frozen=True, slots=True)
class Around:
    """By the id of each `Named`: how like it the most similar other is, and which others stand near it."""

    best: dict[int, Likeness]
    near: dict[int, list[Named]]


def around(pairs: Iterable[Pair], named: Sequence[Named], reach: int) -> Around:
    """What the clues ask of the others: of all ``named``, in the order of the text, ``reach`` before and after each."""
    best: dict[int, Likeness] = {}
    for pair in pairs:
        for which in (id(pair.one), id(pair.other)):
            best[which] = max(best.get(which, (0.0, 0.0)), pair.likeness)
    near = {id(n): [*named[max(0, at - reach) : at], *named[at + 1 : at + 1 + reach]] for at, n in enumerate(named)}
    return Around(best, near)


def described(
    text: str,
    title_end: int,
    sentences: Sequence[tuple[int, int]],
    entity: Entity,
    defined: Collection[str],
    papers: Mapping[str, float],
) -> Named:
    """What the clues ask of an entity of a text with these sentences; the title takes ``title_end`` characters.

    ``defined`` are the keys of the abbreviations that the text defines, ``papers`` says how many have a key.
    """
    places = [(m.start, m.end) for m in entity.mentions]
    spelled = {text[start:end].lower(): text[start:end] for start, end in reversed(places)}
    forms = list(reversed(spelled.values()))[:_MOST_FORMS]
    stems = [stems_of(form) for form in forms]
    shorts = [form for form in forms if is_short_form(form) and name_key(form) not in defined]
    before = [text[max(title_end, start - _BEFORE) : start] for start, _ in places if start >= title_end]
    return Named(
        entity.type,
        forms,
        stems,
        [frozenset(words) for words in stems],
        places,
        sorted({bisect_right(sentences, start, key=lambda span: span[0]) for start, _ in places}),
        any(end <= title_end for _, end in places),
        any(map(_RECALLED.search, before)),
        any(map(_DEFINITE.search, before)),
        any(map(_INDEFINITE.search, before)),
        introduced(text, sentences, entity, title_end),
        is_of_others(text, entity, title_end),
        all(singular(head) != head for form in forms for head in [_OF.split(form)[0]]),
        shorts,
        frozenset(word for form in forms for word in _inner_shorts(form) if name_key(word) not in defined),
        len(shorts) == len(forms),
        bisect_right(_KNOWN, max(papers.get(name_key(form), 0) for form in forms)),
    )


def _inner_shorts(form: str) -> list[str]:
    """Words of a longer name that look like abbreviations, in lower case and singular."""
    words = form.replace("-", " ").split()
    return [word.removesuffix("s").lower() for word in words if len(words) > 1 and word[-2:-1].isupper()]


def paired(one: Named, other: Named) -> Pair:
    """The pair of two entities."""
    likeness, ours, theirs = max(
        (
            ((_shared(a, b), _alike(form, form_of_other)), a, b)
            for form, a in zip(one.forms, one.stems, strict=True)
            for form_of_other, b in zip(other.forms, other.stems, strict=True)
        ),
        key=lambda found: found[0],
    )
    return Pair(one, other, likeness, ours, theirs)


def _shared(ours: Stems, theirs: Stems) -> float:
    return len(set(ours) & set(theirs)) / len(set(ours) | set(theirs))


def _alike(form: str, other: str) -> float:
    """Dice's coefficient of the runs of three letters."""
    ours, theirs = _threes(form), _threes(other)
    return 2 * len(ours & theirs) / max(1, len(ours) + len(theirs))


@lru_cache(maxsize=1 << 12)
def _threes(form: str) -> frozenset[str]:
    low = form.lower()
    return frozenset(low[at : at + 3] for at in range(len(low) - 2))


def worth_asking(text: str, one: Named, other: Named) -> bool:
    """Whether two entities may be the same.

    They may if they share a word, one may be short for the other, one stands by the other, or the paper presents both.
    A measure with a word more is another measure: accuracy and top-1 accuracy, of which results must tell which.
    """
    if one.type != other.type or (one.short and other.short):
        return False
    if _may_abbreviate(one, other) or _may_abbreviate(other, one):
        return True
    if one.type == "Metric":
        return any(a == b for a in one.words for b in other.words)
    return (
        any(not a.isdisjoint(b) for a in one.words for b in other.words)
        or min(one.presented, other.presented) > 0
        or any(words != _IN_LIST for words in _between(text, one, other))
    )


def _may_abbreviate(short: Named, long: Named) -> bool:
    """Whether an abbreviation, whole or as a word of a longer name, stands for one of the other's names.

    One that the text has only for what others made is not asked about: it may be short for something like it.
    """
    if short.of_others:
        return False
    names = [form for form in long.forms if " " in form]
    return any(initials(name) in short.inner for name in names) or any(
        abbreviates(form, name) and (begins_words(form, name) or ends_with_last_word(form, name))
        for form in short.shorts
        for name in names
    )


def clues(text: str, pair: Pair, around: Around) -> Iterator[str]:
    """The clues about a pair."""
    yield "bias"
    kind = _kind(pair)
    yield from _words_clues(pair, kind)
    yield from _title_clues(pair, kind)
    yield from _short_clues(pair)
    yield from _discourse_clues(text, pair, kind)
    yield from _rival_clues(pair, around, kind)


def _kind(pair: Pair) -> str:
    ours, theirs = set(pair.ours), set(pair.theirs)
    if ours == theirs:
        return "equal"
    if ours < theirs:
        return "longer later"
    if theirs < ours:
        return "shorter later"
    return "overlap" if ours & theirs else "apart"


def _words_clues(pair: Pair, kind: str) -> Iterator[str]:
    """What the words say that both names have, or only one."""
    ours, theirs = pair.ours, pair.theirs
    shared = set(ours) & set(theirs)
    last, first = ours[-1] == theirs[-1], ours[0] == theirs[0]
    yield f"{pair.one.type} {kind}"
    yield f"last {last} first {first} {kind} {pair.one.type}"
    yield f"shared {_step(pair.likeness[0], 10)} {kind}"
    yield f"letters {_step(pair.likeness[1], 10)}"
    yield f"words {min(5, len(ours))} {min(5, len(theirs))}"
    yield f"shared words {min(4, len(shared))} {kind}"
    if last:
        yield f"last {ours[-1]}"
    rest = [[w for w in words if w not in shared] for words in (ours, theirs)]
    for word in dict.fromkeys(rest[0] + rest[1]):
        yield f"only one has {word}"
        yield f"only one has {word} {kind}"
    if len(rest[0]) == len(rest[1]) == 1:
        yield "instead " + " ".join(sorted((rest[0][0], rest[1][0])))
    if any(map(_has_digit, rest[0] + rest[1])):
        yield f"digits {any(map(_has_digit, rest[0]))} {any(map(_has_digit, rest[1]))}"
    known = pair.one.known, pair.other.known
    yield f"known {known[0]} {known[1]} {kind}"
    yield f"known first {known[0]} {kind} {_title(pair)}"
    yield f"known later {known[1]} {kind} {_title(pair)}"
    yield f"proper {_is_proper(pair.one, rest[0])} {_is_proper(pair.other, rest[1])} {kind}"
    if kind in ("longer later", "shorter later"):
        inner, outer = sorted((ours, theirs), key=len)
        where = "end" if outer[-len(inner) :] == inner else "beginning" if outer[: len(inner)] == inner else "scattered"
        yield f"at the {where} {len(outer) - len(inner)} {kind}"
        yield f"at the {where} {kind} {pair.one.type} {_title(pair)}"


def _step(share: float, steps: int) -> int:
    return int(share * steps + 1e-9)


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))


def _is_proper(named: Named, words: Iterable[str]) -> bool:
    """Whether one of the words has a capital inside where the text has it."""
    tokens = (token for form in named.forms for token in _WORD.findall(form) if any(map(str.isupper, token[1:])))
    proper = {stem for token in tokens for stem in stems_of(token)}
    return not proper.isdisjoint(words)


def _title(pair: Pair) -> str:
    """Which of the two the title names."""
    if pair.one.in_title:
        return "both in title" if pair.other.in_title else "title first"
    return "title later" if pair.other.in_title else "no title"


def _title_clues(pair: Pair, kind: str) -> Iterator[str]:
    """Whether the title names them, and which of them the paper presents as its own."""
    title, own = _title(pair), [_step(min(named.presented, 0.99), 4) for named in (pair.one, pair.other)]
    yield f"{title} {kind}"
    yield f"{title} {pair.one.type} {kind}"
    yield f"presented {own[0]} {own[1]}"
    yield f"of others {pair.one.of_others} {pair.other.of_others} {title}"
    yield f"presented {own[0] > 1} {own[1] > 1} {kind} {title} {pair.one.type}"


def _short_clues(pair: Pair) -> Iterator[str]:
    """What says that one name is short for the other."""
    for short, long, which in ((pair.one, pair.other, "first"), (pair.other, pair.one, "later")):
        fitting = [(s, n) for s in short.shorts for n in long.forms if " " in n and abbreviates(s, n)]
        if fitting:
            exactly = any(begins_words(form, name) for form, name in fitting)
            yield f"abbreviates {which} {_title(pair)}"
            to_the_end = any(ends_with_last_word(form, name) for form, name in fitting)
            yield f"abbreviates exactly {exactly} to the end {to_the_end} {_title(pair)}"
        if short.short:
            form = short.forms[0].lower()
            likeness = max(sum(c in form for c in initials(name)) / len(form) for name in long.forms)
            yield f"initials {_step(min(1.0, likeness), 5)}"
            yield f"begins alike {max(_alike_beginning(form, name.lower()) for name in long.forms)}"
    if pair.one.short or pair.other.short:
        yield f"short {pair.one.short} {pair.other.short} {_title(pair)}"


def _alike_beginning(form: str, name: str) -> int:
    """How many letters two names begin with alike, at most 5."""
    length = 0
    while length < min(5, len(form), len(name)) and form[length] == name[length]:
        length += 1
    return length


def _discourse_clues(text: str, pair: Pair, kind: str) -> Iterator[str]:
    """How far they stand apart, what stands between them, and with which words they are named."""
    one, other = pair.one, pair.other
    apart = _distance(one.sentences, other.sentences)
    yield f"sentences apart {min(apart, 4)}"
    yield f"sentences apart {min(apart, 1)} {kind} {_title(pair)}"
    yield from dict.fromkeys(f"between {words}" for words in _between(text, one, other))
    yield f"recalled {one.recalled} {other.recalled} {kind}"
    yield f"definite {one.definite} {other.definite} {kind}"
    yield f"indefinite {one.indefinite} {other.indefinite} {kind}"
    yield f"plural {one.plural} {other.plural} {kind}"
    yield f"mentions {min(3, len(one.places))} {min(3, len(other.places))}"


def _between(text: str, one: Named, other: Named) -> Iterator[str]:
    """The few words between neighbouring mentions, in whichever order they stand."""
    for start, end in one.places:
        place = bisect_right(other.places, (start, end))
        for start_of_other, end_of_other in other.places[max(0, place - 1) : place + 1]:
            left, right = (end, start_of_other) if end <= start_of_other else (end_of_other, start)
            words = text[left:right] if 0 <= right - left < _NEAR else "\n"
            tokens = _TOKEN.findall(words)
            if _LIST.fullmatch(words):
                yield _IN_LIST
            elif len(tokens) <= 3 and "\n" not in words:
                last = max(end, end_of_other)
                closed = " closed" if "(" in tokens and text[last : last + 1] == ")" else ""
                yield f"{' '.join(tokens).lower()}{closed}"


def _distance(one: Sequence[int], other: Sequence[int]) -> int:
    """The least difference between a number of one and one of the other, both sorted."""
    nearest = [
        abs(number - near)
        for number in one
        for place in [bisect_right(other, number)]
        for near in other[max(0, place - 1) : place + 1]
    ]
    return min(nearest)


def _rival_clues(pair: Pair, around: Around, kind: str) -> Iterator[str]:
    """Whether another entity is more like one of the two, and how many have the words that both have."""
    one, other = pair.one, pair.other
    yield f"most alike {pair.likeness >= around.best[id(one)]} {pair.likeness >= around.best[id(other)]} {kind}"
    shared = set(pair.ours) & set(pair.theirs)
    if shared:
        others = (n for n in around.near[id(one)] if n is not other and n.type == one.type)
        rivals = (n for n in others if any(shared <= words for words in n.words))
        yield f"rivals {sum(1 for _ in islice(rivals, 3))} {kind}"
