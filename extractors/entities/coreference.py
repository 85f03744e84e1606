"""Which entities of one abstract are the same under different names: "drug design", and later "designing drugs".

:mod:`.linking` joins names by rules that hold wherever the names occur. What an abstract means by a name also lies in
where it stands: a title in other words, a name with a word less at its second mention, a rival with almost the same
name. So each pair of entities of one type is judged by clues (:mod:`.coreference_clues`), weighed by
``data/coreference_weights.tsv``, which `extractors.training.coreference_weights` fits to annotated abstracts. Pairs
are united from the likeliest on, unless the average over all pairs of the two sets (average linkage) speaks against it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from extractors.document.annotations import Entity
from extractors.entities.coreference_clues import Pair, around, clues, described, paired, worth_asking
from extractors.names.keys import name_key
from extractors.results.scoring import fitted_weights, probability, score
from extractors.text.sentences import sentence_spans

FILE: Final = "coreference_weights.tsv"
SAME: Final = "same"
"""The question of the weights."""
PAPERS: Final = "papers"
"""What the file has beside them: how many annotated abstracts have a name with this key."""
THRESHOLD: Final = 0.5
"""Probability from which on two entities are united."""
_AGREED: Final = 0.6
"""Share of the threshold that the pairs of two sets must have on average."""
_REACH: Final = 40
"""How far apart two entities may be in the order of the text: hardly an abstract has as many, an article has more."""

Candidate = tuple[int, int, list[str]]
"""Two entities, by index, and the clues about them."""


def same_entities(
    text: str, title_end: int, entities: Sequence[Entity], defined: Collection[str]
) -> Iterator[tuple[int, int]]:
    """Pairs of indices into ``entities`` that are to be united; the title takes the first ``title_end`` characters.

    ``defined`` are the keys of the abbreviations that the text defines.
    """
    weights = fitted_weights(FILE)
    likely = {
        (one, other): probability(score(weights, SAME, about))
        for one, other, about in candidates(text, title_end, entities, defined, weights.get(PAPERS, {}))
    }
    sets: dict[int, list[int]] = {n: [n] for pair in likely for n in pair}
    for pair in sorted((p for p in likely if likely[p] >= THRESHOLD), key=lambda p: (-likely[p], p)):
        one, other = sets[pair[0]], sets[pair[1]]
        if one is not other and _average(one, other, likely) >= _AGREED * THRESHOLD:
            one += other
            sets.update(dict.fromkeys(other, one))
            yield pair


def papers_with(name: str) -> float:
    """How many annotated abstracts have a name; 0 if it is one alone."""
    return fitted_weights(FILE).get(PAPERS, {}).get(name_key(name), 0.0)


def _average(one: Sequence[int], other: Sequence[int], likely: Mapping[tuple[int, int], float]) -> float:
    pairs = [(min(a, b), max(a, b)) for a in one for b in other]
    return sum(likely.get(pair, 0.0) for pair in pairs) / len(pairs)


def candidates(
    text: str, title_end: int, entities: Sequence[Entity], defined: Collection[str], papers: Mapping[str, float]
) -> Iterator[Candidate]:
    """The pairs of entities that are worth asking about; ``papers``: how many abstracts have a name with a key."""
    sentences = sentence_spans(text, title_end)
    order = sorted(range(len(entities)), key=lambda n: (entities[n].mentions[0].start, n))
    named = [described(text, title_end, sentences, entities[n], defined, papers) for n in order]
    asked: list[tuple[int, int, Pair]] = [
        (order[at], order[later], paired(named[at], named[later]))
        for at in range(len(named))
        for later in range(at + 1, min(at + 1 + _REACH, len(named)))
        if worth_asking(text, named[at], named[later])
    ]
    others = around((pair for _, _, pair in asked), named, _REACH)
    for one, other, pair in asked:
        yield min(one, other), max(one, other), list(dict.fromkeys(clues(text, pair, others)))
