"""Registers the factories of all components that need no trained model."""

from extractors import (  # noqa: F401  imported for their @Language.factory
    abbreviations,
    entities,
    linking,
    relations,
    results,
    sentences,
    topics,
)
