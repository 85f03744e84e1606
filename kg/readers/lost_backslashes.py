"""LaTeX whose backslash a program took for an escape: ``\\textbf`` that became a tab, or a space, and ``extbf``."""

from __future__ import annotations

import re

_FONT = r"ext(?:bf|it|sl|tt|sc|rm|sf|up|md|normal|color|superscript|subscript)?\{"
# By letter, the rests of macros that are no words, so that even a space before them is the lost escape.
_NO_WORDS = {
    "t": rf"{_FONT}|imes\b|heta\b|ilde\{{",
    "r": r"ightarrow\b",
    "n": r"abla\b|ewline\b",
    "b": r"oldsymbol\{|egin\{",
    "f": r"(?:rac|ootnote)\{",
}
# Rests that may be words, after the very character of the escape.
_WORDS = {
    "t": r"au\b|o\b|riangle\b|op\b",
    "r": r"ho\b|angle\b",
    "b": r"eta\b|ar\{|f\{|m\{|ullet\b",
    "f": r"orall\b",
    "v": r"ec\{|arepsilon\b|arphi\b",
    "a": r"lpha\b|pprox\b",
}
_ESCAPES = {"t": "\t", "r": "\r", "n": "\n", "b": "\b", "f": "\f", "v": "\v", "a": "\a"}
_LOST = re.compile(
    "|".join(
        [rf"(?P<{letter}>[{_ESCAPES[letter]} ])(?={rest})" for letter, rest in _NO_WORDS.items()]
        + [rf"(?P<{letter}{letter}>{_ESCAPES[letter]})(?={rest})" for letter, rest in _WORDS.items()]
    )
)
_GLUED = re.compile(r"[{($^_\[]$|\d$")


def with_backslashes(text: str) -> str:
    r"""``text`` with the backslashes put back that stand before the names of macros.

    >>> with_backslashes("the\textbf{SheepNet}"), with_backslashes("on extsl{DTU} and 2 imes$ faster")
    ('the\\textbf{SheepNet}', 'on \\textsl{DTU} and 2\\times$ faster')
    """
    return _LOST.sub(_restored, text)


def _restored(match: re.Match[str]) -> str:
    assert match.lastgroup is not None
    macro = "\\" + match.lastgroup[0]
    return macro if match[0] != " " or _GLUED.search(match.string[: match.start()][-1:]) else f" {macro}"
