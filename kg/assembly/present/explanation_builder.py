"""Build the explanation of each concept from the result of resolution."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from extractors.names.abbreviations import is_short_form
from extractors.names.concepts import concept_table
from extractors.names.keys import name_key
from kg.assembly.collect import CollectedPaper
from kg.assembly.identify.identity import inner_shorts
from kg.assembly.join.clusters import Join
from kg.assembly.present.concept_names import ConceptName
from kg.assembly.present.explanations import Evidence, Explanation, KeptApart, Reason
from kg.assembly.resolution import Concepts, EntityConcepts
from kg.schema import CONCEPT_LABELS

_EXAMPLES = 3

SPELLING = "the same name, written differently"
NAME = "the name"
KNOWN = "known synonym"
SPELLED = "abbreviation, defined"
USUAL = "abbreviation, in its usual meaning"
INSIDE = "abbreviation inside the name, expanded"
IN_ITS_PAPER = "called so in its paper"


class _Group:
    """Forms of a concept that belong to it by the same rule."""

    __slots__ = ("evidence", "forms")

    def __init__(self) -> None:
        self.forms: Counter[str] = Counter()
        self.evidence: list[tuple[str, str]] = []


def explanations(
    collected_papers: list[CollectedPaper], concepts: Concepts, named: Mapping[str, ConceptName]
) -> tuple[Explanation, ...]:
    """One explanation for each concept, in the order of their ids."""
    groups: dict[str, dict[tuple[str, str], _Group]] = defaultdict(lambda: defaultdict(_Group))
    papers: dict[str, Counter[str]] = defaultdict(Counter)
    for number, collected in enumerate(collected_papers):
        _gather(collected, number, concepts, groups)
        for root, kind in _typed(collected, concepts.assigned[number]):
            papers[root][kind] += 1
    joins = _joins_by_key(concepts)
    kept_apart = _kept_apart(concepts, named)
    found = [
        Explanation(
            shown.id,
            shown.name,
            {kind: n for kind in CONCEPT_LABELS if (n := papers[root][kind])},
            tuple(_reasons(root, shown, groups.get(root, {}), joins)),
            tuple(sorted(kept_apart.get(root, ()), key=lambda r: (r.name, r.rule))),
        )
        for root, shown in named.items()
    ]
    return tuple(sorted(found, key=lambda e: e.id))


def _typed(collected: CollectedPaper, assigned: tuple[EntityConcepts, ...]) -> set[tuple[str, str]]:
    """The concepts that a paper mentions, each with the types that it gives them."""
    return {
        (root, entity.type)
        for entity, found in zip(collected.entities, assigned, strict=True)
        for root in (found.concept, *found.forms)
    }


def _gather(
    collected: CollectedPaper, number: int, concepts: Concepts, groups: dict[str, dict[tuple[str, str], _Group]]
) -> None:
    """Sort the forms of one paper's entities by concept, key and rule."""
    local = concepts.senses_by_paper[number]
    for entity, (own, keys), assigned in zip(
        collected.entities, concepts.keyed[number], concepts.assigned[number], strict=True
    ):
        for (form, _), key, root in zip(entity.forms, keys, assigned.forms, strict=True):
            raw = name_key(form)
            rule = _rule(form, raw, key, raw in local)
            if key != own and key not in concepts.uses and concepts.clusters.root(key) != root:
                rule = IN_ITS_PAPER
            group = groups[root][key, rule]
            group.forms[form] += 1
            if rule in (SPELLED, IN_ITS_PAPER) and len(group.evidence) < _EXAMPLES:
                group.evidence.append((collected.id, _definition(collected, raw) or f"{entity.name} = {form}"))


def _rule(form: str, raw: str, key: str, local: bool) -> str:
    plain = key.partition("\t")[0]
    if raw == plain:
        return SPELLING
    if is_short_form(form):
        return SPELLED if local else USUAL
    if concept_table().canonical.get(raw) == plain:
        return KNOWN
    return INSIDE if inner_shorts(form) else IN_ITS_PAPER


def _definition(collected: CollectedPaper, raw: str) -> str:
    return next((sentence for short, _, sentence in collected.defined if name_key(short) == raw), "")


def _joins_by_key(concepts: Concepts) -> dict[str, list[Join]]:
    found: dict[str, list[Join]] = defaultdict(list)
    for join in concepts.clusters.joins:
        found[join.left].append(join)
        found[join.right].append(join)
    return found


def _reasons(
    root: str, shown: ConceptName, groups: Mapping[tuple[str, str], _Group], joins: Mapping[str, list[Join]]
) -> Iterator[Reason]:
    """The reasons for a concept's forms, that for its name first; keys that were joined give the rule of the join."""
    spelled = {key: group.evidence for (key, rule), group in groups.items() if rule == SPELLED}
    home = next((key for (key, rule), g in sorted(groups.items()) if shown.name in g.forms), root)
    rows: list[tuple[bool, str, Reason]] = []
    for (key, rule), group in groups.items():
        evidence: Evidence = tuple(group.evidence)
        if rule == USUAL:
            evidence = tuple(spelled.get(key, ())) or (("", "the table of concepts"),)
        if key != home:
            joined = joins.get(key, ())
            reasons = sorted({join.rule for join in joined})
            evidence = tuple(dict.fromkeys((*(e for join in joined for e in join.evidence), *evidence)))[:_EXAMPLES]
            parts = reasons if rule == SPELLING and reasons else [*reasons, rule]
            rows.append((True, key, Reason(dict(sorted(group.forms.items())), ", ".join(parts), evidence)))
        else:
            rows.append((False, rule, Reason(dict(sorted(group.forms.items())), rule, evidence)))
    for _, _, reason in sorted(rows, key=lambda row: (row[0], row[2].rule != SPELLING, row[2].rule, row[1])):
        yield reason


def _kept_apart(concepts: Concepts, named: Mapping[str, ConceptName]) -> dict[str, list[KeptApart]]:
    """What was kept apart: by an override, or because an abbreviation has several readings."""
    found: dict[str, list[KeptApart]] = defaultdict(list)
    for join in concepts.clusters.refused:
        left, right = concepts.clusters.root(join.left), concepts.clusters.root(join.right)
        for root, other in ((left, right), (right, left)):
            if other in named:
                found[root].append(KeptApart(named[other].name, "kept apart by an override", join.evidence))
    for (short, _), readings in sorted(concepts.unsettled.items()):
        root = concepts.clusters.root(short)
        if root in named:
            for long, papers in sorted(readings.items()):
                other = concepts.clusters.root(long)
                if other in named and other != root:
                    spelled = f"defined so by {papers} of {readings.total()} papers; the others do not define it"
                    found[root].append(KeptApart(named[other].name, spelled))
    return found
