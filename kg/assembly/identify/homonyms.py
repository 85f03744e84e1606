"""One name that several papers introduce, each for a thing of its own: DISCO, FAM, "hybrid approach".

Such a name is a key of its own in each group of papers that introduces it (a group shares
an author or a title, so that two versions of one paper stay together). Papers that only
mention the name keep the plain key: nothing says which of the things they mean.
"""

from __future__ import annotations

import re
from collections import defaultdict

from extractors.names.disjoint_sets import DisjointSets
from extractors.names.generic_heads import is_generic, is_proper
from extractors.names.keys import name_key
from kg.assembly.collect import Named, Read
from kg.assembly.identify.usage import Keyed, entities_of

_MACRO = re.compile(r"\\[A-Za-z]+")  # a paper's own LaTeX command, \ours or \tool, left in its abstract


def by_introduction(reads: list[Read], keyed: list[tuple[Keyed, ...]]) -> list[tuple[Keyed, ...]]:
    """The keys of all entities, with those of homonyms marked by the papers that introduce them."""
    introducing: dict[str, list[Read]] = defaultdict(list)
    mentioning: dict[str, int] = defaultdict(int)
    for read, entity, (own, _) in entities_of(reads, keyed):
        if not _may_be_homonym(entity):
            continue
        if entity.introduced:
            introducing[own].append(read)
        else:
            mentioning[own] += 1
    marks: dict[tuple[str, str], str] = {}
    for key, papers in introducing.items():
        if len(papers) > 1 and mentioning[key] <= len(papers):
            groups = _groups(papers)
            if len(set(groups.values())) > 1:
                marks.update(((key, paper), f"{key}\t{group}") for paper, group in groups.items())
    for read, entity, (own, _) in entities_of(reads, keyed):
        if _MACRO.fullmatch(entity.name.strip()):
            marks[own, read.id] = f"{own}\t{read.id}"
    return [_marked(read, row, marks) for read, row in zip(reads, keyed, strict=True)] if marks else keyed


def _may_be_homonym(entity: Named) -> bool:
    """A proper name, or a common noun with a generic head that a paper uses for its own nameless thing."""
    return is_proper(entity.name) or (entity.name[1:].islower() and is_generic(entity.name, entity.type))


def _groups(papers: list[Read]) -> dict[str, str]:
    """For each paper the smallest id among the papers that share an author or a title with it."""
    sets = DisjointSets[str]()
    first: dict[str, str] = {}
    for read in papers:
        marks = [f"author {name_key(author)}" for author in read.paper.authors]
        if read.paper.title:
            marks.append(f"title {name_key(read.paper.title)}")
        for mark in marks:
            sets.union(first.setdefault(mark, read.id), read.id)
    return {read.id: sets.find(read.id) for read in papers}


def _marked(read: Read, row: tuple[Keyed, ...], marks: dict[tuple[str, str], str]) -> tuple[Keyed, ...]:
    return tuple(
        (marks.get((own, read.id), own), tuple(marks.get((key, read.id), key) for key in forms)) for own, forms in row
    )
