"""Reported numbers. Sets ``doc._.results``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


class PatternResults:
    """spaCy component: sets ``doc._.results``."""

    def __call__(self, doc: Doc) -> Doc:
        return doc


@Language.factory("papergraph_results", requires=["doc._.entities"], assigns=["doc._.results"])
def make_results(nlp: Language, name: str) -> PatternResults:
    """The component ``papergraph_results``."""
    return PatternResults()
