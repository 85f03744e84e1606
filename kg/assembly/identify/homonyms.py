"""Homonyms: one name that several papers introduce for different things: DISCO, FAM, "hybrid approach".

Such a name is a key of its own in each group of papers that introduces it (a group shares
an author or a title, so that two versions of one paper stay together). Papers that only
mention the name keep the plain key, as nothing says which of the things they mean.
"""

from __future__ import annotations

import re
from collections import defaultdict

from extractors.names.disjoint_sets import DisjointSets
from extractors.names.generic_heads import is_generic, is_proper
from extractors.names.keys import name_key
from kg.assembly.collect import CollectedEntity, CollectedPaper
from kg.assembly.identify.usage import EntityKeys, entities_of

_MACRO = re.compile(r"\\[A-Za-z]+")  # a paper's own LaTeX command, \ours or \tool, left in its abstract


def by_introduction(
    collected_papers: list[CollectedPaper], keyed: list[tuple[EntityKeys, ...]]
) -> list[tuple[EntityKeys, ...]]:
    """The keys of all entities, with those of homonyms marked by the papers that introduce them."""
    introducing: dict[str, list[CollectedPaper]] = defaultdict(list)
    mentioning: dict[str, int] = defaultdict(int)
    for collected, entity, (own, _) in entities_of(collected_papers, keyed):
        if not _may_be_homonym(entity):
            continue
        if entity.introduced:
            introducing[own].append(collected)
        else:
            mentioning[own] += 1
    marks: dict[tuple[str, str], str] = {}
    for key, papers in introducing.items():
        if len(papers) > 1 and mentioning[key] <= len(papers):
            groups = _groups(papers)
            if len(set(groups.values())) > 1:
                marks.update(((key, paper), f"{key}\t{group}") for paper, group in groups.items())
    written = {
        own for _, e, (own, _) in entities_of(collected_papers, keyed) if not _is_macro(e) and not e.name.islower()
    }
    for collected, entity, (own, _) in entities_of(collected_papers, keyed):
        if _is_macro(entity) and (entity.introduced or own not in written):
            marks[own, collected.id] = f"{own}\t{collected.id}"
    return (
        [_marked(collected, row, marks) for collected, row in zip(collected_papers, keyed, strict=True)]
        if marks
        else keyed
    )


def _is_macro(entity: CollectedEntity) -> bool:
    """Whether a name is a LaTeX command; one that others write without the backslash is that name: \\cityscapes."""
    return _MACRO.fullmatch(entity.name.strip()) is not None


def _may_be_homonym(entity: CollectedEntity) -> bool:
    """A proper name, or a common noun with a generic head that a paper uses for an unnamed thing of its own."""
    return is_proper(entity.name) or (entity.name[1:].islower() and is_generic(entity.name, entity.type))


def _groups(papers: list[CollectedPaper]) -> dict[str, str]:
    """For each paper the smallest id among the papers that share an author or a title with it."""
    sets = DisjointSets[str]()
    first: dict[str, str] = {}
    for collected in papers:
        marks = [f"author {name_key(author)}" for author in collected.paper.authors]
        if collected.paper.title:
            marks.append(f"title {name_key(collected.paper.title)}")
        for mark in marks:
            sets.union(first.setdefault(mark, collected.id), collected.id)
    return {collected.id: sets.find(collected.id) for collected in papers}


def _marked(
    collected: CollectedPaper, row: tuple[EntityKeys, ...], marks: dict[tuple[str, str], str]
) -> tuple[EntityKeys, ...]:
    return tuple(
        (marks.get((own, collected.id), own), tuple(marks.get((key, collected.id), key) for key in forms))
        for own, forms in row
    )
