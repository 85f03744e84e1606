"""Subject and object of a predicate in a marked sentence, by the order of words.

Without a parser: the subject is the first method or "we", "our model", "it" of the predicate's
clause that no preposition governs; a verb without one of its own ("A wins on X but loses to B")
has the subject of the clause before it; "which" and "that" have the method right before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, Literal

from extractors.relations.polarity import BOUNDARY
from extractors.relations.templates import SYSTEM_NOUN, compiled

Who = int | Literal["ours", "it", "other"]
"""An entity, the paper's own method, what "it" stands for, or something that the reader cannot name."""

_PREPOSITION: Final = (
    r"(?:\b(?:[Ii]n|[Oo]n|[Ww]ith|[Uu]sing|[Bb]y|[Vv]ia|[Ff]or|[Tt]o|[Ff]rom|[Tt]han|[Oo]ver|[Uu]nlike|like|[Aa]gainst"
    r"|[Bb]etween|[Aa]s|[Uu]nder|[Tt]hrough|into|[Ww]ithout|[Uu]pon|[Aa]round|towards?|[Aa]cross|about|versus|vs\.?"
    r"|[Aa]mong|[Ww]ithin|[Dd]espite|[Dd]ue to|[Bb]eyond|[Cc]ompared (?:to|with|against)|[Bb]ased on|[Ii]nstead of"
    r"|[Rr]ather than|such as|including|e\.g\.,?|[Gg]iven|[Ee]xcept|outperform\w*|combin\w+|employ\w*|leverag\w*"
    r"|utiliz\w*)|\()"
)
_GOVERNED: Final = re.compile(
    rf"{_PREPOSITION}(?: (?!⟦|that\b|which\b)[\w'’-]+){{0,3}} ?(?:⟦[MTDE]\d+⟧(?:,? and|,)? ?)*$"
)
_OTHER_THING: Final = re.compile(
    r"\b(?:variants?|versions?|extensions?|combinations?|ensembles?|modifications?|alternatives?|competitors?|kinds?"
    r"|types?|generali[sz]ations?|adaptations?|improvements?|absence|lack|limitations?|drawbacks?)"
    r" (?:of|to|over) (?:an? |the )?$"
)
_ACTION: Final = re.compile(
    r"(?:^|[,;:] |\b(?:that|and|but|while|whereas|whether) )\"?(?:[Ss]imply )?[A-Za-z]+ing(?: an?| the)? $"
)
_MADE_BY: Final = re.compile(
    r"\b(?:representations?|features?|embeddings?|models?|networks?|systems?|outputs?|predictions?|results?|scores?"
    r"|training|learning|fine-tuning)(?: [\w-]+ed)? (?:by|from|with|using|via)(?: the| an?)?(?: [\w-]+){0,2} $"
)
_KIND: Final = r"(?:method|model|approach|framework|network|system|algorithm|architecture|technique)"
_CANDIDATE: Final = re.compile(
    r"⟦M(?P<entity>\d+)⟧|\b(?:"
    rf"(?P<ours>[Ww]e|[Oo]urs|[Oo]ur (?:[\w-]+ ){{0,3}}?{SYSTEM_NOUN}"
    rf"|[Tt]he (?:proposed|resulting|new|novel|presented) (?:[\w-]+ ){{0,2}}?{SYSTEM_NOUN}"
    rf"|[Tt]h(?:is|e|ese) (?:[\w-]+ )?{_KIND})"
    r"|(?P<it>[Ii]t|[Tt]hey|[Ii]ts|[Tt]heir|[Tt]he (?:former|latter))"
    r"|(?P<other>[Bb]oth|[Nn]either|[Tt]h(?:is|e|ese|ose) (?:[\w-]+ )?baselines?"
    r"|(?:[Pp]rior|[Ee]xisting|[Pp]revious|[Oo]ther|[Cc]urrent|[Ss]everal|[Mm]any)"
    rf" (?:[\w-]+ ){{0,3}}?{SYSTEM_NOUN}))\b"
)
_MATRIX: Final = re.compile(
    r"\b(?:show|find|found|demonstrat|observ|report|reveal|conclud|confirm|prov|argu|claim|suggest|indicat|establish)"
    r"(?:s|e|es|ed|ing|n)?\b(?: [\w-]+ly)?|\band (?=(?:we|our|it|they)\b)|, | and (?=show|find|demonstr)"
)
"""Verbs of saying, whose object is a clause with a subject of its own, and commas."""
_RELATIVE: Final = re.compile(
    r"(?:\b(?:on|upon|of|in|by|with|to|from) )?\b(?:which|who|whose|where)\b"
    r"|\bthat\b(?= (?:[a-z]+s|is|are|was|were|has|have|can)\b)"
)
_TOWARDS: Final = (
    r"(?:(?!(?:that|which|who|whose|using|with|when|while|by|via|through|leverag\w+|targeting|requiring|lowering"
    r"|reducing|making|for|in|on|at|under|if|to|and|but|or)\b)[\w'’/.%+-]+,? ){0,8}?"
)
"""What may stand between a predicate and its object: no new clause, no adverbial."""
_LIST_AFTER: Final = compiled(
    r"(?: ?\([^()]{0,40}\))?(?: (?:that|those|the ones?) (?:of|for|from|with|obtained (?:by|with))\b)?"
    r"(?: by (?:[\w.%+-]+ ){1,4}?| (?:on|in|for|in terms of) (?:[\w-]+ ){0,3}⟦[TDE]\d+⟧(?: and ⟦[TDE]\d+⟧)?)?"
    r"(?: (?:[\w-]+ ){0,2}?(?:existing|prior|previous|other|many|several|recent|current|state-of-the-art|strong"
    r"|baselines?|methods|models|approaches)\b[^⟦⟧;:.]{0,60}?,? \(?(?:such as|including|like|e\.g\.,?))?,? ?"
    + _TOWARDS
    + r"{tails:M}"
)
_CLASS: Final = re.compile(
    r"\b(?:existing|prior|previous(?:ly)?|other|current|recent(?:ly)?|latest|state[- ]of[- ]the[- ]arts?|SOTA|SotA"
    r"|competing|established|off-the-shelf|baselines?|alternative|available|all|most|many|various|several|numerous"
    r"|popular|leading|top|best|published|known|public)\b(?: (?!such\b|like\b|including\b)[\w'’-]+){0,4} ?$"
)
_PLURAL: Final = re.compile(
    r"(?:-based|-style|-like| based)?(?: [\w-]+)? (?:methods|models|approaches|frameworks|networks|systems|algorithms"
    r"|architectures|techniques|variants|baselines|solutions|competitors|strategies)\b"
)
_EXAMPLES: Final = compiled(
    r"{g}(?:[^⟦⟧;:.]{0,40}?),? \(?(?:such as|including|like|e\.g\.,?|i\.e\.,?|namely|for example,?) {w4}{tails:M}"
)
_MARK: Final = re.compile(r"⟦M(\d+)⟧")
_MORE: Final = compiled(
    r"(?: ?\([^()⟦⟧]{0,40}\))?\)?(?P<joint>,? and|,? or|,|,? as well as|,? but also)? ?\(?(?:over |than )?"
    r"(?:(?!(?:that|which|who|whose|using|with|when|while|by|via|through|for|in|on|at|under|if|to|and|but|or|we|it)\b)"
    r"\(?[\w'’/.%+-]+,? ){0,8}?{tails:M}"
    r"(?={g}\)?(?:[.;:,]|$| (?:on|in|by|with|for|across|over|under|at|when|while|whereas|from|to)\b))"
)
_TWO_CLAUSES: Final = re.compile(r"⟦M\d+⟧[^⟦⟧]*, and (?:the |an? )?⟦M\d+⟧")
_ENDS_OBJECT: Final = compiled(
    r"{g}\)?(?:[.;:]|$| (?:on|in|by|with|for|across|over|under|at|when|while|whereas|from|to)\b)"
)
_APPOSITION: Final = re.compile(r"(?:an?|the|one of the) [^,;⟦⟧]{0,60}⟦M\d+⟧[^,;⟦⟧]{0,30}, ")
_NAME_BEFORE: Final = re.compile(r"⟧(?: ?\([^()]{0,40}\))?$")
_NEXT_IN_LIST: Final = re.compile(r"(?: ?\([^()]{0,30}\))?(?:,? and|,? or|,|/) ?(?:the )?⟦M(\d+)⟧")
_END_OF_OBJECT: Final = re.compile(
    r"[;:]|, (?:and|but|while|whereas|which|who|where|we|it) |\b(?:while|whereas|although|though|because|but|which)\b"
)
_PROPOSE: Final = r"(?:propos|present|introduc|develop|describ|design|devis|investigat|explor|use)\w*"
_RIGHT_BEFORE: Final = re.compile(
    rf"(?:⟦M(?P<entity>\d+)⟧(?: ?\([^()]{{0,40}}\))?(?: {SYSTEM_NOUN})?"
    rf"|\b[Ww]e (?:[\w-]+ly |also |then |here )?{_PROPOSE}(?: (?:an?|the|two|several))?(?: [\w-]+){{0,4}}?"
    rf"(?: {SYSTEM_NOUN})?),? ?$"
)
MOST_WORDS_TO_WHICH: Final = 3
WINDOW: Final = 160
"""How many characters before a name may govern it."""


def subjects(sentence: str, at: int) -> list[Who]:
    """What the predicate at ``at`` is said of; empty where its sentence does not say."""
    border = at
    relative = False
    for start, opener in _segments(sentence, at):
        first = _after_apposition(sentence, start, start - len(opener))
        segment = sentence[first:border]
        if relative and not segment.strip(" ,"):
            border = start - len(opener)
            continue  # "NewParse, which" and "NewParse, a fast parser, which" have nothing, or no more, in between
        if relative:
            found = _antecedent(segment)
        elif border != at and _RELATIVE.match(opener):
            border = start - len(opener)
            continue  # a relative clause that the predicate is not in
        else:
            found = _of_segment(segment)
        if found:
            return found
        relative = _RELATIVE.fullmatch(opener.strip()) is not None
        border = start - len(opener)
    return []


def opens_with_own(sentence: str) -> bool:
    """Whether the first subject of a sentence is the paper's own method: "Our parser has two parts, ..."."""
    match = next((m for m in _CANDIDATE.finditer(sentence) if not _GOVERNED.search(sentence, 0, m.start())), None)
    return match is not None and match.group("ours") is not None


def _after_apposition(sentence: str, start: int, before: int) -> int:
    """Where "a fast parser, " ends in "NewParse, a fast parser, beats ..."; else ``start`` itself."""
    match = _APPOSITION.match(sentence, start)
    named = match is not None and _NAME_BEFORE.search(sentence, max(0, before - 60), before) is not None
    return match.end() if match and named else start


def neighbour(sentence: str, at: int) -> list[Who]:
    """The method that stands right before ``at``, or what "we propose a" leads up to there."""
    match = _RIGHT_BEFORE.search(sentence, max(0, at - 120), at)
    if match is None:
        return []
    return ["ours"] if match.group("entity") is None else [int(match.group("entity"))]


def _segments(sentence: str, at: int) -> Iterator[tuple[int, str]]:
    """Where the parts of ``sentence[:at]`` begin, last first, each with what opens it."""
    found: dict[int, str] = {}
    for pattern in (BOUNDARY, _MATRIX, _RELATIVE):
        for match in pattern.finditer(sentence, 0, at):
            if len(match.group()) > len(found.get(match.end(), "")):
                found[match.end()] = match.group()
    for end in sorted(found, reverse=True):
        yield end, found[end]
    yield 0, ""


def _antecedent(segment: str) -> list[Who]:
    """What "which" after ``segment`` stands for: its last method, if no other noun comes between."""
    marks = list(_MARK.finditer(segment))
    if not marks:
        return _of_segment(segment)
    between = segment[marks[-1].end() :].strip(" ,")
    near = len(between.split()) <= MOST_WORDS_TO_WHICH or between.startswith(("a ", "an ", "the ", "("))
    return [int(marks[-1].group(1))] if near else ["other"]


def _of_segment(segment: str) -> list[Who]:
    """The first candidate that nothing governs, else what "features from X" come from, else "its"."""
    possessive = False
    made: list[Who] = []
    for match in _CANDIDATE.finditer(segment):
        before = segment[max(0, match.start() - WINDOW) : match.start()]
        if _GOVERNED.search(before):
            if match.group("entity") and _MADE_BY.search(before):
                made = made or [int(match.group("entity"))]
            continue
        if match.group().lower() in ("its", "their"):
            possessive = True
        elif match.group("entity") is None:
            return ["ours" if match.group("ours") else "it" if match.group("it") else "other"]
        elif _OTHER_THING.search(before) or _ACTION.search(before):
            return ["other"]
        else:
            return [int(match.group("entity")), *_listed(segment, match.end())]
    return made or (["it"] if possessive else [])


def _listed(segment: str, position: int) -> list[int]:
    """The methods that "A, B and" goes on with."""
    found = []
    while match := _NEXT_IN_LIST.match(segment, position):
        found.append(int(match.group(1)))
        position = match.end()
    return found


def is_class(before: str, name: str, after: str) -> bool:
    """Whether a name between two texts stands for all of its kind: "existing pruning methods", "other parsers".

    A proper name does so only with a plural after it: "the recent algorithm FastLin", "previous BERT models".
    """
    if _CLASS.search(before) is None:
        return False
    proper = re.search(r"[A-Z\d].*[A-Z\d]|[a-z][A-Z]", name) is not None
    return not proper or _PLURAL.match(after) is not None


def objects(sentence: str, at: int, names: Mapping[int, str]) -> list[int]:
    """The methods that follow a predicate which ends at ``at``.

    What is named as a class only, "existing pruning methods", is none; its examples are.
    """
    match = _LIST_AFTER.match(sentence, at)
    if match is None or _END_OF_OBJECT.search(sentence, at, match.start("tail")) is not None:
        return []
    if _is_class_at(sentence, at, match, names):
        match = _EXAMPLES.match(sentence, match.end("tail"))
        if match is None:
            return []
    found = _marked(sentence, match)
    if len(found) == 2 and _begins_clause_with_last(sentence, match):
        return found[:1]
    while (more := _MORE.match(sentence, match.end("tail"))) and not _begins_clause(sentence, more):
        if _is_class_at(sentence, match.end("tail"), more, names):
            break
        found += _marked(sentence, more)
        match = more
    return found


def _marked(sentence: str, match: re.Match[str]) -> list[int]:
    return [int(m.group(1)) for m in _MARK.finditer(sentence, match.start("tail"), match.end("tail"))]


def _is_class_at(sentence: str, at: int, match: re.Match[str], names: Mapping[int, str]) -> bool:
    """Whether the first name of a list that begins after ``at`` stands for all of its kind."""
    first = _MARK.match(sentence, match.start("tail"))
    assert first is not None  # the pattern's tail begins with a mark
    return is_class(sentence[at : first.start()], names.get(int(first.group(1)), ""), sentence[first.end() :])


def _begins_clause_with_last(sentence: str, match: re.Match[str]) -> bool:
    """Whether the second name of a list is the subject of the next clause: "beats A, and the B module helps"."""
    joined = _TWO_CLAUSES.fullmatch(match.group("tail")) is not None
    return joined and _ENDS_OBJECT.match(sentence, match.end("tail")) is None


def _begins_clause(sentence: str, more: re.Match[str]) -> bool:
    """Whether what a list seems to go on with is the subject of the next clause: "beats A, and B, which is ..."."""
    last = more.group("joint") is None or more.group("joint").endswith(("and", "or"))
    return last and sentence.startswith(",", more.end())
