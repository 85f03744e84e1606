"""What belongs to the name of a metric: "NDCG@10" is whole; the bound in "F1 > 80" is a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from extractors.document.annotations import Mention
from extractors.entities.gazetteer import known_in
from extractors.results.values import statistics_spans

_RANK: Final = r"@\s?(?:\d+(?:\.\d+)?(?::\.?\d+)?[kKmM%]?|[kKnN])(?!\w)"
_RANK_AFTER: Final = re.compile(_RANK)
_RANKED: Final = re.compile(
    rf"(?<![\w@-])(?:n?DCG|NDCG|m?AP|MAP|MRR|[Rr]ecall|RECALL|[Pp]recision|[Pp]rec|R|P"
    rf"|Hits?|hits?|HITS|H|HR|Hit[- ]?[Rr]ate"
    rf"|[Aa]cc(?:uracy)?|ACC|[Pp]ass|F1|F|IoU|PCK|[Tt]op|[Rr]ank|[Ss]uccess|EM|[Mm]aj|avg|cons|TPR|TAR){_RANK}"
)
_SLASH: Final = re.compile(r"([A-Za-z]+[- ]?\d+)\s?/\s?(?=[A-Za-z]+[- ]?\d)")
_BOUND: Final = re.compile(
    r"(?:(?<!\s)\s++)?(?<![<>=≤≥≈~∼])(?<!\\[gl]e)(?<!\\[gl]eq)(?<!\\approx)(?<!\\sim)"
    r"(?:[<>=≤≥≈~∼]|\$?\\(?:geq?|leq?|approx|sim)\b)++\s*+\$?[\d.].*$"
    r"|(?<!\s)\s++(?:of\s++)?\d++\.\d++\s*+%?$",
    re.DOTALL,
)


def whole_metrics(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` with those of metrics at full length, without bounds, and none in "(95 % CI …)"."""
    ranked = [match.span() for match in _RANKED.finditer(text)]
    apart = [m for m in mentions if not any(start < m.end and m.start < end for start, end in ranked)]
    statistics = statistics_spans(text)
    outside = [m for m in apart if not any(start <= m.start and m.end <= end for start, end in statistics)]
    kept = [_whole(text, piece) for m in outside for piece in _variants(text, m)]
    surest = {start: max((m.confidence for m in mentions if m.start == start), default=0.8) for start, _ in ranked}
    return [
        *(Mention(s, e, "Metric", surest[s], "patterns:known") for s, e in ranked),
        *(m for m in kept if m.end > m.start),
    ]


def _variants(text: str, mention: Mention) -> Iterator[Mention]:
    """Each of "top-1/top-5 error"."""
    start = mention.start
    while mention.type == "Metric" and (slash := _SLASH.match(text, start, mention.end)):
        yield replace(mention, start=start, end=slash.end(1))
        start = slash.end()
    yield replace(mention, start=start)


def _whole(text: str, mention: Mention) -> Mention:
    if mention.type != "Metric":
        return mention
    bound = _BOUND.search(text, mention.start, mention.end)
    if bound:
        return replace(mention, end=bound.start())
    for start, end, kind in known_in(text):  # "equal error rate", of which a mention is only a part
        if kind == "Metric" and start <= mention.start and mention.end <= end and text[start:end].islower():
            return replace(mention, start=start, end=end)
    rank = _RANK_AFTER.match(text, mention.end)
    return replace(mention, end=rank.end()) if rank else mention
