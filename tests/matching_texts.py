"""Texts that a pattern matches, made by hypothesis."""

import re

from hypothesis import strategies as st

_INNER = r"(?:[^()\[\]]|\[[^\]]*\]|\({}*\))"
_UNWANTED = re.compile(rf"\(\?!{_INNER.format(_INNER.format(_INNER.format('[^()]')))}*\)")
"""What a pattern says must not follow."""


def matching(pattern: str) -> st.SearchStrategy[str]:
    """Texts that a pattern matches; what it looks for behind its match is part of them."""
    return st.from_regex(re.compile(_UNWANTED.sub("", pattern).replace("(?=", "(?:"), re.ASCII), fullmatch=True)
