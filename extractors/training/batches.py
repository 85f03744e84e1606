"""Examples as tensors, with the noise that prepares the relation heads for imperfect mentions."""

# PyTorch and its companions need not be installed where the types are checked.
# mypy: disable-error-code="import-not-found,import-untyped,misc,untyped-decorator,no-any-return"

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from extractors.neural import features as ft
from extractors.neural.decoding import candidates
from extractors.training.examples import SCHEMES, Example

DROP_ENTITY = 0.08
"""Share of the entities that a noisy reading of a text misses."""


@dataclass(slots=True)
class Prepared:
    """One text as the network reads it: n pieces, entities as (type, piece spans)."""

    example: Example
    pieces: ft.Pieces
    allowed: Tensor  # [n, MAX_WIDTH]
    gold: Tensor  # [n, MAX_WIDTH] label, 0 none
    entities: list[tuple[int, list[ft.Span]]]
    concept: list[int]  # entity -> index into example.concepts

    @property
    def corpus(self) -> str:
        """The corpus that the text is from."""
        return self.example.corpus


def prepare(example: Example, tokenizer: Tokenizer) -> Prepared:
    """The first window of an example; longer texts are too rare to matter in training."""
    pieces = ft.split_windows(example.text, example.title_end, tokenizer)[0]
    kinds = SCHEMES[example.corpus].types
    gold = np.zeros((len(pieces), ft.MAX_WIDTH), np.int64)
    entities, concept = [], []
    for n, c in enumerate(example.concepts):
        label = kinds.index(c.type)
        found = [ft.piece_span(pieces, *span) for span in c.spans]
        spans = [s for s in found if s is not None]
        for a, b in spans:
            if b - a < ft.MAX_WIDTH:
                gold[a, b - a] = label + 1
        if spans:
            entities.append((label, spans))
            concept.append(n)
    allowed = torch.from_numpy(candidates(pieces))
    return Prepared(example, pieces, allowed, torch.from_numpy(gold), entities, concept)


def legal_pairs(corpus: str, head: int, tail: int, sentences: int) -> bool:
    """Whether any relation of a corpus may hold between two types, so many sentences apart."""
    scheme = SCHEMES[corpus]
    if scheme.within_sentence:
        return sentences == 0
    return scheme.signatures is None or any(
        (scheme.types[head], scheme.types[tail]) in pairs for pairs in scheme.signatures.values()
    )


@dataclass(slots=True)
class Pairs:
    """Inputs and targets of the relation branch for one reading of a text."""

    tags: Tensor
    arrays: list[Tensor]
    entity_targets: Tensor  # [E, 2]
    targets: Tensor  # [P, R]
    legal: Tensor  # [P, R]
    arrangement: ft.Arrangement
    concept: list[int]  # -1 for an entity that is not in the gold


def pairs_of(
    item: Prepared, noise: random.Random | None = None, wrong: list[tuple[int, ft.Span]] | None = None
) -> Pairs:
    """Lay out the gold entities; with ``noise`` some are missing and some of the ``wrong`` spans join."""
    entities, concept = list(item.entities), list(item.concept)
    if noise is not None and len(entities) > 2:
        keep = [n for n in range(len(entities)) if noise.random() >= DROP_ENTITY]
        entities, concept = [entities[n] for n in keep], [concept[n] for n in keep]
        for label, span in wrong or []:
            entities.append((label, [span]))
            concept.append(-1)
    made = ft.arrange(item.pieces, entities, lambda h, t, s: legal_pairs(item.corpus, h, t, s))
    scheme = SCHEMES[item.corpus]
    related = {(h, r, t) for h, r, t in item.example.relations}
    targets = np.zeros((len(made.pairs), len(scheme.relations)), np.float32)
    legal = np.zeros_like(targets)
    for p, (h, t) in enumerate(made.pairs):
        kinds = (scheme.types[entities[h][0]], scheme.types[entities[t][0]])
        for r, relation in enumerate(scheme.relations):
            legal[p, r] = scheme.signatures is None or kinds in scheme.signatures[relation]
            stated = (concept[h], relation, concept[t]) in related
            if relation == "COMPARED_WITH":
                stated = stated or (concept[t], relation, concept[h]) in related
            targets[p, r] = stated and concept[h] >= 0 and concept[t] >= 0
    marks = [item.example.concepts[c] if c >= 0 else None for c in concept]
    entity_targets = np.array([(m.introduced, m.topic) if m else (0, 0) for m in marks], np.float32).reshape(-1, 2)
    return Pairs(
        tags=torch.from_numpy(made.tags),
        arrays=[torch.from_numpy(getattr(made, name)) for name in ft.ARRAYS],
        entity_targets=torch.from_numpy(entity_targets),
        targets=torch.from_numpy(targets),
        legal=torch.from_numpy(legal),
        arrangement=made,
        concept=concept,
    )


def likely_mistakes(item: Prepared, scores: Tensor, noise: random.Random) -> list[tuple[int, ft.Span]]:
    """Up to three spans that are not gold but that the span head finds most likely, off the gold mentions."""
    label_scores = scores[:, :, 1:].amax(2) - scores[:, :, 0]
    label_scores = label_scores.masked_fill(~item.allowed | (item.gold > 0), -1e4)
    taken = {i for _, spans in item.entities for a, b in spans for i in range(a, b + 1)}
    chosen: list[tuple[int, ft.Span]] = []
    wanted = noise.choice((0, 1, 1, 2, 3))
    for flat in torch.topk(label_scores.flatten(), min(24, label_scores.numel())).indices.tolist():
        start, width = divmod(flat, ft.MAX_WIDTH)
        covered = range(start, start + width + 1)
        if len(chosen) < wanted and bool(item.allowed[start, width]) and taken.isdisjoint(covered):
            taken.update(covered)
            chosen.append((int(scores[start, width, 1:].argmax()), (start, start + width)))
    return chosen
