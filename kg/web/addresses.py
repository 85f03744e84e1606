"""Where each page is: an address below the site's root, safe as a file name and in a link."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from kg import schema

PLURALS: Final = {"Method": "methods", "Task": "tasks", "Dataset": "datasets", "Metric": "metrics", "Paper": "papers"}
"""The address of the list of each kind, without ``.html``."""
PAGE_LENGTH: Final = 400
"""How many entries a page of a list has."""
_SAFE: Final = re.compile(r"[a-z0-9](?:[a-z0-9._]|-(?!-)){0,79}")
_LONGEST: Final = 60
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
"""What Windows takes for a device, whatever its ending."""


def of_node(node_id: str) -> str:
    """The page of a concept or paper; different ids have different pages.

    >>> of_node("method:bert"), of_node("arxiv:1810.04805")
    ('method/bert.html', 'paper/arxiv-1810.04805.html')
    >>> of_node("doi:../../etc/passwd")
    'paper/doi-etc-passwd--3754d6cb.html'
    """
    label = schema.label_of(node_id)
    prefix, _, rest = node_id.partition(":")
    return f"{label.lower()}/{slug(rest) if label != 'Paper' else f'{slug(prefix)}-{slug(rest)}'}.html"


def of_board(dataset_id: str) -> str:
    """The page of the leaderboards of a dataset."""
    return of_node(dataset_id).replace("dataset/", "leaderboard/", 1)


def of_list(kind: str, number: int = 1) -> str:
    """A page of the list of all concepts of a kind, or of all papers; the first has number 1."""
    return f"{PLURALS[kind]}{'' if number == 1 else f'-{number}'}.html"


def of_question(name: str) -> str:
    """The page of a saved question."""
    return f"question/{slug(name)}.html"


def slug(text: str) -> str:
    """The text in small letters, digits, dots and hyphens, a name of a file on every system.

    Where that loses something, and where it names a device on Windows, a part of its hash is added.
    """
    if _SAFE.fullmatch(text) and not _DEVICE.fullmatch(text):
        return text
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:_LONGEST].strip("-")
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:8]
    return f"{plain}--{digest}" if plain else f"x--{digest}"


def to_root(address: str) -> str:
    """What leads from a page back to the site's root: ``../`` for each folder."""
    return "../" * address.count("/")
