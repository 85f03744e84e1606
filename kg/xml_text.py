"""Text that XML can hold."""

from __future__ import annotations

import re
from typing import Final

XML_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not allow in any form, not even escaped (section 2.2, Char)."""


def xml_text(text: str) -> str:
    """The text with U+FFFD, the replacement character, in place of each character that XML 1.0 forbids."""
    return text if text.isprintable() else XML_FORBIDDEN.sub("\ufffd", text)
