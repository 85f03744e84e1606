"""Examples as padded tensors, with the noise that prepares the relation heads for imperfect mentions.

A text is :class:`Prepared` once; each pass over it makes a :class:`Reading`, the entities and pairs
that the relation branch is shown, and :func:`collate` puts readings of several texts into one batch.
"""

# PyTorch and its companions need not be installed where the types are checked.
# mypy: disable-error-code="import-not-found,import-untyped,misc,untyped-decorator,no-any-return"

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from extractors.neural import features as ft
from extractors.neural.decoding import candidates
from extractors.record import COMPARISONS, SYMMETRIC_RELATIONS
from extractors.training.examples import SCHEMES, Example

DROP_ENTITY: Final = 0.08
"""Share of the entities that a noisy reading of a text misses."""
MISTAKES: Final = 24
"""Likely mistakes remembered for each text."""
MOST_PAIRS: Final = 600
"""Pairs of a text beyond these are left out of training, those without a relation first."""

Entities = list[tuple[int, list[ft.Span]]]
"""Each a type index and its piece spans."""


@dataclass(slots=True)
class Soft:
    """What a teacher says of a text: probabilities for the student to agree with.

    ``spans`` [S, 2] are first piece and width of the spans that are not plainly nothing, ``labels``
    [S, labels] their probabilities; ``about`` [E, 2] and ``pairs`` [P, R] are of the item's entities, in
    the order of ``features.arrange``.
    """

    spans: NDArray[np.int16]
    labels: NDArray[np.float16]
    about: NDArray[np.float16]
    pairs: NDArray[np.float16]


@dataclass(slots=True)
class Prepared:
    """One text as the network reads it: n pieces, entities as (type, piece spans)."""

    example: Example
    pieces: ft.Pieces
    allowed: NDArray[np.bool_]  # [n, MAX_WIDTH]
    gold: NDArray[np.int8]  # [n, MAX_WIDTH] label, 0 none
    entities: Entities
    concept: list[int]  # entity -> index into example.concepts
    soft: Soft | None = None
    number: int = -1  # place in the list of mistakes

    @property
    def corpus(self) -> str:
        """The corpus that the text is from."""
        return self.example.corpus


def prepare(example: Example, tokenizer: Tokenizer) -> Prepared:
    """The first window of an example; longer texts are too rare to matter in training."""
    pieces = ft.split_windows(example.text, example.title_end, tokenizer)[0]
    kinds = SCHEMES[example.corpus].types
    gold = np.zeros((len(pieces), ft.MAX_WIDTH), np.int8)
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
    allowed = candidates(pieces)
    if not example.valued:
        allowed &= ~_numbers(example.text, pieces) | (gold > 0)
    return Prepared(example, pieces, allowed, gold, entities, concept)


_tokenizer: Tokenizer | None = None


def _start(path: str) -> None:
    global _tokenizer
    _tokenizer = Tokenizer.from_file(path)


def _prepare(example: Example) -> Prepared:
    assert _tokenizer is not None
    return prepare(example, _tokenizer)


def prepare_all(examples: Sequence[Example], tokenizer: Path, processes: int) -> list[Prepared]:
    """All texts, prepared on so many processes."""
    with multiprocessing.get_context("fork").Pool(processes, _start, (str(tokenizer),)) as pool:
        return pool.map(_prepare, examples, chunksize=64)


def _numbers(text: str, pieces: ft.Pieces) -> NDArray[np.bool_]:
    """Which spans [n, MAX_WIDTH] begin with a digit or a number sign: they may be values."""
    first = [s >= 0 and (text[s].isdigit() or text[s] in "+-~<>≥≤") for s in pieces.starts.tolist()]
    return np.repeat(np.array(first, np.bool_)[:, None], ft.MAX_WIDTH, 1)


def legal_pairs(corpus: str, head: int, tail: int, sentences: int) -> bool:
    """Whether any relation of a corpus may hold between two types, so many sentences apart."""
    scheme = SCHEMES[corpus]
    if scheme.within_sentence:
        return sentences == 0
    return scheme.signatures is None or any(
        (scheme.types[head], scheme.types[tail]) in pairs for pairs in scheme.signatures.values()
    )


@dataclass(slots=True)
class Reading:
    """Inputs and targets of the relation branch for one reading of a text."""

    made: ft.Arrangement
    about: NDArray[np.float32]  # [E, 2] introduced, topic
    about_known: NDArray[np.float32]  # [E] 0 for reported values, which are neither
    pairs: NDArray[np.float32]  # [P, R]
    legal: NDArray[np.float32]  # [P, R]


def read(item: Prepared, noise: random.Random | None = None, wrong: Sequence[tuple[int, ft.Span]] = ()) -> Reading:
    """Lay out the entities; with ``noise`` some are missing and some of the ``wrong`` spans join."""
    entities, concept = list(item.entities), list(item.concept)
    if noise is not None and len(entities) > 2:
        keep = [n for n in range(len(entities)) if noise.random() >= DROP_ENTITY]
        entities, concept = [entities[n] for n in keep], [concept[n] for n in keep]
        entities += [(label, [span]) for label, span in wrong]
        concept += [-1] * len(wrong)
    made = arranged(item, entities)
    legal = legal_relations(item.corpus, entities, made.pairs)
    values = _value_labels(item.corpus)
    about_known = np.array([label not in values for label, _ in entities], np.float32)
    if item.soft is not None:
        return Reading(made, item.soft.about.astype(np.float32), about_known, item.soft.pairs.astype(np.float32), legal)
    marks = [item.example.concepts[c] if c >= 0 else None for c in concept]
    about = np.array([(m.introduced, m.topic) if m else (0, 0) for m in marks], np.float32).reshape(-1, 2)
    return Reading(made, about, about_known, _targets(item, concept, made.pairs), legal)


def arranged(item: Prepared, entities: Entities) -> ft.Arrangement:
    """The entities of a text as arrays, with the pairs that its corpus may relate."""
    return ft.arrange(item.pieces, entities, lambda h, t, s: legal_pairs(item.corpus, h, t, s))


def legal_relations(corpus: str, entities: Entities, pairs: ft.Ints) -> NDArray[np.float32]:
    """Which relations [P, R] the types of each pair allow."""
    scheme = SCHEMES[corpus]
    if scheme.signatures is None:
        return np.ones((len(pairs), len(scheme.relations)), np.float32)
    kinds = [(scheme.types[entities[h][0]], scheme.types[entities[t][0]]) for h, t in pairs.tolist()]
    rows = [[kind in scheme.signatures[relation] for relation in scheme.relations] for kind in kinds]
    return np.array(rows, np.float32).reshape(-1, len(scheme.relations))


def _value_labels(corpus: str) -> set[int]:
    return {n for n, name in enumerate(SCHEMES[corpus].types) if name in COMPARISONS}


def _targets(item: Prepared, concept: list[int], pairs: ft.Ints) -> NDArray[np.float32]:
    """Which relations [P, R] are stated."""
    names = SCHEMES[item.corpus].relations
    rows = {(h, t): p for p, (h, t) in enumerate(pairs.tolist())}
    place = {c: n for n, c in enumerate(concept) if c >= 0}
    targets = np.zeros((len(pairs), len(names)), np.float32)
    for h, relation, t in item.example.relations:
        ends = [(h, t), (t, h)] if relation in SYMMETRIC_RELATIONS else [(h, t)]
        for one, other in ends:
            p = rows.get((place.get(one, -1), place.get(other, -1)))
            if p is not None:
                targets[p, names.index(relation)] = 1
    return targets


@dataclass(slots=True)
class Batch:
    """Padded inputs and targets of B texts; see :class:`Network` for the inputs."""

    corpus: str
    number: Tensor  # [B] place in the list of mistakes, or -1
    ids: Tensor
    shapes: Tensor
    real: Tensor
    allowed: Tensor  # [B, n, MAX_WIDTH]
    labels: Tensor  # [B, n, MAX_WIDTH] label, hard
    soft_at: Tensor  # [S] flat span indices that a teacher has probabilities for
    soft_labels: Tensor  # [S, labels]
    tags: Tensor
    arrays: list[Tensor]
    about: Tensor
    about_known: Tensor
    pairs: Tensor
    legal: Tensor

    def to(self, device: torch.device) -> Batch:
        """The same batch on a device."""
        moved = {}
        for name in self.__slots__:
            value = getattr(self, name)
            if isinstance(value, Tensor):
                moved[name] = value.to(device, non_blocking=True)
            elif isinstance(value, list):
                moved[name] = [a.to(device, non_blocking=True) for a in value]
            else:
                moved[name] = value
        return Batch(**moved)

    def pin(self) -> Batch:
        """The same batch in memory that a GPU reads fast."""
        for name in self.__slots__:
            value = getattr(self, name)
            if isinstance(value, Tensor):
                setattr(self, name, value.pin_memory())
            elif isinstance(value, list):
                setattr(self, name, [a.pin_memory() for a in value])
        return self

    pin_memory = pin  # the name that PyTorch's loader calls


def collate(items: Sequence[tuple[Prepared, Reading]]) -> Batch:
    """Texts of one corpus as one batch."""
    n = max(len(item.pieces) for item, _ in items)
    corpus = items[0][0].corpus
    labels = len(SCHEMES[corpus].types) + 1
    readings = [_fewer(reading) for _, reading in items]
    at, soft_labels = [], []
    for b, (item, _) in enumerate(items):
        if item.soft is not None:
            first, width = item.soft.spans.astype(np.int64).T
            at.append((b * n + first) * ft.MAX_WIDTH + width)
            soft_labels.append(item.soft.labels.astype(np.float32))

    def padded(arrays: Sequence[NDArray[np.generic]], fill: int = 0) -> Tensor:
        size = [max(a.shape[k] for a in arrays) for k in range(arrays[0].ndim)]
        out = np.full((len(arrays), *[max(1, s) for s in size]), fill, arrays[0].dtype)
        for b, a in enumerate(arrays):
            out[b][tuple(slice(0, s) for s in a.shape)] = a
        return torch.from_numpy(out)

    return Batch(
        corpus=corpus,
        number=torch.tensor([item.number for item, _ in items]),
        ids=padded([item.pieces.ids for item, _ in items]),
        shapes=padded([item.pieces.shapes for item, _ in items]),
        real=padded([np.ones(len(item.pieces), np.bool_) for item, _ in items]),
        allowed=padded([item.allowed for item, _ in items]),
        labels=padded([item.gold for item, _ in items]),
        soft_at=torch.from_numpy(np.concatenate(at) if at else np.zeros(0, np.int64)),
        soft_labels=torch.from_numpy(np.concatenate(soft_labels) if at else np.zeros((0, labels), np.float32)),
        tags=padded([r.made.tags for r in readings]),
        arrays=[padded([getattr(r.made, name) for r in readings]) for name in ft.ARRAYS],
        about=padded([r.about for r in readings]),
        about_known=padded([r.about_known for r in readings]),
        pairs=padded([r.pairs for r in readings]),
        legal=padded([r.legal for r in readings]),
    )


def _fewer(reading: Reading) -> Reading:
    """At most ``MOST_PAIRS`` pairs, those with a relation first."""
    if len(reading.pairs) <= MOST_PAIRS:
        return reading
    chosen = np.sort(np.argsort(-reading.pairs.max(1), kind="stable")[:MOST_PAIRS])
    parts = {name: getattr(reading.made, name) for name in ("mentions", "owner", "entity", "tags")}
    parts |= {name: getattr(reading.made, name)[chosen] for name in ("pairs", "local", "local_mask", "window", "gap")}
    return Reading(
        ft.Arrangement(**parts), reading.about, reading.about_known, reading.pairs[chosen], reading.legal[chosen]
    )


class Mistakes:
    """For each training text the spans that the network last took for mentions most nearly, wrongly.

    Lives in shared memory: the training process writes, the loader's processes read.
    """

    def __init__(self, texts: int) -> None:
        self.spans = torch.full((texts, MISTAKES, 3), -1, dtype=torch.int16).share_memory_()

    @torch.no_grad()
    def note(self, batch: Batch, scores: Tensor) -> None:
        """Remember the most likely spans [first, width, label] that are none, from a batch's scores."""
        best, label = scores[..., 1:].max(-1)
        odds = (best - scores[..., 0]).masked_fill(~batch.allowed | (batch.labels > 0), -1e4).flatten(1)
        flat = torch.topk(odds, min(MISTAKES, odds.shape[1]), 1).indices
        label = label.flatten(1).gather(1, flat)
        rows = torch.stack([flat // ft.MAX_WIDTH, flat % ft.MAX_WIDTH, label], 2).to(torch.int16).cpu()
        known = batch.number.cpu() >= 0
        self.spans[batch.number.cpu()[known], : rows.shape[1]] = rows[known]

    def choose(self, item: Prepared, noise: random.Random) -> list[tuple[int, ft.Span]]:
        """Up to three of them that overlap neither an entity nor one another."""
        taken = {i for _, spans in item.entities for a, b in spans for i in range(a, b + 1)}
        chosen: list[tuple[int, ft.Span]] = []
        wanted = noise.choice((0, 1, 1, 2, 3)) if item.number >= 0 else 0
        for start, width, label in self.spans[item.number].tolist() if wanted else ():
            covered = range(start, start + width + 1)
            legal = start >= 0 and start + width < len(item.pieces) and bool(item.allowed[start, width])
            if legal and len(chosen) < wanted and taken.isdisjoint(covered):
                taken.update(covered)
                chosen.append((label, (start, start + width)))
        return chosen


@dataclass
class Texts(torch.utils.data.Dataset):
    """Batches by number, for PyTorch's loader; texts of a batch are of one corpus and of about one length."""

    items: list[Prepared]
    groups: list[list[int]]
    seed: int
    mistakes: Mistakes | None = None
    noisy: bool = True

    def __len__(self) -> int:
        return len(self.groups)

    def __getitem__(self, index: int) -> Batch:
        noise = random.Random(self.seed * 1_000_003 + index)
        chosen = []
        for item in (self.items[i] for i in self.groups[index]):
            noisy = self.noisy and item.soft is None and item.corpus == "papers"
            wrong = self.mistakes.choose(item, noise) if noisy and self.mistakes else []
            chosen.append((item, read(item, noise if noisy else None, wrong)))
        return collate(chosen)


def group(items: Sequence[Prepared], size: int, noise: random.Random | None = None) -> list[list[int]]:
    """Indices of the items in batches of about one length; with ``noise`` in a random order."""
    order = list(range(len(items)))
    if noise is None:
        order.sort(key=lambda i: (items[i].corpus, len(items[i].pieces)))
        return [order[k : k + size] for k in range(0, len(order), size)]
    noise.shuffle(order)
    groups = []
    for k in range(0, len(order), size * 32):
        part = sorted(order[k : k + size * 32], key=lambda i: (items[i].corpus, len(items[i].pieces)))
        groups += [part[j : j + size] for j in range(0, len(part), size)]
    groups = [g for whole in groups for g in _by_corpus(items, whole)]
    noise.shuffle(groups)
    return groups


def _by_corpus(items: Sequence[Prepared], indices: Sequence[int]) -> list[list[int]]:
    found: dict[str, list[int]] = {}
    for i in indices:
        found.setdefault(items[i].corpus, []).append(i)
    return list(found.values())
