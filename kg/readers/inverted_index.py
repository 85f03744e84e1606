"""Abstracts as inverted indexes ({word: [positions]}), as OpenAlex has them, in whatever form programs write them."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from typing import Any, Final

MALFORMED: Final = "its inverted index is malformed; it should be {word: [positions]}"

_LONGEST = 1_000_000  # characters of an index in Python's form; an abstract has not so many
# What Python writes, and no more: prefixes and other escapes of its literals could cost time or warn.
_WORD = r"""'(?:[^'\\\n]|\\[\\'nrtxuU])*+'|"(?:[^"\\\n]|\\[\\'nrtxuU])*+\""""
_ENTRY = re.compile(rf"\s*+({_WORD})\s*:\s*\[((?:[0-9]+(?:,\s*[0-9]+)*+)?)\]\s*(?:,|(?=\}}))")
_WRITTEN_OUT = re.compile(r"\s*(?:\{(?!\s*\\)|\[\s*['\"\[({])")  # not the braces and brackets of running text


def text_of(index: Any) -> str | None:
    """The text of an inverted index, bare, as JSON or Python text or as AMiner wraps it; None for what is none."""
    if isinstance(index, str):
        index = _parsed(index.strip())
    if isinstance(index, Mapping):
        index = index.get("InvertedIndex", index)
    if not isinstance(index, Mapping):
        return None
    placed: list[tuple[int, str]] = []
    for word, positions in index.items():
        if positions is None:  # a word of another row, where pandas made a column of each
            continue
        if not isinstance(positions, list) or not all(type(position) is int for position in positions):
            return None
        placed.extend((position, word) for position in positions)
    return " ".join(word for _, word in sorted(placed))


def read(value: Any) -> str:
    """The text under the name of an inverted index, where it may be put back already; empty for anything else."""
    text = text_of(value)
    if text is None and isinstance(value, str) and not _WRITTEN_OUT.match(value):
        return value
    return text or ""


def is_malformed(value: Any) -> bool:
    """Whether what stands under the name of an inverted index is neither one nor text, but something."""
    is_something = bool(value) and value == value  # NaN is nothing
    return is_something and not read(value) and text_of(value) is None


def _parsed(text: str) -> Any:
    """What a text writes out as JSON or as Python does; None for other text."""
    if not text.startswith("{"):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return _python(text) if len(text) <= _LONGEST else None


def _python(text: str) -> dict[str, list[int]] | None:
    """The inverted index in Python's own form, as pandas puts it into a table.

    It is read word by word: a parser of Python takes memory, and of the wrong text hours.
    """
    index: dict[str, list[int]] = {}
    at = 1
    try:
        while entry := _ENTRY.match(text, at):
            index[ast.literal_eval(entry[1])] = [int(number) for number in entry[2].split(",") if number]
            at = entry.end()
    except (ValueError, SyntaxError):  # an escape cut short, a number of thousands of digits
        return None
    return index if text[at:].strip() == "}" else None
