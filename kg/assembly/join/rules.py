"""Rules that join keys of one concept: names of one entity in a paper or in several papers, and generic heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from operator import itemgetter

import numpy as np
from rapidfuzz import fuzz

from extractors.names.abbreviations import is_short_form
from extractors.names.generic_heads import is_finished, without_head
from extractors.names.keys import LINKING, Words, name_key
from kg.assembly.identify.identity import Identity
from kg.assembly.identify.usage import Usage, words_of
from kg.assembly.join.clusters import Clusters, Join
from kg.assembly.names import TYPES
from kg.assembly.numbering import Ints, Rows, position_in

ONE_ENTITY = "one entity in its paper"
OFTEN_ONE = "one entity in several papers"
HEAD = "generic word at the end"
ABBREVIATED = "abbreviation inside the name, in its usual meaning"

_RANK = re.compile(
    r"(rank-\d+) (?:(?:recognition|identification|matching|retrieval) )?(?:accurac(?:y|ies)|rates?|scores?)"
)
_ALIKE = 75  # similarity, of 100, from which two words count as forms of one
_PAPERS = 3  # papers that must use two names for one entity before this holds for others


def companions(usage: Usage, clusters: Clusters) -> tuple[list[Join], list[int]]:
    """Names that occur only as second names of entities: joins with those entities, and keys that stay apart.

    A concept of one paper has all the names that the paper gives it. A concept of several papers
    takes from one of them only a name similar to its own: one paper may call a network an encoder,
    but not every network is one. The other names, and those that a user keeps apart, are concepts of their own,
    with a usage from now on.
    """
    papers = _papers_by_root(usage, clusters)
    joins: list[Join] = []
    apart: dict[int, tuple[Ints, list[int]]] = {}
    for key, forms, entities in _second_names(usage):
        owners = set(usage.own[entities].tolist())
        shared = any(papers[clusters.root(owner)] > 1 for owner in owners)
        kept_apart = any(clusters.apart(owner, key) for owner in owners)
        own, different = min(owners), sorted(set(forms.tolist()))
        texts = [usage.names.texts[form] for form in different]
        if len(owners) == 1 and (not shared or _similar(words_of(usage.keys[key], texts), usage.words(own))):
            joins.append(Join(own, key, ONE_ENTITY, (_where(usage, int(entities[0]), int(forms[0])),)))
        elif shared:
            kept_apart = True
        if kept_apart:
            apart[key] = np.bincount(usage.names.type[entities], minlength=len(TYPES)), different
    for key, (types, different) in apart.items():
        usage.add(key, types, different)
    return joins, list(apart)


def _second_names(usage: Usage) -> Iterator[tuple[int, Ints, Ints]]:
    """Each key that occurs only as that of second names, in order: their forms and entities, as papers have them."""
    names = usage.names
    places = usage.other_forms()
    places = places[~usage.is_used[usage.form_key[places]]]
    places = places[np.argsort(usage.form_key[places], kind="stable")]
    keys, starts = np.unique(usage.form_key[places], return_index=True)
    forms, entities = names.form[places], names.entity_of_forms()[places]
    for key, (start, end) in zip(keys.tolist(), pairwise([*starts.tolist(), len(places)]), strict=True):
        yield key, forms[start:end], entities[start:end]


def _where(usage: Usage, entity: int, form: int) -> tuple[str, str]:
    """The paper of an entity, and that it has this form for its name."""
    names = usage.names
    paper = position_in(names.entities, entity, "right") - 1
    return names.ids[paper], f"{names.texts[usage.name[entity]]} = {names.texts[form]}"


def _papers_by_root(usage: Usage, clusters: Clusters) -> Ints:
    """How many entities there are of each set of keys, by its root."""
    number = len(usage.keys)
    return np.bincount(clusters.roots(number)[usage.own], minlength=number)


def _similar(ours: Words, theirs: Words) -> bool:
    """Whether each word of one name has a similar one in the other: calibrated and calibration, not rate and time."""
    left, right = set(ours) - LINKING, set(theirs) - LINKING
    if len(left) != len(right):
        return False
    ours_only, theirs_only = left - right, right - left
    return all(any(fuzz.ratio(word, other) >= _ALIKE for other in theirs_only) for word in ours_only)


def often_one(usage: Usage, clusters: Clusters) -> Iterator[Join]:
    """Names that several papers use for one entity, and hardly any paper for two.

    Not where one name is only less specific than the other: papers call a deep neural network a
    network at its second mention. Abbreviations are left to their definitions.
    """
    roots = clusters.roots(len(usage.keys))
    together: Counter[tuple[int, int]] = Counter()
    for _, pairs in _pairs_of_entities(usage, roots):
        together.update(pairs.keys())
    candidates = {pair: n for pair, n in sorted(together.items()) if n >= _PAPERS}
    where: dict[tuple[int, int], list[tuple[str, str]]] = {pair: [] for pair in candidates}
    for entity, pairs in _pairs_of_entities(usage, roots):
        for pair, form in pairs.items():
            if pair in where and len(where[pair]) < _PAPERS:
                where[pair].append(_where(usage, entity, form))
    wordings: dict[int, set[Words]] = {root: set() for pair in candidates for root in pair}
    for key in np.flatnonzero(usage.is_used & np.isin(roots, list(wordings))).tolist():
        wordings[int(roots[key])].add(usage.words(key))
    papers = _papers_by_root(usage, clusters)
    apart = _PapersOfRoots(usage, roots, sorted(wordings))
    for (left, right), n in candidates.items():
        rare = min(papers[left], papers[right])
        if 3 * n < rare or n <= 3 * apart.common(left, right):
            continue
        if not any(_less_specific(ours, theirs) for ours in wordings[left] for theirs in wordings[right]):
            yield Join(left, right, OFTEN_ONE, tuple(where[left, right]))


def _pairs_of_entities(usage: Usage, roots: Ints) -> Iterator[tuple[int, dict[tuple[int, int], int]]]:
    """Entities that have names of two sets of keys: the pairs of their roots, each with a form that is the second.

    Only pairs that come `_PAPERS` times: most come once.
    """
    names = usage.names
    owners = names.entity_of_forms()
    short = np.fromiter(map(is_short_form, names.texts), bool, len(names.texts))
    places = usage.other_forms()
    places = places[~short[names.form[places]] & ~short[usage.name[owners[places]]]]
    others, own = roots[usage.form_key[places]], roots[usage.own[owners[places]]]
    kept = (others != own) & usage.is_used[usage.form_key[places]]
    codes = np.minimum(own, others).astype(np.int64) * len(usage.keys) + np.maximum(own, others)
    pairs, times = np.unique(codes[kept], return_counts=True)
    kept &= np.isin(codes, pairs[times >= _PAPERS])
    columns = (column[kept].tolist() for column in (owners[places], own, others, names.form[places]))
    for entity, rows in groupby(zip(*columns, strict=True), key=itemgetter(0)):
        yield entity, {(min(left, right), max(left, right)): form for _, left, right, form in rows}


class _PapersOfRoots:
    """The papers that have an entity of each of some sets of keys."""

    def __init__(self, usage: Usage, roots: Ints, wanted: list[int]) -> None:
        own = roots[usage.own]
        chosen = np.isin(own, wanted)
        number = len(usage.names)
        pairs = np.unique(own[chosen].astype(np.int64) * number + usage.names.paper_of_entities()[chosen])
        self._wanted = {root: place for place, root in enumerate(wanted)}
        groups = np.searchsorted(np.array(wanted, np.int64), pairs // max(number, 1))
        self._papers = Rows.grouped(groups, pairs % max(number, 1), len(wanted))

    def common(self, left: int, right: int) -> int:
        """How many papers have an entity of either set."""
        ours, theirs = (self._papers[self._wanted[root]] for root in (left, right))
        return len(np.intersect1d(ours, theirs, assume_unique=True))


def _less_specific(left: Words, right: Words) -> bool:
    fewer, more = sorted((set(left), set(right)), key=len)
    return fewer < more


def _without_heads(form: str, kind: str) -> Iterator[str]:
    """The name without its generic head; ``accuracy`` is one behind the short form of another metric: mAP accuracy.

    A metric at a rank is one whatever is said to be right there: the rank-1 matching rate.
    """
    yield from without_head(form, kind)
    if kind != "Metric":
        return
    rest, _, last = form.rpartition(" ")
    if last.lower() in ("accuracy", "accuracies") and is_short_form(rest):
        yield rest
    if ranked := _RANK.fullmatch(form.lower()):
        yield from (ranked[1], f"{ranked[1]} accuracy")


def heads(longer: Iterable[int], usage: Usage, identity: Identity) -> Iterator[Join]:
    """Keys of ``longer`` that are another name of the same type followed by a generic head."""
    for key in longer:
        kind = usage.kind(key)
        rests = {(identity.key(rest, kind), rest) for form in usage.forms(key) for rest in _without_heads(form, kind)}
        for text, rest in sorted(rests):
            shorter = usage.find(text)
            if shorter is not None and shorter != key and usage.kind(shorter) == kind:
                # "CNN model" is CNN, but "VL model" is not vision-language: the long form needs its head
                if kind == "Method" and text != name_key(rest) and not is_finished(usage.words(shorter)):
                    continue
                yield Join(shorter, key, HEAD)
                break


def fuller(usage: Usage, identity: Identity) -> Iterator[Join]:
    """Names in which an abbreviation stands for the end of its usual long form, where papers use the whole.

    Where ReID is person re-identification, unsupervised ReID is unsupervised person re-identification if there is that;
    vehicle ReID is vehicle re-identification, as no paper is about vehicle persons.
    """
    for text, whole in sorted(identity.fuller.items()):
        key, other = usage.find(text), usage.find(whole)
        if key is not None and other is not None and usage.kind(key) == usage.kind(other):
            yield Join(other, key, ABBREVIATED)
