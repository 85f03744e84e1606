"""A model for one's own field: ``python -m extractors.training FOLDER --out MODEL``.

FOLDER holds JSON lines (``*.jsonl``) of annotated abstracts: "id", "title", "abstract", "entities",
"relations", "results" and "topics", as ``extractors/training/README.md`` describes. Training goes on
from the model that ships, on all of them but one in six, which thresholds and confidences are then
fitted on. ``kg build PAPERS --extractor MODEL`` uses the outcome.
"""

# PyTorch and its companions need not be installed where the types are checked.
# mypy: disable-error-code="import-not-found,import-untyped,misc,untyped-decorator,no-any-return"

from __future__ import annotations

import argparse
import json
import shutil
from dataclasses import asdict, replace
from pathlib import Path

import torch

from extractors import checksums
from extractors.neural import MODEL, MODELS
from extractors.neural import model as neural
from extractors.pipeline import CLAIMS
from extractors.training import tune
from extractors.training.batches import prepare_all
from extractors.training.examples import Example, from_annotation, read_jsonl
from extractors.training.export import export
from extractors.training.shipped import network_of
from extractors.training.train import Phase, Settings, save, train

FEWEST_HELD_OUT = 10
"""With fewer texts held out, thresholds stay those of the model that training started from."""


def annotated(folder: Path) -> list[Example]:
    """The annotated abstracts in the JSON lines of a folder; ValueError with file and line where one is wrong."""
    examples = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, row in enumerate(read_jsonl(path), 1):
            try:
                examples.append(from_annotation(row, row.get("title") or "", row["abstract"]))
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{path}, line {number}: {type(error).__name__}: {error}") from error
    return examples


def model_folder(name: str) -> Path:
    """The folder of a model of this package, by its name, or of another."""
    return MODELS / name if (MODELS / name).is_dir() else Path(name)


def parser() -> argparse.ArgumentParser:
    """The command line's options."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folder", type=Path, help="with the annotated abstracts")
    p.add_argument("--out", type=Path, required=True, help="folder of the model to write")
    p.add_argument("--start", type=model_folder, default=MODEL, help="default, fast, or a folder: what to go on from")
    p.add_argument("--passes", type=int, default=3, help="over the texts (default: 3)")
    p.add_argument("--batch", type=int, default=8, help="texts a step (default: 8)")
    p.add_argument("--seed", type=int, default=1)
    return p


def main() -> None:
    """Command line."""
    args = parser().parse_args()
    try:
        examples = annotated(args.folder)
    except ValueError as error:
        raise SystemExit(str(error)) from error
    if not examples:
        raise SystemExit(f"{args.folder}: no annotated abstracts in *.jsonl")
    torch.manual_seed(args.seed)
    tokenizer = args.start / "tokenizer.json"
    items = prepare_all(examples, tokenizer, 1)
    held_out = [item for item in items if item.example.dev]
    texts = [item for item in items if not item.example.dev]
    print(f"{len(texts)} abstracts to train on, {len(held_out)} held out")
    args.out.mkdir(parents=True, exist_ok=True)
    network = network_of(args.start)
    checkpoint = args.out / "checkpoint.pt"
    settings = Settings(1e-4, 5e-4, args.batch, average=0.99, seed=args.seed)
    train(network, [Phase(texts, args.passes)], held_out, settings, checkpoint)
    save(network, checkpoint)
    export(network.eval(), "papers", texts, tokenizer, args.out)
    checkpoint.unlink()
    labels = neural.read_settings(args.out / "config.json")
    started = neural.read_settings(args.start / "config.json")
    fitted = replace(started, types=labels.types, relations=labels.relations)
    if len(held_out) >= FEWEST_HELD_OUT:
        model = neural.load_model(args.out)
        fitted, _ = tune.tuned(model, tune.pipeline(args.out, patterns=True), [i.example for i in held_out])
        fitted = replace(fitted, value_threshold=started.value_threshold)  # rules find results
    own = args.start / CLAIMS
    shutil.copy(own if own.exists() else MODEL / CLAIMS, args.out / CLAIMS)
    (args.out / "config.json").write_text(json.dumps(asdict(fitted), indent=1) + "\n", encoding="utf-8")
    checksums.write(args.out)
    print(f"{args.out}: a model for --extractor {args.out}")


if __name__ == "__main__":
    main()
