"""Step 5: calibrate the confidences and choose the thresholds of an exported model, on the dev split.

The parameters are few (some twenty) and the split is what scores are reported on, so each
fit is also made on one half and judged on the other; those figures are printed as "crossed".
Writes ``config.json`` of the model and, with ``--diagram``, a reliability diagram.
"""

from __future__ import annotations

import argparse
import json
import re
import zlib
from collections import Counter
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from extractors import checksums
from extractors.document.annotations import Entity
from extractors.document.fields import make_doc
from extractors.neural import model as neural
from extractors.neural.calibration import logit, sigmoid
from extractors.neural.decoding import decode, decode_values
from extractors.neural.labels import ROLES, SIGNATURES
from extractors.pipeline import BESIDE_THE_MODEL
from extractors.record import COMPARISONS, RELATION_SIGNATURES, SYMMETRIC_RELATIONS
from extractors.training.calibration import (
    best_threshold,
    diagram,
    expected_error,
    f1_at,
    fit_line,
    fit_logistic,
    reliability,
)
from extractors.training.examples import Example, read_examples

WEAK: Final = 0.15
"""Mention threshold under which nothing is looked at."""
Floats = NDArray[np.float64]


@dataclass(slots=True)
class Judged:
    """Scored items of one kind: features [n, k] (column 0 the score), right [n], half [n], and gold counts."""

    features: Floats
    right: NDArray[np.bool_]
    half: NDArray[np.int64]
    gold: tuple[int, int]

    def part(self, half: int) -> Judged:
        """One half of the texts."""
        m = self.half == half
        gold = (self.gold[0], 0) if half == 0 else (0, self.gold[1])
        return Judged(self.features[m], self.right[m], self.half[m], gold)


def half_of(example: Example) -> int:
    """Which half of the split a text belongs to."""
    return zlib.crc32(example.id.encode()) & 1


def normal(form: str) -> str:
    """A surface form, case and spaces aside."""
    return re.sub(r"\s+", " ", form).strip().casefold()


def match(example: Example, entities: list[Entity]) -> dict[int, int]:
    """Found entity -> concept, one to one: same type, most forms in common first."""
    text = example.text
    gold = [{normal(text[s:e]) for s, e in c.spans} for c in example.concepts]
    found = [{normal(text[m.start : m.end]) for m in e.mentions} | {normal(e.name)} for e in entities]
    shared = [
        (len(g & f), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if example.concepts[i].type == entities[j].type and g & f
    ]
    matched: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in sorted(shared, key=lambda row: (-row[0], row[1], row[2])):
        if j not in matched and i not in used:
            matched[j] = i
            used.add(i)
    return matched


def collect(rows: list[tuple[list[float], bool, int]], gold: Counter[int]) -> Judged:
    """Rows of (features, right, half) as arrays."""
    features = np.array([r[0] for r in rows], float)
    right = np.array([r[1] for r in rows], bool)
    return Judged(features, right, np.array([r[2] for r in rows]), (gold[0], gold[1]))


def judge_mentions(model: neural.Model, dev: list[Example]) -> Judged:
    """Every mention that decoding at a low threshold finds."""
    rows: list[tuple[list[float], bool, int]] = []
    gold: Counter[int] = Counter()
    names = model.settings.names
    for example in dev:
        where = {(s, e, c.type) for c in example.concepts for s, e in c.spans if c.type not in COMPARISONS}
        gold[half_of(example)] += len(where)
        for reading in model.read(example.text, example.title_end):
            for a, b, label, p in decode(example.text, reading.pieces, reading.scores, WEAK, names):
                span = int(reading.pieces.starts[a]), int(reading.pieces.ends[b]), model.settings.types[label - 1]
                rows.append(([logit(p), 1.0], span in where, half_of(example)))
    return collect(rows, gold)


def judge_values(model: neural.Model, dev: list[Example]) -> Judged:
    """Every reported value that decoding at a low threshold finds; it is right with the right comparison."""
    rows: list[tuple[list[float], bool, int]] = []
    gold: Counter[int] = Counter()
    names, types = model.settings.names, model.settings.types
    for example in dev:
        where = {(*c.spans[0], c.type) for c in example.concepts if c.type in COMPARISONS}
        gold[half_of(example)] += len(where)
        for reading in model.read(example.text, example.title_end):
            for a, b, label, p in decode_values(reading.pieces, reading.scores, WEAK, names):
                span = int(reading.pieces.starts[a]), int(reading.pieces.ends[b]), types[label - 1]
                rows.append(([logit(p), 1.0], span in where, half_of(example)))
    return collect(rows, gold)


def judge_roles(model: neural.Model, nlp: Language, dev: list[Example]) -> Judged:
    """For each found value that is one, the likeliest entity in each role."""
    rows: list[tuple[list[float], bool, int]] = []
    gold: Counter[int] = Counter()
    for example in dev:
        half = half_of(example)
        stated = {(*example.concepts[h].spans[0], r, t) for h, r, t in example.relations if r in ROLES}
        gold[half] += len(stated)
        reported = {c.spans[0] for c in example.concepts if c.type in COMPARISONS}
        doc = processed(nlp, example)
        entities: list[Entity] = doc._.entities
        readings = doc.user_data[neural.READINGS]
        values = [v for v in model.values(readings) if (v.start, v.end) in reported]
        scores = model.score(readings, entities, values) if entities and values else None
        to_gold = match(example, entities)
        for v, value in enumerate(values if scores else []):
            assert scores is not None
            for role in ROLES:
                r = model.settings.relations.index(role)
                legal = (e for e, entity in enumerate(entities) if (value.comparison, entity.type) in SIGNATURES[role])
                ends = [(len(entities) + v, e) for e in legal if (len(entities) + v, e) in scores.pairs]
                best = max(ends, key=lambda pair: float(scores.pairs[pair][r]), default=None)
                if best:
                    right = (value.start, value.end, role, to_gold.get(best[1], -1)) in stated
                    rows.append(([float(scores.pairs[best][r]), 1.0], right, half))
    return collect(rows, gold)


def processed(nlp: Language, example: Example) -> Doc:
    """The example's text after the pipeline."""
    title = example.text[: example.title_end - 1] if example.title_end else None
    return nlp(make_doc(nlp, title, example.text[example.title_end :]))


def judge_entities(model: neural.Model, nlp: Language, dev: list[Example]) -> tuple[Judged, Judged, Judged]:
    """Introduced, topics and relations of the entities that the pipeline links."""
    rows: tuple[list[tuple[list[float], bool, int]], ...] = ([], [], [])
    gold: tuple[Counter[int], ...] = (Counter(), Counter(), Counter())
    for example in dev:
        half = half_of(example)
        doc = processed(nlp, example)
        entities: list[Entity] = doc._.entities
        concepts, to_gold = example.concepts, match(example, entities)
        for k, flags in enumerate(([c.introduced for c in concepts], [c.topic for c in concepts])):
            gold[k][half] += sum(flags)
        stated = {_canonical(*r) for r in example.relations if r[1] in RELATION_SIGNATURES}
        gold[2][half] += len(stated)
        if not entities:
            continue
        scores = model.score(doc.user_data[neural.READINGS], entities)
        for n, (introduced, topic) in enumerate(scores.about.tolist()):
            concept = concepts[to_gold[n]] if n in to_gold else None
            rows[0].append(([introduced, 1.0], concept is not None and concept.introduced, half))
            rows[1].append(([topic, 1.0], concept is not None and concept.topic, half))
        best: dict[tuple[int, str, int], list[float]] = {}
        for (h, t), row in scores.pairs.items():
            for r, (relation, score) in enumerate(zip(model.settings.relations, row.tolist(), strict=True)):
                if (entities[h].type, entities[t].type) in SIGNATURES[relation]:
                    one_hot = [float(k == r) for k in range(len(model.settings.relations))]
                    features = [*neural.relation_features(score, entities[h], entities[t]), *one_hot]
                    key = _canonical(h, relation, t)
                    if key not in best or best[key][0] < score:
                        best[key] = features
        for (h, relation, t), features in best.items():
            ends = to_gold.get(h, -1), to_gold.get(t, -1)
            rows[2].append((features, _canonical(ends[0], relation, ends[1]) in stated, half))
    return collect(rows[0], gold[0]), collect(rows[1], gold[1]), collect(rows[2], gold[2])


def _canonical(head: int, relation: str, tail: int) -> tuple[int, str, int]:
    if relation in SYMMETRIC_RELATIONS and head > tail:
        head, tail = tail, head
    return head, relation, tail


def fit(judged: Judged) -> Floats:
    """Calibration weights; offsets of single relations are held close to zero."""
    ridge = np.array([0.01] * min(4, judged.features.shape[1]) + [2.0] * max(0, judged.features.shape[1] - 4))
    return fit_logistic(judged.features, judged.right.astype(float), ridge)


def confidence_of(judged: Judged, weights: Floats) -> Floats:
    """Calibrated confidences."""
    result: Floats = 1 / (1 + np.exp(-np.clip(judged.features @ weights, -30, 30)))
    return result


def report(name: str, judged: Judged) -> tuple[Floats, float]:
    """Fit on everything and, for an honest figure, across halves; prints both."""
    weights = fit(judged)
    confidence = confidence_of(judged, weights)
    threshold, f1 = best_threshold(confidence, judged.right, sum(judged.gold))
    crossed, hits = [], np.zeros(len(judged.right))
    for half in (0, 1):
        ours, other = judged.part(half), judged.part(1 - half)
        theirs = fit(other)
        cut, _ = best_threshold(confidence_of(other, theirs), other.right, sum(other.gold))
        hits[judged.half == half] = confidence_of(ours, theirs)
        crossed.append(f1_at(confidence_of(ours, theirs), ours.right, sum(ours.gold), cut))
    rows = reliability(hits, judged.right)
    print(
        f"{name}: threshold {threshold:.3f}, F1 {f1:.4f}, crossed {np.mean(crossed):.4f}, "
        f"calibration error {expected_error(rows):.4f} crossed, {len(judged.right)} scored"
    )
    return weights, threshold


def tuned(
    model: neural.Model, nlp: Language, dev: list[Example], mention_threshold: float | None = None
) -> tuple[neural.Settings, dict[str, Judged]]:
    """Settings fitted on the dev split, and what they were fitted on."""
    mentions = judge_mentions(model, dev)
    report("mentions", mentions)
    line = fit_line(mentions.features[:, 0].tolist(), mentions.right.tolist())
    raw: Floats = 1 / (1 + np.exp(-mentions.features[:, 0]))
    cut, f1 = best_threshold(raw, mentions.right, sum(mentions.gold))
    print(f"mentions: raw threshold {cut:.3f}, F1 {f1:.4f}")
    model.settings = replace(model.settings, mention_threshold=mention_threshold or cut, mention_calibration=line)
    values = judge_values(model, dev)
    v_weights, v_cut = report("values", values)
    v_raw, v_slope, v_constant = _raw_threshold(v_weights, v_cut)
    model.settings = replace(model.settings, value_threshold=v_raw, value_calibration=(v_slope, v_constant))
    roles = judge_roles(model, nlp, dev)
    l_weights, l_cut = report("roles", roles)
    introduced, topics, relations = judge_entities(model, nlp, dev)
    (i_weights, i_cut), (t_weights, t_cut) = report("introduced", introduced), report("topics", topics)
    r_weights, r_cut = report("relations", relations)
    rounded = [round(float(w), 4) for w in r_weights]
    settings = replace(
        model.settings,
        introduced_calibration=(round(float(i_weights[0]), 4), round(float(i_weights[1]), 4)),
        introduced_threshold=i_cut,
        topic_calibration=(round(float(t_weights[0]), 4), round(float(t_weights[1]), 4)),
        topic_threshold=t_cut,
        relation_weights=(rounded[0], rounded[1], rounded[2], rounded[3]),
        relation_offsets=tuple(rounded[4:]),
        relation_threshold=r_cut,
        role_threshold=l_cut,
        role_calibration=(round(float(l_weights[0]), 4), round(float(l_weights[1]), 4)),
    )
    judged = {"mentions": mentions, "values": values, "roles": roles}
    return settings, judged | {"introduced": introduced, "topics": topics, "relations": relations}


def _raw_threshold(weights: Floats, cut: float) -> tuple[float, float, float]:
    """The probability before calibration that is ``cut`` after it, slope and constant."""
    slope, constant = round(float(weights[0]), 4), round(float(weights[1]), 4)
    return round(sigmoid((logit(cut) - constant) / slope), 4), slope, constant


def pipeline(model: Path, patterns: bool) -> Language:
    """The extractor's components up to the linker."""
    import spacy

    import extractors.components  # noqa: F401  registers the factories

    nlp = spacy.blank("en")
    for name in ("abstractkg_sentences", "abstractkg_abbreviations"):
        nlp.add_pipe(name)
    nlp.add_pipe("abstractkg_neural_entities", config={"model": str(model)})
    if patterns:
        nlp.add_pipe("abstractkg_pattern_entities", config=BESIDE_THE_MODEL["abstractkg_pattern_entities"])
    nlp.add_pipe("abstractkg_linker")
    return nlp


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="folder that the export step wrote")
    parser.add_argument("--data", type=Path, required=True, help="folder that the prepare step wrote")
    parser.add_argument("--patterns", action="store_true", help="with the pattern components' mentions")
    parser.add_argument("--mention-threshold", type=float, help="instead of the one that is best for mentions alone")
    parser.add_argument("--diagram", type=Path, help="SVG file to draw")
    args = parser.parse_args()
    dev = [e for e in read_examples(args.data / "papers.jsonl") if e.dev]
    model = neural.load_model(args.model)
    settings, judged = tuned(model, pipeline(args.model, args.patterns), dev, args.mention_threshold)
    (args.model / "config.json").write_text(json.dumps(asdict(settings), indent=1) + "\n", encoding="utf-8")
    checksums.write(args.model)
    series = {}
    for name, items in judged.items():
        series[name] = reliability(confidence_of(items, fit(items)), items.right)
        for row in series[name]:
            print(f"{name:10s} {row.count:6d} items  confidence {row.confidence:.3f}  right {row.right:.3f}")
    if args.diagram:
        args.diagram.write_text(diagram(series), encoding="utf-8")


if __name__ == "__main__":
    main()
