"""Relations between entities, by trigger patterns. Sets ``doc._.relations``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


class PatternRelations:
    """spaCy component: adds what patterns find to ``doc._.relations``."""

    def __call__(self, doc: Doc) -> Doc:
        return doc


@Language.factory("papergraph_pattern_relations", requires=["doc._.entities"], assigns=["doc._.relations"])
def make_pattern_relations(nlp: Language, name: str) -> PatternRelations:
    """The component ``papergraph_pattern_relations``."""
    return PatternRelations()
