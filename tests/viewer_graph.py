"""A small graph made by hand, with the nastiest titles that a paper may have."""

import random

from kg import schema
from kg.graph import Graph, Node, Relationship, Value

IMAGE = "<img src=x onerror=alert(1)>"
SCRIPT = "</script><script>document.title='run'</script>"
COMMENT = "<!-- <script> ]]> & \u2028 $title ${data}"


def concept(label: str, name: str, papers: int, *aliases: str) -> Node:
    return Node(label, concept_id(label, name), {"name": name, "aliases": (name, *aliases), "papers": papers})


def concept_id(label: str, name: str) -> str:
    return f"{label.lower()}:{name.lower().replace(' ', '-')}"


def paper(number: int, title: str, year: int) -> Node:
    properties: dict[str, Value] = {
        "title": title,
        "abstract": title,
        "year": year,
        "url": f"https://example.org/{number}",
    }
    return Node("Paper", f"text:{number}", properties)


def says(kind: str, start: str, end: str, paper_number: int, sentence: str, confidence: float = 0.9) -> Relationship:
    said: dict[str, Value] = {"paper": f"text:{paper_number}", "sentence": sentence, "confidence": confidence}
    return Relationship(kind, start, end, {**said, "extractor": "hand"})


def mentions(paper_number: int, end: str) -> Relationship:
    return Relationship("MENTIONS", f"text:{paper_number}", end, {"count": 1, "surface": (end,)})


def result(number: int, paper_number: int, method: str, dataset: str) -> list[Relationship]:
    node = f"result:{number}"
    ends = [("REPORTS", f"text:{paper_number}", node), ("OF_METHOD", node, method), ("ON_DATASET", node, dataset)]
    return [Relationship(kind, start, end, {}) for kind, start, end in ends]


def small_graph() -> Graph:
    """Methods on datasets, from three papers; the titles, a name, an alias and a sentence are hostile."""
    simcse, bert, roberta = (concept_id("Method", name) for name in ("SimCSE", "BERT", "RoBERTa"))
    sts, imagenet = concept_id("Dataset", "STS-B"), concept_id("Dataset", "ImageNet")
    similarity, classification = concept_id("Task", "semantic similarity"), concept_id("Task", "image classification")
    accuracy, hostile = concept_id("Metric", "accuracy"), concept_id("Method", IMAGE)
    nodes = [
        concept("Method", "SimCSE", 2, "Sim-CSE"),
        concept("Method", "BERT", 3, "Bidirectional Encoder Representations from Transformers", SCRIPT),
        concept("Method", "RoBERTa", 1),
        concept("Method", IMAGE, 1, COMMENT),
        concept("Dataset", "STS-B", 2, "STS benchmark"),
        concept("Dataset", "ImageNet", 1),
        concept("Task", "semantic similarity", 2),
        concept("Task", "image classification", 1),
        concept("Metric", "accuracy", 2),
        paper(1, IMAGE, 2019),
        paper(2, SCRIPT, 2021),
        paper(3, COMMENT, 2023),
        Node(
            "Result", "result:1", {"value": "76.3", "number": 76.3, "comparison": "absolute", "text": "SimCSE: 76.3."}
        ),
        Node("Result", "result:2", {"value": SCRIPT, "comparison": "relative", "text": IMAGE}),
    ]
    relationships = [
        says("EVALUATED_ON", simcse, sts, 1, "We evaluate SimCSE on the STS benchmark."),
        says("EVALUATED_ON", simcse, sts, 2, "SimCSE reaches 76.3 on STS-B.", 0.7),
        says("EVALUATED_ON", bert, sts, 1, f"BERT on STS-B {SCRIPT}"),
        says("BASED_ON", simcse, bert, 1, "SimCSE builds on BERT."),
        says("BASED_ON", roberta, bert, 2, "RoBERTa is a robustly optimized BERT."),
        says("OUTPERFORMS", simcse, roberta, 3, "Sim-CSE beats RoBERTa.", 0.4),
        says("USED_FOR", simcse, similarity, 1, "SimCSE is used for semantic similarity."),
        says("BENCHMARK_FOR", sts, similarity, 2, "STS-B is a benchmark for semantic similarity."),
        says("BENCHMARK_FOR", imagenet, classification, 3, "ImageNet is a benchmark for image classification."),
        says("MEASURED_BY", imagenet, accuracy, 3, "ImageNet is scored by accuracy."),
        says("OUTPERFORMS", hostile, bert, 3, f"{IMAGE} beats BERT."),
        *(mentions(n, end) for n in (1, 2) for end in (simcse, bert, sts, similarity)),
        mentions(3, hostile),
        *result(1, 1, simcse, sts),
        *result(2, 2, hostile, sts),
    ]
    return Graph.of(nodes, relationships)


def large_graph(concepts: int, seed: int = 1) -> Graph:
    """Concepts joined as in papers: few that everybody names, many named once."""
    rng = random.Random(seed)
    labels = rng.choices(("Method", "Task", "Dataset", "Metric"), (6, 2, 1, 1), k=concepts)
    nodes = [concept(label, f"name {n}", 1 + concepts // (n + 1) // 4) for n, label in enumerate(labels)]
    kinds = {pair: kind for kind in schema.STATEMENT_TYPES for pair in schema.RELATIONSHIP_TYPES[kind].endpoints}
    statements: dict[tuple[str, ...], Relationship] = {}
    while len(statements) < concepts * 3 // 2:
        a, b = int(concepts * rng.random() ** 2), rng.randrange(concepts)
        kind = kinds.get((labels[a], labels[b]))
        if a != b and kind:
            year = rng.randrange(40)
            statement = says(kind, nodes[a].id, nodes[b].id, year, f"Sentence {len(statements)} says so. " * 4)
            statements[statement.key] = statement
    return Graph.of([*nodes, *(paper(n, f"Paper {n}", 1990 + n) for n in range(40))], statements.values())
