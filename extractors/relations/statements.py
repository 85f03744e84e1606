"""What the sentences of an abstract state between two methods, and how it is meant.

Reads predicates (:mod:`extractors.relations.predicates`) with their subject and object; "we" and
"our model" are the paper's own method, "it" is the subject of the sentence before. A loss is
stated as the other's win.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from extractors.document.annotations import Entity
from extractors.relations.arguments import Who, is_class, neighbour, objects, opens_with_own, subjects
from extractors.relations.polarity import Standing, standing
from extractors.relations.predicates import Predicate, Sense, is_cost, predicates
from extractors.relations.templates import SYSTEM_NOUN, compiled, marked
from extractors.results.metrics import places_of
from extractors.results.roles import main_method

RELATION: Final[Mapping[Sense, tuple[str, bool]]] = {
    "win": ("OUTPERFORMS", False),
    "loss": ("OUTPERFORMS", True),
    "tie": ("COMPARED_WITH", False),
    "base": ("BASED_ON", False),
    "founded": ("BASED_ON", False),
    "source": ("BASED_ON", True),
}
"""The relation of each sense, and whether the object is its head."""
_OBJECT_RELATIVE: Final = compiled(
    r"{tail:M},? (?:(?:(?:on top of|(?:up)?on|from|of|after) )?which|that) {head:M} (?:is |are |was |were |has been )?"
    r"(?:directly |partly |itself )?"
    r"(?:(?P<base>builds?|built|based|derived?s?|adapted|modell?ed|patterned|extends?|generali[sz]es"
    r"|an? (?:[\w-]+ ){0,2}?(?:extension|variant|version|adaptation|modification|descendant|refinement))"
    r"|(?P<win>outperforms?|surpass(?:es)?|beats?|exceeds?))\b"
)
_BY_WHICH: Final = compiled(
    r"{head:M},? by which {tail:M} (?:is |are |was |were |has been )(?:[\w-]+ly )?"
    r"(?P<win>outperformed|surpassed|beaten|exceeded|outdone|overtaken)\b"
)
_AGAINST: Final = compiled(
    r"\b[Cc]ompar(?:e|es|ing|isons? (?:of|between))(?! (?:to|with|against)) {w3}{head:M}{g}"
    r"(?: and| with| to| against|,| versus)+ {w3}{tails:M}"
)
_PITTED: Final = compiled(
    r"\b(?:[Pp]it(?:s|ted|ting)?|[Ss]et(?:s|ting)?|[Pp]ut(?:s|ting)?) {w3}{head:M}{g}"
    r" (?:(?:up )?against|side by side with|head to head with) {w3}{tails:M}"
)
_SETTING_OFF: Final = compiled(
    r"\b(?:[Uu]nlike|[Ii]n contrast (?:to|with)|[Cc]ontrary to|[Dd]ifferent(?:ly)? from|[Aa]s opposed to"
    r"|[Cc]ompared (?:to|with|against)|[Ii]n comparison (?:to|with)|[Rr]elative to) {w4}"
    r"(?P<tail>⟦M\d+⟧(?:(?:, (?:the )?⟦M\d+⟧)*,? (?:and|or) (?:the )?⟦M\d+⟧)?)[^;.]{0,60}?, "
)
_WHICH: Final = re.compile(r"(?:which|who|where|that)\b")
_SETTING_OFF_ENDS: Final = re.compile(r"[;:]|\b(?:while|but|whereas)\b|, (?:which|who|where)\b")
_BETTER: Final = re.compile(
    r"\b(?:improv\w*|better|higher|faster|outperform\w*|superior|fewer|lower(?:s|ed|ing)?|reduc\w*|decreas\w*|cuts?|less"
    r"|more|gains?|best|saves?|speed-?ups?|accelerat\w*|boost\w*|(?P<more>increas\w*))\b"
)
_IT: Final = re.compile(r"\b(?:it|they)\b")
_TREATED: Final = re.compile(
    r"\b[Ww]e (?:[\w-]+ ){0,2}?(?:propos|present|introduc|develop|describ|evaluat|test|validat|examin|train|appl)\w* "
    rf"(?:(?:the|an?|novel|new|proposed|[\w-]+ed) ){{0,3}}(?:⟦M(?P<entity>\d+)⟧|our (?:[\w-]+ ){{0,3}}?{SYSTEM_NOUN}\b)"
)
_MARK: Final = re.compile(r"⟦M(\d+)⟧")


@dataclass(frozen=True, slots=True)
class Statement:
    """A relation that the sentence ``start`` to ``end`` states, denies or supposes; ``sense`` says by what words."""

    head: int
    relation: str
    tail: int
    sense: Sense
    standing: Standing
    start: int
    end: int


def statements(text: str, sentences: Sequence[tuple[int, int]], entities: Sequence[Entity]) -> list[Statement]:
    """All statements between methods in an abstract, in the order of its sentences."""
    places, main = places_of(entities), main_method(entities)
    found: list[Statement] = []
    earlier: list[str] = []
    for start, end in sentences:
        inside = [p for p in places if start <= p.start and p.end <= end]
        sentence = marked(text, start, end, inside)
        names = {p.entity: text[p.start : p.end] for p in inside}
        for head, sense, tail, how in _of_sentence(sentence, names):
            it = _it(sentence, earlier, main) if "it" in (head, tail) else None
            one, other = _named(head, main, it), _named(tail, main, it)
            if one is not None and other is not None and one != other:
                relation, turned = RELATION[sense]
                one, other = (other, one) if turned else (one, other)
                found.append(Statement(one, relation, other, sense, how, start, end))
        earlier.append(sentence)
    return found


def _it(sentence: str, earlier: Sequence[str], main: int | None) -> int | None:
    """What "it" stands for: what "we test X and show that it" leads up to, else the subject of the sentence before.

    The paper's own method, where that is the first subject of the sentence before or no sentence has any.
    """
    pronoun = _IT.search(sentence)
    here = _TREATED.search(sentence, 0, pronoun.start()) if pronoun else None
    if here:
        return main if here.group("entity") is None else int(here.group("entity"))
    for before in reversed(earlier):
        if opens_with_own(before):
            return main
        for who in subjects(before, len(before))[:1]:
            return who if isinstance(who, int) else main
    return main


def _named(who: Who, main: int | None, it: int | None) -> int | None:
    if isinstance(who, int):
        return who
    return main if who == "ours" else it if who == "it" else None


def _of_sentence(sentence: str, names: Mapping[int, str]) -> Iterator[tuple[Who, Sense, Who, Standing]]:
    if "⟦M" not in sentence:
        return
    for predicate in predicates(sentence, names):
        how = standing(sentence, predicate.start, predicate.nominal)
        heads = _heads(sentence, predicate)
        tails = objects(sentence, predicate.end, names)
        for head in heads:
            for tail in tails:
                yield head, predicate.sense, tail, how
    yield from _relative_and_compared(sentence)
    yield from _set_off(sentence, names)


def _heads(sentence: str, predicate: Predicate) -> list[Who]:
    """The subjects; where the sentence names none ("Experiments show gains over A"), the paper's own method wins."""
    if predicate.near:
        return neighbour(sentence, predicate.start)
    found = subjects(sentence, predicate.start)
    return found or (["ours"] if predicate.sense in ("win", "tie") else [])


def _relative_and_compared(sentence: str) -> Iterator[tuple[Who, Sense, Who, Standing]]:
    """ "A, on which B builds", "A, which B outperforms", "A, by which B is beaten"; "we compare A with B and C"."""
    for match in _OBJECT_RELATIVE.finditer(sentence):
        sense: Sense = "base" if match.group("base") else "win"
        how = standing(sentence, match.end("head") + 1)
        yield _entity(match, "head"), sense, _entity(match, "tail"), how
    for match in _BY_WHICH.finditer(sentence):
        yield _entity(match, "head"), "win", _entity(match, "tail"), standing(sentence, match.start("win"))
    for match in chain(_AGAINST.finditer(sentence), _PITTED.finditer(sentence)):
        for tail in _MARK.findall(match.group("tail")):
            yield _entity(match, "head"), "tie", int(tail), standing(sentence, match.start())


def _set_off(sentence: str, names: Mapping[int, str]) -> Iterator[tuple[Who, Sense, Who, Standing]]:
    """ "Unlike A, B ...": compared; "compared to A, B is faster": B is better."""
    for match in _SETTING_OFF.finditer(sentence):
        rest = _SETTING_OFF_ENDS.split(sentence[match.end() :], maxsplit=1)[0]
        at = match.start() if _WHICH.match(rest) else match.end() + len(rest)
        head: Who = next(iter(subjects(sentence, at)), "ours")
        better = match.group().lower().startswith(("compared", "in comparison", "relative")) and _better(rest)
        how = standing(sentence, match.end() + better.start()) if better else "asserted"
        name = names.get(int(_MARK.findall(match.group("tail"))[0]), "")
        after = sentence[sentence.index("⟧", match.start("tail")) + 1 :]
        if is_class(sentence[match.start() : match.start("tail")], name, after):
            continue
        for tail in _MARK.findall(match.group("tail")):
            yield head, "win" if better else "tie", int(tail), how


def _better(rest: str) -> re.Match[str] | None:
    """The word that makes a sentence's own method the better one: "increases the throughput", but no cost."""
    found = _BETTER.search(rest)
    if found and found.group("more"):
        raised = re.split(r"\b(?:by|on|in|of|for|to|up|and|with|while)\b|[,.]", rest[found.end() :])[0]
        return None if is_cost(raised) else found
    return found


def _entity(match: re.Match[str], group: str) -> int:
    return int(_MARK.findall(match.group(group))[0])
