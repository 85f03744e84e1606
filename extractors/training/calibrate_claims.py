"""Step 8: one confidence for relations of every source, fitted on annotated abstracts that no source was trained on.

Runs the pipelines over the development split of the given files, fits the weights of
:mod:`extractors.relations.confidence`, and prints how well they hold: reliability by bucket and by relation,
precision and recall at cuts, all for halves judged by the other half's fit. With ``--write``, the model's file.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from spacy.language import Language

from extractors import checksums
from extractors.document.annotations import Entity, Relation
from extractors.document.fields import make_doc
from extractors.document.sentences import spans_of
from extractors.neural import MODEL
from extractors.pipeline import CLAIMS
from extractors.record import RELATION_SIGNATURES, SYMMETRIC_RELATIONS
from extractors.relations.claims import candidates
from extractors.relations.confidence import FEATURES, PATTERNS, features
from extractors.training.calibration import Floats, expected_error, f1_at, fit_logistic, reliability
from extractors.training.evaluate import build
from extractors.training.examples import DEV_PART, GOLD, Example, from_annotation, read_jsonl
from extractors.training.tune import match

CUTS: Final = (0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8)
RIDGE: Final = 1.0


@dataclass(slots=True)
class Scored:
    """Relations found: features [n, k], right [n], half [n] of the abstracts, name; and how many are annotated."""

    features: Floats
    right: Floats
    half: Floats
    relation: list[str]
    gold: int


@dataclass(frozen=True, slots=True)
class Extracted:
    """What the sources found in one abstract."""

    sentences: list[tuple[int, int]]
    entities: list[Entity]
    relations: list[Relation]


def extract(nlp: Language, example: Example) -> Extracted:
    """Run the components before the check of claims over an example."""
    title = example.text[: example.title_end - 1] if example.title_end else None
    doc = nlp(make_doc(nlp, title, example.text[example.title_end :]))
    return Extracted(spans_of(doc), doc._.entities, doc._.relations)


def scored(pairs: Iterable[tuple[Example, Extracted]]) -> Scored:
    """Candidates of all abstracts with their features, judged by the annotations."""
    rows, right, half, names, gold = [], [], [], [], 0
    for example, found in pairs:
        stated = {_canonical(*relation) for relation in example.relations if relation[1] in RELATION_SIGNATURES}
        gold += len(stated)
        to_gold = match(example, found.entities)
        judged = candidates(example.text, found.sentences, found.entities, example.title_end, found.relations)
        for candidate, evidence in judged:
            values = features(candidate, evidence, found.entities)
            ends = to_gold.get(candidate.head, -1), to_gold.get(candidate.tail, -1)
            rows.append([values.get(name, 0.0) for name in FEATURES])
            right.append(float(_canonical(ends[0], candidate.relation, ends[1]) in stated))
            half.append(zlib.crc32(example.id.encode()) & 1)
            names.append(candidate.relation)
    return Scored(np.array(rows), np.array(right), np.array(half, float), names, gold)


def _canonical(head: int, relation: str, tail: int) -> tuple[int, str, int]:
    if relation in SYMMETRIC_RELATIONS and head > tail:
        head, tail = tail, head
    return head, relation, tail


def fit(data: Scored, part: Floats | None = None) -> Floats:
    """The weights, one a feature; ``part`` marks the rows to fit on."""
    rows = np.ones(len(data.right), bool) if part is None else part.astype(bool)
    ridge = np.array([0.01 if name == "constant" else RIDGE for name in FEATURES])
    return fit_logistic(data.features[rows], data.right[rows], ridge)


def probability(data: Scored, weights: Floats) -> Floats:
    """Confidences by given weights."""
    found: Floats = 1 / (1 + np.exp(-np.clip(data.features @ weights, -30, 30)))
    return found


def crossed(data: Scored) -> Floats:
    """Confidences of each half by the weights that the other half gives."""
    first = probability(data, fit(data, data.half == 1))
    second = probability(data, fit(data, data.half == 0))
    return np.where(data.half == 0, first, second)


def report(data: Scored, confidence: Floats) -> Iterator[str]:
    """Lines: reliability by bucket, by relation, and what each cut leaves."""
    right = data.right.astype(bool)
    rows = reliability(confidence, right)
    yield f"{len(right)} candidates, {data.gold} annotated; calibration error {expected_error(rows):.3f}"
    for row in rows:
        yield f"  stated {row.confidence:.2f}  right {row.right:.2f}  of {row.count}"
    names = np.array(data.relation)
    for name in sorted(set(data.relation)):
        for low, high in ((0.2, 0.5), (0.5, 0.7), (0.7, 1.01)):
            chosen = (names == name) & (confidence >= low) & (confidence < high)
            if chosen.any():
                stated, share = confidence[chosen].mean(), right[chosen].mean()
                yield f"  {name:14s} stated {stated:.2f}  right {share:.2f}  of {chosen.sum()}"
    for cut in CUTS:
        chosen = confidence >= cut
        hits = int((right & chosen).sum())
        precision, recall = hits / max(int(chosen.sum()), 1), hits / max(data.gold, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        yield f"  cut {cut:.2f}: precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"


def held_out(path: Path) -> Iterator[Example]:
    """The abstracts of a file of gold annotations that the model was not trained on."""
    for row in read_jsonl(path):
        example = from_annotation(row, row.get("title") or "", row["abstract"], GOLD.get(path.stem, DEV_PART))
        if example.dev:
            yield example


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+", help="files of annotated abstracts")
    sources = parser.add_mutually_exclusive_group()
    sources.add_argument("--model", type=Path, default=MODEL, help="folder of the model, by default the shipped one")
    sources.add_argument("--patterns", action="store_true", help="fit what is found without a model")
    parser.add_argument("--write", action="store_true", help="write the file that the extractor reads")
    args = parser.parse_args(arguments)
    examples = [example for path in args.gold for example in held_out(path)]
    nlp = build("patterns" if args.patterns else "both", args.model, checked=False)
    data = scored((example, extract(nlp, example)) for example in examples)
    print("fitted on one half, judged on the other")
    print("\n".join(report(data, crossed(data))))
    if args.write:
        file = PATTERNS if args.patterns else args.model / CLAIMS
        file.write_text(json.dumps(as_json(data), indent=1) + "\n", encoding="utf-8")
        if not args.patterns:
            checksums.write(args.model)


def as_json(data: Scored) -> dict[str, Any]:
    """The fit on all rows as the data file has it."""
    weights = fit(data)
    return {
        "threshold": threshold(probability(data, weights), data),
        "weights": {name: round(float(weight), 4) for name, weight in zip(FEATURES, weights, strict=True)},
    }


def threshold(confidence: Floats, data: Scored) -> float:
    """The highest of some thresholds whose F1 is within half a point of the best."""
    tried = [n / 100 for n in range(5, 60)]
    scores = [f1_at(confidence, data.right.astype(bool), data.gold, cut) for cut in tried]
    return max(cut for cut, score in zip(tried, scores, strict=True) if score >= max(scores) - 0.005)


if __name__ == "__main__":
    main()
