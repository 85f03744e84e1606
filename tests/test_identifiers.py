"""Identifiers in all their spellings."""

from __future__ import annotations

import pytest

from kg.readers import identifiers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.5555/GW.2023.17", "10.5555/gw.2023.17"),
        ("https://doi.org/10.5555/gw", "10.5555/gw"),
        ("http://dx.doi.org/10.5555%2Fgw", "10.5555/gw"),
        ("doi:10.5555/gw.", "10.5555/gw"),
        ("(10.1016/S0140-6736(05)67728-8)", "10.1016/s0140-6736(05)67728-8"),
        ("10.5555/gw [doi]", "10.5555/gw"),
        ("11.5555/gw", None),
        ("", None),
    ],
)
def test_dois(text: str, expected: str | None) -> None:
    assert identifiers.doi(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2304.01234", "2304.01234"),
        ("arXiv:2304.01234v12 [cs.IR]", "2304.01234"),
        ("http://arxiv.org/abs/2304.01234v2", "2304.01234"),
        ("https://arxiv.org/pdf/2304.01234.pdf", "2304.01234"),
        ("oai:arXiv.org:cs/0701012", "cs/0701012"),
        ("math.GT/0309136v1", "math/0309136"),
        ("0704.0001", "0704.0001"),
        ("2399.01234", None),
        ("12345.67890", None),
        ("abc/0701012", None),
        ("1.2304.01234", None),
    ],
)
def test_arxiv_ids_without_their_version(text: str, expected: str | None) -> None:
    assert identifiers.arxiv(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P19-1007", "P19-1007"),
        ("https://aclanthology.org/2021.emnlp-main.552.pdf", "2021.emnlp-main.552"),
        ("https://www.aclweb.org/anthology/W18-0507/", "W18-0507"),
        ("GPT-4-1234", None),
    ],
)
def test_anthology_ids(text: str, expected: str | None) -> None:
    assert identifiers.anthology(text) == expected


def test_dois_of_arxiv_and_the_acl_tell_the_other_id() -> None:
    assert identifiers.arxiv_of_doi("10.48550/arXiv.2304.01234") == "2304.01234"
    assert identifiers.arxiv_of_doi("10.5555/2304.01234") is None
    assert identifiers.anthology_of_doi("10.18653/v1/p19-1007") == "P19-1007"
    assert identifiers.anthology_of_doi("10.18653/v1/2021.emnlp-main.552") == "2021.emnlp-main.552"


def test_addresses_tell_what_they_name() -> None:
    assert identifiers.from_url("https://huggingface.co/papers/2304.01234") == (None, "2304.01234", None)
    assert identifiers.from_url("https://example.org/2304.01234") == (None, None, None)
