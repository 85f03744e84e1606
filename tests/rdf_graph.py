"""A graph for the tests of RDF: sentences that stand in their papers, and two papers that say the same."""

from __future__ import annotations

from kg.graph import Graph, Node, Relationship

PAPER = "arxiv:1810.04805"
OTHER = "doi:10.1000/(x)<y>"
SENTENCE = "BERT beats BiDAF on “SQuAD”."
ABSTRACT = f"Reading is hard. {SENTENCE} We report 93.2 F1."
TITLE = "BERT is a language model"
READER = "default 0.1.0+5f3a"


def _said(paper: str, sentence: str, confidence: float) -> dict[str, str | float]:
    return {"paper": paper, "sentence": sentence, "confidence": confidence, "extractor": READER}


def _concept(label: str, slug: str, name: str, *aliases: str) -> Node:
    return Node(label, f"{label.lower()}:{slug}", {"name": name, "aliases": (name, *aliases), "papers": 1})


def graph() -> Graph:
    """The graph."""
    return Graph.of(
        [
            Node(
                "Paper",
                PAPER,
                {
                    "title": TITLE,
                    "key": "b2018bert",
                    "abstract": ABSTRACT,
                    "year": 2018,
                    "venue": "NAACL",
                    "authors": ("Zoë B.", "Adam A."),
                    "url": "https://aclanthology.org/N19-1423/",
                    "arxiv": "1810.04805",
                    "doi": "10.18653/v1/n19-1423",
                    "ids": ("W2963341956",),
                    "source": ("a.bib",),
                    "extractor": READER,
                },
            ),
            Node("Paper", OTHER, {"abstract": "We agree. BERT beats BiDAF.", "doi": "10.1000/(x)<y>"}),
            _concept("Method", "bert", "BERT", "Bert"),
            _concept("Method", "bidaf", "BiDAF"),
            Node(
                "Method",
                "method:language-model",
                {"name": "language model", "aliases": ("language model",), "papers": 1, "generic": True},
            ),
            Node("Metric", "metric:f1", {"name": "F1", "aliases": ("F1",), "papers": 1, "better": "higher"}),
            Node(
                "Result",
                "result:1",
                {"value": "93.2", "number": 93.2, "unit": "%", "comparison": "absolute", "text": "We report 93.2 F1."},
            ),
        ],
        [
            Relationship("OUTPERFORMS", "method:bert", "method:bidaf", _said(PAPER, SENTENCE, 0.9)),
            Relationship("OUTPERFORMS", "method:bert", "method:bidaf", _said(OTHER, "BERT beats BiDAF.", 1e-7)),
            Relationship("SUBCLASS_OF", "method:bert", "method:language-model", _said(PAPER, TITLE, 1.0)),
            Relationship(
                "BASED_ON", "method:bidaf", "method:language-model", _said(OTHER, "In neither title nor abstract.", 0.5)
            ),
            Relationship("MENTIONS", PAPER, "method:bert", {"count": 3, "surface": ("BERT", "Bert")}),
            Relationship("INTRODUCES", PAPER, "method:bert", {"confidence": 0.75, "sentence": SENTENCE}),
            Relationship("ABOUT", PAPER, "method:bert", {}),
            Relationship("REPORTS", PAPER, "result:1", {}),
            Relationship("OF_METHOD", "result:1", "method:bert", {}),
            Relationship("BY_METRIC", "result:1", "metric:f1", {}),
        ],
    )
