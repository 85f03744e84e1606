"""What the learned extractor reads: word pieces, span candidates, entity and pair features.

Pure numpy, shared by training and inference, so that a model meets at run time exactly
what it was trained on. All indices named ``piece`` count word pieces of one window of the
text, laid out as ``[CLS] title [SEP] abstract [SEP]``; characters count in the whole text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

MAX_PIECES: Final = 512
"""Positions that the encoder has."""
MAX_WIDTH: Final = 16
"""Longest span considered, in word pieces; 99.9 % of the annotated mentions fit."""
LOCAL_PAIRS: Final = 3
"""Mention pairs looked at for one pair of entities: the closest ones."""
SHAPES: Final = 7
TAG_NONE: Final = 0
DISTANCES: Final = 8
SENTENCE_GAPS: Final = 4
POSITIONS: Final = 8
COUNTS: Final = 5

ARRAYS: Final = ("mentions", "owner", "entity", "pairs", "local", "local_mask", "window", "gap")
"""Fields of an :class:`Arrangement` that the pair heads read, in the order that they take them."""

_FULL_STOPS: Final = frozenset(".?!")
_STEPS: Final = 1 << np.arange(DISTANCES - 1)

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pieces:
    """One window of a text in word pieces: n of them, special ones included.

    ``starts`` and ``ends`` are character offsets (both -1 for special pieces), ``shapes``
    tells upper from lower case, which the vocabulary does not, and title from abstract.
    ``sentences`` numbers the sentences; the title is sentence 0.
    """

    ids: Ints
    shapes: Ints
    starts: Ints
    ends: Ints
    sentences: Ints
    word_start: NDArray[np.bool_]
    word_end: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)


@lru_cache(maxsize=1 << 14)
def shape_of(form: str) -> int:
    """Case class of a word: 0 none, 1 lower, 2 Capitalised, 3 UPPER, 4 miXed, 5 digits, 6 single capital."""
    if form.isdigit():
        return 5
    if not any(c.isalpha() for c in form):
        return 0
    if form.islower():
        return 1
    if form.isupper():
        return 6 if len(form) == 1 else 3
    return 2 if form[0].isupper() and form[1:].islower() else 4


def split_windows(text: str, title_end: int, tokenizer: Tokenizer) -> list[Pieces]:
    """The text as one window, or as several where it is longer than the encoder's positions."""
    title = _field(text, 0, title_end, tokenizer)
    body = _field(text, title_end, len(text), tokenizer)
    room = MAX_PIECES - 3 - len(title)
    if room < MAX_PIECES // 4:  # a title out of all proportion is read as plain text
        title, body, room = title[:0], np.concatenate([title, body]), MAX_PIECES - 3
    closing = _closing(text, body if len(body) > room else body[:0])
    windows: list[Pieces] = []
    while len(body) > room:
        breaks = np.flatnonzero(closing[room // 2 - 1 : room - 1])
        cut = int(breaks[-1]) + room // 2 if len(breaks) else room
        windows.append(_window(text, title, body[:cut], tokenizer))
        title, body, closing = title[:0], body[cut:], closing[cut:]
    return [*windows, _window(text, title, body, tokenizer)]


def _field(text: str, start: int, end: int, tokenizer: Tokenizer) -> Ints:
    """The pieces of ``text[start:end]``: vocabulary index, first character, end character."""
    coded = tokenizer.encode(text[start:end], add_special_tokens=False)
    rows = np.empty((len(coded.ids), 3), np.int64)
    rows[:, 0] = coded.ids
    rows[:, 1:] = np.array(coded.offsets, np.int64).reshape(-1, 2) + start
    return rows


def _closing(text: str, pieces: Ints) -> NDArray[np.bool_]:
    """Which pieces close a sentence: a full stop, a blank and then no lower-case letter."""
    closing = np.zeros(len(pieces), np.bool_)
    starts, ends = pieces[:, 1].tolist(), pieces[:, 2].tolist()
    for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if text[start:end] in _FULL_STOPS:
            closing[i] = i + 1 == len(starts) or (starts[i + 1] > end and not text[starts[i + 1]].islower())
    return closing


def _window(text: str, title: Ints, body: Ints, tokenizer: Tokenizer) -> Pieces:
    cls, sep = (np.array([[tokenizer.token_to_id(name), -1, -1]]) for name in ("[CLS]", "[SEP]"))
    ids, starts, ends = np.concatenate([cls, title, sep, body, sep]).T.copy()
    n, first = len(ids), len(title) + 2
    closing = _closing(text, body)
    sentences = np.zeros(n, np.int64)
    sentences[first:] = 1 + np.cumsum([0, *closing])
    real = starts >= 0
    glued_before = np.zeros(n, np.bool_)
    glued_before[1:] = real[1:] & real[:-1] & (starts[1:] == ends[:-1])
    alnum_first = np.array([s >= 0 and text[s].isalnum() for s in starts.tolist()])
    alnum_last = np.array([e > 0 and text[e - 1].isalnum() for e in ends.tolist()])
    inside = glued_before & alnum_first & np.concatenate([[False], alnum_last[:-1]])
    word_start = real & ~inside
    word_end = real & ~np.concatenate([inside[1:], [False]])
    shapes = _shapes(text, starts, ends, word_start)
    shapes[first:] += SHAPES  # the abstract's shapes are a second set
    return Pieces(ids, shapes, starts, ends, sentences, word_start, word_end)


def _shapes(text: str, starts: Ints, ends: Ints, word_start: NDArray[np.bool_]) -> Ints:
    """Every piece has the shape of the whole word that it is part of; special pieces have none."""
    firsts = np.flatnonzero(word_start | (starts < 0))
    lengths = np.diff(firsts, append=len(starts))
    spans = zip(starts[firsts].tolist(), ends[firsts + lengths - 1].tolist(), strict=True)
    return np.repeat([shape_of(text[start:end]) if start >= 0 else 0 for start, end in spans], lengths)


def piece_span(pieces: Pieces, start: int, end: int) -> Span | None:
    """The pieces (first, last) that overlap the characters start to end, or None outside the window."""
    return piece_spans(pieces, [(start, end)])[0]


def piece_spans(pieces: Pieces, places: Sequence[Span]) -> list[Span | None]:
    """`piece_span` of many places at once."""
    real = np.flatnonzero(pieces.starts >= 0)
    starts, ends = np.array(places, np.int64).reshape(-1, 2).T
    firsts = np.searchsorted(pieces.ends[real], starts, side="right").tolist()
    lasts = (np.searchsorted(pieces.starts[real], ends, side="left") - 1).tolist()
    at = real.tolist()
    return [(at[a], at[b]) if a <= b else None for a, b in zip(firsts, lasts, strict=True)]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Entities of one window as arrays for the relation heads.

    M mentions, E entities, P ordered pairs, K local mention pairs a pair.
    """

    mentions: Ints  # [M, 2] first and last piece
    owner: Floats  # [E, M] 1 where the mention belongs to the entity
    entity: Ints  # [E, 4] type, count, position, in title
    pairs: Ints  # [P, 2] head and tail entity
    local: Ints  # [P, K, 2] head and tail mention
    local_mask: Floats  # [P, K] 1 where there is such a mention pair
    window: Ints  # [P, K, 2] first and last piece of the stretch around both mentions
    gap: Ints  # [P, K, 3] distance, sentence distance, head first
    tags: Ints  # [n] 0 outside, 1 + 2·type begins, 2 + 2·type continues a mention


def bucket(distance: int | Ints) -> Ints:
    """Log-scaled distance in pieces: 0, 1, 2-3, 4-7, ... 64 and more."""
    return np.asarray(np.searchsorted(_STEPS, distance, side="right"))


def arrange(
    pieces: Pieces, entities: Sequence[tuple[int, Sequence[Span]]], legal: Callable[[int, int, int], bool]
) -> Arrangement:
    """Lay out entities, each a type index and its piece spans.

    ``legal(head type, tail type, sentence distance)`` says which ordered pairs are scored.
    """
    spans = np.array([s for _, mentions in entities for s in mentions], np.int64).reshape(-1, 2)
    owners = np.array([e for e, (_, mentions) in enumerate(entities) for _ in mentions], np.int64)
    kinds = [kind for kind, _ in entities]
    owner = np.zeros((len(entities), len(spans)), np.float32)
    owner[owners, np.arange(len(spans))] = 1
    tags = np.zeros(len(pieces), np.int64)
    for (a, b), e in zip(spans.tolist(), owners.tolist(), strict=True):
        tags[a : b + 1] = 2 + 2 * kinds[e]
        tags[a] = 1 + 2 * kinds[e]
    pairs, local = _closest(spans, owners)
    distances = _sentences_apart(pieces, spans, local)
    nearest = np.where(local[..., 0] >= 0, distances, len(pieces)).min(1, initial=len(pieces))
    chosen = [legal(kinds[h], kinds[t], s) for (h, t), s in zip(pairs.tolist(), nearest.tolist(), strict=True)]
    kept = np.array(chosen, np.bool_)
    return Arrangement(
        mentions=spans,
        owner=owner,
        entity=np.array([_entity_row(pieces, t, m) for t, m in entities], np.int64).reshape(-1, 4),
        pairs=pairs[kept],
        tags=tags,
        **_local(pieces, spans, local[kept], distances[kept]),
    )


def _entity_row(pieces: Pieces, kind: int, mentions: Sequence[Span]) -> tuple[int, int, int, int]:
    """Type, number of mentions, sentence of the first mention outside the title, whether in the title."""
    sentences = [int(pieces.sentences[a]) for a, _ in mentions]
    later = [s for s in sentences if s > 0]
    position = min(min(later), POSITIONS - 1) if later else 0
    return kind, min(len(mentions), COUNTS - 1), position, int(0 in sentences)


def _closest(spans: Ints, owners: Ints) -> tuple[Ints, Ints]:
    """All ordered pairs of entities [P, 2], and the closest mention pairs of each [P, LOCAL_PAIRS, 2].

    Nearest first, earlier first where equally near; -1 where an entity pair has no more mention pairs.
    """
    m = len(spans)
    i, j = (index.ravel() for index in np.indices((m, m)))
    apart = owners[i] != owners[j]
    i, j = i[apart], j[apart]
    earlier = np.minimum(spans[i, 0], spans[j, 0])
    order = np.lexsort((j, i, earlier, _gap(spans, i, j), owners[j], owners[i]))
    i, j = i[order], j[order]
    pair = owners[i] * (owners.max(initial=0) + 1) + owners[j]
    firsts = np.flatnonzero(np.diff(pair, prepend=-1))
    counts = np.diff(firsts, append=len(pair))
    rank = np.arange(len(pair)) - np.repeat(firsts, counts)
    near = rank < LOCAL_PAIRS
    local = np.full((len(firsts), LOCAL_PAIRS, 2), -1, np.int64)
    local[np.repeat(np.arange(len(firsts)), counts)[near], rank[near]] = np.stack([i, j], 1)[near]
    return np.stack([owners[i[firsts]], owners[j[firsts]]], 1), local


def _gap(spans: Ints, i: Ints, j: Ints) -> Ints:
    """Pieces between the spans at the indices ``i`` and ``j``."""
    between = np.maximum(spans[i, 0], spans[j, 0]) - np.minimum(spans[i, 1], spans[j, 1]) - 1
    return np.asarray(np.maximum(between, 0))


def _sentences_apart(pieces: Pieces, spans: Ints, local: Ints) -> Ints:
    """How many sentences lie between two mentions."""
    sentences = pieces.sentences[spans[:, 0]]
    return np.asarray(np.abs(sentences[local[..., 0]] - sentences[local[..., 1]]))


def _local(pieces: Pieces, spans: Ints, local: Ints, distances: Ints) -> dict[str, NDArray]:  # type: ignore[type-arg]
    """What the pair heads read of each mention pair; zeros where there is none."""
    there = local[..., 0] >= 0
    i, j = local[..., 0], local[..., 1]
    first = np.minimum(spans[i, 0], spans[j, 0]) - 3
    last = np.maximum(spans[i, 1], spans[j, 1]) + 3
    window = np.stack([np.maximum(first, 0), np.minimum(last, len(pieces) - 1)], -1)
    apart = np.minimum(distances, SENTENCE_GAPS - 1)
    gap = np.stack([bucket(_gap(spans, i, j)), apart, spans[i, 0] < spans[j, 0]], -1)
    each = there[..., None]
    return {
        "local": np.where(each, local, 0),
        "local_mask": there.astype(np.float32),
        "window": np.where(each, window, 0),
        "gap": np.where(each, gap, 0),
    }
