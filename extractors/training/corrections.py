"""Older annotations brought in line with points that the guideline settled later, where that is mechanical."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from extractors.training.examples import Concept, Example

METHODS: Final = re.compile(
    r"(?:deep learning|machine learning|(?:deep )?reinforcement learning|transfer learning"
    r"|(?:self-?|semi-?|un|weakly[- ])?supervised learning|contrastive learning|meta-?learning|active learning"
    r"|federated learning|curriculum learning|multi-?task learning|representation learning|fine-?tuning|pre-?training"
    r"|pruning|quantization|data augmentation|knowledge distillation|neural architecture search|automl)",
    re.IGNORECASE,
)
TASKS: Final = re.compile(
    r"(?:artificial intelligence|natural language processing|computer vision|(?:continual|lifelong) learning"
    r"|(?:few|zero|one)-shot learning|domain adaptation|domain generali[sz]ation|model compression"
    r"|out-of-distribution detection|ai|nlp)",
    re.IGNORECASE,
)
ROLES: Final = re.compile(
    r"(?:teachers?|students?|(?:teacher|student) (?:networks?|models?)|downstream tasks?|inference|baselines?)",
    re.IGNORECASE,
)
_UNNAMED: Final = re.compile(
    r"\b(?:existing|prior|previous|other|current|conventional|traditional|competing|alternative"
    r"|state-of-the-art|sota|many|most|all|several|recent) $",
    re.IGNORECASE,
)


def corrected(example: Example) -> Example:
    """The example by the settled points: types of standard terms, no roles, nobody compared with "existing X"."""
    concepts = [_typed(example.text, c) for c in example.concepts]
    keep = [n for n, c in enumerate(concepts) if not _all(example.text, c, ROLES)]
    new = {old: n for n, old in enumerate(keep)}
    relations = [
        (new[h], r, new[t])
        for h, r, t in example.relations
        if h in new and t in new and not _compares_with_a_class(example.text, concepts[t], r)
    ]
    return replace(example, concepts=[concepts[n] for n in keep], relations=relations)


def _all(text: str, concept: Concept, pattern: re.Pattern[str]) -> bool:
    return bool(concept.spans) and all(pattern.fullmatch(text[s:e]) for s, e in concept.spans)


def _typed(text: str, concept: Concept) -> Concept:
    if concept.type == "Task" and _all(text, concept, METHODS):
        return replace(concept, type="Method")
    if concept.type == "Method" and _all(text, concept, TASKS):
        return replace(concept, type="Task")
    return concept


def _compares_with_a_class(text: str, tail: Concept, relation: str) -> bool:
    """Whether a method is said to beat what the text has only as "existing X methods"."""
    if relation not in ("OUTPERFORMS", "COMPARED_WITH") or not tail.spans:
        return False
    return all(_UNNAMED.search(text[max(0, s - 40) : s]) for s, _ in tail.spans)
