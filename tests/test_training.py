"""Training of the learned extractor: examples, corpora, calibration and, with PyTorch, the network."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

import extractors.training.annotations as packing
from extractors.neural import features as ft
from extractors.training import calibration, corpora
from extractors.training.corrections import corrected
from extractors.training.examples import Example, from_annotation, is_dev, occurrences, read_examples, write_examples
from extractors.training.labelled import pack, unpack

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
    packed = packing.pack(example())
    assert "Foo" not in json.dumps(packed)
    assert packing.unpack(packed, TITLE, ABSTRACT) == example()


def test_a_changed_text_is_noticed() -> None:
    """Offsets into another text would be nonsense."""
    with pytest.raises(ValueError, match="not the text"):
        packing.unpack(packing.pack(example()), TITLE, ABSTRACT + " ")


def test_packing_takes_the_last_annotation_of_a_paper(tmp_path: Path) -> None:
    """A correction replaces what it corrects; the order is by paper id."""
    papers = tmp_path / "papers.jsonl.gz"
    with gzip.open(papers, "wt", encoding="utf-8") as out:
        for key in ("8", "7"):
            out.write(json.dumps({"id": key, "title": TITLE, "abstract": ABSTRACT}) + "\n")
    rows = [ROW | {"id": "8"}, ROW, ROW | {"topics": []}]
    packed = list(packing.pack_all(rows, packing.read_texts(papers)))
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
    shape = Shape(120, {"papers": 8}, {"papers": 15}, layers=2, fork=1, width=24, heads=4, inner=32, span=8, pair=16)
    return Network(shape)


@pytest.mark.parametrize("keep", [0, 1, 3])
def test_the_network_learns_from_any_number_of_entities(keep: int) -> None:
    """No entity, one entity and so no pair, or several: the loss has a gradient and falls."""
    torch = pytest.importorskip("torch")
    from extractors.training.batches import collate, prepare, read
    from extractors.training.train import loss_of

    network = tiny_network()
    item = prepare(example(), small_tokenizer())
    item.entities, item.concept = item.entities[:keep], item.concept[:keep]
    batch = collate([(item, read(item))])
    optimizer = torch.optim.AdamW([p for p in network.parameters() if p.requires_grad], lr=0.01)
    losses = []
    for _ in range(12):
        loss, parts = loss_of(network, batch)
        torch.autograd.backward(loss)
        optimizer.step()
        optimizer.zero_grad()
        losses.append(float(parts.sum()))
    assert losses[-1] < losses[0]


def test_targets_follow_the_annotation() -> None:
    """Stated relations are ones, in their direction, at the place of their name."""
    pytest.importorskip("torch")
    from extractors.training.batches import prepare, read
    from extractors.training.examples import SCHEMES

    reading = read(prepare(example(), small_tokenizer()))
    names = SCHEMES["papers"].relations
    told = {(*reading.made.pairs[p].tolist(), names[r]) for p, r in zip(*np.nonzero(reading.pairs), strict=True)}
    assert told == {(0, 1, "USED_FOR"), (0, 2, "OUTPERFORMS")}
    assert reading.legal[np.nonzero(reading.pairs)].all()


def test_a_symmetric_relation_is_learned_both_ways() -> None:
    """COMPARED_WITH is annotated once and holds from either end."""
    pytest.importorskip("torch")
    from extractors.training.batches import prepare, read
    from extractors.training.examples import SCHEMES

    row = ROW | {"relations": [["Foo", "COMPARED_WITH", "Baz"]]}
    reading = read(prepare(from_annotation(row, TITLE, ABSTRACT), small_tokenizer()))
    r = SCHEMES["papers"].relations.index("COMPARED_WITH")
    assert sorted(reading.made.pairs[reading.pairs[:, r] > 0].tolist()) == [[0, 2], [2, 0]]


REPORT = "Foo scores 81.5% on Baz and 81.5% on Qux, 5% better than before."
REPORT_ROW: dict[str, Any] = {
    "id": "8",
    "entities": [
        {"name": "Foo", "type": "Method", "mentions": ["Foo"], "introduced": True},
        {"name": "Baz", "type": "Dataset", "mentions": ["Baz"], "introduced": False},
        {"name": "Qux", "type": "Dataset", "mentions": ["Qux"], "introduced": False},
    ],
    "relations": [],
    "results": [
        {"value": "81.5%", "comparison": "absolute", "method": "Foo", "dataset": "Baz", "text": REPORT[:-1]},
        {"value": "81.5%", "comparison": "absolute", "method": "Foo", "dataset": "Qux", "text": REPORT[:-1]},
        {"value": "5%", "comparison": "relative", "method": "Foo", "text": REPORT[:-1]},
    ],
}


def test_reported_values_are_concepts_with_their_roles_as_relations() -> None:
    """Equal values stand one after another; "5%" is not the end of "81.5%"."""
    made = from_annotation(REPORT_ROW, "", REPORT)
    values = made.concepts[3:]
    assert [(v.type, REPORT[slice(*v.spans[0])]) for v in values] == [
        ("absolute", "81.5%"),
        ("absolute", "81.5%"),
        ("relative", "5%"),
    ]
    assert [v.spans[0][0] for v in values] == [11, 28, 42]
    assert made.relations == [
        (3, "OF_METHOD", 0),
        (3, "ON_DATASET", 1),
        (4, "OF_METHOD", 0),
        (4, "ON_DATASET", 2),
        (5, "OF_METHOD", 0),
    ]


def test_a_value_that_is_not_in_its_clause_is_an_error() -> None:
    """An annotation that does not fit its text is noticed."""
    row = REPORT_ROW | {"results": [{"value": "7%", "comparison": "absolute", "text": REPORT}]}
    with pytest.raises(ValueError, match="7%"):
        from_annotation(row, "", REPORT)


def test_where_values_were_not_annotated_numbers_teach_nothing() -> None:
    """A number may be a result or not; all other spans are learned from."""
    pytest.importorskip("torch")
    from extractors.training.batches import prepare

    row = {key: value for key, value in REPORT_ROW.items() if key != "results"}
    known, unknown = (prepare(from_annotation(r, "", REPORT), small_tokenizer()) for r in (row | {"results": []}, row))
    off = known.allowed & ~unknown.allowed
    firsts = {REPORT[known.pieces.starts[i]] for i in np.nonzero(off.any(1))[0]}
    assert firsts == {"8", "5"}
    assert not (unknown.allowed & ~known.allowed).any()


def test_padding_and_neighbours_change_no_score() -> None:
    """A text scores alone as it does beside a longer one."""
    torch = pytest.importorskip("torch")
    from extractors.training.batches import collate, prepare, read

    network = tiny_network().eval()
    items = [prepare(e, small_tokenizer()) for e in (example(), from_annotation(REPORT_ROW, "Foo on Baz " * 9, REPORT))]
    both, alone = collate([(i, read(i)) for i in items]), collate([(items[0], read(items[0]))])
    n, pairs = len(items[0].pieces), len(read(items[0]).pairs)
    assert both.ids.shape[1] > n
    with torch.no_grad():
        states, spans = network.encode(both.ids, both.shapes, both.real, "papers")
        about, related = network.relate(states, both.tags, both.real, "papers", *both.arrays)
        lone_states, lone_spans = network.encode(alone.ids, alone.shapes, None, "papers")
        lone_about, lone_related = network.relate(lone_states, alone.tags, None, "papers", *alone.arrays)
    allowed = torch.from_numpy(items[0].allowed)
    assert torch.allclose(spans[0, :n][allowed], lone_spans[0][allowed], atol=1e-4)
    assert torch.allclose(about[0, : lone_about.shape[1]], lone_about[0], atol=1e-4)
    assert torch.allclose(related[0, :pairs], lone_related[0, :pairs], atol=1e-4)


def test_a_teachers_probabilities_take_the_place_of_labels() -> None:
    """The loss is least where the student says what the teacher says."""
    torch = pytest.importorskip("torch")
    from extractors.training.batches import Soft, collate, prepare, read
    from extractors.training.train import span_loss

    item = prepare(example(), small_tokenizer())
    item.gold[:] = 0
    first, width = (int(a[0]) for a in np.nonzero(item.allowed))
    labels = np.zeros((1, 8), np.float16)
    labels[0, :2] = 0.25, 0.75
    nothing = np.zeros((3, 2), np.float16), np.zeros((len(read(item).pairs), 15), np.float16)
    item.soft = Soft(np.array([[first, width]], np.int16), labels, *nothing)
    batch = collate([(item, read(item))])
    losses = []
    for p in (0.5, 0.75, 0.9):
        scores = torch.full((*item.allowed.shape, 8), -30.0)
        scores[..., 0] = 0
        scores[first, width, :2] = torch.log(torch.tensor([1 - p, p]))
        losses.append(float(span_loss(batch, scores[None])))
    assert losses[1] == min(losses)


def test_older_annotations_follow_the_settled_points() -> None:
    """Standard terms have their type, roles are gone, and nobody beats "existing methods"."""
    text = "Foo outperforms existing transfer learning and Baz for computer vision with a teacher network."
    row = {
        "id": "9",
        "entities": [
            {"name": name, "type": kind, "mentions": [name], "introduced": False}
            for name, kind in (
                ("Foo", "Method"),
                ("transfer learning", "Task"),
                ("Baz", "Method"),
                ("computer vision", "Method"),
                ("teacher network", "Method"),
            )
        ],
        "relations": [
            ["Foo", "OUTPERFORMS", "transfer learning"],
            ["Foo", "OUTPERFORMS", "Baz"],
            ["teacher network", "PART_OF", "Foo"],
        ],
    }
    made = corrected(from_annotation(row, "", text))
    assert [(text[slice(*c.spans[0])], c.type) for c in made.concepts] == [
        ("Foo", "Method"),
        ("transfer learning", "Method"),
        ("Baz", "Method"),
        ("computer vision", "Task"),
    ]
    assert made.relations == [(0, "OUTPERFORMS", 2)]


def test_a_checkpoint_is_the_same_network(tmp_path: Path) -> None:
    """Saved and loaded, it gives the same scores."""
    torch = pytest.importorskip("torch")
    from extractors.training.train import load, save

    network = tiny_network().eval()
    save(network, tmp_path / "net.pt")
    again = load(tmp_path / "net.pt")
    ids, shapes = torch.arange(5, 20), torch.ones(15, dtype=torch.long)
    with torch.no_grad():
        ours, theirs = (n.encode(ids[None], shapes[None], None, "papers")[1] for n in (network, again))
    assert (ours == theirs).all()


def test_training_for_another_corpus_goes_on_without_the_heads(tmp_path: Path) -> None:
    """And refuses data with another vocabulary."""
    pytest.importorskip("torch")
    from extractors.training.train import network_from, parser, save

    network = tiny_network()
    save(network, tmp_path / "net.pt")
    words = ["--data", str(tmp_path), "--out", str(tmp_path / "out.pt"), "--start", str(tmp_path / "net.pt")]
    options = parser().parse_args([*words, "--corpora", "scierc"])
    begun = network_from(options, list(range(network.shape.vocabulary)))
    assert set(begun.shape.labels) == {"scierc"}
    ours, theirs = begun.state_dict(), network.state_dict()
    assert all((ours[k] == v).all() for k, v in theirs.items() if not k.startswith(("spans", "pairs")))
    with pytest.raises(ValueError, match="vocabulary"):
        network_from(options, [0])


@pytest.mark.filterwarnings("ignore")  # the exporter's own deprecations
def test_the_exported_graphs_say_what_the_network_says(tmp_path: Path) -> None:
    """For texts of other lengths than the one traced, too."""
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    import onnxruntime  # type: ignore[import-untyped]  # it brings no types

    from extractors.training.export import export_float, sample

    network = tiny_network().eval()
    encoder, relations = (onnxruntime.InferenceSession(p) for p in export_float(network, "papers", tmp_path))
    for n in (16, 33):
        ids, shapes = torch.arange(n) % 50, torch.arange(n) % 14
        _, tags, arrays = sample(n, 24)
        with torch.no_grad():
            states, scores = network.encode(ids[None], shapes[None], None, "papers")
            about, related = network.relate(states, tags[None], None, "papers", *(a[None] for a in arrays))
            states, scores, about, related = states[0], scores[0], about[0], related[0]
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
        ids, shapes = torch.from_numpy(item.pieces.ids)[None], torch.from_numpy(item.pieces.shapes)[None]
        before = network.encode(ids, shapes, None, "papers")[1]
        assert split_outliers(network, [item]) >= 2
        assert torch.allclose(network.encode(ids, shapes, None, "papers")[1], before, atol=1e-3)


@pytest.mark.filterwarnings("ignore")  # the exporter's own deprecations
def test_an_exported_model_can_be_trained_on(tmp_path: Path) -> None:
    """Read back from its graphs, a network has the weights that int8 kept, and says what the model says."""
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    import onnxruntime

    from extractors.training.batches import prepare
    from extractors.training.export import export
    from extractors.training.shipped import network_of

    network = tiny_network().eval()
    small_tokenizer().save(str(tmp_path / "start.json"))
    item = prepare(example(), small_tokenizer())
    with torch.no_grad():
        for parameter in network.parameters():  # equal weights share one place in a graph
            parameter.add_(torch.randn_like(parameter) * 0.02)
        network.shared[0].norm1.weight[3] = 40  # a channel that is taken out
    export(network, "papers", [item], tmp_path / "start.json", tmp_path / "model")
    again = network_of(tmp_path / "model").eval()
    assert again.shape.fork == 1
    session = onnxruntime.InferenceSession(tmp_path / "model" / "encoder.onnx")
    _, scores = session.run(None, {"ids": item.pieces.ids, "shapes": item.pieces.shapes})
    ids, shapes = torch.from_numpy(item.pieces.ids)[None], torch.from_numpy(item.pieces.shapes)[None]
    with torch.no_grad():
        ours = again.encode(ids, shapes, None, "papers")[1][0].numpy()
        before = network.encode(ids, shapes, None, "papers")[1][0].numpy()
    assert np.abs(ours - scores)[item.allowed].mean() < 0.05
    assert np.abs(ours - before)[item.allowed].mean() < 0.05


def test_a_wrong_annotation_is_named_with_file_and_line(tmp_path: Path) -> None:
    """Whoever wrote it finds it."""
    pytest.importorskip("torch")
    pytest.importorskip("onnx")
    from extractors.training.__main__ import annotated

    rows = [
        ROW | {"title": TITLE, "abstract": ABSTRACT},
        ROW | {"abstract": ABSTRACT, "relations": [["Foo", "X", "Q"]]},
    ]
    (tmp_path / "some.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    with pytest.raises(ValueError, match=r"some\.jsonl, line 2: KeyError: 'Q'"):
        annotated(tmp_path)


def test_what_a_training_keeps_in_files_comes_back_and_runs_no_code(tmp_path: Path) -> None:
    rows: list[tuple[dict[str, object], dict[str, NDArray[Any]]]] = [
        ({"n": 1, "text": "a\nü"}, {"x": np.zeros((2, 3), np.int8), "y": np.array([0.5], np.float16)}),
        ({"n": 2, "text": ""}, {"x": np.ones((0, 3), np.int8), "y": np.array([], np.float16)}),
        ({"n": 3, "text": "b"}, {"x": np.full((1, 1), 7, np.int8), "y": np.array([1, 2], np.float16)}),
    ]
    pack(tmp_path / "soft.npz", rows)
    found = list(unpack(tmp_path / "soft.npz"))
    assert [value for value, _ in found] == [value for value, _ in rows]
    for (_, before), (_, after) in zip(rows, found, strict=True):
        assert before.keys() == after.keys()
        for name, array in before.items():
            assert array.dtype == after[name].dtype
            np.testing.assert_array_equal(array, after[name])
    pack(tmp_path / "none.npz", [])
    assert list(unpack(tmp_path / "none.npz")) == []
    with (tmp_path / "code.npz").open("wb") as out:
        np.savez(out, texts=np.array([print], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle=False"):
        list(unpack(tmp_path / "code.npz"))


def test_texts_with_soft_labels_come_back(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    from extractors.training.batches import Soft, prepare
    from extractors.training.labelled import read_labelled, write_labelled

    item = prepare(example(), small_tokenizer())
    half = np.zeros((1, 2), np.float16)
    item.soft = Soft(np.array([[0, 1]], np.int16), half, half + 1, half + 2)
    write_labelled(tmp_path / "soft.npz", [item, item])
    found = read_labelled(tmp_path / "soft.npz")
    assert [repr(one) for one in found] == [repr(item)] * 2
