"""Annotated abstracts without their texts: offsets and labels by paper id, and back.

``pack`` reads annotations in the guideline's form (entities with their surface forms) and
writes, for each paper, where the mentions are; ``unpack`` needs the texts again. Offsets
count in ``title + "\\n" + abstract``; ``check`` is a hash of that text, so that a text which
has changed is noticed.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from extractors.training.examples import Concept, Example, from_annotation, is_dev, read_jsonl

Texts = dict[str, tuple[str, str]]
"""Title and abstract by paper id."""


def check_of(text: str) -> str:
    """Eight hex digits that tell whether a text is the one that was annotated."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def pack(example: Example) -> dict[str, Any]:
    """One annotation as offsets: entities (and values, where ``valued``) are [type, introduced, topic, spans]."""
    entities = [[c.type, int(c.introduced), int(c.topic), [list(s) for s in c.spans]] for c in example.concepts]
    relations = [list(r) for r in example.relations]
    row = {"id": example.id, "check": check_of(example.text), "entities": entities, "relations": relations}
    return row | ({"valued": 1} if example.valued else {})


def unpack(row: dict[str, Any], title: str, abstract: str) -> Example:
    """The annotation of :func:`pack` together with its text; ValueError where the text has changed."""
    start = len(title) + 1 if title else 0
    text = f"{title}\n{abstract}" if title else abstract
    if check_of(text) != row["check"]:
        raise ValueError(f"{row['id']}: not the text that was annotated")
    concepts = [Concept(t, [(s, e) for s, e in spans], bool(i), bool(k)) for t, i, k, spans in row["entities"]]
    relations = [(h, r, t) for h, r, t in row["relations"]]
    return Example("papers", row["id"], text, start, concepts, relations, is_dev(abstract), bool(row.get("valued")))


def read_texts(path: Path) -> Texts:
    """Titles and abstracts of a (gzipped) JSON-lines file of papers."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        papers = (json.loads(line) for line in lines)
        return {str(p["id"]): (p.get("title") or "", p["abstract"]) for p in papers}


def pack_all(annotated: Iterable[dict[str, Any]], texts: Texts) -> Iterator[dict[str, Any]]:
    """Packed annotations in order of paper id, the last one where an id comes twice."""
    by_id = {str(row["id"]): row for row in annotated}
    for key in sorted(by_id):
        yield pack(from_annotation(by_id[key], *texts[key]))


def main() -> None:
    """Command line: annotated JSON lines and the papers' texts to a file of offsets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=Path, help="JSON lines (.gz) with id, title and abstract")
    parser.add_argument("annotated", type=Path, nargs="+", help="annotations in the guideline's form")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rows = (row for path in args.annotated for row in read_jsonl(path))
    packed = list(pack_all(rows, read_texts(args.papers)))
    with args.out.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, separators=(",", ":")) + "\n" for row in packed)
    print(f"{len(packed)} abstracts packed into {args.out}")


if __name__ == "__main__":
    main()
