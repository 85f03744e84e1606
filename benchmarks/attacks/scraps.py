"""Pieces of text and values that software stumbles over."""

from __future__ import annotations

from typing import Any, Final

SCRAPS: Final = (
    "\x00", "\ufeff", "\u202e", "\ud83d", "😀" * 40, "&" * 400, "(" * 300, "((((", "a\u0301" * 99, "$\\frac{1}{0}$",
    "<b>", "%%%", "\x1b[2J\x1b]0;owned\x07", "\x9b31m", "\u2066\u2069\u200b", "\x85", "\x1f", "\x7f",
    "'; DROP TABLE Paper; --", "${jndi:ldap://x}", "{{7*7}}", "{% raw %}", "=cmd|' /C calc'!A0", "\r\n\r\n", "…", "𝔸𝔹ℂ",
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "]]>", "&#0;", "&amp;",
    "\\input{/etc/passwd}", "\\u0027", "\\", "`", '"', "'", "](http://x)", "| a | b |", "../../../etc/passwd", "CON",
    "..", "/", "%00", "%2e%2e%2f", "?", "#", ";", ":", "~", "\t", "http://[::1", "10.1/../x", "x" * 300, "İ", "ß", "ǅ",
    "K", "BERT" * 20, "Ａ", "ﬀ", "\ufffd", "\uffff", "\U0010ffff", "\u0345", "ΐ", "²", "½", "Ⅷ", "①",
    "99999999999999999999.9%", "-0.0%", "1e400", "NaN", "CNN (CNN) (CNN)", "٣٤٫٥٪", "ﬁne-tuning", "\u2028",
    "F1 F1 F1 of 5 5 5", "⟦M0⟧", "⟦M7⟧ outperforms ⟦M9⟧", "⟦", "aux", "nul", "com1.", "$(touch owned)", "*", "-rf",
)  # fmt: skip

VALUES: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, 10**400, 1e308, -0.0, float("inf"), float("nan"), "", " ", "0", "true",
    [], {}, [[]], [None], {"": ""}, {"name": ["x"]}, ["x", 1], "2021", 2021.5, "e1", "e999", "Method", "abstract",
    "\ud800", "x" * 10_000,
)  # fmt: skip
