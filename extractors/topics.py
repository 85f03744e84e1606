"""What a paper is mainly about. Sets ``doc._.topics``."""

from __future__ import annotations

from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

import extractors.extensions  # noqa: F401  registers doc._.topics
from extractors.types import Entity, TopicVote

MOST: Final = 3


def find_topics(entities: list[Entity], abstract_start: int = 0) -> list[TopicVote]:
    """One to three entities: introduced, in the title, named often, a task before a method before data."""
    votes = []
    for index, entity in enumerate(entities):
        in_title = any(m.start < abstract_start for m in entity.mentions)
        score = (
            0.4 * entity.introduced
            + 0.35 * in_title
            + 0.1 * min(len(entity.mentions), 4)
            + {"Task": 0.15, "Method": 0.1, "Dataset": 0.0, "Metric": -0.3}[entity.type]
            + 0.1 * (index == 0)
        )
        votes.append(TopicVote(index, max(0.0, min(1.0, score))))
    votes.sort(key=lambda vote: (-vote.confidence, vote.entity))
    return votes[:MOST]


class Topics:
    """spaCy component: sets ``doc._.topics``, unless a component before it has."""

    def __call__(self, doc: Doc) -> Doc:
        if not doc._.topics:
            doc._.topics = find_topics(doc._.entities, doc._.abstract_start)
        return doc


@Language.factory("papergraph_topics", requires=["doc._.entities"], assigns=["doc._.topics"])
def make_topics(nlp: Language, name: str) -> Topics:
    """The component ``papergraph_topics``."""
    return Topics()
