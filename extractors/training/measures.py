"""Step 3: scores of a checkpoint on the held-out texts; the training step prints them, too.

Mentions and values as decoded; relations, introduced and topics between the given entities. "pair labels"
is the easier task that SciERC's relation classification is published for: which relation, given
two mentions that have one.
"""

# PyTorch and its companions need not be installed where the types are checked.
# mypy: disable-error-code="import-not-found,import-untyped,misc,untyped-decorator,no-any-return"

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from extractors.neural.decoding import decode, decode_values
from extractors.record import COMPARISONS
from extractors.training.batches import Prepared, Reading, collate, group, prepare, read
from extractors.training.examples import SCHEMES, read_examples
from extractors.training.network import Network

Tally = Counter[tuple[str, str]]
"""(what, right | found | gold) -> number."""
Array = NDArray[np.float32]


def f1(tally: Tally, what: str) -> float:
    """Micro F1 of one kind of item."""
    both = tally[what, "found"] + tally[what, "gold"]
    return 2 * tally[what, "right"] / both if both else 0.0


def where(mask: NDArray[np.bool_]) -> set[int]:
    """Indices of what is true in a vector."""
    return set(np.flatnonzero(mask).tolist())


def add(tally: Tally, what: str, gold: Set[object], found: Set[object]) -> None:
    """Count one text's items."""
    tally[what, "right"] += len(gold & found)
    tally[what, "found"] += len(found)
    tally[what, "gold"] += len(gold)


def add_labels(tally: Tally, what: str, name: str, r: int, related: Array, targets: Array) -> None:
    """Count the related pairs whose best-scored relation is, or should be, relation r."""
    among = targets.sum(1) > 0
    gold, told = where(among & (targets[:, r] > 0)), where(among & (related.argmax(1) == r))
    add(tally, what, gold, told)
    add(tally, f"{what} {name}", gold, told)


def names_of(corpus: str) -> int:
    """How many labels of a corpus are of names; those of reported values follow them."""
    return sum(kind not in COMPARISONS for kind in SCHEMES[corpus].types)


@torch.no_grad()
def scored(
    network: Network, items: Sequence[Prepared], size: int = 32
) -> Iterator[tuple[Prepared, Reading, Array, Array, Array]]:
    """Each text with its reading, span scores, entity scores and pair scores, on whichever device the network is."""
    device = next(network.parameters()).device
    for indices in group(items, size):
        chosen = [(items[i], read(items[i])) for i in indices]
        batch = collate(chosen).to(device)
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
            states, spans = network.encode(batch.ids, batch.shapes, batch.real, batch.corpus)
            about, related = torch.zeros(len(chosen), 0, 2), torch.zeros(len(chosen), 0, 1)
            if batch.corpus in network.shape.relations:
                about, related = network.relate(states, batch.tags, batch.real, batch.corpus, *batch.arrays)
        parts = [t.float().cpu().numpy() for t in (spans, about, related)]
        for b, (item, reading) in enumerate(chosen):
            yield item, reading, parts[0][b, : len(item.pieces)], parts[1][b], parts[2][b]


def tally_text(
    tally: Tally, item: Prepared, reading: Reading, spans: Array, about: Array, related: Array, threshold: float
) -> None:
    """Add one text; keys start with the corpus."""
    scheme, corpus = SCHEMES[item.corpus], item.corpus
    names = names_of(corpus)
    told = {f[:3] for f in decode(item.example.text, item.pieces, spans, threshold, names)}
    told |= {f[:3] for f in decode_values(item.pieces, spans, threshold, names)}
    gold = {(a, b, label + 1) for label, places in item.entities for a, b in places}
    for what, first, last in (("mentions", 1, names), ("values", names + 1, len(scheme.types))):
        if first <= last:
            ours = [{g for g in side if first <= g[2] <= last} for side in (gold, told)]
            add(tally, f"{corpus} {what}", ours[0], ours[1])
    for k, kind in enumerate(scheme.types, 1):
        add(tally, f"{corpus} mentions {kind}", {g for g in gold if g[2] == k}, {f for f in told if f[2] == k})
    entities, pairs = len(reading.about), len(reading.pairs)
    if not about.size or not entities:
        return
    known = reading.about_known > 0
    for k, what in enumerate(("introduced", "topics")):
        add(tally, f"{corpus} {what}", where(reading.about[:, k] > 0), where((about[:entities, k] > 0) & known))
    chosen = (related[:pairs] > 0) & (reading.legal > 0)
    ends = reading.made.pairs.tolist()
    for r, name in enumerate(scheme.relations):
        stated = {(*ends[p], r) for p in where(reading.pairs[:, r] > 0)}
        found = {(*ends[p], r) for p in where(chosen[:, r])}
        add(tally, f"{corpus} {'roles' if _is_role(item.corpus, r) else 'relations'}", stated, found)
        add(tally, f"{corpus} relations {name}", stated, found)
        if pairs:
            add_labels(tally, f"{corpus} pair labels", name, r, related[:pairs], reading.pairs)


def _is_role(corpus: str, relation: int) -> bool:
    signatures = SCHEMES[corpus].signatures
    name = SCHEMES[corpus].relations[relation]
    return signatures is not None and any(head in COMPARISONS for head, _ in signatures[name])


def quick(network: Network, dev: list[Prepared], threshold: float = 0.5, detailed: bool = False) -> dict[str, float]:
    """F1 by kind of item over the held-out texts."""
    tally: Tally = Counter()
    for item, reading, spans, about, related in scored(network, dev):
        tally_text(tally, item, reading, spans, about, related, threshold)
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
