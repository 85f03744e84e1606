"""What programs and providers write where there is nothing: missing values, placeholders, notices."""

from __future__ import annotations

import re

_MISSING = frozenset(
    (
        "nan", "NaN", "NAN", "None", "none", "NONE", "null", "NULL", "Null", "nil", "NA", "N/A", "n/a", "N.A.", "n.a.",
        "<NA>", "NaT", "#N/A", "undefined", "-", "--", "—", "–", "?", "[]", "{}", "()", "\\N", "(null)", "#VALUE!",
        "#REF!", "#NAME?",
    )
)  # fmt: skip

_THING = r"(?:abstract|summary|description|text|preview|content)s?"
_NO_ABSTRACT = re.compile(
    rf"\W*(?:"
    rf"n\.?/?a\.?|nan|none|null|tba|tbd|unknown|not applicable|undefined|{_THING}"
    rf"|(?:sorry,? |unfortunately,? )?(?:the |an |this |a )?(?:english )?{_THING}(?: text)?"
    rf"(?: is| are| was| has been| text is)?(?: currently| yet)?(?: not| un| in)? ?"
    rf"(?:available|provided|found|given|supplied|present|included|missing|to follow|forthcoming|accessible|required)"
    rf"\b.{{0,60}}"
    rf"|(?:there (?:is|was|are) |(?:this|the) (?:article|paper|document|record|item|work|publication|entry|title) "
    rf"(?:has|have|contains?|had) |sorry,? |has |with )?no (?:english )?(?:abstract|summary|description)s?"
    rf"(?: text)?(?: (?:is|was|are|has|available|provided|found|given|supplied|for|in|on|entered|yet)\b.{{0,60}})?"
    rf"|without {_THING}"
    rf"|(?:this|the) (?:article|paper|document|record|item|work|publication|entry|title) (?:does|do|did) not "
    rf"(?:have|contain|include|provide) (?:an? |any )?{_THING}\b.{{0,60}}"
    rf"|not (?:available|provided|found|given|supplied)"
    rf"|(?:please )?(?:see|click|view|read|refer to) (?:here |to |for |the |full |on )*"
    rf"(?:{_THING}|text|pdf|article|here|view)\b.{{0,40}}"
    rf"|(?:full text|pdf|article) (?:is )?(?:available|only)\b.{{0,40}}"
    rf"|an {_THING} is not available for this content.{{0,120}}"
    rf"|(?:abstract )?from authors?|{_THING} withheld"
    rf"|kein(?:e|en)? (?:abstract|zusammenfassung)\b.{{0,30}}|sin resumen"
    rf"|(?:resumen|résumé|resumo) no?n? ?(?:disponible|disponível)"
    rf"|pas de résumé\b.{{0,30}}|sem resumo"
    rf")\W*",
    re.IGNORECASE | re.DOTALL,
)
_WITHDRAWN = re.compile(
    r"\W*(?:withdrawn\W+|retracted\W+)?(?:this|the) "
    r"(?:paper|article|submission|manuscript|preprint|work|version|publication|document|arxiv \w+|e-?print|letter|note)"
    r"(?: \[[^\]]*\])? (?:has been|was|is|had to be|is being) (?:now |temporarily |voluntarily |permanently |hereby )?"
    r"(?:withdrawn|retracted|removed)\b",
    re.IGNORECASE,
)
_WITHDRAWN_SHORT = re.compile(r"\W*(?:(?:paper |article )?(?:withdrawn|retracted)|retraction)\W*", re.IGNORECASE)
_PROVIDER_TAIL = re.compile(
    r"\s*(?:[\[(]\s*(?:ABSTRACT|SUMMARY) FROM (?:THE )?(?:AUTHORS?|PUBLISHER|ARTICLE|JOURNAL)\s*[\])].*"
    r"|\[(?:Author|Journal|Publisher) [Aa]bstract\]"
    r"|\(?(?:PsycINFO|PsycInfo|APA PsycInfo) Database Record .{0,80}(?:all rights reserved|APA)\)?\.?\s*"
    r"|Copyright of .{3,200} is the property of .*)\Z",
    re.DOTALL,
)
_PROVIDER_SIGNS = (" FROM ", "Database Record", "bstract]", "Copyright of ")  # told quickly: most texts have none
_LONGEST_PLACEHOLDER, _LONGEST_NOTICE = 160, 700


def is_missing(text: str) -> bool:
    """Whether a cell or value is what programs write for none (``nan``, ``None``, ``NULL``)."""
    return len(text) < 12 and text.strip() in _MISSING


def real_abstract(text: str) -> str:
    """A clean abstract without what a provider puts behind it; empty for a placeholder or a notice of withdrawal."""
    if any(sign in text for sign in _PROVIDER_SIGNS):
        text = _PROVIDER_TAIL.sub("", text)
    if len(text) < _LONGEST_PLACEHOLDER and _NO_ABSTRACT.fullmatch(text):
        return ""
    if len(text) < _LONGEST_NOTICE and (_WITHDRAWN.match(text) or _WITHDRAWN_SHORT.fullmatch(text)):
        return ""
    return text
