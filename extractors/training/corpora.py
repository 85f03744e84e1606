"""Readers of the public corpora SciERC (Luan et al. 2018) and TDMSci (Hou et al. 2021).

Their texts come tokenized; tokens are joined by blanks, so that offsets are ours to count.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors.training.examples import Concept, Example, read_jsonl

Sentence = list[tuple[str, str]]
"""Tokens with their tags."""


def read_conll(path: Path) -> Iterator[list[Sentence]]:
    """Documents of sentences; a document ends at ``-DOCSTART-``, first column token, last column tag."""
    document: list[Sentence] = []
    sentence: Sentence = []
    for line in path.read_text(encoding="utf-8").splitlines():
        columns = line.split()
        if columns and columns[0] != "-DOCSTART-":
            sentence.append((columns[0], columns[-1]))
            continue
        if sentence:
            document.append(sentence)
            sentence = []
        if columns and document:
            yield document
            document = []
    if sentence:
        document.append(sentence)
    if document:
        yield document


def tagged_spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """Token spans (first, end, label) of IOB1 or BIO tags."""
    spans: list[tuple[int, int, str]] = []
    start, label = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        kind, _, name = tag.partition("-")
        if label and (kind != "I" or name != label):
            spans.append((start, i, label))
            label = ""
        if kind != "O" and not label:
            start, label = i, name
    return spans


def _related(path: Path) -> dict[str, list[tuple[tuple[int, int], str, tuple[int, int]]]]:
    """Relations by sentence: character spans of head and tail in the unmarked sentence."""
    out: dict[str, list[tuple[tuple[int, int], str, tuple[int, int]]]] = {}
    for row in read_jsonl(path):
        spans: dict[str, tuple[int, int]] = {}
        plain = ""
        for piece in re.split(r"(\[\[ | \]\]|<< | >>)", row["text"]):
            if piece in ("[[ ", "<< "):
                spans[piece[0]] = (len(plain), len(plain))
            elif piece in (" ]]", " >>"):
                mark = "[" if piece == " ]]" else "<"
                spans[mark] = (spans[mark][0], len(plain))
            else:
                plain += piece
        out.setdefault(plain, []).append((spans["["], row["label"], spans["<"]))
    return out


def scierc(folder: Path, part: str) -> Iterator[Example]:
    """``part`` is train or dev, as distributed; every mention is an entity of its own."""
    related = _related(folder / f"relations_{part}.jsonl")
    for n, document in enumerate(read_conll(folder / f"ner_{part}.txt")):
        example = Example("scierc", f"scierc-{part}-{n}", "", 0, [], dev=part != "train")
        for sentence in document:
            _append(example, sentence, related)
        yield example


def _append(example: Example, sentence: Sentence, related: dict[str, list[Any]]) -> None:
    base = len(example.text) + 1 if example.text else 0
    text, offsets = _join(sentence)
    example.text += (" " if example.text else "") + text
    index = {}
    for first, end, label in tagged_spans([tag for _, tag in sentence]):
        span = (offsets[first], offsets[end - 1] + len(sentence[end - 1][0]))
        index[span] = len(example.concepts)
        example.concepts.append(Concept(label, [(span[0] + base, span[1] + base)]))
    for head, relation, tail in related.get(text, []):
        if head in index and tail in index:
            example.relations.append((index[head], relation, index[tail]))


def _join(sentence: Sentence) -> tuple[str, list[int]]:
    offsets, at = [], 0
    for token, _ in sentence:
        offsets.append(at)
        at += len(token) + 1
    return " ".join(token for token, _ in sentence), offsets


def tdmsci(folder: Path) -> Iterator[Example]:
    """The distributed training sentences, a sixth of them (by a hash of the sentence) held out."""
    for n, sentence in enumerate(s for document in read_conll(folder / "train.conll") for s in document):
        text, _ = _join(sentence)
        held_out = int(hashlib.sha256(text.encode()).hexdigest(), 16) % 6 == 0
        example = Example("tdmsci", f"tdmsci-{n}", "", 0, [], dev=held_out)
        _append(example, sentence, {})
        yield example
