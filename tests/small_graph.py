"""A small graph made by hand, in our own words, about methods and datasets that exist."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph import Graph, Node, Relationship, Value

_CONCEPTS = {
    "Method": (
        ("bert", "BERT", ("BERT", "Bert", "bidirectional encoder representations from transformers")),
        ("roberta", "RoBERTa", ("RoBERTa", "Roberta")),
        ("albert", "ALBERT", ("ALBERT",)),
        ("transformer", "Transformer", ("Transformer", "Transformers")),
        ("self-attention", "self-attention", ("self-attention", "self attention")),
        ("bidaf", "BiDAF", ("BiDAF", "bidirectional attention flow")),
        ("xlnet", "XLNet", ("XLNet",)),
        ("resnet", "ResNet", ("ResNet", "residual network")),
        ("vit", "ViT", ("ViT", "Vision Transformer")),
        ("efficientnet", "EfficientNet", ("EfficientNet",)),
        ("knowledge-distillation", "knowledge distillation", ("knowledge distillation",)),
        ("distilbert", "DistilBERT", ("DistilBERT",)),
        ("language-model", "language model", ("language model", "language models")),
        ("cafe", "Café-Net 2", ("Café-Net 2", 'it\'s "Café"')),
    ),
    "Task": (
        ("question-answering", "question answering", ("question answering", "QA")),
        ("reading-comprehension", "reading comprehension", ("reading comprehension",)),
        ("image-classification", "image classification", ("image classification",)),
        ("language-understanding", "language understanding", ("language understanding", "NLU")),
        ("visual-question-answering", "visual question answering", ("visual question answering",)),
        ("fine-image-classification", "fine image classification", ("fine image classification",)),
    ),
    "Dataset": (
        ("squad", "SQuAD", ("SQuAD", "Stanford Question Answering Dataset")),
        ("glue", "GLUE", ("GLUE",)),
        ("imagenet", "ImageNet", ("ImageNet", "ILSVRC")),
        ("cifar-10", "CIFAR-10", ("CIFAR-10", "CIFAR10")),
        ("race", "RACE", ("RACE",)),
    ),
    "Metric": (
        ("f1", "F1", ("F1", "F1 score")),
        ("accuracy", "accuracy", ("accuracy", "Accuracy")),
        ("exact-match", "exact match", ("exact match", "EM")),
        ("error-rate", "error rate", ("error rate",)),
    ),
}

_BETTER = {"metric:f1": "higher", "metric:accuracy": "higher", "metric:error-rate": "lower"}
"""Which values are better, of the metrics whose names tell."""

_GENERIC = ("metric:accuracy", "method:language-model")

_PAPERS = (
    ("arxiv:0001.00001", "Reading with two-way attention flow", 2016, "ICLR"),
    ("arxiv:0002.00002", "Attention without recurrence", 2017, "NeurIPS"),
    ("arxiv:0003.00003", "Deep two-way encoders", 2018, "NAACL"),
    ("arxiv:0004.00004", "Encoders trained longer", 2019, None),
    ("arxiv:0005.00005", "Lighter encoders", 2020, "ICLR"),
    ("doi:10.1000/xyz", "Permuted language models", 2019, "NeurIPS"),
    ("arxiv:0006.00006", "Deep residual nets", 2016, "CVPR"),
    ("arxiv:0007.00007", "Images as words", 2021, "ICLR"),
    ("arxiv:0008.00008", "Scaling nets evenly", 2019, "ICML"),
    ("arxiv:0009.00009", "Students of encoders", 2019, None),
    ("text:0a1b2c", None, None, None),
)

# paper, head, relation, tail, confidence, sentence
_CLAIMS = (
    (0, "method:bidaf", "EVALUATED_ON", "dataset:squad", 0.9, "BiDAF is tested on SQuAD."),
    (0, "method:bidaf", "USED_FOR", "task:reading-comprehension", 0.8, "BiDAF reads passages."),
    (0, "dataset:squad", "BENCHMARK_FOR", "task:reading-comprehension", 0.9, "SQuAD is a benchmark for reading."),
    (0, "method:bidaf", "MEASURED_BY", "metric:f1", 0.7, "BiDAF reaches an F1 of 77.3."),
    (1, "method:self-attention", "PART_OF", "method:transformer", 0.95, "The Transformer consists of self-attention."),
    (2, "method:bert", "BASED_ON", "method:transformer", 0.9, "BERT builds on the Transformer."),
    (2, "method:bert", "OUTPERFORMS", "method:bidaf", 0.85, "BERT beats BiDAF on SQuAD."),
    (2, "method:bert", "EVALUATED_ON", "dataset:squad", 0.95, "BERT reaches 93.2 F1 on SQuAD."),
    (2, "method:bert", "EVALUATED_ON", "dataset:glue", 0.95, "We test BERT on GLUE."),
    (2, "method:bert", "USED_FOR", "task:question-answering", 0.8, "BERT answers questions."),
    (2, "method:bert", "USED_FOR", "task:language-understanding", 0.8, "BERT serves language understanding."),
    (2, "dataset:glue", "BENCHMARK_FOR", "task:language-understanding", 0.9, "GLUE tests language understanding."),
    (2, "dataset:squad", "BENCHMARK_FOR", "task:question-answering", 0.9, "SQuAD tests question answering."),
    (2, "task:question-answering", "MEASURED_BY", "metric:f1", 0.6, "Question answering is measured by F1."),
    (2, "dataset:squad", "MEASURED_BY", "metric:exact-match", 0.6, "SQuAD reports exact match."),
    (2, "method:bert", "SUBCLASS_OF", "method:language-model", 0.5, "BERT is a language model."),
    (3, "method:roberta", "BASED_ON", "method:bert", 0.9, "RoBERTa trains BERT longer."),
    (3, "method:roberta", "OUTPERFORMS", "method:bert", 0.9, "RoBERTa is better than BERT."),
    (3, "method:roberta", "OUTPERFORMS", "method:xlnet", 0.6, "RoBERTa is better than XLNet."),
    (3, "method:roberta", "EVALUATED_ON", "dataset:squad", 0.9, "RoBERTa is tested on SQuAD, GLUE and RACE."),
    (3, "method:roberta", "EVALUATED_ON", "dataset:glue", 0.9, "RoBERTa is tested on SQuAD, GLUE and RACE."),
    (3, "method:roberta", "EVALUATED_ON", "dataset:race", 0.9, "RoBERTa is tested on SQuAD, GLUE and RACE."),
    (3, "method:roberta", "USED_FOR", "task:question-answering", 0.7, "RoBERTa answers questions."),
    (3, "dataset:race", "BENCHMARK_FOR", "task:reading-comprehension", 0.8, "RACE tests reading."),
    (4, "method:albert", "BASED_ON", "method:bert", 0.9, "ALBERT shares the layers of BERT."),
    (4, "method:albert", "OUTPERFORMS", "method:roberta", 0.4, "ALBERT beats RoBERTa."),
    (4, "method:albert", "EVALUATED_ON", "dataset:race", 0.9, "ALBERT is tested on RACE and GLUE."),
    (4, "method:albert", "EVALUATED_ON", "dataset:glue", 0.9, "ALBERT is tested on RACE and GLUE."),
    (4, "method:albert", "USED_FOR", "task:reading-comprehension", 0.9, "ALBERT reads passages."),
    (5, "method:xlnet", "BASED_ON", "method:transformer", 0.8, "XLNet builds on the Transformer."),
    (5, "method:xlnet", "OUTPERFORMS", "method:bert", 0.9, "XLNet is better than BERT."),
    (5, "method:xlnet", "OUTPERFORMS", "method:roberta", 0.3, "XLNet would be better than RoBERTa."),
    (5, "method:xlnet", "EVALUATED_ON", "dataset:squad", 0.9, "XLNet is tested on SQuAD."),
    (5, "method:xlnet", "USED_FOR", "task:question-answering", 0.5, "XLNet answers questions."),
    (6, "method:resnet", "EVALUATED_ON", "dataset:imagenet", 0.9, "ResNet is tested on ImageNet and CIFAR-10."),
    (6, "method:resnet", "EVALUATED_ON", "dataset:cifar-10", 0.9, "ResNet is tested on ImageNet and CIFAR-10."),
    (6, "method:resnet", "USED_FOR", "task:image-classification", 0.9, "ResNet classifies images."),
    (6, "dataset:imagenet", "BENCHMARK_FOR", "task:image-classification", 0.9, "ImageNet tests classification."),
    (6, "dataset:cifar-10", "BENCHMARK_FOR", "task:image-classification", 0.7, "CIFAR-10 tests classification."),
    (6, "task:image-classification", "MEASURED_BY", "metric:accuracy", 0.7, "Classification is measured by accuracy."),
    (7, "method:vit", "BASED_ON", "method:transformer", 0.95, "ViT gives images to a Transformer."),
    (7, "method:vit", "OUTPERFORMS", "method:resnet", 0.9, "ViT is better than ResNet."),
    (7, "method:vit", "EVALUATED_ON", "dataset:imagenet", 0.9, "ViT is tested on ImageNet and CIFAR-10."),
    (7, "method:vit", "EVALUATED_ON", "dataset:cifar-10", 0.9, "ViT is tested on ImageNet and CIFAR-10."),
    (7, "method:vit", "TRAINED_ON", "dataset:imagenet", 0.6, "ViT is trained on ImageNet."),
    (7, "method:vit", "USED_FOR", "task:image-classification", 0.9, "ViT classifies images."),
    (8, "method:efficientnet", "OUTPERFORMS", "method:resnet", 0.9, "EfficientNet is better than ResNet."),
    (8, "method:efficientnet", "EVALUATED_ON", "dataset:imagenet", 0.9, "EfficientNet is tested on ImageNet."),
    (8, "method:efficientnet", "COMPARED_WITH", "method:vit", 0.5, "EfficientNet is set beside ViT."),
    (8, "dataset:imagenet", "BENCHMARK_FOR", "task:image-classification", 0.9, "ImageNet is the usual benchmark."),
    (9, "method:distilbert", "BASED_ON", "method:bert", 0.9, "DistilBERT distils BERT."),
    (9, "method:knowledge-distillation", "PART_OF", "method:distilbert", 0.8, "DistilBERT uses distillation."),
    (9, "method:distilbert", "EVALUATED_ON", "dataset:glue", 0.9, "DistilBERT is tested on GLUE."),
    (9, "method:bert", "OUTPERFORMS", "method:distilbert", 0.6, "BERT stays ahead of DistilBERT."),
    (
        9,
        "method:distilbert",
        "USED_FOR",
        "task:visual-question-answering",
        0.7,
        "DistilBERT answers questions on images.",
    ),
    (9, "dataset:race", "BENCHMARK_FOR", "task:visual-question-answering", 0.6, "RACE has questions on images."),
    (9, "task:visual-question-answering", "SUBCLASS_OF", "task:reading-comprehension", 0.6, "To see is to read."),
    (
        8,
        "task:fine-image-classification",
        "SUBCLASS_OF",
        "task:image-classification",
        0.6,
        "Fine ones are images, too.",
    ),
    (8, "method:efficientnet", "USED_FOR", "task:fine-image-classification", 0.8, "EfficientNet tells birds apart."),
    (10, "method:cafe", "BASED_ON", "method:resnet", 0.2, "Our “Café” net isn't \\ new; it's ResNet.\nReally."),
)

_NARROWER = (
    ("task:visual-question-answering", "task:question-answering"),
    ("task:fine-image-classification", "task:image-classification"),
)

# paper, value, number, unit, comparison, method, dataset, metric, task, baseline
_RESULTS = (
    (0, "77.3", 77.3, None, "absolute", "bidaf", "squad", "f1", "reading-comprehension", None),
    (2, "93.2", 93.2, None, "absolute", "bert", "squad", "f1", "question-answering", None),
    (2, "+1.5 points", 1.5, "points", "difference", "bert", "squad", "f1", None, "bidaf"),
    (3, "94.6", 94.6, None, "absolute", "roberta", "squad", "f1", None, None),
    (3, "88.9", 88.9, None, "absolute", "roberta", "squad", "exact-match", None, None),
    (5, "95.1%", 95.1, "%", "absolute", "xlnet", "squad", "f1", None, None),
    (6, "93.6%", 93.6, "%", "absolute", "resnet", "cifar-10", "accuracy", "image-classification", None),
    (7, "99.5%", 99.5, "%", "absolute", "vit", "cifar-10", "accuracy", "image-classification", None),
    (7, "state of the art", None, None, "absolute", "vit", "imagenet", None, None, None),
    (6, "21.4%", 21.4, "%", "absolute", "resnet", "imagenet", "error-rate", "image-classification", None),
    (7, "12.6%", 12.6, "%", "absolute", "vit", "imagenet", "error-rate", "image-classification", None),
    (8, "15.7 %", 15.7, "%", "absolute", "efficientnet", "imagenet", "error-rate", None, None),
    (8, "21.4 %", 21.4, "%", "absolute", "resnet", "imagenet", "error-rate", None, None),
)


def graph() -> Graph:
    """The small graph."""
    claims = list(_claims())
    mentions: dict[str, set[str]] = {}
    for rel in claims:
        mentions.setdefault(str(rel.properties["paper"]), set()).update((rel.start, rel.end))
    return Graph.of(
        [*_papers(), *_concepts(mentions), *_result_nodes()],
        [*claims, *_mentions(mentions), *_result_relationships(), *_narrower()],
    )


def _papers() -> Iterator[Node]:
    for number, (identity, title, year, venue) in enumerate(_PAPERS):
        properties = {
            "title": title,
            "key": f"lovelace{year}{title.split()[0].lower()}" if title else None,
            "abstract": f"What {title or 'this'} is about.",
            "year": year,
            "venue": venue,
            "authors": ("Ada Lovelace", "Grace Hopper") if year else (),
            "url": None,
            "doi": identity.removeprefix("doi:") if identity.startswith("doi:") else None,
            "arxiv": identity.removeprefix("arxiv:") if identity.startswith("arxiv:") else None,
            "ids": (f"S{number}",),
            "source": ("small.jsonl",),
        }
        yield Node("Paper", identity, {k: v for k, v in properties.items() if v is not None})


def _concepts(mentions: dict[str, set[str]]) -> Iterator[Node]:
    for label, concepts in _CONCEPTS.items():
        for slug, name, aliases in concepts:
            identity = f"{label.lower()}:{slug}"
            papers = sum(identity in named for named in mentions.values())
            better = {"better": _BETTER[identity]} if identity in _BETTER else {}
            known: dict[str, Value] = {
                "name": name,
                "aliases": aliases,
                "papers": papers,
                "generic": identity in _GENERIC,
            }
            yield Node(label, identity, {**known, **better})


def _claims() -> Iterator[Relationship]:
    for paper, head, relation, tail, confidence, sentence in _CLAIMS:
        properties: dict[str, Value] = {
            "paper": _PAPERS[paper][0],
            "sentence": sentence,
            "confidence": confidence,
            "extractor": "by hand",
        }
        yield Relationship(relation, head, tail, properties)


def _mentions(mentions: dict[str, set[str]]) -> Iterator[Relationship]:
    introduced: set[str] = set()
    names = {f"{label.lower()}:{slug}": name for label, all_ in _CONCEPTS.items() for slug, name, _ in all_}
    for paper, named in mentions.items():
        for concept in sorted(named):
            yield Relationship("MENTIONS", paper, concept, {"count": 2, "surface": (names[concept],)})
            if concept.startswith("task:"):
                yield Relationship("ABOUT", paper, concept, {})
            if concept.startswith("method:") and concept not in introduced:
                introduced.add(concept)
                sentence = f"We propose {names[concept]}."
                yield Relationship("INTRODUCES", paper, concept, {"confidence": 0.75, "sentence": sentence})


def _narrower() -> Iterator[Relationship]:
    for narrower, broader in _NARROWER:
        yield Relationship("NARROWER_THAN", narrower, broader, {})


def _result_nodes() -> Iterator[Node]:
    for place, (_, value, number, unit, comparison, method, *_rest) in enumerate(_RESULTS):
        properties = {
            "value": value,
            "number": number,
            "unit": unit,
            "comparison": comparison,
            "text": f"{method} has {value}.",
        }
        yield Node("Result", f"result:{place}", {k: v for k, v in properties.items() if v is not None})


def _result_relationships() -> Iterator[Relationship]:
    for place, (paper, _, _, _, _, method, dataset, metric, task, baseline) in enumerate(_RESULTS):
        result = f"result:{place}"
        yield Relationship("REPORTS", _PAPERS[paper][0], result, {})
        ends = (
            ("OF_METHOD", "method", method),
            ("ON_DATASET", "dataset", dataset),
            ("BY_METRIC", "metric", metric),
            ("FOR_TASK", "task", task),
            ("OVER_BASELINE", "method", baseline),
        )
        for relation, label, slug in ends:
            if slug:
                yield Relationship(relation, result, f"{label}:{slug}", {})
