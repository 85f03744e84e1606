"""A deeper network around a trained one: the trained layers stay, and those of a deeper encoder go between them.

all-MiniLM-L6-v2 and bge-small-en-v1.5 descend from the same twelve layers (MiniLM, Wang et al. 2020): the six of
the one are still like layers 0, 2, ..., 10 of the other (cosines of their weights 0.5 to 0.9; of any others 0.0).
So what was trained on the smaller encoder need not be learned anew on the larger one: with the layers between put
in, and before any training, the losses are 3.0, 0.6 and 3.6 (spans, entities, pairs), where the trained network's
are 1.8, 0.4 and 3.0 and those of the larger encoder under the trained heads 13.3, 1.2 and 5.1.
"""

# PyTorch and its companions need not be installed where the types are checked.
# mypy: disable-error-code="import-not-found,import-untyped,misc,untyped-decorator,no-any-return"

from __future__ import annotations

from dataclasses import replace

from extractors.training.network import Network


def deepened(trained: Network, encoder: Network) -> Network:
    """``trained``, of n layers, with a layer of ``encoder`` after each of its own but the last: 2 n - 1 layers.

    Layer i of the outcome is the trained layer i / 2 or, for odd i, layer i of the encoder.
    ValueError where the encoder has fewer layers or another width.
    """
    shape = replace(trained.shape, layers=2 * trained.shape.layers - 1, fork=2 * trained.shape.fork)
    if encoder.shape.layers < shape.layers or encoder.shape.width != shape.width:
        raise ValueError(f"the encoder needs {shape.layers} layers of width {shape.width}: {encoder.shape}")
    deeper = Network(shape)
    own, given = trained.state_dict(), encoder.state_dict()
    weights = dict(own)
    for name in deeper.state_dict():
        branch, _, rest = name.partition(".")
        if branch not in ("shared", "span_branch", "pair_branch"):
            continue
        number, _, part = rest.partition(".")
        i = int(number) + (0 if branch == "shared" else shape.fork)
        source, network, j = (own, trained, i // 2) if i % 2 == 0 else (given, encoder, i)
        weights[name] = source[_place(branch, j, network.shape.fork, part)]
    deeper.load_state_dict({name: weights[name] for name in deeper.state_dict()})
    return deeper


def _place(branch: str, layer: int, fork: int, part: str) -> str:
    """The name of a part of a layer, counted from the first, of a network that forks there."""
    if layer < fork:
        return f"shared.{layer}.{part}"
    return f"{'span_branch' if branch == 'shared' else branch}.{layer - fork}.{part}"
