"""Fits ``data/result_weights.tsv``: how much each clue says about a reported number (`extractors.results.clues`).

A log-linear model over annotated abstracts, trained with AdaGrad (J. Duchi, E. Hazan and Y. Singer,
JMLR 12, 2011) and an L2 penalty; clues that are rare, or end up saying little, are left out.
"""

from __future__ import annotations

import argparse
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from extractors.document.annotations import Entity, Mention
from extractors.record import RESULT_ROLES
from extractors.results.clues import Asked, Reading, comparison_clues, result_clues, role_clues
from extractors.results.metrics import places_of
from extractors.results.patterns import COMPARISONS, ORDER, candidates, sentence_of
from extractors.results.scoring import Weights, probabilities
from extractors.results.values import Value
from extractors.text.sentences import sentence_spans
from extractors.training.examples import DEV_PART, GOLD, from_annotation, is_dev, read_jsonl

Annotation = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """The possible answers, each as a question of the weights and its clues, and which of them are right."""

    answers: list[tuple[str, list[str]]]
    right: frozenset[int]


def learned_from(path: Path) -> Iterator[Annotation]:
    """The annotated abstracts of a file whose results are annotated, but for those of the development split."""
    part = GOLD.get(path.stem, DEV_PART)
    return (row for row in read_jsonl(path) if "results" in row and not is_dev(row["abstract"], part))


def questions(row: Annotation) -> Iterator[Question]:
    """What the numbers of one annotated abstract teach."""
    example = from_annotation(dict(row), row.get("title") or "", row["abstract"])
    kept = [n for n, _ in enumerate(row["entities"]) if example.concepts[n].spans]  # reported values come after them
    entities = [_entity(row["entities"][n], example.concepts[n].spans) for n in kept]
    index = {row["entities"][n]["name"]: place for place, n in enumerate(kept)}
    reading = Reading(example.text, entities, places_of(entities), example.title_end)
    wanted = list(row.get("results", ()))
    before: Mapping[str, int | str | None] = {}
    start_of_abstract = example.title_end
    spans = [s for s in sentence_spans(example.text, start_of_abstract) if s[0] >= start_of_abstract]
    for number, (start, end) in enumerate(spans):
        sentence, same = sentence_of(reading, start, end, number), False
        for place, value in enumerate(sentence.values):
            asked = Asked(reading, sentence, place, before, same)
            golds = _take(example.text, start_of_abstract, value, wanted)
            yield Question([("result", result_clues(asked)), ("", [])], frozenset({0 if golds else 1}))
            if golds:
                yield from _parts(asked, [_told(gold, index) for gold in golds])
                before, same = _told(golds[0], index), True


def _entity(row: Annotation, spans: Iterable[tuple[int, int]]) -> Entity:
    mentions = [Mention(start, end, row["type"], 1.0, "") for start, end in sorted(spans)]
    return Entity(row["name"], row["type"], mentions, row["introduced"], float(row["introduced"]))


def _take(text: str, offset: int, value: Value, wanted: list[Annotation]) -> list[Annotation]:
    """Takes from ``wanted`` the annotated results with the number, out of a clause around it."""
    number = _number(value.text)
    same = [gold for gold in wanted if _number(gold["value"]) == number]
    around = [gold for gold in same if _holds(text, offset, gold["text"], value.start)]
    taken = around or [gold for gold in same if text.find(gold["text"], offset) < 0][:1]
    for gold in taken:
        wanted.remove(gold)
    return taken


def _holds(text: str, offset: int, clause: str, position: int) -> bool:
    start = text.find(clause, offset)
    return 0 <= start <= position < start + len(clause)


def _number(value: str) -> str:
    match = re.search(r"\d+(?:[.,]\d+)*", value)
    return match.group().replace(",", "") if match else value.lower().removeprefix("an ")


def _told(gold: Annotation, index: Mapping[str, int]) -> dict[str, int | str | None]:
    roles: dict[str, int | str | None] = {role: index.get(gold.get(role) or "") for role in RESULT_ROLES}
    return {**roles, "comparison": gold["comparison"]}


def _parts(asked: Asked, golds: Sequence[Mapping[str, int | str | None]]) -> Iterator[Question]:
    """The questions about a number that is a result."""
    told: dict[str, int | str | None] = {}
    for part in ORDER:
        if part == "comparison":
            metric = told["metric"]
            clues = comparison_clues(asked, metric if isinstance(metric, int) else None)
            answers: list[int | str | None] = list(COMPARISONS)
            options = [(str(one), clues) for one in answers]
        else:
            answers = list(candidates(asked, part, told))
            options = [(part, role_clues(asked, part, cast(int | None, one), told)) for one in answers]
        right = frozenset(n for n, one in enumerate(answers) if any(gold[part] == one for gold in golds))
        if right and len(answers) > 1:
            yield Question(options, right)
        told[part] = golds[0][part]


def fit(asked: Sequence[Question], epochs: int, rate: float, penalty: float, least: int) -> Weights:
    """Weights under which the right answers are likely."""
    seen = Counter((name, clue) for q in asked for name, clues in q.answers for clue in set(clues))
    kept = [
        Question([(n, [c for c in clues if seen[n, c] >= least]) for n, clues in q.answers], q.right) for q in asked
    ]
    weights: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    squares: defaultdict[tuple[str, str], float] = defaultdict(lambda: 1e-2)
    order = random.Random(0)
    for _ in range(epochs):
        order.shuffle(kept)
        for question in kept:
            _step(question, weights, squares, rate, penalty)
    return {name: dict(clues) for name, clues in weights.items()}


def _step(
    question: Question,
    weights: defaultdict[str, defaultdict[str, float]],
    squares: defaultdict[tuple[str, str], float],
    rate: float,
    penalty: float,
) -> None:
    """One step of AdaGrad."""
    likely = probabilities([sum(weights[name][clue] for clue in clues) for name, clues in question.answers])
    mass = sum(likely[n] for n in question.right)
    for n, (name, clues) in enumerate(question.answers):
        error = (likely[n] / mass if n in question.right else 0.0) - likely[n]
        for clue in clues:
            slope = error - penalty * weights[name][clue]
            squares[name, clue] += slope * slope
            weights[name][clue] += rate * slope / math.sqrt(squares[name, clue])


def write_weights(weights: Weights, path: Path, least: float, writer: str) -> int:
    """Writes the weights that say something, below a line that names the writing module; how many they are."""
    rows = [
        f"{name}\t{clue}\t{weight:.2f}\n"
        for name, clues in sorted(weights.items())
        for clue, weight in sorted(clues.items())
        if name and abs(weight) >= least and "\t" not in clue and "\n" not in clue
    ]
    head = f"# question, clue, weight; written by {writer}\n"
    path.write_text(head + "".join(rows), encoding="utf-8")
    return len(rows)


def main() -> None:
    """Command line: annotated abstracts in, weights out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("annotated", type=Path, nargs="+", help="annotations in the guideline's form, JSON lines")
    parser.add_argument("--out", type=Path, required=True, help="the file of weights to write")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("--penalty", type=float, default=0.01)
    parser.add_argument("--least-often", type=int, default=5, help="how often a clue must be seen")
    parser.add_argument("--least-weight", type=float, default=0.1, help="weights nearer to 0 are left out")
    args = parser.parse_args()
    rows = [row for path in args.annotated for row in learned_from(path)]
    asked = [question for row in rows for question in questions(row)]
    weights = fit(asked, args.epochs, args.rate, args.penalty, args.least_often)
    written = write_weights(weights, args.out, args.least_weight, "extractors.training.result_weights")
    print(f"{len(rows)} abstracts, {len(asked)} questions, {written} weights in {args.out}")


if __name__ == "__main__":
    main()
