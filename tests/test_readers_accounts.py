"""Nothing is read wrong in silence: each kind of damage or oddity that public bug reports of bibliography tools name.

A case is a small file of our own words and what must be read from it. What a file has
beside its records is noted or reported with its place.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape

import pytest

from kg.errors import Report
from kg.papers import Paper
from kg.readers import read_papers

WALKS = "We introduce GateWalk, a retriever that walks over citation graphs and stops at learned gates."
NOISY = "Small taggers trained on noisy labels forget rare classes first, and a tagger of two layers does not."
THIRD = "We prove a bound for walks that stop at gates, and show by experiments that it is tight."


def read(tmp_path: Path, name: str, content: str | bytes) -> tuple[list[Paper], Report]:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    report = Report()
    return list(read_papers([path], report)), report


def titles(papers: list[Paper]) -> list[str | None]:
    return [paper.title for paper in papers]


def said(tmp_path: Path, report: Report) -> list[str]:
    return [str(problem).replace(f"{tmp_path}/", "") for problem in (*report.problems, *report.notes)]


# RIS


def ris(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\n\r", "\x0b", "\x85", "\u2028"])
def test_a_ris_line_may_end_in_any_way(tmp_path: Path, end: str) -> None:
    """A stray CR before each tag: exports of engineering libraries."""
    lines = [
        "TY  - JOUR",
        "TI  - One",
        f"AB  - {WALKS}",
        "ER  - ",
        "TY  - JOUR",
        "TI  - Two",
        f"AB  - {NOISY}",
        "ER  - ",
    ]
    papers, report = read(tmp_path, "a.ris", end.join(lines) + end)
    assert [(paper.title, paper.abstract) for paper in papers] == [("One", WALKS), ("Two", NOISY)]
    assert not report.problems


def test_line_ends_of_every_kind_in_one_ris_file(tmp_path: Path) -> None:
    content = (
        f"TY  - JOUR\r\n\rTI  - One\rAB  - {WALKS}\nER  - \r\n\x0bTY  - JOUR\u2028TI  - Two\x85AB  - {NOISY}\r\rER  - "
    )
    assert titles(read(tmp_path, "a.ris", content)[0]) == ["One", "Two"]


@pytest.mark.parametrize("wrapped", ["ER-positive cells", "AI-based models", "AU-ROC of 0.8", "T2 -weighted scans",
                                     "TY-like enzymes", "ER - and more", "PY-axis"])  # fmt: skip
def test_a_wrapped_line_that_looks_like_a_tag_goes_on_with_the_abstract(tmp_path: Path, wrapped: str) -> None:
    content = ris("TY  - JOUR", "TI  - One", "AB  - We look at", wrapped, "and report it.", "PY  - 2021", "ER  - ")
    [paper], _ = read(tmp_path, "a.ris", content)
    assert (paper.title, paper.abstract, paper.year) == ("One", f"We look at {wrapped} and report it.", 2021)


def test_ty_may_stand_anywhere_in_a_record(tmp_path: Path) -> None:
    content = ris("DB  - X", "TI  - One", f"AB  - {WALKS}", "TY  - JOUR", "ER  - ", "TI  - Two", f"AB  - {NOISY}",
                  "PY  - 2011", "TY  - JOUR", "ER  - ")  # fmt: skip
    papers, _ = read(tmp_path, "a.ris", content)
    assert [(paper.title, paper.year) for paper in papers] == [("One", None), ("Two", 2011)]


@pytest.mark.parametrize("tag", ["  {}  - ", "\t{}  - ", "{}\u00a0\u00a0-\u00a0", "{} - ", "{}- "])
def test_tags_may_be_indented_or_spaced_otherwise(tmp_path: Path, tag: str) -> None:
    rows = (("TY", "JOUR"), ("TI", "One"), ("PY", "2010"), ("AB", WALKS), ("ER", ""))
    [paper], _ = read(tmp_path, "a.ris", ris(*(tag.format(name) + value for name, value in rows)))
    assert (paper.title, paper.year, paper.abstract) == ("One", 2010, WALKS)


@pytest.mark.parametrize(
    ("date", "year"),
    [("20100615", 2010), ("2010///", 2010), ("201006", 2010), ("15-Jun-2010", 2010), ("06/15/2010", 2010),
     ("1998 Dec-1999 Jan", 1998), ("c2010", 2010), ("in press", None), ("12345678", None), ("99", None)],
)  # fmt: skip
def test_years_of_dates_in_many_forms(tmp_path: Path, date: str, year: int | None) -> None:
    [paper], _ = read(tmp_path, "a.ris", ris("TY  - JOUR", f"Y1  - {date}", f"AB  - {WALKS}", "ER  - "))
    assert paper.year == year


def test_a_ris_year_may_stand_under_another_tag_than_the_first(tmp_path: Path) -> None:
    [paper], _ = read(tmp_path, "a.ris", ris("TY  - JOUR", "PY  - in press", "DA  - 2012/03", f"AB  - {WALKS}"))
    assert paper.year == 2012


def test_several_names_in_one_author_line(tmp_path: Path) -> None:
    content = ris("TY  - JOUR", "AU  - Lee, A. B.; Kim, C.", "AU  - Cruz, P. and Doe, J.",
                  "AU  - Department of Gates and Walks", f"AB  - {WALKS}", "ER  - ")  # fmt: skip
    [paper], _ = read(tmp_path, "a.ris", content)
    assert paper.authors == ("A. B. Lee", "C. Kim", "P. Cruz", "J. Doe", "Department of Gates and Walks")


@pytest.mark.parametrize("begin", [("%0 Journal Article", "%T {}"), ("%T {}", "%0 Journal Article"), ("%T {}",),
                                   ("%A Lee, Ann", "%A Kim, Bo", "%T {}")])  # fmt: skip
@pytest.mark.parametrize("between", ["", "\n"])
def test_references_of_endnote_begin_with_any_tag(tmp_path: Path, begin: tuple[str, ...], between: str) -> None:
    records = (
        "".join(f"{line}\n" for line in begin).format(title) + f"%X {abstract}\n"
        for title, abstract in (("One", WALKS), ("Two", NOISY))
    )
    papers, _ = read(tmp_path, "a.enw", between.join(records))
    assert [(paper.title, paper.abstract) for paper in papers] == [("One", WALKS), ("Two", NOISY)]


def test_lines_between_ris_records_are_noted(tmp_path: Path) -> None:
    content = ris("Provider: X", "1.", "TY  - JOUR", f"AB  - {WALKS}", "ER  - ", "2.")
    papers, report = read(tmp_path, "a.ris", content)
    assert len(papers) == 1
    assert said(tmp_path, report) == [
        "a.ris: line 1: text outside of any record, left out: 'Provider: X' (3 places, this is the first)"
    ]


# BibTeX


def entry(key: str = "k", abstract: str = WALKS, **fields: str) -> str:
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in {**fields, "abstract": abstract}.items())
    return f"@article{{{key},\n{body}}}\n"


@pytest.mark.parametrize(
    ("tex", "names"),
    [
        (r"Lee, A. and \v{S}eban, J. and \'Alvez, B.", ("A. Lee", "J. Šeban", "B. Álvez")),
        (r"Nu\~{n}oa, A. and Selva, Jo\~ao", ("A. Nuñoa", "João Selva")),
        (r"{\c C}elik, B. and Fran{\c{c}}ois Le{\'o}n", ("B. Çelik", "François León")),
        (r"\O{}vreby, L. and \O ye, K. and {\L}ukasz \.{Z}ak", ("L. Øvreby", "K. Øye", "Łukasz Żak")),
        (r"Kart{\'\i}n, V. and Mar{\'{\i}}a Nu{\~n}ez", ("V. Kartín", "María Nuñez")),
        (r"Szeb{\H o}, A and Nguy\~{\^e}n, B and \v Seban, C", ("A Szebő", "B Nguyễn", "C Šeban")),
        (r"G{\"o}del, K. and M{\"u}ller{-}Stra{\ss}e, J.", ("K. Gödel", "J. Müller-Straße")),
        (r"family=Duren, given=Alex, prefix=van, useprefix=true and Lee, Ann", ("Alex van Duren", "Ann Lee")),
        (r"given=Ann, family={van Dyck}, suffix=Jr", ("Ann van Dyck Jr",)),
        (r"family=Orvale, given=Jean, prefix=d' and family=Sarim, given=Musa, prefix={al-}, useprefix=true",
         ("Jean d'Orvale", "Musa al-Sarim")),
        (r"family=Orvale, given=Jean, prefix={de l{\textquoteright}}", ("Jean de l’Orvale",)),
        (r"{Nordwald, Inc.} and {{Agency of Gates and Walks, Elsewhere}}",
         ("Nordwald, Inc.", "Agency of Gates and Walks, Elsewhere")),
        (r"{van der Berg}, Jo and Lee, Jr., Ann and others", ("Jo van der Berg", "Ann Lee Jr.")),
    ],
)  # fmt: skip
def test_names_in_bibtex(tmp_path: Path, tex: str, names: tuple[str, ...]) -> None:
    [paper], _ = read(tmp_path, "a.bib", entry(author=tex))
    assert paper.authors == names


def test_accents_in_titles(tmp_path: Path) -> None:
    [paper], _ = read(tmp_path, "a.bib", entry(title=r"The Kart{\'\i}n model of {\v{Z}}i{\v z}ka and \AA{}se"))
    assert paper.title == "The Kartín model of Žižka and Åse"


def test_fields_are_inherited_by_crossref_and_xdata_wherever_the_parent_stands(tmp_path: Path) -> None:
    content = (
        entry("kid", crossref="par", title="Child")
        + entry("own", crossref="par", title="Own", year="2012", abstract=NOISY)
        + "@proceedings{par, title={Proc. of Gates}, year={2011}, xdata={pub}}\n@xdata{pub, publisher={P}}\n"
        + entry("lost", crossref="nowhere", title="Lost", abstract=THIRD)
    )
    papers, report = read(tmp_path, "a.bib", content)
    assert {(paper.title, paper.year, paper.venue) for paper in papers} == {
        ("Child", 2011, "Proc. of Gates"), ("Own", 2012, "Proc. of Gates"), ("Lost", None, None)
    }  # fmt: skip
    assert said(tmp_path, report) == ["a.bib: line 14: read without the entry 'nowhere' that it refers to"]


def test_missing_commas_between_fields_are_noted(tmp_path: Path) -> None:
    content = f"@article{{a title={{One}} year=2002\n author={{Lee, A}}, abstract={{{WALKS}}}}}\n"
    [paper], report = read(tmp_path, "a.bib", content)
    assert (paper.title, paper.year, paper.authors, paper.local_id) == ("One", 2002, ("A Lee",), "a")
    assert "missing comma between fields (3 places" in said(tmp_path, report)[0]


def test_an_at_sign_that_begins_a_line_inside_a_value_is_text(tmp_path: Path) -> None:
    content = entry("a", f"We report precision\n@k (k=10) and\n@misc{{x, y}} of it. {WALKS}") + entry("b", NOISY)
    papers, report = read(tmp_path, "a.bib", content)
    assert [paper.local_id for paper in papers] == ["a", "b"]
    assert papers[0].abstract.startswith("We report precision @k (k=10) and @misc")
    assert not report.problems


def test_a_bibtex_entry_that_is_not_closed_costs_only_itself(tmp_path: Path) -> None:
    content = f"@article{{a,\n title={{One,\n abstract={{{WALKS}}}\n}}\n\n" + entry("b", NOISY)
    papers, report = read(tmp_path, "a.bib", content)
    assert [paper.local_id for paper in papers] == ["b"]
    assert report.problems[0].place == "line 1 (a)"


# DOIs

SICI = "10.5555/(SICI)1234-5679(19990101/15)7:1/2<16::AID-GW5>3.0.CO;2-"  # without the sign that checks it


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        ("10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
         "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o"),
        ("https://doi.org/10.1002/%28SICI%291097-4571%28199806%2949%3A8%3C693%3A%3AAID-ASI4%3E3.0.CO%3B2-O",
         "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o"),
        ("10.5555/1520-0442(1999)013<2217:GWWNQI>2.0.CO;2", "10.5555/1520-0442(1999)013<2217:gwwnqi>2.0.co;2"),
        ("10.5555/x</a>", "10.5555/x"),
        (SICI + "#", SICI.lower() + "#"),
        (f"({SICI}#).", SICI.lower() + "#"),
        (SICI + "\\#", SICI.lower() + "#"),
        (f"https://doi.org/{SICI}#", SICI.lower() + "#"),
        (f"https://doi.org/{quote(SICI)}%23", SICI.lower() + "#"),
        (f"https://example.org/doi/{quote(SICI)}%23/abstract?x=y", SICI.lower() + "#"),
        (f"https://doi.org/{quote(SICI)}O#sec2", SICI.lower() + "o"),
        ("https://doi.org/10.5555/x#sec2", "10.5555/x"),
        ("10.5555/x#", "10.5555/x"),
        ("https://doi.org/10.5555%2Fs0004-3702%2896%2900047-1", "10.5555/s0004-3702(96)00047-1"),
        ("https://example.org/doi/10.5555/asi.99260?casa_token=x:y", "10.5555/asi.99260"),
        ("https://example.org/doi/abs/10.5555/99.1#sec-1", "10.5555/99.1"),
        ("https://example.org/doi/10.5555/asi.99261/full", "10.5555/asi.99261"),
        ("https://example.org/content/pdf/10.5555/s11192-020-1.pdf", "10.5555/s11192-020-1"),
        ("10.18653/v1/2021.tag-1.7", "10.18653/v1/2021.tag-1.7"),
    ],
)  # fmt: skip
def test_a_doi_is_taken_whole_and_without_the_tail_of_an_address(tmp_path: Path, written: str, doi: str) -> None:
    row = json.dumps({"title": "T", "abstract": WALKS, "url": written, "doi": written if "http" not in written else ""})
    [paper], _ = read(tmp_path, "a.jsonl", row + "\n")
    assert paper.doi == doi


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.bib", f"@article{{k, doi={{{SICI}\\#}}, abstract={{{WALKS}}}}}"),
        ("a.bib", f"@article{{k, doi={{{SICI}{{\\#}}}}, abstract={{{WALKS}}}}}"),
        ("a.bib", f'@article{{k, doi="{SICI}#", abstract={{{WALKS}}}}}'),
        ("a.bib", f"@article{{k, url={{https://doi.org/{quote(SICI)}\\%23}}, abstract={{{WALKS}}}}}"),
        ("a.csv", f'DOI,Title,Abstract\n{SICI}#,T,"{WALKS}"\n'),
        ("a.ris", f"TY  - JOUR\nDO  - {SICI}#\nAB  - {WALKS}\nER  - \n"),
        ("a.nbib", f"PMID- 1\nLID - {SICI}# [doi]\nTI  - T\nAB  - {WALKS}\n"),
        ("a.xml", f"<PubmedArticle><MedlineCitation><Article><ELocationID EIdType='doi'>{escape(SICI)}#</ELocationID>"
                  f"<Abstract><AbstractText>{WALKS}</AbstractText></Abstract></Article></MedlineCitation>"
                  "</PubmedArticle>"),
    ],
)  # fmt: skip
def test_the_number_sign_that_ends_a_sici_is_kept_in_every_format(tmp_path: Path, name: str, content: str) -> None:
    [paper], _ = read(tmp_path, name, content)
    assert paper.doi == SICI.lower() + "#"


# authors


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lee, A., Kim, B., & Cruz, P.", ("A. Lee", "B. Kim", "P. Cruz")),
        ("Lee, Ann; Kim, Bo; Cruz, Pia & Doe, Jo", ("Ann Lee", "Bo Kim", "Pia Cruz", "Jo Doe")),
        ("Ann Lee, Bo Kim & Pia Cruz", ("Ann Lee", "Bo Kim", "Pia Cruz")),
        ("Lee A., Kim B.-J., Cruz P.", ("A. Lee", "B.-J. Kim", "P. Cruz")),
        ("Lee, Ann (572); Kim, Bo (573)", ("Ann Lee", "Bo Kim")),
        ("Lee AB, Kim C, The Gate Study Group", ("AB Lee", "C Kim", "The Gate Study Group")),
        ("['Ann Lee', 'Bo Kim']", ("Ann Lee", "Bo Kim")),
        ('["Lee, Ann", "Kim, Bo"]', ("Ann Lee", "Bo Kim")),
        ("[{'name': 'Ann Lee'}, {'name': 'Bo Kim'}]", ("Ann Lee", "Bo Kim")),
        ("Lee, J., Jr., Kim, B., et al.", ("J. Lee Jr.", "B. Kim")),
        ("van der Berg, Jo; De la Cruz, Maria", ("Jo van der Berg", "Maria De la Cruz")),
        ("Department of Health and Human Services", ("Department of Health and Human Services",)),
        ("Nordwald, Inc.; Lee, A.", ("Nordwald, Inc.", "A. Lee")),
        ("nan", ()),
    ],
)
def test_authors_in_one_string(tmp_path: Path, text: str, names: tuple[str, ...]) -> None:
    cell = text.replace('"', '""')
    content = f'title,authors,abstract\nT,"{cell}","{WALKS}"\n'
    [paper], _ = read(tmp_path, "a.csv", content)
    assert paper.authors == names


def test_particles_groups_and_raw_names_in_json(tmp_path: Path) -> None:
    people = [
        {"family": "Fontane", "given": "Jon", "dropping-particle": "de", "non-dropping-particle": "La"},
        {"literal": "Office of Gates, Nowhere"},
    ]
    raw = [{"author": {"display_name": None}, "raw_author_name": "Lee, Ann"}]
    rows = ({"title": "A", "abstract": WALKS, "author": people, "issued": {"date-parts": [["2003", "4"]]}},
            {"title": "B", "abstract": NOISY, "authorships": raw})  # fmt: skip
    papers, _ = read(tmp_path, "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert [(paper.authors, paper.year) for paper in papers] == [
        (("Jon de La Fontane", "Office of Gates, Nowhere"), 2003), (("Ann Lee",), None)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("particles", "name"),
    [
        ({"non-dropping-particle": "d'"}, "Jean d'Orvale"),
        ({"dropping-particle": "d’"}, "Jean d’Orvale"),
        ({"dropping-particle": "de", "non-dropping-particle": "l' "}, "Jean de l'Orvale"),
        ({"non-dropping-particle": "al-"}, "Jean al-Orvale"),
        ({"dropping-particle": "abu", "non-dropping-particle": "el‐"}, "Jean abu el‐Orvale"),
        ({"dropping-particle": "van't"}, "Jean van't Orvale"),
    ],
)
def test_a_particle_that_ends_in_an_apostrophe_or_a_hyphen_is_joined_to_the_name(
    tmp_path: Path, particles: dict[str, str], name: str
) -> None:
    row = {"title": "T", "abstract": WALKS, "author": [{"family": "Orvale", "given": "Jean", **particles}]}
    [paper], _ = read(tmp_path, "a.jsonl", json.dumps(row) + "\n")
    assert paper.authors == (name,)


# tables


def test_an_unbalanced_quote_costs_a_row_at_most_and_says_so(tmp_path: Path) -> None:
    content = (
        f'title,abstract,year\nOne,"{WALKS}",2020\n"Two,"We, the walkers, walk.",2019\n'
        f'Three,"{NOISY}\nIn two lines, with a comma.",2018\nFour,"{WALKS[:13]},2017\nFive,"{THIRD} Again.",2016\n'
    )
    papers, report = read(tmp_path, "a.csv", content)
    assert titles(papers) == ["One", "Three", "Four", "Five"]
    assert said(tmp_path, report) == [
        "a.csv: line 3: broken row: a quotation mark is not closed, or stands inside a value",
        "a.csv: line 6: quotation mark that is not closed, read as a character",
    ]


def test_a_quote_in_tab_separated_text_is_a_character(tmp_path: Path) -> None:
    content = f'title\tabstract\tyear\n"Open\t{WALKS}\t2020\n5" disks\t{NOISY}\t2019\n'
    papers, _ = read(tmp_path, "a.tsv", content)
    assert [(paper.title, paper.year) for paper in papers] == [('"Open', 2020), ('5" disks', 2019)]


def test_a_backslash_before_a_quote_escapes_it(tmp_path: Path) -> None:
    content = f'title,abstract,year\n"The \\"open\\" one","We say \\"walk\\", and more. {WALKS}",2020\n'
    [paper], _ = read(tmp_path, "a.csv", content)
    assert (paper.title, paper.year) == ('The "open" one', 2020)


def test_a_row_with_more_values_than_columns_is_broken(tmp_path: Path) -> None:
    """A comma in an abstract without quotes would cut it."""
    papers, report = read(
        tmp_path, "a.csv", f"title,abstract,year\nOne,We walk, and stop.,2020\nTwo,{THIRD[:13]},2019\n"
    )
    assert titles(papers) == ["Two"]
    assert report.problems[0].reason == "broken row: 4 values in a table of 3 columns"


def test_the_abstract_may_stand_in_the_row_below_its_title(tmp_path: Path) -> None:
    content = f'id,title,abstract,year\n1,One,,2020\n1,,"{WALKS}",\n2,Two,,2019\n3,,"{NOISY}",2018\n'
    papers, report = read(tmp_path, "a.csv", content)
    assert [(paper.title, paper.abstract, paper.year) for paper in papers] == [
        ("One", WALKS, 2020),
        (None, NOISY, 2018),
    ]
    assert report.counts["no abstract"] == 1


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Title,Authors,Abstract,Published Year,Journal,DOI,Covidence #",
         'T,"Lee, A.; Kim, B.","{}",2020,J,10.5555/x,#1'),
        ('"About the data: Exported on Nov 29"\nRank,DOI,Title,Abstract,Source title,PubYear,Authors',
         '1,10.5555/x,T,"{}",J,2020,"Lee, A.; Kim, B."'),
        ("Lens ID,Title,Publication Year,Source Title,Author/s,Abstract,DOI",
         '0,T,2020,J,A. Lee; B. Kim,"{}",10.5555/x'),
        ("PT\tAU\tTI\tSO\tAB\tPY\tDI\tUT", "J\tLee, A.; Kim, B.\tT\tJ\t{}\t2020\t10.5555/x\tWOS:1"),
        ("id,doi,display_name,publication_year,authorships.author.display_name,primary_location.source.display_name,"
         "abstract", 'W1,https://doi.org/10.5555/x,T,2020,A. Lee|B. Kim,J,"{}"'),
        ('"Data set","Gates"\nTitle,Authors,Year,Full date,Scopus Source title,DOI,Abstract,EID',
         'T,"Lee, A.| Kim, B.",2020,2020-01-01,J,10.5555/x,"{}",2-s2.0-1'),
        ("title,first_authors,abstract,year,doi,journal", "T,\"['Lee, A.', 'Kim, B.']\",\"{}\",2020,10.5555/x,J"),
    ],
)  # fmt: skip
def test_tables_of_databases(tmp_path: Path, header: str, row: str) -> None:
    [paper], _ = read(tmp_path, "a.csv" if "," in header else "a.txt", f"{header}\n{row.format(WALKS)}\n")
    assert (paper.title, paper.abstract, paper.year, paper.venue, paper.doi) == ("T", WALKS, 2020, "J", "10.5555/x")
    assert paper.authors == ("A. Lee", "B. Kim")


INDEX = {"We": [0], "don't": [1, 3], "stop,": [2], 'say "walk".': [4], "so\xa0on": [5]}


@pytest.mark.parametrize("write", [repr, json.dumps, lambda index: f" {json.dumps(index, indent=1)} "])
@pytest.mark.parametrize("separator", [",", "\t"])
@pytest.mark.parametrize("column", ["abstract_inverted_index", "abstract"])
def test_an_inverted_index_in_a_table_is_put_back(
    tmp_path: Path, write: Callable[[object], str], separator: str, column: str
) -> None:
    """OpenAlex through pandas, which writes an object as Python does."""
    cell = write(INDEX).replace('"', '""')
    content = f'id{separator}title{separator}{column}\nW1{separator}T{separator}"{cell}"\n'
    [paper], _ = read(tmp_path, "a.csv", content)
    assert paper.abstract == "We don't stop, don't say \"walk\". so on"


def test_an_inverted_index_in_tabs_without_quotes_is_put_back(tmp_path: Path) -> None:
    [paper], _ = read(tmp_path, "a.tsv", f"id\ttitle\tabstract_inverted_index\nW1\tT\t{INDEX}\n")
    assert paper.abstract.startswith("We don't stop")


def test_an_inverted_index_in_parquet_has_a_place_for_the_words_of_all_rows(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    indexes = [{"We": [0], "walk.": [1]}, {"They": [0], "stop.": [1]}]
    rows = [{"id": "W1", "title": "T", "abstract_inverted_index": index} for index in indexes]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "works.parquet")
    report = Report()
    assert [paper.abstract for paper in read_papers([tmp_path / "works.parquet"], report)] == ["We walk.", "They stop."]
    assert not report.problems


_MALFORMED: list[object] = [
    {"We": 0}, {"We": ["x"]}, {"We": [True]}, {"We": {"at": 0}}, {"We": [[0]]}, {1: [0]}, ["We", "walk"],
    [{"We": [0]}], "{'We': [0], 'walk': [1]", "{'We': [0], 'wa", '{"We": [0]', "{'We': [0]} and more", "{We: [0]}",
    "{'We': [0]", "{'We': [1e3]}", "{'We': [" + "1" * 5000 + "]}", r"{'\x4': [0]}", "{'We': __import__('os')}",
    "{'We': [0], 'big': [" + "1, " * 500_000 + "1]}",
]  # fmt: skip


@pytest.mark.parametrize("index", _MALFORMED, ids=lambda index: str(index)[:24])
def test_a_malformed_inverted_index_is_no_abstract_and_named_in_a_table(tmp_path: Path, index: object) -> None:
    cell = str(index).replace('"', '""')
    content = f'id,title,abstract_inverted_index\n1,One,"{cell}"\n2,Two,"{WALKS}"\n3,Three,nan\n4,Four,{{}}\n'
    papers, report = read(tmp_path, "a.csv", content)
    assert [(paper.title, paper.abstract) for paper in papers] == [("Two", WALKS)]
    reason = "its inverted index is malformed; it should be {word: [positions]}"
    assert said(tmp_path, report) == [f"a.csv: line 2: {reason}"]
    assert report.counts["no abstract"] == 2


@pytest.mark.parametrize("index", [{"We": 0}, {"We": ["x"]}, ["We"], '{"We": [0]', "{'We': 0}", "['We', 'walk']"])
def test_a_malformed_inverted_index_in_json_is_named_as_in_a_table(tmp_path: Path, index: object) -> None:
    rows = [{"id": f"W{number}", "title": "T", "abstract_inverted_index": index} for number in (1, 2)]
    rows[1]["abstract"] = WALKS
    papers, report = read(tmp_path, "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert [paper.abstract for paper in papers] == [WALKS]
    reason = "its inverted index is malformed; it should be {word: [positions]}"
    assert said(tmp_path, report) == [f"a.jsonl: line 1: {reason}"]


@pytest.mark.parametrize("none", [None, {}, "", float("nan"), {"We": None}])
def test_an_empty_inverted_index_is_a_missing_abstract(tmp_path: Path, none: object) -> None:
    row = {"id": "W1", "title": "T", "abstract_inverted_index": none}
    papers, report = read(tmp_path, "a.jsonl", json.dumps(row) + "\n")
    assert not papers + report.problems
    assert report.counts["no abstract"] == 1


def test_of_two_columns_of_one_name_the_first_counts(tmp_path: Path) -> None:
    [paper], _ = read(tmp_path, "a.csv", f'Title,Abstract,Title\nOne,"{WALKS}",Two\n')
    assert paper.title == "One"


def test_missing_values_are_none(tmp_path: Path) -> None:
    content = f'title,abstract,year,authors,doi,journal\nnan,"{WALKS}",2020.0,None,NULL,N/A\nTwo,nan,2019,x,y,z\n'
    [paper], report = read(tmp_path, "a.csv", content)
    assert (paper.title, paper.authors, paper.doi, paper.venue, paper.year) == (None, (), None, None, 2020)
    assert report.counts["no abstract"] == 1


def test_a_nul_byte_is_left_out_and_noted(tmp_path: Path) -> None:
    content = f"title,abstract\nO\0ne,{THIRD[:13]}\nTwo,{WALKS[:22].replace(',', ';')}\n"
    papers, report = read(tmp_path, "a.csv", content)
    assert titles(papers) == ["One", "Two"]
    assert said(tmp_path, report) == ["a.csv: line 2: NUL byte left out"]


# XML


def atom(title: str, abstract: str) -> str:
    return f"<entry><title>{title}</title><summary>{abstract}</summary></entry>"


@pytest.mark.parametrize(
    "middle", [atom("Two &#x8; here", NOISY), atom("R&D", NOISY), atom("Two &foo; &nbsp;x", NOISY)]
)
def test_bad_references_in_xml_are_mended_and_noted(tmp_path: Path, middle: str) -> None:
    papers, report = read(
        tmp_path, "a.xml", f"<?xml version='1.0'?><feed>{atom('One', WALKS)}\n{middle}{atom('Three', THIRD)}</feed>"
    )
    assert len(papers) == 3
    assert report.notes[0].place == "line 2"


@pytest.mark.parametrize("middle", ["<entry><title>Two<summary>x</summary></entry>", "<entry><title>Two</title>",
                                    "<entry><a b=></a></entry>"])  # fmt: skip
def test_a_damaged_record_of_xml_costs_only_itself(tmp_path: Path, middle: str) -> None:
    papers, report = read(
        tmp_path, "a.xml", f"<?xml version='1.0'?><feed>{atom('One', WALKS)}\n{middle}{atom('Three', THIRD)}</feed>"
    )
    assert titles(papers) == ["One", "Three"]
    assert [problem.place for problem in report.problems] == ["line 2"]


def test_xml_documents_one_after_the_other_are_all_read(tmp_path: Path) -> None:
    document = "<?xml version='1.0'?>\n<!DOCTYPE feed>\n<feed xmlns='http://www.w3.org/2005/Atom'>{}</feed>\n"
    content = document.format(atom("One", WALKS)) + "\ufeff" + document.format(atom("Two", NOISY))
    papers, report = read(tmp_path, "a.xml", content)
    assert titles(papers) == ["One", "Two"]
    assert not report.problems + report.notes


def pubmed(inner: str) -> str:
    return f"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID>{inner}</PubmedArticle></PubmedArticleSet>"


def test_the_doi_of_a_cited_paper_is_not_the_papers_own(tmp_path: Path) -> None:
    ids = "<ArticleIdList><ArticleId IdType='doi'>{}</ArticleId></ArticleIdList>"
    abstract = f"<Abstract><AbstractText>{WALKS}</AbstractText></Abstract>"
    article = f"<Article><ArticleTitle>T</ArticleTitle>{abstract}</Article></MedlineCitation>"
    cited = f"<ReferenceList><Reference>{ids.format('10.5555/cited')}</Reference></ReferenceList>"
    [without], _ = read(tmp_path, "a.xml", pubmed(f"{article}<PubmedData>{cited}</PubmedData>"))
    [with_own], _ = read(
        tmp_path, "b.xml", pubmed(f"{article}<PubmedData>{cited}{ids.format('10.5555/own')}</PubmedData>")
    )
    assert (without.doi, with_own.doi) == (None, "10.5555/own")


@pytest.mark.parametrize(
    ("places", "listed", "doi"),
    [
        ("N 10.5555/wrong", "10.5555/listed", "10.5555/listed"),
        ("N 10.5555/wrong Y 10.5555/right", "10.5555/listed", "10.5555/right"),
        ("Y 10.5555/right N 10.5555/wrong", "", "10.5555/right"),
        ("N 10.5555/wrong", "", None),
    ],
)
def test_a_doi_that_pubmed_marks_as_wrong_is_not_used(
    tmp_path: Path, places: str, listed: str, doi: str | None
) -> None:
    words = iter(places.split())
    located = "".join(f"<ELocationID EIdType='doi' ValidYN='{valid}'>{next(words)}</ELocationID>" for valid in words)
    article = f"<Article>{located}<Abstract><AbstractText>{WALKS}</AbstractText></Abstract></Article></MedlineCitation>"
    ids = f"<ArticleIdList><ArticleId IdType='doi'>{listed}</ArticleId></ArticleIdList>"
    [paper], _ = read(tmp_path, "a.xml", pubmed(f"{article}<PubmedData>{ids}</PubmedData>"))
    assert paper.doi == doi


def test_pubmed_translated_titles_other_abstracts_and_corrected_authors(tmp_path: Path) -> None:
    people = "".join(
        f"<Author ValidYN='{valid}'><LastName>Lee</LastName><ForeName>{name}</ForeName></Author>"
        for valid, name in (("Y", "Ann"), ("N", "Anna X"))
    )
    inner = (
        f"<Article><ArticleTitle>[Gates].</ArticleTitle><AuthorList>{people}</AuthorList></Article>"
        f"<OtherAbstract Language='ger'><AbstractText>Wir gehen.</AbstractText></OtherAbstract>"
        f"<OtherAbstract Language='eng'><AbstractText>{WALKS}</AbstractText></OtherAbstract></MedlineCitation>"
    )
    [paper], _ = read(tmp_path, "a.xml", pubmed(inner))
    assert (paper.title, paper.abstract, paper.authors) == ("Gates.", WALKS, ("Ann Lee",))


def test_a_book_of_pubmed_has_the_books_title_and_date(tmp_path: Path) -> None:
    content = (
        "<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>6</PMID><Book><BookTitle>Gates</BookTitle>"
        "<PubDate><Year>2018</Year></PubDate></Book><AuthorList Type='authors'><Author><LastName>Kim</LastName>"
        f"<ForeName>Bo</ForeName></Author></AuthorList><Abstract><AbstractText>{WALKS}</AbstractText></Abstract>"
        "</BookDocument></PubmedBookArticle></PubmedArticleSet>"
    )
    [paper], _ = read(tmp_path, "a.xml", content)
    assert (paper.title, paper.year, paper.authors) == ("Gates", 2018, ("Bo Kim",))


def jats(abstracts: str, people: str = "") -> str:
    return (
        f"<article xml:lang='en'><front><article-meta><title-group><article-title>T</article-title></title-group>"
        f"<contrib-group>{people}</contrib-group>{abstracts}</article-meta></front></article>"
    )


@pytest.mark.parametrize(
    "other",
    ["<abstract xml:lang='es'><p>Andamos.</p></abstract>", "<abstract abstract-type='graphical'><p>Fig.</p></abstract>",
     "<abstract abstract-type='author-highlights'><p>One.</p></abstract>",
     "<trans-abstract xml:lang='fr'><p>Nous.</p></trans-abstract>"],
)  # fmt: skip
@pytest.mark.parametrize("first", [True, False])
def test_of_several_jats_abstracts_the_articles_own_is_taken(tmp_path: Path, other: str, first: bool) -> None:
    own = f"<abstract xml:lang='en'><p>{WALKS}</p></abstract>"
    [paper], _ = read(tmp_path, "a.xml", jats(other + own if first else own + other))
    assert paper.abstract == WALKS


def test_jats_groups_are_authors_and_their_members_are_not(tmp_path: Path) -> None:
    member = "<contrib><name><surname>Cruz</surname><given-names>Pia</given-names></name></contrib>"
    people = (
        f"<contrib contrib-type='author'><collab>The Gate Group<contrib-group>{member}</contrib-group></collab>"
        "</contrib>"
        "<contrib contrib-type='author'><name><surname>Lee</surname><given-names>Ann</given-names></name></contrib>"
    )
    [paper], _ = read(tmp_path, "a.xml", jats(f"<abstract><p>{WALKS}</p></abstract>", people))
    assert paper.authors == ("The Gate Group", "Ann Lee")


# JSON


def test_null_beside_records_is_noted(tmp_path: Path) -> None:
    content = json.dumps([None, {"paperId": "x", "title": "One", "abstract": WALKS, "externalIds": {}}, None])
    papers, report = read(tmp_path, "a.json", content)
    assert titles(papers) == ["One"]
    assert said(tmp_path, report) == ["a.json: record 1: null in place of a record (2 places, this is the first)"]


def test_one_work_in_crossrefs_envelope_and_markup_in_its_title(tmp_path: Path) -> None:
    title = "<scp>CFD</scp> of CO<sub>2</sub> and <mml:math xmlns:mml='u'><mml:mi>x</mml:mi></mml:math>"
    work = {
        "DOI": "10.5555/x",
        "title": [title],
        "abstract": f"<jats:p>{WALKS}</jats:p>",
        "reference": [{"DOI": "10.5555/r"}],
    }
    [paper], _ = read(tmp_path, "a.json", json.dumps({"status": "ok", "message": work}))
    assert (paper.title, paper.doi, paper.abstract) == ("CFD of CO2 and x", "10.5555/x", WALKS)


@pytest.mark.parametrize("name", ["refs", "library", "answer"])
def test_records_in_a_wrapper_of_any_name(tmp_path: Path, name: str) -> None:
    rows = [{"title": "One", "abstract": WALKS}, {"title": "Two", "abstract": NOISY}]
    papers, _ = read(tmp_path, "a.json", json.dumps({"title": "My library", name: {"rows": rows}}))
    assert titles(papers) == ["One", "Two"]


def test_an_inverted_index_may_be_text(tmp_path: Path) -> None:
    row = {
        "id": "W1",
        "title": "T",
        "abstract_inverted_index": json.dumps({"We": [0], "walk.": [1]}),
        "authorships": [],
    }
    [paper], _ = read(tmp_path, "a.jsonl", json.dumps(row) + "\n")
    assert paper.abstract == "We walk."


# placeholders


@pytest.mark.parametrize(
    "text",
    ["n.a.", "Not available", "No abstract is available for this article.", "[ABSTRACT FROM AUTHOR]", "NULL",
     "Abstract not provided.", "This article has no abstract", "The article does not have an abstract.",
     "(No abstract)",
     "This paper has been withdrawn by the author due to a gap in the proof of Lemma 2.",
     "This article has been retracted at the request of the editor.", "Withdrawn."],
)  # fmt: skip
def test_a_placeholder_or_notice_is_no_abstract(tmp_path: Path, text: str) -> None:
    papers, report = read(tmp_path, "a.jsonl", json.dumps({"title": "T", "abstract": text}) + "\n")
    assert not papers
    assert report.counts["no abstract"] == 1


@pytest.mark.parametrize(
    "text",
    ["Abstract interpretation is a theory of sound approximation.",
     "No abstract domain is precise here; we design one.",
     "Withdrawn patients were left out, and we walk on.", "Not available as a plan, gates were learned."],
)  # fmt: skip
def test_an_abstract_that_begins_like_a_placeholder_is_one(tmp_path: Path, text: str) -> None:
    assert [paper.abstract for paper in read(tmp_path, "a.jsonl", json.dumps({"abstract": text}) + "\n")[0]] == [text]


def test_what_a_provider_puts_behind_an_abstract_is_left_off(tmp_path: Path) -> None:
    text = f"{WALKS} [ABSTRACT FROM AUTHOR] Copyright of Gates is the property of X and may not be copied."
    [paper], _ = read(tmp_path, "a.jsonl", json.dumps({"abstract": text}) + "\n")
    assert paper.abstract == WALKS


# encodings


@pytest.mark.parametrize("name", ["a.bib", "a.ris", "a.csv", "a.txt"])
def test_two_encodings_in_one_file_are_told_apart_line_by_line(tmp_path: Path, name: str) -> None:
    good, foreign = f"Größe naïve. {WALKS}", f"Maß und Größe. {NOISY}"
    forms = {
        "a.bib": ("@article{{x{0}, abstract={{{1}}}}}\n", ""), "a.ris": ("TY  - JOUR\nAB  - {1}\nER  - \n", ""),
        "a.csv": ('{0},"{1}"\n', "title,abstract\n"), "a.txt": ("{1}\n", ""),
    }  # fmt: skip
    form, head = forms[name]
    content = head.encode() + form.format(1, good).encode() + form.format(2, foreign).encode("latin-1")
    papers, report = read(tmp_path, name, content)
    assert [paper.abstract for paper in papers] == [good, foreign]
    assert [note.reason for note in report.notes] == ["not UTF-8, read as Windows-1252"]


def test_a_record_of_a_json_document_in_another_encoding_is_noted(tmp_path: Path) -> None:
    good, foreign = (json.dumps({"abstract": f"{word}. {WALKS}"}, ensure_ascii=False) for word in ("Größe", "Maß"))
    papers, report = read(tmp_path, "a.json", f"[{good},\n".encode() + foreign.encode("latin-1") + b"]")
    assert [paper.abstract.partition(".")[0] for paper in papers] == ["Größe", "Maß"]
    assert said(tmp_path, report) == ["a.json: record 2: not UTF-8, read as Windows-1252"]


def test_text_that_was_encoded_twice_is_repaired_and_noted(tmp_path: Path) -> None:
    twice = f"Größe naïve – café. {WALKS}".encode().decode("cp1252")
    [paper], report = read(
        tmp_path, "a.jsonl", json.dumps({"title": "T", "abstract": twice}, ensure_ascii=False) + "\n"
    )
    assert paper.abstract == f"Größe naïve – café. {WALKS}"
    assert said(tmp_path, report) == ["a.jsonl: record 1: text that was encoded twice (abstract)"]


# plain text, and what is none


@pytest.mark.parametrize(
    "content",
    [f"Gates for Walks\n\n{WALKS}\n", f"Gates for Walks\n{WALKS}\n", f"Why Walk?\n\n{WALKS}\n",
     f"Gates for Walks\n\nAnn Lee, Bo Kim\n\nAbstract\n\n{WALKS}\n",
     "Gates for Walks\n\n" + WALKS.replace(" that ", "\nthat ").replace(" and ", "\nand ") + "\n"],
)  # fmt: skip
def test_a_title_above_one_abstract_is_its_title(tmp_path: Path, content: str) -> None:
    [paper], _ = read(tmp_path, "a.txt", content)
    assert (paper.title in ("Gates for Walks", "Why Walk?"), paper.abstract) == (True, WALKS)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_the_sections_of_one_abstract_are_one(tmp_path: Path, gap: str) -> None:
    sections = ["Background: Gates stop.", "Methods: We walk.", "Results: It is slow.", "Conclusions: We stop."]
    [paper], _ = read(tmp_path, "a.txt", "Gates for Walks\n\n" + gap.join(sections) + "\n")
    assert (paper.title, paper.abstract) == ("Gates for Walks", " ".join(sections))


def test_abstracts_a_line_that_begin_with_a_section_are_apart(tmp_path: Path) -> None:
    content = f"Background: {WALKS} Methods: We walk.\nObjective: {NOISY} Methods: We tag.\nBackground: {THIRD}\n"
    papers, _ = read(tmp_path, "a.txt", content)
    assert [paper.abstract for paper in papers] == content.strip().split("\n")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (f"RT Journal Article\nSR 1\nA1 Lee, Ann\nT1 One\nYR 2010\nAB {WALKS}\n", "RefWorks' tagged form"),
        (f"TI- One\nAU- Lee, A.\nPY- 2010\nAB- {WALKS}\n", "a tagged form of references"),
        ("Unique Identifier\n  1\nTitle\n  One\nAuthors\n  Lee A.\nTitle\n  Two\n", "a listing of fields and values"),
        ("Lee A, Kim B. Gates. J Walks. 2010;1:2.\nKim B. More gates. J Walks. 2011;2:3.\n", "a list of citations"),
        ("cff-version: 1.2.0\ntitle: One\nabstract: x\n", "a citation file (CFF)"),
        ("\\documentclass{article}\n\\begin{document}\nWe walk.\n", "a LaTeX document"),
        ("<records2><r>We walk.</r></records2>", "markup"),
        ("{\\rtf1 We walk.}", "RTF"),
        ("Deep Gates\nWide Walks\nLong Stops\n", "no text of abstracts"),
        ("name\tvalue\tnote\na\tb\tc\nd\te\tf\n", "a table without a column that holds the abstract"),
    ],
)
def test_a_file_of_another_form_is_refused_by_name(tmp_path: Path, content: str, reason: str) -> None:
    papers, report = read(tmp_path, "a.txt", content)
    assert not papers
    assert reason in report.problems[0].reason
    assert report.problems[0].whole_file
