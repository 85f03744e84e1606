"""Several processes that train one network, each on its share of the texts, as ``torchrun`` starts them.

Without it a process is alone, and nothing here does anything. On two cores, two processes of one thread each train
a fifth faster than one process of two threads.
"""

# PyTorch and its companions need not be installed where the types are checked.
# mypy: disable-error-code="import-not-found,import-untyped,misc,untyped-decorator,no-any-return"

from __future__ import annotations

import atexit
import os
from collections.abc import Sequence
from typing import TypeVar

import torch
import torch.distributed as dist
from torch import nn

Item = TypeVar("Item")


def join() -> None:
    """Meet the other processes, if there are any: ``WORLD_SIZE`` says how many."""
    if int(os.environ.get("WORLD_SIZE", "1")) > 1 and not dist.is_initialized():
        dist.init_process_group("gloo")
        atexit.register(dist.destroy_process_group)  # its threads, left alone, at times abort the process


def number() -> int:
    """Which of the processes this is, from 0."""
    return dist.get_rank() if dist.is_initialized() else 0


def is_first() -> bool:
    """Whether this process is the one that measures, saves and prints."""
    return number() == 0


def share(items: Sequence[Item]) -> list[Item]:
    """The items of this process; all processes have equally many, and the remainder is left out."""
    if not dist.is_initialized():
        return list(items)
    count = dist.get_world_size()
    return list(items[: len(items) // count * count][dist.get_rank() :: count])


def agreed(value: float) -> float:
    """The value of the first process."""
    if dist.is_initialized():
        tensor = torch.tensor([value], dtype=torch.float64)
        dist.broadcast(tensor, 0)
        return float(tensor)
    return value


def average_gradients(parameters: Sequence[nn.Parameter]) -> None:
    """Give each parameter the mean of its gradients in all processes."""
    if not dist.is_initialized():
        return
    gradients = [p.grad for p in parameters if p.grad is not None]
    flat = torch.cat([g.reshape(-1) for g in gradients])
    dist.all_reduce(flat)
    flat /= dist.get_world_size()
    for gradient, mean in zip(gradients, flat.split([g.numel() for g in gradients]), strict=True):
        gradient.copy_(mean.view_as(gradient))
