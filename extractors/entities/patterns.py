"""Mentions of methods, tasks, datasets and metrics, by patterns. Sets ``doc._.mentions``.

Six sources, each with the confidence that it earned on annotated abstracts:

- ``known``: a name that the package knows (:mod:`extractors.entities.gazetteer`);
- ``head``: a run of words that ends like a term: "... network", "... detection" (``data/heads.tsv``);
- ``name``: a word written like a proper name, "SimCSE", "CIFAR-10" (:mod:`extractors.entities.proper_names`);
- ``valued``: a metric that a number stands beside (:mod:`extractors.entities.valued_metrics`);
- ``defined``: what the text abbreviates, and its abbreviation;
- ``presented``: what the title puts before a colon, or the abstract says that it proposes.

Where candidates overlap, the longer one stands. A form found once is then found everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final, cast

import extractors.document.extensions  # noqa: F401  registers doc._.mentions
from extractors.document.annotations import Mention
from extractors.entities.gazetteer import known_in
from extractors.entities.introduced import is_presented
from extractors.entities.proper_names import find_names, presented_names
from extractors.entities.valued_metrics import qualifiers, valued_metrics
from extractors.names.abbreviations import is_short_form
from extractors.names.definitions import Definition
from extractors.names.inflection import singular
from extractors.record import EntityType
from extractors.text.words import Word, read_list, runs, words_of

SOURCES: Final = ("known", "head", "name", "defined", "valued", "presented")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may be a mention."""

    start: int
    end: int
    type: EntityType
    confidence: float
    source: str


@dataclass(frozen=True, slots=True)
class Head:
    """A last word of terms, and how often a run of two words, and of more, that ends in it is one."""

    type: EntityType
    two: float
    more: float


@cache
def generic_nouns() -> frozenset[str]:
    """Nouns, in the singular, that a name is complete without."""
    return frozenset(read_list("generic_nouns.txt"))


@cache
def vague_nouns() -> frozenset[str]:
    """Last words, in the singular, of what papers present that is no method: "a thorough analysis"."""
    return frozenset(read_list("vague_nouns.txt"))


@cache
def leading_verbs() -> frozenset[str]:
    """Participles that begin a phrase about a term rather than the term: "training deep networks"."""
    return frozenset(read_list("leading_verbs.txt"))


@cache
def heads() -> dict[str, Head]:
    """The last words of terms, in the singular."""
    table = {}
    for line in read_list("heads.tsv"):
        word, entity_type, two, more = line.split("\t")[:4]
        table[word] = Head(cast(EntityType, entity_type), int(two) / 100, int(more) / 100)
    return table


def find_entities(
    text: str,
    abbreviations: Iterable[Definition],
    abstract_start: int = 0,
    threshold: float = 0.4,
    sources: Collection[str] = SOURCES,
) -> list[Mention]:
    """The mentions in ``text``, in its order, that ``sources`` find and are right with ``threshold`` or more."""
    candidates = _candidates(text, abstract_start, sources)
    chosen = _without_overlap(c for c in candidates if c.confidence >= threshold)
    if "defined" in sources:
        chosen = _without_overlap([*chosen, *_defined(text, abbreviations, chosen)])
    chosen = _everywhere(text, chosen)
    return sorted(Mention(c.start, c.end, c.type, c.confidence, f"patterns:{c.source}") for c in chosen)


def _candidates(text: str, abstract_start: int, sources: Collection[str]) -> list[Candidate]:
    """What each of ``sources`` but ``defined`` finds, whatever the others do."""
    candidates: list[Candidate] = []
    if "known" in sources:
        candidates += (Candidate(*name, 0.8, "known") for name in known_in(text))
    if not set(sources) - {"known", "defined"}:
        return candidates
    words = words_of(text)
    word_runs = runs(text, words)
    if "name" in sources:
        candidates += (Candidate(*name, "name") for name in find_names(text, words, abstract_start))
    if "presented" in sources:
        candidates += (Candidate(*name, "presented") for name in presented_names(text, words, abstract_start))
        candidates += (c for run in word_runs for c in _presented(text, run, abstract_start))
    if "valued" in sources:
        candidates += (Candidate(*span, "Metric", 0.7, "valued") for span in valued_metrics(text, word_runs))
    if "head" in sources:
        named = {(c.start, c.end) for c in candidates if c.source in ("known", "name")}
        candidates += (c for run in word_runs for c in _in_run(run, named))
    return candidates


def _in_run(run: list[Word], named: set[tuple[int, int]]) -> list[Candidate]:
    """The term that the run of words ends in, if it ends in one; "BERT models" is no more than "BERT"."""
    kept = run
    while len(kept) > 1 and singular(kept[-1].lower) in generic_nouns():
        kept = kept[:-1]
        if (kept[0].start, kept[-1].end) in named:
            return []
    if len(kept) < 2:
        kept = run[:2]
    while len(kept) > 2 and kept[0].lower in leading_verbs():
        kept = kept[1:]
    head = heads().get(singular(kept[-1].lower))
    while head and head.type == "Metric" and len(kept) > 1 and kept[0].lower in qualifiers():
        kept = kept[1:]
    if head is None or len(kept) < 2 or len(kept) > 5:
        return []
    confidence = head.two if len(kept) == 2 else head.more
    return [Candidate(kept[0].start, kept[-1].end, head.type, confidence, "head")]


def _presented(text: str, run: list[Word], abstract_start: int) -> list[Candidate]:
    """The run of words that follows "we propose a novel": the paper's own method, which has no name."""
    if run[0].start < abstract_start or len(run) < 2:
        return []
    kept = run[:-1] if len(run) > 2 and singular(run[-1].lower) in generic_nouns() else run
    last = singular(kept[-1].lower)
    if len(kept) > 5 or last in generic_nouns() or last in vague_nouns():
        return []
    if not is_presented(text[max(abstract_start, run[0].start - 120) : run[0].start]):
        return []
    head = heads().get(last)
    confidence = 0.5 if len(kept) == 2 else 0.6
    return [Candidate(kept[0].start, kept[-1].end, head.type if head else "Method", confidence, "presented")]


def _defined(text: str, abbreviations: Iterable[Definition], chosen: list[Candidate]) -> list[Candidate]:
    """Long and short forms of the abbreviations; one lends the other its type."""
    by_span = {(c.start, c.end): c for c in chosen}
    found = []
    for abbreviation in abbreviations:
        long = by_span.get(abbreviation.long)
        if long is None:
            ending = [c for c in chosen if c.end == abbreviation.long[1] and c.source in ("head", "known")]
            long = max(ending, key=lambda c: c.end - c.start, default=None)
        short = by_span.get(abbreviation.short)
        entity_type = long.type if long else _type_by_head(text[slice(*abbreviation.long)])
        if entity_type is None and short is not None and short.source == "known":
            entity_type = short.type
        if entity_type is None:
            entity_type = "Method"
        if long is None:
            found.append(Candidate(*abbreviation.long, entity_type, 0.6, "defined"))
        found.append(Candidate(*abbreviation.short, entity_type, 0.8, "defined"))
    return found


def _type_by_head(term: str) -> EntityType | None:
    words = words_of(term)
    head = heads().get(singular(words[-1].lower)) if words else None
    return head.type if head else None


def _without_overlap(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The longest candidates, of equally long ones the surest; none overlaps another."""
    priority = {"defined": 0, "valued": 1, "presented": 1, "known": 2, "head": 3, "name": 4}
    order = sorted(candidates, key=lambda c: (c.start - c.end, priority[c.source], -c.confidence, c.start, c.type))
    taken: set[int] = set()
    kept = []
    for candidate in order:
        if taken.isdisjoint((candidate.start, candidate.end - 1)):
            kept.append(candidate)
            taken.update(range(candidate.start, candidate.end))
    return kept


def _everywhere(text: str, chosen: list[Candidate]) -> list[Candidate]:
    """Adds the other places where the forms of proper names and abbreviations stand."""
    forms: dict[str, Candidate] = {}
    for candidate in sorted(chosen, key=lambda c: (c.start, c.end)):
        form = text[candidate.start : candidate.end]
        if candidate.source in ("defined", "presented", "name") and any(map(str.isupper, form)):
            forms.setdefault(form, candidate)
            if is_short_form(form):
                forms.setdefault(form + "s" if form[-1] != "s" else form[:-1], candidate)
    if not forms:
        return chosen
    pattern = "|".join(re.escape(form) for form in sorted(forms, key=lambda f: (-len(f), f)))
    more = [
        Candidate(m.start(), m.end(), forms[m.group()].type, forms[m.group()].confidence, forms[m.group()].source)
        for m in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text)
    ]
    have = {(c.start, c.end) for c in chosen}
    taken = {position for c in chosen for position in range(c.start, c.end)}
    return chosen + [c for c in more if (c.start, c.end) not in have and taken.isdisjoint(range(c.start, c.end))]
