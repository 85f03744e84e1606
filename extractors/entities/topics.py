"""What a paper is mainly about. Sets ``doc._.topics``.

A logistic model over the parts that entities play, fitted to annotated abstracts: what is
introduced, stands in the title, is named often, is the main method or the main task.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import extractors.document.extensions  # noqa: F401  registers doc._.topics
from extractors.document.annotations import Entity, TopicVote
from extractors.results.roles import main_method, main_task

MOST: Final = 3

WEIGHTS: Final = {
    "always": -4.07,
    "introduced": 1.32,
    "in the title": 2.71,
    "mentions, 6 or more being 1": 2.32,
    "mentions, the most named entity's being 1": 1.67,
    "task": 0.57,
    "dataset": -0.56,
    "metric": -1.06,
    "main method": 2.26,
    "main task": 1.48,
    "no title": 0.95,
    "introduced dataset": 1.56,
}


def find_topics(entities: Sequence[Entity], abstract_start: int, threshold: float) -> list[TopicVote]:
    """One to three entities, the likeliest first: those above ``threshold``, and the first in any case."""
    if not entities:
        return []
    method, task = main_method(entities), main_task(entities)
    most = max(len(entity.mentions) for entity in entities)
    votes = []
    for index, entity in enumerate(entities):
        features = {
            "always": 1.0,
            "introduced": float(entity.introduced),
            "in the title": float(any(m.start < abstract_start for m in entity.mentions)),
            "mentions, 6 or more being 1": min(len(entity.mentions), 6) / 6,
            "mentions, the most named entity's being 1": len(entity.mentions) / most,
            "task": float(entity.type == "Task"),
            "dataset": float(entity.type == "Dataset"),
            "metric": float(entity.type == "Metric"),
            "main method": float(index == method),
            "main task": float(index == task),
            "no title": float(abstract_start == 0),
            "introduced dataset": float(entity.type == "Dataset" and entity.introduced),
        }
        score = sum(WEIGHTS[name] * value for name, value in features.items())
        votes.append(TopicVote(index, 1 / (1 + math.exp(-score))))
    votes.sort(key=lambda vote: (-vote.confidence, vote.entity))
    return [vote for rank, vote in enumerate(votes[:MOST]) if rank == 0 or vote.confidence >= threshold]
