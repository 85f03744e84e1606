"""Which of a concept's forms has its capitals: "DIMR" where another is "dimr", as in an address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_INNER_CAPITAL: Final = re.compile(r"\w[A-Z]")
_LONGEST_SHOUTED: Final = 6
"""Letters of a name in capitals only; more are a shouted title."""


def capitalised(forms: Iterable[str]) -> dict[str, str]:
    """By each form in lower case, another that differs in capitals alone, some of them inside words.

    >>> capitalised(["dimr", "DIMR", "labelformer", "LabelFormer", "autoencoder", "Autoencoder"])
    {'dimr': 'DIMR', 'labelformer': 'LabelFormer'}
    """
    known = list(forms)
    written = {form.lower(): form for form in sorted(known) if _INNER_CAPITAL.search(form) and _is_as_in_a_text(form)}
    return {form: written[form] for form in known if form.islower() and form in written}


def _is_as_in_a_text(form: str) -> bool:
    """Whether a form is not in the capitals of a title: one word that is not shouted, or a word of it in lower case."""
    words = form.split()
    if len(words) > 1:
        return any(map(str.islower, words))
    return not form.isupper() or len(form) <= _LONGEST_SHOUTED
