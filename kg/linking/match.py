"""Match concepts of a graph to those of a vocabulary: by names, other names, and what lies beside them.

Two concepts that have one name, written differently at most, are an exact match; the more so, the more of their names
they share, and if something that lies beside one is matched to something beside the other. A name that agrees only
without its generic head (``ImageNet dataset``) is a close match; so is an abbreviation in common, if something beside
them agrees too: CLIP is one thing in vision and another in biology.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from extractors.names.abbreviations import is_short_form
from extractors.names.concepts import concept_key
from extractors.names.generic_heads import without_head
from extractors.names.lookup import Entry, lookup, unknown_name
from kg import schema
from kg.errors import KGError
from kg.graph import Graph, Node
from kg.linking.decisions import Decision
from kg.linking.links import PERSON, Link
from kg.linking.vocabulary import Term

_EXACT: Final = 0.8
"""The confidence from which a match is exact."""
_LEAST: Final = 0.5
_LEAST_EACH: Final = 0.4
"""The least confidence where several terms are equally likely."""
_FEW: Final = 4  # letters of an abbreviation that has many meanings
_COINED: Final = re.compile(r"[a-z]{3}")
_HEADS: Final = frozenset({"algorithm", "method", "approach", "technique", "model", "framework"})
_FEWEST_WORDS: Final = 2
"""A kernel method is not a kernel, but the iterative closest point method is that."""
_BESIDE: Final = 0.1
_GROUNDS: Final = (
    (0.95, "the same name"),
    (0.9, "the same name, written differently"),
    (0.78, "its name is another name there"),
    (0.8, "another name of it is the name there"),
    (0.7, "they share another name"),
    (0.6, "the same name but for a generic word at the end"),
    (0.75, "the same short name"),
    (0.45, "they share an abbreviation"),
)
_SAME, _WRITTEN, _NAME_THERE, _NAME_HERE, _OTHERS, _HEAD, _SHORT_NAME, _SHORT = _GROUNDS


def match(graph: Graph, vocabulary: Mapping[str, Term], decisions: Sequence[Decision] = ()) -> list[Link]:
    """The links of the graph's concepts to the vocabulary, sorted; each concept to the likeliest term of its names.

    ``decisions`` of people come before any rule. `KGError` where one names a concept or IRI that is unknown.
    """
    concepts = [node for node in graph.nodes if node.label in schema.CONCEPT_LABELS]
    decided = _decided(decisions, concepts, vocabulary)
    index = _index(vocabulary)
    grounds = {node.id: _grounds(node, index, vocabulary) for node in concepts}
    sure = {term for found in grounds.values() for term, (confidence, _) in found.items() if confidence >= _EXACT}
    holders: dict[str, set[str]] = defaultdict(set)
    for concept, found in grounds.items():
        for iri in found:
            if iri in sure:
                holders[iri].add(concept)
    beside = _beside(graph, {node.id for node in concepts})
    links = []
    for node in concepts:
        own = decided.get(node.id, {})
        found = {
            iri: _with_neighbours(found_one, vocabulary[iri], beside[node.id], holders)
            for iri, found_one in grounds[node.id].items()
            if iri not in own
        }
        links += [
            _link(node.id, vocabulary[iri], verdict, 1.0, PERSON) for iri, verdict in own.items() if verdict != "no"
        ]
        if "exact" not in own.values() and found:
            links += _best(node.id, found, vocabulary)
    return sorted(links, key=lambda link: (link.concept, link.iri))


def unmatched(vocabulary: Mapping[str, Term], links: Iterable[Link]) -> list[Term]:
    """The concepts of the vocabulary that no link leads to, in the order of their names."""
    linked = {link.iri for link in links}
    return sorted((term for iri, term in vocabulary.items() if iri not in linked), key=lambda t: (t.name, t.iri))


def _best(concept: str, found: Mapping[str, tuple[float, str]], vocabulary: Mapping[str, Term]) -> list[Link]:
    """The likeliest term; where two are equally likely both, as close matches."""
    most = max(confidence for confidence, _ in found.values())
    best = {iri: reason for iri, (confidence, reason) in found.items() if confidence == most}
    if most < _LEAST or most / len(best) < _LEAST_EACH:
        return []
    kind = "exact" if most >= _EXACT and len(best) == 1 else "close"
    return [_link(concept, vocabulary[iri], kind, most / len(best), reason) for iri, reason in best.items()]


def _link(concept: str, term: Term, kind: str, confidence: float, reason: str) -> Link:
    return Link(concept, term.iri, kind, round(confidence, 3), reason, (term.name, *term.others))


def _index(vocabulary: Mapping[str, Term]) -> Mapping[str, set[str]]:
    """The terms by the keys of their names, with and without a generic head."""
    index: dict[str, set[str]] = defaultdict(set)
    for term in vocabulary.values():
        for name in (term.name, *term.others):
            rests = (rest for label in schema.CONCEPT_LABELS for rest in _rests(name, label))
            for wording in (name, *rests):
                index[concept_key(wording)].add(term.iri)
    return index


def _rests(name: str, label: str) -> Iterator[str]:
    """The name without its generic head: also of a method whose name has several words without it."""
    yield from without_head(name, label)
    words = name.split()
    if label == "Method" and len(words) > _FEWEST_WORDS and words[-1].lower().removesuffix("s") in _HEADS:
        yield " ".join(words[:-1])


def _grounds(node: Node, index: Mapping[str, set[str]], vocabulary: Mapping[str, Term]) -> dict[str, tuple[float, str]]:
    """For each term that shares a name with a concept, the best ground and its confidence."""
    name, forms = _names(node)
    keys: dict[str, list[str]] = defaultdict(list)
    for form in sorted(forms):
        keys[concept_key(form)].append(form)
    heads = {concept_key(rest): rest for form in forms for rest in _rests(form, node.label)}
    found: dict[str, tuple[float, str]] = {}
    for key in keys.keys() | heads.keys():
        for iri in index.get(key, ()):
            confidence, why = _ground(name, key, keys, vocabulary[iri])
            found[iri] = max(found.get(iri, (0.0, "")), (confidence, f"{why}: {vocabulary[iri].name}"))
    return found


def _ground(name: str, key: str, keys: Mapping[str, list[str]], term: Term) -> tuple[float, str]:
    theirs, ours = concept_key(term.name) == key, concept_key(name) == key
    there = [other for other in (term.name, *term.others) if concept_key(other) == key]
    short = all(map(_is_abbreviation, (*keys.get(key, ()), *there)))
    if key not in keys or not there:
        return _SHORT if short and not ours else _HEAD
    if short and not (ours and theirs):
        return _SHORT
    if ours and theirs:
        if _is_abbreviation(name) and name.isupper():
            return _SHORT_NAME
        return _SAME if name.casefold() == term.name.casefold() else _WRITTEN
    return _NAME_THERE if ours else _NAME_HERE if theirs else _OTHERS


def _is_abbreviation(form: str) -> bool:
    """Whether a form may be short for several things: EM is; ShapeNet and KITTI are names that somebody made."""
    return is_short_form(form) and not _COINED.search(form) and len(form) <= _FEW


def _with_neighbours(
    ground: tuple[float, str], term: Term, beside: set[str], holders: Mapping[str, set[str]]
) -> tuple[float, str]:
    """The ground, surer if something beside the term is matched to something beside the concept."""
    confidence, reason = ground
    common = sorted(iri for iri in term.neighbours if holders.get(iri, set()) & beside)
    if not common:
        return ground
    return min(confidence + _BESIDE, 0.99), f"{reason}; {len(common)} in common beside them"


def _beside(graph: Graph, concepts: set[str]) -> Mapping[str, set[str]]:
    """The concepts that claims join to each one."""
    beside: dict[str, set[str]] = defaultdict(set)
    for rel in graph.relationships:
        if rel.start in concepts and rel.end in concepts:
            beside[rel.start].add(rel.end)
            beside[rel.end].add(rel.start)
    return beside


def _names(node: Node) -> tuple[str, set[str]]:
    name, aliases = str(node.properties.get("name", node.id)), node.properties.get("aliases", ())
    return name, {name, *(aliases if isinstance(aliases, tuple) else ())}


def _decided(
    decisions: Iterable[Decision], concepts: Iterable[Node], vocabulary: Mapping[str, Term]
) -> dict[str, dict[str, str]]:
    """Verdicts by the id of the concept and IRI."""
    entries = [Entry(node.id, name, tuple(sorted(forms)), 0) for node in concepts for name, forms in (_names(node),)]
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for decision in decisions:
        if decision.iri not in vocabulary:
            raise KGError(f"decision about {decision.concept}: the vocabulary has no {decision.iri}")
        meant = lookup(decision.concept, entries)
        if not meant:
            raise KGError(f"decision about {decision.iri}: {unknown_name('concept', decision.concept, entries)}")
        found[meant[0].id][decision.iri] = decision.verdict
    return found
