"""Homonyms: one name that several papers introduce for different things: DISCO, FAM, "hybrid approach".

Such a name is a key of its own in each group of papers that introduces it (a group shares
an author or a title, so that two versions of one paper stay together). Papers that only
mention the name keep the plain key, as nothing says which of the things they mean.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from extractors.names.disjoint_sets import DisjointSets
from extractors.names.generic_heads import is_generic, is_proper
from extractors.names.keys import name_key
from kg.assembly.identify.keyed import Keyed
from kg.assembly.names import TYPES, Details, Names
from kg.assembly.numbering import Flags, replaced

_MACRO = re.compile(r"\\[A-Za-z]+")  # a paper's own LaTeX command, \ours or \tool, left in its abstract


def by_introduction(names: Names, keyed: Keyed) -> None:
    """Mark the keys of homonyms by the papers that introduce them."""
    number = len(names)
    marks = _homonyms(names, keyed) | _macros(names, keyed)
    if not marks:
        return
    texts = keyed.numbering.texts
    new = {
        key * number + paper: keyed.numbering(f"{texts[key]}\t{names.ids[group]}")
        for (key, paper), group in marks.items()
    }
    papers = names.paper_of_entities()[names.entity_of_forms()]
    keyed.form = replaced(keyed.form.astype(np.int64) * number + papers, keyed.form, new)


def _homonyms(names: Names, keyed: Keyed) -> dict[tuple[int, int], int]:
    """For (key, paper) the paper that marks the key there: the first of those that are about the same thing."""
    own, size = keyed.own(names), len(keyed.numbering.texts)
    possible = _may_be_homonym(names)
    introducing = np.bincount(own[possible & names.introduced], minlength=size)
    mentioning = np.bincount(own[possible & ~names.introduced], minlength=size)
    several = (introducing > 1) & (mentioning <= introducing)
    papers: dict[int, list[int]] = defaultdict(list)
    chosen = np.flatnonzero(possible & names.introduced & several[own])
    for key, paper in zip(own[chosen].tolist(), names.paper_of_entities()[chosen].tolist(), strict=True):
        papers[key].append(paper)
    details = {paper: names.details(paper) for paper in sorted({paper for found in papers.values() for paper in found})}
    marks: dict[tuple[int, int], int] = {}
    for key, found in papers.items():
        groups = _groups({paper: details[paper] for paper in found})
        if len(set(groups.values())) > 1:
            marks.update(((key, paper), group) for paper, group in groups.items())
    return marks


def _macros(names: Names, keyed: Keyed) -> dict[tuple[int, int], int]:
    """For (key, paper) that paper, where the key is of a LaTeX command.

    One that others write without the backslash is their name: \\cityscapes.
    """
    macro = np.fromiter(map(_is_macro, names.texts), bool, len(names.texts))
    if not macro.any():
        return {}
    lower = np.fromiter(map(str.islower, names.texts), bool, len(names.texts))
    own, name, papers = keyed.own(names), names.name(), names.paper_of_entities()
    written = np.zeros(len(keyed.numbering.texts), bool)
    written[own[~macro[name] & ~lower[name]]] = True
    chosen = np.flatnonzero(macro[name] & (names.introduced | ~written[own]))
    return {(key, paper): paper for key, paper in zip(own[chosen].tolist(), papers[chosen].tolist(), strict=True)}


def _is_macro(name: str) -> bool:
    return name.lstrip()[:1] == "\\" and _MACRO.fullmatch(name.strip()) is not None


def _may_be_homonym(names: Names) -> Flags:
    """For each entity whether it has a proper name, or a common noun with a generic head for an unnamed thing."""
    pairs, which = np.unique(names.name().astype(np.int64) * len(TYPES) + names.type, return_inverse=True)
    found = np.empty(len(pairs), bool)
    for number, pair in enumerate(pairs.tolist()):
        name, kind = names.texts[pair // len(TYPES)], TYPES[pair % len(TYPES)]
        found[number] = is_proper(name) or (name[1:].islower() and is_generic(name, kind))
    return found[which]


def _groups(papers: Mapping[int, Details]) -> dict[int, int]:
    """For each paper the first of those that share an author or a title with it."""
    sets = DisjointSets[int]()
    first: dict[str, int] = {}
    for paper, details in papers.items():
        marks = [f"author {name_key(author)}" for author in details.authors]
        if details.title:
            marks.append(f"title {name_key(details.title)}")
        for mark in marks:
            sets.union(first.setdefault(mark, paper), paper)
    return {paper: sets.find(paper) for paper in papers}
