"""Sentences of an abstract, found by rules; the title is a sentence of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from extractors.text.words import read_list

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BOUNDARY: Final = re.compile(
    r"""
    (?P<end>[.!?]['"”’)\]}*]*)            # the end, with closing quotes and brackets
    (?:
        \s+ (?=["'“‘(\[*$\\]*[A-Z0-9À-Þ]) # then space and what looks like a beginning
      | (?=[A-Z]{4,}(?:[ /&]+[A-Z]{2,})*:\s?[A-Z])  # or, the space forgotten, the heading of a part
      | (?<=[a-z)\]%][.!?]) (?=[A-Z][a-z]+[ ,]|[AI]\ [a-z])  # or, the space forgotten, a capitalised word
    )
    | (?P<break>\n\s*\n)                  # or an empty line
    """,
    re.VERBOSE,
)
_LAST_WORD: Final = re.compile(r"[^\s(\[\"'“]+$")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_list(f"{name}.txt"))


def sentence_spans(text: str, abstract_start: int = 0) -> list[tuple[int, int]]:
    """Character spans of the sentences of ``text``, whose abstract begins at ``abstract_start``."""
    spans = [] if abstract_start == 0 else list(_trimmed(text, 0, abstract_start))
    start = abstract_start
    for match in _BOUNDARY.finditer(text, abstract_start):
        if match.group("break") is None and not _ends_sentence(text, match):
            continue
        spans += _trimmed(text, start, match.end())
        start = match.end()
    return spans + list(_trimmed(text, start, len(text)))


def spans_of(doc: Doc) -> list[tuple[int, int]]:
    """Character spans of ``doc.sents``, whoever set them, without the space around them."""
    text = doc.text  # spaCy puts it together anew each time
    spans: list[tuple[int, int]] = []
    for start, end in _sentences(doc):
        spans += _trimmed(text, start, end)
    return spans


def _sentences(doc: Doc) -> Iterator[tuple[int, int]]:
    """First and last character of each of ``doc.sents``, where those are marks on its tokens read all at once."""
    if len(doc) == 0 or "sents" in doc.user_hooks or not doc.has_annotation("SENT_START"):
        for sentence in doc.sents:
            yield sentence.start_char, sentence.end_char
        return
    starts, at, length = doc.to_array(["SENT_START", "IDX", "LENGTH"]).astype("int64").T
    firsts = [0, *(n for n in (starts == 1).nonzero()[0].tolist() if n)]
    for first, after in zip(firsts, [*firsts[1:], len(doc)], strict=True):
        yield int(at[first]), int(at[after - 1] + length[after - 1])


def sentence_at(spans: Sequence[tuple[int, int]], position: int) -> tuple[int, int]:
    """The span that holds ``position``, else the last one before it, else the first."""
    best = spans[0]
    for span in spans:
        if span[0] > position:
            break
        best = span
    return best


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """Whether the punctuation at ``match`` ends a sentence, judged by the words around it."""
    if text[match.start()] != ".":
        return True
    word = _LAST_WORD.search(text, max(0, match.start() - 40), match.start())
    before = word.group().casefold() if word else ""
    after = re.match(r"\w*", text[match.end() :])
    following = after.group() if after else ""
    if before in _words("never_final") or (before == "et" and following == "al"):
        return False
    if before in _words("seldom_final"):
        return following in _words("openers")
    if match.end() == match.end("end") and ("/" in before or "www" in before or "@" in before):
        return False  # inside an address
    is_initial = re.fullmatch(r"[a-z]", before) is not None and following not in _words("openers")  # "J. Smith"
    return not is_initial
