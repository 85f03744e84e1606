"""A tokenizer whose time is proportional to the length of the text, whatever the text.

spaCy's own peels prefixes and suffixes off a word one at a time, so that a run of 20,000
ampersands takes a minute. The components here work on character offsets, and need tokens
only for the borders of sentences to fall between two of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

NAME: Final = "abstractkg_tokenizer"
"""Under which spaCy finds the tokenizer: the one that a pipeline is made with, as spaCy's takes long to set up."""

_TOKEN: Final = re.compile(r"\s+|\w+|[^\w\s]")


class LinearTokenizer:
    """Runs of letters and digits, and every other character by itself; a spaCy tokenizer."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The tokenized ``Doc``, whose text is ``text``."""
        words: list[str] = []
        spaces: list[bool] = []
        for token in _TOKEN.findall(text):
            if token[0] == " " and words and not words[-1].isspace():
                spaces[-1] = True
                token = token[1:]
            if token:
                words.append(token)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


@registry.tokenizers(NAME)  # type: ignore[untyped-decorator]  # spaCy gives it no types
def make_tokenizer() -> Callable[[Language], LinearTokenizer]:
    """What a pipeline makes its tokenizer with."""
    return lambda nlp: LinearTokenizer(nlp.vocab)
