"""Step 1: corpora to training examples, and a vocabulary cut down to what such texts use.

Writes ``papers.jsonl``, ``scierc.jsonl``, ``tdmsci.jsonl``, ``tokenizer.json`` and ``kept.json``
(rows of the encoder's vocabulary that remain).
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from extractors.training.annotations import read_texts, unpack
from extractors.training.corpora import scierc, tdmsci
from extractors.training.examples import Example, from_annotation, read_jsonl, text_key, write_examples


def gold_examples(folder: Path) -> list[Example]:
    """The gold annotations of ``gold_seeds.jsonl`` and ``gold_corpus.jsonl``."""
    rows = [row for name in ("gold_seeds", "gold_corpus") for row in read_jsonl(folder / f"{name}.jsonl")]
    return [from_annotation(row, row.get("title") or "", row["abstract"]) for row in rows]


def extra_examples(path: Path, papers: Path, known: Iterable[Example]) -> list[Example]:
    """Further annotated abstracts, kept as offsets, but for those that are in the gold; all are for training."""
    texts = read_texts(papers)
    taken = {text_key(e.text[e.title_end :]) for e in known}
    extra = [replace(unpack(row, *texts[row["id"]]), dev=False) for row in read_jsonl(path)]
    return [e for e in extra if text_key(e.text[e.title_end :]) not in taken]


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
    examples = gold_examples(args.evaluation)
    if args.annotations:
        examples += extra_examples(args.annotations, papers, examples)
    sets = {
        "papers": examples,
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
