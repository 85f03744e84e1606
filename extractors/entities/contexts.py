"""Doubtful names, typed by what is done with them: a method is trained on data, and compared with a method.

So are, however sure their types, an abbreviation beside a metric's ("improvement in MAE and RMSE"), what outperforms or
is trained, which is a method, and the members of a list that has data ("on ETTh1, Weather and Traffic").

In the annotated abstracts 255 names that "trained on", "evaluated on", "experiments on", "results on" and their like
end at are datasets, 13 tasks, 5 methods; behind "accuracy on", "91.2% on" and their like 888, 15 and 20. Of names
right before "outperforms", "is trained", "achieves" and their like 1,450 are methods and 8 datasets; of capitalised
members of lists in which another is a dataset, 1,804 are datasets, 4 methods, and 16 no names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from extractors.document.annotations import Mention
from extractors.entities.gazetteer import known_names
from extractors.names.abbreviations import is_short_form
from extractors.record import EntityType

SURE: Final = 0.7
"""A name with any mention as sure as this keeps its type."""
LISTED: Final = 0.8
"""How sure it is at most that a member of a list of datasets is one."""

_PROPER: Final = re.compile(r"[A-Z]\S*(?: [A-Z0-9]\S*){0,3}")
_DATA_BEFORE: Final = re.compile(
    r"\b(?:(?:(?:pre-?|re)?train(?:ed|ing)?|fine-?tuned|evaluated|tested|validated)(?: \S+)?|experiments?|results)"
    r" on (?:the )?$",
    re.IGNORECASE,
)
_SCORED_BEFORE: Final = re.compile(
    r"(?:\d\s?(?:\\?%|points?)?|\b(?:accuracy|F1(?: score)?|mAP|AP|mIoU|AUC|BLEU|PSNR|WER|error(?: rate)?|scores?"
    r"|performance))\)? on (?:the )?$"
)
_SUBJECT_OF: Final = re.compile(
    r"(?: \([^()]{1,30}\))? (?:(?:significantly|consistently|substantially|also|even|clearly|further|then|still|greatly"
    r"|generally) ){0,2}(?:outperform(?:s|ed)|surpass(?:es|ed)|beats|achieves|attains|obtains|performs|(?:is|was)"
    r" (?:pre-?)?trained"
    r"|(?:is|was) (?:(?:no|not|much|slightly|far|even|still|\w+ly) )?(?:better|worse|faster|slower) than)\b"
)
_NO_SUBJECT_BEFORE: Final = re.compile(r"(?:\b(?:on|in|of|from|with|for|by|to|and|or|at|using|over|than|the)|,|/|-) ?$")
_LISTED: Final = r"[A-Z][\w@+/-]*(?:\.[\w@+/-]+)*(?:[ -](?:[A-Z0-9][\w@+/-]*(?:\.[\w@+/-]+)*|\d+)){0,2}"
_LIST: Final = re.compile(
    r"(?:\b(?:[Oo]n|in|from|of|including|as|for)|:|\() (?:the )?"
    rf"({_LISTED}(?:(?:, {_LISTED})+,?)? and (?:the )?{_LISTED})"
    r"(?=[ .,;):]|$)"
)
_ITEM: Final = re.compile(rf"(?:^|, |\band |\bthe )({_LISTED})(?=,| and |$)")
_LANGUAGES: Final = re.compile(
    r"(?:[A-Z][a-z]+[- ])?(?:(?:English|German|French|Italian|Spanish|Chinese|Japanese|Russian|Arabic|Hindi)[- ]?){1,2}"
)
_NO_DATA_AFTER: Final = re.compile(r"-| (?:data|examples|samples|outputs|robots?|and variants)\b")
_COMPARED: Final = re.compile(
    r" (?:(?:is|are|was|were|has been|have been) (?:also |then |further )?compared (?:with|to|against)"
    r"|outperforms?|outperformed|surpass(?:es|ed)) (?:the )?"
)
_AND: Final = re.compile(r",? (?:and|or) |, |/")
_MEASURED: Final = re.compile(
    r"\b(?:in terms of|(?:improve(?:ment|d|s)?|gain|increase|reduction|decrease|drop|boost)s? (?:in|of)"
    r"|(?:measured|evaluated) (?:by|in|with))(?: (?:the|both|average|mean))* $",
    re.IGNORECASE,
)


def typed_by_context(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, where the names that no mention is sure of have the type that their sentences give them."""
    types: dict[str, EntityType] = {}
    sure = {text[m.start : m.end] for m in mentions if m.confidence >= SURE}
    ordered = sorted(mentions)
    for n, m in enumerate(ordered):
        name = text[m.start : m.end]
        beside = (*ordered[max(0, n - 1) : n], *ordered[n + 1 : n + 2])
        if _is_metric(text, m, beside):
            types[name] = "Metric"
        elif _is_subject(text, m):
            types[name] = "Method"
        elif name not in sure and _PROPER.fullmatch(name) and (kind := _type_here(text, m, beside)):
            types.setdefault(name, kind)
    typed = [replace(m, type=types.get(text[m.start : m.end], m.type)) for m in mentions]
    return _with_lists(text, typed)


def _with_lists(text: str, mentions: list[Mention]) -> list[Mention]:
    """The mentions; in a list that has a dataset, all members that begin with a capital letter are some."""
    by_span = {(m.start, m.end): m for m in mentions}
    data = [m for m in mentions if m.type == "Dataset"]
    if not data:
        return mentions
    taken = {at for m in mentions for at in range(m.start, m.end)}
    found = []
    for listed in _LIST.finditer(text):
        items = [(listed.start(1) + i.start(1), listed.start(1) + i.end(1)) for i in _ITEM.finditer(listed[1])]
        known = [m for m in data if (m.start, m.end) in items]
        if not known:
            continue
        for span in items:
            if span in by_span:
                by_span[span] = replace(by_span[span], type="Dataset")
            elif taken.isdisjoint(range(*span)) and not _LANGUAGES.fullmatch(text, *span):
                sure = max(m.confidence for m in known)
                found.append(Mention(*span, "Dataset", min(sure, LISTED), "patterns:listed"))
    return [*by_span.values(), *found]


def _is_subject(text: str, mention: Mention) -> bool:
    """Whether what is typed as data outperforms, achieves or is trained, which only a method does."""
    name = text[mention.start : mention.end]
    if mention.type != "Dataset" or " " in name or "Dataset" in known_names().types_of(name):
        return False
    before = text[max(0, mention.start - 20) : mention.start]
    return _SUBJECT_OF.match(text, mention.end) is not None and _NO_SUBJECT_BEFORE.search(before) is None


def _type_here(text: str, mention: Mention, beside: Sequence[Mention]) -> EntityType | None:
    """What the words around one mention make of it; None where they do not tell."""
    before = text[max(0, mention.start - 80) : mention.start]
    scored = mention.type != "Metric" and _SCORED_BEFORE.search(before) is not None
    if (scored or _DATA_BEFORE.search(before)) and not _NO_DATA_AFTER.match(text, mention.end):
        return "Dataset"
    for other in beside:
        first, second = sorted((mention, other))
        if other.type == "Method" and _COMPARED.fullmatch(text, first.end, second.start):
            return "Method"
    return None


def _is_metric(text: str, mention: Mention, beside: Sequence[Mention]) -> bool:
    """Whether an abbreviation that the text does not define is listed with a metric's: "in MAE and RMSE".

    It is also known as a metric, or the list follows what metrics follow: "in terms of", "improvement in".
    """
    name = text[mention.start : mention.end]
    if mention.type == "Metric" or not is_short_form(name) or f"({name})" in text:
        return False
    for other in beside:
        first, second = sorted((mention, other))
        listed = _AND.fullmatch(text, first.end, second.start) is not None
        if other.type != "Metric" or not listed or not is_short_form(text[other.start : other.end]):
            continue
        joint, before = text[first.end : second.start], text[max(0, first.start - 40) : first.start]
        if _MEASURED.search(before) or ("," not in joint and "Metric" in known_names().types_of(name)):
            return True
    return False
