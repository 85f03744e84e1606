"""Step 1: corpora to training examples, and a vocabulary cut down to what such texts use.

Writes ``papers.jsonl``, ``unlabelled.jsonl``, ``scierc.jsonl``, ``tdmsci.jsonl``, ``tokenizer.json``
and ``kept.json`` (rows of the encoder's vocabulary that remain). No text of the held-out papers is
in what is trained on or labelled by a teacher, under whichever id.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from tokenizers import Tokenizer

from extractors.training.annotations import read_texts, unpack
from extractors.training.corpora import scierc, tdmsci
from extractors.training.corrections import corrected
from extractors.training.examples import GOLD, Example, from_annotation, read_jsonl, text_key, write_examples

OLDER: Final = ("gold_seeds", "gold_corpus")
"""Annotated before the guideline's last settled points."""


def gold_examples(folder: Path) -> list[Example]:
    """The gold annotations; those of older files are corrected, but for the held-out ones, which stay as they are."""
    examples = []
    for name, part in GOLD.items():
        for row in read_jsonl(folder / f"{name}.jsonl"):
            made = from_annotation(row, row.get("title") or "", row["abstract"], part)
            examples.append(corrected(made) if name in OLDER and not made.dev else made)
    return examples


def extra_examples(path: Path, papers: Path) -> list[Example]:
    """Further annotated abstracts, kept as offsets; all are for training. Those without values are the older ones."""
    texts = read_texts(papers)
    examples = (replace(unpack(row, *texts[row["id"]]), dev=False) for row in read_jsonl(path))
    return [e if e.valued else corrected(e) for e in examples]


def unlabelled_examples(papers: Path) -> list[Example]:
    """The abstracts without annotations."""
    examples = []
    for key, (title, abstract) in read_texts(papers).items():
        text = f"{title}\n{abstract}" if title else abstract
        examples.append(Example("papers", key, text, len(title) + 1 if title else 0, []))
    return examples


def marks_of(example: Example) -> set[str]:
    """What two versions of one paper have in common: the abstract, its beginning, or the title."""
    abstract, title = text_key(example.text[example.title_end :]), text_key(example.text[: example.title_end])
    return {abstract, abstract[:80]} | ({"title " + title} if len(title) > 20 else set())


def without(examples: Iterable[Example], known: Iterable[Example]) -> list[Example]:
    """The examples that are no version of a known one nor of one another."""
    taken = {mark for e in known for mark in marks_of(e)}
    left = []
    for example in examples:
        marks = marks_of(example)
        if taken.isdisjoint(marks):
            taken |= marks
            left.append(example)
    return left


def trim_vocabulary(tokenizer: Path, papers: Path, least: int, out: Path) -> list[int]:
    """Drop word pieces seen fewer than ``least`` times in the papers; words fall back to smaller pieces.

    Special and single-character pieces stay. Returns the rows that remain, in their old order.
    """
    spec: dict[str, Any] = json.loads(tokenizer.read_text(encoding="utf-8"))
    spec["truncation"] = spec["padding"] = None
    full = Tokenizer.from_str(json.dumps(spec))
    counts: Counter[int] = Counter()
    with gzip.open(papers, "rt", encoding="utf-8") as lines:
        for line in lines:
            paper = json.loads(line)
            counts.update(full.encode(f"{paper.get('title')} {paper['abstract']}", add_special_tokens=False).ids)
    vocabulary: dict[str, int] = spec["model"]["vocab"]
    by_row = {row: piece for piece, row in vocabulary.items()}
    special = {token["id"] for token in spec["added_tokens"]}
    short = {row for row, piece in by_row.items() if len(piece.removeprefix("##")) == 1}
    kept = [row for row in sorted(by_row) if row in special or row in short or counts[row] >= least]
    new = {old: n for n, old in enumerate(kept)}
    spec["model"]["vocab"] = {by_row[old]: n for old, n in new.items()}
    for token in spec["added_tokens"]:
        token["id"] = new[token["id"]]
    spec["post_processor"] = None  # special pieces are put in by extractors.neural.features
    out.write_text(json.dumps(spec, ensure_ascii=False), encoding="utf-8")
    return kept


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evaluation", type=Path, required=True, help="folder of the gold annotations")
    parser.add_argument("--corpora", type=Path, required=True, help="folder of abstracts, scierc and tdmsci")
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json of the encoder to start from")
    parser.add_argument("--annotations", type=Path, help="further annotated abstracts, as offsets")
    parser.add_argument("--least", type=int, default=8, help="how often a word piece must occur to stay")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    papers = args.corpora / "abstracts.jsonl.gz"
    gold = gold_examples(args.evaluation)
    held_out = [e for e in gold if e.dev]
    annotated = [e for e in reversed(gold) if not e.dev]  # of two versions of a paper, the later annotation
    if args.annotations:
        annotated += extra_examples(args.annotations, papers)
    examples = held_out + without(annotated, held_out)
    sets = {
        "papers": examples,
        "unlabelled": without(unlabelled_examples(papers), examples),
        "scierc": [e for part in ("train", "dev") for e in scierc(args.corpora / "scierc", part)],
        "tdmsci": list(tdmsci(args.corpora / "tdmsci")),
    }
    for name, some in sets.items():
        write_examples(args.out / f"{name}.jsonl", some)
        print(f"{name}: {len(some)} examples, {sum(e.dev for e in some)} of them held out")
    if not (args.out / "kept.json").exists():
        kept = trim_vocabulary(args.tokenizer, papers, args.least, args.out / "tokenizer.json")
        (args.out / "kept.json").write_text(json.dumps(kept))
        print(f"vocabulary: {len(kept)} word pieces")


if __name__ == "__main__":
    main()
