"""From span scores to mentions and reported values.

The guideline counts every occurrence of a name as a mention, so a name is judged once for
the whole text, upper and lower case together: the probabilities of its occurrences are
averaged before any is accepted, those inside a likelier longer name left aside. A reported
value is judged where it stands: another "5%" may be none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from extractors.neural.features import MAX_WIDTH, Floats, Pieces

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


def decode(text: str, pieces: Pieces, scores: Floats, threshold: float, names: int | None = None) -> list[Found]:
    """The mentions in span scores [n, MAX_WIDTH, labels], none overlapping another, in text order.

    Only the first ``names`` labels are looked for, by default all.
    """
    allowed = candidates(pieces)
    probable = np.ones_like(scores)
    probable[allowed] = softmax(scores[allowed])
    probable = probable if names is None else probable[:, :, : names + 1]
    lowered = _lowered(text)
    worth = zip(*(a.tolist() for a in np.nonzero(allowed & (probable[:, :, 0] < 1 - WORTH_A_LOOK))), strict=True)
    forms = {lowered[pieces.starts[i] : pieces.ends[i + w]] for i, w in worth}
    starts = {c: i for i, c in enumerate(pieces.starts.tolist()) if c >= 0}
    ends = {c: i for i, c in enumerate(pieces.ends.tolist()) if c >= 0}
    bounds = (min(starts), max(ends)) if forms else (0, 0)
    judged: list[Found] = []
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        spans = ((starts.get(c), ends.get(c + len(form))) for c in _places(lowered, form, *bounds))
        where = [(i, j - i) for i, j in spans if i is not None and j is not None]
        where = [(i, w) for i, w in where if w < MAX_WIDTH and allowed[i, w]]
        judged += _judge(_by_themselves(where, probable, judged) or where, probable, threshold)
    return sorted(_apart(judged))


def _by_themselves(where: list[tuple[int, int]], probable: Floats, longer: list[Found]) -> list[tuple[int, int]]:
    """The occurrences of a name that are not parts of a likelier ``longer`` one, as "Net" is in "Net-S"."""
    return [
        (i, w)
        for i, w in where
        if not any(a <= i and i + w <= b and p > 1 - probable[i, w, 0] for a, b, _, p in longer)
    ]


def decode_values(pieces: Pieces, scores: Floats, threshold: float, names: int) -> list[Found]:
    """The reported values, whose labels come after the first ``names``; each the likeliest of its labels.

    Its probability is that of all value labels together.
    """
    probable = softmax(scores)[:, :, names + 1 :]
    chosen = candidates(pieces) & (probable.sum(2) >= threshold)
    found = [
        (i, i + w, names + 1 + int(probable[i, w].argmax()), float(probable[i, w].sum()))
        for i, w in zip(*(a.tolist() for a in np.nonzero(chosen)), strict=True)
    ]
    return sorted(_apart(found))


def _lowered(text: str) -> str:
    """Lower case, character by character, so that offsets stay."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _places(text: str, name: str, start: int, end: int) -> Iterator[int]:
    """Where a name stands between two characters, those of a window, as a long text has many."""
    at = text.find(name, start, end)
    while at >= 0:
        yield at
        at = text.find(name, at + 1, end)


def _judge(where: list[tuple[int, int]], probable: Floats, threshold: float) -> list[Found]:
    """One verdict for all occurrences of a name."""
    rows = [probable[i, w] for i, w in where]
    pooled = rows[0] if len(rows) == 1 else np.mean(rows, axis=0)
    label = int(pooled[1:].argmax()) + 1
    confidence = float(pooled[label])
    return [(i, i + w, label, confidence) for i, w in where] if confidence >= threshold else []


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
