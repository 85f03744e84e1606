"""Quick scores while training: mentions as decoded; relations, introduced and topics on gold entities."""

from __future__ import annotations

from collections import Counter

import torch

from extractors.decoding import decode
from extractors.training.batches import Prepared, pairs_of
from extractors.training.examples import SCHEMES
from extractors.training.network import Network

Tally = Counter[tuple[str, str]]
"""(what, right | found | gold) -> number."""


def f1(tally: Tally, what: str) -> float:
    """Micro F1 of one kind of item."""
    both = tally[what, "found"] + tally[what, "gold"]
    return 2 * tally[what, "right"] / both if both else 0.0


def add(tally: Tally, what: str, gold: set[object], found: set[object]) -> None:
    """Count one text's items."""
    tally[what, "right"] += len(gold & found)
    tally[what, "found"] += len(found)
    tally[what, "gold"] += len(gold)


@torch.no_grad()
def tally_text(network: Network, item: Prepared, tally: Tally, threshold: float) -> None:
    """Score one text and add to the tally; keys start with the corpus."""
    scheme, corpus = SCHEMES[item.corpus], item.corpus
    states, scores = network.encode(torch.from_numpy(item.pieces.ids), torch.from_numpy(item.pieces.shapes), corpus)
    found = decode(item.example.text, item.pieces, scores.float().numpy(), threshold)
    gold = {(a, b, label + 1) for label, spans in item.entities for a, b in spans}
    add(tally, f"{corpus} mentions", set(gold), {f[:3] for f in found})
    for k, kind in enumerate(scheme.types):
        add(tally, f"{corpus} mentions {kind}", {g for g in gold if g[2] == k + 1}, {f[:3] for f in found if f[2] == k + 1})
    if corpus not in network.shape.relations or not item.entities:
        return
    pairs = pairs_of(item)
    entities, related = network.relate(states, pairs.tags, corpus, *pairs.arrays)
    for k, what in enumerate(("introduced", "topics")):
        targets, chosen = pairs.entity_targets[:, k] > 0, entities[:, k] > 0
        add(tally, f"{corpus} {what}", set(targets.nonzero().flatten().tolist()), set(chosen.nonzero().flatten().tolist()))
    chosen = (related > 0) & (pairs.legal > 0)
    ends = pairs.arrangement.pairs
    for r, name in enumerate(scheme.relations):
        stated: set[object] = {tuple(ends[p]) for p in (pairs.targets[:, r] > 0).nonzero().flatten().tolist()}
        told: set[object] = {tuple(ends[p]) for p in chosen[:, r].nonzero().flatten().tolist()}
        add(tally, f"{corpus} relations", stated, told)
        add(tally, f"{corpus} relations {name}", stated, told)


def quick(network: Network, dev: list[Prepared], threshold: float = 0.5, detailed: bool = False) -> dict[str, float]:
    """F1 by kind of item over the held-out texts."""
    tally: Tally = Counter()
    for item in dev:
        tally_text(network, item, tally, threshold)
    names = sorted({what for what, _ in tally})
    return {what: round(f1(tally, what), 4) for what in names if detailed or what.count(" ") == 1}
