"""Which pairs of names are one concept, told by name alone; pairs of our own, of every kind that assembly knows."""

from __future__ import annotations

import pytest
from assembly_records import aliases, concepts, paper

from extractors.names.data import pairs
from extractors.names.keys import rewrite
from kg.assembly import assemble
from kg.assembly.present.numbers import number_and_unit

SAME = """
Method | Deep Q-Networks | deep Q networks
Method | fully-convolutional networks | Fully Convolutional Network
Method | spiking nets | spiking neural networks
Method | Kalman Filters | Kalman filtering
Method | behaviour cloning | behavioral cloning
Method | colour histograms | color histogram
Method | generalised linear models | generalized linear model
Method | Monte-Carlo tree search | MCTS
Method | multi-head attention mechanism | multihead attention
Method | LSTM networks | long short-term memory
Method | bi-directional LSTMs | BiLSTM
Method | graph convolution networks | GCNs
Method | GNN-based recommender | graph neural network-based recommender
Method | offline RL | offline reinforcement learning
Method | AdaBoost algorithm | Adaboost
Method | $\\ell_1$-regularization | ℓ1 regularization
Method | Schrödinger bridges | Schrodinger bridge
Method | encoder–decoder | encoder-decoder
Method | matrices factorization | matrix factorization
Method | self-supervised learning methods | self-supervised learning
Method | knowl\\-edge tracing | knowledge tracing
Method | W-Net | WNet
Method | Proximal Policy Optimisation | PPO
Method | kNN | k-nearest neighbours
Method | deep supervised hashing | supervised deep hashing
Method | 2-dimensional wavelets | 2D wavelet
Task | gaze estimation in videos | video gaze estimation
Task | motion forecasting | motion prediction
Metric | mAP accuracy | mAP
Metric | Rank-1 accuracy | Rank-1
Metric | Dice coefficient | Dice
Dataset | DAVOS 2017 | DAVOS17
Dataset | \\kinetics | Kinetics
Metric | \\miou | mIoU
Dataset | ImageNet dataset | ImageNet
Dataset | Fashion MNIST | FashionMNIST
Dataset | SemEval-2014 Task 4 | SemEval 2014 task 4
Dataset | MSCOCO | Microsoft COCO
Dataset | the Penn Treebank | PTB
Task | few-shot image classification tasks | few shot image classification
Task | detecting objects | object detection
Task | recognition of emotions | emotion recognition
Task | click-through-rate prediction | CTR prediction
Task | named-entity recognition | NER
Metric | F1-score | F1
Metric | BLEU scores | BLEU
Metric | word-error rate | WER
Metric | top-1 acc | top-1 accuracy
"""

DIFFERENT = """
Method | ResNet-101 | ResNet-152
Method | ViT-B/16 | ViT-B/32
Method | YOLOv3 | YOLOv4
Method | Llama 2 7B | Llama 27B
Method | BERT-base | BERT-large
Method | BERT | ALBERT
Method | Grad-CAM | Score-CAM
Method | U-Net | U-Net++
Method | Q-learning | double Q-learning
Method | Bayesian networks | Bayesian neural networks
Method | memory networks | neural memory networks
Method | kernel methods | kernel
Method | GaN | GANs
Method | LaS | least angle selection
Method | graph knowledge distillation | knowledge graph distillation
Method | reward model | reward
Method | mixed precision | precision
Method | supervised learning | unsupervised learning
Method | parametric models | nonparametric models
Method | symmetric loss | asymmetric loss
Method | encoder | decoder
Method | GAN | GAT
Method | SE-ResNet | speech enhancement ResNet
Method | object detector | objection detector
Dataset | CIFAR-10 | CIFAR-100
Dataset | VOC 2007 | VOC 2012
Dataset | SQuAD 1.1 | SQuAD 2.0
Dataset | KITTI 2012 | KITTI
Task | question answering | question generation
Task | text-to-image generation | image-to-text generation
Task | English-German translation | German-English translation
Task | image retrieval | text retrieval
Metric | OCR accuracy | OCR error
Metric | test accuracy | test
Metric | precision | average precision
Metric | top-1 accuracy | top-5 accuracy
Metric | macro F1 | micro F1
Metric | training time | inference time
"""


def _pairs(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split(" | ")) for line in table.strip().splitlines()]


def _nodes(kind: str, left: str, right: str) -> int:
    papers = [paper("p:1", f"{{{kind} {left}}}"), paper("p:2", f"{{{kind} {right}}}")]
    return len(concepts(assemble(papers)))


@pytest.mark.parametrize(("kind", "left", "right"), _pairs(SAME))
def test_one_concept(kind: str, left: str, right: str) -> None:
    assert _nodes(kind, left, right) == 1


@pytest.mark.parametrize(("kind", "left", "right"), _pairs(DIFFERENT))
def test_two_concepts(kind: str, left: str, right: str) -> None:
    assert _nodes(kind, left, right) == 2


def test_a_slip_of_one_letter_joins_the_common_name() -> None:
    papers = [paper(f"p:{n}", "{Method adversarial regularization}") for n in range(12)]
    papers.append(paper("q:1", "{Method adverserial regularization}"))
    assert list(concepts(assemble(papers))) == ["method:adversarial-regularization"]


def test_another_form_of_a_word_joins_names_that_keep_company() -> None:
    papers = [
        paper("p:1", "{Method hidden pattern index} over {Method Datalog}"),
        paper("p:2", "{Method hidden pattern indexing} over {Method Datalog}"),
        paper("p:3", "{Method causal maps} over {Method Prolog}"),
        paper("p:4", "{Method causal mapping} over {Method LISP}"),
    ]
    found = {node.properties["name"] for node in concepts(assemble(papers)).values()}
    assert len(found & {"hidden pattern index", "hidden pattern indexing"}) == 1
    assert {"causal maps", "causal mapping"} <= found


def test_wordings_that_one_paper_has_as_two_things_stay_two() -> None:
    papers = [paper("p:1", "{Method deep supervised hashing} beats {Method supervised deep hashing}")]
    assert len(concepts(assemble(papers))) == 2


def test_the_beginning_of_an_introduced_long_form_means_that() -> None:
    papers = [
        paper("p:1", "MST: Masked Sorter for Trees\n{Method!#1 MST} is a {Method#1 Masked Sorter}"),
        paper("p:2", "{Method masked sorter}"),
    ]
    assert aliases(*papers) == {frozenset({"MST", "Masked Sorter"}), frozenset({"masked sorter"})}


def test_a_rare_proper_name_one_letter_off_a_common_one_is_another_name() -> None:
    papers = [paper(f"p:{n}", "{Method ShuffleNet}") for n in range(12)]
    papers.append(paper("q:1", "{Method ShuffieNet}"))
    assert len(concepts(assemble(papers))) == 2


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("72%", (72.0, "%")),
        ("$72\\%$", (72.0, "%")),
        ("about 1,024", (1024.0, None)),
        ("+3.2 points", (3.2, "points")),
        ("10x", (10.0, "x")),
        ("2.5 times", (2.5, "x")),
        ("-0.5 BLEU", (-0.5, "BLEU")),
        ("87.3 ± 0.2", (87.3, None)),
        (".93", (0.93, None)),
        ("2-3%", (None, None)),
        ("1e400%", (None, None)),
        ("-" + "9" * 400, (None, None)),
        ("three times", (None, None)),
        ("", (None, None)),
    ],
)
def test_values_as_numbers(value: str, expected: tuple[float | None, str | None]) -> None:
    assert number_and_unit(value) == expected


def test_rewritten_wordings_need_no_further_rewriting() -> None:
    for old, new in pairs("rewrites.tsv"):
        words = tuple(new.split())
        assert rewrite(words) == words, old
