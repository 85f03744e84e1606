"""Normalization of a name as written: Unicode and LaTeX variants, quotes, dashes and brackets; its tokens."""

from __future__ import annotations

import re
import unicodedata

_GREEK_NAME = re.compile(r"GREEK (?:SMALL|CAPITAL) LETTER (?:FINAL )?([A-Z]+)")
_GREEK = {
    letter: found[1].lower().replace("lamda", "lambda")
    for letter in map(chr, range(0x391, 0x3CA))
    if (found := _GREEK_NAME.fullmatch(unicodedata.name(letter, "")))
}
_SIGNS = {**_GREEK, "∞": "infinity", "×": "x", "♯": "#", "★": "*", "⁺": "+", "⁻": "-minus"}
_HYPHENATED = re.compile(r"\(cid:\d+\)\s*|\xad\s*")  # hyphenation at line ends, as in text from PDF
_LATEX_FONT = re.compile(r"\\(?:text|math|emph|rm|bf|it|tt|sc|operatorname|mbox)[a-z]*\s*(?=[{ ])")
_LATEX_NAME = re.compile(r"\\([A-Za-z]+)\s*")
_LATEX_NAMES = {"ell": "l", "infty": "infinity", "times": "x", "star": "*", "ast": "*", "sharp": "#", "circ": ""}
_LATEX_ACCENT = re.compile(r"\\(?:[\"'`^~=.]\s*\{?|[uvHcdbkr](?:\s+|\s*\{))([A-Za-z])\}?")
_SUB_SUPER = re.compile(r"[_^]\{?([^{}\s]+)\}?")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]|--+")
_QUOTES = re.compile(r"[\"'`´‘’‚‛“”„‟′″]+")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}[A-Za-z]?")
_BRACKETED = re.compile(r"(?<=\S)\s*[(\[]\s*([A-Za-z0-9][\w.\-/+]{0,11})\s*[)\]]")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:\d+[^\W\d_]+|[^\W\d_]+)*|[+#*]+", re.UNICODE)
_NET = re.compile(r"(?:-|(?<=\b[A-Z]) )N(?:et|ET)(s?)\b")  # U-Net is UNet, a neural net is a network
_NEAREST = re.compile(r"(?<![\w-])(\d+)-?(?:NN|nn)s?\b")  # 1NN is the nearest neighbour, as in kNN; no network
_AT_NUMBER = re.compile(r"(?:(?<!\s)\s++)?@\s*+|(?<!\s)\s++at\s++(?=\d)")  # recall@10 and recall at 10 are one
_ARTICLE = re.compile(r"^(?:the|an?)\s+(?=\S)|(?<=\bof[ -])(?:the|an?)[\s-]+", re.IGNORECASE)
_ACCENTS = re.compile("[\u0300-\u036f]")


def clean(name: str) -> str:
    """The name on one line, in one Unicode form, without LaTeX markup and typographic dashes."""
    if not name.isascii():
        name = _HYPHENATED.sub("", name)
        name = unicodedata.normalize("NFKC", name)
        name = "".join(_SIGNS.get(c, c) for c in name)
        name = _DASHES.sub("-", name)
    elif "(cid:" in name:
        name = _HYPHENATED.sub("", name)
    if "\\" in name or "$" in name or "^" in name or "{" in name:
        name = _LATEX_ACCENT.sub(r"\1", name)
        name = _LATEX_FONT.sub("", name)
        name = _LATEX_NAME.sub(lambda m: _LATEX_NAMES.get(m[1], f" {m[1]} "), name).replace("$", "")
        name = _SUB_SUPER.sub(r"-\1", name).replace("{", "").replace("}", "")
    return " ".join(name.replace("--", "-").split())


def tokens(name: str) -> tuple[str, ...]:
    """The words of a name, in the case written: ``Fid_+`` has two, ``ResNet50-D`` three.

    An abbreviation in brackets behind its long form is left out. Letters and a number behind them are two
    words; a digit between letters (``word2vec``) is part of the word.
    """
    text = clean(name)
    if "(" in text or "[" in text:
        text = _BRACKETED.sub(lambda m: "" if _abbreviates(m[1], text[: m.start()]) else f" {m[1]} ", text)
    if "." in text:
        text = _DOTTED.sub(lambda m: m[0].replace(".", ""), text)
    text = _NEAREST.sub(r"\1 nearest neighbor", _NET.sub(r"Net\1", text))
    text = _ARTICLE.sub("", text)
    text = _AT_NUMBER.sub(" ", _QUOTES.sub("", text)).replace("&", " and ")
    if text.endswith("_-"):
        text = f"{text[:-2]} minus"
    if not text.isascii():
        text = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))
    return tuple(_TOKEN.findall(text))


def _abbreviates(short: str, before: str) -> bool:
    """Whether a bracketed word repeats the words before it: (I2I) after image-to-image, (NN) after neural network."""
    letters = [c for c in short.lower().removesuffix("s") if c.isalnum()]
    initials = [word[0].lower() for word in re.findall(r"[A-Za-z0-9]+", before)]
    if not letters or not initials:
        return False
    if any(c.isupper() for c in short) or "2" in short:
        return letters[-1] in initials[-3:] or letters[0] in initials
    return False
