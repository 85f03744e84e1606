"""The learned extractor: mentions, relations, results, introduced entities and topics from one encoder.

Two components use it. ``abstractkg_neural_entities`` reads the text (``encoder.onnx``), adds to
``doc._.mentions`` and keeps the encoder's states; ``abstractkg_neural_relations`` scores the
linked entities and the reported values on those states (``relations.onnx``), adds to
``doc._.relations`` and ``doc._.results`` and sets ``introduced`` and ``doc._.topics``. How the model
was trained: ``MODEL_CARD.md`` in its folder.

Each text is a call of its own, so its outcome depends on no other text. The model is loaded
when the first text needs it, on one thread.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np

from extractors.document.annotations import Entity, Mention, Relation, Result, TopicVote
from extractors.neural import features as ft
from extractors.neural.calibration import calibrated, logit, sigmoid
from extractors.neural.decoding import decode, decode_values
from extractors.neural.labels import SIGNATURES
from extractors.neural.results import NAME, RoleSettings, Value, find_results
from extractors.record import ENTITY_TYPES, SYMMETRIC_RELATIONS, Comparison, EntityType
from extractors.text.sentences import sentence_at

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]  # it brings no types

READINGS: Final = "abstractkg_readings"
"""Key in ``doc.user_data`` of what the first component leaves for the second."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``config.json``: labels, thresholds and the calibration of confidences.

    ``types`` are those of entities and, in models that find results, what reported values compare.
    A relation's confidence is the logistic function of the four ``relation_weights``
    (pair score, log confidence of head and of tail, constant) plus ``relation_offsets``.
    The other calibrations are [slope, constant] on the log odds. With a ``value_threshold`` above 1 the
    model proposes no results.
    """

    types: tuple[str, ...]
    relations: tuple[str, ...]
    mention_threshold: float = 0.5
    mention_calibration: tuple[float, float] = (1.0, 0.0)
    introduced_threshold: float = 0.5
    introduced_calibration: tuple[float, float] = (1.0, 0.0)
    topic_threshold: float = 0.5
    topic_calibration: tuple[float, float] = (1.0, 0.0)
    most_topics: int = 3
    relation_threshold: float = 0.5
    relation_weights: tuple[float, float, float, float] = (1.0, 0.0, 0.0, 0.0)
    relation_offsets: tuple[float, ...] = ()
    value_threshold: float = 0.5
    value_calibration: tuple[float, float] = (1.0, 0.0)
    role_threshold: float = 0.5
    role_calibration: tuple[float, float] = (1.0, 0.0)

    @property
    def names(self) -> int:
        """How many of the types are of entities; those after them are of reported values."""
        return sum(kind in ENTITY_TYPES for kind in self.types)


def read_settings(path: Path) -> Settings:
    """The settings in a JSON file; an unknown key is an error."""
    given: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in given.items()}
    return Settings(**fields)


@dataclass(frozen=True, slots=True)
class Reading:
    """One window of a text as the encoder saw it: states [n, width], span scores [n, spans, labels]."""

    pieces: ft.Pieces
    states: ft.Floats
    scores: ft.Floats


Marked = tuple[str, list[tuple[int, int]]]
"""A type and the places, as characters, of an entity or a value."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Uncalibrated log odds: ``about`` [E, 2] introduced and topic, ``pairs`` (head, tail) -> [relations]."""

    about: ft.Floats
    pairs: dict[tuple[int, int], ft.Floats]


def legal_types(types: Sequence[str]) -> frozenset[tuple[int, int]]:
    """Pairs of type indices that any relation may join."""
    index = {name: n for n, name in enumerate(types)}
    return frozenset(
        (index[h], index[t]) for pairs in SIGNATURES.values() for h, t in pairs if h in index and t in index
    )


class Model:
    """Encoder and relation heads in ONNX Runtime, with tokenizer and settings, from one folder."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self.settings = read_settings(folder / "config.json")
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.encoder = _session(folder / "encoder.onnx")
        self.relations = _session(folder / "relations.onnx")
        self.legal = legal_types(self.settings.types)

    def read(self, text: str, title_end: int) -> list[Reading]:
        """Run the encoder over a text whose first ``title_end`` characters are its title."""
        readings = []
        for pieces in ft.split_windows(text, title_end, self.tokenizer):
            states, scores = self.encoder.run(None, {"ids": pieces.ids, "shapes": pieces.shapes})
            readings.append(Reading(pieces, states, scores))
        return readings

    def mentions(self, text: str, readings: Sequence[Reading]) -> list[Mention]:
        """The mentions in a text, with calibrated confidence."""
        s = self.settings
        found = []
        for reading in readings:
            for first, last, label, p in decode(text, reading.pieces, reading.scores, s.mention_threshold, s.names):
                start, end = int(reading.pieces.starts[first]), int(reading.pieces.ends[last])
                confidence = calibrated(logit(p), s.mention_calibration)
                found.append(Mention(start, end, cast(EntityType, s.types[label - 1]), confidence, NAME))
        return found

    def values(self, readings: Sequence[Reading]) -> list[Value]:
        """The reported values in a text, in its order, with calibrated confidence."""
        s = self.settings
        if s.value_threshold > 1:
            return []
        found = []
        for reading in readings:
            for first, last, label, p in decode_values(reading.pieces, reading.scores, s.value_threshold, s.names):
                start, end = int(reading.pieces.starts[first]), int(reading.pieces.ends[last])
                comparison = cast(Comparison, s.types[label - 1])
                found.append(Value(start, end, comparison, calibrated(logit(p), s.value_calibration)))
        return sorted(found)

    def score(self, readings: Sequence[Reading], entities: Sequence[Entity], values: Sequence[Value] = ()) -> Scores:
        """Score entities, values and their pairs window by window; the highest score of each counts.

        In the pairs, values are numbered after the entities.
        """
        marked: list[Marked] = [(e.type, [(m.start, m.end) for m in e.mentions]) for e in entities]
        marked += [(value.comparison, [(value.start, value.end)]) for value in values]
        about = np.full((len(marked), 2), -20, np.float32)
        pairs: dict[tuple[int, int], ft.Floats] = {}
        for reading in readings:
            members, arranged = self._arranged(reading.pieces, marked)
            if not members:
                continue
            inputs = {name: getattr(arranged, name) for name in ft.ARRAYS}
            entity_scores, pair_scores = self.relations.run(
                None, {"states": reading.states, "tags": arranged.tags, **_never_empty(inputs)}
            )
            about[members] = np.maximum(about[members], entity_scores)
            for (h, t), row in zip(np.array(members)[arranged.pairs].tolist(), pair_scores, strict=False):
                pairs[h, t] = np.maximum(pairs[h, t], row) if (h, t) in pairs else row
        return Scores(about[: len(entities)], pairs)

    def _arranged(self, pieces: ft.Pieces, marked: Sequence[Marked]) -> tuple[list[int], ft.Arrangement]:
        """What of it a window mentions, by index, and its arrays."""
        spans = iter(ft.piece_spans(pieces, [place for _, places in marked for place in places]))
        members, laid_out = [], []
        for n, (kind, places) in enumerate(marked):
            here = [span for span in islice(spans, len(places)) if span is not None]
            if here:
                members.append(n)
                laid_out.append((self.settings.types.index(kind), here))
        return members, ft.arrange(pieces, laid_out, lambda h, t, _: (h, t) in self.legal)


def _never_empty(inputs: dict[str, Any]) -> dict[str, Any]:
    """Without pairs, a dummy pair, as the graph cannot reshape nothing; its score is not read."""
    if len(inputs["pairs"]):
        return inputs
    wanted = ("pairs", "local", "local_mask", "window", "gap")
    dummies = {name: np.zeros((1, *inputs[name].shape[1:]), inputs[name].dtype) for name in wanted}
    return inputs | dummies


def _session(path: Path) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@cache
def load_model(folder: Path) -> Model:
    """The model in a folder, loaded once a process."""
    return Model(folder)


def entity_confidence(entity: Entity) -> float:
    """The surest mention's."""
    return max(m.confidence for m in entity.mentions)


def relation_features(score: float, head: Entity, tail: Entity) -> tuple[float, float, float, float]:
    """What a relation's confidence is computed from; see :class:`Settings`."""
    return score, _surest(head), _surest(tail), 1.0


def _surest(entity: Entity) -> float:
    """The logarithm of an entity's confidence."""
    return math.log(max(entity_confidence(entity), 1e-6))


def find_relations(
    entities: Sequence[Entity], scores: Scores, settings: Settings, sentences: list[tuple[int, int]]
) -> list[Relation]:
    """The relations whose calibrated confidence reaches the threshold, each with its sentence."""
    found: dict[tuple[int, str, int], Relation] = {}
    offsets = settings.relation_offsets or (0.0,) * len(settings.relations)
    sure = [_surest(entity) for entity in entities]
    shown: dict[tuple[int, int], tuple[int, int]] = {}
    for h, t, r, score in _worth_a_look(entities, scores, settings):
        relation = settings.relations[r]
        if (entities[h].type, entities[t].type) not in SIGNATURES[relation]:
            continue
        features = (score, sure[h], sure[t], 1.0)
        weighted = sum(w * f for w, f in zip(settings.relation_weights, features, strict=True))
        confidence = sigmoid(weighted + offsets[r])
        if confidence < settings.relation_threshold:
            continue
        key = (min(h, t), relation, max(h, t)) if relation in SYMMETRIC_RELATIONS else (h, relation, t)
        if key not in found or found[key].confidence < confidence:
            if (h, t) not in shown:
                shown[h, t] = evidence(entities[h], entities[t], sentences)
            found[key] = Relation(h, relation, t, *shown[h, t], confidence, NAME)
    return sorted(found.values(), key=lambda r: (r.head, r.relation, r.tail))


def _worth_a_look(entities: Sequence[Entity], scores: Scores, settings: Settings) -> list[tuple[int, int, int, float]]:
    """Head, tail, relation and score where the threshold may be reached, read all at once."""
    chosen = [(ends, row) for ends, row in scores.pairs.items() if max(ends) < len(entities)]
    if not chosen:
        return []
    sure = np.log([max(entity_confidence(e), 1e-6) for e in entities])
    heads, tails = np.array([ends for ends, _ in chosen]).T
    by_score, by_head, by_tail, constant = settings.relation_weights
    rows = np.stack([row for _, row in chosen])
    log_odds = by_score * rows + np.array(settings.relation_offsets or [0.0])
    log_odds += (by_head * sure[heads] + by_tail * sure[tails] + constant)[:, None]
    least = logit(settings.relation_threshold) - 1e-3  # what is left is computed exactly
    pair, relation = np.nonzero(log_odds >= least)
    ends = (heads[pair].tolist(), tails[pair].tolist(), relation.tolist(), rows[pair, relation].tolist())
    return list(zip(*ends, strict=True))


def evidence(head: Entity, tail: Entity, sentences: list[tuple[int, int]]) -> tuple[int, int]:
    """The sentence where head and tail stand closest; where none has both, the tail's nearest to the head."""
    heads = [(h.start, h.end, sentence_at(sentences, h.start)) for h in head.mentions]
    tails = [(t.start, t.end, sentence_at(sentences, t.start)) for t in tail.mentions]
    return min(
        (within != sentence, max(h, t) - min(h_end, t_end), t, sentence)
        for h, h_end, within in heads
        for t, t_end, sentence in tails
    )[3]


def results_of(
    text: str,
    values: Sequence[Value],
    entities: Sequence[Entity],
    scores: Scores,
    settings: Settings,
    sentences: list[tuple[int, int]],
) -> list[Result]:
    """The results that the values make with the entities."""
    first = len(entities)
    of_values = {(h - first, t): row for (h, t), row in scores.pairs.items() if h >= first > t}
    roles = RoleSettings(settings.role_threshold, settings.role_calibration)
    return find_results(text, values, entities, of_values, settings.relations, roles, sentences)


def find_topics(scores: Scores, settings: Settings) -> list[TopicVote]:
    """The entities that the paper is about: all probable ones, at least one, at most ``most_topics``."""
    votes = [TopicVote(n, calibrated(float(s), settings.topic_calibration)) for n, s in enumerate(scores.about[:, 1])]
    votes.sort(key=lambda vote: (-vote.confidence, vote.entity))
    least = settings.topic_threshold
    return [v for n, v in enumerate(votes[: settings.most_topics]) if n == 0 or v.confidence >= least]
