"""Soft labels: what one or several trained networks, averaged, say of texts that nobody annotated.

A student learns from the probabilities (Hinton et al. 2015, "Distilling the knowledge in a neural
network"): of the spans, and of the entities and pairs that decoding and linking make of them, as
they will be at run time.
"""

# PyTorch and its companions need not be installed where the types are checked.
# mypy: disable-error-code="import-not-found,import-untyped,misc,untyped-decorator,no-any-return"

from __future__ import annotations

import argparse
import multiprocessing
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from extractors.document.annotations import Mention
from extractors.entities.linking import link
from extractors.names.definitions import find_abbreviations
from extractors.neural import features as ft
from extractors.neural.decoding import decode, decode_values
from extractors.record import ENTITY_TYPES
from extractors.training.batches import MOST_PAIRS, Batch, Entities, Prepared, Soft, Texts, arranged, group, prepare_all
from extractors.training.examples import read_examples
from extractors.training.labelled import write_labelled
from extractors.training.measures import names_of
from extractors.training.network import Network
from extractors.training.train import load

THRESHOLD: Final = 0.35
"""Probability from which a span is a mention: about where the shipped models have it."""
WORTH_KEEPING: Final = 0.02
"""Spans that are something with less probability count as nothing."""
MOST_SPANS: Final = 160
BATCH: Final = 128

Spans = tuple[NDArray[np.int16], NDArray[np.float16]]
"""First piece and width [S, 2], probabilities [S, labels]."""


def batches(items: list[Prepared], workers: int) -> Iterator[tuple[list[int], Batch]]:
    """Indices of texts of about one length, and their batch."""
    groups = group(items, BATCH)
    loaded = torch.utils.data.DataLoader(Texts(items, groups, 0, noisy=False), batch_size=None, num_workers=workers)
    yield from zip(groups, loaded, strict=True)


@torch.no_grad()
def span_probabilities(networks: Sequence[Network], items: list[Prepared], workers: int) -> list[Spans]:
    """For each text the spans that may be something, with the networks' mean probabilities."""
    device = next(networks[0].parameters()).device
    out: list[Spans | None] = [None] * len(items)
    for indices, batch in batches(items, workers):
        batch = batch.to(device)
        with torch.autocast(device.type, torch.bfloat16):
            scores = [n.encode(batch.ids, batch.shapes, batch.real, batch.corpus)[1].float() for n in networks]
        mean = torch.stack([s.softmax(-1) for s in scores]).mean(0)
        something = (1 - mean[..., 0]).masked_fill(~batch.allowed, 0).flatten(1)
        best = something.topk(min(MOST_SPANS, something.shape[1]), 1)
        labels = mean.flatten(1, 2).gather(1, best.indices.unsqueeze(2).expand(-1, -1, mean.shape[-1]))
        at = torch.stack([best.indices // ft.MAX_WIDTH, best.indices % ft.MAX_WIDTH], 2)
        rows = best.values.cpu().numpy(), at.cpu().numpy().astype(np.int16), labels.half().cpu().numpy()
        for b, i in enumerate(indices):
            kept = rows[0][b] > WORTH_KEEPING
            out[i] = rows[1][b][kept], rows[2][b][kept]
    return [spans for spans in out if spans is not None]


def entities_of(item: Prepared, spans: Spans) -> Entities:
    """Decoded and linked, as at run time; reported values each by itself."""
    names = names_of(item.corpus)
    scores = np.full((len(item.pieces), ft.MAX_WIDTH, spans[1].shape[1]), -20, np.float32)
    scores[..., 0] = 0
    first, width = spans[0].T.astype(np.int64)
    scores[first, width] = np.log(np.maximum(spans[1].astype(np.float32), 1e-9))
    text, pieces = item.example.text, item.pieces
    mentions = [
        Mention(int(pieces.starts[a]), int(pieces.ends[b]), ENTITY_TYPES[label - 1], p, "")
        for a, b, label, p in decode(text, pieces, scores, THRESHOLD, names)
    ]
    entities: Entities = []
    for entity in link(text, mentions, find_abbreviations(text), item.example.title_end):
        found = [ft.piece_span(pieces, m.start, m.end) for m in entity.mentions]
        entities.append((ENTITY_TYPES.index(entity.type), [s for s in found if s is not None]))
    values = decode_values(pieces, scores, THRESHOLD, names)
    return entities + [(label - 1, [(a, b)]) for a, b, label, _ in values]


@torch.no_grad()
def relate(networks: Sequence[Network], items: list[Prepared], spans: Sequence[Spans], workers: int) -> None:
    """Give each text its soft labels, its entities being set."""
    device = next(networks[0].parameters()).device
    for indices, batch in batches(items, workers):
        batch = batch.to(device)
        about, pairs = [], []
        with torch.autocast(device.type, torch.bfloat16):
            for network in networks:
                states, _ = network.encode(batch.ids, batch.shapes, batch.real, batch.corpus)
                one, two = network.relate(states, batch.tags, batch.real, batch.corpus, *batch.arrays)
                about.append(one.float().sigmoid())
                pairs.append(two.float().sigmoid())
        mean_about = torch.stack(about).mean(0).half().cpu().numpy()
        mean_pairs = (torch.stack(pairs).mean(0) * batch.legal).half().cpu().numpy()
        pairs_of = batch.legal.amax(2).sum(1).long().cpu().tolist()  # every pair that is laid out has a legal relation
        for b, i in enumerate(indices):
            count = len(items[i].entities)
            items[i].soft = Soft(*spans[i], mean_about[b, :count].copy(), mean_pairs[b, : pairs_of[b]].copy())


def _small(found: tuple[Prepared, Spans]) -> tuple[Entities, bool]:
    """The entities of a text, and whether their pairs are not too many to learn from."""
    entities = entities_of(*found)
    return entities, len(arranged(found[0], entities).pairs) <= MOST_PAIRS


def label(networks: Sequence[Network], items: list[Prepared], workers: int) -> list[Prepared]:
    """The texts with soft labels; those with very many entities are left out."""
    spans = span_probabilities(networks, items, workers)
    with multiprocessing.get_context("fork").Pool(max(1, workers)) as pool:
        found = pool.map(_small, list(zip(items, spans, strict=True)), chunksize=64)
    kept = []
    for item, (entities, small) in zip(items, found, strict=True):
        item.entities, item.concept = entities, [-1] * len(entities)
        kept.append(small)
    chosen = [item for item, keep in zip(items, kept, strict=True) if keep]
    relate(networks, chosen, [s for s, keep in zip(spans, kept, strict=True) if keep], workers)
    return chosen


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("teachers", type=Path, nargs="+", help="checkpoints")
    parser.add_argument("--data", type=Path, required=True, help="folder that the prepare step wrote")
    parser.add_argument("--texts", default="unlabelled.jsonl", help="file in that folder")
    parser.add_argument("--limit", type=int, help="only so many texts")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    began = time.monotonic()
    examples = read_examples(args.data / args.texts)[: args.limit]
    items = prepare_all(examples, args.data / "tokenizer.json", args.workers)
    print(f"{len(items)} texts prepared after {time.monotonic() - began:.0f} s", flush=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    networks = [load(path).to(device) for path in args.teachers]
    labelled = label(networks, items, args.workers)
    write_labelled(args.out, labelled)
    print(f"{len(labelled)} texts labelled after {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
