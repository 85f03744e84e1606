"""One word of a name in its plain form: American spelling, singular, lower case."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.assembly.data import pairs

_SPELLING = dict(pairs("spelling.tsv"))
_PLURALS = dict(pairs("plurals.tsv"))

# Words in -ise that are not verbs spelled the British way.
_NOT_ISE = re.compile(
    r"(?:un|semi|self)?(?:super|tele|re|ad|de|impro)vise|(?:de)?noise|poise|raise|appraise|praise|braise|bruise|cruise"
    r"|[a-z]*wise|imprecise|precise|concise|exercise|expertise|promise|compromise|premise|enterprise|franchise"
    r"|surprise|disguise|paradise|merchandise|treatise|demise|excise|comprise|arise|sunrise"
)
_ISE = re.compile(
    r"(?:^|[^a-z])?(?:super|tele|re|ad|de|impro|di)vise|(?:no|poi|rai|prai|bra|crui|brui)se"
    r"|(?:^|un|like|other|step|pair|element|coordinate|layer|class|row|column|point|piece|token|pixel|word)wise"
    r"|precise|concise|exercise|expertise|promise|premise|enterprise|franchise|surprise|disguise|paradise"
    r"|merchandise|treatise|demise|excise|incise|comprise|rise|guise|vise"
)
_ISE = re.compile(r"^(.{3,})is(ation|ational|ations|able|e|ed|er|ers|es|ing)$")
_OUR = re.compile(r"^(behavi|col|fav|flav|harb|hon|hum|lab|neighb|od|rum|sav|tum|vap|vig|arm|endeav)our(.*)$")
_ES = re.compile(r"(?:ss|x|z|ch|sh)es$")


@lru_cache(maxsize=1 << 18)
def plain(word: str) -> str:
    """The plain form of one word as written: ``Networks`` is ``network``, ``CNNs`` is ``cnn``."""
    if len(word) > 2 and word.isupper() and (len(word) < 6 or word.endswith("SS")):
        return word.lower()  # an abbreviation: the S of NAS, GPS or MASS is no plural
    if len(word) > 2 and word[-1] == "s" and (word[-2].isupper() or word[-2].isdigit()):
        return word[:-1].lower()
    return _american(singular(word.lower()))


def singular(word: str) -> str:
    """The singular of a lower-case word."""
    if word in _PLURALS:
        return _PLURALS[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ics", "'s")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if _ES.search(word):
        return word[:-2]
    return word[:-1]


def _american(word: str) -> str:
    if word in _SPELLING:
        return _SPELLING[word]
    ours = _OUR.match(word)
    if ours:
        return f"{ours[1]}or{ours[2]}"
    verb = _ISE.match(word)
    if verb and not _NOT_ISE.fullmatch(f"{verb[1]}ise"):
        return f"{verb[1]}iz{verb[2]}"
    return word
