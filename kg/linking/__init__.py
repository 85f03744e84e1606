"""Concepts of a graph matched to the concepts of another vocabulary, with confidence and reason."""

from kg.linking.decisions import Decision, parse_decisions, read_decisions
from kg.linking.links import Link, Matched, linked_names, read_links, write_links, write_turtle
from kg.linking.match import match, unmatched
from kg.linking.vocabulary import Term, read_vocabulary

__all__ = [
    "Decision",
    "Link",
    "Matched",
    "Term",
    "linked_names",
    "match",
    "parse_decisions",
    "read_decisions",
    "read_links",
    "read_vocabulary",
    "unmatched",
    "write_links",
    "write_turtle",
]
