"""Any paper, written in any format that can hold it, is read back the same; and no bytes end in a traceback.

The examples are the same in each run; benchmarks/fuzz_readers.py draws new ones.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import Report
from kg.papers import Paper
from kg.readers import read_papers
from kg.readers.cleaning import clean, clean_abstract

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp"))
WORDS = st.text(LETTERS, min_size=1, max_size=9)
PROSE = st.lists(WORDS, min_size=3, max_size=12).map(" ".join)
NAMES = st.from_regex(r"[A-Z][a-zéüñ]{1,8} [A-Z][a-zöåł]{2,9}", fullmatch=True)


def _paper(title: str, abstract: str, year: int, authors: list[str], number: int) -> Paper:
    """A paper as a reader gives it: its text clean, and long enough to be told from a placeholder."""
    return Paper(
        clean_abstract(f"We measure {abstract} at last."), title=clean(f"On {title}"), year=year,
        authors=tuple(dict.fromkeys(authors)), doi=f"10.5555/x{number}", local_id=f"key{number}",
    )  # fmt: skip


PAPERS = st.lists(
    st.builds(_paper, PROSE, PROSE, st.integers(1900, 2030), st.lists(NAMES, max_size=3), st.integers(1, 10**6)),
    min_size=1, max_size=4,
)  # fmt: skip


def _rows(papers: list[Paper]) -> list[dict[str, object]]:
    return [
        {"id": p.local_id, "title": p.title, "abstract": p.abstract, "year": p.year, "authors": list(p.authors),
         "doi": p.doi}
        for p in papers
    ]  # fmt: skip


def _json_lines(papers: list[Paper]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in _rows(papers)).encode()


def _json(papers: list[Paper]) -> bytes:
    return json.dumps({"results": _rows(papers)}, indent=1).encode()


def _csv(delimiter: str, encoding: str) -> Callable[[list[Paper]], bytes]:
    def write(papers: list[Paper]) -> bytes:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=delimiter)
        writer.writerow(["Abstract", "id", "Year", "Authors", "Title", "DOI"])
        writer.writerows([p.abstract, p.local_id, p.year, "; ".join(p.authors), p.title, p.doi] for p in papers)
        return text.getvalue().encode(encoding)

    return write


def _ris(papers: list[Paper]) -> bytes:
    import rispy

    rows = [
        {"type_of_reference": "JOUR", "id": p.local_id, "title": p.title, "abstract": p.abstract, "year": str(p.year),
         "authors": list(p.authors), "doi": p.doi}
        for p in papers
    ]  # fmt: skip
    text: str = rispy.dumps(rows)
    return text.encode()


def _csl(papers: list[Paper]) -> bytes:
    rows = [
        {"id": p.local_id, "type": "article", "title": p.title, "abstract": p.abstract, "DOI": p.doi,
         "author": [{"given": n.split()[0], "family": n.split()[1]} for n in p.authors],
         "issued": {"date-parts": [[p.year]]}}
        for p in papers
    ]  # fmt: skip
    return json.dumps(rows).encode()


def _endnote(papers: list[Paper]) -> bytes:
    def record(p: Paper) -> str:
        authors = "".join(f"<author><style>{escape(name)}</style></author>" for name in p.authors)
        return (
            f"<record><rec-number>{p.local_id}</rec-number><contributors><authors>{authors}</authors></contributors>"
            f"<titles><title><style>{escape(p.title or '')}</style></title></titles>"
            f"<dates><year>{p.year}</year></dates><electronic-resource-num>{p.doi}</electronic-resource-num>"
            f"<abstract>{escape(p.abstract)}</abstract></record>"
        )

    return f"<?xml version='1.0'?><xml><records>{''.join(map(record, papers))}</records></xml>".encode()


def _pubmed(papers: list[Paper]) -> bytes:
    def record(p: Paper) -> str:
        authors = "".join(
            f"<Author><LastName>{n.split()[1]}</LastName><ForeName>{n.split()[0]}</ForeName></Author>"
            for n in p.authors
        )
        return (
            f"<PubmedArticle><MedlineCitation><PMID>{p.local_id}</PMID><Article><Journal><JournalIssue><PubDate>"
            f"<Year>{p.year}</Year></PubDate></JournalIssue></Journal>"
            f"<ArticleTitle>{escape(p.title or '')}</ArticleTitle><ELocationID EIdType='doi'>{p.doi}</ELocationID>"
            f"<Abstract><AbstractText>{escape(p.abstract)}</AbstractText></Abstract><AuthorList>{authors}</AuthorList></Article></MedlineCitation></PubmedArticle>"
        )

    return f"<PubmedArticleSet>{''.join(map(record, papers))}</PubmedArticleSet>".encode()


def _parquet(papers: list[Paper]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(_rows(papers)), sink)
    return sink.getvalue()


WRITERS: dict[str, Callable[[list[Paper]], bytes]] = {
    "p.jsonl": _json_lines, "p.json": _json, "p.csv": _csv(",", "utf-8"), "p2.csv": _csv(";", "utf-8-sig"),
    "p.tsv": _csv("\t", "utf-16"), "p.ris": _ris, "csl.json": _csl, "endnote.xml": _endnote, "pubmed.xml": _pubmed,
    "p.parquet": _parquet,
}  # fmt: skip


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(papers=PAPERS)
def test_what_is_written_is_read_back(name: str, papers: list[Paper]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(WRITERS[name](papers))
        report = Report()
        found = list(read_papers([path], report))
    assert report.problems == []
    for paper, wanted in zip(found, papers, strict=True):
        assert (paper.abstract, paper.title) == (wanted.abstract, wanted.title)
        assert (paper.year, paper.authors, paper.doi) == (wanted.year, wanted.authors, wanted.doi)
        assert paper.local_id == wanted.local_id


TEX_SAFE = st.text(st.sampled_from("abcdefgh ABCéüñ,.;:()-0123456789–“”"), min_size=3, max_size=60)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.builds(_paper, TEX_SAFE, TEX_SAFE, st.integers(1900, 2030), st.lists(NAMES, max_size=3),
                          st.integers(1, 10**6)), min_size=1, max_size=3))  # fmt: skip
def test_what_is_written_as_bibtex_is_read_back(papers: list[Paper]) -> None:
    """With text of which BibTeX has no signs of its own: braces and backslashes mean something else there."""
    entries = (
        f"@article{{{p.local_id},\n  title = {{{p.title}}},\n  abstract = {{{p.abstract}}},\n  year = {p.year},\n"
        f"  doi = {{{p.doi}}},\n  author = {{{' and '.join(p.authors)}}}\n}}\n"
        for p in papers
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "p.bib")
        path.write_text("\n".join(entries), encoding="utf-8")
        found = list(read_papers([path], Report()))
    for paper, wanted in zip(found, papers, strict=True):
        assert (paper.abstract, paper.title, paper.authors) == (wanted.abstract, wanted.title, wanted.authors)
        assert (paper.year, paper.doi, paper.local_id) == (wanted.year, wanted.doi, wanted.local_id)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)))
@example(b"{")
@example(b"[{")
@example(b"@article{")
@example(b"TY  - ")
@example(b"<feed>")
@example(b"\x1f\x8b")
@example(b"PK\x03\x04")
@example(b"PAR1")
@example(b'title,abstract\n"')
def test_any_bytes_give_papers_or_a_problem(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "any")
        path.write_bytes(content)
        report = Report()
        papers = list(read_papers([path], report))
    for paper in papers:
        paper.abstract.encode()
    assert papers or report.problems or report.counts["no abstract"]
