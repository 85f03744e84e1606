"""Step 4: a checkpoint as two ONNX graphs with int8 weights, beside tokenizer and settings.

``encoder.onnx`` reads a text (ids, shapes) and gives states and span scores; ``relations.onnx``
reads the states and the arranged entities. Weights are int8 per channel; activations are
scaled per call, that is, per text, as the graphs take no batches.
"""

# PyTorch and its companions need not be installed where the types are checked.
# mypy: disable-error-code="import-not-found,import-untyped,misc,untyped-decorator,no-any-return"

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer
from torch import Tensor, nn

from extractors import checksums
from extractors.neural import features as ft
from extractors.training.batches import Prepared, prepare
from extractors.training.examples import SCHEMES, read_examples
from extractors.training.network import Network
from extractors.training.outliers import MOST, split_outliers
from extractors.training.train import load

OPSET: Final = 17
CALIBRATION_TEXTS: Final = 40


class _Encoder(nn.Module):
    def __init__(self, network: Network, corpus: str) -> None:
        super().__init__()
        self.network, self.corpus = network, corpus

    def forward(self, ids: Tensor, shapes: Tensor) -> tuple[Tensor, Tensor]:
        states, scores = self.network.encode(ids[None], shapes[None], None, self.corpus)
        return states[0], scores[0]


class _Relations(nn.Module):
    def __init__(self, network: Network, corpus: str) -> None:
        super().__init__()
        self.network, self.corpus = network, corpus

    def forward(self, states: Tensor, tags: Tensor, *arrays: Tensor) -> tuple[Tensor, Tensor]:
        about, related = self.network.relate(states[None], tags[None], None, self.corpus, *(a[None] for a in arrays))
        return about[0], related[0]


def sample(n: int, width: int) -> tuple[Tensor, Tensor, list[Tensor]]:
    """States, tags and arrays of a made-up text of n pieces with three entities, to trace with."""
    pieces = ft.Pieces(
        ids=np.ones(n, np.int64),
        shapes=np.zeros(n, np.int64),
        starts=np.arange(n),
        ends=np.arange(n) + 1,
        sentences=np.arange(n) // 9,
        word_start=np.ones(n, np.bool_),
        word_end=np.ones(n, np.bool_),
    )
    made = ft.arrange(pieces, [(0, [(2, 3), (9, 9)]), (1, [(5, 6)]), (2, [(12, 14)])], lambda h, t, s: h != 2)
    return torch.randn(n, width), torch.from_numpy(made.tags), [torch.from_numpy(getattr(made, a)) for a in ft.ARRAYS]


def _export(
    module: nn.Module,
    inputs: tuple[Any, ...],
    path: Path,
    names: list[str],
    outputs: list[str],
    axes: dict[str, dict[int, str]],
) -> None:
    torch.onnx.export(
        module.eval(),
        inputs,
        str(path),
        input_names=names,
        output_names=outputs,
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
        do_constant_folding=True,
    )


def export_float(network: Network, corpus: str, folder: Path) -> list[Path]:
    """Both graphs with 32-bit weights."""
    encoder, relations = folder / "encoder.onnx", folder / "relations.onnx"
    ids = torch.arange(20) % network.shape.vocabulary
    _export(
        _Encoder(network, corpus),
        (ids, torch.zeros(20, dtype=torch.long)),
        encoder,
        ["ids", "shapes"],
        ["states", "scores"],
        {k: {0: "n"} for k in ("ids", "shapes", "states", "scores")},
    )
    states, tags, arrays = sample(20, network.shape.width)
    axes = {"states": {0: "n"}, "tags": {0: "n"}, "mentions": {0: "m"}, "owner": {0: "e", 1: "m"}, "entity": {0: "e"}}
    axes |= {name: {0: "p"} for name in ("pairs", "local", "local_mask", "window", "gap", "related")}
    axes["about"] = {0: "e"}
    _export(
        _Relations(network, corpus),
        (states, tags, *arrays),
        relations,
        ["states", "tags", *ft.ARRAYS],
        ["about", "related"],
        axes,
    )
    return [encoder, relations]


def quantize(source: Path, target: Path) -> None:
    """int8 weights, per channel, for matrix products and embeddings."""
    with tempfile.TemporaryDirectory() as scratch:
        ready = Path(scratch) / "ready.onnx"
        quant_pre_process(str(source), str(ready), skip_symbolic_shape=True)
        graph = onnx.load(str(ready)).graph
        small = {tensor.name for tensor in graph.initializer if tensor.dims and tensor.dims[0] <= MOST}
        apart = [node.name for node in graph.node if node.op_type == "MatMul" and small & set(node.input)]
        quantize_dynamic(
            str(ready),
            str(target),
            weight_type=QuantType.QInt8,
            per_channel=True,
            nodes_to_exclude=apart,
            op_types_to_quantize=["MatMul", "Gather"],
            extra_options={"MatMulConstBOnly": True},
        )


def without_notes(path: Path) -> None:
    """Remove what the tracer noted about source files, so that the file depends on the weights alone."""
    model = onnx.load(str(path))
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    model.graph.doc_string = model.doc_string = ""
    onnx.save(model, str(path))


def export(network: Network, corpus: str, items: Sequence[Prepared], tokenizer: Path, out: Path) -> None:
    """The folder of a model: two graphs, tokenizer and, where there is none yet, settings.

    Weights become int8 if there are ``items``, texts on which outlying channels are looked for; else they stay 32-bit.
    """
    out.mkdir(parents=True, exist_ok=True)
    if items:
        print(f"{split_outliers(network, items[:CALIBRATION_TEXTS])} products split")
    with tempfile.TemporaryDirectory() as scratch:
        for path in export_float(network, corpus, Path(scratch)):
            target = out / path.name
            if items:
                quantize(path, target)
            else:
                shutil.copy(path, target)
            without_notes(target)
            print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")
    shutil.copy(tokenizer, out / "tokenizer.json")
    config = out / "config.json"
    if not config.exists():
        scheme = SCHEMES[corpus]
        settings = {"types": scheme.types, "relations": scheme.relations}
        config.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    checksums.write(out)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="folder that the prepare step wrote")
    parser.add_argument("--corpus", choices=sorted(SCHEMES), default="papers")
    parser.add_argument("--float", action="store_true", help="keep 32-bit weights")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    args = parser.parse_args()
    items: list[Prepared] = []
    if not args.float:
        tokenizer = Tokenizer.from_file(str(args.data / "tokenizer.json"))
        known = [e for e in read_examples(args.data / f"{args.corpus}.jsonl") if not e.dev][:CALIBRATION_TEXTS]
        items = [prepare(e, tokenizer) for e in known]
    export(load(args.checkpoint), args.corpus, items, args.data / "tokenizer.json", args.out)


if __name__ == "__main__":
    main()
