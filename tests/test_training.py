"""Training of the learned extractor: examples, corpora, calibration and, with PyTorch, the network."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from extractors.neural import features as ft
from extractors.training import annotations, calibration, corpora
from extractors.training.examples import Example, from_annotation, is_dev, occurrences, read_examples, write_examples

TITLE = "Foo: Bar learning"
ABSTRACT = "We propose Foo, a Bar learner for parsing. Foo beats Baz, and Bazaar is no Baz."
ROW: dict[str, Any] = {
    "id": "7",
    "entities": [
        {"name": "Foo", "type": "Method", "mentions": ["Foo"], "introduced": True},
        {"name": "parsing", "type": "Task", "mentions": ["parsing"], "introduced": False},
        {"name": "Baz", "type": "Method", "mentions": ["Baz"], "introduced": False},
    ],
    "relations": [["Foo", "USED_FOR", "parsing"], ["Foo", "OUTPERFORMS", "Baz"]],
    "topics": ["Foo"],
}


def example() -> Example:
    return from_annotation(ROW, TITLE, ABSTRACT)


def small_tokenizer() -> Tokenizer:
    letters = "abcdefghijklmnopqrstuvwxyz0123456789-.,:?!()"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *letters, *("##" + c for c in letters)]
    tokenizer = Tokenizer(models.WordPiece({w: n for n, w in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def test_every_occurrence_of_a_form_is_a_mention() -> None:
    """In title and abstract, on word boundaries: "Bazaar" is no "Baz"."""
    made = example()
    assert [made.text[s:e] for c in made.concepts for s, e in c.spans] == [*["Foo"] * 3, "parsing", "Baz", "Baz"]
    assert made.relations == [(0, "USED_FOR", 1), (0, "OUTPERFORMS", 2)]
    assert [c.topic for c in made.concepts] == [True, False, False]


def test_the_longest_form_wins_an_overlap() -> None:
    """As the guideline has it."""
    assert occurrences("deep neural network", ["neural network", "deep neural network"]) == [
        (0, 19, "deep neural network")
    ]


def test_the_split_depends_on_letters_and_digits_alone() -> None:
    """Typesetting, case and accents do not move an abstract between training and development."""
    texts = [f"An abstract numbered {n}." for n in range(300)]
    assert [is_dev(t) for t in texts] == [is_dev(t.upper().replace(" ", "  ") + "$") for t in texts]
    assert 30 < sum(map(is_dev, texts)) < 70


def test_examples_survive_a_file(tmp_path: Path) -> None:
    """Written and read again they are the same."""
    path = tmp_path / "examples.jsonl"
    write_examples(path, [example()])
    assert read_examples(path) == [example()]


def test_annotations_are_kept_without_text() -> None:
    """Offsets and labels give the example back, given the text; none of its words is stored."""
    packed = annotations.pack(example())
    assert "Foo" not in json.dumps(packed)
    assert annotations.unpack(packed, TITLE, ABSTRACT) == example()


def test_a_changed_text_is_noticed() -> None:
    """Offsets into another text would be nonsense."""
    with pytest.raises(ValueError, match="not the text"):
        annotations.unpack(annotations.pack(example()), TITLE, ABSTRACT + " ")


def test_packing_takes_the_last_annotation_of_a_paper(tmp_path: Path) -> None:
    """A correction replaces what it corrects; the order is by paper id."""
    papers = tmp_path / "papers.jsonl.gz"
    with gzip.open(papers, "wt", encoding="utf-8") as out:
        for key in ("8", "7"):
            out.write(json.dumps({"id": key, "title": TITLE, "abstract": ABSTRACT}) + "\n")
    rows = [ROW | {"id": "8"}, ROW, ROW | {"topics": []}]
    packed = list(annotations.pack_all(rows, annotations.read_texts(papers)))
    assert [row["id"] for row in packed] == ["7", "8"]
    assert not any(topic for _, _, topic, _ in packed[0]["entities"])


def test_iob1_tags_become_spans() -> None:
    """A span begins at B or wherever the label changes."""
    assert corpora.tagged_spans(["I-A", "I-A", "B-A", "I-B", "O", "B-B"]) == [
        (0, 2, "A"),
        (2, 3, "A"),
        (3, 4, "B"),
        (5, 6, "B"),
    ]


def test_scierc_sentences_become_documents_with_relations(tmp_path: Path) -> None:
    """Relations, given sentence by sentence, join the mentions of the whole abstract."""
    lines = (
        "-DOCSTART- NN O O\n\nFoo NN O I-Method\nparses NN O O\n\nBaz NN O I-Method\nbeats NN O O\nFoo NN O I-Method\n"
    )
    (tmp_path / "ner_dev.txt").write_text(lines)
    related = {"text": "[[ Baz ]] beats << Foo >>", "label": "COMPARE"}
    (tmp_path / "relations_dev.jsonl").write_text(json.dumps(related) + "\n")
    (made,) = corpora.scierc(tmp_path, "dev")
    assert made.text == "Foo parses Baz beats Foo"
    assert [made.text[s:e] for c in made.concepts for s, e in c.spans] == ["Foo", "Baz", "Foo"]
    assert made.relations == [(1, "COMPARE", 2)]


def test_tdmsci_sentences_are_examples(tmp_path: Path) -> None:
    """Token, offset and tag by tab, a blank line between sentences."""
    (tmp_path / "train.conll").write_text("On\t0\tO\nMNIST\t3\tB-DATASET\n\nAccuracy\t0\tB-METRIC\n")
    made = list(corpora.tdmsci(tmp_path))
    assert [(e.text, [c.type for c in e.concepts]) for e in made] == [
        ("On MNIST", ["DATASET"]),
        ("Accuracy", ["METRIC"]),
    ]


def test_calibration_finds_the_true_line() -> None:
    """Overconfident scores are drawn back to what they turned out to mean."""
    rng = np.random.default_rng(0)
    truth = rng.normal(size=20000)
    right = rng.random(20000) < 1 / (1 + np.exp(-truth))
    slope, constant = calibration.fit_line((2 * truth + 1).tolist(), right.tolist())
    assert slope == pytest.approx(0.5, abs=0.03)
    assert constant == pytest.approx(-0.5, abs=0.06)


def test_reliability_of_perfect_confidence() -> None:
    """Where the share right equals the confidence, the error is nil and the diagram is drawn."""
    confidence = np.array([0.25] * 4 + [0.75] * 4)
    right = np.array([True, False, False, False, True, True, True, False])
    rows = calibration.reliability(confidence, right)
    assert calibration.expected_error(rows) == pytest.approx(0)
    assert calibration.diagram({"all": rows}).startswith("<svg")


def test_the_best_threshold_maximises_f1() -> None:
    """Items above it are worth having, items below are not."""
    confidence = np.array([0.9, 0.8, 0.7, 0.2])
    right = np.array([True, True, False, False])
    assert calibration.best_threshold(confidence, right, 2) == (0.8, 1.0)
    assert calibration.f1_at(confidence, right, 2, 0.7) == pytest.approx(0.8)


def tiny_network() -> Any:
    torch = pytest.importorskip("torch")
    from extractors.training.network import Network, Shape

    torch.manual_seed(0)
    shape = Shape(120, {"papers": 5}, {"papers": 10}, layers=2, fork=1, width=24, heads=4, inner=32, span=8, pair=16)
    return Network(shape)


@pytest.mark.parametrize("keep", [0, 1, 3])
def test_the_network_learns_from_any_number_of_entities(keep: int) -> None:
    """No entity, one entity and so no pair, or several: the loss has a gradient and falls."""
    torch = pytest.importorskip("torch")
    from extractors.training.batches import prepare
    from extractors.training.train import loss_of

    network = tiny_network()
    item = prepare(example(), small_tokenizer())
    item.entities, item.concept = item.entities[:keep], item.concept[:keep]
    optimizer = torch.optim.AdamW([p for p in network.parameters() if p.requires_grad], lr=0.01)
    losses = []
    for _ in range(12):
        loss, parts = loss_of(network, item, random.Random(0))
        torch.autograd.backward(loss)
        optimizer.step()
        optimizer.zero_grad()
        losses.append(sum(parts))
    assert losses[-1] < losses[0]


def test_targets_follow_the_annotation() -> None:
    """Stated relations are ones, in their direction, at the place of their name."""
    pytest.importorskip("torch")
    from extractors.training.batches import pairs_of, prepare
    from extractors.training.examples import SCHEMES

    made = pairs_of(prepare(example(), small_tokenizer()))
    names = SCHEMES["papers"].relations
    told = {
        (*made.arrangement.pairs[p].tolist(), names[r]) for p, r in zip(*np.nonzero(made.targets.numpy()), strict=True)
    }
    assert told == {(0, 1, "USED_FOR"), (0, 2, "OUTPERFORMS")}
    assert made.legal.numpy()[np.nonzero(made.targets.numpy())].all()


def test_a_checkpoint_is_the_same_network(tmp_path: Path) -> None:
    """Saved and loaded, it gives the same scores."""
    torch = pytest.importorskip("torch")
    from extractors.training.train import load, save

    network = tiny_network().eval()
    save(network, tmp_path / "net.pt")
    again = load(tmp_path / "net.pt")
    ids, shapes = torch.arange(5, 20), torch.ones(15, dtype=torch.long)
    with torch.no_grad():
        assert (network.encode(ids, shapes, "papers")[1] == again.encode(ids, shapes, "papers")[1]).all()


@pytest.mark.filterwarnings("ignore")  # the exporter's own deprecations
def test_the_exported_graphs_say_what_the_network_says(tmp_path: Path) -> None:
    """For texts of other lengths than the one traced, too."""
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    import onnxruntime

    from extractors.training.export import export_float, sample

    network = tiny_network().eval()
    encoder, relations = (onnxruntime.InferenceSession(p) for p in export_float(network, "papers", tmp_path))
    for n in (16, 33):
        ids, shapes = torch.arange(n) % 50, torch.arange(n) % 14
        _, tags, arrays = sample(n, 24)
        with torch.no_grad():
            states, scores = network.encode(ids, shapes, "papers")
            about, related = network.relate(states, tags, "papers", *arrays)
        theirs = encoder.run(None, {"ids": ids.numpy(), "shapes": shapes.numpy()})
        assert theirs[1] == pytest.approx(scores.numpy(), abs=1e-4)
        inputs = {
            name: a.numpy() for name, a in zip(("states", "tags", *ft.ARRAYS), (states, tags, *arrays), strict=True)
        }
        for ours, other in zip((about, related), relations.run(None, inputs), strict=True):
            assert other == pytest.approx(ours.numpy(), abs=1e-4)


def test_taking_out_channels_changes_no_result() -> None:
    """Outlying channels go through a product of their own; the sum is what it was."""
    torch = pytest.importorskip("torch")
    from extractors.training.outliers import Split, outlying

    torch.manual_seed(0)
    linear, x = torch.nn.Linear(6, 4), torch.randn(5, 6)
    assert torch.allclose(Split(linear, [1, 4])(x), linear(x), atol=1e-6)
    assert outlying(torch.tensor([1.0, 30.0, 1.1, 9.0, 1.2, 1.0])) == [1, 3]
    assert outlying(torch.tensor([1.0, 1.2, 1.1])) == []


def test_splitting_a_network_leaves_its_scores() -> None:
    """Every layer with an outlying channel is split, and says what it said."""
    torch = pytest.importorskip("torch")
    from extractors.training.batches import prepare
    from extractors.training.outliers import split_outliers

    network = tiny_network().eval()
    item = prepare(example(), small_tokenizer())
    with torch.no_grad():
        for layer in (*network.shared, *network.span_branch):
            layer.norm1.weight[3] = 40
        ids, shapes = torch.from_numpy(item.pieces.ids), torch.from_numpy(item.pieces.shapes)
        before = network.encode(ids, shapes, "papers")[1]
        assert split_outliers(network, [item]) >= 2
        assert torch.allclose(network.encode(ids, shapes, "papers")[1], before, atol=1e-3)
