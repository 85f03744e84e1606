"""The learned extractor at run time: how texts are cut, decoded and scored."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from extractors.document.annotations import Entity, Mention
from extractors.document.fields import make_doc
from extractors.neural import MODEL, MODELS
from extractors.neural import features as ft
from extractors.neural.calibration import calibrated, logit, sigmoid
from extractors.neural.decoding import candidates, decode, decode_values, softmax
from extractors.neural.labels import ROLES
from extractors.neural.model import (
    READINGS,
    Scores,
    Settings,
    evidence,
    find_relations,
    find_topics,
    load_model,
    read_settings,
)
from extractors.neural.results import RoleSettings, Value, find_results
from extractors.record import COMPARISONS, ENTITY_TYPES, RELATION_SIGNATURES, EntityType

TITLE = "SimCSE: Simple Contrastive Learning"
ABSTRACT = (
    "We present SimCSE, a contrastive learning framework for sentence embeddings. It is evaluated on STS-B, "
    "where SimCSE outperforms BERT."
)
needs_model = pytest.mark.skipif(not (MODEL / "encoder.onnx").exists(), reason="the model is not in this checkout")


def small_tokenizer() -> Tokenizer:
    """A WordPiece tokenizer over single characters and a few words."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789-.,:?!()"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "model", "word", *letters, *("##" + c for c in letters)]
    tokenizer = Tokenizer(models.WordPiece({w: n for n, w in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def pieces_of(title: str, abstract: str) -> tuple[str, ft.Pieces]:
    text = f"{title}\n{abstract}"
    (pieces,) = ft.split_windows(text, len(title) + 1, small_tokenizer())
    return text, pieces


def scores_with(pieces: ft.Pieces, spans: dict[tuple[int, int], tuple[int, float]], labels: int = 5) -> ft.Floats:
    """Span scores that say "nothing" but where ``spans`` gives a label and its score."""
    scores = np.zeros((len(pieces), ft.MAX_WIDTH, labels), np.float32)
    scores[:, :, 0] = 9
    for (first, last), (label, score) in spans.items():
        scores[first, last - first, label] = score
    return scores


def test_pieces_keep_the_characters_of_the_text() -> None:
    """Every piece that is no special one points at the characters it stands for."""
    text, pieces = pieces_of("The Model", "We are 12.")
    real = [(s, e) for s, e in zip(pieces.starts, pieces.ends, strict=True) if s >= 0]
    assert [text[s:e] for s, e in real] == ["The", "Model", "W", "e", "a", "r", "e", "1", "2", "."]
    assert (pieces.starts < 0).sum() == 3


def test_title_and_abstract_are_told_apart() -> None:
    """Shapes of the abstract are a second set, and the title is sentence 0."""
    _, pieces = pieces_of("The Model", "The Model")
    title, abstract = pieces.shapes[1:3], pieces.shapes[4:6]
    assert (abstract - title == ft.SHAPES).all()
    assert pieces.sentences[1] == 0
    assert pieces.sentences[4] == 1


@pytest.mark.parametrize(
    ("form", "shape"), [("...", 0), ("word", 1), ("Word", 2), ("BERT", 3), ("SimCSE", 4), ("42", 5), ("A", 6)]
)
def test_shape_of_a_word(form: str, shape: int) -> None:
    """The case of a word, which an uncased vocabulary loses, is kept as one of seven shapes."""
    assert ft.shape_of(form) == shape


def test_long_texts_are_read_in_windows_that_lose_nothing() -> None:
    """A text longer than the encoder's positions is cut at sentences; every piece is in one window."""
    text = "Word the model. " * 400
    windows = ft.split_windows(text, 0, small_tokenizer())
    assert len(windows) > 1
    assert all(len(w) <= ft.MAX_PIECES for w in windows)
    starts = [int(s) for w in windows for s in w.starts if s >= 0]
    assert starts == sorted(set(starts))
    assert len(starts) == 4 * 400
    assert text[windows[0].ends[-2] - 1] == "."


def test_an_overlong_title_does_not_crowd_out_the_abstract() -> None:
    """A title that fills the positions by itself is read as plain text."""
    text = "word " * 600 + "\nthe model"
    windows = ft.split_windows(text, 3001, small_tokenizer())
    assert sum((w.starts >= 0).sum() for w in windows) == 602


def test_empty_text_has_no_candidates() -> None:
    """Nothing to read is not an error."""
    (pieces,) = ft.split_windows("", 0, small_tokenizer())
    assert not candidates(pieces).any()
    assert decode("", pieces, scores_with(pieces, {}), 0.5) == []


def test_candidates_are_whole_words_of_one_field() -> None:
    """No span begins or ends inside a word or crosses from title to abstract."""
    text, pieces = pieces_of("the ab", "model x-y")
    spans = {text[pieces.starts[i] : pieces.ends[i + w]] for i, w in zip(*np.nonzero(candidates(pieces)), strict=True)}
    assert {"the", "ab", "the ab", "x", "x-y", "model x-y"} <= spans
    assert not any("\n" in s or s in {"a", "b"} for s in spans)


def test_a_name_is_judged_once_for_all_its_places() -> None:
    """Where one occurrence is nearly certain and the other doubtful, both are mentions with one confidence."""
    text, pieces = pieces_of("the model", "word the model word")
    first = ft.piece_span(pieces, 4, 9)
    second = ft.piece_span(pieces, text.rindex("model"), text.rindex("model") + 5)
    assert first is not None
    assert second is not None
    found = decode(text, pieces, scores_with(pieces, {first: (1, 14.0), second: (1, 8.0)}), 0.5)
    assert [f[:3] for f in found] == [(*first, 1), (*second, 1)]
    assert found[0][3] == found[1][3]


def test_a_name_inside_longer_names_is_judged_by_its_other_places() -> None:
    """ "model" is one, however often "model-x" says nothing of it."""
    text, pieces = pieces_of("the model", "model-x word model-x")
    alone = ft.piece_span(pieces, 4, 9)
    longer = [ft.piece_span(pieces, at, at + 7) for at in (text.index("model-x"), text.rindex("model-x"))]
    assert alone is not None
    scores = {alone: (1, 11.0)} | {span: (1, 12.0) for span in longer if span is not None}
    assert {f[:3] for f in decode(text, pieces, scores_with(pieces, scores), 0.5)} == {(*span, 1) for span in scores}


def test_of_overlapping_spans_the_surer_one_stays() -> None:
    """Mentions do not overlap."""
    text, pieces = pieces_of("the model", "word")
    found = decode(text, pieces, scores_with(pieces, {(1, 2): (1, 12.0), (2, 2): (2, 15.0)}), 0.5)
    assert [f[:3] for f in found] == [(2, 2, 2)]


def test_softmax_sums_to_one() -> None:
    """Also for scores that would overflow."""
    assert softmax(np.array([[1000.0, 999.0], [-5.0, 5.0]], np.float32)).sum(1) == pytest.approx([1, 1])


def arrangement() -> tuple[ft.Pieces, ft.Arrangement]:
    _, pieces = pieces_of("the model", "word the model word. Word model.")
    entities = [(0, [(2, 2), (6, 6)]), (1, [(4, 5)]), (0, [(9, 9)])]
    return pieces, ft.arrange(pieces, entities, lambda h, t, s: (h, t) != (1, 1))


def test_arrangement_tags_types_and_boundaries() -> None:
    """A mention's first piece and its further ones have tags of their own for each type."""
    pieces, made = arrangement()
    assert made.tags[2] == 1
    assert made.tags[4:6].tolist() == [3, 4]
    assert len(made.tags) == len(pieces)
    assert made.owner.tolist() == [[1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]


def test_closest_mention_pairs_come_first() -> None:
    """Of the mention pairs of two entities the nearest is looked at first, and unused places are masked."""
    _, made = arrangement()
    at = made.pairs.tolist().index([0, 1])
    assert made.local[at, 0].tolist() == [1, 2]
    assert made.local_mask[at].tolist() == [1, 1, 0]
    assert made.gap[at, 0].tolist() == [0, 0, 0]


SPANS = st.tuples(st.integers(1, 30), st.integers(0, 3)).map(lambda s: (s[0], s[0] + s[1]))


@given(st.lists(st.tuples(st.integers(0, 3), st.lists(SPANS, min_size=1, max_size=5)), max_size=6))
def test_the_arrays_hold_what_each_pair_of_mentions_says(entities: list[tuple[int, list[ft.Span]]]) -> None:
    """Laid out for all pairs at once, they are what looking at one pair after the other gives."""
    _, pieces = pieces_of("the model", "word the model word. word model. " * 4)
    made = ft.arrange(pieces, entities, lambda h, t, s: h <= t and s < 3)
    spans = [span for _, mentions in entities for span in mentions]
    owners = [n for n, (_, mentions) in enumerate(entities) for _ in mentions]

    def gap(i: int, j: int) -> int:
        return max(0, max(spans[i][0], spans[j][0]) - min(spans[i][1], spans[j][1]) - 1)

    rows = []
    for h, t in itertools.permutations(range(len(entities)), 2):
        both = [(i, j) for i, a in enumerate(owners) for j, b in enumerate(owners) if (a, b) == (h, t)]
        close = sorted(both, key=lambda p: (gap(*p), min(spans[p[0]][0], spans[p[1]][0]), *p))[: ft.LOCAL_PAIRS]
        apart = [abs(int(pieces.sentences[spans[i][0]] - pieces.sentences[spans[j][0]])) for i, j in close]
        if entities[h][0] <= entities[t][0] and min(apart) < 3:
            rows.append((h, t, close, apart))
    assert made.pairs.tolist() == [[h, t] for h, t, _, _ in rows]
    for p, (_, _, close, apart) in enumerate(rows):
        used = len(close)
        assert made.local[p].tolist() == [list(pair) for pair in close] + [[0, 0]] * (ft.LOCAL_PAIRS - used)
        assert made.local_mask[p].tolist() == [1] * used + [0] * (ft.LOCAL_PAIRS - used)
        for k, ((i, j), sentences) in enumerate(zip(close, apart, strict=True)):
            first, last = min(spans[i][0], spans[j][0]), max(spans[i][1], spans[j][1])
            assert made.window[p, k].tolist() == [max(0, first - 3), min(len(pieces) - 1, last + 3)]
            steps = min(gap(i, j).bit_length(), ft.DISTANCES - 1)
            assert made.gap[p, k].tolist() == [steps, min(sentences, ft.SENTENCE_GAPS - 1), spans[i][0] < spans[j][0]]
        assert not made.window[p, used:].any()
        assert not made.gap[p, used:].any()


@given(st.integers(0, 60), st.integers(0, 20))
def test_a_place_is_the_pieces_that_it_overlaps(start: int, length: int) -> None:
    """Found by searching the sorted offsets, they are those that a look at every piece gives."""
    _, pieces = pieces_of("The models", "words the model, word the models.")
    end = start + length
    inside = [n for n, (s, e) in enumerate(zip(pieces.starts, pieces.ends, strict=True)) if 0 <= s < end and e > start]
    assert ft.piece_span(pieces, start, end) == ((inside[0], inside[-1]) if inside else None)


@pytest.mark.parametrize(("distance", "expected"), [(0, 0), (1, 1), (3, 2), (64, 7), (5000, 7)])
def test_distances_are_counted_in_doubling_steps(distance: int, expected: int) -> None:
    """Far is far, however far."""
    assert ft.bucket(distance) == expected


def entity(kind: EntityType, *spans: tuple[int, int]) -> Entity:
    mentions = [Mention(s, e, kind, 0.9, "neural") for s, e in spans]
    return Entity("name", kind, mentions)


SETTINGS = Settings(types=("Method", "Task", "Dataset", "Metric"), relations=("USED_FOR", "COMPARED_WITH"))


def test_relations_obey_their_signatures() -> None:
    """However high the score, a task is not used for a method."""
    entities = [entity("Method", (0, 4)), entity("Task", (6, 9))]
    high = np.array([9.0, 9.0], np.float32)
    found = find_relations(
        entities, Scores(np.zeros((2, 2), np.float32), {(0, 1): high, (1, 0): high}), SETTINGS, [(0, 10)]
    )
    assert [(r.head, r.relation, r.tail) for r in found] == [(0, "USED_FOR", 1)]
    assert found[0].confidence > 0.99


def test_a_symmetric_relation_is_told_once() -> None:
    """Of both directions the surer one is kept."""
    entities = [entity("Method", (0, 4)), entity("Method", (6, 9))]
    pairs = {(0, 1): np.array([-9, 1], np.float32), (1, 0): np.array([-9, 3], np.float32)}
    (found,) = find_relations(entities, Scores(np.zeros((2, 2), np.float32), pairs), SETTINGS, [(0, 10)])
    assert (found.head, found.tail) == (1, 0)


def test_evidence_is_the_sentence_with_both() -> None:
    """A sentence that holds both ends is preferred to nearer mentions on two sides of a full stop."""
    head, tail = entity("Method", (8, 10), (20, 22)), entity("Task", (12, 14), (28, 30))
    assert evidence(head, tail, [(0, 11), (11, 18), (18, 40)]) == (18, 40)


def test_evidence_without_a_common_sentence_is_where_the_tail_is() -> None:
    """The tail's mention nearest to the head says it."""
    assert evidence(entity("Method", (0, 2)), entity("Task", (12, 14), (28, 30)), [(0, 11), (11, 18), (18, 40)]) == (
        11,
        18,
    )


def test_a_paper_has_one_to_three_topics() -> None:
    """The most probable entity is a topic even when unlikely, and no more than three are."""
    low = Scores(np.array([[0, -9], [0, -8]], np.float32), {})
    high = Scores(np.full((5, 2), 4, np.float32), {})
    assert [v.entity for v in find_topics(low, SETTINGS)] == [1]
    assert [v.entity for v in find_topics(high, SETTINGS)] == [0, 1, 2]


def test_log_odds_and_probabilities_are_inverse() -> None:
    """Also at the ends, where a naive formula overflows."""
    assert sigmoid(logit(0.3)) == pytest.approx(0.3)
    assert sigmoid(-800) == 0
    assert sigmoid(800) == 1
    assert calibrated(2.0, (0.5, -1.0)) == 0.5


def test_an_unknown_setting_is_an_error(tmp_path: Path) -> None:
    """A misspelt key does not pass silently."""
    path = tmp_path / "config.json"
    path.write_text(json.dumps({"types": ["Method"], "relations": [], "treshold": 1}))
    with pytest.raises(TypeError, match="treshold"):
        read_settings(path)


def test_importing_loads_neither_model_nor_torch() -> None:
    """The model and its runtime are loaded with the first text, PyTorch never."""
    code = (
        "import sys, extractors.neural.model as n; "
        "print(n.load_model.cache_info().currsize, 'onnxruntime' in sys.modules, 'torch' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["0", "False", "False"]


@needs_model
@pytest.mark.parametrize(("name", "most"), [("default", 60e6), ("fast", 25e6)])
def test_the_shipped_models_are_small_and_know_their_labels(name: str, most: float) -> None:
    """So many bytes together; settings name the types of entities and values, every relation and every role."""
    assert sum(p.stat().st_size for p in (MODELS / name).iterdir()) < most
    settings = read_settings(MODELS / name / "config.json")
    assert settings.types == (*ENTITY_TYPES, *COMPARISONS)
    assert settings.names == len(ENTITY_TYPES)
    assert settings.relations == (*sorted(RELATION_SIGNATURES), *ROLES)
    assert len(settings.relations) == len(settings.relation_offsets)


@needs_model
@pytest.mark.parametrize("name", ["default", "fast"])
def test_the_models_read_an_abstract(name: str) -> None:
    """What is plain to a reader is found: the system, that it is new, what it is tested on and beats."""
    from extractors.pipeline import build_nlp

    nlp = build_nlp(neural=True, model=MODELS / name)
    doc = nlp(make_doc(nlp, TITLE, ABSTRACT))
    by_name = {e.name: e for e in doc._.entities}
    assert by_name["SimCSE"].introduced
    assert by_name["STS-B"].type == "Dataset"
    names = [e.name for e in doc._.entities]
    told = {(names[r.head], r.relation, names[r.tail]) for r in doc._.relations}
    assert ("SimCSE", "OUTPERFORMS", "BERT") in told
    assert READINGS not in doc.user_data
    assert doc._.topics


@needs_model
def test_a_text_comes_out_the_same_whatever_was_read_before() -> None:
    """Bit for bit, as no text shares a call with another."""
    model = load_model(MODEL)
    text = f"{TITLE}\n{ABSTRACT}"
    (alone,) = model.read(text, len(TITLE) + 1)
    for other in ("word", ABSTRACT * 5, TITLE):
        model.read(other, 0)
    (again,) = model.read(text, len(TITLE) + 1)
    assert (alone.scores == again.scores).all()
    assert (alone.states == again.states).all()


@needs_model
def test_no_entities_no_relations() -> None:
    """A text without a single mention, and one with a single entity, go through."""
    model = load_model(MODEL)
    readings = model.read("BERT", 0)
    assert model.score(readings, []).pairs == {}
    scores = model.score(readings, [entity("Metric", (0, 4))])
    assert scores.about.shape == (1, 2)


@needs_model
def test_texts_longer_than_one_window_go_through() -> None:
    """Entities are scored in every window that mentions them."""
    model = load_model(MODEL)
    text = ABSTRACT + " " + "And more words follow here. " * 150 + ABSTRACT
    readings = model.read(text, 0)
    assert len(readings) > 1
    mentions = model.mentions(text, readings)
    assert any(m.start > len(text) - len(ABSTRACT) for m in mentions)


def test_values_are_judged_where_they_stand() -> None:
    """Another "12" is none; names and values do not crowd each other out."""
    text, pieces = pieces_of("Word", "12 word 12.")
    first = next(i for i, c in enumerate(pieces.starts) if text[c : c + 2] == "12")
    scores = scores_with(pieces, {(first, first + 1): (6, 20), (first + 2, first + 2): (1, 20)}, labels=8)
    (value,) = decode_values(pieces, scores, 0.5, 4)
    assert (value[:3], value[3] > 0.9) == ((first, first + 1, 6), True)
    assert decode(text, pieces, scores, 0.3, 4) == [
        found for found in decode(text, pieces, scores, 0.3, 4) if found[2] == 1
    ]


def test_a_result_has_the_likeliest_entity_in_each_role() -> None:
    """Of the right type and likely enough; a method is not its own baseline; the sentence is the value's."""
    text = "We show Foo. Foo gets 9% on Baz, above Bar."
    named: tuple[tuple[str, EntityType], ...] = (("Foo", "Method"), ("Baz", "Dataset"), ("Bar", "Method"))
    entities = [
        Entity(name, kind, [Mention(text.find(name), text.find(name) + 3, kind, 0.9, "")]) for name, kind in named
    ]
    value = Value(text.find("9%"), text.find("9%") + 2, "absolute", 0.8)
    order = ["USED_FOR", *ROLES]

    def row(**high: float) -> ft.Floats:
        return np.array([high.get(name, -5.0) for name in order], np.float32)

    scores = {
        (0, 0): row(OF_METHOD=3, OVER_BASELINE=1),
        (0, 1): row(ON_DATASET=2, BY_METRIC=9),
        (0, 2): row(OF_METHOD=2, OVER_BASELINE=4),
    }
    sentences = [(0, 12), (13, len(text))]
    (found,) = find_results(text, [value], entities, scores, order, RoleSettings(), sentences)
    assert (found.value, found.comparison, found.confidence) == ("9%", "absolute", 0.8)
    assert (found.method, found.metric, found.dataset, found.task, found.baseline) == (0, None, 1, None, 2)
    assert (found.start, found.end) == sentences[1]
    scores[0, 2] = row()
    (found,) = find_results(text, [value], entities, scores, order, RoleSettings(), sentences)
    assert found.baseline is None
