"""Step 2: train. Batches of texts of about one length; keeps an average of the weights.

``--corpora papers`` trains the extractor; ``--corpora scierc`` or ``--corpora tdmsci`` trains the
same network on a public corpus alone; several names train jointly, one set of heads each.
Runs on a GPU where there is one, else on the processor; there, one process a core under ``torchrun`` is fastest
(``--batch`` is of each process).
"""

# PyTorch and its companions need not be installed where the types are checked.
# mypy: disable-error-code="import-not-found,import-untyped,misc,untyped-decorator,no-any-return"

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn

from extractors.training import measures, together
from extractors.training.batches import Batch, Mistakes, Prepared, Texts, group, prepare_all
from extractors.training.deepen import deepened
from extractors.training.encoders import read_encoder, shape_of, start_from
from extractors.training.examples import SCHEMES, read_examples
from extractors.training.labelled import read_labelled
from extractors.training.network import Network, Shape
from extractors.training.shipped import network_of

SPANS_A_TEXT: Final = 12.0
PAIRS_A_TEXT: Final = 6.0
"""Typical counts of mentions and relations, so that the losses are of one size."""
RARE: Final = {"TRAINED_ON": 4.0, "COMPARED_WITH": 2.0, "BASED_ON": 1.5, "OUTPERFORMS": 1.5}
"""How much more an annotated relation of a rare kind counts; calibration evens out what it adds to the scores."""
NOTED_EVERY: Final = 100
"""Steps between checkpoints and lines about the loss."""


def has_bfloat16(device: str) -> bool:
    """Whether half precision is faster there: not on a processor (0.58 s a text, 0.37 in 32 bits, with AVX512-BF16)."""
    return device != "cpu"


def loss_of(network: Network, batch: Batch, mistakes: Mistakes | None = None) -> tuple[Tensor, Tensor]:
    """Mean loss of a batch's texts, and its parts [3]: spans, entities, pairs. Notes the likely mistakes."""
    texts = len(batch.ids)
    with torch.autocast(batch.ids.device.type, torch.bfloat16, enabled=has_bfloat16(batch.ids.device.type)):
        states, scores = network.encode(batch.ids, batch.shapes, batch.real, batch.corpus)
        scores = scores.float()
        about = related = None
        if batch.corpus in network.shape.relations:
            about, related = network.relate(states, batch.tags, batch.real, batch.corpus, *batch.arrays)
    if mistakes is not None:
        mistakes.note(batch, scores.detach())
    parts = [span_loss(batch, scores) / (SPANS_A_TEXT * texts)]
    if about is not None and related is not None:
        bce = nn.functional.binary_cross_entropy_with_logits
        known = batch.about_known.unsqueeze(2).expand(-1, -1, 2)
        parts.append(bce(about.float(), batch.about, known, reduction="sum") / (PAIRS_A_TEXT * texts))
        counted = batch.legal * (1 + batch.pairs * surplus(batch.corpus).to(batch.pairs.device))
        parts.append(bce(related.float(), batch.pairs, counted, reduction="sum") / (PAIRS_A_TEXT * texts))
    return torch.stack(parts).sum(), torch.stack(parts).detach()


@cache
def surplus(corpus: str) -> Tensor:
    """By how much the relations of a corpus, in order, count more than once where they are annotated."""
    return torch.tensor([RARE.get(name, 1.0) - 1.0 for name in SCHEMES[corpus].relations])


def span_loss(batch: Batch, scores: Tensor) -> Tensor:
    """Summed cross entropy of the spans with their labels or, where a teacher speaks, its probabilities."""
    logs = torch.log_softmax(scores, -1)
    right = logs.gather(3, batch.labels.long().unsqueeze(3)).squeeze(3)
    hard = -(right * batch.allowed).sum()
    flat = logs.flatten(0, 2)[batch.soft_at]
    return hard + (flat[:, 0] - (flat * batch.soft_labels).sum(1)).sum()


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
    saved = torch.load(path, weights_only=True, map_location="cpu")
    network = Network(Shape(**saved["shape"]))
    network.load_state_dict(saved["weights"])
    return network.eval()


@dataclass(frozen=True, slots=True)
class Phase:
    """So many passes over some texts; it ends early where the run has come to its share ``until`` of the clock."""

    items: list[Prepared]
    passes: int
    until: float = 1.0


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train. With ``seconds``, the rates fall and the run ends by the clock if that is sooner."""

    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    batch: int = 16
    warm: float = 0.06
    end: float = 0.0
    clip: float = 2.0
    average: float = 0.995
    seed: int = 1
    workers: int = 0
    seconds: float = float("inf")
    measure_every: int = 1


@dataclass(slots=True)
class Clock:
    """How far a run has come, 0 to 1: by steps or by seconds, whichever is further."""

    steps: int
    seconds: float
    done: int = 0
    progress: float = 0.0
    began: float = field(default_factory=time.monotonic)

    @property
    def seconds_gone(self) -> int:
        """Since the beginning."""
        return round(time.monotonic() - self.began)

    def tick(self) -> None:
        """After each step."""
        self.done += 1
        self.progress = together.agreed(min(1.0, max(self.done / self.steps, self.seconds_gone / self.seconds)))


def passes(phase: Phase, settings: Settings, noise: random.Random) -> list[list[list[int]]]:
    """For each pass of a phase its batches, as indices."""
    return [group(phase.items, settings.batch, noise) for _ in range(phase.passes)]


def loader(phase: Phase, groups: list[list[int]], settings: Settings, mistakes: Mistakes, pin: bool) -> Iterator[Batch]:
    """The batches of a phase, made by other processes where there are any."""
    texts = Texts(phase.items, groups, settings.seed, mistakes)
    extra = {"prefetch_factor": 4} if settings.workers else {}
    return iter(
        torch.utils.data.DataLoader(texts, batch_size=None, num_workers=settings.workers, pin_memory=pin, **extra)
    )


def train(network: Network, phases: list[Phase], dev: list[Prepared], settings: Settings, out: Path) -> None:
    """The whole run; a checkpoint of the averaged weights after each pass, and a line of dev scores after some."""
    device = next(network.parameters()).device
    noise = random.Random(settings.seed)
    gold = [item for phase in phases for item in phase.items if item.soft is None]
    for number, item in enumerate(gold):
        item.number = number
    mistakes = Mistakes(max(1, len(gold)))
    optimizer = optimizer_of(network, settings.encoder_rate, settings.head_rate)
    average = Average(network, settings.average)
    planned = [passes(phase, settings, noise) for phase in phases]
    clock = Clock(sum(len(one) for phase in planned for one in phase), settings.seconds)
    for k, (phase, ahead) in enumerate(zip(phases, planned, strict=True)):
        batches = loader(phase, [g for one in ahead for g in one], settings, mistakes, device.type == "cuda")
        for n, one in enumerate(ahead):
            sums, count = torch.zeros(3, device=device), 0
            network.train()
            for _ in one:
                if clock.progress >= phase.until:
                    break
                sums += step(network, next(batches).to(device), optimizer, average, mistakes, settings, clock)
                count += 1
                if clock.done % NOTED_EVERY == 0 and together.is_first():
                    losses = [round(part / count, 3) for part in sums.tolist()]
                    print(json.dumps({"steps": clock.done, "seconds": clock.seconds_gone, "loss": losses}), flush=True)
                    average.swap()
                    save(network, out)
                    average.swap()
            over = clock.progress >= phase.until or n + 1 == len(ahead)
            row: dict[str, object] = {"phase": k, "pass": n + 1, "steps": clock.done, "seconds": clock.seconds_gone}
            if count:
                row |= {"loss": [round(s / count, 3) for s in sums.tolist()]}
            average.swap()
            if together.is_first():
                save(network, out)
                if over or (n + 1) % settings.measure_every == 0:
                    row |= measures.quick(network.eval(), dev)
                print(json.dumps(row), flush=True)
            average.swap()
            if over:
                break
        del batches
    average.swap()


def step(
    network: Network,
    batch: Batch,
    optimizer: torch.optim.AdamW,
    average: Average,
    mistakes: Mistakes,
    settings: Settings,
    clock: Clock,
) -> Tensor:
    """One step of the optimizer; returns the parts of the loss."""
    loss, parts = loss_of(network, batch, mistakes)
    torch.autograd.backward(loss)
    together.average_gradients(average.parameters)
    progress = clock.progress
    warm = min(1.0, (progress + 1 / clock.steps) / settings.warm) if settings.warm else 1.0
    left = min(1.0, max(0.0, (1 - progress) / (1 - settings.warm)))
    for parameters in optimizer.param_groups:
        parameters["lr"] = parameters["peak"] * warm * (settings.end + (1 - settings.end) * left)
    nn.utils.clip_grad_norm_(average.parameters, settings.clip)
    optimizer.step()
    optimizer.zero_grad()
    average.update()
    clock.tick()
    return nn.functional.pad(parts, (0, 3 - len(parts)))


def heads_of(corpora: list[str]) -> tuple[dict[str, int], dict[str, int]]:
    """How many labels of spans and how many relations each corpus has."""
    labels = {c: len(SCHEMES[c].types) + 1 for c in corpora}
    return labels, {c: len(SCHEMES[c].relations) for c in corpora if SCHEMES[c].relations}


def network_for(corpora: list[str], vocabulary: int, encoder: Path | None, kept: list[int], fork: int) -> Network:
    """A new network on a pre-trained encoder."""
    shape = Shape(vocabulary, *heads_of(corpora), fork=fork)
    if encoder is None:
        return Network(shape)
    tensors = read_encoder(encoder)
    network = Network(shape_of(tensors, shape))
    start_from(network, tensors, torch.tensor(kept))
    return network


def parser() -> argparse.ArgumentParser:
    """The command line's options."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, required=True, help="folder that the prepare step wrote")
    p.add_argument("--encoder", type=Path, help="weights of an encoder, .safetensors or .onnx")
    p.add_argument("--corpora", nargs="+", choices=sorted(SCHEMES), default=["papers"])
    p.add_argument("--out", type=Path, required=True, help="checkpoint to write")
    p.add_argument("--passes", type=int, default=8, help="over the annotated texts")
    p.add_argument("--soft", type=Path, nargs="*", default=[], help="files that the label step wrote; come first")
    p.add_argument("--soft-passes", type=int, default=2)
    p.add_argument("--soft-share", type=float, default=0.8, help="share of --seconds for them, at most")
    p.add_argument(
        "--start",
        type=Path,
        help="checkpoint or model folder to go on from; with --encoder or for other corpora without its heads",
    )
    p.add_argument("--deepen", type=Path, help="model to put layers of --encoder into")
    p.add_argument("--measure-every", type=int, default=1, help="passes between measurements")
    p.add_argument("--batch", type=int, default=16, help="texts a step")
    p.add_argument("--encoder-rate", type=float, default=1.5e-4)
    p.add_argument("--head-rate", type=float, default=1e-3)
    p.add_argument("--fork", type=int, default=4, help="layers that spans and relations share")
    p.add_argument("--workers", type=int, default=0, help="processes that prepare batches")
    p.add_argument("--seconds", type=float, default=float("inf"), help="end by the clock")
    p.add_argument("--end", type=float, default=0.0, help="share of the rates that is left at the end")
    p.add_argument("--average", type=float, default=0.995, help="memory of the averaged weights, 0 to 1")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--limit", type=int, help="train on so many texts only")
    return p


def network_from(args: argparse.Namespace, kept: list[int]) -> Network:
    """The network that the options describe; ValueError where they do not."""
    if args.encoder is None:
        if args.start is None or args.deepen:
            raise ValueError("give an --encoder or, to go on from, a --start")
        begun = network_of(args.start, dropout=Shape.dropout) if args.start.is_dir() else load(args.start)
        if begun.shape.vocabulary != len(kept):
            raise ValueError(f"{args.start} has a vocabulary of {begun.shape.vocabulary}, the data {len(kept)}")
        return begun if set(begun.shape.labels) == set(args.corpora) else with_new_heads(begun, args.corpora)
    network = network_for(args.corpora, len(kept), args.encoder, kept, args.fork)
    if args.deepen:
        return deepened(network_of(args.deepen, dropout=network.shape.dropout), network)
    return without_heads(load(args.start), network) if args.start else network


def with_new_heads(begun: Network, corpora: list[str]) -> Network:
    """A network for other corpora, trained but for the heads."""
    labels, relations = heads_of(corpora)
    return without_heads(begun, Network(replace(begun.shape, labels=labels, relations=relations)))


def without_heads(begun: Network, network: Network) -> Network:
    """``network`` with the weights of another, but for the heads."""
    weights = {k: v for k, v in begun.state_dict().items() if not k.startswith(("spans", "pairs"))}
    network.load_state_dict(weights, strict=False)
    return network


def main() -> None:
    """Command line."""
    command = parser()
    args = command.parse_args()
    together.join()
    torch.manual_seed(args.seed)
    kept: list[int] = json.loads((args.data / "kept.json").read_text())
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    examples = [e for c in args.corpora for e in read_examples(args.data / f"{c}.jsonl")]
    try:
        network = network_from(args, kept).train().to(device)
    except ValueError as error:
        command.error(str(error))
    torch.manual_seed(args.seed + together.number())  # the same network everywhere, and other dropout
    items = prepare_all(examples, args.data / "tokenizer.json", max(1, args.workers))
    texts = together.share([i for i in items if not i.example.dev][: args.limit])
    dev = [i for i in items if i.example.dev]
    if together.is_first():
        print(
            json.dumps({"texts": len(texts), "dev": len(dev), **{k: str(v) for k, v in vars(args).items()}}), flush=True
        )
    settings = Settings(
        args.encoder_rate,
        args.head_rate,
        args.batch,
        end=args.end,
        average=args.average,
        seed=args.seed,
        workers=args.workers,
        seconds=args.seconds,
        measure_every=args.measure_every,
    )
    phases = [Phase(texts, args.passes)]
    if args.soft:
        labelled = [item for path in args.soft for item in read_labelled(path)]
        phases.insert(0, Phase([*labelled, *texts], args.soft_passes, args.soft_share))
    train(network, phases, dev, settings, args.out)


if __name__ == "__main__":
    main()
