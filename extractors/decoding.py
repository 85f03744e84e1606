"""From span scores to mentions.

The guideline counts every occurrence of a name as a mention, so a name is judged once for
the whole text: the scores of its occurrences are averaged before any is accepted.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

import numpy as np
from numpy.typing import NDArray

from extractors.features import MAX_WIDTH, Floats, Pieces

WORTH_A_LOOK: Final = 0.02
"""Names that no occurrence gives more probability than this are left aside."""

Found = tuple[int, int, int, float]
"""First piece, last piece, label (1 and up; 0 is no mention), probability."""


def candidates(pieces: Pieces) -> NDArray[np.bool_]:
    """Which spans [n, MAX_WIDTH] begin and end with a word and stay within title or abstract."""
    n = len(pieces)
    start, width = np.arange(n)[:, None], np.arange(MAX_WIDTH)[None, :]
    end = np.minimum(start + width, n - 1)
    special = np.cumsum(pieces.starts < 0)
    whole = special[end] == special[start]
    allowed: NDArray[np.bool_] = (start + width < n) & pieces.word_start[:, None] & pieces.word_end[end] & whole
    return allowed


def softmax(scores: Floats) -> Floats:
    """Along the last axis."""
    shifted = np.exp(scores - scores.max(-1, keepdims=True))
    result: Floats = shifted / shifted.sum(-1, keepdims=True)
    return result


def decode(text: str, pieces: Pieces, scores: Floats, threshold: float, temperature: float = 1.0) -> list[Found]:
    """The mentions in span scores [n, MAX_WIDTH, labels], none overlapping another, in text order."""
    allowed = candidates(pieces)
    probable = softmax(scores / np.float32(temperature))
    names: set[str] = set()
    for i, w in zip(*np.nonzero(allowed & (probable[:, :, 0] < 1 - WORTH_A_LOOK)), strict=True):
        names.add(text[pieces.starts[i] : pieces.ends[i + w]])
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    first = {name.split(None, 1)[0][:1] for name in names}
    for i, w in zip(*np.nonzero(allowed), strict=True):
        start = pieces.starts[i]
        if text[start] in first and (name := text[start : pieces.ends[i + w]]) in names:
            places[name].append((int(i), int(w)))
    judged = [found for where in places.values() for found in _judge(where, probable, threshold)]
    return sorted(_apart(judged))


def _judge(where: list[tuple[int, int]], probable: Floats, threshold: float) -> list[Found]:
    """One verdict for all occurrences of a name."""
    logs = np.mean([np.log(probable[i, w] + 1e-9) for i, w in where], axis=0)
    pooled = softmax(logs)
    label = int(pooled[1:].argmax()) + 1
    confidence = float(pooled[1:].sum())
    if confidence < threshold:
        return []
    return [(i, i + w, label, float(pooled[label])) for i, w in where]


def _apart(judged: list[Found]) -> list[Found]:
    """The most probable of overlapping spans, the longer one where equally probable."""
    taken: set[int] = set()
    kept = []
    for found in sorted(judged, key=lambda f: (-f[3], f[0] - f[1], f)):
        covered = range(found[0], found[1] + 1)
        if taken.isdisjoint(covered):
            taken.update(covered)
            kept.append(found)
    return kept
