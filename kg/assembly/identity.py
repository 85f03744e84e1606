"""From a form in a paper to the key of what it names: abbreviations spelled out, known synonyms made one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.assembly.abbreviations import abbreviates, is_short
from kg.assembly.collect import Read
from kg.assembly.keys import Words, plain_words, squash
from kg.assembly.knowledge import GROUPS, knowledge
from kg.assembly.text import tokens

Local = Mapping[str, str]
"""An abbreviation's key, and what it is short for, in one paper."""

_PRIOR = 5  # papers that a line in the table of concepts counts for
_DOMINANT = 0.8
_DEPTH = 4


def short_key(form: str) -> str:
    """The key of a form by its letters alone."""
    return squash(plain_words(form))


def local_senses(read: Read) -> dict[str, str]:
    """What this paper's own abbreviations are short for: forms of one entity, and definitions in its text."""
    found: dict[str, str] = {}
    for short, long, _ in read.defined:
        if is_short(short) and abbreviates(short, long):
            found.setdefault(short_key(short), long)
    for entity in read.entities:
        forms = [form for form, _ in entity.forms]
        if len(forms) > 1:
            for short in filter(is_short, forms):
                longs = [form for form in forms if form != short and abbreviates(short, form)]
                if longs:
                    found.setdefault(short_key(short), max(longs, key=lambda f: (f == entity.name, len(f), f)))
    return found


@dataclass(slots=True)
class Senses:
    """What abbreviations are short for over all papers, by key and group of types."""

    papers: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    longs: dict[str, str] = field(default_factory=dict)

    def add(self, short: str, group: str, long: str) -> None:
        """Count one paper that says so."""
        key = canonical_key(long)
        self.papers.setdefault((short, group), Counter())[key] += 1
        self.longs[key] = min(self.longs.get(key, long), long)

    def settled(self) -> dict[tuple[str, str], str]:
        """The long form of every abbreviation that, where a paper is silent, can mean only one thing."""
        known = knowledge().shorts
        chosen: dict[tuple[str, str], str] = {}
        for short in sorted(self.papers.keys() | known.keys()):
            counts = Counter(self.papers.get(short, {}))
            longs = self.longs
            if short in known:
                key = canonical_key(known[short])
                counts[key] += _PRIOR
                longs = {**longs, key: known[short]} if key not in longs else longs
            best = min(counts, key=lambda k: (-counts[k], k))
            if counts[best] >= _DOMINANT * counts.total() and (counts[best] >= 3 or len(short[0]) >= 4):
                chosen[short] = known[short] if short in known and canonical_key(known[short]) == best else longs[best]
        return chosen


def canonical_key(name: str) -> str:
    """The key of a name that is no abbreviation, by the table of concepts."""
    key = squash(plain_words(name))
    return knowledge().canonical.get(key, key)


class Identity:
    """Gives every form its key, in the light of what its paper and all papers say of abbreviations."""

    def __init__(self, settled: Mapping[tuple[str, str], str]) -> None:
        self._settled = settled
        self._inner: dict[str, str] = {}
        for (short, _group), long in sorted(settled.items(), key=lambda item: (item[0][1] != "technique", item)):
            self._inner.setdefault(short, long)
        self._cache: dict[tuple[str, str], tuple[str, Words]] = {}

    def key(self, form: str, kind: str, local: Local) -> str:
        """The key of what the form names in this paper."""
        return self.analysis(form, kind, local)[0]

    def analysis(self, form: str, kind: str, local: Local) -> tuple[str, Words]:
        """The key and the words of what the form names in this paper."""
        if local and self._touches(form, local):
            return self._resolve(form, GROUPS[kind], local, _DEPTH)
        found = self._cache.get((form, kind))
        if found is None:
            found = self._cache[form, kind] = self._resolve(form, GROUPS[kind], {}, _DEPTH)
        return found

    def _touches(self, form: str, local: Local) -> bool:
        return short_key(form) in local or any(_is_inner(t) and short_key(t) in local for t in tokens(form))

    def _resolve(self, form: str, group: str, local: Local, depth: int) -> tuple[str, Words]:
        if is_short(form):
            key = short_key(form)
            long = local.get(key) or self._settled.get((key, group))
            if long is not None and long != form and depth:
                return self._resolve(long, group, local, depth - 1)
            return knowledge().canonical.get(key, key), plain_words(form)
        words = self._spelled(form, local)
        key = squash(words)
        canonical = knowledge().canonical.get(key, key)
        return canonical, words

    def _spelled(self, form: str, local: Local) -> Words:
        """The words of a longer name, with the abbreviations inside it spelled out."""
        written = tokens(form)
        if not any(map(_is_inner, written)):
            return plain_words(form)
        spelled = []
        for token in written:
            key = short_key(token) if _is_inner(token) else ""
            long = local.get(key) or self._inner.get(key) if key else None
            spelled.append(long if long and long != form else token)
        return plain_words(" ".join(spelled)) if tuple(spelled) != written else plain_words(form)


def _is_inner(token: str) -> bool:
    return len(token) > 1 and sum(c.isupper() for c in token) > 1
