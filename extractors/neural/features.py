"""What the learned extractor reads: word pieces, span candidates, entity and pair features.

Pure numpy, shared by training and inference, so that a model meets at run time exactly
what it was trained on. All indices named ``piece`` count word pieces of one window of the
text, laid out as ``[CLS] title [SEP] abstract [SEP]``; characters count in the whole text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
        title, body, room = [], title + body, MAX_PIECES - 3
    windows: list[list[_Piece]] = []
    while len(body) > room:
        breaks = [i for i in range(room // 2, room) if _ends_sentence(text, body, i - 1)]
        cut = breaks[-1] if breaks else room
        windows.append(body[:cut])
        body = body[cut:]
    windows.append(body)
    return [_window(text, title if k == 0 else [], part, tokenizer) for k, part in enumerate(windows)]


_Piece = tuple[int, int, int]
"""Vocabulary index, first character, end character."""


def _field(text: str, start: int, end: int, tokenizer: Tokenizer) -> list[_Piece]:
    coded = tokenizer.encode(text[start:end], add_special_tokens=False)
    return [(i, s + start, e + start) for i, (s, e) in zip(coded.ids, coded.offsets, strict=True)]


def _ends_sentence(text: str, pieces: list[_Piece], i: int) -> bool:
    """Whether piece i closes a sentence: a full stop, a blank and then no lower-case letter."""
    if text[pieces[i][1] : pieces[i][2]] not in {".", "?", "!"}:
        return False
    if i + 1 == len(pieces):
        return True
    after = pieces[i + 1][1]
    return after > pieces[i][2] and not text[after].islower()


def _window(text: str, title: list[_Piece], body: list[_Piece], tokenizer: Tokenizer) -> Pieces:
    special = [tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]")]
    cls, sep = ((row, -1, -1) for row in special if row is not None)
    rows = [cls, *title, sep, *body, sep]
    n = len(rows)
    starts = np.array([r[1] for r in rows], np.int64)
    ends = np.array([r[2] for r in rows], np.int64)
    sentences = np.zeros(n, np.int64)
    first = len(title) + 2
    current = 1
    for i, _ in enumerate(body):
        sentences[first + i] = current
        current += _ends_sentence(text, body, i)
    sentences[-1] = current
    real = starts >= 0
    glued_before = np.zeros(n, np.bool_)
    glued_before[1:] = real[1:] & real[:-1] & (starts[1:] == ends[:-1])
    alnum_first = np.array([s >= 0 and text[s].isalnum() for s in starts])
    alnum_last = np.array([e > 0 and text[e - 1].isalnum() for e in ends])
    inside = glued_before & alnum_first & np.concatenate([[False], alnum_last[:-1]])
    word_start = real & ~inside
    word_end = real & ~np.concatenate([inside[1:], [False]])
    shapes = _shapes(text, starts, ends, word_start)
    shapes[first:] += SHAPES  # the abstract's shapes are a second set
    return Pieces(np.array([r[0] for r in rows], np.int64), shapes, starts, ends, sentences, word_start, word_end)


def _shapes(text: str, starts: Ints, ends: Ints, word_start: NDArray[np.bool_]) -> Ints:
    """Every piece has the shape of the whole word that it is part of."""
    out = np.zeros(len(starts), np.int64)
    i = 0
    while i < len(starts):
        j = i + 1
        while j < len(starts) and starts[j] >= 0 and not word_start[j]:
            j += 1
        if starts[i] >= 0:
            out[i:j] = shape_of(text[starts[i] : ends[j - 1]])
        i = j
    return out


def piece_span(pieces: Pieces, start: int, end: int) -> Span | None:
    """The pieces (first, last) that overlap the characters start to end, or None outside the window."""
    inside = np.flatnonzero((pieces.starts < end) & (pieces.ends > start) & (pieces.starts >= 0))
    return (int(inside[0]), int(inside[-1])) if len(inside) else None


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


def bucket(distance: int) -> int:
    """Log-scaled distance in pieces: 0, 1, 2-3, 4-7, ... 64 and more."""
    return min(int(distance).bit_length(), DISTANCES - 1)


def arrange(
    pieces: Pieces, entities: Sequence[tuple[int, Sequence[Span]]], legal: Callable[[int, int, int], bool]
) -> Arrangement:
    """Lay out entities, each a type index and its piece spans.

    ``legal(head type, tail type, sentence distance)`` says which ordered pairs are scored.
    """
    spans = [s for _, mentions in entities for s in mentions]
    owners = [e for e, (_, mentions) in enumerate(entities) for _ in mentions]
    owner = np.zeros((len(entities), len(spans)), np.float32)
    owner[owners, np.arange(len(spans))] = 1
    tags = np.zeros(len(pieces), np.int64)
    for (a, b), e in zip(spans, owners, strict=True):
        tags[a : b + 1] = 2 + 2 * entities[e][0]
        tags[a] = 1 + 2 * entities[e][0]
    of = [[m for m, o in enumerate(owners) if o == e] for e in range(len(entities))]
    rows = []
    for h, (head_type, _) in enumerate(entities):
        for t, (tail_type, _) in enumerate(entities):
            if h == t:
                continue
            close = _closest(spans, of[h], of[t])
            distance = min(abs(int(pieces.sentences[spans[i][0]] - pieces.sentences[spans[j][0]])) for i, j in close)
            if legal(head_type, tail_type, distance):
                rows.append((h, t, close))
    return Arrangement(
        mentions=np.array(spans, np.int64).reshape(-1, 2),
        owner=owner,
        entity=np.array([_entity_row(pieces, t, m) for t, m in entities], np.int64).reshape(-1, 4),
        pairs=np.array([(h, t) for h, t, _ in rows], np.int64).reshape(-1, 2),
        tags=tags,
        **_local(pieces, spans, [close for _, _, close in rows]),
    )


def _entity_row(pieces: Pieces, kind: int, mentions: Sequence[Span]) -> tuple[int, int, int, int]:
    """Type, number of mentions, sentence of the first mention outside the title, whether in the title."""
    sentences = [int(pieces.sentences[a]) for a, _ in mentions]
    later = [s for s in sentences if s > 0]
    position = min(min(later), POSITIONS - 1) if later else 0
    return kind, min(len(mentions), COUNTS - 1), position, int(0 in sentences)


def _closest(spans: Sequence[Span], heads: Sequence[int], tails: Sequence[int]) -> list[tuple[int, int]]:
    """The closest mention pairs of two entities, nearest first, earlier first where equally near."""
    ranked = sorted((_gap(spans[i], spans[j]), min(spans[i][0], spans[j][0]), i, j) for i in heads for j in tails)
    return [(i, j) for _, _, i, j in ranked[:LOCAL_PAIRS]]


def _gap(a: Span, b: Span) -> int:
    return max(0, max(a[0], b[0]) - min(a[1], b[1]) - 1)


def _local(pieces: Pieces, spans: Sequence[Span], chosen: Sequence[Sequence[tuple[int, int]]]) -> dict[str, NDArray]:  # type: ignore[type-arg]
    local = np.zeros((len(chosen), LOCAL_PAIRS, 2), np.int64)
    mask = np.zeros((len(chosen), LOCAL_PAIRS), np.float32)
    window = np.zeros((len(chosen), LOCAL_PAIRS, 2), np.int64)
    gap = np.zeros((len(chosen), LOCAL_PAIRS, 3), np.int64)
    last = len(pieces) - 1
    for p, close in enumerate(chosen):
        for k, (i, j) in enumerate(close):
            a, b = spans[i], spans[j]
            local[p, k] = i, j
            mask[p, k] = 1
            window[p, k] = max(0, min(a[0], b[0]) - 3), min(last, max(a[1], b[1]) + 3)
            apart = abs(int(pieces.sentences[a[0]] - pieces.sentences[b[0]]))
            gap[p, k] = bucket(_gap(a, b)), min(apart, SENTENCE_GAPS - 1), int(a[0] < b[0])
    return {"local": local, "local_mask": mask, "window": window, "gap": gap}
