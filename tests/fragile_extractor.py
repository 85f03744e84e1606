"""An extractor for the tests on the cluster: the patterns, slowed down, and a text that ends the process reading it."""

from __future__ import annotations

import os
import time

from extractors.extractor import Extractor
from extractors.pipeline import SpacyExtractor
from extractors.record import Record

POISON = "This abstract ends the process that reads it"
DISTRIBUTION = {
    "METADATA": "Metadata-Version: 2.1\nName: fragile-extractor\nVersion: 1\n",
    "entry_points.txt": "[abstractkg.extractors]\nfragile = fragile_extractor:Fragile\n",
}
"""What an installed package says of itself, by which the extractor is found."""


class Fragile(Extractor):
    """Takes a tenth of a second a paper."""

    name = "fragile"
    version = "1"

    def __init__(self) -> None:
        self._patterns = SpacyExtractor("patterns", neural=False)

    def extract(self, id: str, title: str | None, abstract: str) -> Record:
        """The record of the patterns."""
        if POISON in abstract:
            os._exit(11)
        time.sleep(0.1)
        return self._patterns.extract(id, title, abstract)
