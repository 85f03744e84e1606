"""Proper names of methods, datasets, metrics, and the names that a paper presents as its own."""

from __future__ import annotations

import re
from typing import Final

from extractors.types import EntityType
from extractors.words import Word, is_stop

Named = tuple[int, int, EntityType, float]
"""Start, end, type, confidence."""

# Written like names, but none: places, units, sections, common abbreviations.
_NO_NAME: Final = frozenset(
    "I A II III IV USA US UK EU UN 1D 2D 3D 4D 2-D 3-D 1-D 4-D 5D 6D GPU GPUs CPU CPUs TPU RGB RGB-D API URL URLs PDF"
    " HTML XML JSON GB MB KB TB Hz kHz MHz GHz dB ID IDs CO2 DNA RNA COVID-19 COVID SARS-CoV-2 PhD ACM IEEE"
    " ACL EMNLP NAACL CVPR ICCV ECCV NeurIPS NIPS ICML ICLR AAAI IJCAI FAQ NP NP-hard NP-complete P UI GUI IT"
    " HCI SQL English-German SOTA SoTA S0TA arXiv GitHub Github LiDAR MRI CT EEG fMRI i.i.d IID OK vs AND OR"
    " NOT T O N K M B X Y Z D C L1 L2 Q K1 F1 V1 iOS IoT".split()
)
_NAME: Final = re.compile(
    r"(?=.*[A-Z])(?:[A-Z]{2,}\w*|\w*[a-z]\w*[A-Z]\w*|[A-Z]\w*\d\w*)(?:[-+.@/][A-Za-z0-9]+)*\+*"
    r"|(?:[A-Z][a-z]*)?[A-Z]+(?:-[A-Za-z0-9]+)+|[A-Z][a-z]+-[A-Z0-9]\w*|[A-Z]-[A-Z]\w+"
)
_DATASET_AFTER: Final = re.compile(
    r"(?:[- ](?:\w+[- ])?)?(?:data ?sets?|benchmarks?|corpus|corpora|database|test set|challenge|treebank|environment)\b",
    re.IGNORECASE,
)
_DATASET_BEFORE: Final = re.compile(
    r"(?:\b(?:data ?sets?|benchmarks?|corpora)\b[^.;]{0,40}|\b(?:evaluat|experiment|test|result|train)\w*"
    r" (?:\w+ ){0,3}on (?:the )?|\bon (?:the )?(?:\w+ and )?)$",
    re.IGNORECASE,
)
_METRIC_AFTER: Final = re.compile(r" (?:scores?|metrics?|points?)\b")
_TASK_AFTER: Final = re.compile(r" (?:tasks?|problems?)\b")
_TITLE_NAME: Final = re.compile(r"\s*([^\s:]+(?: [^\s:]+){0,2}): \S")
_PRESENTED: Final = re.compile(
    r"\b(?:propose|present|introduce|develop|release|design|describe|name|call|dub|term|named|called|dubbed|termed|coin)"
    r"(?:s|ed|ing)?(?: it| them| our \w+)?(?: as)?,? [\"“‘'*]*(?=[A-Z])"
)


def find_names(text: str, words: list[Word], abstract_start: int) -> list[Named]:
    """The words of ``text`` that are written like proper names."""
    found: list[Named] = []
    for word in words:
        if len(word.text) < 2 or word.text in _NO_NAME or _NAME.fullmatch(word.text) is None:
            continue
        if word.start < abstract_start and word.text.isupper() and text[:abstract_start].isupper():
            continue
        found.append((word.start, word.end, *_type_of(text, word.start, word.end)))
    return found


def _type_of(text: str, start: int, end: int) -> tuple[EntityType, float]:
    """The type that the words around a name suggest."""
    after, before = text[end : end + 30], text[max(0, start - 60) : start]
    if _DATASET_AFTER.match(after):
        return "Dataset", 0.7
    if _TASK_AFTER.match(after):
        return "Task", 0.5
    if _METRIC_AFTER.match(after):
        return "Metric", 0.5
    if _DATASET_BEFORE.search(before):
        return "Dataset", 0.5
    return "Method", 0.6


def presented_names(text: str, words: list[Word], abstract_start: int) -> list[Named]:
    """What the title puts before its colon, and capitalised names that the paper says it presents."""
    found: list[Named] = []
    title = _TITLE_NAME.match(text[:abstract_start]) if abstract_start else None
    if title and not title.group(1).islower():
        inside = [w for w in words if w.end <= title.end(1)]
        if inside and (len(inside) == 1 or not any(map(is_stop, inside))):
            found.append((*title.span(1), "Method", 0.7))
    for match in _PRESENTED.finditer(text, abstract_start):
        word = next((w for w in words if w.start == match.end()), None)
        if word is not None and not is_stop(word) and any(map(str.isupper, word.text[1:])):
            found.append((word.start, word.end, *_type_of(text, word.start, word.end)))
    return found
