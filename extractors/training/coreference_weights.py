"""Fits ``data/coreference_weights.tsv``: what clues say of whether two entities are one.

The clues are those of `extractors.entities.coreference`.

Learns from the annotated mentions of the abstracts that the prepare step wrote, those of the development split aside:
linked by names alone first, as in extraction, each pair that is worth asking about is a question.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np

from extractors.document.annotations import Mention
from extractors.entities.coreference import PAPERS, SAME, candidates
from extractors.entities.linking import definitions, linked_by_name
from extractors.names.definitions import find_abbreviations
from extractors.names.keys import name_key
from extractors.record import ENTITY_TYPES, EntityType
from extractors.training.examples import Example, read_examples
from extractors.training.result_weights import write_weights


@dataclass(frozen=True, slots=True)
class Question:
    """The clues about two entities of one abstract, and whether they are one."""

    clues: list[str]
    same: bool


def papers_of_names(examples: Iterable[Example]) -> Counter[str]:
    """How many of the annotated abstracts have a name with a key."""
    return Counter(
        key
        for example in examples
        for key in {
            name_key(example.text[start:end])
            for concept in example.concepts
            if concept.type in ENTITY_TYPES
            for start, end in concept.spans
        }
    )


def questions(example: Example, papers: Mapping[str, float]) -> Iterator[Question]:
    """Whether two entities are one, for each pair of an annotated abstract that is worth asking about.

    ``papers``: how many other abstracts have a name with a key.
    """
    owner = {
        span: number
        for number, concept in enumerate(example.concepts)
        if concept.type in ENTITY_TYPES
        for span in concept.spans
    }
    mentions = [
        Mention(*span, cast(EntityType, example.concepts[number].type), 1.0, "") for span, number in owner.items()
    ]
    abbreviations = find_abbreviations(example.text)
    defined = definitions(example.text, abbreviations)
    entities = linked_by_name(example.text, mentions, abbreviations, example.title_end)
    owners = [{owner[m.start, m.end] for m in entity.mentions} for entity in entities]
    for one, other, clues in candidates(example.text, example.title_end, entities, defined, papers):
        yield Question(clues, bool(owners[one] & owners[other]))


def fit(asked: Sequence[Question], penalty: float, least: int, steps: int = 300) -> dict[str, float]:
    """Weights of the clues that come at least ``least`` times: logistic regression with an L2 ``penalty``.

    Minimized over all questions at once by Adam (D. Kingma and J. Ba, ICLR 2015), the rate falling to 0.
    """
    seen = Counter(clue for question in asked for clue in question.clues)
    number = {clue: n for n, clue in enumerate(sorted(clue for clue, count in seen.items() if count >= least))}
    known = [[number[clue] for clue in question.clues if clue in number] for question in asked]
    clue = np.array([n for row in known for n in row], np.int64)
    row = np.repeat(np.arange(len(asked)), [len(numbers) for numbers in known])
    same = np.array([question.same for question in asked], np.float64)
    weights, mean, square = np.zeros((3, len(number)))
    for step in range(1, steps + 1):
        likely = 1 / (1 + np.exp(-np.bincount(row, weights[clue], len(asked))))
        slope = np.bincount(clue, (likely - same)[row], len(number)) + penalty * weights
        mean += 0.1 * (slope - mean)
        square += 0.01 * (slope**2 - square)
        rate = 0.1 * (1 - step / (steps + 1))
        weights -= rate * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return dict(zip(number, weights.tolist(), strict=True))


def main() -> None:
    """Command line: prepared examples in, weights out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("examples", type=Path, help="papers.jsonl of the folder that the prepare step wrote")
    parser.add_argument("--out", type=Path, required=True, help="the file of weights to write")
    parser.add_argument("--penalty", type=float, default=5.0)
    parser.add_argument("--least-often", type=int, default=8, help="how often a clue must be seen")
    parser.add_argument("--least-weight", type=float, default=0.05, help="weights nearer to 0 are left out")
    args = parser.parse_args()
    examples = [example for example in read_examples(args.examples) if not example.dev]
    papers = papers_of_names(examples)
    others = {key: number - 1 for key, number in papers.items()}  # without the abstract that is asked about
    asked = [question for example in examples for question in questions(example, others)]
    known = {key: float(number) for key, number in papers.items() if number > 1}
    weights = {SAME: fit(asked, args.penalty, args.least_often), PAPERS: known}
    written = write_weights(weights, args.out, args.least_weight, "extractors.training.coreference_weights")
    same = sum(question.same for question in asked)
    print(f"{len(asked)} questions, {same} of them with yes, {written} weights and names in {args.out}")


if __name__ == "__main__":
    main()
