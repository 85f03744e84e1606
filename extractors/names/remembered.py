"""What is remembered of names, so that none is worked out twice; and how it is forgotten.

Among millions of papers new names never end, and most of them do not come again.
"""

from __future__ import annotations

from typing import Final

from extractors.names.abbreviations import abbreviates, initials, is_short_form
from extractors.names.concepts import concept_key, meaning_keys, usual_meaning
from extractors.names.generic_heads import is_proper
from extractors.names.inflection import normalize_word, singular
from extractors.names.keys import name_key, name_words
from extractors.names.stems import stems_of

REMEMBERED: Final = (
    abbreviates,
    concept_key,
    initials,
    is_proper,
    is_short_form,
    meaning_keys,
    name_key,
    name_words,
    normalize_word,
    singular,
    stems_of,
    usual_meaning,
)
"""The functions of this package that remember what they gave for a name."""


def forget() -> None:
    """Forget all names. Changes no outcome, and makes the next names take longer."""
    for function in REMEMBERED:
        function.cache_clear()
