"""Step 7: the share of right matches of each relation template, measured and written to its data file.

Each template is applied to annotated abstracts with the annotated entities, so that the figure is about the
template alone. Abstracts of the development split are left out, as confidences are judged on them.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractors.document.annotations import Entity, Mention
from extractors.relations.patterns import stated_by
from extractors.relations.templates import templates
from extractors.text.sentences import sentence_spans
from extractors.text.words import DATA
from extractors.training.examples import Example, from_annotation, is_dev, read_jsonl

FILE = DATA / "relations.tsv"
PRIOR = 4.0
"""How many matches at the mean of its relation each template is granted."""


def gold_entities(example: Example) -> list[Entity]:
    """The annotated concepts as the pipeline's entities; those without a place in the text keep their index."""
    found = []
    for concept in example.concepts:
        mentions = [Mention(s, e, concept.type, 1.0, "gold") for s, e in sorted(concept.spans)]  # type: ignore[arg-type]  # types of papers are entity types
        forms = [example.text[m.start : m.end] for m in mentions]
        found.append(Entity(max(forms, key=len, default=""), concept.type, mentions, concept.introduced))  # type: ignore[arg-type]
    return found


def verdicts(examples: Iterable[Example]) -> Iterator[tuple[int, bool]]:
    """Template by number, and whether a relation that it read is annotated."""
    for example in examples:
        stated = set(example.relations)
        sentences = sentence_spans(example.text, example.title_end)
        for number, relation in stated_by(example.text, sentences, gold_entities(example)):
            yield number, (relation.head, relation.relation, relation.tail) in stated


def shares(examples: Iterable[Example]) -> list[tuple[int, int, float]]:
    """Of each template: right, matched, and the share drawn towards the mean of its relation."""
    right, matched = Counter[int](), Counter[int]()
    for number, is_right in verdicts(examples):
        matched[number] += 1
        right[number] += is_right
    all_right, all_matched = Counter[str](), Counter[str]()
    for number, template in enumerate(templates()):
        all_right[template.relation] += right[number]
        all_matched[template.relation] += matched[number]
    rows = []
    for number, template in enumerate(templates()):
        mean = (all_right[template.relation] + 1) / (all_matched[template.relation] + 2)
        share = (right[number] + PRIOR * mean) / (matched[number] + PRIOR)
        rows.append((right[number], matched[number], share))
    return rows


def rewritten(text: str, rows: list[tuple[int, int, float]]) -> str:
    """The data file with the measured shares as its second column."""
    lines, number = [], 0
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            relation, _, rest = line.split("\t", 2)
            line = f"{relation}\t{min(99, round(100 * rows[number][2]))}\t{rest}"
            number += 1
        lines.append(line)
    return "\n".join(lines) + "\n"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+", help="files of annotated abstracts")
    args = parser.parse_args()
    annotated = (row for path in args.gold for row in read_jsonl(path) if not is_dev(row["abstract"]))
    rows = shares(from_annotation(row, row.get("title") or "", row["abstract"]) for row in annotated)
    for template, (right, matched, share) in zip(templates(), rows, strict=True):
        print(f"{template.relation:14s} {right:5d} of {matched:5d}  {share:.2f}  {template.example}")
    FILE.write_text(rewritten(FILE.read_text(encoding="utf-8"), rows), encoding="utf-8")


if __name__ == "__main__":
    main()
