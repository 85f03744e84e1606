"""LaTeX markup in running text, put into Unicode: accents, formatting, symbols and short formulas."""

from __future__ import annotations

import re
import unicodedata

from kg.readers.lost_backslashes import with_backslashes


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "k": "\u0328",
    "r": "\u030a", "t": "\u0361",
}  # fmt: skip
_MATH_ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "Tilde": "\u0303", "bar": "\u0304",
    "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c", "breve": "\u0306", "acute": "\u0301",
    "grave": "\u0300", "mathring": "\u030a",
}  # fmt: skip
_GREEK = {
    name: char
    for names, chars in (
        ("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon "
         "phi chi psi omega", "αβγδεζηθικλμνξοπρστυφχψω"),
        ("Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega", "ΓΔΘΛΞΠΣΥΦΨΩ"),
        ("varepsilon vartheta varpi varrho varsigma varphi", "εϑϖϱςφ"),
    )
    for name, char in zip(names.split(), chars, strict=True)
}  # fmt: skip
_SYMBOLS = _GREEK | {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "S": "§", "P": "¶", "copyright": "©", "pounds": "£", "euro": "€", "dag": "†", "ddag": "‡", "dagger": "†",
    "textregistered": "®", "texttrademark": "™", "textdegree": "°", "degree": "°", "textbackslash": "\\",
    "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_", "textbar": "|", "textless": "<",
    "textgreater": ">", "textquotesingle": "'", "textquoteright": "’", "textquoteleft": "‘",
    "textquotedblleft": "“", "textquotedblright": "”",
    "textquotedbl": '"', "guillemotleft": "«", "guillemotright": "»",
    "textendash": "–",
    "textemdash": "—", "textellipsis": "…", "textmu": "µ", "textdollar": "$", "textpm": "±", "texttimes": "×",
    "ldots": "…", "dots": "…", "dotsc": "…", "cdots": "⋯", "TeX": "TeX", "LaTeX": "LaTeX", "backslash": "\\",
    "times": "×", "cdot": "·", "pm": "±", "mp": "∓", "div": "÷", "ast": "∗", "star": "⋆", "circ": "∘", "bullet": "•",
    "leq": "≤", "le": "≤", "leqslant": "≤", "geq": "≥", "ge": "≥", "geqslant": "≥", "neq": "≠", "ne": "≠", "ll": "≪",
    "gg": "≫", "approx": "≈", "sim": "∼", "simeq": "≃", "equiv": "≡", "propto": "∝", "lesssim": "≲", "gtrsim": "≳",
    "in": "∈", "notin": "∉", "subset": "⊂", "subseteq": "⊆", "supset": "⊃", "cup": "∪", "cap": "∩", "emptyset": "∅",
    "varnothing": "∅", "setminus": "∖", "forall": "∀", "exists": "∃", "neg": "¬", "land": "∧", "wedge": "∧",
    "lor": "∨", "vee": "∨", "infty": "∞", "partial": "∂", "nabla": "∇", "sum": "∑", "prod": "∏", "int": "∫", "ell": "ℓ",
    "to": "→", "rightarrow": "→", "longrightarrow": "→", "leftarrow": "←", "leftrightarrow": "↔", "Rightarrow": "⇒",
    "Leftrightarrow": "⇔", "mapsto": "↦", "uparrow": "↑", "downarrow": "↓", "langle": "⟨", "rangle": "⟩", "lfloor": "⌊",
    "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "mid": "|", "vert": "|", "Vert": "‖", "lVert": "‖", "rVert": "‖",
    "lvert": "|", "rvert": "|", "otimes": "⊗", "oplus": "⊕", "odot": "⊙", "perp": "⊥", "bot": "⊥", "top": "⊤",
    "parallel": "∥", "prime": "′", "triangle": "△", "square": "□", "checkmark": "✓", "hbar": "ℏ", "Re": "ℜ", "Im": "ℑ",
    "aleph": "ℵ", "lbrace": "{", "rbrace": "}", "colon": ":", "eps": "ε", "angle": "∠", "gets": "←",
}  # fmt: skip
_LETTERS = _words("ss o O l L ae AE oe OE aa AA i j dh DH th TH dj DJ ng NG")
_FUNCTIONS = _words(
    "log ln exp min max arg argmin argmax sup inf lim sin cos tan tanh det dim ker deg gcd Pr poly polylog mod bmod "
    "sqrt frac"
)
_KEEP_ARGUMENT = _words(
    "emph textit textbf textsc texttt textrm textsf textsl textup textmd textnormal text underline uline mbox hbox "
    "mathrm mathbf mathit mathsf mathtt mathcal mathbb mathscr mathfrak boldsymbol bm pmb operatorname ensuremath "
    "url path enquote textsuperscript textsubscript overline mathop mathbin mathord textcolor href makecell"
)
_DROP_ARGUMENT = _words(
    "cite citep citet citealp citeauthor citeyear parencite textcite autocite nocite ref cref Cref eqref autoref "
    "label vspace hspace begin end thanks footnotemark pagebreak vskip hskip bibliography usepackage color"
)
_DROP = _words(
    "em it bf rm tt sc sf sl cal bfseries itshape ttfamily scshape rmfamily normalfont small large Large LARGE tiny "
    "footnotesize left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr middle displaystyle textstyle limits "
    "nolimits noindent indent par centering newline linebreak item protect xspace quad qquad nobreak allowbreak "
    "boldmath unboldmath hfill smallskip medskip bigskip relax noalign"
)
_SPACED = _words("par item quad qquad newline linebreak")

_GROUP = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
_BASE = r"(?:\\(?:ae|AE|aa|AA|i|j|o|O|l|L)(?![A-Za-z])\s*(?:\{\})?|[^\W_])"
_ACCENT = re.compile(
    rf"\{{\s*\\(?:([`'^\"~=.])|([uvHcdbkr])(?![A-Za-z]))\s*(?:\{{\s*({_BASE})\s*\}}|({_BASE}))\s*\}}"
    rf"|\\(?:([`'^\"~=.])|([uvHcdbkr]))\s*\{{\s*({_BASE})\s*\}}"
    rf"|\\(?:([`'^\"~=.])\s*|([uvHcdbkr])(?=\\))({_BASE})"
)
_ACCENT_APART = re.compile(r"\\([uvHcdbkr])\s+([^\W\d_])")
_ACCENT_APART_IN_PROSE = re.compile(_ACCENT_APART.pattern + r"(?![A-Za-z]{3})")
_LETTER = re.compile(
    r"\{\s*\\(ss|ae|AE|oe|OE|aa|AA|dh|DH|th|TH|dj|DJ|ng|NG|[oOlLij])\s*(?:\{\})?\s*\}"
    r"|\\(ss|ae|AE|oe|OE|aa|AA|dh|DH|th|TH|dj|DJ|ng|NG|[oOlLij])(?![A-Za-z])(?:\{\}|[ \t\n]*)"
)
_MATH_ACCENT = re.compile(
    r"\\(" + "|".join(_MATH_ACCENTS) + r")(?:\s*\{\s*(\\?[A-Za-z]+)\s*\}|\s+([A-Za-z])(?![A-Za-z]))"
)
_FRACTION = re.compile(r"\\(?:[dtc]?frac|nicefrac|sfrac)\s*" + _GROUP + r"\s*" + _GROUP)
_ROOT = re.compile(r"\\sqrt\s*(?:\[[^\]]*\])?\s*(?:" + _GROUP + r"|([A-Za-z\d]))")
_TWO_ARGUMENTS = re.compile(r"\\(?:href|textcolor|texorpdfstring)\s*" + _GROUP + r"\s*" + _GROUP)
_FOOTNOTE = re.compile(r"\\footnote\s*" + _GROUP)
_MACRO = re.compile(r"\\([A-Za-z]+)\*?(?:\s*\[[^\[\]]*\])?[ \t]*(?:" + _GROUP + r")?")
_DECLARATION = re.compile(
    r"\{\s*\\(" + "|".join(sorted(_DROP - {"left", "right"}, key=len, reverse=True)) + r")(?![A-Za-z])\s*"
    r"((?:[^{}]|\{[^{}]*\})*)\}"
)
_ESCAPED = re.compile(r"\\([%&#_$])")
_SPACING = re.compile(r"\\[,;:> ]|\\\\(?:\[[^\]]*\])?|\\/")
_NO_SPACE = re.compile(r"\\[!()\[\]]|\\-")
_MATH = re.compile(
    r"\$\$(.{1,1000}?)\$\$|\$(?=\S)((?:[^$\\]|\\.)+?)(?<=\S)\$(?!\d)|\$\s+([^$]{1,300})\$(?!\d)"
    r"|\$([^$\s\d]{1,20})\$(?=\d)"
    r"|\$(?=\S)((?:[^$\\]|\\.)*?\\[A-Za-z](?:[^$\\]|\\.)*?)\s\$(?!\d)"
)
_SCRIPT_GROUP = re.compile(r"([_^])\{([^{}]*)\}")
_TIGHT_INDEX = re.compile(r"(?<![A-Za-z0-9_])([A-Za-zℓ]|[A-Z]{2,3})_(\d{1,2})(?![\w^])")
_WORD_BRACES = re.compile(r"(?<![\\_^}\w])\{([^{}=,:;|]*)\}|(?<=[A-Za-z0-9-])\{([A-Za-z0-9À-ž×±µ]+)\}(?!\s*[{^_])")
_CITATION = re.compile(
    r"[ ~\t\n]{0,3}\\(?:" + "|".join(sorted(_DROP_ARGUMENT - {"begin", "end"}, key=len, reverse=True)) + r")"
    r"\*?(?:\[[^\[\]]*\])*\s*" + _GROUP
)
_TILDE = re.compile(r"(?<=[A-Za-z.,;:)\]}])~{1,3}(?=[\w(\[\\$\"“‘–-])|(?<=\d)~{1,3}(?=[A-Za-z\\(])")
_SIGNS = re.compile(r"[\\$~{]|``")


def to_unicode(text: str) -> str:
    """``text`` with its LaTeX markup put into plain Unicode; text without any comes back as it is.

    Formatting goes and its argument stays, citations and labels go, symbols become
    characters, ``$…$`` loses its dollars. A macro that is not known keeps its argument or,
    without one, its name. A dollar or brace that is no markup (prices, sets) stays.
    """
    if not _SIGNS.search(text):
        return text
    text = with_backslashes(text)
    if "$" in text:
        text = _MATH.sub(_math, text)
    text = _TILDE.sub(" ", text)
    if "``" in text:
        text = re.sub(r"''(?!')", "”", text.replace("``", "“"))
    if "\\" in text:
        text = _macros(text)
    if "{" in text:
        text = _WORD_BRACES.sub(lambda m: m[1] if m[1] is not None else m[2], text)
    return text


def _math(match: re.Match[str]) -> str:
    doubled, tight, spaced, sign, loose = match.groups()
    if spaced is not None and not re.search(r"[\\^_]", spaced):
        return match[0]  # two prices
    return _formula(doubled or tight or sign or loose or spaced.strip())


def _macros(text: str) -> str:
    text = _CITATION.sub("", _accents(text))
    text = _TWO_ARGUMENTS.sub(r"\2", text)
    text = _FOOTNOTE.sub(r" (\1)", text)
    for _ in range(6):  # innermost arguments may hold macros themselves; deeper nesting is not running text
        before = text
        text = _DECLARATION.sub(lambda m: m[2], text)
        text = _FRACTION.sub(lambda m: f"{_operand(m[1])}/{_operand(m[2])}", text)
        text = _ROOT.sub(lambda m: f"√{_operand(m[1])}" if m[2] is None else f"√{m[2]}", text)
        text = _MACRO.sub(_macro, text)
        if text == before:
            break
    text = _SPACING.sub(" ", text)
    text = _NO_SPACE.sub("", text)
    text = _ESCAPED.sub(r"\1", text)
    return text.replace("\\{", "{").replace("\\}", "}").replace("\\|", "‖")


def accents(text: str, *, prose: bool = False) -> str:
    """``text`` with TeX's accents and letters put into Unicode, in every spelling that TeX takes.

    An accent named by a letter may stand apart from its own (``\v Seban``). In ``prose``
    that was not written for TeX a backslash, letter and word are left as they are.
    """
    if "\\" not in text:
        return text
    apart = _ACCENT_APART_IN_PROSE if prose else _ACCENT_APART
    parts = re.split(r"(?<!\\)(\$[^$]*\$)", text)  # formulas are no text
    for at in range(0, len(parts), 2):
        part, before = parts[at], ""
        while part != before:  # one accent may stand on another
            before, part = part, _ACCENT.sub(_accented, part)
        part = apart.sub(_accented_apart, part)
        parts[at] = part if prose else _LETTER.sub(lambda m: _SYMBOLS[m[1] or m[2]], part)
    return "".join(parts)


def _accented(match: re.Match[str]) -> str:
    accent, base = (next(group for group in groups if group) for groups in _accent_and_base(match))
    return _with_accent(accent, base)


def _accent_and_base(match: re.Match[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    groups = match.groups("")
    return (groups[0], groups[1], groups[4], groups[5], groups[7], groups[8]), (
        groups[2], groups[3], groups[6], groups[9],
    )  # fmt: skip


def _accented_apart(match: re.Match[str]) -> str:
    return _with_accent(match[1], match[2])


def _with_accent(accent: str, base: str) -> str:
    name = base.strip("\\{} \t\n")
    letter = {"i": "i", "j": "j"}.get(name, _SYMBOLS.get(name, name)) if base.startswith("\\") else base
    return unicodedata.normalize("NFC", letter + _ACCENTS[accent])


def _accents(text: str) -> str:
    def math_accented(match: re.Match[str]) -> str:
        base = match[2] or match[3]
        if base.startswith("\\"):
            base = _SYMBOLS.get(base[1:], base[1:])
        return unicodedata.normalize("NFC", base + _MATH_ACCENTS[match[1]]) if len(base) == 1 else base

    text = accents(text, prose=True)
    text = re.sub(r"\\(mathcal|mathbb|mathrm|mathbf)\s+([A-Za-z])(?![A-Za-z])", r"\2", text)
    return _MATH_ACCENT.sub(math_accented, text)


def _macro(match: re.Match[str]) -> str:
    name, argument = match[1], match[2]
    rest = "{" + argument + "}" if argument else ""
    trailing = match[0][len(match[0].rstrip()) :] if argument is None else ""
    option = re.search(r"\[[^\[\]]*\]", match[0].split("{")[0])
    if name in _DROP_ARGUMENT:
        return " " if name in ("begin", "end") else trailing
    if name in _SYMBOLS:
        # TeX eats the space after a macro; it is kept where the sign had space on both sides, or is read as a word
        spaced = match.string[match.start() - 1 : match.start()] == " "
        tight = name in _LETTERS or (_SYMBOLS[name] in "×·∘⊗⊕" and not spaced)
        return _SYMBOLS[name] + (option[0] if option else "") + rest + ("" if tight else trailing)
    if name in _DROP:
        return (" " if name in _SPACED else "") + (option[0] if option and name not in _SPACED else "") + rest
    if name in _FUNCTIONS:
        return name + (option[0] if option else "") + (rest or trailing)
    if name in _KEEP_ARGUMENT and argument is not None:
        return argument
    if name in _KEEP_ARGUMENT:
        return trailing.lstrip() if trailing else ""
    return (argument or name) + trailing


def _operand(text: str) -> str:
    text = text.strip()
    return text if re.fullmatch(r"\w?|[\d.]+|\\[A-Za-z]+(?:\{\w+\})?", text) else f"({text})"


def _formula(body: str) -> str:
    """A formula as a reader would type it: no dollars, ``F_1`` as F1, ``x^{10}`` as x^10."""
    text = _macros(body.replace("~", " ")) if "\\" in body else body
    for _ in range(3):
        text = _SCRIPT_GROUP.sub(lambda m: m[1] + _operand_script(m[2]), text)
    text = re.sub(r"^_(?=\d)", "", text)
    text = _TIGHT_INDEX.sub(r"\1\2", text)
    text = text.replace("{", "").replace("}", "") if "\\{" not in body and "brace" not in body else text
    return text.replace("\\", "")


def _operand_script(text: str) -> str:
    text = text.strip()
    return text if re.fullmatch(r".?|[-+−]?[\w.*∗′]*", text) else f"({text})"
