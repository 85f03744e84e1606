"""Build the explanation of each concept from the result of resolution."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from extractors.names.abbreviations import is_short_form
from extractors.names.concepts import concept_table
from extractors.names.keys import name_key
from kg.assembly.identify.identity import inner_clipped, inner_shorts
from kg.assembly.join.clusters import Join
from kg.assembly.names import TYPES, Names
from kg.assembly.numbering import Flags, position_in
from kg.assembly.present.concept_names import ConceptNames
from kg.assembly.present.explanations import Evidence, Explanation, KeptApart, Reason
from kg.assembly.resolution import Concepts
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


Groups = dict[tuple[int, str], _Group]
"""The forms of one concept by key and rule."""


def explanations(
    names: Names,
    concepts: Concepts,
    shown: ConceptNames,
    decided: Mapping[int, tuple[str, ...]],
    former: Mapping[int, tuple[str, ...]],
) -> Iterator[Explanation]:
    """One explanation for each concept, in the order of their ids.

    ``decided`` is what a person decided of it, ``former`` has the ids that it had without.
    """
    builder = _Builder(names, concepts, shown)
    for concept in shown.order.tolist():
        papers = builder.papers(concept)
        yield Explanation(
            shown.ids[concept],
            shown.names[concept],
            {kind: papers[kind] for kind in CONCEPT_LABELS if papers[kind]},
            tuple(builder.reasons(concept)),
            tuple(sorted(builder.kept_apart.get(concept, ()), key=lambda r: (r.name, r.rule))),
            decided.get(concept, ()),
            former.get(concept, ()),
        )


class _Builder:
    """What explanations of single concepts are made from."""

    def __init__(self, names: Names, concepts: Concepts, shown: ConceptNames) -> None:
        self._names, self._concepts, self._shown = names, concepts, shown
        self._owners = names.entity_of_forms()
        self._paper = names.paper_of_entities()
        places = shown.forms.values
        usage = concepts.usage
        self._columns = [column[places] for column in (names.form, usage.form_key, usage.local, self._foreign())]
        self._joins = _joins_by_key(concepts)
        self.kept_apart = _kept_apart(concepts, shown)

    def papers(self, concept: int) -> Counter[str]:
        """How many papers mention a concept, by the type that they give it."""
        entities = self._owners[self._shown.forms[concept]]
        found = set(zip(self._names.type[entities].tolist(), self._paper[entities].tolist(), strict=True))
        return Counter(TYPES[kind] for kind, _ in found)

    def reasons(self, concept: int) -> Iterator[Reason]:
        """The reasons for a concept's forms."""
        root = int(self._concepts.roots[concept])
        keys = self._concepts.usage.keys
        return _reasons(root, self._shown.names[concept], self._groups(concept), self._joins, keys)

    def _groups(self, concept: int) -> Groups:
        """The forms of a concept by key and rule, in the order of papers."""
        names, usage = self._names, self._concepts.usage
        first, end = self._shown.forms.starts[concept : concept + 2].tolist()
        groups: Groups = defaultdict(_Group)
        rows = zip(*(column[first:end].tolist() for column in self._columns), strict=True)
        for number, (form, key, local, foreign) in enumerate(rows, first):
            text = names.texts[form]
            rule = IN_ITS_PAPER if foreign else _rule(text, usage.keys[key], local)
            group = groups[key, rule]
            group.forms[text] += 1
            if rule in (SPELLED, IN_ITS_PAPER) and len(group.evidence) < _EXAMPLES:
                group.evidence.append(self._evidence(int(self._shown.forms.values[number]), text))
        return groups

    def _foreign(self) -> Flags:
        """Whether forms belong to their concepts only because their entities do: their keys are no concept's."""
        concepts = self._concepts
        places = concepts.usage.other_forms()
        places = places[~concepts.usage.is_used[concepts.usage.form_key[places]]]
        found = np.zeros(len(concepts.of_form), bool)
        for place, key in zip(places.tolist(), concepts.usage.form_key[places].tolist(), strict=True):
            found[place] = concepts.clusters.root(key) != concepts.roots[concepts.of_form[place]]
        return found

    def _evidence(self, place: int, form: str) -> tuple[str, str]:
        """The paper of a form, with the sentence that defines it there, or the name that it stands for."""
        names = self._names
        entity = int(self._owners[place])
        paper = position_in(names.entities, entity, "right") - 1
        raw = name_key(form)
        defined = names.details(paper).defined
        sentence = next((sentence for short, sentence in defined if name_key(short) == raw), "")
        return names.ids[paper], sentence or f"{names.texts[self._concepts.usage.name[entity]]} = {form}"


@lru_cache(maxsize=1 << 16)
def _rule(form: str, key: str, local: bool) -> str:
    raw, plain = name_key(form), key.partition("\t")[0]
    if raw == plain:
        return SPELLING
    if is_short_form(form) or form in (clipped := inner_clipped(form)):
        return SPELLED if local else USUAL
    if concept_table().canonical.get(raw) == plain:
        return KNOWN
    return INSIDE if inner_shorts(form) or any(_around(raw, inner, plain) for inner in clipped) else IN_ITS_PAPER


def _around(raw: str, inner: str, plain: str) -> bool:
    """Whether a key has what stands around a clipped word in a name, and something else in its place."""
    before, _, after = raw.partition(name_key(inner))
    return plain.startswith(before) and plain.endswith(after)


def _joins_by_key(concepts: Concepts) -> dict[int, list[Join]]:
    found: dict[int, list[Join]] = defaultdict(list)
    for join in concepts.clusters.joins:
        found[join.left].append(join)
        found[join.right].append(join)
    return found


def _reasons(
    root: int, name: str, groups: Groups, joins: Mapping[int, list[Join]], keys: Sequence[str]
) -> Iterator[Reason]:
    """The reasons for a concept's forms, that for its name first; keys that were joined give the rule of the join."""
    spelled = {key: group.evidence for (key, rule), group in groups.items() if rule == SPELLED}
    home = next((key for (key, rule), g in sorted(groups.items()) if name in g.forms), root)
    rows: list[tuple[bool, str | int, Reason]] = []
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


def _kept_apart(concepts: Concepts, shown: ConceptNames) -> dict[int, list[KeptApart]]:
    """What was kept apart: by an override, or because an abbreviation has several readings."""
    found: dict[int, list[KeptApart]] = defaultdict(list)
    for join in concepts.clusters.refused:
        left, right = (concepts.of_root(concepts.clusters.root(key)) for key in (join.left, join.right))
        for concept, other in ((left, right), (right, left)):
            if concept is not None and other is not None:
                found[concept].append(KeptApart(shown.names[other], "kept apart by an override", join.evidence))
    for (short, _), readings in sorted(concepts.unsettled.items()):
        concept = concepts.of_key(short)
        if concept is not None:
            for long, papers in sorted(readings.items()):
                other = concepts.of_key(long)
                if other is not None and other != concept:
                    spelled = f"defined so by {papers} of {readings.total()} papers; the others do not define it"
                    found[concept].append(KeptApart(shown.names[other], spelled))
    return found
