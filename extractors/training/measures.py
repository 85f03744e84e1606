"""Step 3: scores of a checkpoint on the held-out texts; the training step prints them, too.

Mentions as decoded; relations, introduced and topics between the given entities. "pair labels" is
the easier task that SciERC's relation classification is published for: which relation, given
two mentions that have one.
"""

# PyTorch and its companions need not be installed where the types are checked.
# mypy: disable-error-code="import-not-found,import-untyped,misc,untyped-decorator,no-any-return"

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Set
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from extractors.neural.decoding import decode
from extractors.training.batches import Prepared, pairs_of, prepare
from extractors.training.examples import SCHEMES, read_examples
from extractors.training.network import Network

Tally = Counter[tuple[str, str]]
"""(what, right | found | gold) -> number."""


def f1(tally: Tally, what: str) -> float:
    """Micro F1 of one kind of item."""
    both = tally[what, "found"] + tally[what, "gold"]
    return 2 * tally[what, "right"] / both if both else 0.0


def where(mask: Tensor) -> set[int]:
    """Indices of what is true in a vector."""
    return set(mask.nonzero().flatten().tolist())


def add(tally: Tally, what: str, gold: Set[object], found: Set[object]) -> None:
    """Count one text's items."""
    tally[what, "right"] += len(gold & found)
    tally[what, "found"] += len(found)
    tally[what, "gold"] += len(gold)


def add_labels(tally: Tally, what: str, name: str, r: int, related: Tensor, targets: Tensor) -> None:
    """Count the related pairs whose best-scored relation is, or should be, relation r."""
    among = targets.sum(1) > 0
    gold, told = where(among & (targets[:, r] > 0)), where(among & (related.argmax(1) == r))
    add(tally, what, gold, told)
    add(tally, f"{what} {name}", gold, told)


@torch.no_grad()
def tally_text(network: Network, item: Prepared, tally: Tally, threshold: float) -> None:
    """Score one text and add to the tally; keys start with the corpus."""
    scheme, corpus = SCHEMES[item.corpus], item.corpus
    states, scores = network.encode(torch.from_numpy(item.pieces.ids), torch.from_numpy(item.pieces.shapes), corpus)
    found = decode(item.example.text, item.pieces, scores.float().numpy(), threshold)
    gold = {(a, b, label + 1) for label, spans in item.entities for a, b in spans}
    told = {f[:3] for f in found}
    add(tally, f"{corpus} mentions", gold, told)
    for k, kind in enumerate(scheme.types, 1):
        add(tally, f"{corpus} mentions {kind}", {g for g in gold if g[2] == k}, {f for f in told if f[2] == k})
    if corpus not in network.shape.relations or not item.entities:
        return
    pairs = pairs_of(item)
    entities, related = network.relate(states, pairs.tags, corpus, *pairs.arrays)
    for k, what in enumerate(("introduced", "topics")):
        add(tally, f"{corpus} {what}", where(pairs.entity_targets[:, k] > 0), where(entities[:, k] > 0))
    chosen = (related > 0) & (pairs.legal > 0)
    ends = pairs.arrangement.pairs
    for r, name in enumerate(scheme.relations):
        stated = {(*ends[p].tolist(), r) for p in where(pairs.targets[:, r] > 0)}
        scored = {(*ends[p].tolist(), r) for p in where(chosen[:, r])}
        add(tally, f"{corpus} relations", stated, scored)
        add(tally, f"{corpus} relations {name}", stated, scored)
        add_labels(tally, f"{corpus} pair labels", name, r, related, pairs.targets)


def quick(network: Network, dev: list[Prepared], threshold: float = 0.5, detailed: bool = False) -> dict[str, float]:
    """F1 by kind of item over the held-out texts."""
    tally: Tally = Counter()
    for item in dev:
        tally_text(network, item, tally, threshold)
    names = sorted({what for what, _ in tally})
    return {what: round(f1(tally, what), 4) for what in names if detailed or what.count(" ") == 1}


def main() -> None:
    """Command line."""
    from extractors.training.train import load  # which imports this module

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="folder that the prepare step wrote")
    parser.add_argument("--threshold", type=float, default=0.5, help="probability from which a span is a mention")
    args = parser.parse_args()
    network = load(args.checkpoint)
    tokenizer = Tokenizer.from_file(str(args.data / "tokenizer.json"))
    held = [e for c in network.shape.labels for e in read_examples(args.data / f"{c}.jsonl") if e.dev]
    scores = quick(network, [prepare(e, tokenizer) for e in held], args.threshold, detailed=True)
    for what, score in scores.items():
        print(f"{what:45s} {score:.4f}")


if __name__ == "__main__":
    main()
