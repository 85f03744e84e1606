"""Texts on which patterns once took time in a power of their length, or doubled it with every sign."""

import time
from collections.abc import Callable

import pytest

from extractors.names.abbreviations import is_short_form
from extractors.results.metrics import AND
from extractors.results.sentence import BETWEEN_NAMES
from extractors.results.values import statistics_spans
from kg.readers.bibtex_blocks import _KEY
from kg.readers.cleaning import clean
from kg.readers.inverted_index import text_of


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (statistics_spans, "p" + "\\le" * 25),
        (BETWEEN_NAMES.fullmatch, " " * 600 + "."),
        (AND.fullmatch, " " * 12_000 + "."),
        (clean, "<title>" + " " * 3_000 + "."),
        (is_short_form, "7" * 20_000),
        (_KEY.match, " " * 2_000),
        (text_of, "{'a': f'" + "{1}" * 100_000 + "'}"),
    ],
    ids=lambda value: value[:5] if isinstance(value, str) else getattr(value, "__name__", "pattern"),
)
def test_long_runs_take_time_in_proportion_to_their_length(read: Callable[[str], object], text: str) -> None:
    begun = time.process_time()
    read(text)
    assert time.process_time() - begun < 0.5
