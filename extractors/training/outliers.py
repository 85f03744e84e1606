"""Before int8: take the few channels with huge activations out of a layer's matrix product.

An activation is quantized on one scale for the whole matrix, and BERT encoders have channels
ten times as large as all others, which leave those little of the scale. Such channels go
through a small product of their own, in 32 bits (Dettmers et al. 2022, "LLM.int8()", with the
channels fixed beforehand).
"""

# PyTorch and its companions need not be installed where the types are checked.
# mypy: disable-error-code="import-not-found,import-untyped,misc,untyped-decorator,no-any-return"

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import torch
from torch import Tensor, nn

from extractors.training.batches import Prepared, collate, read
from extractors.training.network import Layer, Network

MOST: Final = 2
"""Channels taken out of one product, at most."""
LARGE: Final = 1.4
"""A channel is taken out when it is so many times as large as the next largest."""


class Split(nn.Module):
    """A linear layer in two products: the channels in ``at`` apart from the others."""

    def __init__(self, linear: nn.Linear, at: list[int]) -> None:
        super().__init__()
        weight = linear.weight.detach().clone()  # [out, in]
        self.register_buffer("at", torch.tensor(at))
        self.register_buffer("apart", weight[:, at].t().contiguous())  # [few, out]
        weight[:, at] = 0
        keep = torch.ones(weight.shape[1])
        keep[at] = 0
        self.register_buffer("keep", keep)
        self.rest = nn.Linear(weight.shape[1], weight.shape[0])
        self.rest.weight.data.copy_(weight)
        self.rest.bias.data.copy_(linear.bias.detach())

    def forward(self, x: Tensor) -> Tensor:
        """The same as the linear layer."""
        return self.rest(x * self.keep) + x.index_select(-1, self.at) @ self.apart


def largest(network: Network, items: Iterable[Prepared]) -> dict[nn.Linear, Tensor]:
    """Largest absolute input [channels] of each feed-forward product over some texts."""
    seen: dict[nn.Linear, Tensor] = {}

    def note(module: nn.Linear, inputs: tuple[Tensor, ...], _: Any) -> None:
        peak = inputs[0].detach().abs().flatten(0, -2).amax(0)
        seen[module] = torch.maximum(seen[module], peak) if module in seen else peak

    layers = [m for m in network.modules() if isinstance(m, Layer)]
    hooks = [part.register_forward_hook(note) for layer in layers for part in (layer.up, layer.down)]
    with torch.no_grad():
        for item in items:
            batch = collate([(item, read(item))])
            states, _ = network.encode(batch.ids, batch.shapes, None, item.corpus)
            if item.corpus in network.pairs and item.entities:
                network.relate(states, batch.tags, None, item.corpus, *batch.arrays)
    for hook in hooks:
        hook.remove()
    return seen


def outlying(peaks: Tensor) -> list[int]:
    """The channels to take out: up to the last large drop among the largest ones."""
    order = torch.argsort(peaks, descending=True)[: MOST + 1].tolist()
    drops = [k + 1 for k in range(MOST) if peaks[order[k]] > LARGE * peaks[order[k + 1]]]
    return sorted(order[: drops[-1]]) if drops else []


def split_outliers(network: Network, items: Iterable[Prepared]) -> int:
    """Replace the feed-forward products that have outlying channels; returns how many."""
    peaks = largest(network, items)
    count = 0
    for layer in [m for m in network.modules() if isinstance(m, Layer)]:
        for name in ("up", "down"):
            linear = getattr(layer, name)
            at = outlying(peaks[linear]) if linear in peaks else []
            if at:
                setattr(layer, name, Split(linear, at))
                count += 1
    return count
