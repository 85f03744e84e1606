"""Proper names of methods and datasets, and what a paper presents as its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from extractors.record import EntityType
from extractors.text.words import Word, is_stop, read_list

Named = tuple[int, int, EntityType, float]
"""Start, end, type, confidence."""

# "BERT", "SimCSE", "YOLOv3", "CIFAR-10", "U-Net", "Llama-2"
_NAME: Final = re.compile(
    r"(?=.*[A-Z])(?:[A-Z]{2}\w*+|[^\Wa-z]*+[a-z][^\WA-Z]*+[A-Z]\w*+|[A-Z][^\W\d]*+\d\w*+)(?:[-+.@/][A-Za-z0-9]++)*+\+*+"
    r"|(?:[A-Z][a-z]*)?[A-Z]+(?:-[A-Za-z0-9]+)+|[A-Z][a-z]+-(?:\d\w*|[A-Z]{2}\w*+|[A-Z]\d\w*)|[A-Z]-[A-Z]\w+"
)
# "BERT-based" names BERT.
_SUFFIX: Final = re.compile(
    r"-(?:based|driven|related|generated|powered|enhanced|like|style|inspired|aware|guided|augmented|gated|trained"
    r"|free|specific|level|only|type|oriented|assisted)$"
)
_DATA: Final = (
    r"(?:data ?sets?|benchmarks?|corpus|corpora|database|test ?(?:set|bed|suite)|challenge|treebank|resource)"
)
_DATASET_AFTER: Final = re.compile(rf"(?:[- ](?:\w+[- ])?)?(?:{_DATA}|environment)s?\b", re.IGNORECASE)
_DATASET_BEFORE: Final = re.compile(
    r"(?:\b(?:data ?sets?|benchmarks?|corpora)\b[^.;]{0,40}|\b(?:evaluat|experiment|test|result|train)\w*"
    r" (?:\w+ ){0,3}on (?:the )?|\bon (?:the )?(?:\w+ and )?)$",
    re.IGNORECASE,
)
_IS_DATA: Final = re.compile(
    rf"[^.]{{0,12}}?(?:,|:| is| -|\)) ?(?:an?|the|our) [^.,;]{{0,60}}\b{_DATA}\b", re.IGNORECASE
)
_METRIC_AFTER: Final = re.compile(r" (?:scores?|metrics?|points?)\b")
_TASK_AFTER: Final = re.compile(r" (?:tasks?|problems?)\b")
_TITLE_NAME: Final = re.compile(r"\s*([^\s:]+(?: [^\s:]+){0,2}): \S")
_PRESENTED: Final = re.compile(
    r"\b(?:propose|present|introduce|develop|release|design|describe|name|call|dub|term|named|called|dubbed|termed|coin)"
    r"(?:s|ed|ing)?(?: it| them| our \w+)?(?: as)?,? [\"“‘'*]*(?=[A-Z])"
)


@cache
def no_names() -> frozenset[str]:
    """Words that are written like names and are none."""
    return frozenset(read_list("no_names.txt"))


def find_names(text: str, words: list[Word], abstract_start: int) -> Iterator[Named]:
    """The words of ``text`` that are written like proper names."""
    shouted = text[:abstract_start].isupper()
    for word in words:
        name = _SUFFIX.sub("", word.text)
        if len(name) < 2 or name in no_names() or _NAME.fullmatch(name) is None:
            continue
        if shouted and word.start < abstract_start:
            continue
        end = word.start + len(name)
        yield word.start, end, *type_of_name(text, word.start, end)


def type_of_name(text: str, start: int, end: int) -> tuple[EntityType, float]:
    """The type that the words around a name suggest, and how surely."""
    after = text[end : end + 90]
    before = text[max(0, start - 60, text.rfind("\n", 0, start) + 1) : start]  # the title is no context of the abstract
    if _DATASET_AFTER.match(after):
        return "Dataset", 0.75
    if _IS_DATA.match(after):
        return "Dataset", 0.7
    if _TASK_AFTER.match(after):
        return "Task", 0.6
    if _METRIC_AFTER.match(after):
        return "Metric", 0.5
    if _DATASET_BEFORE.search(before):
        return "Dataset", 0.6
    return "Method", 0.6


def presented_names(text: str, words: list[Word], abstract_start: int) -> Iterator[Named]:
    """What the title puts before its colon, and capitalised names that the paper says it presents."""
    title = _TITLE_NAME.match(text[:abstract_start]) if abstract_start else None
    if title and not title.group(1).islower():
        inside = [w for w in words if w.end <= title.end(1)]
        if inside and (len(inside) == 1 or not any(map(is_stop, inside))):
            data = re.search(rf"\b{_DATA}\b", text[title.end(1) : abstract_start], re.IGNORECASE)
            yield *title.span(1), "Dataset" if data else "Method", 0.8
    for match in _PRESENTED.finditer(text, abstract_start):
        word = next((w for w in words if w.start == match.end()), None)
        if word is not None and not is_stop(word) and any(map(str.isupper, word.text[1:])):
            yield word.start, word.end, *type_of_name(text, word.start, word.end)
