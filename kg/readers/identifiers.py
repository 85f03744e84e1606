"""The public identifiers of papers, in one spelling each: DOI, arXiv id, ACL Anthology id."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

_DOI = re.compile(r"(?<![\d.])10\.\d{4,9}(?:\.\d+)*/[^\s\"“”\\|^`]+")
_SICI = re.compile(r"[^<>]*<(?:[^<>/]*::|\d+:)[^<>]*>[^\s<>]*")
_SICI_END = r"(?<=[>\]]\d\.\d\.\w\w;\d-)"  # before the sign that checks a SICI, which may be "#": no fragment then
_ADDRESS_TAIL = re.compile(rf"(?:\?|(?!{_SICI_END}#(?!\w))#|&(?=\w+=)).*\Z", re.DOTALL)
_PREPRINT_VERSION = re.compile(r"(10\.(?:1101|64898)/[\d.]+)v\d+\Z")  # bioRxiv and medRxiv: in the address only
_VIEW = re.compile(
    r"(?:/(?:full|abstract|abs|pdf|epdf|epub|fulltext|full-text|full/html|full/pdf|html|meta|references|figures|"
    r"citedby|summary|supplementary|asset/.*|pdfdirect|standard|issuetoc|download.*|suppl_file.*|tables|"
    r"metrics|media|related|issue|-/dc.*))+/?\Z|\.(?:full|abstract|pdf|html?|xml|epub|full\.pdf|full-text)\Z|/\Z",
    re.IGNORECASE,
)
_ARXIV = re.compile(
    r"(?<![\d.])(?P<new>\d{4}\.\d{4,5})(?:v\d+)?(?![\d.]*\d)"
    r"|(?<![\w-])(?P<old>[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?!\d)"
)
_ARXIV_OLD_ARCHIVE = re.compile(
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|"
    "funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|"
    "q-alg|q-bio|quant-ph|solv-int|stat|supr-con"
)
_ANTHOLOGY = re.compile(r"(?<![\w.])(?P<id>[A-Z]\d{2}-\d{4,5}|\d{4}\.[a-z0-9_]+-[a-z0-9]+\.\d+)(?!\w)")
_ARXIV_DOI = "10.48550/arxiv."
_ANTHOLOGY_DOI = re.compile(r"10\.(?:18653/v1|3115/v1)/(?P<id>.+)")


def doi(text: str) -> str | None:
    """The DOI in a string (bare, ``doi:…`` or an address), in lower case; None without one.

    What a publisher's address has behind the DOI (a query, a fragment, ``/full``) is left off.
    """
    if "10." not in text and "%" not in text:
        return None
    for _ in range(2):  # an address inside an address is encoded twice
        text = _decoded(text) if "%" in text else text
    text = text.replace("\\#", "#")  # as LaTeX protects it
    found = _DOI.search(html.unescape(text) if "&" in text else text)
    if not found:
        return None
    name = found.group()
    name = _sici_or_markup(name) if "<" in name else name.partition(">")[0]
    name = _VIEW.sub("", _ADDRESS_TAIL.sub("", name))
    name = _PREPRINT_VERSION.sub(r"\1", name)
    name = name.rstrip(".,;:'")
    while name.endswith((")", "]", "}")) and name.count("(") + name.count("[") + name.count("{") < sum(
        map(name.count, ")]}")
    ):
        name = name[:-1].rstrip(".,;:")
    return name.lower() if name.partition("/")[2] else None


def _decoded(text: str) -> str:
    """Text without percent encoding; a per cent sign that encodes nothing stays."""
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text


def _sici_or_markup(name: str) -> str:
    """A DOI up to a tag that follows it; the angle brackets of a SICI (``49:8<693::AID-ASI4>3.0``) are its own."""
    found = _SICI.match(name)
    return found[0] if found else name.partition("<")[0]


def arxiv(text: str) -> str | None:
    """The arXiv id in a string (bare, ``arXiv:…``, an address or a DOI), without its version; None without one."""
    for found in _ARXIV.finditer(text):
        new, old = found["new"], found["old"]
        if new and 1 <= int(new[2:4]) <= 12:
            return str(new)
        if old and _ARXIV_OLD_ARCHIVE.fullmatch(old.partition("/")[0].partition(".")[0]):
            archive, _, number = str(old).partition("/")
            return f"{archive.partition('.')[0]}/{number}"  # math.GT/0309136 and math/0309136 are one paper
    return None


def anthology(text: str) -> str | None:
    """The ACL Anthology id in a string (bare or an address of the Anthology); None without one."""
    found = _ANTHOLOGY.search(text)
    return found["id"] if found else None


def arxiv_of_doi(name: str) -> str | None:
    """The arXiv id that a DOI stands for, where arXiv issued it."""
    return arxiv(name[len(_ARXIV_DOI) :]) if name.lower().startswith(_ARXIV_DOI) else None


def anthology_of_doi(name: str) -> str | None:
    """The Anthology id that a DOI of the ACL contains (its letter in upper case again)."""
    found = _ANTHOLOGY_DOI.fullmatch(name.lower())
    return anthology(found["id"][0].upper() + found["id"][1:]) if found else None


def from_url(address: str) -> tuple[str | None, str | None, str | None]:
    """DOI, arXiv id and Anthology id that a web address names."""
    low = address.lower()
    return (
        doi(address) if "10." in low or "10%2e" in low else None,
        arxiv(address) if "arxiv.org" in low or "huggingface.co/papers/" in low else None,
        anthology(address) if "aclanthology" in low or "aclweb.org" in low else None,
    )
