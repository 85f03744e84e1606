"""Weights of pre-trained encoders, from the files that packages carry them in, to start a network from.

BERT from ``.safetensors`` or from an exported ``.onnx`` graph, MPNet (Song et al. 2020) from
``.safetensors``. All are read into BERT's names.
"""

# PyTorch and its companions need not be installed where the types are checked.
# mypy: disable-error-code="import-not-found,import-untyped,misc,untyped-decorator,no-any-return"

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import torch
from torch import Tensor

from extractors.neural import features as ft
from extractors.training.network import Network, Shape

Tensors = dict[str, Tensor]

RELATIVE: Final = "encoder.relative_attention_bias.weight"
_LAYER: Final = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "out",
    "attention.output.LayerNorm": "norm1",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "norm2",
}
_MPNET: Final = {
    "attention.attn.q": "attention.self.query",
    "attention.attn.k": "attention.self.key",
    "attention.attn.v": "attention.self.value",
    "attention.attn.o": "attention.output.dense",
    "attention.LayerNorm": "attention.output.LayerNorm",
}
_MPNET_SPECIAL: Final = {0: 1, 100: 3, 101: 0, 102: 2}
"""Rows of [PAD], [UNK], [CLS] and [SEP] in BERT's vocabulary and in MPNet's, which has BERT's words four rows later."""
MPNET_FIRST_POSITION: Final = 2
"""MPNet numbers positions from here, after RoBERTa."""


def read_encoder(path: Path) -> Tensors:
    """The weights in a file, by BERT's names; MPNet's have ``RELATIVE``, too."""
    if path.suffix == ".onnx":
        return _from_onnx(path)
    from safetensors.torch import load_file

    tensors: Tensors = load_file(path)
    if RELATIVE not in tensors:
        return tensors
    out = {}
    for name, tensor in tensors.items():
        for theirs, ours in _MPNET.items():
            name = name.replace(f".{theirs}.", f".{ours}.")
        out[name] = tensor
    positions = out["embeddings.position_embeddings.weight"]
    out["embeddings.position_embeddings.weight"] = positions[MPNET_FIRST_POSITION:][: ft.MAX_PIECES]
    return out


def _from_onnx(path: Path) -> Tensors:
    """Weights of linear layers lost their names in the graph; they are found by the biases added to their products."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    tensors = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()) for t in graph.initializer}
    products = {node.output[0]: node.input[1] for node in graph.node if node.op_type == "MatMul"}
    for node in graph.node:
        if node.op_type != "Add":
            continue
        bias = next((n for n in node.input if n.endswith(".bias")), None)
        product = next((n for n in node.input if n in products), None)
        if bias and product and products[product] in tensors:
            tensors[bias.removesuffix("bias") + "weight"] = tensors[products[product]].t().contiguous()
    return tensors


def shape_of(tensors: Tensors, shape: Shape) -> Shape:
    """``shape`` with the sizes of an encoder: layers, width, heads of 32 (small) or 64 channels, inner width."""
    width = tensors["embeddings.word_embeddings.weight"].shape[1]
    layers = 1 + max(int(name.split(".")[2]) for name in tensors if name.startswith("encoder.layer."))
    inner = tensors["encoder.layer.0.intermediate.dense.bias"].shape[0]
    return replace(shape, layers=layers, width=width, inner=inner, heads=12, relative=RELATIVE in tensors)


def start_from(network: Network, tensors: Tensors, kept: Tensor) -> None:
    """Start from a pre-trained encoder; ``kept`` [vocabulary] are the rows of BERT's words that remain."""
    shape, emb = network.shape, network.embeddings
    if shape.relative:
        kept = torch.tensor([_MPNET_SPECIAL.get(row, row + 4) for row in kept.tolist()])
    with torch.no_grad():
        emb.words.weight.copy_(tensors["embeddings.word_embeddings.weight"][kept])
        emb.positions.weight.copy_(tensors["embeddings.position_embeddings.weight"])
        if "embeddings.token_type_embeddings.weight" in tensors:
            emb.positions.weight.add_(tensors["embeddings.token_type_embeddings.weight"][0])
        emb.norm.weight.copy_(tensors["embeddings.LayerNorm.weight"])
        emb.norm.bias.copy_(tensors["embeddings.LayerNorm.bias"])
        if shape.relative:
            network.relative.table.weight.copy_(tensors[RELATIVE])
        for n in range(shape.layers):
            targets = (
                [network.shared[n]]
                if n < shape.fork
                else [network.span_branch[n - shape.fork], network.pair_branch[n - shape.fork]]
            )
            for target in targets:
                for theirs, ours in _LAYER.items():
                    part = getattr(target, ours)
                    part.weight.copy_(tensors[f"encoder.layer.{n}.{theirs}.weight"])
                    part.bias.copy_(tensors[f"encoder.layer.{n}.{theirs}.bias"])
