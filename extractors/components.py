"""Registers the factories of all components that need no trained model, by importing their modules."""

import extractors.abbreviations
import extractors.entities
import extractors.introduced
import extractors.linking
import extractors.relations
import extractors.results
import extractors.sentences
import extractors.topics  # noqa: F401
