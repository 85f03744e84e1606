"""A graph of any size by chance, shaped like real ones: few concepts in many papers, many in few.

python benchmarks/synthetic_graph.py 50000 graph.jsonl
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

from kg import schema
from kg.graph import Graph, Node, Relationship, write_jsonl

SHARE = {"Method": 0.9, "Task": 0.35, "Dataset": 0.15, "Metric": 0.05}
"""Concepts of each label, per paper."""
CLAIMS_A_PAPER = 6


def synthetic(papers: int, seed: int = 1) -> Graph:
    """A graph of so many papers; the same seed gives the same graph."""
    chance = random.Random(seed)
    concepts = {label: [f"{label.lower()}:c{n}" for n in range(int(papers * s) + 5)] for label, s in SHARE.items()}
    counts: Counter[str] = Counter()
    nodes, relationships = [], {}

    def pick(label: str) -> str:
        # A power law: the first of them stand in a good part of all papers.
        members = concepts[label]
        return members[int(len(members) * chance.random() ** 4)]

    def add(name: str, start: str, end: str, **properties: str | float | tuple[str, ...]) -> None:
        rel = Relationship(name, start, end, properties)
        relationships[rel.key] = rel

    for number in range(papers):
        paper = f"arxiv:{number:07}"
        words = " ".join(f"word{chance.randrange(5000)}" for _ in range(120))
        authors = tuple(f"Author {chance.randrange(papers)}" for _ in range(3))
        properties = {"title": f"Paper {number}", "abstract": words, "year": 2005 + int(20 * chance.random() ** 0.5)}
        nodes.append(Node("Paper", paper, {**properties, "authors": authors, "source": ("synthetic",)}))
        named = {label: [pick(label) for _ in range(k)] for label, k in zip(SHARE, (4, 2, 2, 1), strict=True)}
        for members in named.values():
            for concept in set(members):
                counts[concept] += 1
                add("MENTIONS", paper, concept, count=chance.randrange(1, 6), surface=(concept.split(":")[1],))
        add("INTRODUCES", paper, named["Method"][0], confidence=round(chance.random(), 3), sentence="We propose it.")
        add("ABOUT", paper, named["Task"][0])
        for _ in range(CLAIMS_A_PAPER):
            name = chance.choice(schema.STATEMENT_TYPES)
            start, end = chance.choice(schema.RELATIONSHIP_TYPES[name].endpoints)
            head, tail = chance.choice(named[start]), chance.choice(named[end])
            if head != tail:
                sentence = f"In paper {number}, {head} and {tail} stand in relation {name.lower()} to each other."
                add(
                    name,
                    head,
                    tail,
                    paper=paper,
                    sentence=sentence,
                    confidence=round(chance.random(), 3),
                    extractor="x",
                )
        if chance.random() < 0.5:
            result = f"result:{number}"
            value = round(100 * chance.random(), 1)
            what = {"value": str(value), "number": value, "comparison": "absolute", "text": f"It reaches {value}."}
            nodes.append(Node("Result", result, what))
            add("REPORTS", paper, result)
            for name, label in (("OF_METHOD", "Method"), ("ON_DATASET", "Dataset"), ("BY_METRIC", "Metric")):
                add(name, result, named[label][0])
    for label, members in concepts.items():
        for concept in members:
            if counts[concept]:
                name = concept.split(":")[1].upper()
                nodes.append(Node(label, concept, {"name": name, "aliases": (name,), "papers": counts[concept]}))
    return Graph.of(nodes, relationships.values())


if __name__ == "__main__":
    made = synthetic(int(sys.argv[1]))
    with Path(sys.argv[2]).open("w", encoding="utf-8") as out:
        write_jsonl(made, out)
    print(f"{len(made.nodes)} nodes, {len(made.relationships)} relationships", file=sys.stderr)
