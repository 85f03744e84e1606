"""The network of an exported model, read back from its two graphs, to go on training from.

Weights come back as exactly as int8 kept them. The graphs lost the names of most weights; they are
found by the names of the nodes that use them, which follow the modules.
"""

# PyTorch and its companions need not be installed where the types are checked.
# mypy: disable-error-code="import-not-found,import-untyped,misc,untyped-decorator,no-any-return"

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from extractors.training.examples import SCHEMES
from extractors.training.network import Network, Shape

Array = NDArray[Any]

_MODULE: Final = re.compile(r"^/(.+?)/(?:Gemm_)?MatMul(?:_quant|/MatMulAddFusion_MatMul_quant)?$")
_TAKEN_OUT: Final = re.compile(r"^/(.+/(?:up|down))/Gather$")
_QUANTIZED: Final = "_quantized"
HEADS: Final = {"encoder": "spans", "relations": "pairs"}


def network_of(folder: Path, dropout: float = 0.0) -> Network:
    """The network of the model in a folder.

    Types and relations that the model does not have are there untrained.
    """
    weights: dict[str, Array] = {}
    for name, heads in HEADS.items():
        weights |= _weights(folder / f"{name}.onnx", heads)
    weights = _whole(weights)
    scheme = SCHEMES["papers"]
    layers = {kind: _count(weights, kind) for kind in ("shared", "span_branch")}
    vocabulary, width = weights["embeddings.words.weight"].shape
    shape = Shape(
        vocabulary,
        {"papers": len(scheme.types) + 1},
        {"papers": len(scheme.relations)},
        layers=layers["shared"] + layers["span_branch"],
        fork=layers["shared"],
        width=width,
        inner=weights["shared.0.up.bias"].shape[0],
        heads=12 if width % 12 == 0 else 4,
        span=weights["spans.papers.start.bias"].shape[0],
        pair=weights["pairs.papers.middle.bias"].shape[0],
        dropout=dropout,
    )
    network = Network(shape)
    own = network.state_dict()
    if missing := own.keys() - weights.keys():
        raise ValueError(f"{folder}: no weights for {', '.join(sorted(missing)[:3])}")
    network.load_state_dict({name: _grown(name, weights[name], tensor) for name, tensor in own.items()})
    return network


def _weights(path: Path, heads: str) -> dict[str, Array]:
    """The weights in a graph by the names of the network's parameters, dequantized."""
    graph = onnx.load(str(path)).graph
    held = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    held |= {
        node.output[0]: numpy_helper.to_array(node.attribute[0].t)
        for node in graph.node
        if node.op_type == "Constant" and node.attribute[0].name == "value"
    }
    for name in [n for n in held if n.endswith(_QUANTIZED)]:
        base = name.removesuffix(_QUANTIZED)
        zero = held[f"{base}_zero_point"].astype(np.float32)
        held[base] = (held[name].astype(np.float32) - zero) * held[f"{base}_scale"]
    own = {
        re.sub("_Transposed$", "", name).removeprefix("network."): array.T if name.endswith("_Transposed") else array
        for name, array in held.items()
        if name.startswith("network.") and not name.endswith(("_scale", "_zero_point", _QUANTIZED))
    }
    for node in graph.node:
        inputs = [name.removesuffix(_QUANTIZED) for name in node.input]
        constant = next((name for name in inputs if name in held and not name.endswith("_zero_point")), None)
        if constant is None:
            continue
        if taken := _TAKEN_OUT.match(node.name):
            own[f"{taken[1].replace('/', '.')}.at"] = held[constant].reshape(-1)
        elif (module := _MODULE.match(node.name)) and constant.startswith("onnx::"):
            place = re.sub(r"^papers\.", f"{heads}.papers.", module[1].replace("/", "."))
            own[f"{place}.weight"] = held[constant].T
    return own


def _whole(weights: dict[str, Array]) -> dict[str, Array]:
    """Layers whose outlying channels are apart (`extractors.training.outliers`) as one again."""
    whole = {name: array for name, array in weights.items() if ".rest." not in name}
    for name, array in weights.items():
        module, rest, part = name.rpartition(".rest.")
        if rest and part == "weight":
            array = array.copy()
            array[:, weights[f"{module}.at"]] = weights[f"{module}.apart"].T
        if rest:
            whole[f"{module}.{part}"] = array
    return whole


def _count(weights: dict[str, Array], kind: str) -> int:
    return len({name.split(".")[1] for name in weights if name.startswith(f"{kind}.")})


def _grown(name: str, array: Array, fresh: torch.Tensor) -> torch.Tensor:
    """The array as a tensor of the size of ``fresh``, whose further labels or relations are kept."""
    given = torch.from_numpy(np.array(array, np.float32))
    if given.shape == fresh.shape:
        return given
    if name.endswith("biaffine"):  # [span, labels * span]
        size = fresh.shape[0]
        out = fresh.clone().reshape(size, -1, size)
        out[:, : given.shape[1] // size] = given.reshape(size, -1, size)
        return out.reshape(fresh.shape)
    out = fresh.clone()
    out[tuple(slice(0, s) for s in given.shape)] = given
    return out
