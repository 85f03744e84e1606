"""One paper as one text: title, line break, abstract; and the way back to the two fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

import extractors.document.extensions  # noqa: F401  registers doc._.abstract_start

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Field = Literal["title", "abstract"]

SEPARATOR: Final = "\n"
TEXT: Final = "abstractkg_text"
"""Key in ``doc.user_data`` of what `text_of` gives."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """``text`` with lone surrogates, which no encoding can write, as U+FFFD; its length stays."""
    return _SURROGATE.sub("\ufffd", text)


def join(title: str | None, abstract: str) -> tuple[str, int]:
    """The text of a paper, and where its abstract starts in it (0 without a title)."""
    if not title:
        return clean(abstract), 0
    return clean(title) + SEPARATOR + clean(abstract), len(title) + len(SEPARATOR)


def make_doc(nlp: Language, title: str | None, abstract: str) -> Doc:
    """A tokenized ``Doc`` of a paper, not yet processed."""
    text, start = join(title, abstract)
    doc = nlp.make_doc(text)
    doc._.abstract_start = start
    return doc


def text_of(doc: Doc) -> str:
    """``doc.text``, kept, since spaCy walks all tokens to put it together each time it is asked."""
    text: str | None = doc.user_data.get(TEXT)
    if text is None:
        text = doc.user_data[TEXT] = doc.text
    return text


def fields(doc: Doc) -> tuple[str | None, str]:
    """Title and abstract of a ``Doc`` that :func:`make_doc` made."""
    start: int = doc._.abstract_start
    text = text_of(doc)
    if not start:
        return None, text
    return text[: start - len(SEPARATOR)], text[start:]


def locate(start: int, end: int, abstract_start: int) -> tuple[Field, int, int]:
    """A span of the joined text as a span of its title or its abstract."""
    if start >= abstract_start:
        return "abstract", start - abstract_start, end - abstract_start
    if end > abstract_start - len(SEPARATOR):
        raise ValueError(f"the span {start}-{end} lies in neither the title nor the abstract")
    return "title", start, end
