"""Training with PyTorch: a deeper network around a trained one, and several processes that train one network."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

SHARES = """
import sys
import torch
from torch import nn
from extractors.training import together
together.join()
one = nn.Parameter(torch.zeros(3))
one.grad = torch.full((3,), 1.0 + together.number())
unused = nn.Parameter(torch.zeros(2))
together.average_gradients([one, unused])
line = [together.share(range(7)), one.grad.tolist(), together.agreed(5.0 + together.number()), together.is_first()]
with open(f"{sys.argv[1]}.{together.number()}", "w") as file:
    file.write(str(line))
"""


def network(layers: int, fork: int, seed: int) -> Any:
    torch = pytest.importorskip("torch")
    from extractors.training.network import Network, Shape

    torch.manual_seed(seed)
    shape = Shape(120, {"papers": 8}, {"papers": 15}, layers, fork, width=24, heads=4, inner=32, span=8, pair=16)
    return Network(replace(shape, dropout=0.0))


def weight(network: Any, branch: str, layer: int) -> Any:
    return getattr(network, branch)[layer].up.weight


def test_a_deeper_network_keeps_what_was_trained() -> None:
    torch = pytest.importorskip("torch")
    from extractors.training.deepen import deepened

    trained, encoder = network(3, 2, seed=1), network(6, 6, seed=2)
    deeper = deepened(trained, encoder)
    assert (deeper.shape.layers, deeper.shape.fork) == (5, 4)
    for i in range(4):
        source = weight(trained, "shared", i // 2) if i % 2 == 0 else weight(encoder, "shared", i)
        assert torch.equal(weight(deeper, "shared", i), source)
    for branch in ("span_branch", "pair_branch"):
        assert torch.equal(weight(deeper, branch, 0), weight(trained, branch, 0))
    assert torch.equal(deeper.pairs["papers"].out.weight, trained.pairs["papers"].out.weight)
    assert torch.equal(deeper.embeddings.words.weight, trained.embeddings.words.weight)


def test_an_encoder_that_is_no_deeper_is_refused() -> None:
    pytest.importorskip("torch")
    from extractors.training.deepen import deepened

    with pytest.raises(ValueError, match="needs 5 layers of width 24"):
        deepened(network(3, 2, seed=1), network(4, 4, seed=2))


def test_the_shorter_way_of_training_computes_the_same() -> None:
    """Attention that nobody reads is not kept in training; padding is left out all the same."""
    torch = pytest.importorskip("torch")
    one = network(3, 2, seed=1)
    ids, shapes = torch.randint(5, 100, (2, 12)), torch.ones(2, 12, dtype=torch.long)
    real = torch.arange(12) < torch.tensor([[12], [7]])
    with torch.no_grad():
        for module in one.modules():
            if isinstance(module, torch.nn.Dropout):
                module.p = 0.0
        states, scores = one.train().encode(ids, shapes, real, "papers")
        plain, plain_scores = one.eval().encode(ids, shapes, real, "papers")
    assert torch.allclose(states[real], plain[real], atol=1e-5)
    assert torch.allclose(scores[0], plain_scores[0], atol=1e-5)


def run_two(*command: str) -> list[str]:
    together = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", *command]
    run = subprocess.run(together, capture_output=True, text=True, check=False, timeout=300)
    assert run.returncode == 0, run.stderr
    return [line for line in run.stdout.splitlines() if line]


def test_processes_share_texts_and_gradients(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    (tmp_path / "shares.py").write_text(SHARES)
    run_two(str(tmp_path / "shares.py"), str(tmp_path / "line"))
    assert [(tmp_path / f"line.{number}").read_text() for number in range(2)] == [
        "[[0, 2, 4], [1.5, 1.5, 1.5], 5.0, True]",
        "[[1, 3, 5], [1.5, 1.5, 1.5], 5.0, False]",
    ]


def test_two_processes_train_one_network(tmp_path: Path) -> None:
    """Only the first prints, measures and saves; the outcome can be gone on from."""
    pytest.importorskip("torch")
    from test_training import example, small_tokenizer

    from extractors.training.examples import write_examples
    from extractors.training.train import load, save

    texts = [replace(example(), id=str(n), dev=n == 0) for n in range(9)]
    write_examples(tmp_path / "papers.jsonl", texts)
    small_tokenizer().save(str(tmp_path / "tokenizer.json"))
    (tmp_path / "kept.json").write_text(json.dumps(list(range(120))))
    start, out = tmp_path / "start.pt", tmp_path / "out.pt"
    save(network(2, 1, seed=1), start)
    options = ["--data", str(tmp_path), "--start", str(start), "--out", str(out), "--passes", "2", "--batch", "2"]
    lines = [json.loads(line) for line in run_two("-m", "--", "extractors.training.train", *options)]
    assert [line.get("steps") for line in lines] == [None, 2, 4]
    assert lines[0]["texts"] == 4
    assert load(out).shape == load(start).shape
