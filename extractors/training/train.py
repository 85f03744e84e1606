"""Step 2: train. One text at a time, gradients gathered over a few; keeps an average of the weights.

``--corpora papers`` trains the extractor; ``--corpora scierc`` or ``--corpora tdmsci`` trains the
same network on a public corpus alone; several names train jointly, one set of heads each.
"""

# PyTorch and its companions need not be installed where the types are checked.
# mypy: disable-error-code="import-not-found,import-untyped,misc,untyped-decorator,no-any-return"

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import asdict
from pathlib import Path
from typing import Final

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from extractors.training import measures
from extractors.training.batches import Prepared, likely_mistakes, pairs_of, prepare
from extractors.training.examples import SCHEMES, read_examples
from extractors.training.network import Network, Shape, load_bert

SPANS_A_TEXT: Final = 12.0
PAIRS_A_TEXT: Final = 6.0
"""Typical counts of mentions and relations, so that the losses are of one size."""


def loss_of(network: Network, item: Prepared, noise: random.Random) -> tuple[Tensor, list[float]]:
    """Loss of one text, and its parts: spans, entities, pairs."""
    ids, shapes = torch.from_numpy(item.pieces.ids), torch.from_numpy(item.pieces.shapes)
    with torch.autocast("cpu", torch.bfloat16):
        states, scores = network.encode(ids, shapes, item.corpus)
        scores = scores.float()
        span = nn.functional.cross_entropy(scores[item.allowed], item.gold[item.allowed], reduction="sum")
        parts = [span / SPANS_A_TEXT]
        if item.corpus in network.shape.relations and item.entities:
            mistakes = likely_mistakes(item, scores.detach(), noise) if item.corpus == "papers" else []
            pairs = pairs_of(item, noise if item.corpus == "papers" else None, mistakes)
            entities, related = network.relate(states, pairs.tags, item.corpus, *pairs.arrays)
            bce = nn.functional.binary_cross_entropy_with_logits
            parts.append(bce(entities.float(), pairs.entity_targets, reduction="sum") / PAIRS_A_TEXT)
            if len(pairs.targets):
                parts.append(bce(related.float(), pairs.targets, pairs.legal, reduction="sum") / PAIRS_A_TEXT)
    return torch.stack(parts).sum(), [float(p.detach()) for p in parts]


def optimizer_of(network: Network, encoder_rate: float, head_rate: float) -> torch.optim.AdamW:
    """AdamW with a slower rate for what is pre-trained, and no decay for vectors."""
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            encoder = not name.startswith(("spans", "pairs", "tags"))
            key = (encoder_rate if encoder else head_rate, 0.01 if parameter.dim() > 1 else 0.0)
            groups.setdefault(key, []).append(parameter)
    return torch.optim.AdamW(
        [{"params": ps, "lr": rate, "peak": rate, "weight_decay": decay} for (rate, decay), ps in groups.items()],
        betas=(0.9, 0.98),
        fused=True,
    )


class Average:
    """A running average of the trained weights, which generalises better than the last ones."""

    def __init__(self, network: Network, decay: float) -> None:
        self.decay = decay
        self.parameters = [p for p in network.parameters() if p.requires_grad]
        self.mean = [p.detach().clone() for p in self.parameters]
        self.steps = 0

    @torch.no_grad()
    def update(self) -> None:
        """After each step; short memory at first."""
        self.steps += 1
        weight = 1 - min(self.decay, self.steps / (10 + self.steps))
        torch._foreach_lerp_(self.mean, self.parameters, weight)

    @torch.no_grad()
    def swap(self) -> None:
        """Exchange the weights in use and their average."""
        for mean, parameter in zip(self.mean, self.parameters, strict=True):
            kept = parameter.detach().clone()
            parameter.copy_(mean)
            mean.copy_(kept)


def save(network: Network, path: Path) -> None:
    """Weights and sizes in one file, complete or not there."""
    part = path.with_suffix(".part")
    torch.save({"shape": asdict(network.shape), "weights": network.state_dict()}, part)
    part.replace(path)


def load(path: Path) -> Network:
    """The network that :func:`save` wrote, ready to evaluate."""
    saved = torch.load(path, weights_only=True)
    network = Network(Shape(**saved["shape"]))
    network.load_state_dict(saved["weights"])
    return network.eval()


def train(network: Network, items: list[Prepared], dev: list[Prepared], args: argparse.Namespace) -> None:
    """The whole run; a checkpoint and a line of dev scores after each epoch."""
    noise = random.Random(args.seed)
    optimizer = optimizer_of(network, args.encoder_rate, args.head_rate)
    average = Average(network, args.average)
    total = args.epochs * (len(items) // args.gather)
    done, began = 0, time.monotonic()
    for epoch in range(args.epochs):
        noise.shuffle(items)
        network.train()
        sums = [0.0, 0.0, 0.0]
        for n, item in enumerate(items):
            loss, parts = loss_of(network, item, noise)
            torch.autograd.backward(loss / args.gather)
            for k, part in enumerate(parts):
                sums[k] += part
            if (n + 1) % args.gather:
                continue
            warm = min(1.0, (done + 1) / (args.warm * total))
            left = min(1.0, max(0.0, (total - done) / (total * (1 - args.warm))))
            rate = warm * (args.end + (1 - args.end) * left)
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * rate
            nn.utils.clip_grad_norm_(average.parameters, args.clip)
            optimizer.step()
            optimizer.zero_grad()
            average.update()
            done += 1
            if done in (20, 60):
                print(f"step {done}/{total} {(time.monotonic() - began) / (n + 1):.3f} s a text", flush=True)
        average.swap()
        save(network, args.out)
        scores = measures.quick(network.eval(), dev)
        average.swap()
        row = {
            "epoch": epoch + 1,
            "seconds": round(time.monotonic() - began),
            "loss": [round(s / len(items), 3) for s in sums],
            **scores,
        }
        print(json.dumps(row), flush=True)


def parser() -> argparse.ArgumentParser:
    """The command line's options."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, required=True, help="folder that the prepare step wrote")
    p.add_argument("--encoder", type=Path, required=True, help="model.safetensors of a BERT encoder")
    p.add_argument("--corpora", nargs="+", choices=sorted(SCHEMES), default=["papers"])
    p.add_argument("--out", type=Path, required=True, help="checkpoint to write")
    p.add_argument("--epochs", type=int, default=10)
    p.add_argument("--gather", type=int, default=4, help="texts a step")
    p.add_argument("--encoder-rate", type=float, default=1.5e-4)
    p.add_argument("--head-rate", type=float, default=1e-3)
    p.add_argument("--warm", type=float, default=0.06, help="share of the steps that warm up")
    p.add_argument("--end", type=float, default=0.0, help="share of the rates that is left at the end")
    p.add_argument("--clip", type=float, default=2.0)
    p.add_argument("--average", type=float, default=0.995)
    p.add_argument("--layers", type=int, default=6)
    p.add_argument("--fork", type=int, default=4, help="layers that spans and relations share")
    p.add_argument("--start", type=Path, help="checkpoint to go on from")
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--limit", type=int, help="train on so many texts only")
    return p


def main() -> None:
    """Command line."""
    args = parser().parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    tokenizer = Tokenizer.from_file(str(args.data / "tokenizer.json"))
    kept = torch.tensor(json.loads((args.data / "kept.json").read_text()))
    labels = {c: len(SCHEMES[c].types) + 1 for c in args.corpora}
    relations = {c: len(SCHEMES[c].relations) for c in args.corpora if SCHEMES[c].relations}
    network = Network(Shape(len(kept), labels, relations, layers=args.layers, fork=args.fork))
    if args.start:
        network.load_state_dict(torch.load(args.start, weights_only=True)["weights"], strict=False)
    else:
        load_bert(network, load_file(args.encoder), kept)
    items = [prepare(e, tokenizer) for c in args.corpora for e in read_examples(args.data / f"{c}.jsonl")]
    train_items = [i for i in items if not i.example.dev][: args.limit]
    dev = [i for i in items if i.example.dev]
    print(json.dumps({"texts": len(train_items), "dev": len(dev), **{k: str(v) for k, v in vars(args).items()}}))
    train(network, train_items, dev, args)


if __name__ == "__main__":
    main()
