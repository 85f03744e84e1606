"""The spaCy components of the extraction pipeline, and the names under which spaCy finds their factories.

Each component is a thin layer over functions of the packages beside this module; it says which
attributes under ``doc._`` (`extractors.document.extensions`) it needs and sets.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final, cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

import extractors.document.extensions  # noqa: F401  registers the attributes
from extractors.document.annotations import Entity, Mention
from extractors.document.fields import text_of
from extractors.document.sentences import spans_of
from extractors.entities.checks import checked_mentions
from extractors.entities.gazetteer import Gazetteer
from extractors.entities.introduced import introduced, is_of_others
from extractors.entities.linking import link
from extractors.entities.patterns import SOURCES, find_entities
from extractors.entities.topics import find_topics
from extractors.names.definitions import find_abbreviations
from extractors.neural import MODEL
from extractors.neural import model as neural
from extractors.neural.calibration import calibrated
from extractors.record import EntityType
from extractors.relations.claims import claims
from extractors.relations.confidence import PATTERNS, Fit, read_fit
from extractors.relations.patterns import find_relations
from extractors.results.patterns import find_results
from extractors.text.sentences import sentence_spans

WORTH_CHECKING: Final = 0.05
"""Confidence of the model from which on a relation goes into the check of claims, which has the threshold."""

OF_OTHERS: Final = 0.01
"""How likely the paper introduces what it names as the work of others."""


class SentenceSplitter:
    """spaCy component: sets sentence starts on the tokens."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark where the sentences of ``doc`` start."""
        starts = [start for start, _ in sentence_spans(text_of(doc), doc._.abstract_start)]
        if not len(doc):
            return doc
        marks = np.full((len(doc), 1), -1, dtype=np.int64)
        marks[0] = 1
        # A boundary inside a token ("model.However" kept whole) moves to the next token.
        where = np.searchsorted(doc.to_array(["IDX"]).ravel(), starts)
        marks[where[where < len(doc)]] = 1
        doc.from_array(["SENT_START"], marks.view(np.uint64))  # type: ignore[arg-type]  # thinc's own array type
        return doc


@Language.factory("abstractkg_sentences", assigns=["token.is_sent_start", "doc.sents"])
def make_sentences(nlp: Language, name: str) -> SentenceSplitter:
    """The component ``abstractkg_sentences``."""
    return SentenceSplitter()


class AbbreviationFinder:
    """spaCy component: sets ``doc._.abbreviations``."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the definitions in ``doc``."""
        doc._.abbreviations = find_abbreviations(text_of(doc))
        return doc


@Language.factory("abstractkg_abbreviations", assigns=["doc._.abbreviations"])
def make_abbreviations(nlp: Language, name: str) -> AbbreviationFinder:
    """The component ``abstractkg_abbreviations``."""
    return AbbreviationFinder()


class PatternEntities:
    """spaCy component: adds what patterns find to ``doc._.mentions``, where nothing is yet."""

    def __init__(self, threshold: float, sources: list[str]) -> None:
        self.threshold = threshold
        if unknown := set(sources) - set(SOURCES):
            raise ValueError(f"unknown sources {sorted(unknown)}; there are {', '.join(SOURCES)}")
        self.sources = sources

    def __call__(self, doc: Doc) -> Doc:
        """Add to the mentions of ``doc``."""
        present: list[Mention] = doc._.mentions
        taken = {position for m in present for position in range(m.start, m.end)}
        found = find_entities(text_of(doc), doc._.abbreviations, doc._.abstract_start, self.threshold, self.sources)
        border = doc._.abstract_start
        fresh = [m for m in found if taken.isdisjoint(range(m.start, m.end)) and not m.start < border <= m.end]
        doc._.mentions = sorted([*present, *fresh])
        return doc


@Language.factory(
    "abstractkg_pattern_entities",
    requires=["doc._.abbreviations"],
    assigns=["doc._.mentions"],
    default_config={"threshold": 0.4, "sources": list(SOURCES)},
)
def make_pattern_entities(nlp: Language, name: str, threshold: float, sources: list[str]) -> PatternEntities:
    """The component ``abstractkg_pattern_entities``.

    It looks for what ``sources`` names, and leaves out candidates below ``threshold``.
    """
    return PatternEntities(threshold, sources)


class OwnNames:
    """spaCy component: makes every name of a user's a mention in ``doc._.mentions``, unless a longer one holds it."""

    def __init__(self, names: list[list[str]]) -> None:
        self._names = Gazetteer()
        for name, entity_type in names:
            self._names.add(name, cast(EntityType, entity_type))

    def __call__(self, doc: Doc) -> Doc:
        """Put the names in place of the mentions of ``doc`` that they overlap."""
        mentions: list[Mention] = doc._.mentions
        for start, end, entity_type in self._names.find(text_of(doc)):
            beside = [m for m in mentions if m.end <= start or end <= m.start]
            around = [m for m in mentions if m.start <= start and end <= m.end and (m.start, m.end) != (start, end)]
            if not around:
                mentions = [*beside, Mention(start, end, entity_type, 1.0, "own names")]
        doc._.mentions = sorted(mentions)
        return doc


@Language.factory(
    "abstractkg_own_names",
    requires=["doc._.mentions"],
    assigns=["doc._.mentions"],
    default_config={"names": []},
)
def make_own_names(nlp: Language, name: str, names: list[list[str]]) -> OwnNames:
    """The component ``abstractkg_own_names``; ``names`` are pairs of name and type."""
    return OwnNames(names)


class Linker:
    """spaCy component: sets ``doc._.entities`` from ``doc._.mentions`` and ``doc._.abbreviations``."""

    def __call__(self, doc: Doc) -> Doc:
        """Check and link the mentions of ``doc``; those of one entity then have one type."""
        sentences = sentence_spans(text_of(doc), doc._.abstract_start)
        mentions = checked_mentions(text_of(doc), doc._.mentions, sentences, doc._.abbreviations)
        doc._.entities = link(text_of(doc), mentions, doc._.abbreviations, doc._.abstract_start)
        doc._.mentions = sorted(m for entity in doc._.entities for m in entity.mentions)
        return doc


@Language.factory(
    "abstractkg_linker",
    requires=["doc._.mentions", "doc._.abbreviations"],
    assigns=["doc._.entities", "doc._.mentions"],
)
def make_linker(nlp: Language, name: str) -> Linker:
    """The component ``abstractkg_linker``."""
    return Linker()


class PatternIntroduced:
    """spaCy component: sets ``introduced`` where no component before it has judged, and takes back what is others'."""

    def __init__(self, threshold: float) -> None:
        self.threshold = threshold

    def __call__(self, doc: Doc) -> Doc:
        """Judge every entity of ``doc``."""
        entities: list[Entity] = doc._.entities
        text, start = text_of(doc), doc._.abstract_start
        if not any(entity.introduced_confidence > 0 for entity in entities):
            sentences = spans_of(doc)
            for entity in entities:
                entity.introduced_confidence = introduced(text, sentences, entity, start)
                entity.introduced = entity.introduced_confidence >= self.threshold
        for entity in entities:
            if entity.introduced and is_of_others(text, entity, start):
                entity.introduced, entity.introduced_confidence = False, OF_OTHERS
        return doc


@Language.factory(
    "abstractkg_pattern_introduced",
    requires=["doc.sents", "doc._.entities"],
    assigns=["doc._.entities"],
    default_config={"threshold": 0.5},
)
def make_pattern_introduced(nlp: Language, name: str, threshold: float) -> PatternIntroduced:
    """The component ``abstractkg_pattern_introduced``; below ``threshold`` an entity is not marked."""
    return PatternIntroduced(threshold)


class PatternRelations:
    """spaCy component: adds what patterns find to ``doc._.relations``."""

    def __init__(self, threshold: float, implied: bool) -> None:
        self.threshold = threshold
        self.implied = implied

    def __call__(self, doc: Doc) -> Doc:
        """Add to the relations of ``doc``."""
        entities: list[Entity] = doc._.entities
        if entities:
            found = find_relations(
                text_of(doc), spans_of(doc), entities, doc._.abstract_start, self.threshold, self.implied
            )
            doc._.relations = [*doc._.relations, *found]
        return doc


@Language.factory(
    "abstractkg_pattern_relations",
    requires=["doc.sents", "doc._.entities"],
    assigns=["doc._.relations"],
    default_config={"threshold": 0.0, "implied": True},
)
def make_pattern_relations(nlp: Language, name: str, threshold: float, implied: bool) -> PatternRelations:
    """The component ``abstractkg_pattern_relations``.

    Relations below ``threshold`` are left out; without ``implied``, all that no sentence states.
    """
    return PatternRelations(threshold, implied)


class Claims:
    """spaCy component: checks ``doc._.relations`` of every source against what the sentences say."""

    def __init__(self, fit: Fit) -> None:
        self.fit = fit

    def __call__(self, doc: Doc) -> Doc:
        """Merge, turn, weaken or drop the relations of ``doc``; set their evidence and confidence."""
        entities: list[Entity] = doc._.entities
        if entities:
            found = claims(text_of(doc), spans_of(doc), entities, doc._.abstract_start, doc._.relations, self.fit)
            doc._.relations = found
        return doc


@Language.factory(
    "abstractkg_claims",
    requires=["doc.sents", "doc._.entities", "doc._.relations"],
    assigns=["doc._.relations"],
    default_config={"weights": str(PATTERNS)},
)
def make_claims(nlp: Language, name: str, weights: str) -> Claims:
    """The component ``abstractkg_claims``, which must follow all that find relations.

    ``weights`` is the file of what was fitted to these sources: beside a model, the one in its folder.
    """
    return Claims(read_fit(Path(weights)))


class PatternResults:
    """spaCy component: completes and checks ``doc._.results``."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the results in ``doc``."""
        sentences = [span for span in spans_of(doc) if span[0] >= doc._.abstract_start]
        doc._.results = find_results(text_of(doc), sentences, doc._.entities, doc._.results)
        return doc


@Language.factory("abstractkg_results", requires=["doc.sents", "doc._.entities"], assigns=["doc._.results"])
def make_results(nlp: Language, name: str) -> PatternResults:
    """The component ``abstractkg_results``."""
    return PatternResults()


class Topics:
    """spaCy component: sets ``doc._.topics``, unless a component before it has."""

    def __init__(self, threshold: float) -> None:
        self.threshold = threshold

    def __call__(self, doc: Doc) -> Doc:
        """Choose among the entities of ``doc``."""
        if not doc._.topics:
            doc._.topics = find_topics(doc._.entities, doc._.abstract_start, self.threshold)
        return doc


@Language.factory(
    "abstractkg_topics",
    requires=["doc._.entities"],
    assigns=["doc._.topics"],
    default_config={"threshold": 0.35},
)
def make_topics(nlp: Language, name: str, threshold: float) -> Topics:
    """The component ``abstractkg_topics``; below ``threshold`` only the likeliest entity is one."""
    return Topics(threshold)


class NeuralEntities:
    """spaCy component: adds the mentions that the model finds to ``doc._.mentions``."""

    def __init__(self, model: str) -> None:
        self.folder = Path(model)

    def __call__(self, doc: Doc) -> Doc:
        """Process one text."""
        model = neural.load_model(self.folder)
        readings = model.read(text_of(doc), doc._.abstract_start)
        doc.user_data[neural.READINGS] = readings
        doc._.mentions = sorted([*doc._.mentions, *model.mentions(text_of(doc), readings)])
        return doc


class NeuralRelations:
    """spaCy component: relations, results, introduced entities and topics of the linked entities."""

    def __init__(self, model: str) -> None:
        self.folder = Path(model)

    def __call__(self, doc: Doc) -> Doc:
        """Process one text."""
        model = neural.load_model(self.folder)
        entities: list[Entity] = doc._.entities
        readings = cast(list[neural.Reading], doc.user_data.pop(neural.READINGS))
        if not entities:
            return doc
        values, sentences = model.values(readings), spans_of(doc)
        scores = model.score(readings, entities, values)
        for entity, score in zip(entities, scores.about[:, 0].tolist(), strict=True):
            entity.introduced_confidence = calibrated(score, model.settings.introduced_calibration)
            entity.introduced = entity.introduced_confidence >= model.settings.introduced_threshold
        settings = replace(model.settings, relation_threshold=WORTH_CHECKING)
        doc._.relations = [*doc._.relations, *neural.find_relations(entities, scores, settings, sentences)]
        doc._.results = neural.results_of(text_of(doc), values, entities, scores, model.settings, sentences)
        doc._.topics = neural.find_topics(scores, model.settings)
        return doc


@Language.factory("abstractkg_neural_entities", default_config={"model": str(MODEL)}, assigns=["doc._.mentions"])
def make_neural_entities(nlp: Language, name: str, model: str) -> NeuralEntities:
    """The component ``abstractkg_neural_entities``; ``model`` is the folder to load from."""
    return NeuralEntities(model)


@Language.factory(
    "abstractkg_neural_relations",
    default_config={"model": str(MODEL)},
    requires=["doc._.entities", "doc.sents"],
    assigns=["doc._.relations", "doc._.results", "doc._.topics"],
)
def make_neural_relations(nlp: Language, name: str, model: str) -> NeuralRelations:
    """The component ``abstractkg_neural_relations``; it must follow ``abstractkg_neural_entities``."""
    return NeuralRelations(model)
