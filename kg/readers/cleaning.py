"""Making the text of papers clean, once, where they are read: markup, PDF and encoding debris.

Everything is a pure function on strings, and cleaning what is clean changes nothing.
"""

from __future__ import annotations

import html
import html.entities
import re
import unicodedata

from kg.readers import latex


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PLAIN = re.compile(r"[A-Za-z0-9 .,;:()'\"/%+*=?!\[\]@#–—’‘“”-]*\Z")
_DEBRIS = re.compile(
    "[\x7f-\xa0\u00adÂÃÄÅâï´¨ˆ˜˚ˇ\u0300-\u036fﬀ-ﬆ\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff"
    "\ud800-\udfff\U0001d400-\U0001d7ff]"
)

_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BLOCK_TAGS = (
    "p|br|div|li|ul|ol|hr|h[1-6]|tr|td|table|sec|section|title|label|list|list-item|abstract|disp-formula|blockquote"
)
_INLINE_TAGS = (
    "i|b|u|em|strong|sub|sup|span|tt|code|small|big|a|font|bold|italic|sc|scp|ovl|strike|roman|sans-serif|overline|"
    "monospace|underline|inf|xref|ext-link|"
    "named-content|styled-content|inline-formula|tex-math|alternatives|inline-graphic|math|mrow|mi|mo|mn|msub|msup|"
    "msubsup|mover|munder|munderover|mfrac|msqrt|mroot|mtext|mspace|mstyle|mfenced|semantics|mtable|mtr|mtd|mpadded"
)
_TAG = re.compile(
    rf"</?(?:(?:jats|mml|m):)?(?:(?P<block>{_BLOCK_TAGS})|(?:{_INLINE_TAGS}))(?:\s+[\w:.-]+\s*=[^<>]*|\s*)/?>"
    r"|</?(?:jats|mml):[a-z-]+(?:\s+[\w:.-]+\s*=[^<>]*|\s*)/?>",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"<((?:jats:)?tex-math|(?:mml:)?annotation(?:-xml)?)\b[^<>]*>.{0,3000}?</\1\s*>"
    r"(?=.{0,3000}?</(?:jats:alternatives|alternatives|(?:mml:)?semantics)>)"
    r"|<!--.{0,3000}?-->|<\?.{0,300}?\?>",
    re.DOTALL | re.IGNORECASE,
)
_CDATA = re.compile(r"<!\[CDATA\[(.{0,5000}?)\]\]>", re.DOTALL)
_HEADING = re.compile(r"<(?:jats:)?title>\s*+(.{0,300}?)\s*+</(?:jats:)?title>", re.DOTALL | re.IGNORECASE)

# A lead byte of UTF-8 and a continuation byte, as Windows-1252 and its kin show them.
_SUSPECT = re.compile("[Â-ô][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_CID_BREAK = re.compile(r"\s?\(cid:173\)\s*")
_CID = re.compile(r"\(cid:\d+\)")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "\u0332": None}
    | dict.fromkeys("\u200b\u200e\u200f\ufeff\u2060\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff")
)  # fmt: skip
_SOFT_BREAK = re.compile(r"(?<=\w)\u00ad\s*\n\s*(?=\w)")
_SOFT_DASH = re.compile(r"(?<=\s)\u00ad(?=\s)")
_LONE_ACCENTS = {"´": "\u0301", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "˚": "\u030a", "ˇ": "\u030c"}
_LONE_ACCENT = re.compile(r"(?<=[^\W\d_])([´¨ˆ˜˚ˇ])\s?([aeiouyncszrıAEIOU])(?=[^\W\d_]|\b)")
_LOOSE_ACCENT = re.compile(r"([^\W\d_])? ([\u0300-\u030c])\s?([^\W\d_])?")
_STYLED = re.compile("[\U0001d400-\U0001d7ff]+")
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_C1 = re.compile(r"[\x80-\x84\x86-\x9f]")

_LINE_HYPHEN = re.compile(r"(-?)\b([A-Z]|[A-Za-zÀ-ÿ]*[a-zà-ÿ])-[ \t]*\r?\n\s*([a-zà-ÿ]+)")
_SPACE_HYPHEN = re.compile(r"(-?)\b([A-Za-z]?[a-z]+)- ([a-z]{2,})")
_WHOLE_WORD = re.compile(r"(?<![\w-])(?<!-\s)\w+(?:-\w+)*(?![\w-])")
_HANGING = _words("and or to vs versus but nor as by und oder et ou for in on with of from the is are")
_COMPOUND_STARTS = _words(
    "all anti auto bag best black bottom class close coarse co context cost cross data deep domain double down edge "
    "end energy error event ever fast feature few fine first fixed flow four free full general goal graph great "
    "ground group half hand hard high higher human hyper ill image in inter intra kernel key knowledge label "
    "language large last left less level light like linear local log long low lower machine many max mean memory "
    "meta mid min model multi near neural new next noise non object off on one open order out over part path pixel "
    "point post pre problem pseudo quasi random rank rate real right rule sample second self semi sentence short "
    "side single small so soft space sparse speech state step strong sub super syntax target task text third three "
    "time top trade transition tree two type ultra under up user value vision weak well white wide word work world "
    "worst zero"
)

_LEAD = re.compile(
    r"(?i:abstract|summary)\s*[:.—–-]+\s*|ABSTRACT\s+|Abstract\s+(?=(?:In this|We|This|The|Our|Recent)\b)"
)
_NO_LETTERS = re.compile(r"[\W_]+")
_NO_TEXT = re.compile(
    r"[\W_]*|\W*(?:n/?a|none|null|nan|tba|tbd|unknown|abstract|summary"
    r"|(?:the |an )?(?:no )?(?:abstract|summary)(?: is)?(?: not| un)? ?(?:available|provided|found|given)?)\W*",
    re.IGNORECASE,
)  # fmt: skip


def clean(text: str) -> str:
    """``text`` on one line, in Unicode NFC, without markup, hyphenation, control characters and encoding debris.

    Cleaning twice is cleaning once.
    """
    for _ in range(5):  # an entity may hide a tag, a tag a formula; what holds more layers is left as it stands
        if _is_plain(text):
            break
        before, text = text, _clean_once(text)
        if text == before:
            break
    return text


def _is_plain(text: str) -> bool:
    """Whether no rule here would touch the text: true of most of a large dump, and quickly told."""
    return (
        _PLAIN.match(text) is not None
        and "  " not in text
        and "- " not in text
        and "''" not in text
        and "**" not in text
        and "(cid:" not in text
        and text[:1] != " "
        and text[-1:] != " "
    )


def clean_abstract(text: str) -> str:
    """`clean`, without a leading heading ``Abstract:``; empty where the text only says that there is none."""
    text = clean(text)
    if text[:8].casefold() in ("abstract", "summary ", "summary:", "summary."):
        text = _LEAD.sub("", text, count=1) if _LEAD.match(text) else text
    return "" if len(text) < 40 and _NO_TEXT.fullmatch(text) else text


def is_encoded_twice(text: str) -> bool:
    """Whether a text is, in part, UTF-8 that was once read in another encoding; `clean` undoes that."""
    return not text.isascii() and _SUSPECT.search(text) is not None and _encoding_mended(text) != text


def _encoding_mended(text: str) -> str:
    import ftfy  # only texts that look damaged need it

    return ftfy.fix_encoding(text)


def fingerprint(text: str) -> str:
    """The letters and digits of a clean text, case and accents aside: equal for one text in several dresses."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _NO_LETTERS.sub("", text.casefold())


def _clean_once(text: str) -> str:
    if not text.isascii() and _DEBRIS.search(text):
        text = _repair(text)
    if "(cid:" in text:
        text = _CID.sub("", _CID_BREAK.sub("", text))
    if "<" in text:
        text = _strip_tags(text)
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    if "-" in text:
        text = _join_hyphens(text)
    text = latex.to_unicode(text)
    if "**" in text:
        text = re.sub(r"\*\*(?=\S)([^*]+?)(?<=\S)\*\*", r"\1", text)
    text = _CONTROL.sub("", text)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _repair(text: str) -> str:
    """Encoding and PDF debris outside ASCII: mojibake, lone surrogates, ligatures, loose accents, soft hyphens."""
    if _SUSPECT.search(text):
        text = _encoding_mended(text)
    if _SURROGATE.search(text):
        text = _SURROGATE_PAIR.sub(lambda m: m[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
        text = _SURROGATE.sub("\ufffd", text)
    text = _C1.sub(lambda m: m[0].encode("latin-1").decode("cp1252", "ignore"), text)
    text = text.translate(_LIGATURES)
    if "\u00ad" in text:
        text = _SOFT_DASH.sub("-", _SOFT_BREAK.sub("", text)).replace("\u00ad", "")
    text = _STYLED.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text.replace("\u00a0", " "))
    text = _LONE_ACCENT.sub(lambda m: unicodedata.normalize("NFC", m[2].replace("ı", "i") + _LONE_ACCENTS[m[1]]), text)
    return _LOOSE_ACCENT.sub(_attached, text)


def _attached(match: re.Match[str]) -> str:
    """An accent that PDF extraction set apart, put on the vowel before it or else on the letter after it."""
    before, accent, after = match[1] or "", match[2], match[3] or ""
    gap = " " if match[0].endswith(" ") or (match[0][-len(after) - 1 : -len(after) or None] == " " and after) else ""
    if before and (before.lower() in "aeiouy" or not after):
        return unicodedata.normalize("NFC", before + accent) + gap + after
    if after:
        return before + ("" if before else " ") + unicodedata.normalize("NFC", after + accent)
    return before + " "


def _strip_tags(text: str) -> str:
    text = _CDATA.sub(r"\1", _HIDDEN.sub("", text))
    text = _HEADING.sub(_heading, text)
    return _TAG.sub(lambda m: " " if m["block"] else "", text)


def _heading(match: re.Match[str]) -> str:
    """The heading of a structured abstract as a sentence of its own; the word Abstract is none."""
    label = match[1].rstrip(" .:")
    return " " if label.casefold() in ("abstract", "") else f" {label}. "


def _entity(match: re.Match[str]) -> str:
    if match[1][0] == "#":
        return html.unescape(match[0])
    return html.entities.html5.get(match[1] + ";", match[0])


def _join_hyphens(text: str) -> str:
    """Words broken at a line end made whole; hyphens that belong to the word stay.

    A hyphen belongs where the same text writes it so elsewhere or has both parts as words,
    inside a chain (``end-to- end``), and after the usual first parts of compounds. In
    ``sub- and superscript`` nothing is broken.
    """
    words: set[str] | None = None

    def joined(match: re.Match[str]) -> str:
        nonlocal words
        chain, first, second = match.groups()
        if second in _HANGING and not chain:
            return f"{first}- {second}"
        if words is None:
            words = set(_WHOLE_WORD.findall(text.casefold()))
        one, other = first.casefold(), second.casefold()
        belongs = (
            chain
            or f"{one}-{other}" in words
            or len(first) == 1
            or one in _COMPOUND_STARTS
            or (one in words and other in words)
        )
        return f"{chain}{first}{second}" if one + other in words or not belongs else f"{chain}{first}-{second}"

    if "\n" in text:
        text = _LINE_HYPHEN.sub(joined, text)
    return _SPACE_HYPHEN.sub(joined, text) if "- " in text else text
