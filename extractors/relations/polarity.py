"""Whether a clause asserts what its verb says, or denies, asks, supposes or plans it.

A sentence is judged from the left of a predicate: by what stands right before it ("does not",
"may", "fails to"), and by what governs its clause ("we ask whether", "no evidence that"), of
which the last word counts: "we ask whether A helps and find that B beats C" asserts the second.
The cues are data (``data/claims/polarity.tsv``), each with an example. The design follows
NegEx (Chapman et al. 2001): cue phrases with a direction and a limited scope.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from extractors.text.words import read_list

Standing = Literal["asserted", "intended", "supposed", "denied"]
UNSAID: Final[tuple[Standing, ...]] = ("denied", "supposed", "intended")
Place = Literal["verb", "clause", "object"]

# Between a cue and its verb: auxiliaries, adverbs, verbs of being found.
_ADVERBIAL: Final = (
    r"(?:\s(?:be|been|being|to|have|has|always|even|yet|quite|much|any|so|often|yield|manage|managed|able|seem|appear"
    r"|tend|come|prove|proven|found|shown|seen|known|well|still|also|just|now|on average|in (?:general|practice"
    r"|principle|theory|(?:some|many|most|all|certain|our) [a-z]+)|the|a|an|[a-z]+ly)|, [a-z ]{3,20},)"
)
# Where the predicate is no verb ("better than"), a verb with its adverbs and object may stand between.
_ANY_WORDS: Final = r"(?:\s(?!(?:that|which|who|and|but|or|while|because|since|as|than|when)\b)[\w%'’.⟦⟧-]+)"
MOST_BETWEEN: Final = 5
_STILL_SAID: Final = re.compile(
    r"\bnot (?:only|just|merely|simply|solely|alone|least)\b|\bno (?:doubt|question|longer limited)\b"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of the data file."""

    standing: Standing
    place: Place
    words: tuple[str, ...]
    pattern: str
    example: str


@cache
def cues() -> tuple[Cue, ...]:
    """The cues of the data file, in its order."""
    rows = (line.split("\t") for line in read_list("claims/polarity.tsv", strip=False))
    return tuple(
        Cue(standing, place, tuple(words.split("|")), pattern, example)  # type: ignore[arg-type]  # a test checks both
        for standing, place, words, pattern, example in rows
    )


@cache
def _before_verb(standing: Standing, between: str) -> re.Pattern[str]:
    alternatives = "|".join(cue.pattern for cue in cues() if cue.place == "verb" and cue.standing == standing)
    return re.compile(rf"(?:{alternatives}){between}{{0,{MOST_BETWEEN}}}\s?$")


@cache
def _governing() -> tuple[tuple[Standing, tuple[str, ...], re.Pattern[str]], ...]:
    return tuple((cue.standing, cue.words, re.compile(cue.pattern)) for cue in cues() if cue.place == "clause")


@cache
def _before_object() -> re.Pattern[str]:
    alternatives = "|".join(cue.pattern for cue in cues() if cue.place == "object")
    return re.compile(rf"(?:{alternatives})(?: [\w-]+){{0,2}}\s?$", re.IGNORECASE)


def standing(sentence: str, at: int, nominal: bool = False) -> Standing:
    """How the predicate that begins at ``at`` is meant; ``nominal``: it is no verb, as "better than" is not."""
    before = _STILL_SAID.sub(lambda match: " " * len(match.group()), sentence[:at])
    between = _ANY_WORDS if nominal else _ADVERBIAL
    how = next((s for s in UNSAID if _before_verb(s, between).search(before)), None)
    return how or governing(sentence, at)


def governing(sentence: str, at: int) -> Standing:
    """The standing of the clause around ``at``, by the last word before it that governs clauses."""
    return max((cue for cue in _governing_in(sentence) if cue[0] <= at), default=(-1, "asserted"))[1]


@lru_cache(maxsize=256)  # asked for every pair of a sentence's names
def _governing_in(sentence: str) -> tuple[tuple[int, Standing], ...]:
    """Where each word ends that governs a clause, and the standing that it gives."""
    return tuple(
        (match.end(), kind)
        for kind, words, pattern in _governing()
        if any(word in sentence for word in words)
        for match in pattern.finditer(sentence)
    )


def object_denied(sentence: str, at: int) -> bool:
    """Whether the name at ``at`` is said to be left out: "without X", "instead of X"."""
    return _before_object().search(sentence, max(0, at - 90), at) is not None


@lru_cache(maxsize=256)  # asked for every pair of a sentence's names
def standing_at(sentence: str, at: int) -> Standing:
    """How the clause that leads up to the name at ``at`` is meant, whatever its verb is."""
    start = max((match.end() for match in _CLAUSE.finditer(sentence, 0, at)), default=0)
    clause = _STILL_SAID.sub("", sentence[start:at])
    if object_denied(sentence, at):
        return "denied"
    how = next((s for s in UNSAID if _anywhere(s).search(clause)), None)
    return how or governing(sentence, at)


@cache
def _anywhere(standing: Standing) -> re.Pattern[str]:
    return re.compile("|".join(cue.pattern for cue in cues() if cue.place == "verb" and cue.standing == standing))


BOUNDARY: Final = re.compile(
    r"[;:—]| -{1,3} |, (?=(?:we|it|they|our|this|these|the|an?|and|but|while|whereas|which|who|where|so|yet|⟦)\b)"
    r"|\([ivx\d]{1,3}\) |\b(?:while|whereas|although|though|but|because|since|that(?! of\b)|which|who|whose|whether"
    r"|if|where|when|yet|unless)\b"
)
"""Where a clause begins."""
_CLAUSE: Final = re.compile(
    BOUNDARY.pattern + r"|, |\b(?:and|but|or|as well as|by|to)\b(?! (?:(?:the|an?|on) )?(?:[\w-]+ )?⟦)"
)
"""Where a clause or a part of one that has a verb of its own begins."""
