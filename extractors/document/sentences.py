"""The sentences of a spaCy ``Doc``, whoever set them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from extractors.document.fields import text_of
from extractors.text.sentences import Span, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Doc

SENTENCES: Final = "abstractkg_sentences"
"""Key in ``doc.user_data`` of what `spans_of` gives, since every component asks for it."""


def spans_of(doc: Doc) -> list[Span]:
    """Character spans of ``doc.sents``, as they are when first asked for, without the space around them."""
    found: list[Span] | None = doc.user_data.get(SENTENCES)
    if found is None:
        text = text_of(doc)
        found = [span for start, end in _sentences(doc) for span in trimmed(text, start, end)]
        doc.user_data[SENTENCES] = found
    return found


def _sentences(doc: Doc) -> Iterator[Span]:
    """First and last character of each of ``doc.sents``, where those are marks on its tokens read all at once."""
    if len(doc) == 0 or "sents" in doc.user_hooks or not doc.has_annotation("SENT_START"):
        for sentence in doc.sents:
            yield sentence.start_char, sentence.end_char
        return
    starts, at, length = doc.to_array(["SENT_START", "IDX", "LENGTH"]).astype("int64").T
    firsts = (starts == 1).nonzero()[0]
    firsts = firsts[firsts > 0]
    begins = at[[0, *firsts]].tolist()
    ends = (at + length)[[*(firsts - 1), -1]].tolist()
    yield from zip(begins, ends, strict=True)
