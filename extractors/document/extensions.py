"""The attributes that the components read and set on a spaCy ``Doc``, under ``doc._``.

Importing this module registers them, once. A name that another library has already taken
is an error (spaCy's E090), not an overwrite.

==================  =====================================================
``abstract_start``  where the abstract begins in ``doc.text``; 0: no title
``abbreviations``   ``list[Definition]``
``mentions``        ``list[Mention]``, in order of the text
``entities``        ``list[Entity]``
``relations``       ``list[Relation]``
``results``         ``list[Result]``
``topics``          ``list[TopicVote]``, strongest first
==================  =====================================================
"""

from __future__ import annotations

from typing import Final

from spacy.tokens import Doc

LISTS: Final = ("abbreviations", "mentions", "entities", "relations", "results", "topics")

Doc.set_extension("abstract_start", default=0)
for _name in LISTS:
    # A mutable default is copied for each Doc by spaCy.
    Doc.set_extension(_name, default=[])
