"""Rules that join keys of one concept: names of one entity in a paper or in several papers, and generic heads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from rapidfuzz import fuzz

from extractors.names.abbreviations import is_short_form
from extractors.names.generic_heads import is_finished, without_head
from extractors.names.keys import LINKING, Words, name_key
from kg.assembly.collect import CollectedPaper
from kg.assembly.identify.identity import Identity
from kg.assembly.identify.usage import EntityKeys, Use, entities_of
from kg.assembly.join.clusters import Clusters, Join

ONE_ENTITY = "one entity in its paper"
OFTEN_ONE = "one entity in several papers"
HEAD = "generic word at the end"

_ALIKE = 75  # similarity, of 100, from which two words count as forms of one
_PAPERS = 3  # papers that must use two names for one entity before this holds for others


def companions(
    collected_papers: list[CollectedPaper],
    keyed: list[tuple[EntityKeys, ...]],
    uses: dict[str, Use],
    clusters: Clusters,
) -> tuple[list[Join], dict[str, Use]]:
    """Names that occur only as second names of entities: joins with those entities, and names that stay apart.

    A concept of one paper has all the names that the paper gives it. A concept of several papers
    takes from one of them only a name similar to its own: one paper may call a network an encoder,
    but not every network is one. The other names are concepts of their own.
    """
    owners: dict[str, set[str]] = defaultdict(set)
    seen: dict[str, tuple[Use, tuple[str, str]]] = {}
    for collected, entity, (own, forms) in entities_of(collected_papers, keyed):
        for (form, _), key in zip(entity.forms, forms, strict=True):
            if key != own and key not in uses:
                owners[key].add(own)
                use, _where = seen.setdefault(key, (Use(), (collected.id, f"{entity.name} = {form}")))
                use.types[entity.type] += 1
                use.forms.add(form)
    papers: Counter[str] = Counter()
    for key, use in uses.items():
        papers[clusters.root(key)] += use.entities
    joins: list[Join] = []
    apart: dict[str, Use] = {}
    for key, owned in sorted(owners.items()):
        use, where = seen[key]
        own = min(owned)
        shared = any(papers[clusters.root(owner)] > 1 for owner in owned)
        if len(owned) == 1 and (not shared or _similar(use.words(key), uses[own].words(own))):
            joins.append(Join(own, key, ONE_ENTITY, (where,)))
        elif shared:
            apart[key] = use
    return joins, apart


def _similar(ours: Words, theirs: Words) -> bool:
    """Whether each word of one name has a similar one in the other: calibrated and calibration, not rate and time."""
    left, right = set(ours) - LINKING, set(theirs) - LINKING
    if len(left) != len(right):
        return False
    ours_only, theirs_only = left - right, right - left
    return all(any(fuzz.ratio(word, other) >= _ALIKE for other in theirs_only) for word in ours_only)


def often_one(
    collected_papers: list[CollectedPaper],
    keyed: list[tuple[EntityKeys, ...]],
    uses: dict[str, Use],
    clusters: Clusters,
) -> Iterator[Join]:
    """Names that several papers use for one entity, and hardly any paper for two.

    Not where one name is only less specific than the other: papers call a deep neural network a
    network at its second mention. Abbreviations are left to their definitions.
    """
    together: Counter[tuple[str, str]] = Counter()
    where: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for collected, entity, (own, forms) in entities_of(collected_papers, keyed):
        if len(forms) == 1 or not any(key != own for key in forms):
            continue
        root = clusters.root(own)
        pairs: dict[tuple[str, str], str] = {}
        for (form, _), key in zip(entity.forms, forms, strict=True):
            other = clusters.root(key)
            if other != root and key in uses and not is_short_form(form) and not is_short_form(entity.name):
                pairs[min(root, other), max(root, other)] = form
        together.update(pairs.keys())
        for pair, form in pairs.items():
            if len(where[pair]) < _PAPERS:
                where[pair].append((collected.id, f"{entity.name} = {form}"))
    candidates = {pair: n for pair, n in together.items() if n >= _PAPERS}
    apart = _apart(keyed, candidates, clusters)
    wordings: dict[str, set[Words]] = defaultdict(set)
    papers: Counter[str] = Counter()
    wanted = {root for pair in candidates for root in pair}
    for key, use in uses.items():
        if (root := clusters.root(key)) in wanted:
            wordings[root].add(use.words(key))
            papers[root] += use.entities
    for (left, right), n in sorted(candidates.items()):
        rare = min(papers[left], papers[right])
        if n <= 3 * apart[left, right] or 3 * n < rare:
            continue
        if not any(_less_specific(ours, theirs) for ours in wordings[left] for theirs in wordings[right]):
            yield Join(left, right, OFTEN_ONE, tuple(where[left, right]))


def _apart(
    keyed: list[tuple[EntityKeys, ...]], candidates: dict[tuple[str, str], int], clusters: Clusters
) -> Counter[tuple[str, str]]:
    """How many papers have the two names of each pair as two entities."""
    partners: dict[str, list[str]] = defaultdict(list)
    for left, right in candidates:
        partners[left].append(right)
    counts: Counter[tuple[str, str]] = Counter()
    if partners:
        for row in keyed:
            owns = {clusters.root(own) for own, _ in row}
            for own in owns:
                counts.update((own, other) for other in partners.get(own, ()) if other in owns)
    return counts


def _less_specific(left: Words, right: Words) -> bool:
    fewer, more = sorted((set(left), set(right)), key=len)
    return fewer < more


def _without_heads(form: str, kind: str) -> Iterator[str]:
    """The name without its generic head; ``accuracy`` is one behind the short form of another metric: mAP accuracy."""
    yield from without_head(form, kind)
    rest, _, last = form.rpartition(" ")
    if kind == "Metric" and last.lower() in ("accuracy", "accuracies") and is_short_form(rest):
        yield rest


def heads(longer: dict[str, Use], uses: dict[str, Use], identity: Identity) -> Iterator[Join]:
    """Keys of ``longer`` that are another name of the same type followed by a generic head."""
    for key, use in sorted(longer.items()):
        kind = use.kind
        rests = {(identity.key(rest, kind, {}), rest) for form in use.forms for rest in _without_heads(form, kind)}
        for shorter, rest in sorted(rests):
            if shorter != key and shorter in uses and uses[shorter].kind == kind:
                # "CNN model" is CNN, but "VL model" is not vision-language: the long form needs its head
                if kind == "Method" and shorter != name_key(rest) and not is_finished(uses[shorter].words(shorter)):
                    continue
                yield Join(shorter, key, HEAD)
                break
